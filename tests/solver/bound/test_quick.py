"""The quick lower bound: valid on every problem, and what ends a search by its gap."""

from solver.bound.quick import lower_bound_ticks
from solver.params import Params
from solver.solve import solve
from solver.stop import IterationLimit
from solver.tables import build_tables
from tests.solver.builder import Shift, Visit, make_problem


def test_a_gap_that_is_proven_ends_the_search() -> None:
    problem = make_problem([Visit()], shifts=[Shift(wage_ticks_per_s=10, distance_ticks_per_m=0)])
    limit = IterationLimit(100_000)
    assert solve(problem, Params(gap=1.0, master=None), limit).reached_gap
    assert solve(problem, Params(gap=1.0, master=None), limit).iterations == 0


def test_a_gap_that_is_not_proven_leaves_the_search_to_its_other_limits() -> None:
    problem = make_problem([Visit()], shifts=[Shift(wage_ticks_per_s=10, distance_ticks_per_m=0)])
    result = solve(problem, Params(gap=0.0, master=None), IterationLimit(200))
    assert not result.reached_gap
    assert result.iterations >= 200


def test_a_visit_that_nobody_can_serve_is_charged_its_drop_price() -> None:
    problem = make_problem([Visit(skills={0: 1}, drop_ticks=77)])
    assert lower_bound_ticks(build_tables(problem)) == 77


def test_the_bound_counts_service_and_the_way_there_but_not_the_way_home() -> None:
    problem = make_problem([Visit(service_s=600)], shifts=[Shift(wage_ticks_per_s=10, distance_ticks_per_m=1)])
    assert lower_bound_ticks(build_tables(problem)) == 10 * (600 + 600) + 6000
