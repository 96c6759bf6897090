import pytest

from bench.judge import judged
from bench.record import ALL_RULES
from bench.rules import (
    BREAKS,
    FAIRNESS,
    LATENESS,
    LATENESS_STEPS,
    PINS,
    RETIMING,
    SHARED_STOCK,
    SUPPLY,
    UNPAID_BREAKS,
    NotComparableError,
    RuleSet,
    priced_as_distance,
)
from solver.problem import ORDER_FIXED, START_FIXED, TECHNICIAN_FIXED
from tests.solver.builder import Break, Fact, Location, Shift, Technician, Visit, make_problem

NOTHING = RuleSet("nothing", ())


def test_a_shift_that_has_begun_is_refused() -> None:
    problem = make_problem([Visit()], shifts=[Shift(facts=[Fact(0, 600, 1200)], departed_s=0)])
    with pytest.raises(NotComparableError, match="shift 0 has begun"):
        NOTHING.reduced(problem)


def test_a_pinned_start_becomes_a_window_of_one_instant() -> None:
    pinned = Visit(windows=[(0, 100)], pin_level=START_FIXED, pin_technician=0, pin_shift=0, pin_start_s=5000)
    visits = RuleSet("", (PINS,)).reduced(make_problem([pinned])).visits
    assert (visits.window_earliest_s.row(0), visits.window_latest_s.row(0)) == ([5000], [5000])
    assert visits.pin_level[0] == TECHNICIAN_FIXED


def test_a_pinned_order_keeps_its_shift_alone() -> None:
    pinned = Visit(pin_level=ORDER_FIXED, pin_technician=0, pin_shift=0, pin_rank=3)
    visits = RuleSet("", (PINS,)).reduced(make_problem([pinned])).visits
    assert (visits.pin_level[0], visits.pin_shift[0], visits.pin_rank[0]) == (TECHNICIAN_FIXED, 0, -1)


def test_a_broken_promise_still_costs_when_the_visit_is_dropped() -> None:
    promised = Visit(drop_ticks=100, promised=(0, 600), retime_ticks=7, promise_drop_ticks=30)
    reduced = RuleSet("", (RETIMING,)).reduced(make_problem([promised]))
    assert judged(reduced, [[]]).cost_ticks == 130


def test_of_several_steps_of_lateness_the_dearest_at_the_horizon_is_kept() -> None:
    late = Visit(response=[(1000, 2)], restore=[(2600, 5)], downtime_from_s=0, downtime_ticks_per_s=1)
    reduced = RuleSet("", (LATENESS_STEPS,)).reduced(make_problem([late], horizon_s=10_000))
    assert reduced.visits.response.row(0) == [(2000, 5)]
    assert reduced.visits.restore.row(0) == []
    assert reduced.visits.downtime_ticks_per_s[0] == 0


def test_without_lateness_a_late_visit_costs_no_more() -> None:
    late = Visit(windows=[(9000, 9000)], response=[(0, 2)], restore=[(0, 5)])
    plan = judged(RuleSet("", (LATENESS,)).reduced(make_problem([late])), [[0]])
    assert plan.solution.cost_by_term["response"] == plan.solution.cost_by_term["restore"] == 0


def test_without_fairness_an_idle_shift_costs_nothing() -> None:
    problem = make_problem([], shifts=[Shift(workload_target_s=3600)], fairness=[(0, 5)])
    assert judged(problem, [[]]).cost_ticks == 5 * 3600
    assert judged(RuleSet("", (FAIRNESS,)).reduced(problem), [[]]).cost_ticks == 0


@pytest.mark.parametrize(("reduction", "paid_s"), [(UNPAID_BREAKS, 1800 + 900), (BREAKS, 1800)])
def test_a_break_is_paid_or_not_there(reduction: object, paid_s: int) -> None:
    rest = Break(0, 100, duration_s=900)
    reduced = RuleSet("", (reduction,)).reduced(make_problem([Visit()], shifts=[Shift(breaks=[rest])]))  # type: ignore[arg-type] # parametrize carries no types
    assert judged(reduced, [[0]]).solution.cost_by_term["wage"] == paid_s


def test_parts_count_where_each_technician_has_one_shift_alone() -> None:
    visits, crew = [Visit(parts={0: 1})], [Technician(stock={0: 1})]
    once, twice = (make_problem(visits, crew, [Shift()] * shifts) for shifts in (1, 2))
    rules = RuleSet("", (SHARED_STOCK,))
    assert rules.reduced(once).visits.parts.sum() == 1
    assert rules.reduced(twice).visits.parts.sum() == 0


def test_money_as_distance_pays_for_driving_and_not_for_work() -> None:
    problem = make_problem([Visit()], shifts=[Shift(wage_ticks_per_s=7, distance_ticks_per_m=1, travel_permille=500)])
    priced = priced_as_distance(problem, 1)
    driven_s, metres = 2 * 300, 2 * 6000
    assert judged(priced, [[0]]).cost_ticks == 7 * driven_s + metres


def test_a_set_of_rules_leaves_out_only_what_the_problem_has() -> None:
    few = RuleSet("few", (PINS, LATENESS, FAIRNESS)).on(make_problem([Visit(response=[(1000, 2)])]))
    assert (few.name, few.reductions) == ("few", (LATENESS,))


def test_where_nothing_is_left_out_all_rules_hold() -> None:
    assert RuleSet("few", (PINS, LATENESS)).on(make_problem([Visit()])) == RuleSet(ALL_RULES, ())


def test_where_parts_can_be_had_on_the_way_nobody_needs_any() -> None:
    depot = Location(supplies=[(0, 0, 1)], tools={0: 1})
    problem = make_problem([Visit(parts={0: 1}, tools=[0])], locations=[depot])
    visits = RuleSet("", (SUPPLY,)).reduced(problem).visits
    assert not visits.parts.any()
    assert not visits.needs_tool.any()


def test_where_vans_are_the_only_source_parts_stay_counted() -> None:
    problem = make_problem([Visit(parts={0: 2})])
    assert RuleSet("", (SUPPLY,)).reduced(problem) is problem
