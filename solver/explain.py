"""Why a visit is not planned, or not with another technician: proven by trying it.

A visit is forced into every route. Where even the bare shift (nothing but its facts) cannot take it, the rule that
fails there is the reason. Where the bare shift can but its route cannot, the day is full. Where the route can, it costs
more than it is worth, and the shortfall is by how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.columns import DROP, PIN_SHIFT, RELEASE, TECHNICIAN
from solver.money import FORBIDDEN
from solver.problem import START_FIXED
from solver.reasons import Reason
from solver.rules import assignment
from solver.search import moves
from solver.search.insertion import best_insertion
from solver.search.state import new_state
from solver.tables import build_tables
from solver.timetable import route_ticks, simulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.problem import Problem
    from solver.search.state import State
    from solver.tables import Tables


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
    """A visit forced into the route of a shift: ``reason`` NONE where it fits, at ``position`` for ``added_ticks``."""

    shift: int
    reason: Reason
    added_ticks: int = 0
    position: int = 0
    shortfall: int = 0
    short: int | None = None


def why_unplanned(
    problem: Problem, tables: Tables, routes: Sequence[Sequence[int]], unplanned: Sequence[int]
) -> dict[int, tuple[UnplannedReason, ...]]:
    """Return the reasons for each unplanned visit beside ``routes`` (visits of each shift), one for each shift."""
    if not unplanned:
        return {}
    trial = _Trial(problem, tables, routes)
    return {v: trial.reasons(v) for v in unplanned}


def alternatives(problem: Problem, routes: Sequence[Sequence[int]], visit: int) -> list[Alternative]:
    """Force a visit into every route, taken out of its own first; one alternative for each shift, in order."""
    others = [[v for v in visits if v != visit] for visits in routes]
    trial = _Trial(problem, build_tables(problem), others)
    return [trial.on_shift(visit, s) for s in range(problem.n_shifts)]


class _Trial:
    """The plan as the kernels see it, to try visits on."""

    def __init__(self, problem: Problem, tables: Tables, routes: Sequence[Sequence[int]]) -> None:
        self.problem, self.tables = problem, tables
        self.failing = assignment.failing(problem)
        self.state: State = new_state(problem)
        moves.clear(tables, self.state, problem.technicians.stock)
        for s, visits in enumerate(routes):
            moves.load_route(tables, self.state, s, np.array(visits, np.int64))
        moves.accept(self.state)

    def reasons(self, v: int) -> tuple[UnplannedReason, ...]:
        """Return the reasons against visit ``v``, one for each shift."""
        if not self.problem.n_shifts:
            return (UnplannedReason(Reason.NO_TECHNICIANS),)
        return tuple(self._reason(v, self.on_shift(v, s)) for s in range(self.problem.n_shifts))

    def _reason(self, v: int, tried: Alternative) -> UnplannedReason:
        technician = int(self.tables.shift[tried.shift, TECHNICIAN])
        if tried.reason is not Reason.NONE:
            return UnplannedReason(tried.reason, technician, tried.shift, tried.shortfall, tried.short)
        dearer = tried.added_ticks - int(self.tables.visit[v, DROP])
        reason = Reason.PRICE if dearer >= 0 else Reason.LIMIT_REACHED
        return UnplannedReason(reason, technician, tried.shift, max(0, dearer))

    def on_shift(self, v: int, s: int) -> Alternative:
        """Try visit ``v`` on shift ``s``: rules on the pair, then its route, and where that fails the bare shift."""
        technician = int(self.tables.shift[s, TECHNICIAN])
        static = Reason(int(self.failing[v, technician]))
        if static is not Reason.NONE:
            return Alternative(s, static)
        if self.tables.visit[v, PIN_SHIFT] not in (-1, s):
            return Alternative(s, Reason.PIN)
        stock = self.problem.technicians.stock
        missing = self._missing_part(v, s, stock[technician])
        if missing is not None:
            return missing
        left = self._missing_part(v, s, self.state.left[technician])
        ticks, at = (FORBIDDEN, 0) if left is not None else best_insertion(self.tables, self.state, v, s)
        if ticks < FORBIDDEN:
            return Alternative(s, Reason.NONE, int(ticks), int(at))
        bare = simulate(self.tables, s, [v])
        if bare.ticks >= FORBIDDEN:
            return Alternative(s, self._cause(v, s, bare.reason))
        return left if left is not None else Alternative(s, Reason.CAPACITY)

    def _cause(self, v: int, s: int, found: Reason) -> Reason:
        """Return the rule behind ``found``: a fixed start is simulated as a window, a late release misses others."""
        if found is Reason.WINDOW and self.problem.visits.pin_level[v] == START_FIXED:
            return Reason.PIN
        released = self.tables.visit.copy()
        released[v, RELEASE] = 0
        if self.tables.visit[v, RELEASE] and simulate(self.tables._replace(visit=released), s, [v]).ticks < FORBIDDEN:
            return Reason.RELEASE
        return found

    def _missing_part(self, v: int, s: int, held: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Alternative | None:
        short = self.problem.visits.parts[v] - held
        if not (short > 0).any():
            return None
        part = int(short.argmax())
        return Alternative(s, Reason.PART, shortfall=int(short[part]), short=part)


def removal_gain(problem: Problem, tables: Tables, shift: int, visits: Sequence[int], visit: int) -> int:
    """Return the ticks that the route of a shift saves without one of its visits."""
    without = [v for v in visits if v != visit]
    return route_ticks(tables, shift, visits) - route_ticks(tables, shift, without)
