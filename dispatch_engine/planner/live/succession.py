"""How the stops of an earlier state of a board are numbered in a later one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from dispatch_engine.planner.carrying import changed_calls
from dispatch_engine.planner.sourcings import key_of
from solver.problem import NONE
from solver.stops import StopNumbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dispatch_engine.planner.translate import Translation
    from dispatch_engine.planner.updating import Change
    from solver.solution import Route, Stop


@dataclass(frozen=True)
class Succession:
    """Two states of a board; ``change`` is what has changed, None where that is not known and may be anything."""

    earlier: Translation
    later: Translation
    change: Change | None

    @cached_property
    def shift_rows(self) -> list[int | None]:
        """The row of each later shift in the earlier state, None where it is new."""
        before, now = self.earlier.frame.index.shift, self.later.frame.index.shift
        return [before.get(key) for key in now]

    @cached_property
    def changed_calls(self) -> frozenset[int]:
        """The rows of calls that are new, or of which something is other."""
        if self.change is not None:
            return self.change.calls
        before, now = self.earlier.frame, self.later.frame
        rows = [before.index.visit.get(call.id, NONE) for call in now.problem.calls]
        ways = ((row, before.ways.by_call[was]) for row, was in enumerate(rows) if was != NONE)
        others = {row for row, was in ways if was != now.ways.by_call[row]}
        return frozenset(others | changed_calls(before.problem, now.problem, rows))

    @cached_property
    def _visits(self) -> list[int]:
        """The row now of each earlier call, NONE where it is gone."""
        if self.change is not None:
            rows: list[int] = self.change.later_row.tolist()
            return rows
        now = self.later.frame.index.visit
        return [now.get(call, NONE) for call in self.earlier.frame.index.visit]

    @cached_property
    def _are_numbers_kept(self) -> bool:
        """Whether every call is there still with the number that it had, as is every way to get its parts."""
        is_sourced_alike = self.earlier.solver_problem.sourcings is self.later.solver_problem.sourcings
        return is_sourced_alike and self._visits == list(range(len(self._visits)))

    @cached_property
    def _numbers(self) -> tuple[StopNumbers, StopNumbers]:
        return StopNumbers.of(self.earlier.solver_problem), StopNumbers.of(self.later.solver_problem)

    @cached_property
    def _moved_by(self) -> int:
        """By how much the numbers of all stops but visits as stated are higher than before, if numbers are kept."""
        return self._numbers[1].n_visits - self._numbers[0].n_visits

    def sourcing(self, visit: int, sourcing: int) -> int:
        """Return the row of an earlier visit's way to get its parts now: as stated where there is no such way."""
        if sourcing == NONE:
            return NONE
        key = key_of(self.earlier.frame.ways.of_stop(visit, sourcing))
        row = self.later.frame.ways.row_of(self._visits[visit], key)
        return NONE if row is None else row

    def stops(self, stops: Sequence[int]) -> tuple[int, ...]:
        """Return the stops of a route by their numbers now; what is gone is left out."""
        if self._are_numbers_kept:
            n_visits, by = len(self._visits), self._moved_by
            if not by or not stops or max(stops) < n_visits:
                return tuple(stops)
            return tuple(x if x < n_visits else x + by for x in stops)
        return tuple(number for x in stops for number in self._number(x))

    def _number(self, x: int) -> Iterator[int]:
        before, now = self._numbers
        if x < before.n_visits:
            if self._visits[x] != NONE:
                yield self._visits[x]
        elif (row := before.sourcing_of(x)) != NONE:
            visit = int(self.earlier.solver_problem.sourcings.visit[row])
            if self._visits[visit] != NONE:
                way = self.sourcing(visit, row)
                yield self._visits[visit] if way == NONE else now.sourced(way)
        elif (location := before.location_of(x)) != NONE:
            yield from self._place(now.restock(0), location, "location")
        else:
            first = now.give(0) if x < before.take(0) else now.take(0)
            yield from self._place(first, before.meeting_of(x), "meeting")

    def _place(self, first: int, row: int, kind: Literal["location", "meeting"]) -> Iterator[int]:
        before, now = (getattr(state.frame.index, kind) for state in (self.earlier, self.later))
        if (name := list(before)[row]) in now:
            yield first + now[name]

    def route(self, route: Route) -> Route:
        """Return a timed route of which nothing is gone by the numbers now."""
        if self._are_numbers_kept:
            return route
        stops = tuple(self._stop(stop) for stop in route.stops)
        return route if all(a is b for a, b in zip(stops, route.stops, strict=True)) else replace(route, stops=stops)

    def _stop(self, stop: Stop) -> Stop:
        if stop.visit == NONE:
            return stop
        visit, sourcing = self._visits[stop.visit], self.sourcing(stop.visit, stop.sourcing)
        return stop if visit == stop.visit and sourcing == stop.sourcing else stop.renumbered(visit, sourcing)
