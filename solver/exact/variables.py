"""The decisions of the model: who serves a visit and how, which other stops are made, in which order and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING, TypeAlias

from solver.exact.head import Break, Head, Leg, head_of, leg
from solver.exact.needs import night_loads, ranked_visits, used_parts, ways_of
from solver.exact.stops import stops_of
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

    from solver.exact.stops import StopChoice
    from solver.problem import Problem

Linear: TypeAlias = "LinearExpr | int"
"""A linear expression, or the number that it comes to where nothing about it is decided."""

DEPOT = -1
"""Stands for the beginning and the end of a route among the nodes of a circuit."""


@dataclass(frozen=True)
class BreakChoice:
    """A break ahead: whether and when it is taken, and in which gap.

    ``in_gap`` maps a node to "in the gap before it", DEPOT to "on the way to the end place"; ``before_departure`` is
    None where the technician has departed.
    """

    rule: Break
    taken: IntVar
    start: IntVar
    in_gap: dict[int, IntVar]
    before_departure: IntVar | None

    @property
    def end(self) -> Linear:
        """When it is over."""
        return self.start + self.rule.duration_s

    @property
    def places(self) -> list[IntVar]:
        """Every place where it can lie; it lies in one if it is taken."""
        return [*self.in_gap.values(), *([] if self.before_departure is None else [self.before_departure])]


@dataclass(frozen=True)
class RouteChoice:
    """The route of one shift, a circuit of nodes: visits by their index, other stops by a number above all of them.

    ``serves[v]``: visit v is on it; ``ways[v, w]``: and gets its parts by row w of the sourcings, or as stated (NONE);
    ``follows[i, j]``: node j comes right after i (or DEPOT); a stop that only takes on is never the last. ``used``
    tells whether anything was decided: a route of facts alone is not used. ``departure`` is a number where it is
    recorded. ``position`` numbers the nodes along the route; it is empty where no rule asks for it. ``overnight`` are
    the pieces loaded in the night before, by part.
    """

    head: Head
    serves: dict[int, IntVar]
    ways: dict[tuple[int, int], IntVar]
    stops: dict[int, StopChoice]
    overnight: dict[int, IntVar]
    follows: dict[tuple[int, int], IntVar]
    position: dict[int, IntVar]
    used: IntVar
    departure: Linear
    end: IntVar
    breaks: tuple[BreakChoice, ...]

    @property
    def shift(self) -> int:
        """The shift's index."""
        return self.head.shift

    @property
    def begin(self) -> Linear:
        """When the decided part begins."""
        return self.departure if self.head.begin_s is None else self.head.begin_s

    @property
    def exists(self) -> Linear:
        """Whether there is a route: something was decided or has happened."""
        return 1 if self.head.facts else self.used

    @property
    def made(self) -> dict[int, IntVar]:
        """Whether a node is on the route."""
        return {**self.serves, **{node: stop.made for node, stop in self.stops.items()}}

    def pause(self, gap: int) -> Linear:
        """Return the seconds of break in the gap before a node, or before the end (DEPOT)."""
        return sum(choice.rule.duration_s * choice.in_gap[gap] for choice in self.breaks if gap in choice.in_gap)


@dataclass(frozen=True)
class Choices:
    """All decisions. ``visits`` are those that are not facts; ``planned`` and ``start`` are keyed by visit.

    ``sourced`` tells of each row of the sourcings whether its visit is planned that way. An unplanned visit has start
    and completion 0. ``buffers`` are those at the start and the end of each visit (``solver.exact.buffers``).
    """

    problem: Problem
    model: CpModel
    routes: tuple[RouteChoice, ...]
    visits: tuple[int, ...]
    planned: dict[int, IntVar]
    start: dict[int, IntVar]
    sourced: dict[int, IntVar]
    buffers: Mapping[int, tuple[Linear, Linear]] = field(default_factory=dict)

    def service_s(self, route: RouteChoice, visit: int) -> int:
        """Return how long the technician of a route needs for a visit."""
        return int(self.problem.visits.service_s[visit, self.problem.shifts.technician[route.shift]])

    def completion(self, visit: int) -> Linear:
        """Return when a visit is completed."""
        served = sum(self.service_s(route, visit) * route.serves[visit] for route in self.routes)
        return self.start[visit] + served

    def used(self, route: RouteChoice, visit: int, part: int) -> Linear:
        """Return the pieces of a part that a visit uses from the van of a route."""
        pieces = {way: int(used_parts(self.problem, visit, way)[part]) for way in ways_of(self.problem, visit)}
        return sum(n * route.ways[visit, way] for way, n in pieces.items() if n)

    def begins(self, route: RouteChoice, node: int) -> IntVar:
        """Return when the work at a node begins."""
        return route.stops[node].start if node in route.stops else self.start[node]

    def freed(self, route: RouteChoice, node: int) -> Linear:
        """Return when the work at a node is over, or the route begins (DEPOT)."""
        if node == DEPOT:
            return route.begin
        return route.stops[node].end if node in route.stops else self.start[node] + self.service_s(route, node)

    def leg(self, route: RouteChoice, i: int, j: int) -> Leg:
        """Return the leg from node i (DEPOT: where the rest begins) to node j (DEPOT: the end place)."""
        destination = int(self.problem.shifts.end_place[route.shift]) if j == DEPOT else self.place(route, j)
        return leg(self.problem, route.shift, self.place(route, i), destination)

    def place(self, route: RouteChoice, node: int) -> int:
        """Return the place of a node, or the one where the rest of the route begins (DEPOT)."""
        if node == DEPOT:
            return route.head.place
        return route.stops[node].place if node in route.stops else int(self.problem.visits.place[node])


