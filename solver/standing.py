"""A plan as it stands, with what each route has taken and what is left, to try changes of single routes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import TECHNICIAN, TOTAL, VISIT
from solver.problem import NONE, Csr
from solver.routing import Line, Routing
from solver.rules.windows import NEVER
from solver.schedule import HANDLING_S, LATEST_ARRIVAL, READY_S, begin, run
from solver.search import entry
from solver.search.state import ENTRIES, IDLE_S, LENGTH, NOT_KNOWN, RESTOCKS, SIDE, TICKS, new_state, van_items
from solver.stops import StopNumbers
from solver.timetable import stays

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from solver.problem import Ints, Problem
    from solver.search.state import State
    from solver.tables import Tables


class Pieces(NamedTuple):
    """What is left over: ``van`` (n_technicians, items) and ``supply`` (n_steps,), items as in ``solver.tables``."""

    van: Ints
    supply: Ints

    def take(self, technician: int, ledger: Iterable[Line], sign: int = 1) -> None:
        """Take what a ledger has, or with ``sign`` -1 give it back, in place."""
        for line in ledger:
            if line.step < 0 or line.pieces < 0:
                self.van[technician, line.item] -= sign * abs(line.pieces)
            if line.step >= 0:
                self.supply[line.step : line.steps_end] -= sign * line.pieces

    def copy(self) -> Pieces:
        """Return pieces that may be changed."""
        return Pieces(self.van.copy(), self.supply.copy())


class Standing:
    """The routes of a plan as the kernels see them.

    Attributes
    ----------
    routings
        The route of each shift.
    left
        The pieces that nobody uses.
    state
        The plan, for insertions to be tried on.
    ticks
        What each route costs, (n_shifts,).
    """

    def __init__(self, problem: Problem, tables: Tables, routings: Sequence[Routing]) -> None:
        self.problem, self.tables = problem, tables
        self.state, self._spare = new_state(problem, tables), new_state(problem, tables)
        everything = Pieces(van_items(problem), tables.supply[:, TOTAL].copy())
        _load(tables, self.state, everything, [routing.stops for routing in routings])
        loaded = tuple(routing_of(self.state, s) for s in range(problem.n_shifts))
        is_the_plan = all(map(_are_alike, loaded, routings))
        self.routings = loaded if is_the_plan else tuple(routings)
        self.left = everything.copy()
        for s, routing in enumerate(self.routings):
            self.left.take(self._technician(s), routing.ledger)
        if not is_the_plan:
            self._put_down()
        self._loaded: tuple[int, ...] = ()
        self.ticks = np.array([self.state.row[_row(self.state, s), TICKS] for s in range(problem.n_shifts)])

    def _technician(self, s: int) -> int:
        return int(self.tables.shift[s, TECHNICIAN])

    def _put_down(self) -> None:
        """Write the routes down with their ledgers. No late arrival is ruled out ahead: that is only a short cut."""
        state, tables = self.state, self.tables
        state.left[:], state.supply_left[:] = self.left
        state.side[:, SIDE] = 0
        width, length = len(state.label) // len(state.stage), state.route.shape[1] + 1
        for s, (stops, ledger) in enumerate(self.routings):
            r, n, base = 2 * s, len(stops), 2 * s * length
            state.route[r, :n] = stops
            state.ledger[r, : len(ledger)] = np.array(ledger, np.int64).reshape(-1, state.ledger.shape[2])
            state.stay[r] = 0
            for column in (HANDLING_S, READY_S):
                state.stay[r, :n, column] = stays(tables, stops, ledger)[:, column]
            begin(tables, state.label, state.stage, width, s, base)
            ticks = run(tables, state.label, state.stage, width, s, base, state.route[r], state.stay[r], 0, n)[0]
            state.stage[base : base + n, LATEST_ARRIVAL] = NEVER
            state.row[r] = 0
            state.row[r, IDLE_S] = NOT_KNOWN
            state.row[r, [LENGTH, TICKS, ENTRIES]] = n, ticks, len(ledger)
            state.row[r, RESTOCKS] = int((tables.stop[list(stops), VISIT] < 0).sum())

    def with_routes(
        self, tables: Tables, left: Pieces, stops: Mapping[int, Sequence[int]]
    ) -> dict[int, Routing] | None:
        """Return the given shifts with other stops and what they take then, all others as they stand.

        Parameters
        ----------
        tables
            The plan's, with more time or room in them than there was.
        left
            What may be used besides what these routes have already.
        stops
            By shift. None is returned where they are not to be driven, or lack something. Whoever meets them is
            provided for anew too, and stops at which nothing changes hands any more are dropped.
        """
        left, changed = left.copy(), self._with_partners(stops)
        for s in changed:
            left.take(self._technician(s), self.routings[s].ledger, -1)
        routes = [changed.get(s, ()) for s in range(len(self.routings))]
        supply = tables.supply.copy()
        supply[:, TOTAL] = left.supply
        _load(tables._replace(supply=supply), self._spare, left, routes)
        self._loaded = tuple(changed)
        found = {s: routing_of(self._spare, s) for s in changed}
        return found if all(self._visits(found[s].stops) == self._visits(changed[s]) for s in changed) else None

    def _with_partners(self, stops: Mapping[int, Sequence[int]]) -> dict[int, Sequence[int]]:
        """Return the stops with those of all who meet one of these routes: what is given has to be what is taken."""
        changed: dict[int, Sequence[int]] = dict(stops)
        numbers = StopNumbers.of(self.problem)
        while True:
            met = {numbers.meeting_of(x) for s in changed for x in (*changed[s], *self.routings[s].stops)} - {NONE}
            more = [
                s
                for s, routing in enumerate(self.routings)
                if s not in changed and any(numbers.meeting_of(x) in met for x in routing.stops)
            ]
            if not more:
                return changed
            changed |= {s: self.routings[s].stops for s in more}

    def _visits(self, stops: Sequence[int]) -> list[int]:
        return [x for x in stops if self.tables.stop[x, VISIT] != NONE]

    def added_ticks(self, shifts: Iterable[int]) -> int:
        """Return what the routes of the last ``with_routes``, of ``shifts`` and others, cost more than now."""
        rows = {s: int(self._spare.row[_row(self._spare, s), TICKS]) for s in {*shifts, *self._loaded}}
        return sum(ticks - int(self.ticks[s]) for s, ticks in rows.items())


def routing_of(state: State, s: int) -> Routing:
    """Return the standing route of shift ``s``."""
    r = _row(state, s)
    stops, lines = state.route[r, : state.row[r, LENGTH]], state.ledger[r, : state.row[r, ENTRIES]]
    return Routing(tuple(stops.tolist()), tuple(Line(*line) for line in lines.tolist()))


def _are_alike(one: Routing, other: Routing) -> bool:
    """Tell whether two routes have the same stops and take the same there: loading in turn can lead to others."""
    return one.stops == other.stops and sorted(line[:3] for line in one.ledger) == sorted(
        line[:3] for line in other.ledger
    )


def _row(state: State, s: int) -> int:
    return 2 * s + int(state.side[s, SIDE])


def _load(tables: Tables, state: State, pieces: Pieces, routes: Sequence[Sequence[int]]) -> None:
    entry.load(tables, state, pieces.van, Csr.of(routes))
