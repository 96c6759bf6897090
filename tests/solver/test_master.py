"""The master chooses the cheapest combination of columns that covers each visit once and respects the vans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from solver.columns import DROP, TOTAL, VISIT
from solver.master import Columns, MasterLimits, recombination, recombine
from solver.money import FORBIDDEN, TICKS_PER_MILLI
from solver.problem import Problem
from solver.routing import Column, Line, Routing
from solver.tables import Tables, build_tables
from solver.timetable import route_ticks
from tests.solver.builder import Fact, Location, Parcel, Shift, Sourcing, Technician, Visit, make_problem
from tests.solver.planning import near_and_far
from tests.solver.search.standing import loaded, parts_problems, problems, routings, started

LIMITS = MasterLimits(seconds_left=None, deterministic_s=1.0, threads=1, seed=1)
DEAR: dict[str, Any] = {"wage_ticks_per_s": TICKS_PER_MILLI}
"""A thousandth of the currency unit a second, the finest difference that the master sees."""


def columns_of(problem: Problem, routes: Iterable[tuple[int, Sequence[int]]]) -> Columns:
    """Return columns of (shift, visits), priced."""
    tables = build_tables(problem)
    columns = Columns(problem, tables)
    for s, stops in routes:
        routing = supplied(problem, tables, s, stops)
        columns.add([Column(s, routing.stops, route_ticks(tables, s, *routing), routing.ledger)])
    return columns


def supplied(problem: Problem, tables: Tables, shift: int, stops: Sequence[int]) -> Routing:
    """Return a route with the ledger that it has where it stands alone."""
    alone = [stops if s == shift else [] for s in range(problem.n_shifts)]
    standing = routings(loaded(problem, tables, alone))[shift]
    return Routing(tuple(stops), standing.ledger if standing.stops == tuple(stops) else ())


def combined(
    problem: Problem, incumbent: list[list[int]], pool: Iterable[tuple[int, Sequence[int]]]
) -> list[list[int]] | None:
    """Return the stops of what comes of an incumbent and the columns of ``pool``."""
    columns = columns_of(problem, pool)
    routes = [supplied(problem, columns.tables, s, stops) for s, stops in enumerate(incumbent)]
    found = recombine(columns, routes, 1000, LIMITS)
    return None if found is None else [list(routing.stops) for routing in found]


def plan_ticks(problem: Problem, tables: Tables, routes: Sequence[Routing]) -> int:
    """Return the cost of a plan by its sequences."""
    stops = [x for routing in routes for x in routing.stops]
    out = set(range(problem.n_visits)) - problem.fact_visits - set(tables.stop[stops, VISIT].tolist())
    dropped = sum(int(tables.stop[v, DROP]) for v in out)
    return dropped + sum(route_ticks(tables, s, *routing) for s, routing in enumerate(routes))


def opposite() -> Problem:
    """Return two technicians at the two ends of a road with a visit before the door of each."""
    shifts = [Shift(**DEAR), Shift(technician=1, start_place=3, end_place=3, **DEAR)]
    return make_problem([Visit(), Visit()], shifts=shifts)


def test_the_better_combination_is_chosen() -> None:
    assert combined(opposite(), [[1], [0]], [(0, [0]), (1, [1])]) == [[0], [1]]


def test_without_better_columns_the_incumbent_stays() -> None:
    assert combined(opposite(), [[0], [1]], [(0, [1]), (1, [0]), (0, [0, 1])]) == [[0], [1]]


def test_a_shift_drives_one_route_at_most_and_a_visit_is_served_once() -> None:
    problem = make_problem([Visit(drop_ticks=10**11), Visit(drop_ticks=10**11)], shifts=[Shift(**DEAR)])
    assert combined(problem, [[0]], [(0, [1]), (0, [0, 1])]) == [[0, 1]]
    assert combined(problem, [[0]], [(0, [1])]) in ([[0]], [[1]])


def test_a_visit_that_costs_more_than_leaving_it_out_is_left_out() -> None:
    cheap, dear = Visit(drop_ticks=TICKS_PER_MILLI * 100), Visit(place=1, drop_ticks=10**12)
    problem = make_problem([cheap, dear], shifts=[Shift(**DEAR)])
    assert combined(problem, [[0, 1]], [(0, [1])]) == [[1]]


@pytest.mark.parametrize(("stock", "planned"), [(2, 2), (1, 1)])
def test_two_shifts_of_a_technician_share_the_stock_of_one_van(stock: int, planned: int) -> None:
    visits = [Visit(parts={0: 1}, drop_ticks=10**12), Visit(parts={0: 1}, drop_ticks=10**12)]
    shifts = [Shift(**DEAR), Shift(start_s=50_000, regular_end_s=90_000, **DEAR)]
    problem = make_problem(visits, [Technician(stock={0: stock})], shifts)
    found = combined(problem, [[0], []], [(0, [1]), (1, [0]), (1, [1])])
    assert found is not None
    assert sum(map(len, found)) == planned


def test_vans_of_two_technicians_are_counted_apart() -> None:
    visits = [Visit(parts={0: 1}, drop_ticks=10**12), Visit(parts={0: 1}, drop_ticks=10**12)]
    crew = [Technician(stock={0: 1}), Technician(stock={0: 1})]
    problem = make_problem(visits, crew, [Shift(**DEAR), Shift(technician=1, **DEAR)])
    assert combined(problem, [[0], []], [(1, [1])]) == [[0], [1]]


NEEDS_ONE = Visit(parts={0: 1}, drop_ticks=10**12)


@pytest.mark.parametrize(("pieces", "planned"), [(2, 2), (1, 1)])
def test_routes_of_all_technicians_share_the_stock_of_a_location(pieces: int, planned: int) -> None:
    shifts = [Shift(**DEAR), Shift(technician=1, **DEAR)]
    problem = make_problem([NEEDS_ONE] * 2, shifts=shifts, locations=[Location(supplies=[(0, 0, pieces)])])
    found = combined(problem, [[2, 0], []], [(0, [2, 1]), (1, [2, 1]), (1, [2, 0])])
    assert found is not None
    assert sum(len(stops) == 2 for stops in found) == planned


def test_what_is_taken_early_is_missing_after_later_deliveries_too() -> None:
    location = Location(supplies=[(0, 0, 1), (0, 2000, 1)])
    problem = make_problem(
        [NEEDS_ONE] * 3, shifts=[Shift(technician=t, **DEAR) for t in range(3)], locations=[location]
    )
    columns = columns_of(problem, [])
    columns.add(Column(s, (3, s), 1, (Line(0, 0, 1, step, 2),)) for s, step in enumerate((0, 1, 1)))
    found = recombine(columns, [Routing()] * 3, 1000, LIMITS)
    assert found is not None
    assert sum(bool(routing.stops) for routing in found) == 2


@pytest.mark.parametrize(("pieces", "planned"), [(2, 2), (1, 1)])
def test_parcels_and_what_is_loaded_in_a_night_come_from_the_same_stock(pieces: int, planned: int) -> None:
    sent = Visit(drop_ticks=10**12, parts={0: 9}, sourcings=[Sourcing({}, [Parcel(0, {0: 1})])])
    shifts = [Shift(overnight_location=0, **DEAR), Shift(technician=1, **DEAR)]
    problem = make_problem([NEEDS_ONE, sent], shifts=shifts, locations=[Location(supplies=[(0, 0, pieces)])])
    found = combined(problem, [[], []], [(0, [0]), (1, [2])])
    assert found is not None
    assert sum(map(bool, found)) == planned


@pytest.mark.parametrize(("lent", "planned"), [(2, 2), (1, 1)])
def test_a_tool_is_lent_to_no_more_routes_than_there_are_pieces(lent: int, planned: int) -> None:
    visits = [Visit(tools={0}, drop_ticks=10**12), Visit(tools={0}, drop_ticks=10**12)]
    shifts = [Shift(**DEAR), Shift(technician=1, **DEAR)]
    problem = make_problem(visits, shifts=shifts, locations=[Location(tools={0: lent})])
    found = combined(problem, [[2, 0], []], [(1, [2, 1])])
    assert found is not None
    assert sum(map(bool, found)) == planned


def overdrawn(tables: Tables, routes: Sequence[Routing]) -> list[int]:
    """Return the steps of stock of which more is taken than has arrived."""
    left = tables.supply[:, TOTAL].copy()
    for routing in routes:
        for line in routing.ledger:
            if line.step >= 0:
                left[line.step : line.steps_end] -= line.pieces
    return [int(step) for step in (left < 0).nonzero()[0]]


def test_facts_are_neither_covered_nor_left_out() -> None:
    shift = Shift(facts=[Fact(0, 700, 1500)], departed_s=50, **DEAR)
    problem = make_problem([Visit(), Visit(drop_ticks=10**12)], shifts=[shift])
    assert combined(problem, [[]], [(0, [1])]) == [[1]]


def test_a_column_that_cannot_be_driven_is_not_chosen() -> None:
    problem = near_and_far(Visit(windows=[(0, 600)], drop_ticks=10**12))
    columns = columns_of(problem, [(1, [0])])
    assert [column.ticks for column in columns.by_set.values()] == [FORBIDDEN]
    assert recombine(columns, [Routing(), Routing()], 1000, LIMITS) == [Routing(), Routing()]


def test_what_comes_back_is_never_dearer_than_the_incumbent() -> None:
    better = 0
    for problem in (*problems(31, 12), *parts_problems(31, 24)):
        search = started(problem)
        incumbent = search.best_routes()
        search.step(100, 0.0, 1.0)
        columns = Columns(problem, search.ground.tables)
        columns.add(search.take_columns())
        found = recombine(columns, incumbent, 1000, LIMITS)
        assert found is not None
        assert overdrawn(search.ground.tables, found) == []
        before, after = (plan_ticks(problem, search.ground.tables, routes) for routes in (incumbent, found))
        assert after < before + TICKS_PER_MILLI * (problem.n_shifts + problem.n_visits)
        better += after < before - TICKS_PER_MILLI
    assert better > 0


def test_without_any_effort_nothing_is_chosen_or_the_incumbent_and_that_is_told() -> None:
    limits = MasterLimits(seconds_left=None, deterministic_s=0.0, threads=1, seed=1)
    routes = [Routing((0,)), Routing((1,))]
    found = recombination(columns_of(opposite(), [(0, [1]), (1, [0])]), routes, 1000, limits)
    assert found.is_cut_short
    assert found.routes in (None, routes)


def test_of_two_orders_of_the_same_visits_the_cheaper_column_stays() -> None:
    problem = make_problem([Visit(), Visit(), Visit()])
    columns = columns_of(problem, [(0, [1, 0, 2]), (0, [0, 1, 2]), (0, [2, 0, 1])])
    assert [column.stops for column in columns.by_set.values()] == [(0, 1, 2)]
