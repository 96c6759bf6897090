"""What a plan says of the parts that an unplanned call lacks: who has them, ways to get them, the smallest changes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from operator import le
from typing import Any

import pytest

from dispatch_engine.formats.documents import parse_plan, plan_text
from dispatch_engine.model.missing_parts import MissingParts, PartsChange, PartsWay
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.missing import trying
from dispatch_engine.planner.missing.bisection import first_that
from dispatch_engine.planner.missing.explained import missing_parts
from solver.explain import why_unplanned
from solver.routing import Routing
from solver.tables import build_tables
from tests.dispatch_engine.planner.changing import with_change
from tests.dispatch_engine.planner.days import (
    at,
    call,
    day,
    location,
    meeting,
    plan_of,
    shift,
    technician,
    translation_of,
    window,
)

COURIER = {"lead_time": "PT4H", "price": 20}
A = {"A": 1}
WANTS = call(parts=A)


def missing_of(problem: ProblemDocument, name: str = "C-1") -> MissingParts:
    (found,) = [each.missing_parts for each in plan_of(problem).unplanned if each.call == name]
    assert found is not None
    return found


def way_of(missing: MissingParts, kind: str) -> PartsWay:
    (found,) = [way for way in missing.ways if way.kind == kind]
    return found


def change_of(missing: MissingParts, kind: str) -> PartsChange:
    (found,) = [change for change in missing.changes if change.kind == kind]
    return found


def fetching(place: str = "P3", calls: list[dict[str, Any]] | None = None, **there: Any) -> ProblemDocument:
    """One van without the part, one location."""
    return day(calls or [WANTS], stock_locations=[location("L-1", place, **there)])


def test_a_part_that_nobody_has_has_no_holder_and_no_way() -> None:
    found = missing_of(day([WANTS]))
    (part,) = found.parts
    assert (part.part, part.needed, part.lacking, part.holders, found.ways) == ("A", 1, 1, (), ())


def test_a_call_that_is_not_left_out_for_want_of_parts_says_nothing_of_them() -> None:
    skilled = call(parts=A, skills={"lift": 1})
    dear = call(parts=A, drop_price=1)
    for problem in (day([skilled]), day([dear], [technician(stock=A)]), day([call(drop_price=1)])):
        assert [each.missing_parts for each in plan_of(problem).unplanned] == [None]


def test_a_van_says_what_is_left_over_used_and_reserved() -> None:
    crew = [
        technician("T-1", stock={"A": 3}, reserved_stock={"A": 1}, shifts=[shift(end=10)]),
        technician("T-2", skills={"lift": 1}),
    ]
    calls = [call(parts=A, skills={"lift": 1}), call("C-2", parts=A)]
    (holder,) = missing_of(day(calls, crew)).parts[0].holders
    assert (holder.technician, holder.free, holder.used, holder.reserved) == ("T-1", 1, 1, 1)


def test_a_location_says_how_many_pieces_are_there_from_when_on() -> None:
    later = [{"at": at(14), "parts": {"A": 2}}, {"at": at(15), "parts": A}]
    calls = [call(parts={"A": 5}), call("C-2", parts=A)]
    holders = missing_of(fetching(calls=calls, stock={"A": 1}, deliveries=later)).parts[0].holders
    shown = [(each.free, each.since and f"{each.since:%H:%M}", each.used) for each in holders]
    assert shown == [(2, "15:00", 1), (3, "16:00", 1)]


def test_what_stands_in_for_a_part_is_named_with_who_has_it() -> None:
    calls = [call(parts=A, substitutes=[{"part": "A", "substitute": "B", "price": 900}], drop_price=500)]
    found = missing_of(day(calls, [technician(stock={"B": 2})]))
    assert [(part.part, part.stands_in_for) for part in found.parts] == [("A", None), ("B", "A")]
    assert [(each.technician, each.free) for each in found.parts[1].holders] == [("T-1", 2)]


def test_a_way_that_is_dearer_than_leaving_the_call_out_says_by_how_much() -> None:
    found = missing_of(fetching("P5", [call(parts=A, drop_price=60)], stock=A))
    way = way_of(found, "restock")
    # ten places of ten minutes at 40 an hour and of 6 km at 0.35, and half an hour of work
    assert (way.cost, way.dearer, way.code) == (Decimal("107.667"), Decimal("47.667"), None)
    assert way.message == "A stop at L-1 with T-1 would cost 107.67 EUR, 47.67 EUR more than leaving it out."


def test_the_ways_that_can_be_done_come_first_the_cheapest_first() -> None:
    there = location("L-1", "P5", stock={"A": 2}, courier={"lead_time": "PT30M", "price": 20})
    providers = [{"id": "X", "home": "P1", "shifts": [shift()], "stock": A, "prices": {"callout": 100}}]
    problem = day([call(parts=A, drop_price=30)], [technician()], stock_locations=[there], providers=providers)
    assert [way.kind for way in missing_of(problem).ways] == ["courier", "restock", "provider"]


SKILLED = call(parts=A, skills={"lift": 1})
LIFTER = technician(skills={"lift": 1})
LOW = call(parts=A, substitutes=[{"part": "A", "substitute": "B"}])
TUESDAY = shift("tue") | {"start": at(8, day=3), "end": at(16, day=3)}
TUESDAY_HOURS = {"start": at(6, day=3), "end": at(20, day=3)}
BY_NIGHT: dict[str, Any] = {"shifts": [shift(), TUESDAY], "replenished_at": "L-1"}
ON_TUESDAY = call(parts={"A": 2}, windows=[{"start": at(9, day=3), "end": at(10, day=3)}])
ROOMLESS = technician(stock={"B": 1}, stock_capacity={"slots": 1})
SLOTS = [{"id": "A", "slots": 1}, {"id": "B", "slots": 1}]

IMPOSSIBLE: list[tuple[str, str, Callable[[], ProblemDocument]]] = [
    ("van", "skill", lambda: day([SKILLED], [LIFTER, technician("T-2", stock=A)])),
    (
        "van",
        "window",
        lambda: day(
            [call(parts=A, windows=[window(8, 10)])],
            [technician(), technician("T-2", stock=A, shifts=[shift(start=12)])],
        ),
    ),
    ("van", "reserved", lambda: day([WANTS], [technician(stock=A, reserved_stock=A)])),
    ("van", "used_by_plan", lambda: day([WANTS, call("C-2", parts=A)], [technician(stock=A)])),
    ("restock", "none_left", lambda: fetching(stock=A, calls=[WANTS, call("C-2", parts=A)])),
    ("restock", "comes_too_late", lambda: fetching(deliveries=[{"at": at(15, 30), "parts": A}])),
    ("restock", "location_closed", lambda: fetching(stock=A, opening=[window(5, 7)])),
    ("restock", "no_room", lambda: day([WANTS], [ROOMLESS], parts=SLOTS, stock_locations=[location(stock=A)])),
    (
        "restock",
        "no_time",
        lambda: fetching(calls=[call(parts=A, windows=[{"start": at(8), "end": at(8, 30)}])], stock=A),
    ),
    (
        "restock",
        "several_obstacles",
        lambda: fetching(opening=[window(5, 7)], deliveries=[{"at": at(15, 30), "parts": A}]),
    ),
    ("restock", "not_open_to_them", lambda: fetching(stock=A, open_to=[])),
    (
        "restock",
        "switched_off",
        lambda: day([WANTS], policy={"restocking": "none"}, stock_locations=[location(stock=A)]),
    ),
    ("courier", "no_courier", lambda: fetching(stock=A, open_to=[])),
    (
        "courier",
        "courier_refused",
        lambda: fetching(stock=A, open_to=[], courier=COURIER, calls=[call(parts=A, courier_allowed=False)]),
    ),
    (
        "courier",
        "comes_too_late",
        lambda: fetching(stock=A, open_to=[], courier=COURIER, calls=[call(parts=A, windows=[window(8, 10)])]),
    ),
    (
        "courier",
        "none_left",
        lambda: fetching(stock=A, open_to=[], courier=COURIER, calls=[WANTS, call("C-2", parts=A)]),
    ),
    (
        "courier",
        "rest_lacking",
        lambda: fetching(stock=A, open_to=[], courier=COURIER, calls=[call(parts={"A": 1, "B": 1})]),
    ),
    (
        "courier",
        "switched_off",
        lambda: day(
            [WANTS], policy={"couriers": "none"}, stock_locations=[location(stock=A, courier=COURIER, open_to=[])]
        ),
    ),
    ("substitute", "nobody_has_it", lambda: day([LOW])),
    ("substitute", "switched_off", lambda: day([LOW], [technician(stock={"B": 1})], policy={"substitution": "none"})),
    (
        "substitute",
        "none_left",
        lambda: day([LOW, call("C-2", parts={"B": 1}, drop_price=10**6)], [technician(stock={"B": 1})]),
    ),
    ("substitute", "not_open_to_them", lambda: day([LOW], stock_locations=[location(stock={"B": 1}, open_to=[])])),
    ("transfer", "nobody_gives", lambda: day([WANTS], meetings=[meeting()])),
    (
        "transfer",
        "no_time",
        lambda: day(
            [call(parts=A, skills={"lift": 1}, windows=[window(8, 10)])],
            [LIFTER, technician("T-2", stock=A)],
            meetings=[meeting()],
        ),
    ),
    (
        "transfer",
        "switched_off",
        lambda: day(
            [SKILLED], [LIFTER, technician("T-2", stock=A)], meetings=[meeting()], policy={"transfers": "none"}
        ),
    ),
    (
        "overnight",
        "none_left",
        lambda: day(
            [ON_TUESDAY],
            [technician(**BY_NIGHT)],
            stock_locations=[location(stock=A)],
            policy={"overnight_replenishment": "need", "restocking": "none"},
        ),
    ),
    (
        "overnight",
        "beyond_loadout",
        lambda: day(
            [ON_TUESDAY],
            [technician(**BY_NIGHT, loadout=A)],
            stock_locations=[location(stock={"A": 9})],
            policy={"overnight_replenishment": "loadout", "restocking": "none"},
        ),
    ),
    ("provider", "part", lambda: day([WANTS], providers=[{"id": "X", "home": "P1", "shifts": [shift()]}])),
]


@pytest.mark.parametrize(
    ("kind", "code", "problem"), IMPOSSIBLE, ids=[f"{kind}-{code}" for kind, code, _ in IMPOSSIBLE]
)
def test_a_way_that_cannot_be_had_says_why(kind: str, code: str, problem: Callable[[], ProblemDocument]) -> None:
    assert code in [way.code for found in [unexplained(problem())] for way in found.ways if way.kind == kind]


def unexplained(problem: ProblemDocument) -> MissingParts:
    return next(each.missing_parts for each in plan_of(problem).unplanned if each.missing_parts is not None)


def test_every_code_of_a_way_is_explained_by_a_case() -> None:
    from dispatch_engine.catalogue.entries import WAYS

    assert {code for _, code, _ in IMPOSSIBLE} >= set(WAYS) - {"not_weighed"}


def test_ways_with_reasons_of_the_technician_say_them_in_full() -> None:
    way = next(
        each for each in missing_of(day([SKILLED], [LIFTER, technician("T-2", stock=A)])).ways if each.kind == "van"
    )
    assert way.message.startswith("The van of T-2: C-1 needs skill lift at level 1; T-2 does not have it. Maybe ")


def test_no_more_than_so_many_ways_of_a_kind_are_tried_and_the_rest_is_counted() -> None:
    extra = 3
    crew = [technician(f"T-{n}", stock=A) for n in range(trying.MAX_OF_A_KIND + extra)]
    found = missing_of(day([SKILLED], [technician("T", skills={"lift": 1}), *crew]))
    assert sum(way.kind == "van" for way in found.ways) == trying.MAX_OF_A_KIND
    assert found.untried == extra


def test_parts_that_come_in_two_ways_are_a_way_together() -> None:
    there = [location("L-1", "P1", stock=A), location("L-2", "P2", stock={"B": 1}, opening=[TUESDAY_HOURS])]
    late = call(parts={"A": 1, "B": 1}, drop_price=10, windows=ON_TUESDAY["windows"])
    policy = {"overnight_replenishment": "need"}
    found = missing_of(day([late], [technician(**BY_NIGHT)], stock_locations=there, policy=policy))
    assert [way.kind for way in found.ways if way.cost is not None] == ["combined"]
    assert {way.code for way in found.ways if way.cost is None} >= {"rest_lacking"}


def test_a_van_that_could_be_loaded_with_fewer_pieces_is_the_smaller_change() -> None:
    crew = [technician("T-1", stock={"A": 1}), technician("T-2", "P5", stock={"A": 2})]
    change = change_of(missing_of(day([call(parts={"A": 3})], crew)), "van_stock")
    assert (change.technician, change.parts) == ("T-2", {"A": 1})
    assert change.message.startswith("Maybe load A × 1 more on the van of T-2: C-1 would cost ")


def test_a_van_without_room_is_not_to_be_loaded() -> None:
    assert [change.kind for change in missing_of(day([WANTS], [ROOMLESS], parts=SLOTS)).changes] == []


def test_a_delivery_has_to_come_at_the_last_round_time_that_does() -> None:
    change = change_of(missing_of(fetching(deliveries=[{"at": at(15, 30), "parts": A}])), "delivery")
    # 20 minutes from L-1 to the call, half an hour of work, 10 minutes home, back by 16:00
    assert (change.location, change.parts, change.by and f"{change.by:%H:%M}") == ("L-1", A, "16:00")


def test_hours_have_to_be_longer_by_no_more_than_it_takes() -> None:
    change = change_of(missing_of(fetching(stock=A, opening=[window(6, 8)])), "opening")
    assert change.opening is not None
    # half an hour from home to L-1
    assert (f"{change.opening.start:%H:%M}", f"{change.opening.end:%H:%M}") == ("07:00", "09:30")


def test_room_has_to_be_more_by_no_more_than_it_takes() -> None:
    crew = [technician(stock={"B": 1}, stock_capacity={"slots": 3, "volume": "2.5"})]
    parts = [{"id": "A", "slots": 4, "volume": 1}, {"id": "B", "slots": 1, "volume": "1.9"}]
    change = change_of(missing_of(day([WANTS], crew, parts=parts, stock_locations=[location(stock=A)])), "room")
    assert (change.technician, change.slots, change.volume, change.weight) == ("T-1", 2, Decimal("0.4"), None)


def test_a_shift_has_to_be_longer_by_no_more_than_it_takes() -> None:
    crew = [technician(shifts=[shift(end=9)])]
    change = change_of(missing_of(day([WANTS], crew, stock_locations=[location(stock=A)])), "overtime")
    # 90 minutes: half an hour there, 20 minutes to the call, half an hour of work, 10 minutes home
    assert (change.technician, change.shift, change.overtime and change.overtime.total_seconds()) == (
        "T-1",
        "mon",
        1800,
    )


def test_the_drop_price_has_to_be_above_what_the_cheapest_way_costs() -> None:
    change = change_of(missing_of(fetching("P5", [call(parts=A, drop_price=60)], stock=A)), "drop_price")
    assert change.drop_price == Decimal("107.667")


def test_little_more_time_is_a_smaller_change_than_pieces() -> None:
    problem = fetching("P3", [call(parts=A, drop_price=80)], stock=A, opening=[window(6, 8)])
    kinds = [change.kind for change in missing_of(problem).changes]
    assert kinds == ["opening", "van_stock"]


def test_where_a_way_pays_as_it_is_no_change_is_proposed() -> None:
    translation = translation_of(fetching(stock=A))
    problem = translation.solver_problem
    why = why_unplanned(problem, build_tables(problem), [[]], [0])
    found = missing_parts(translation, [Routing()], why)[0]
    assert [(way.kind, way.dearer is not None and way.dearer < 0) for way in found.ways if way.cost] == [
        ("restock", True)
    ]
    assert found.changes == ()


def test_the_first_step_that_does_is_found_where_all_behind_it_do() -> None:
    assert [first_that(partial(le, first), range(10)) for first in (0, 4, 9, 10)] == [0, 4, 9, None]
    assert first_that(lambda _: True, ()) is None


CHANGED: list[tuple[str, Callable[[], ProblemDocument]]] = [
    ("van_stock", lambda: day([call(parts={"A": 3})], [technician(stock={"A": 1})])),
    ("delivery", lambda: fetching(deliveries=[{"at": at(15, 30), "parts": A}])),
    ("opening", lambda: fetching(stock=A, opening=[window(6, 8)])),
    ("room", lambda: day([WANTS], [ROOMLESS], parts=SLOTS, stock_locations=[location(stock=A)])),
    ("overtime", lambda: day([WANTS], [technician(shifts=[shift(end=9)])], stock_locations=[location(stock=A)])),
    ("drop_price", lambda: fetching("P5", [call(parts=A, drop_price=60)], stock=A)),
]


@pytest.mark.parametrize(("kind", "problem_of"), CHANGED, ids=[kind for kind, _ in CHANGED])
def test_a_document_with_the_change_made_has_the_call_in_its_plan_at_the_price_stated(
    kind: str, problem_of: Callable[[], ProblemDocument]
) -> None:
    problem = problem_of()
    change = change_of(missing_of(problem), kind)
    plan = plan_of(with_change(problem, "C-1", change))
    assert (plan.unplanned, plan.cost.total) == ((), change.cost)


def test_what_is_said_is_read_again_as_it_was_written() -> None:
    for _, problem_of in CHANGED:
        plan = plan_of(problem_of())
        assert parse_plan(plan_text(plan)).unplanned == plan.unplanned
