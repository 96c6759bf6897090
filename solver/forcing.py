"""Force a visit into a plan by given means, and see what the routes make of it: proven by making them.

The cheapest insertion by the search's own kernel says where. Then the routes that it changes are provided for and timed
anew beside the others as they stand. What they cost more, with what is missing of reserves then, is what the visit
costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import (
    CHEAPEST_WAY,
    DROP,
    GIVE_STOP,
    MEETING_END,
    MEETING_FIRST,
    NEXT_WAY,
    OTHER_SIDE,
    PIN_SHIFT,
    TECHNICIAN,
)
from solver.money import FORBIDDEN
from solver.reasons import Reason
from solver.relaxing import Change, Means
from solver.rules import assignment
from solver.search.entry import best_insertion
from solver.search.state import NO_NIGHT
from solver.standing_reserves import StandingReserves

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from solver.problem import Ints
    from solver.routing import Routing
    from solver.standing import Pieces, Standing
    from solver.tables import Tables

_PLENTY = 1 << 30


@dataclass(frozen=True)
class Forced:
    """A visit on a shift after all: by which ``way`` (a stop), for how much, and the routes that are other then."""

    shift: int
    way: int
    added_ticks: int
    routings: Mapping[int, Routing]


class Insertion(NamedTuple):
    """What ``best_insertion`` says: what a visit adds, by which way, where, with which restock put in where."""

    ticks: int
    way: int
    at: int
    restock: int
    restock_at: int


class Forcing:
    """Forces visits into a plan."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._failing = assignment.failing(standing.problem)
        self._reserves = StandingReserves(standing.problem, standing.tables, standing.state)

    def against(self, v: int, s: int) -> Reason:
        """Return the rule on the pair of visit and technician that fails, NONE where none does."""
        tables = self.standing.tables
        if tables.stop[v, PIN_SHIFT] not in (-1, s):
            return Reason.PIN
        return Reason(int(self._failing[v, int(tables.shift[s, TECHNICIAN])]))

    def able(self, v: int) -> list[int]:
        """Return the shifts of those who may take a visit."""
        return [s for s in range(self.standing.problem.n_shifts) if self.against(v, s) is Reason.NONE]

    def in_hand_ticks(self, v: int) -> dict[int, int]:
        """Return what a visit would add on each shift if the vans held everything; shifts that cannot are missing."""
        standing = self.standing
        plenty = standing.left._replace(van=np.full_like(standing.left.van, _PLENTY))
        tried = {s: self._inserted(standing.tables, plenty, v, s, None, nights=True) for s in self.able(v)}
        return {s: found[0].ticks for s, found in tried.items() if found}

    def leaving_out_ticks(self, v: int) -> int:
        """Return what it costs to leave a visit out."""
        return int(self.standing.tables.stop[v, DROP])

    def force(self, v: int, means: Means, change: Change | None = None) -> Forced | None:
        """Return the cheapest plan with visit ``v`` by the given means, None where there is none."""
        problem = self.standing.problem
        changed, left = (change or Change()).made(problem, self.standing.tables, self.standing.left)
        tables, left = means.narrowed(problem, changed, left)
        able = self.able(v)
        tried = [
            (insertion, s)
            for s in (able if means.shifts is None else [s for s in able if s in means.shifts])
            for insertion in self._inserted(tables, left, v, s, means.ways, nights=means.nights)
        ]
        best: Forced | None = None
        for insertion, s in sorted(tried):
            if best is not None and best.added_ticks <= insertion.ticks:
                break
            for made in self._made(changed, tables, left, s, insertion):
                if best is None or made.added_ticks < best.added_ticks:
                    best = made
        return best

    def _inserted(
        self, tables: Tables, left: Pieces, v: int, s: int, ways: Collection[int] | None, *, nights: bool
    ) -> list[Insertion]:
        """Return the cheapest insertions on shift ``s``: by whatever way, or by each of some."""
        state = self.standing.state._replace(left=left.van, supply_left=left.supply)
        found = []
        for x in (int(tables.stop[v, CHEAPEST_WAY]),) if ways is None else ways:
            one = tables if ways is None else tables._replace(stop=_alone(tables, x))
            state.counter[NO_NIGHT] = not nights
            found.append(Insertion(*best_insertion(one, state, v, s, x, FORBIDDEN, deals=True)))
        state.counter[NO_NIGHT] = 0
        return [self._with_reserves(s, insertion) for insertion in found if insertion.ticks < FORBIDDEN]

    def _with_reserves(self, s: int, insertion: Insertion) -> Insertion:
        """Return an insertion with what it takes of the reserves."""
        return insertion._replace(ticks=insertion.ticks + self._reserves.added_ticks(s, *insertion[1:]))

    def _made(self, changed: Tables, narrowed: Tables, left: Pieces, s: int, insertion: Insertion) -> Iterator[Forced]:
        """Yield the plans that an insertion leads to: one, or where another van has to give, one for each way to."""
        for stops in self._stops(narrowed, s, insertion):
            routings = self.standing.with_routes(changed, left, stops)
            if routings is not None:
                taken = self._reserves.added_ticks_with(routings, changed)
                yield Forced(s, insertion.way, self.standing.added_ticks(stops) + taken, routings)

    def _stops(self, narrowed: Tables, s: int, insertion: Insertion) -> Iterator[dict[int, Sequence[int]]]:
        _, way, at, restock, restock_at = insertion
        stops = list(self.standing.routings[s].stops)
        is_taking = restock >= 0 and narrowed.stop[restock, OTHER_SIDE] >= 0
        if restock >= 0 and not (is_taking and restock in stops):
            stops.insert(restock_at, restock)
        stops.insert(at, way)
        if not is_taking:
            yield {s: stops}
            return
        for giver, giving in self._givers(narrowed, s, restock):
            yield {s: stops, giver: giving}

    def _givers(self, narrowed: Tables, s: int, take: int) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield who could give at a meeting, with the stops of that route."""
        give, shift = int(narrowed.stop[take, OTHER_SIDE]), narrowed.shift
        for giver, routing in enumerate(self.standing.routings):
            rows = range(shift[giver, MEETING_FIRST], shift[giver, MEETING_END])
            is_open = any(narrowed.row[row, GIVE_STOP] == give for row in rows)
            if not is_open or shift[giver, TECHNICIAN] == shift[s, TECHNICIAN] or take in routing.stops:
                continue
            places = [None] if give in routing.stops else range(len(routing.stops) + 1)
            for at in places:
                yield giver, routing.stops if at is None else (*routing.stops[:at], give, *routing.stops[at:])


def _alone(tables: Tables, x: int) -> Ints:
    """Return the stops with nothing behind way ``x``."""
    stop = tables.stop.copy()
    stop[x, NEXT_WAY] = -1
    return stop
