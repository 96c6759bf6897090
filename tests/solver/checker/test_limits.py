from solver.problem import NONE
from tests.solver.builder import Shift, Technician, Visit, make_problem
from tests.solver.checker.plans import codes, drive

# Two visits: the route ends at 3,600 after 2,400 s of driving over 24,000 m.


def codes_on(shift: Shift) -> set[str]:
    problem = make_problem([Visit(), Visit()], shifts=[shift])
    return codes(problem, drive(problem, [0, 1]))


def test_a_route_ends_by_the_regular_end_where_no_overtime_is_allowed() -> None:
    assert codes_on(Shift(regular_end_s=3600)) == set()
    assert codes_on(Shift(regular_end_s=3599)) == {"shift"}


def test_overtime_is_allowed_up_to_its_cap() -> None:
    assert codes_on(Shift(regular_end_s=3000, overtime_cap_s=600)) == set()
    assert codes_on(Shift(regular_end_s=3000, overtime_cap_s=599)) == {"shift"}


def test_an_open_route_need_not_be_back_by_the_end_of_the_shift() -> None:
    assert codes_on(Shift(end_place=NONE, regular_end_s=2400)) == set()
    assert codes_on(Shift(end_place=NONE, regular_end_s=2399)) == {"shift"}


def test_visits_are_limited() -> None:
    assert codes_on(Shift(max_visits=2)) == set()
    assert codes_on(Shift(max_visits=1)) == {"max_visits"}


def test_driving_is_limited_the_way_back_included() -> None:
    assert codes_on(Shift(max_driving_s=2400)) == set()
    assert codes_on(Shift(max_driving_s=2399)) == {"max_driving"}


def test_distance_is_limited_the_way_back_included() -> None:
    assert codes_on(Shift(max_distance_m=24_000)) == set()
    assert codes_on(Shift(max_distance_m=23_999)) == {"max_distance"}


def test_the_time_from_departure_to_the_end_is_limited() -> None:
    assert codes_on(Shift(max_duration_s=3600)) == set()
    assert codes_on(Shift(max_duration_s=3599)) == {"max_duration"}


def test_a_limit_of_zero_is_a_limit() -> None:
    assert codes_on(Shift(max_visits=0)) == {"max_visits"}


def two_routes(held: int, technician: int = 0) -> set[str]:
    """Two visits that use two pieces each, on two shifts."""
    problem = make_problem(
        [Visit(parts={1: 2}), Visit(parts={1: 2})],
        [Technician(stock={1: held})] * 2,
        [Shift(), Shift(technician=technician)],
    )
    return codes(problem, drive(problem, [0]), drive(problem, [1], shift=1))


def test_a_route_uses_no_more_of_a_part_than_the_van_holds() -> None:
    for held, expected in ((2, set()), (1, {"part"})):
        problem = make_problem([Visit(parts={0: 2})], [Technician(stock={0: held})])
        assert codes(problem, drive(problem, [0])) == expected


def test_all_routes_of_a_technician_share_one_van() -> None:
    assert two_routes(held=4) == set()
    assert two_routes(held=3) == {"part"}


def test_technicians_do_not_share_a_van() -> None:
    assert two_routes(held=2, technician=1) == set()


def test_one_part_does_not_stand_in_for_another() -> None:
    problem = make_problem([Visit(parts={0: 1})], [Technician(stock={1: 5})])
    assert codes(problem, drive(problem, [0])) == {"part"}


def test_an_unplanned_visit_uses_no_parts() -> None:
    problem = make_problem([Visit(parts={0: 1}), Visit(parts={0: 1})], [Technician(stock={0: 1})])
    assert codes(problem, drive(problem, [0]), unplanned=[1]) == set()
