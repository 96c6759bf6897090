"""The decisions of the model: who serves a visit, in which order, when, and where the breaks lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from solver.exact.head import Break, Head, head_of, leg

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

    from solver.problem import Problem

Linear: TypeAlias = "LinearExpr | int"
"""A linear expression, or the number that it comes to where nothing about it is decided."""

DEPOT = -1
"""Stands for the beginning and the end of a route among the visits of a circuit."""


@dataclass(frozen=True)
class BreakChoice:
    """A break ahead: whether and when it is taken, and in which gap.

    ``in_gap`` maps a visit to "in the gap before it", DEPOT to "on the way to the end place"; ``before_departure`` is
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
    """The route of one shift. ``serves[v]``: visit v is on it; ``follows[i, j]``: j comes right after i (or DEPOT).

    ``used`` tells whether anything was decided: a route of facts alone is not used. ``departure`` is a number where it
    is recorded.
    """

    head: Head
    serves: dict[int, IntVar]
    follows: dict[tuple[int, int], IntVar]
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

    def pause(self, gap: int) -> Linear:
        """Return the seconds of break in the gap before a visit, or before the end (DEPOT)."""
        return sum(choice.rule.duration_s * choice.in_gap[gap] for choice in self.breaks if gap in choice.in_gap)


@dataclass(frozen=True)
class Choices:
    """All decisions. ``visits`` are those that are not facts; ``planned`` and ``start`` are keyed by visit.

    An unplanned visit has start and completion 0.
    """

    problem: Problem
    model: CpModel
    routes: tuple[RouteChoice, ...]
    visits: tuple[int, ...]
    planned: dict[int, IntVar]
    start: dict[int, IntVar]

    def service_s(self, route: RouteChoice, visit: int) -> int:
        """Return how long the technician of a route needs for a visit."""
        return int(self.problem.visits.service_s[visit, self.problem.shifts.technician[route.shift]])

    def completion(self, visit: int) -> Linear:
        """Return when a visit is completed."""
        served = sum(self.service_s(route, visit) * route.serves[visit] for route in self.routes)
        return self.start[visit] + served

    def travel_s(self, route: RouteChoice, i: int, j: int) -> int:
        """Return the seconds from visit i (DEPOT: where the rest begins) to visit j (DEPOT: the end place)."""
        return leg(self.problem, route.shift, self.place(route, i), self._destination(route, j)).travel_s

    def distance_m(self, route: RouteChoice, i: int, j: int) -> int:
        """Return the metres of the same."""
        return leg(self.problem, route.shift, self.place(route, i), self._destination(route, j)).distance_m

    def place(self, route: RouteChoice, visit: int) -> int:
        """Return the place of a visit, or the one where the rest of the route begins (DEPOT)."""
        return route.head.place if visit == DEPOT else int(self.problem.visits.place[visit])

    def _destination(self, route: RouteChoice, visit: int) -> int:
        shifts = self.problem.shifts
        return int(shifts.end_place[route.shift]) if visit == DEPOT else int(self.problem.visits.place[visit])


def latest_instant(problem: Problem, heads: list[Head]) -> int:
    """Return an instant after which nothing can happen."""
    ends = [int(s) for s in problem.shifts.regular_end_s + problem.shifts.overtime_cap_s]
    heads_end = [(head.begin_s or 0) + head.back.travel_s + head.unpaid_s for head in heads]
    return max([0, *ends, *heads_end])


def make_choices(problem: Problem, model: CpModel) -> Choices:
    """Create the variables."""
    visits = tuple(v for v in range(problem.n_visits) if v not in problem.fact_visits)
    heads = [head_of(problem, shift) for shift in range(problem.n_shifts)]
    latest_s = latest_instant(problem, heads)
    return Choices(
        problem=problem,
        model=model,
        routes=tuple(_route(problem, model, head, visits, latest_s) for head in heads),
        visits=visits,
        planned={v: model.new_bool_var(f"visit {v} is planned") for v in visits},
        start={v: model.new_int_var(0, latest_s, f"start of visit {v}") for v in visits},
    )


def _route(problem: Problem, model: CpModel, head: Head, visits: tuple[int, ...], latest_s: int) -> RouteChoice:
    s = head.shift
    pairs = [(i, j) for i in (DEPOT, *visits) for j in (DEPOT, *visits) if i != j]
    serves = {v: model.new_bool_var(f"shift {s} serves {v}") for v in visits}
    departure: Linear = (
        head.departed_s
        if head.departed_s is not None
        else model.new_int_var(
            int(problem.shifts.start_s[s]), max(latest_s, int(problem.shifts.start_s[s])), f"departure of {s}"
        )
    )
    return RouteChoice(
        head=head,
        serves=serves,
        follows={(i, j): model.new_bool_var(f"on {s} {j} follows {i}") for i, j in pairs},
        used=model.new_bool_var(f"shift {s} is used"),
        departure=departure,
        end=model.new_int_var(0, latest_s, f"end of {s}"),
        breaks=tuple(_break(problem, model, head, rule, visits) for rule in head.breaks),
    )


def _break(problem: Problem, model: CpModel, head: Head, rule: Break, visits: tuple[int, ...]) -> BreakChoice:
    name = f"break {rule.index} of {head.shift}"
    is_open_ended = int(problem.shifts.end_place[head.shift]) < 0
    gaps = visits if is_open_ended else (*visits, DEPOT)
    return BreakChoice(
        rule=rule,
        taken=model.new_bool_var(f"{name} is taken"),
        start=model.new_int_var(rule.earliest_s, rule.latest_s, f"start of {name}"),
        in_gap={gap: model.new_bool_var(f"{name} in the gap before {gap}") for gap in gaps},
        before_departure=model.new_bool_var(f"{name} before departure") if head.begin_s is None else None,
    )
