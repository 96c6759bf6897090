"""What it costs that a visit gets its parts in the way it does, and which way is taken for it."""

import pytest

from solver.problem import NONE
from tests.solver.builder import Shift, Sourcing, Technician, Visit, make_problem
from tests.solver.planning import FURTHER_TICKS, codes, order, plan

LINE = (0, 600, 3000)
SHIFTS = [Shift(), Shift(technician=1, start_place=2, end_place=2)]


@pytest.mark.parametrize(("price", "shift"), [(FURTHER_TICKS - 1, 0), (FURTHER_TICKS + 1, 1)])
def test_a_substitute_is_used_if_it_is_cheaper_than_the_van_that_has_the_part(price: int, shift: int) -> None:
    visit = Visit(parts={0: 1}, sourcings=[Sourcing({1: 1}, substitute_ticks=price)])
    vans = [Technician(stock={1: 1}), Technician(stock={0: 1})]
    solution = plan(make_problem([visit], vans, SHIFTS, line_s=LINE)).solution
    assert order(solution, shift) == (0,)
    assert solution.cost_by_term["substitute"] == (0 if shift else price)


@pytest.mark.parametrize(("covered", "sourcing", "revisit"), [(699, 0, 699), (701, NONE, 700)])
def test_pieces_are_set_aside_for_a_case_if_that_saves_more_than_it_costs(
    covered: int, sourcing: int, revisit: int
) -> None:
    visit = Visit(revisit_ticks=700, sourcings=[Sourcing({0: 1}, revisit_ticks=covered)])
    solution = plan(make_problem([visit], [Technician(stock={0: 1})])).solution
    assert solution.routes[0].stops[0].sourcing == sourcing
    assert solution.cost_by_term["revisit"] == revisit


@pytest.mark.parametrize(("stock", "planned"), [({1: 2}, (0,)), ({1: 1}, ())])
def test_a_substitute_of_which_a_piece_lacks_leaves_the_visit_out_for_its_part(
    stock: dict[int, int], planned: tuple[int, ...]
) -> None:
    visit = Visit(parts={0: 2}, sourcings=[Sourcing({1: 2}, substitute_ticks=5)])
    result = plan(make_problem([visit], [Technician(stock=stock)]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["part"]])
