"""A plan from elsewhere may hold any numbers: the checker judges it and never fails on it."""

from dataclasses import fields, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.checker import check
from solver.solution import TERMS, BreakTaken, Route, Solution, Stop
from tests.properties.planned import Case, planned_cases
from tests.properties.planted import planted_cases

NUMBERS = st.integers(-3, 10) | st.integers(-(2**40), 2**40)


LINES = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=3).map(tuple)
TOOLS = st.lists(NUMBERS, max_size=3).map(tuple)


def garbled_lines(draw: st.DrawFn, stop: Stop) -> Stop:
    """Replace what is taken on, borrowed or handed over at a stop."""
    change: dict[str, Any] = draw(st.sampled_from([{"loads": LINES}, {"gives": LINES}, {"tools": TOOLS}]))
    return replace(stop, **{name: draw(values) for name, values in change.items()})


def garbled_one(draw: st.DrawFn, thing: Any) -> Any:
    """Replace one number of a stop, a break or a route."""
    name = draw(st.sampled_from([field.name for field in fields(thing) if isinstance(getattr(thing, field.name), int)]))
    return replace(thing, **{name: draw(NUMBERS)})


@st.composite
def garbled_plans(draw: st.DrawFn) -> tuple[Case, Solution]:
    case = draw(st.sampled_from(planned_cases(7, 25) + planted_cases(7, 25)))
    routes = [garbled_route(draw, route) for route in case.solution.routes]
    unplanned = draw(st.lists(NUMBERS, max_size=4))
    return case, Solution(tuple(routes), tuple(unplanned), case.solution.cost_by_term)


def garbled_route(draw: st.DrawFn, route: Route) -> Route:
    stops = [garbled_one(draw, stop) if draw(st.booleans()) else stop for stop in route.stops]
    stops += [garbled_one(draw, Stop(0, 0, 0, 0, 0, 0)) for _ in range(draw(st.integers(0, 1)))]
    stops = [garbled_lines(draw, stop) if draw(st.integers(0, 3)) == 0 else stop for stop in stops]
    breaks = [garbled_one(draw, taken) if draw(st.booleans()) else taken for taken in route.breaks]
    breaks += [garbled_one(draw, BreakTaken(0, 0, 0, 0)) for _ in range(draw(st.integers(0, 1)))]
    changed = replace(route, stops=tuple(stops[draw(st.integers(0, 2)) :]), breaks=tuple(breaks))
    if draw(st.booleans()):
        changed = replace(changed, overnight=draw(LINES))
    return garbled_one(draw, changed) if draw(st.booleans()) else changed


@settings(max_examples=300)
@given(garbled_plans())
def test_every_garbled_plan_gets_a_verdict(garbled: tuple[Case, Solution]) -> None:
    case, solution = garbled
    report = check(case.problem, solution)
    assert tuple(report.cost_by_term) == TERMS
    assert all("Maybe" in violation.message for violation in report.violations)
