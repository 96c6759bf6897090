"""Skills: every skill a visit needs, at the level it needs or higher."""

import pytest

from tests.solver.builder import Technician, Visit, make_problem
from tests.solver.planning import codes, near_and_far, order, plan


def test_the_technician_with_the_skill_goes_though_further_away() -> None:
    problem = near_and_far(Visit(skills={0: 2}), [Technician(skills={0: 1}), Technician(skills={0: 3})])
    assert order(plan(problem).solution, 1) == (0,)


@pytest.mark.parametrize(("level", "planned"), [(2, (0,)), (1, ())])
def test_the_level_needed_is_enough_and_one_below_is_not(level: int, planned: tuple[int, ...]) -> None:
    problem = make_problem([Visit(skills={0: 2})], [Technician(skills={0: level})])
    assert order(plan(problem).solution) == planned


def test_one_of_two_skills_is_not_enough() -> None:
    problem = make_problem([Visit(skills={0: 1, 1: 1})], [Technician(skills={0: 5})])
    assert plan(problem).solution.unplanned == (0,)


def test_a_visit_that_nobody_has_the_skill_for_says_so_of_each_shift() -> None:
    result = plan(near_and_far(Visit(skills={0: 2}), [Technician(skills={0: 1}), Technician()]))
    assert codes(result) == ["skill", "skill"]
    assert [(why.technician, why.shift) for why in result.why[0]] == [(0, 0), (1, 1)]
