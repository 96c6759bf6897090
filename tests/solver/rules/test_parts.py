"""Parts: pieces used up from the van, over all shifts of its technician."""

import pytest

from tests.solver.builder import DROP_TICKS, Shift, Technician, Visit, make_problem
from tests.solver.planning import codes, near_and_far, order, plan


def test_the_van_that_has_the_part_goes_though_further_away() -> None:
    problem = near_and_far(Visit(parts={1: 2}), [Technician(stock={0: 9, 1: 1}), Technician(stock={1: 2})])
    assert order(plan(problem).solution, 1) == (0,)


@pytest.mark.parametrize(("stock", "planned"), [(3, (0,)), (2, ())])
def test_a_van_with_just_enough_is_enough_and_a_piece_less_is_not(stock: int, planned: tuple[int, ...]) -> None:
    result = plan(make_problem([Visit(parts={0: 3})], [Technician(stock={0: stock})]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["part"]])


def test_a_missing_part_is_named_with_the_pieces_that_are_short() -> None:
    result = plan(make_problem([Visit(parts={0: 1, 2: 5})], [Technician(stock={0: 1, 2: 1})]))
    why = result.why[0][0]
    assert (why.reason.code, why.short, why.shortfall) == ("part", 2, 4)


@pytest.mark.parametrize(("stock", "unplanned"), [(3, 0), (2, 1)])
def test_the_visits_of_a_route_use_up_the_van_together(stock: int, unplanned: int) -> None:
    visits = [Visit(parts={0: 1}), Visit(parts={0: 2})]
    result = plan(make_problem(visits, [Technician(stock={0: stock})]))
    assert len(result.solution.unplanned) == unplanned
    assert [codes(result, v) for v in result.why] == [["part"]] * unplanned


@pytest.mark.parametrize(("stock", "unplanned"), [(2, 0), (1, 1)])
def test_two_shifts_of_a_technician_share_one_van(stock: int, unplanned: int) -> None:
    dearer = Visit(parts={0: 1}, windows=[(0, 10_000)], drop_ticks=2 * DROP_TICKS)
    visits = [dearer, Visit(parts={0: 1}, windows=[(90_000, 99_000)])]
    shifts = [Shift(), Shift(start_s=86_400, regular_end_s=120_000)]
    result = plan(make_problem(visits, [Technician(stock={0: stock})], shifts))
    assert len(result.solution.unplanned) == unplanned
    assert [sorted(codes(result, v)) for v in result.why] == [["part", "shift"]] * unplanned


def test_scarce_parts_go_to_the_visit_that_is_dearer_to_leave_out() -> None:
    visits = [Visit(parts={0: 1}, drop_ticks=50_000), Visit(parts={0: 1}, drop_ticks=90_000)]
    assert order(plan(make_problem(visits, [Technician(stock={0: 1})])).solution) == (1,)
