"""Tools: every tool a visit needs."""

from tests.solver.builder import Technician, Visit, make_problem
from tests.solver.planning import codes, near_and_far, order, plan


def test_the_technician_with_the_tool_goes_though_further_away() -> None:
    problem = near_and_far(Visit(tools={0}), [Technician(), Technician(tools={0})])
    assert order(plan(problem).solution, 1) == (0,)


def test_exactly_the_tools_needed_are_enough() -> None:
    problem = make_problem([Visit(tools={0, 1})], [Technician(tools={0, 1})])
    assert order(plan(problem).solution) == (0,)


def test_one_tool_short_leaves_the_visit_out_for_its_tool() -> None:
    problem = make_problem([Visit(tools={0, 1})], [Technician(tools={0, 2})])
    assert codes(plan(problem)) == ["tool"]


def test_a_tool_is_not_used_up() -> None:
    problem = make_problem([Visit(tools={0}), Visit(tools={0})], [Technician(tools={0})])
    assert plan(problem).solution.unplanned == ()
