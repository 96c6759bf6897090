"""What holds of every pick list and of every recommendation, whatever the document."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.room import sizes_of
from dispatch_engine.model.stock import Part
from dispatch_engine.model.technicians import VanCapacity
from dispatch_engine.restock.demand import fitted
from dispatch_engine.restock.documents import PickList
from dispatch_engine.restock.newsvendor import Candidate, loadout
from dispatch_engine.restock.room import Room
from tests.dispatch_engine.restock.week import (
    MONDAY,
    PLACE,
    TUESDAY,
    WEDNESDAY,
    Document,
    at,
    call,
    depot,
    line,
    picks,
    problem,
    route,
    stop,
    van,
    visit,
)

PARTS = ("A", "B", "C")
SIZES = {"A": 1, "B": 2, "C": 0}
pieces = st.integers(0, 4)
stocks = st.fixed_dictionaries({}, optional=dict.fromkeys(PARTS, pieces))
used = st.fixed_dictionaries({}, optional=dict.fromkeys(PARTS, st.integers(1, 3)))
hours = st.integers(6, 10)
few = settings(max_examples=50)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[list[Document], Document, list[Document], str, list[Document]]:
    """Draw vans, a depot, calls, a rule, and routes that use and take on what they like, feasible or not."""
    vans, calls, routes = [], [], []
    for number in range(draw(st.integers(1, 4))):
        stock = draw(stocks)
        limit = sum(SIZES[part] * n for part, n in stock.items()) + draw(st.integers(0, 6))
        room = draw(st.sampled_from([None, {"slots": limit}]))
        wanted = draw(stocks)
        fits = room is None or sum(SIZES[part] * n for part, n in wanted.items()) <= limit
        name = f"T-{number}"
        vans.append(
            van(
                name,
                days=(MONDAY, TUESDAY, WEDNESDAY),
                stock=stock,
                loadout=wanted if fits else {},
                stock_capacity=room,
            )
        )
        for day in (MONDAY, TUESDAY):
            parts = draw(used)
            calls.append(call(f"C-{number}-{day}", parts, priority=draw(st.integers(1, 5))))
            stops = [visit(f"C-{number}-{day}", parts, day, 12)]
            if draw(st.booleans()):
                stops.insert(0, stop("restock", day, 9, location="depot", loads=draw(used), place=PLACE))
            routes.append(route(name, day, *stops))
    arriving = [{"at": at(TUESDAY, draw(hours)), "parts": draw(used)} for _ in range(draw(st.integers(0, 2)))]
    place = depot(draw(stocks), deliveries=[each for each in arriving if each["parts"]])
    return vans, place, calls, draw(st.sampled_from(["loadout", "need"])), routes


def week_of(drawn: tuple[Any, ...]) -> tuple[ProblemDocument, PickList]:
    vans, place, calls, rule, routes = drawn
    week = problem(vans, [place], calls, rule, parts=[{"id": part, "slots": n} for part, n in SIZES.items()])
    return week, picks(week, *routes)


def in_all(found: PickList) -> Counter[str]:
    return sum((Counter(location.total) for location in found.locations), Counter())


@few
@given(weeks())
def test_no_more_is_handed_out_than_the_location_has_when_the_vans_leave(drawn: tuple[Any, ...]) -> None:
    week, found = week_of(drawn)
    (place,) = week.stock_locations
    (leaving,) = {each.ready_at for location in found.locations for each in location.vans}
    there = Counter(place.stock)
    for delivery in place.deliveries:
        if delivery.at <= leaving:
            there.update(delivery.parts)
    assert in_all(found) <= there


@few
@given(weeks())
def test_nothing_is_handed_out_that_the_routes_take_on(drawn: tuple[Any, ...]) -> None:
    week, found = week_of(drawn)
    (place,) = week.stock_locations
    arriving = sum((Counter(delivery.parts) for delivery in place.deliveries), Counter(place.stock))
    taken = Counter[str]()
    for each in drawn[4]:
        for visited in each["stops"]:
            taken.update(visited.get("loads", {}))
    for part, loaded in in_all(found).items():
        assert loaded + taken[part] <= arriving[part]


@few
@given(weeks())
def test_no_van_is_loaded_with_more_than_it_has_room_for(drawn: tuple[Any, ...]) -> None:
    week, found = week_of(drawn)
    capacity = {each.id: each.stock_capacity for each in week.technicians}
    for location in found.locations:
        for each in location.vans:
            limit = capacity[each.technician]
            held = Counter(each.holds) + Counter({line.part: line.load + line.lacking for line in each.lines})
            if limit is not None and limit.slots is not None and any(line.load for line in each.lines):
                assert sum(SIZES[part] * n for part, n in held.items()) <= limit.slots


@few
@given(weeks())
def test_what_is_loaded_and_what_is_missing_add_up_to_what_is_wanted(drawn: tuple[Any, ...]) -> None:
    _, found = week_of(drawn)
    for location in found.locations:
        lacking = Counter[tuple[str, str]]()
        for each in location.vans:
            for of in each.lines:
                assert of.holds + of.load + of.no_room + of.lacking == of.target > of.holds
                lacking[each.technician, of.part] += of.lacking
        short = Counter({(each.technician, each.part): each.pieces for each in location.shortages})
        assert +lacking == short


@few
@given(weeks())
def test_no_piece_of_the_stock_stays_that_a_van_lacks(drawn: tuple[Any, ...]) -> None:
    vans, place, _, _, _ = drawn
    _, found = week_of((vans, place, [], "loadout", []))
    left = Counter(place["stock"]) - in_all(found)
    for location in found.locations:
        assert not any(left[each.part] for each in location.shortages)


@few
@given(weeks(), st.randoms(use_true_random=False))
def test_the_order_of_the_document_makes_no_difference(drawn: tuple[Any, ...], dice: Any) -> None:
    vans, place, calls, rule, routes = drawn
    shuffled = [*vans], place, [*calls], rule, [*routes]
    for each in (shuffled[0], shuffled[2], shuffled[4]):
        dice.shuffle(each)
    _, one = week_of(drawn)
    _, other = week_of(shuffled)
    for each in vans:
        for part in PARTS:
            if any(of.part == part for v in one.locations[0].vans if v.technician == each["id"] for of in v.lines):
                assert line(one, each["id"], part) == line(other, each["id"], part)
    assert one.locations[0].shortages == other.locations[0].shortages


@given(
    st.lists(st.tuples(st.floats(0.01, 20), st.floats(0.5, 3), st.integers(0, 5)), min_size=1, max_size=6),
    st.integers(0, 40),
)
def test_a_recommended_loadout_fits_and_no_further_piece_does(
    parts: list[tuple[float, float, int]], slots: int
) -> None:
    sizes = sizes_of(Part(id=str(i), slots=size) for i, (_, _, size) in enumerate(parts))
    of = {
        str(i): Candidate(demand, demand.quantile(0.95))
        for i, demand in enumerate(fitted(mean, mean * spread) for mean, spread, _ in parts)
    }
    room = Room(VanCapacity(slots=slots), sizes, {})
    chosen = loadout(of, room)
    assert sum(n * sizes[part]["slots"] for part, n in chosen.items()) <= slots
    assert all(chosen[part] <= candidate.wanted for part, candidate in of.items())
    assert not any(room.fitting(part, 1) for part, candidate in of.items() if chosen[part] < candidate.wanted)


@given(st.floats(0.01, 50), st.floats(0.2, 5), st.floats(0.01, 0.999))
def test_the_quantile_is_the_least_that_suffices(mean: float, spread: float, level: float) -> None:
    demand = fitted(mean, mean * spread)
    wanted = demand.quantile(level)
    at_most = demand.cumulative(wanted + 1)
    assert at_most[-1] >= level - 1e-9
    assert wanted == 0 or at_most[-2] < level
    assert (np.diff(at_most) >= 0).all()
