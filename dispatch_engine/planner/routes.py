"""Routes of the solver as routes of a plan document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import end_place_of, start_place_of
from dispatch_engine.model.plan import Route, RouteTotals, Stop
from dispatch_engine.model.times import Window
from dispatch_engine.planner.bounds import breaks_left
from dispatch_engine.planner.money import amounts
from dispatch_engine.planner.on_time import Sampler
from dispatch_engine.planner.stops import Beside, StopWriter
from solver.rules.buffers import buffers_of
from solver.rules.reserves import free_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.planner.frame import Frame
    from solver.checker.report import RouteFigures
    from solver.objective import Objective
    from solver.solution import BreakTaken
    from solver.solution import Route as SolverRoute


@dataclass(frozen=True)
class RouteWriter:
    """Writes routes of one plan; ``objective`` prices them and their stops."""

    frame: Frame
    objective: Objective

    @cached_property
    def stops(self) -> StopWriter:
        """The writer of their stops."""
        return StopWriter(self.frame, self.objective)

    def route(self, route: SolverRoute, figures: RouteFigures) -> Route:
        """Return a route with its stops and breaks in order of time, its totals and its costs."""
        capacity, shift = self.frame.index.shifts[route.shift]
        start, end = start_place_of(capacity, shift), end_place_of(capacity, shift)
        assert start is not None  # a document without it has been refused
        return Route(
            technician=capacity.id,
            shift=shift.id,
            departure=self.frame.timeline.moment(route.departure_s),
            end=self.frame.timeline.moment(route.end_s),
            start_place=self.frame.places.located(start),
            end_place=None if end is None else self.frame.places.located(end),
            overnight=self.stops.overnight(route.shift, route.overnight),
            stops=tuple(self._stops(route)),
            return_travel_s=route.return_travel_s,
            return_distance_m=route.return_distance_m,
            totals=_totals(route, figures),
            costs=amounts(self.objective.route_by_term(route)),
            free=self._free(route),
        )

    def _free(self, route: SolverRoute) -> tuple[Window, ...] | None:
        problem, moment = self.objective.problem, self.frame.timeline.moment
        if not len(problem.reserves):
            return None
        spans = free_spans(problem, route.shift, route)
        return tuple(Window(start=moment(begin_s), end=moment(end_s)) for begin_s, end_s in spans)

    @cached_property
    def sampler(self) -> Sampler:
        """What tells how likely visits are to be in time."""
        return Sampler(self.frame, self.objective)

    def _stops(self, route: SolverRoute) -> Iterator[Stop]:
        free_s, chances = route.departure_s, self.sampler.probabilities(route)
        buffers = buffers_of(self.objective.problem, route)
        for number, stop in enumerate(route.stops):
            breaks = [taken for taken in route.breaks if taken.before == number]
            yield from (self._break(route.shift, taken) for taken in breaks)
            since_s = max(free_s, self._resume_s(route, number))
            rest_s = sum(taken.end_s - max(taken.start_s, since_s) for taken in breaks if taken.end_s > since_s)
            waiting_s = max(0, stop.start_s - since_s - stop.travel_s - rest_s)
            yield self.stops.stop(route.shift, stop, Beside(waiting_s, chances[number], buffers[number]))
            free_s = stop.end_s
        last = [taken for taken in route.breaks if taken.before >= len(route.stops)]
        yield from (self._break(route.shift, taken) for taken in last)

    def _resume_s(self, route: SolverRoute, number: int) -> int:
        """Return when the decided part of a route is resumed, if that is before stop ``number``."""
        is_first_decided = not route.stops[number].is_fact and (number == 0 or route.stops[number - 1].is_fact)
        return int(self.objective.problem.shifts.resume_s[route.shift]) if is_first_decided else 0

    def _break(self, row: int, taken: BreakTaken) -> Stop:
        rest = breaks_left(self.frame.index.shifts[row][1], self.frame.bounds[row])[taken.index]
        start, end = self.frame.timeline.moment(taken.start_s), self.frame.timeline.moment(taken.end_s)
        return Stop(kind="break", arrival=start, start=start, end=end, paid=rest.paid)


def _totals(route: SolverRoute, figures: RouteFigures) -> RouteTotals:
    """Return the sums over a route. Unpaid breaks longer than the route leave nothing to be paid, not less."""
    return RouteTotals(
        visits=sum(stop.is_visit for stop in route.stops),
        driving_s=figures.driving_s,
        distance_m=figures.distance_m,
        service_s=sum(stop.end_s - stop.start_s for stop in route.stops if stop.is_visit),
        handling_s=sum(stop.end_s - stop.start_s for stop in route.stops if not stop.is_visit),
        waiting_s=figures.waiting_s,
        break_s=sum(taken.end_s - taken.start_s for taken in route.breaks),
        paid_s=max(0, figures.paid_s),
        overtime_s=figures.overtime_s,
        workload_s=figures.workload_s,
    )
