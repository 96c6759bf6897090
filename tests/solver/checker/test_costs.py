from dataclasses import replace

import pytest

from solver.checker import check
from solver.problem import NONE, TERRITORY_IGNORED, TERRITORY_PREFERRED, TERRITORY_REQUIRED, Problem
from solver.solution import TERMS, Route, Stop
from tests.solver.builder import Break, Fact, Shift, Technician, Visit, make_problem
from tests.solver.checker.plans import TWO_VISITS, costs, drive, plan

# Two visits without idling: end at 3,600 after 2,400 s of driving over 24,000 m and 1,200 s of service.


def cost_of(problem: Problem, *visits: int) -> dict[str, int]:
    unplanned = [v for v in range(problem.n_visits) if v not in visits]
    return costs(problem, drive(problem, visits), unplanned=unplanned)


def nonzero(terms: dict[str, int]) -> dict[str, int]:
    return {term: ticks for term, ticks in terms.items() if ticks}


def on_shift(shift: Shift) -> dict[str, int]:
    return cost_of(make_problem([Visit(), Visit()], shifts=[shift]), 0, 1)


def test_every_term_is_derived() -> None:
    assert tuple(cost_of(TWO_VISITS, 0, 1)) == TERMS


def test_time_and_distance_are_priced() -> None:
    assert nonzero(on_shift(Shift(wage_ticks_per_s=3, distance_ticks_per_m=2))) == {"wage": 10_800, "distance": 48_000}


def test_pay_from_the_shifts_start_counts_the_time_before_the_departure() -> None:
    problem = make_problem([Visit()], shifts=[Shift()])
    assert costs(problem, drive(problem, [0], departure_s=1000))["wage"] == 2800


def test_pay_from_departure_begins_at_the_departure() -> None:
    problem = make_problem([Visit()], shifts=[Shift(paid_from_departure=True)])
    assert costs(problem, drive(problem, [0], departure_s=1000))["wage"] == 1800


@pytest.mark.parametrize(("paid", "wage"), [(True, 4500), (False, 3600)])
def test_unpaid_breaks_are_taken_off(paid: bool, wage: int) -> None:
    problem = make_problem([Visit(), Visit()], shifts=[Shift(breaks=[Break(0, 9000, 900, paid)])])
    assert costs(problem, drive(problem, [0, 1], breaks=[(0, 1, 1200)]))["wage"] == wage


@pytest.mark.parametrize(("from_departure", "wage"), [(False, 3600), (True, 3600)])
def test_an_unpaid_break_before_the_departure_is_taken_off_once(from_departure: bool, wage: int) -> None:
    shift = Shift(breaks=[Break(0, 9000, 900)], paid_from_departure=from_departure)
    problem = make_problem([Visit(), Visit()], shifts=[shift])
    assert costs(problem, drive(problem, [0, 1], breaks=[(0, 0, 0)], departure_s=900))["wage"] == wage


@pytest.mark.parametrize(("paid", "wage"), [(True, 2100), (False, 1800)])
def test_unpaid_breaks_behind_are_taken_off_too(paid: bool, wage: int) -> None:
    shift = Shift(facts=[Fact(0, 700, 1500)], departed_s=0, breaks=[Break(0, 300, 300, paid)], breaks_taken=1)
    problem = make_problem([Visit()], shifts=[shift])
    alone = Route(0, 0, 2100, (Stop(0, 700, 700, 1500, 600, 6000, is_fact=True),), (), 600, 6000)
    assert costs(problem, alone)["wage"] == wage


def test_a_break_that_was_missed_is_not_taken_off() -> None:
    shift = Shift(facts=[Fact(0, 700, 1500)], departed_s=0, breaks=[Break(0, 300, 300)])
    problem = make_problem([Visit()], shifts=[shift])
    alone = Route(0, 0, 2100, (Stop(0, 700, 700, 1500, 600, 6000, is_fact=True),), (), 600, 6000)
    assert costs(problem, alone)["wage"] == 2100


def test_overtime_begins_after_the_regular_end() -> None:
    assert on_shift(Shift(regular_end_s=3600, overtime_cap_s=600, overtime_ticks_per_s=7))["overtime"] == 0
    assert on_shift(Shift(regular_end_s=3599, overtime_cap_s=600, overtime_ticks_per_s=7))["overtime"] == 7


