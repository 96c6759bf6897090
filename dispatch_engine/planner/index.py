"""Where each thing of a document stands in the solver's arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dispatch_engine.model.effective import shifts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift

K = TypeVar("K")


@dataclass(frozen=True)
class Index:
    """Rows and columns by id. Technicians and then providers, shifts and calls stand in the order of the document.

    Skills and tools are those that calls need, parts those that they can use in any way: what only technicians or
    locations have decides nothing. ``shifts`` are the shifts by row, each with whose it is; ``shift`` is their row by
    (technician, shift). Locations and meetings stand in the order of the document.
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
    location: Mapping[str, int]
    meeting: Mapping[str, int]

    @classmethod
    def of(cls, problem: ProblemDocument, stand_ins: Iterable[str]) -> Index:
        """Give the things of a document their numbers; ``stand_ins`` are parts that calls do not name themselves."""
        shifts = tuple(shifts_of(problem))
        return cls(
            technician=numbered(capacity.id for capacity in problem.capacities),
            shifts=shifts,
            shift={(capacity.id, shift.id): row for row, (capacity, shift) in enumerate(shifts)},
            visit=numbered(call.id for call in problem.calls),
            skill=numbered(name for call in problem.calls for name in call.skills),
            tool=numbered(name for call in problem.calls for name in call.tools),
            part=numbered([*(name for call in problem.calls for name in call.parts), *stand_ins]),
            territory=numbered(territory.id for territory in problem.territories),
            profile=numbered(capacity.profile for capacity, _ in shifts),
            location=numbered(location.id for location in problem.stock_locations),
            meeting=numbered(meeting.id for meeting in problem.meetings),
        )


def numbered(names: Iterable[K]) -> dict[K, int]:
    """Return a number for each different name, in the order in which they come first."""
    return {name: number for number, name in enumerate(dict.fromkeys(names))}
