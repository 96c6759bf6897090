"""The quick lower bound against proven optima."""

from solver.bound.quick import lower_bound_ticks
from solver.tables import build_tables
from tests.properties.optima import exact_trials


def test_no_proven_optimum_undercuts_the_bound() -> None:
    proven = [(problem, exact) for problem, exact in exact_trials() if exact.optimal]
    assert len(proven) > 150
    for problem, exact in proven:
        assert lower_bound_ticks(build_tables(problem)) <= exact.solution.cost_ticks
