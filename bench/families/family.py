"""What every family offers: files that become problem documents, and a judge of tours in its own measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.families.tours import Tour
    from bench.families.trsp_dynamic import ComingIn
    from dispatch_engine.model.problem import ProblemDocument


class InstanceError(Exception):
    """A file is not what its family says, or has something that the family does not read."""


@dataclass(frozen=True)
class Judgement:
    """What tours cost in the family's measure, and which of its rules they break, in words.

    Requests that nobody serves are no fault; they are counted elsewhere.
    """

    cost: float
    faults: tuple[str, ...]


@runtime_checkable
class Instance(Protocol):
    """One published instance."""

    @property
    def name(self) -> str:
        """Its name, as in the literature."""
        ...

    @property
    def bks(self) -> float | None:
        """The best known cost, None where none is published."""
        ...

    def document(self) -> ProblemDocument:
        """Return the problem as users state theirs; what its plan costs is the family's measure."""
        ...

    def judged(self, tours: Sequence[Tour]) -> Judgement:
        """Cost tours and check them by the family's rules, without the document or the engine."""
        ...


class Family(Protocol):
    """Instances of one kind, in a folder of their own."""

    @property
    def name(self) -> str:
        """The name on the command line, and of the folder."""
        ...

    @property
    def pattern(self) -> str:
        """Which files of the folder are instances, such as ``*.vrp``."""
        ...

    def read(self, path: Path) -> Instance:
        """Read an instance, its best known cost from beside it.

        Raises
        ------
        InstanceError
            The file is not one of this family's.
        """
        ...


class ReplayedFamily(Protocol):
    """Instances whose requests come in during the day: a live board is to serve them as they do."""

    @property
    def name(self) -> str:
        """The name on the command line, and of the folder, there with underscores."""
        ...

    @property
    def pattern(self) -> str:
        """Which files of the folder are instances."""
        ...

    def read(self, path: Path) -> ComingIn:
        """Read an instance.

        Raises
        ------
        InstanceError
            The file is not one of this family's.
        """
        ...


class MadeInstance(Protocol):
    """An instance that is made, not read: there is no best known cost, and no judge but the engine's checker."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def bks(self) -> None:
        """Nothing."""
        ...

    def document(self) -> ProblemDocument:
        """Return the problem."""
        ...


@runtime_checkable
class MadeFamily(Protocol):
    """Instances that are made by their names."""

    @property
    def name(self) -> str:
        """The name on the command line."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all instances."""
        ...

    def read(self, path: Path) -> MadeInstance:
        """Return the instance of a name, which stands in for the path of a file.

        Raises
        ------
        InstanceError
            There is none of this name.
        """
        ...
