"""One run: a document solved with one seed, wherever there is a place for it, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dispatch_engine.planner.run import plan
from dispatch_engine.travel.open import open_travel
from dispatch_engine.whatif.figures.catalogue import figures_of

if TYPE_CHECKING:
    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.travel import Travel
    from dispatch_engine.planner.options import EffectiveOptions
    from dispatch_engine.travel.source import TravelSource


class Sources(Protocol):
    """Opens travel sources; can be pickled."""

    def open(self, travel: Travel) -> TravelSource:
        """Return the source that a document names; a `TravelError` where it is not to be had."""


@dataclass(frozen=True)
class FolderSources:
    """Opens whatever documents of a folder name; each process opens a source once.

    Attributes
    ----------
    folder
        Of the documents.
    """

    folder: Path

    def open(self, travel: Travel) -> TravelSource:
        """Return the source; see ``Sources``."""
        return _opened(travel, self.folder)


@cache
def _opened(travel: Travel, folder: Path) -> TravelSource:
    return open_travel(travel, folder)


@dataclass(frozen=True)
class RunResult:
    """What is kept of a run.

    Attributes
    ----------
    figures
        Values by key.
    plan
        The plan document.
    """

    figures: dict[str, float]
    plan: PlanDocument


@dataclass(frozen=True)
class Run:
    """A document to be solved with one seed: a task.

    Attributes
    ----------
    problem, options
        What to solve and how hard.
    sources
        Of travel times.
    """

    problem: ProblemDocument
    options: EffectiveOptions
    sources: Sources

    def __call__(self, asked_to_stop: Callable[[], bool]) -> RunResult | None:
        """Solve it; None where it was called off: with less effort it is not comparable."""
        was_asked = False

        def asked() -> bool:
            nonlocal was_asked
            was_asked = was_asked or asked_to_stop()
            return was_asked

        if asked():
            return None
        found = plan(self.problem, self.options, interrupt=asked, source=self.sources.open(self.problem.travel))
        return None if was_asked else RunResult(figures_of(self.problem, found), found)


def with_seed(options: EffectiveOptions, seed: int) -> EffectiveOptions:
    """Return the same effort with another seed."""
    return replace(options, seed=seed)