def test_overtime_comes_on_top_of_the_wage() -> None:
    terms = on_shift(Shift(regular_end_s=3000, overtime_cap_s=600, overtime_ticks_per_s=7))
    assert nonzero(terms) == {"wage": 3600, "overtime": 4200, "distance": 24_000}


def test_a_used_shift_has_its_callout_price_and_each_visit_its_own() -> None:
    assert on_shift(Shift(fixed_ticks=100, visit_ticks=11))["callout"] == 122


def test_an_unused_shift_costs_nothing() -> None:
    problem = make_problem([Visit(drop_ticks=5)], shifts=[Shift(fixed_ticks=100)])
    assert nonzero(costs(problem, unplanned=[0])) == {"unplanned": 5}


STEPS = ((599, 2), (500, 1), (600, 50))


def test_response_counts_from_each_step_to_the_start() -> None:
    assert cost_of(make_problem([Visit(response=STEPS)]), 0)["response"] == 2 * 1 + 1 * 100


def test_restore_counts_from_each_step_to_the_completion() -> None:
    assert cost_of(make_problem([Visit(restore=STEPS)]), 0)["restore"] == 2 * 601 + 1 * 700 + 50 * 600


def test_lateness_may_stop_growing() -> None:
    assert cost_of(make_problem([Visit(response=[(100, 5), (200, -5)])]), 0)["response"] == 500


def test_downtime_counts_to_the_completion() -> None:
    assert cost_of(make_problem([Visit(downtime_from_s=-100, downtime_ticks_per_s=3)]), 0)["downtime"] == 3900
    assert cost_of(make_problem([Visit(downtime_from_s=1200, downtime_ticks_per_s=3)]), 0)["downtime"] == 0


def test_a_preferred_technician_earns_the_bonus() -> None:
    assert cost_of(make_problem([Visit(preferred=[0], preference_ticks=40)]), 0)["preference"] == -40
    shifts = [Shift(), Shift(technician=1)]
    assert cost_of(make_problem([Visit(preferred=[1], preference_ticks=40)], shifts=shifts), 0)["preference"] == 0


@pytest.mark.parametrize(
    ("rule", "territory", "ticks"),
    [
        (TERRITORY_PREFERRED, 1, 9),
        (TERRITORY_PREFERRED, 0, 0),
        (TERRITORY_PREFERRED, NONE, 0),
        (TERRITORY_REQUIRED, 0, 0),
        (TERRITORY_IGNORED, 1, 0),
    ],
)
def test_work_outside_the_home_territory_has_its_price_where_home_is_preferred(
    rule: int, territory: int, ticks: int
) -> None:
    visit = Visit(territory=territory, territory_rule=rule, territory_ticks=9)
    assert cost_of(make_problem([visit], [Technician(territories=[0])]), 0)["territory"] == ticks


@pytest.mark.parametrize(("promised", "ticks"), [(NONE, 0), (0, 0), (1, 8)])
def test_another_technician_than_the_promised_one_has_its_price(promised: int, ticks: int) -> None:
    problem = make_problem([Visit(promised_technician=promised, reassign_ticks=8)], [Technician()] * 2)
    assert cost_of(problem, 0)["reassigned"] == ticks


@pytest.mark.parametrize(
    ("promised", "ticks"), [((NONE, NONE), 0), ((600, 600), 0), ((0, 599), 6), ((601, 900), 6), ((0, 900), 0)]
)
def test_a_start_outside_the_promised_interval_has_its_price(promised: tuple[int, int], ticks: int) -> None:
    assert cost_of(make_problem([Visit(promised=promised, retime_ticks=6)]), 0)["retimed"] == ticks


@pytest.mark.parametrize(("target", "ticks"), [(3600, 0), (3500, 0), (3499, 2), (3701, 2), (4000, 2 * 300 + 5 * 100)])
def test_fairness_prices_the_deviation_of_the_workload_either_way(target: int, ticks: int) -> None:
    problem = make_problem([Visit(), Visit()], shifts=[Shift(workload_target_s=target)], fairness=[(100, 2), (300, 5)])
    assert cost_of(problem, 0, 1)["fairness"] == ticks


def test_fairness_counts_an_unused_shift_as_no_work() -> None:
    problem = make_problem([Visit()], shifts=[Shift(), Shift(technician=1, workload_target_s=70)], fairness=[(0, 2)])
    assert cost_of(problem, 0)["fairness"] == 140


