"""The way in which a visit gets its parts: as stated or by one of its sourcings, the cheapest in all."""

from __future__ import annotations

import pytest

from solver.problem import NONE, ORDER_FIXED, START_FIXED
from tests.solver.builder import Location, Parcel, Shift, Sourcing, Technician, Visit, make_problem
from tests.solver.exact.planning import best_plan, cost, stop

SENT = Sourcing(parcels=[Parcel(0, {0: 1}, pickup_s=500)], release_s=3000, courier_ticks=70)
DEPOT = Location(supplies=[(0, 0, 1)], closed_to={0})
DETOUR = 2 * 600 * 11
"""Ticks for going to place 2 on the way to a visit at place 1: one for a second, ten for its metres."""


def test_a_visit_is_served_as_stated_if_the_van_has_the_part() -> None:
    visit = Visit(parts={0: 1}, sourcings=[Sourcing({1: 1}, substitute_ticks=1)])
    solution = best_plan(make_problem([visit], [Technician(stock={0: 1, 1: 1})]))
    assert stop(solution, 0).sourcing == NONE
    assert cost(solution, "substitute") == 0


def test_a_substitute_costs_its_price() -> None:
    rows = [Sourcing({1: 1}, substitute_ticks=40), Sourcing({2: 1}, substitute_ticks=30)]
    solution = best_plan(make_problem([Visit(parts={0: 1}, sourcings=rows)], [Technician(stock={1: 1, 2: 1})]))
    assert stop(solution, 0).sourcing == 1
    assert cost(solution, "substitute") == 30


def test_two_visits_do_not_use_the_same_substitute() -> None:
    visit = Visit(parts={0: 1}, sourcings=[Sourcing({1: 1})])
    assert len(best_plan(make_problem([visit, visit], [Technician(stock={1: 1})])).unplanned) == 1


def test_a_visit_starts_no_earlier_than_its_last_parcel_is_there() -> None:
    solution = best_plan(make_problem([Visit(parts={0: 1}, sourcings=[SENT])], locations=[DEPOT]))
    assert (stop(solution, 0).start_s, stop(solution, 0).sourcing) == (3000, 0)
    assert cost(solution, "courier") == 70


@pytest.mark.parametrize(("start_s", "unplanned"), [(3000, ()), (2999, (0,))])
def test_a_pinned_start_waits_for_no_parcel(start_s: int, unplanned: tuple[int, ...]) -> None:
    visit = Visit(parts={0: 1}, sourcings=[SENT], pin_level=START_FIXED, pin_shift=0, pin_start_s=start_s)
    assert best_plan(make_problem([visit], locations=[DEPOT])).unplanned == unplanned


def test_a_parcel_takes_what_is_there_when_it_is_picked_up() -> None:
    visit = Visit(parts={0: 1}, sourcings=[SENT])
    for from_s, unplanned in ((500, ()), (501, (0,))):
        location = Location(supplies=[(0, from_s, 1)], closed_to={0})
        assert best_plan(make_problem([visit], locations=[location])).unplanned == unplanned


@pytest.mark.parametrize(("ticks", "sourcing"), [(DETOUR - 1, 0), (DETOUR + 1, NONE)])
def test_a_courier_is_sent_if_it_is_cheaper_than_the_detour(ticks: int, sourcing: int) -> None:
    visit = Visit(parts={0: 1}, sourcings=[Sourcing(parcels=[Parcel(0, {0: 1})], courier_ticks=ticks)])
    solution = best_plan(make_problem([visit], locations=[Location(place=2, supplies=[(0, 0, 1)])]))
    assert stop(solution, 0).sourcing == sourcing


def test_the_last_piece_goes_to_the_route_or_to_the_parcel() -> None:
    sent = Sourcing(parcels=[Parcel(0, {0: 1})])
    visits = [Visit(parts={0: 1}, sourcings=[sent]), Visit(parts={0: 1})]
    for pieces in (1, 2):
        problem = make_problem(visits, locations=[Location(supplies=[(0, 0, pieces)])])
        assert len(best_plan(problem).unplanned) == 2 - pieces


def test_a_second_visit_costs_what_is_expected_of_it_as_stated() -> None:
    assert cost(best_plan(make_problem([Visit(revisit_ticks=9)])), "revisit") == 9


@pytest.mark.parametrize(("pieces", "expected"), [(0, 90), (1, 40), (2, 10)])
def test_what_the_van_holds_decides_how_likely_a_second_visit_is(pieces: int, expected: int) -> None:
    rows = [Sourcing({0: 1}, revisit_ticks=40), Sourcing({0: 2}, revisit_ticks=10)]
    visit = Visit(revisit_ticks=90, sourcings=rows)
    assert cost(best_plan(make_problem([visit], [Technician(stock={0: pieces})])), "revisit") == expected


def test_a_piece_is_set_aside_for_one_visit_only() -> None:
    visit = Visit(revisit_ticks=90, sourcings=[Sourcing({0: 1}, revisit_ticks=40)])
    assert cost(best_plan(make_problem([visit, visit], [Technician(stock={0: 1})])), "revisit") == 130


def test_a_detour_is_made_for_a_piece_that_may_be_needed_if_that_pays() -> None:
    for ticks, sourcing in ((DETOUR - 1, NONE), (DETOUR + 1, 0)):
        visit = Visit(revisit_ticks=ticks, sourcings=[Sourcing({0: 1})])
        solution = best_plan(make_problem([visit], locations=[Location(place=2, supplies=[(0, 0, 1)])]))
        assert stop(solution, 0).sourcing == sourcing


def test_an_unplanned_visit_is_sourced_in_no_way() -> None:
    visit = Visit(excluded={0}, revisit_ticks=9, drop_ticks=5, sourcings=[Sourcing(revisit_ticks=3)])
    assert best_plan(make_problem([visit])).cost_ticks == 5


def test_ranks_are_kept_around_a_restock() -> None:
    visits = [
        Visit(pin_level=ORDER_FIXED, pin_shift=0, pin_rank=2),
        Visit(pin_level=ORDER_FIXED, pin_shift=0, pin_rank=1, parts={0: 1}),
    ]
    location = Location(place=3, supplies=[(0, 0, 1)])
    solution = best_plan(make_problem(visits, shifts=[Shift()], locations=[location]))
    assert [s.visit for s in solution.routes[0].stops] == [NONE, 1, 0]
