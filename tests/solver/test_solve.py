"""From a problem to its plan: valid whatever the effort, repeatable, reported on, never worse than its beginning."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from solver.errors import ProblemError
from solver.params import MasterParams, Params
from solver.problem import Problem
from solver.solution import TERMS
from solver.solve import Progress, Result, solve
from solver.stop import FirstOf, IterationLimit
from tests.solver.builder import Fact, Shift, Visit, make_problem
from tests.solver.planning import QUICK, codes, faults, order, plan, starts
from tests.solver.search.standing import parts_problems, problems

TWO_THREADS = replace(QUICK, threads=2)
WITH_MASTER = Params(seed=1, master=MasterParams(at=(0.5,), deterministic_s=0.5))
CASES = (*problems(41, 12), *parts_problems(41, 28))
PARTS_CASES = parts_problems(42, 150)


def same(one: Result, other: Result) -> bool:
    """Whether two plans are alike to the second and to the tick."""
    return one.solution == other.solution and one.why == other.why


@dataclass
class Watch:
    """Remembers what is reported."""

    seen: list[Progress] = field(default_factory=list)

    def __call__(self, progress: Progress) -> None:
        self.seen.append(progress)


@dataclass
class Seconds:
    """A limit of so many iterations that says it is a limit of time."""

    iterations: int
    left_s: float

    def fraction(self, iterations: int) -> float:
        return iterations / self.iterations

    def seconds_left(self) -> float | None:
        return self.left_s


def many_visits() -> Problem:
    """Return 30 visits for 3 technicians, so that there is something to improve."""
    spots = np.random.default_rng(3).permutation(30) + 1
    shifts = [Shift(technician=t, start_place=10 * t, end_place=10 * t, regular_end_s=20_000) for t in range(3)]
    return make_problem([Visit(place=int(place)) for place in spots], shifts=shifts)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_every_plan_is_accepted_by_the_checker_and_costs_what_it_says(number: int) -> None:
    solution = plan(CASES[number]).solution
    assert tuple(solution.cost_by_term) == TERMS


@pytest.mark.parametrize("params", [WITH_MASTER, TWO_THREADS], ids=["master", "two threads"])
def test_every_plan_in_which_parts_are_short_is_accepted_whatever_makes_it(params: Params) -> None:
    plans = [plan(problem, params) for problem in PARTS_CASES]
    routes = [route for result in plans for route in result.solution.routes]
    stops = [stop for route in routes for stop in route.stops]
    seen = {
        "restocks": sum(bool(stop.loads) for stop in stops),
        "lent tools": sum(bool(stop.tools) for stop in stops),
        "sourcings": sum(stop.sourcing >= 0 for stop in stops),
        "nights": sum(bool(route.overnight) for route in routes),
    }
    assert min(seen.values()) >= 10, seen


@pytest.mark.parametrize("number", range(len(CASES)))
@pytest.mark.parametrize("params", [QUICK, TWO_THREADS], ids=["one thread", "two threads"])
def test_the_same_seed_and_iterations_give_the_same_plan(number: int, params: Params) -> None:
    assert same(plan(CASES[number], params), plan(CASES[number], params))


def test_the_same_seed_and_iterations_give_the_same_plan_with_the_master_too() -> None:
    problem = many_visits()
    one, other = plan(problem, WITH_MASTER, 1000), plan(problem, WITH_MASTER, 1000)
    assert same(one, other)
    assert one.columns == other.columns > 10


def test_the_seed_makes_a_difference_to_the_search() -> None:
    problem = many_visits()
    orders = {tuple(order(plan(problem, replace(QUICK, seed=seed)).solution, s) for s in range(3)) for seed in range(6)}
    assert len(orders) > 1


def test_progress_is_reported_from_the_first_plan_on_and_its_cost_never_rises() -> None:
    watch = Watch()
    result = solve(many_visits(), QUICK, IterationLimit(2000), on_progress=watch)
    costs = [progress.cost_ticks for progress in watch.seen]
    assert watch.seen[0].iterations == 0
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == result.solution.cost_ticks < costs[0]
    assert [p.iterations for p in watch.seen] == sorted({p.iterations for p in watch.seen})
    assert watch.seen[-1].iterations == result.iterations


def test_progress_with_the_master_never_rises_either_and_ends_at_the_plans_cost() -> None:
    watch = Watch()
    result = solve(many_visits(), WITH_MASTER, IterationLimit(1000), on_progress=watch)
    costs = [progress.cost_ticks for progress in watch.seen]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == result.solution.cost_ticks


def test_progress_counts_the_visits_left_out_but_not_the_facts() -> None:
    shift = Shift(facts=[Fact(0, 700, 1500)], departed_s=50)
    watch = Watch()
    visits = [Visit(), Visit(), Visit(excluded={0}), Visit(windows=[(0, 1)])]
    solve(make_problem(visits, shifts=[shift]), QUICK, IterationLimit(100), on_progress=watch)
    assert {progress.unplanned for progress in watch.seen} == {2}


def test_stopping_at_once_still_gives_a_valid_plan() -> None:
    result = plan(many_visits(), QUICK, 0)
    assert result.iterations == 0
    assert len(result.solution.unplanned) < 30


def test_the_first_limit_reached_ends_the_search() -> None:
    result = solve(many_visits(), QUICK, FirstOf([IterationLimit(10**9), IterationLimit(400)]))
    assert 400 <= result.iterations < 1000


def test_more_effort_gives_a_plan_no_dearer() -> None:
    problem = many_visits()
    costs = [plan(problem, QUICK, iterations).solution.cost_ticks for iterations in (0, 5000)]
    assert costs[1] < costs[0]


def test_a_plan_to_start_with_is_kept_where_nothing_better_is_found() -> None:
    problem = many_visits()
    good = plan(problem, QUICK, 5000).solution
    routes = [order(good, s) for s in range(3)]
    again = plan(problem, QUICK, 0, start=routes).solution
    assert again == good
    assert again.cost_ticks < plan(problem, QUICK, 0).solution.cost_ticks


def test_a_poor_plan_to_start_with_is_improved() -> None:
    problem = make_problem([Visit(), Visit(), Visit()], shifts=[Shift(end_place=3)])
    assert order(plan(problem, start=[[2, 0, 1]]).solution) == (0, 1, 2)


def test_of_a_plan_to_start_with_what_has_become_impossible_is_left_out() -> None:
    problem = make_problem([Visit(excluded={0}), Visit(), Visit(windows=[(0, 1)])])
    solution = plan(problem, QUICK, 0, start=[[0, 1, 2]]).solution
    assert (order(solution), solution.unplanned) == ((1,), (0, 2))


def test_two_threads_search_twice_as_much_and_find_no_worse() -> None:
    problem = many_visits()
    one, two = plan(problem, QUICK, 600), plan(problem, TWO_THREADS, 600)
    assert two.iterations == 2 * one.iterations
    assert two.solution.cost_ticks <= one.solution.cost_ticks


def test_two_threads_with_the_master_give_a_valid_plan() -> None:
    result = plan(many_visits(), replace(WITH_MASTER, threads=2), 600)
    assert result.columns > 0


def test_the_master_recombines_what_the_search_has_found() -> None:
    problem = many_visits()
    with_master, without = plan(problem, WITH_MASTER, 600), plan(problem, QUICK, 600)
    assert with_master.columns > without.columns == 0
    assert with_master.solution.cost_ticks <= without.solution.cost_ticks


@pytest.mark.parametrize(("left_s", "runs"), [(MasterParams().least_s, True), (MasterParams().least_s - 0.01, False)])
def test_the_master_is_not_begun_with_less_time_than_it_takes_to_load(left_s: float, runs: bool) -> None:
    problem = many_visits()
    result = solve(problem, WITH_MASTER, Seconds(400, left_s))
    assert faults(problem, result.solution) == []
    assert (result.columns > 0) == runs


def test_a_slice_is_a_small_share_of_a_limit_of_iterations() -> None:
    watch = Watch()
    solve(many_visits(), QUICK, IterationLimit(1000), on_progress=watch)
    steps = np.diff([progress.iterations for progress in watch.seen])
    assert 0 < steps.max() <= 5


def test_a_search_is_long_enough_for_the_master_where_what_is_left_at_its_share_is() -> None:
    master = MasterParams(at=(0.5, 0.8), least_s=1.5)
    assert [master.may_run(limit) for limit in (None, 3.0, 2.9)] == [True, True, False]


NOTHING_TO_DO = {
    "nothing at all": make_problem([], [], []),
    "no visits": make_problem(),
    "no horizon": make_problem([], [], [], horizon_s=0),
}


@pytest.mark.parametrize("problem", NOTHING_TO_DO.values(), ids=NOTHING_TO_DO.keys())
@pytest.mark.parametrize("params", [QUICK, WITH_MASTER], ids=["search", "master"])
def test_a_problem_without_visits_has_an_empty_plan(problem: Problem, params: Params) -> None:
    result = plan(problem, params)
    assert (result.solution.routes, result.solution.unplanned, result.solution.cost_ticks) == ((), (), 0)


@pytest.mark.parametrize("params", [QUICK, TWO_THREADS, WITH_MASTER], ids=["search", "threads", "master"])
def test_without_any_shift_every_visit_is_left_out_for_want_of_technicians(params: Params) -> None:
    result = plan(make_problem([Visit(drop_ticks=3), Visit(drop_ticks=4)], [], []), params)
    assert result.solution.cost_ticks == 7
    assert [codes(result, v) for v in (0, 1)] == [["no_technicians"], ["no_technicians"]]
    assert result.why[0][0].technician is result.why[0][0].shift is None


def test_where_all_visits_are_facts_the_routes_are_what_has_happened() -> None:
    shift = Shift(facts=[Fact(0, 700, 1500), Fact(1, 2100, 2500)], departed_s=50)
    result = plan(make_problem([Visit(), Visit()], shifts=[shift]))
    assert starts(result.solution) == {0: 700, 1: 2100}
    assert result.why == {}


def test_a_problem_with_a_wrong_array_is_refused() -> None:
    problem = make_problem([Visit()])
    wrong = replace(problem, visits=replace(problem.visits, release_s=np.array([-1], np.int64)))
    with pytest.raises(ProblemError, match="release_s"):
        solve(wrong, QUICK, IterationLimit(10))


def test_the_problem_is_not_changed_by_planning_it() -> None:
    problem = many_visits()
    stock, drop = problem.technicians.stock.copy(), problem.visits.drop_ticks.copy()
    plan(problem)
    assert (problem.technicians.stock == stock).all()
    assert (problem.visits.drop_ticks == drop).all()


def test_a_limit_of_iterations_is_kept_to_the_number() -> None:
    assert solve(many_visits(), QUICK, IterationLimit(7)).iterations == 7


def test_neighbours_that_are_only_worth_the_way_together_are_served() -> None:
    """There and back is 1,200 s and 12,000 m, worth it for two visits at one place but not for one."""
    alone = Visit(place=1, service_s=0, drop_ticks=9_000)
    result = plan(make_problem([alone, alone]), iterations=2000)
    assert result.solution.unplanned == ()
