"""Where the scenarios of boards are kept, and a store in memory for tests and tries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from dispatch_engine.whatif.errors import ScenarioExistsError, ScenarioNotKeptError

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.whatif.scenario import ScenarioDocument


@dataclass(frozen=True)
class KeptScenario:
    """A scenario that is kept with a board.

    Attributes
    ----------
    board
        Whose it is.
    document
        What it says.
    created_at, created_by
        When, and by which actor.
    comparison
        The comparison document of the latest run, as text; None before the first has ended.
    """

    board: str
    document: ScenarioDocument
    created_at: datetime
    created_by: str
    comparison: bytes | None = None

    @property
    def id(self) -> str:
        """Its id, unique on the board."""
        return self.document.id


class ScenarioStore(Protocol):
    """Keeps scenarios; safe to use from several threads, durable as far as the store is."""

    def add(self, scenario: KeptScenario) -> None:
        """Keep a new scenario.

        Raises
        ------
        ScenarioExistsError
            The board has one of this id.
        """

    def get(self, board: str, scenario: str) -> KeptScenario:
        """Return a scenario of a board.

        Raises
        ------
        ScenarioNotKeptError
        """

    def all(self, board: str) -> list[KeptScenario]:
        """Return the scenarios of a board by id."""

    def remove(self, board: str, scenario: str) -> None:
        """Forget a scenario and its comparison.

        Raises
        ------
        ScenarioNotKeptError
        """

    def keep_comparison(self, board: str, scenario: str, comparison: bytes) -> None:
        """Keep what came of the latest run; of a scenario that was deleted meanwhile nothing is kept."""


class MemoryScenarioStore:
    """Keeps scenarios as long as the process lives; see ``ScenarioStore``."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[tuple[str, str], KeptScenario] = {}

    def add(self, scenario: KeptScenario) -> None:
        """Keep a new scenario."""
        with self._lock:
            if (scenario.board, scenario.id) in self._kept:
                raise ScenarioExistsError(scenario.id)
            self._kept[scenario.board, scenario.id] = scenario

    def get(self, board: str, scenario: str) -> KeptScenario:
        """Return a scenario of a board."""
        with self._lock:
            found = self._kept.get((board, scenario))
        if found is None:
            raise ScenarioNotKeptError(board, scenario)
        return found

    def all(self, board: str) -> list[KeptScenario]:
        """Return the scenarios of a board by id."""
        with self._lock:
            return [each for key, each in sorted(self._kept.items()) if key[0] == board]

    def remove(self, board: str, scenario: str) -> None:
        """Forget a scenario."""
        with self._lock:
            if self._kept.pop((board, scenario), None) is None:
                raise ScenarioNotKeptError(board, scenario)

    def keep_comparison(self, board: str, scenario: str, comparison: bytes) -> None:
        """Keep what came of the latest run."""
        with self._lock:
            found = self._kept.get((board, scenario))
            if found is not None:
                self._kept[board, scenario] = replace(found, comparison=comparison)
