from bench.comparison import with_gaps
from bench.record import OURS, Record
from bench.registry import peer_names


def record(solver: str, cost: float, **more: object) -> Record:
    given = {"instance": "day", "rules": "few", "seconds": 1.0, "violations": 0, "peak_mb": 1.0, "seed": 1}
    return Record(**{**given, "time_limit": 1.0, "solver": solver, "cost": cost, **more})  # type: ignore[arg-type] # a dict of many types


def test_the_gap_is_to_the_peer_that_is_best_on_average() -> None:
    runs = [record(OURS, 90), record("a", 80), record("a", 160, seed=2), record("b", 100), record("b", 100, seed=2)]
    assert [run.gap_pct for run in with_gaps(runs)] == [-10, -20, 60, 0, 0]


def test_a_gap_is_told_only_within_the_same_rules_and_time() -> None:
    runs = [record(OURS, 90, rules="all"), record(OURS, 90, time_limit=2.0), record("a", 80)]
    assert [run.gap_pct for run in with_gaps(runs)] == [None, None, 0]


def test_the_gap_is_to_the_best_known_cost_where_all_is_planned_by_all_rules() -> None:
    runs = [record("a", 110, rules="all", bks=100), record("a", 90, rules="all", bks=100, unplanned=1)]
    assert [run.gap_pct for run in with_gaps([*runs, record("a", 110, bks=100)])] == [10, None, None]


def test_a_name_can_stand_for_several_peers() -> None:
    assert peer_names("pyvrp, ortools,ortools-gls") == ("pyvrp", "ortools-gls", "ortools-ils")
    assert peer_names("") == ()