def test_waiting_is_paid_but_no_workload() -> None:
    problem = make_problem([Visit()], shifts=[Shift(workload_target_s=1800)], fairness=[(0, 1)])
    terms = costs(problem, drive(problem, [0], starts={0: 1000}))
    assert (terms["wage"], terms["fairness"]) == (2200, 0)


def test_an_unplanned_visit_has_its_drop_price() -> None:
    assert nonzero(cost_of(make_problem([Visit(), Visit(drop_ticks=77)]), 0)) == {
        "wage": 1800,
        "distance": 12_000,
        "unplanned": 77,
    }


@pytest.mark.parametrize(
    "visit",
    [
        Visit(promise_drop_ticks=4, drop_ticks=0, promised_technician=0),
        Visit(promise_drop_ticks=4, drop_ticks=0, promised=(0, 9)),
    ],
)
def test_dropping_what_was_promised_has_its_price(visit: Visit) -> None:
    assert nonzero(costs(make_problem([visit]), unplanned=[0])) == {"promise_dropped": 4}


def test_what_was_not_promised_has_no_broken_promise() -> None:
    problem = make_problem([Visit(promise_drop_ticks=4, drop_ticks=0)])
    assert nonzero(costs(problem, unplanned=[0])) == {}


def test_putting_a_visit_off_costs_its_lateness_up_to_the_horizon() -> None:
    visit = Visit(drop_ticks=0, response=[(0, 2)], restore=[(50, 3)], downtime_from_s=90, downtime_ticks_per_s=5)
    problem = make_problem([visit], horizon_s=100)
    assert nonzero(costs(problem, unplanned=[0])) == {"deferred": 200 + 150 + 50}


def test_facts_are_priced_with_their_actual_times() -> None:
    visit = Visit(
        response=[(0, 1)],
        restore=[(0, 10)],
        downtime_ticks_per_s=100,
        preferred=[0],
        preference_ticks=999,
        territory=0,
        territory_rule=TERRITORY_PREFERRED,
        territory_ticks=999,
        promised_technician=1,
        reassign_ticks=999,
        promised=(0, 1),
        retime_ticks=999,
    )
    shift = Shift(facts=[Fact(0, 700, 1500)], departed_s=50, fixed_ticks=7, visit_ticks=5, workload_target_s=2000)
    problem = make_problem([visit], [Technician()] * 2, [shift], fairness=[(0, 1)])
    alone = Route(0, 50, 2100, (Stop(0, 700, 700, 1500, 600, 6000, is_fact=True),), (), 600, 6000)
    assert nonzero(costs(problem, alone)) == {
        "wage": 2100,
        "distance": 12_000,
        "callout": 12,
        "response": 700,
        "restore": 15_000,
        "downtime": 150_000,
    }


def test_a_plan_may_state_its_cost() -> None:
    stated = plan(drive(TWO_VISITS, [0, 1]))
    derived = check(TWO_VISITS, stated)
    assert check(TWO_VISITS, replace(stated, cost_by_term=derived.cost_by_term)).accepted
    assert derived.cost_ticks == 27_600


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("off", [-1, 1])
def test_a_stated_term_agrees_to_the_unit(term: str, off: int) -> None:
    stated = plan(drive(TWO_VISITS, [0, 1]))
    terms = dict(check(TWO_VISITS, stated).cost_by_term)
    terms[term] += off
    (violation,) = check(TWO_VISITS, replace(stated, cost_by_term=terms)).violations
    assert (violation.code, violation.detail, violation.found) == ("cost_wrong", term, terms[term])


def test_a_stated_cost_has_the_terms_of_the_model_only() -> None:
    stated = plan(drive(TWO_VISITS, [0, 1]))
    terms = {**check(TWO_VISITS, stated).cost_by_term, "luck": 0}
    assert check(TWO_VISITS, replace(stated, cost_by_term=terms)).codes == {"cost_wrong"}


def test_a_missing_term_is_zero() -> None:
    stated = plan(drive(TWO_VISITS, [0, 1]))
    assert check(TWO_VISITS, replace(stated, cost_by_term={"wage": 3600, "distance": 24_000})).accepted
    assert check(TWO_VISITS, replace(stated, cost_by_term={"wage": 3600})).codes == {"cost_wrong"}