def latest_instant(problem: Problem, heads: list[Head]) -> int:
    """Return an instant after which nothing can happen."""
    ends = [int(s) for s in problem.shifts.regular_end_s + problem.shifts.overtime_cap_s]
    heads_end = [(head.begin_s or 0) + head.back.travel_s + head.unpaid_s for head in heads]
    return max([0, *ends, *heads_end])


def make_choices(problem: Problem, model: CpModel, restocks: int) -> Choices:
    """Create the variables, with up to ``restocks`` stops of a route at one stock location."""
    visits = tuple(v for v in range(problem.n_visits) if v not in problem.fact_visits)
    heads = [head_of(problem, shift) for shift in range(problem.n_shifts)]
    maker = _Maker(problem, model, visits, latest_instant(problem, heads), restocks)
    return Choices(
        problem=problem,
        model=model,
        routes=tuple(maker.route(head) for head in heads),
        visits=visits,
        planned={v: model.new_bool_var(f"visit {v} is planned") for v in visits},
        start={v: model.new_int_var(0, maker.latest_s, f"start of visit {v}") for v in visits},
        sourced={
            row: model.new_bool_var(f"sourcing {row} is chosen")
            for v in visits
            for row in ways_of(problem, v)
            if row != NONE
        },
    )


@dataclass(frozen=True)
class _Maker:
    problem: Problem
    model: CpModel
    visits: tuple[int, ...]
    latest_s: int
    restocks: int

    def route(self, head: Head) -> RouteChoice:
        s, model = head.shift, self.model
        stops = dict(enumerate(stops_of(self.problem, model, head, self.restocks), self.problem.n_visits))
        nodes = (*self.visits, *stops)
        last = (*self.visits, *(node for node, stop in stops.items() if stop.gives))
        pairs = [*permutations(nodes, 2), *((DEPOT, node) for node in nodes), *((node, DEPOT) for node in last)]
        serves = {v: model.new_bool_var(f"shift {s} serves {v}") for v in self.visits}
        nights = night_loads(self.problem, s)
        return RouteChoice(
            head=head,
            serves=serves,
            ways={(v, way): self._way(s, serves[v], v, way) for v in self.visits for way in ways_of(self.problem, v)},
            stops=stops,
            overnight={p: model.new_int_var(0, most, f"{p} loaded before {s}") for p, most in nights.items()},
            follows={(i, j): model.new_bool_var(f"on {s} {j} follows {i}") for i, j in pairs},
            position=self._positions(s, nodes) if stops or ranked_visits(self.problem, s) else {},
            used=model.new_bool_var(f"shift {s} is used"),
            departure=self._departure(head),
            end=model.new_int_var(0, self.latest_s, f"end of {s}"),
            breaks=tuple(self._break(head, rule, nodes) for rule in head.breaks),
        )

    def _way(self, shift: int, serves: IntVar, visit: int, way: int) -> IntVar:
        """Return the choice of a way; a visit that has one way only is served that way."""
        is_only = len(ways_of(self.problem, visit)) == 1
        return serves if is_only else self.model.new_bool_var(f"shift {shift} serves {visit} by {way}")

    def _positions(self, shift: int, nodes: tuple[int, ...]) -> dict[int, IntVar]:
        return {n: self.model.new_int_var(0, len(nodes), f"position of {n} on {shift}") for n in nodes}

    def _departure(self, head: Head) -> Linear:
        if head.departed_s is not None:
            return head.departed_s
        start_s = int(self.problem.shifts.start_s[head.shift])
        return self.model.new_int_var(start_s, max(self.latest_s, start_s), f"departure of {head.shift}")

    def _break(self, head: Head, rule: Break, nodes: tuple[int, ...]) -> BreakChoice:
        model, name = self.model, f"break {rule.index} of {head.shift}"
        is_open_ended = int(self.problem.shifts.end_place[head.shift]) < 0
        gaps = nodes if is_open_ended else (*nodes, DEPOT)
        return BreakChoice(
            rule=rule,
            taken=model.new_bool_var(f"{name} is taken"),
            start=model.new_int_var(rule.earliest_s, rule.latest_s, f"start of {name}"),
            in_gap={gap: model.new_bool_var(f"{name} in the gap before {gap}") for gap in gaps},
            before_departure=model.new_bool_var(f"{name} before departure") if head.begin_s is None else None,
        )
