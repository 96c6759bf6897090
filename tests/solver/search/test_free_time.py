"""What the search keeps of reserves is what follows from its routes, after every change and after taking it back."""

import pytest

from solver.search.state import BEST_TICKS, CURRENT_TICKS
from tests.solver.builder import Reserve, Shift, Technician, Visit, make_problem
from tests.solver.search.standing import best_solution, content, contradictions, problems_with_reserves, started

HOT_TO_COLD = ((0.0, 0.1), (0.4, 0.5), (0.9, 1.0))


@pytest.mark.parametrize("number", range(40))
def test_free_time_and_its_price_follow_from_the_routes_that_stand(number: int) -> None:
    problem = problems_with_reserves(21, 40)[number]
    search = started(problem)
    for begin, end in HOT_TO_COLD:
        search.step(30, begin, end)
        assert contradictions(problem, search.ground.tables, search.state) == []
    assert best_solution(problem, search).cost_ticks == search.best_ticks


def test_taking_a_move_back_restores_what_is_free() -> None:
    problem = problems_with_reserves(21, 40)[3]
    search = started(problem)
    search.step(200, 0.99, 1.0)
    search.visit_ticks = 1e-9  # so cold that nothing dearer is accepted
    before = content(search.state)
    rejected = 0
    for _ in range(50):
        ticks = int(search.state.counter[CURRENT_TICKS])
        search.step(1, 1.0, 1.0)
        if int(search.state.counter[CURRENT_TICKS]) == ticks and content(search.state)["routes"] == before["routes"]:
            assert content(search.state) == before | {"absent": content(search.state)["absent"]}
            rejected += 1
        before = content(search.state)
    assert rejected > 10
    assert search.state.counter[BEST_TICKS] <= search.state.counter[CURRENT_TICKS]


def test_a_column_says_for_how_long_it_is_free() -> None:
    problem = make_problem([Visit()], reserves=[Reserve(until_s=3600), Reserve(from_s=1200, until_s=2400)])
    search = started(problem)
    (column,) = search.take_columns()
    assert column.free_s == (1800, 600)


def test_a_visit_goes_to_the_shift_whose_time_is_not_wanted_though_it_is_further() -> None:
    shifts = [Shift(), Shift(technician=1, start_place=3, end_place=3)]
    reserve = Reserve(wanted_s=36_000, ticks_per_s=1000, technicians=[0])
    problem = make_problem([Visit()], [Technician(), Technician()], shifts, reserves=[reserve])
    assert started(problem).standing_routes() == [[], [0]]
