from bench.report import Record, gap_pct, table


def record(solver: str, cost: float, seed: int = 1) -> Record:
    return Record("day", "few", solver, seed, 10.0, 10.0, cost, 20.0, None, gap_pct(cost, 100.0), 0, 1, None, 50.0, "")


def test_the_saving_is_of_the_peers_cost_and_of_what_of_it_can_be_avoided() -> None:
    lines = table([record("ours", 100.0), record("theirs", 120.0)], "ours").splitlines()
    assert (
        lines[3] == "| day | few | 10 | theirs | 10.0 | 120.00 (120.00) | 16.67 % | 20.00 % | 20.00 % | 1.0 | 0 | 50 |"
    )


def test_seeds_of_a_solver_are_one_line_with_mean_and_worst() -> None:
    lines = table([record("ours", 100.0, seed=1), record("ours", 110.0, seed=2)], "ours").splitlines()
    assert len(lines) == 3
    assert "| 105.00 (110.00) |" in lines[2]


def test_there_is_no_gap_to_a_best_plan_that_costs_nothing() -> None:
    assert gap_pct(5.0, 0.0) is None
