"""Why a visit is not planned, or not with another technician: proven by trying it.

A visit is forced into every route. Where even the bare shift (nothing but its facts) cannot take it, the rule that
fails there is the reason. Where the bare shift can but its route cannot, the day is full. Where the route can, it costs
more than it is worth, and the shortfall is by how much: for itself, or with the time that it takes of reserves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from solver.columns import CHEAPEST_WAY, DROP, PIN_SHIFT, RELEASE, TECHNICIAN, VISIT
from solver.joining import taken
from solver.money import FORBIDDEN
from solver.problem import START_FIXED, Csr
from solver.reasons import Reason
from solver.rules import assignment
from solver.search import entry
from solver.search.state import new_state, van_items
from solver.standing_reserves import StandingReserves
from solver.tables import build_tables
from solver.timetable import simulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.problem import Problem
    from solver.search.state import State
    from solver.tables import Tables


_PLENTY = 1 << 30
"""More pieces than anybody needs."""


@dataclass(frozen=True)
class UnplannedReason:
    """One reason against a visit on one shift of one technician (None: it holds for all).

    ``shortfall`` is what is missing: pieces of the part that is ``short`` (its index), or ticks by which serving
    costs more than leaving out.
    """

    reason: Reason
    technician: int | None = None
    shift: int | None = None
    shortfall: int = 0
    short: int | None = None


@dataclass(frozen=True)
class Alternative:
    """A visit forced into the route of a shift: ``reason`` NONE where it fits, at ``position`` for ``added_ticks``.

    ``reserve_ticks`` of these are for what is missing of reserves then.
    """

    shift: int
    reason: Reason
    added_ticks: int = 0
    reserve_ticks: int = 0
    position: int = 0
    shortfall: int = 0
    short: int | None = None


def why_unplanned(
    problem: Problem, tables: Tables, routes: Sequence[Sequence[int]], unplanned: Sequence[int]
) -> dict[int, tuple[UnplannedReason, ...]]:
    """Return the reasons for each unplanned visit beside ``routes`` (stops of each shift), one for each shift."""
    reasons = Reasons(problem, tables, routes)
    return {v: reasons.of(v) for v in unplanned}


def alternatives(problem: Problem, routes: Sequence[Sequence[int]], visit: int) -> list[Alternative]:
    """Force a visit into every route, taken out of its own first; one alternative for each shift, in order."""
    tables = build_tables(problem)
    others = [[x for x in stops if tables.stop[x, VISIT] != visit] for stops in routes]
    trial = Reasons(problem, tables, others)
    return [trial.on_shift(visit, s) for s in range(problem.n_shifts)]


class Reasons:
    """A plan as the kernels see it, to try visits on.

    Parameters
    ----------
    problem, tables
        The problem.
    routes
        The stops of each shift.
    state
        That of a search in which just these routes stand; None loads them.
    """

    def __init__(
        self, problem: Problem, tables: Tables, routes: Sequence[Sequence[int]], state: State | None = None
    ) -> None:
        self.problem, self.tables = problem, tables
        self._routes, self._given = routes, state
        self._failing: dict[int, list[int]] = {}

    @cached_property
    def state(self) -> State:
        """The shifts with their routes."""
        return self._planned(self._routes) if self._given is None else self._given

    @cached_property
    def bare(self) -> State:
        """The shifts with nothing but their facts."""
        return self._planned([[] for _ in range(self.problem.n_shifts)])

    @cached_property
    def _reserved(self) -> StandingReserves:
        return StandingReserves(self.problem, self.tables, self.state)

    def failing(self, v: int) -> list[int]:
        """Return for each technician the number of the first rule on the pair with visit ``v`` that fails."""
        if v not in self._failing:
            one = replace(self.problem, visits=taken(self.problem.visits, np.array([v])))
            self._failing[v] = assignment.failing(one)[0].tolist()
        return self._failing[v]

    def _planned(self, routes: Sequence[Sequence[int]]) -> State:
        state = new_state(self.problem, self.tables)
        entry.load(self.tables, state, van_items(self.problem), Csr.of(routes))
        return state

    def of(self, v: int) -> tuple[UnplannedReason, ...]:
        """Return the reasons against visit ``v``, one for each shift."""
        if not self.problem.n_shifts:
            return (UnplannedReason(Reason.NO_TECHNICIANS),)
        return tuple(self._reason(v, self.on_shift(v, s)) for s in range(self.problem.n_shifts))

    def _reason(self, v: int, tried: Alternative) -> UnplannedReason:
        technician = int(self.tables.shift[tried.shift, TECHNICIAN])
        if tried.reason is not Reason.NONE:
            return UnplannedReason(tried.reason, technician, tried.shift, tried.shortfall, tried.short)
        dearer = tried.added_ticks - int(self.tables.stop[v, DROP])
        reason = Reason.PRICE if dearer - tried.reserve_ticks >= 0 else Reason.RESERVE
        reason = reason if dearer >= 0 else Reason.LIMIT_REACHED
        return UnplannedReason(reason, technician, tried.shift, max(0, dearer))

    def on_shift(self, v: int, s: int) -> Alternative:
        """Try visit ``v`` on shift ``s``: rules on the pair, then its route, and where that fails the bare shift."""
        static = Reason(self.failing(v)[int(self.tables.shift[s, TECHNICIAN])])
        if static is not Reason.NONE:
            return Alternative(s, static)
        if self.tables.stop[v, PIN_SHIFT] not in (-1, s):
            return Alternative(s, Reason.PIN)
        ticks, *how = map(int, self._insertion(self.state, v, s))
        if ticks < FORBIDDEN:
            more = self._reserved.added_ticks(s, *how)
            return Alternative(s, Reason.NONE, ticks + more, more, how[1])
        if self._fits(self.bare, v, s):
            return self._lack(self.state, v, s) if self._fits(self._with_everything(), v, s) else self._full(s)
        if self._fits(self._with_everything(bare=True), v, s):
            return self._lack(self.bare, v, s)
        return Alternative(s, self._cause(v, s, simulate(self.tables, s, [v]).reason))

    def _full(self, s: int) -> Alternative:
        return Alternative(s, Reason.CAPACITY)

    def _fits(self, state: State, v: int, s: int) -> bool:
        return self._insertion(state, v, s)[0] < FORBIDDEN

    def _insertion(self, state: State, v: int, s: int) -> tuple[int, ...]:
        x = int(self.tables.stop[v, CHEAPEST_WAY])
        return entry.best_insertion(self.tables, state, v, s, x, FORBIDDEN, deals=True)

    def _with_everything(self, *, bare: bool = False) -> State:
        """Return the state as it would be if every van held everything."""
        state = self.bare if bare else self.state
        return state._replace(left=np.full_like(state.left, _PLENTY))

    def _lack(self, state: State, v: int, s: int) -> Alternative:
        """Return what visit ``v`` lacks as stated: a part and how many pieces, or a tool that could be lent."""
        technician = int(self.tables.shift[s, TECHNICIAN])
        needed = self.problem.visits.parts[v]
        short = needed - state.left[technician, : len(needed)]
        if not (short > 0).any():
            return Alternative(s, Reason.TOOL)
        part = int(short.argmax())
        return Alternative(s, Reason.PART, shortfall=int(short[part]), short=part)

    def _cause(self, v: int, s: int, found: Reason) -> Reason:
        """Return the rule behind ``found``: a fixed start is simulated as a window, a late release misses others."""
        if found is Reason.WINDOW and self.problem.visits.pin_level[v] == START_FIXED:
            return Reason.PIN
        released = self.tables.stop.copy()
        released[v, RELEASE] = 0
        if self.tables.stop[v, RELEASE] and simulate(self.tables._replace(stop=released), s, [v]).ticks < FORBIDDEN:
            return Reason.RELEASE
        return found
