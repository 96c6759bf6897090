"""What one unplanned call wants, and the plan into which it is forced."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.planner.case import Case
from dispatch_engine.planner.money import amount
from solver.columns import FROM
from solver.relaxing import Change, Means, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.technicians import Capacity
    from dispatch_engine.planner.translate import Translation
    from solver.explain import UnplannedReason
    from solver.forcing import Forced, Forcing


@dataclass(frozen=True, eq=False)
class Want:
    """An unplanned call in a plan. Parts, technicians and locations are rows; ``why`` has a reason for each shift.

    ``moments`` are seconds at which pieces could come, in order.
    """

    translation: Translation
    forcing: Forcing
    moments: Sequence[int]
    visit: int
    why: Sequence[UnplannedReason]

    @property
    def call(self) -> Call:
        """The call."""
        return self.translation.frame.problem.calls[self.visit]

    @cached_property
    def needed(self) -> dict[int, int]:
        """The pieces of each part that the call needs as stated, beyond those that are kept for it."""
        parts = self.translation.solver_problem.visits.parts[self.visit]
        return {int(part): int(parts[part]) for part in np.flatnonzero(parts)}

    @cached_property
    def in_hand_ticks(self) -> dict[int, int]:
        """What the call would add on each shift that has the time for it, if every van held everything."""
        return self.forcing.in_hand_ticks(self.visit)

    @cached_property
    def leaving_out_ticks(self) -> int:
        """What it costs to leave the call out."""
        return self.forcing.leaving_out_ticks(self.visit)

    @cached_property
    def at_all(self) -> Forced | None:
        """The cheapest plan with the call by whatever there is."""
        return self.force(Means())

    @cached_property
    def technicians(self) -> tuple[int, ...]:
        """Who has a shift that could take the call with the parts in hand, the cheapest first."""
        by_cost = sorted(self.in_hand_ticks, key=lambda shift: (self.in_hand_ticks[shift], shift))
        return tuple(dict.fromkeys(self.technician(shift) for shift in by_cost))

    @property
    def is_for_want_of_parts(self) -> bool:
        """Whether the call could be had for less, or at all, if the parts were in the vans."""
        least = min(self.in_hand_ticks.values(), default=None)
        return bool(self.needed) and least is not None and (self.at_all is None or self.at_all.added_ticks > least)

    def force(self, means: Means, change: Change | None = None) -> Forced | None:
        """Force the call into the plan."""
        return self.forcing.force(self.visit, means, change)

    def pays(self, means: Means, change: Change) -> Forced | None:
        """Return the plan with the call where that costs less than leaving it out, else None."""
        forced = self.force(means, change)
        return forced if forced is not None and forced.added_ticks < self.leaving_out_ticks else None

    def technician(self, shift: int) -> int:
        """Return whose shift it is."""
        return int(self.translation.solver_problem.shifts.technician[shift])

    def shifts(self, technicians: Iterable[int]) -> list[int]:
        """Return the shifts of technicians that could take the call with the parts in hand."""
        chosen = set(technicians)
        return [shift for shift in self.in_hand_ticks if self.technician(shift) in chosen]

    def lacking(self, technician: int) -> dict[int, int]:
        """Return the pieces of each part that a van lacks beside what the plan uses."""
        left = self.forcing.standing.left.van[technician]
        return {part: pieces - int(left[part]) for part, pieces in self.needed.items() if pieces > left[part]}

    def steps(self, location: int, part: int) -> list[tuple[int, int]]:
        """Return (from second, pieces that can be taken then): what is left over at a location, all in all."""
        standing = self.forcing.standing
        first, end = steps_of(standing.problem, standing.tables, location, part)
        left = standing.left.supply[first:end]
        least = np.minimum.accumulate(left[::-1])[::-1] if len(left) else left
        return list(zip(standing.tables.supply[first:end, FROM].tolist(), least.tolist(), strict=True))

    def left_at(self, location: int, part: int) -> int:
        """Return how many pieces a location has left over in the end."""
        steps = self.steps(location, part)
        return steps[-1][1] if steps else 0

    def capacity(self, technician: int) -> Capacity:
        """Return a technician or provider."""
        return self.translation.frame.problem.capacities[technician]

    def clock(self, seconds: int) -> str:
        """Return a moment as people read it."""
        return Case(self.translation, self.visit, ()).clock(seconds)

    @cached_property
    def part_names(self) -> tuple[str, ...]:
        """The ids of the parts, by row."""
        return tuple(self.translation.frame.index.part)

    def pieces(self, parts: Mapping[int, int]) -> dict[str, int]:
        """Return pieces by the ids of the parts."""
        return {self.part_names[part]: count for part, count in parts.items()}

    def money(self, ticks: int) -> str:
        """Return an amount as people read it."""
        return f"{amount(ticks):,.2f} {self.translation.frame.problem.currency}"

    def used_by_row(self, row: int) -> dict[int, int]:
        """Return the pieces that a row of the ways takes out of the van."""
        parts = self.translation.solver_problem.sourcings.parts[row]
        return {int(part): int(parts[part]) for part in np.flatnonzero(parts)}
