from tests.solver.builder import Location, Shift, Technician, Visit, make_problem
from tests.solver.checker.plans import codes, drive, restock

HAMMER, SAW = 0, 1
LENDS = Location(tools={HAMMER: 1, SAW: 1})
BORROW = restock(tools=[HAMMER])


def test_a_visit_can_be_served_with_a_tool_borrowed_before() -> None:
    problem = make_problem([Visit(tools=[HAMMER])], locations=[LENDS])
    assert codes(problem, drive(problem, [0])) == {"tool"}
    assert codes(problem, drive(problem, [BORROW, 0])) == set()


def test_a_tool_borrowed_after_the_visit_is_of_no_use_to_it() -> None:
    problem = make_problem([Visit(tools=[HAMMER]), Visit(tools=[HAMMER])], locations=[LENDS])
    assert codes(problem, drive(problem, [0, BORROW, 1])) == {"tool"}


def test_a_borrowed_tool_is_needed_by_a_visit_after_it() -> None:
    problem = make_problem([Visit(tools=[HAMMER]), Visit()], [Technician(tools=[HAMMER])], locations=[LENDS])
    assert codes(problem, drive(problem, [BORROW, 0, 1])) == set()
    assert codes(problem, drive(problem, [0, BORROW, 1])) == {"load_unused"}


def test_one_tool_does_not_stand_in_for_another() -> None:
    problem = make_problem([Visit(tools=[SAW])], locations=[LENDS])
    assert codes(problem, drive(problem, [BORROW, 0])) == {"tool", "load_unused"}


def test_a_tool_is_not_used_up() -> None:
    problem = make_problem([Visit(tools=[HAMMER])] * 3, locations=[LENDS])
    assert codes(problem, drive(problem, [BORROW, 0, 1, 2])) == set()


def test_a_tool_stays_with_its_route_until_the_end() -> None:
    shifts = [Shift(), Shift(technician=1, start_s=20_000)]
    for pieces, expected in ((2, set()), (1, {"lent"})):
        problem = make_problem([Visit(tools=[HAMMER])] * 2, shifts=shifts, locations=[Location(tools={HAMMER: pieces})])
        assert codes(problem, drive(problem, [BORROW, 0]), drive(problem, [BORROW, 1], shift=1)) == expected


def test_two_shifts_of_one_technician_borrow_a_tool_each() -> None:
    problem = make_problem(
        [Visit(tools=[HAMMER])] * 2, shifts=[Shift(), Shift(start_s=40_000, regular_end_s=80_000)], locations=[LENDS]
    )
    assert codes(problem, drive(problem, [BORROW, 0]), drive(problem, [1], shift=1)) == {"tool"}
    assert codes(problem, drive(problem, [BORROW, 0]), drive(problem, [BORROW, 1], shift=1)) == {"lent"}


def test_a_location_lends_no_tool_that_it_does_not_have() -> None:
    locations = [Location(tools={SAW: 1}), LENDS]
    problem = make_problem([Visit(tools=[HAMMER])], locations=locations)
    assert codes(problem, drive(problem, [restock(0, tools=[HAMMER]), 0])) == {"lent"}
    assert codes(problem, drive(problem, [restock(1, tools=[HAMMER]), 0])) == set()
