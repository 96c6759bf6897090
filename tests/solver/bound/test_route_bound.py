"""The bound by column generation."""

from dataclasses import replace

import numpy as np

from solver.bound.alike import groups_of
from solver.bound.column_generation import RouteBound, route_bound
from solver.bound.in_reach import parts_in_reach
from solver.bound.known_routes import KnownRoute
from solver.bound.quick import lower_bound_ticks
from solver.columns import ASSIGN
from solver.money import FORBIDDEN
from solver.params import BoundParams
from solver.problem import Problem
from solver.stop import IterationLimit
from solver.tables import build_tables
from tests.properties.problems import random_problem
from tests.solver.builder import Shift, Technician, Visit, make_problem
from tests.solver.planning import QUICK, plan

FEW = BoundParams(spans=40, labels=4000)
LOWEST = -(1 << 60)


def bound(problem: Problem, params: BoundParams = FEW, threads: int = 1, rounds: int = 100) -> RouteBound:
    return route_bound(build_tables(problem), [], [], params, threads, IterationLimit(rounds), LOWEST)


def day_of_three() -> Problem:
    """Return a day on which the visits are better shared out, but not served alone."""
    visits = [Visit(windows=[(1000 * k, 1000 * k + 3000)]) for k in range(6)]
    shift = Shift(regular_end_s=9000, wage_ticks_per_s=10, distance_ticks_per_m=1)
    return make_problem(visits, [Technician()] * 3, [replace(shift, technician=t) for t in range(3)])


def test_where_one_route_is_the_best_it_is_the_cost_of_the_plan() -> None:
    visits = [Visit(windows=[(600 * k, 600 * k + 1800)]) for k in range(5)]
    problem = make_problem(visits, shifts=[Shift(wage_ticks_per_s=10, distance_ticks_per_m=1)])
    found = bound(problem)
    assert (found.ticks, found.is_tight) == (plan(problem).solution.cost_ticks, True)


def test_a_search_proves_it_where_it_is_asked_to() -> None:
    problem = day_of_three()
    plain, asked = plan(problem), plan(problem, replace(QUICK, bound=FEW))
    assert asked.solution == plain.solution
    assert plain.bound_ticks < asked.bound_ticks <= asked.solution.cost_ticks


def test_it_is_above_the_quick_bound() -> None:
    problem = day_of_three()
    assert lower_bound_ticks(build_tables(problem)) < bound(problem).ticks <= plan(problem).solution.cost_ticks


def test_a_bound_that_is_known_already_is_not_undercut() -> None:
    found = route_bound(build_tables(day_of_three()), [], [], FEW, 1, IterationLimit(1), 123_456_789_000)
    assert found.ticks == 123_456_789_000


def test_stopped_at_once_it_is_what_was_known() -> None:
    found = route_bound(build_tables(day_of_three()), [], [], FEW, 1, IterationLimit(0), 77)
    assert found == RouteBound(77, 0, is_tight=False)


def test_it_does_not_depend_on_the_number_of_threads() -> None:
    problem = random_problem(np.random.default_rng(3), 8, 3)
    assert bound(problem, threads=2) == bound(problem, threads=1)


def test_good_routes_save_rounds_and_change_nothing_else() -> None:
    problem, tables = day_of_three(), build_tables(day_of_three())
    result = plan(problem)
    routes = [
        KnownRoute(r.shift, r.visits, sum(result.objective.route_by_term(r).values())) for r in result.solution.routes
    ]
    helped, alone = route_bound(tables, routes, [], FEW, 1, IterationLimit(100), LOWEST), bound(problem)
    assert helped.rounds < alone.rounds
    assert abs(helped.ticks - alone.ticks) <= abs(alone.ticks) // 1000


def test_without_room_for_all_labels_it_is_lower_but_holds() -> None:
    problem = day_of_three()
    assert bound(problem, replace(FEW, labels=20), rounds=5).ticks <= bound(problem).ticks


def test_shifts_of_which_every_route_costs_the_same_are_one_group() -> None:
    groups = groups_of(build_tables(day_of_three()), lambda: False)
    assert groups is not None
    assert [(group.shift, group.size) for group in groups.rows] == [(0, 3)]
    assert groups.of_shift.tolist() == [0, 0, 0]


def test_another_price_is_another_group() -> None:
    shifts = [Shift(technician=0), Shift(technician=1, distance_ticks_per_m=2), Shift(technician=1)]
    groups = groups_of(build_tables(make_problem([Visit()], [Technician()] * 2, shifts)), lambda: False)
    assert groups is not None
    assert groups.of_shift.tolist() == [0, 1, 0]


def test_what_one_cannot_do_is_another_group() -> None:
    problem = make_problem(
        [Visit(skills={0: 1})], [Technician(skills={0: 1}), Technician()], [Shift(technician=0), Shift(technician=1)]
    )
    groups = groups_of(build_tables(problem), lambda: False)
    assert groups is not None
    assert groups.of_shift.tolist() == [0, 1]


def test_a_wait_that_no_later_departure_saves_is_paid_from_the_departure_on() -> None:
    visits = [Visit(windows=[(600, 1200)]), Visit(windows=[(9000, 9600)])]
    shift = Shift(wage_ticks_per_s=10, distance_ticks_per_m=0, paid_from_departure=True)
    problem = make_problem(visits, shifts=[shift])
    assert bound(problem).ticks == plan(problem).solution.cost_ticks == 10 * (9000 + 600 + 1200 - 600)


def test_parts_that_nobody_holds_or_can_get_are_in_nobodys_reach() -> None:
    problem = make_problem(
        [Visit(parts={0: 2}, drop_ticks=500_000)], [Technician(stock={0: 1}), Technician(stock={0: 2})], [Shift()]
    )
    reach = parts_in_reach(problem, build_tables(problem)).pair[0, :, ASSIGN] < FORBIDDEN
    assert reach.tolist() == [False, True]
