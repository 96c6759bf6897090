"""Where each thing of a document stands in the solver's arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import shifts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift


@dataclass(frozen=True)
class Index:
    """Rows and columns by id. Technicians and then providers, shifts and calls stand in the order of the document.

    Skills, tools and parts are those that calls need: what only technicians have decides nothing. ``shifts`` are the
    shifts by row, each with whose it is; ``shift`` is their row by (technician, shift).
    """

    technician: Mapping[str, int]
    shifts: tuple[tuple[Capacity, Shift], ...]
    shift: Mapping[tuple[str, str], int]
    visit: Mapping[str, int]
    skill: Mapping[str, int]
    tool: Mapping[str, int]
    part: Mapping[str, int]
    territory: Mapping[str, int]
    profile: Mapping[str, int]

    @classmethod
    def of(cls, problem: ProblemDocument) -> Index:
        """Give the things of a document their numbers."""
        shifts = tuple(shifts_of(problem))
        return cls(
            technician=numbered(capacity.id for capacity in problem.capacities),
            shifts=shifts,
            shift={(capacity.id, shift.id): row for row, (capacity, shift) in enumerate(shifts)},
            visit=numbered(call.id for call in problem.calls),
            skill=numbered(name for call in problem.calls for name in call.skills),
            tool=numbered(name for call in problem.calls for name in call.tools),
            part=numbered(name for call in problem.calls for name in call.parts),
            territory=numbered(territory.id for territory in problem.territories),
            profile=numbered(capacity.profile for capacity, _ in shifts),
        )


def numbered(names: Iterable[str]) -> dict[str, int]:
    """Return a number for each different name, in the order in which they come first."""
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
