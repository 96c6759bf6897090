"""Where the calls of a plan are, worked out from where they were in the plan before."""

from dataclasses import replace
from datetime import UTC, datetime

from dispatch_engine.board.state import RouteKey, RunningRoutes
from dispatch_engine.model.places import Place
from dispatch_engine.model.plan import Route, RouteTotals, Stop

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
ONE, TWO, THREE = (RouteKey(name, "day") for name in ("one", "two", "three"))


def route(key: RouteKey, *calls: str) -> Route:
    stops = tuple(Stop(kind="visit", call=call, arrival=AT, start=AT, end=AT) for call in calls)
    about = {"departure": AT, "end": AT, "start_place": Place(id="P"), "totals": RouteTotals()}
    return Route.model_validate({"technician": key.technician, "shift": key.shift, "stops": stops, **about})


def plan() -> RunningRoutes:
    return RunningRoutes(routes={ONE: route(ONE, "A", "B"), TWO: route(TWO, "C")})


def test_calls_that_move_come_and_go_are_where_the_new_routes_have_them() -> None:
    before = plan()
    assert before.places["A"][0] == ONE
    after = before.with_routes({TWO}, {ONE: route(ONE, "B"), THREE: route(THREE, "A", "D")})
    assert after.places == replace(after).places
    assert {call: key for call, (key, _) in after.places.items()} == {"B": ONE, "A": THREE, "D": THREE}


def test_a_plan_with_the_same_routes_has_its_calls_where_they_were() -> None:
    before = plan()
    assert before.with_same_routes(revision=5).places == before.places == replace(before).places
