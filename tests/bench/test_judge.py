from bench.judge import judged
from tests.solver.builder import Shift, Technician, Visit, make_problem


def test_visits_in_order_cost_what_the_model_says() -> None:
    verdict = judged(make_problem([Visit(), Visit()]), [[0, 1]])
    driven_s, served_s = 2400, 1200
    assert verdict.cost_ticks == driven_s + served_s + 10 * driven_s
    assert (verdict.violations, verdict.unplanned) == (0, 0)


def test_a_visit_that_breaks_a_rule_is_left_out_and_counted() -> None:
    verdict = judged(make_problem([Visit(windows=[(0, 10)]), Visit()]), [[0, 1]])
    assert verdict.solution.unplanned == (0,)
    assert verdict.violations == 1


def test_a_visit_served_twice_counts_once() -> None:
    verdict = judged(make_problem([Visit()], shifts=[Shift(), Shift()]), [[0], [0]])
    assert [route.visits for route in verdict.solution.routes] == [(0,)]
    assert verdict.violations == 1


def test_a_part_that_the_van_has_no_more_of_is_a_violation() -> None:
    visits = [Visit(parts={0: 1}), Visit(parts={0: 1})]
    verdict = judged(make_problem(visits, [Technician(stock={0: 1})]), [[0, 1]])
    assert verdict.solution.unplanned == (1,)
    assert verdict.violations == 1


def test_visits_that_nobody_mentions_are_unplanned_without_violation() -> None:
    verdict = judged(make_problem([Visit()]), [[]])
    assert (verdict.violations, verdict.unplanned) == (0, 1)
