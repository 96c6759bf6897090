from bench.record import OURS, Record
from bench.report import gap_pct, table


def record(solver: str, cost: float, seed: int = 1, rules: str = "few") -> Record:
    return Record(
        instance="day",
        rules=rules,
        solver=solver,
        seed=seed,
        time_limit=10.0,
        seconds=10.0,
        cost=cost,
        unavoidable=20.0,
        stated_cost=None,
        gap_pct=gap_pct(cost, 100.0),
        violations=0,
        unplanned=1,
        iterations=None,
        peak_mb=50.0,
        note="",
        cost_all_rules=2 * cost,
    )


def test_the_saving_is_of_the_peers_cost_and_of_what_of_it_can_be_avoided() -> None:
    line = table([record(OURS, 100.0), record("theirs", 120.0)]).splitlines()[3]
    assert line.startswith("| day | few | 10 | theirs | 10.0 | 120.00 (120.00) | 16.67 % | 20.00 % | 20.00 % | 1.0 |")


def test_a_peers_plan_judged_by_all_rules_is_set_against_the_plan_made_under_all_rules() -> None:
    line = table([record(OURS, 150.0, rules="all"), record("theirs", 100.0)]).splitlines()[3]
    assert line.endswith("| 200.00 | 25.00 % |")


def test_seeds_of_a_solver_are_one_line_with_mean_and_worst() -> None:
    lines = table([record(OURS, 100.0, seed=1), record(OURS, 110.0, seed=2)]).splitlines()
    assert len(lines) == 3
    assert "| 105.00 (110.00) |" in lines[2]


def test_there_is_no_gap_to_a_best_plan_that_costs_nothing() -> None:
    assert gap_pct(5.0, 0.0) is None
