"""Territories: the visit's territory as the technician's home, ignored, preferred at a price, or required."""

import pytest

from solver.problem import NONE, TERRITORY_IGNORED, TERRITORY_PREFERRED, TERRITORY_REQUIRED
from tests.solver.builder import Technician, Visit
from tests.solver.planning import FURTHER_TICKS, codes, near_and_far, order, plan

CREW = [Technician(territories={0}), Technician(territories={1, 2})]


def test_a_required_territory_is_served_from_home_only() -> None:
    visit = Visit(territory=1, territory_rule=TERRITORY_REQUIRED)
    assert order(plan(near_and_far(visit, CREW)).solution, 1) == (0,)


def test_a_technician_may_be_at_home_in_several_territories() -> None:
    visit = Visit(territory=2, territory_rule=TERRITORY_REQUIRED)
    assert order(plan(near_and_far(visit, CREW)).solution, 1) == (0,)


def test_a_required_territory_that_is_nobodys_home_leaves_the_visit_out() -> None:
    visit = Visit(territory=3, territory_rule=TERRITORY_REQUIRED)
    assert codes(plan(near_and_far(visit, CREW))) == ["territory", "territory"]


@pytest.mark.parametrize(
    "visit",
    [Visit(territory=NONE, territory_rule=TERRITORY_REQUIRED), Visit(territory=1, territory_rule=TERRITORY_IGNORED)],
)
def test_outside_of_all_territories_and_where_the_rule_is_ignored_the_nearest_goes(visit: Visit) -> None:
    assert order(plan(near_and_far(visit, CREW)).solution, 0) == (0,)


@pytest.mark.parametrize(("ticks", "shift"), [(FURTHER_TICKS - 1, 0), (FURTHER_TICKS + 1, 1)])
def test_a_preferred_territory_is_left_where_the_way_costs_more_than_its_price(ticks: int, shift: int) -> None:
    visit = Visit(territory=1, territory_rule=TERRITORY_PREFERRED, territory_ticks=ticks)
    solution = plan(near_and_far(visit, CREW)).solution
    assert order(solution, shift) == (0,)
    assert solution.cost_by_term["territory"] == (0 if shift else ticks)
