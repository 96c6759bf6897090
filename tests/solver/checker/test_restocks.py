import pytest

from solver.problem import Problem
from tests.solver.builder import Break, Location, Shift, Technician, Visit, make_problem
from tests.solver.checker.plans import codes, costs, drive, restock, with_stop

SUPPLIES = [(0, 0, 9), (1, 0, 9)]
ONE = restock(loads={0: 1})


def at(location: Location, shift: Shift | None = None, visit: Visit | None = None) -> Problem:
    """A visit that needs a piece of part 0 and one of part 1, which a location has; the van has part 1."""
    needs = visit or Visit(parts={0: 1, 1: 1})
    return make_problem([needs], [Technician(stock={1: 1})], [shift or Shift()], locations=[location])


def test_a_location_restocks_those_to_whom_it_is_open() -> None:
    open_to_all, closed = at(Location(supplies=SUPPLIES)), at(Location(supplies=SUPPLIES, closed_to=[0]))
    assert codes(open_to_all, drive(open_to_all, [ONE, 0])) == set()
    assert codes(closed, drive(closed, [ONE, 0])) == {"location"}


def test_handling_takes_its_time_and_more_for_each_different_part() -> None:
    problem = at(Location(supplies=SUPPLIES, handling_s=100, line_s=30), visit=Visit(parts={0: 2, 1: 1}))
    route = drive(problem, [restock(loads={0: 2, 1: 1}), 0])
    assert route.stops[0].end_s == 160
    assert codes(problem, route) == set()
    for off in (-1, 1):
        assert codes(problem, with_stop(route, 0, end_s=160 + off)) == {"time_wrong"}


def test_a_tool_is_a_line_too() -> None:
    location = Location(supplies=SUPPLIES, handling_s=100, line_s=30, tools={0: 1})
    problem = at(location, visit=Visit(parts={0: 1}, tools=[0]))
    route = drive(problem, [restock(loads={0: 1}, tools=[0]), 0])
    assert route.stops[0].end_s == 160
    assert codes(problem, route) == set()
    assert codes(problem, with_stop(route, 0, end_s=130)) == {"time_wrong"}


def test_what_follows_waits_until_the_handling_is_over() -> None:
    problem = at(Location(supplies=SUPPLIES, handling_s=100))
    assert codes(problem, drive(problem, [ONE, 0], starts={0: 700})) == set()
    assert codes(problem, drive(problem, [ONE, 0], starts={0: 699})) == {"time_wrong"}


def test_the_ways_to_and_from_a_location_are_driven() -> None:
    problem = at(Location(place=3, supplies=SUPPLIES))
    route = drive(problem, [ONE, 0])
    assert [stop.travel_s for stop in route.stops] == [1800, 1200]
    assert codes(problem, route) == set()
    assert codes(problem, with_stop(route, 0, travel_s=0)) == {"travel_wrong"}
    assert codes(problem, with_stop(route, 0, distance_m=0)) == {"distance_wrong"}
    assert codes(problem, with_stop(route, 0, arrival_s=1799)) == {"time_wrong"}


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([], set()),
        ([(200, 300)], set()),
        ([(201, 900)], {"opening"}),
        ([(0, 299)], {"opening"}),
        ([(0, 250), (251, 900)], {"opening"}),
        ([(0, 100), (200, 300)], set()),
    ],
)
def test_the_whole_handling_lies_in_one_of_the_opening_hours(hours: list[tuple[int, int]], expected: set[str]) -> None:
    problem = at(Location(supplies=SUPPLIES, handling_s=100, openings=hours))
    assert codes(problem, drive(problem, [restock(loads={0: 1}, start_s=200), 0])) == expected


def test_a_restock_takes_something_on() -> None:
    problem = at(Location(supplies=SUPPLIES), visit=Visit())
    assert codes(problem, drive(problem, [restock(), 0])) == {"restock_empty"}


def test_a_route_may_restock_more_than_once_at_different_places() -> None:
    visits = [Visit(parts={0: 1}), Visit(parts={1: 1})]
    locations = [Location(supplies=[(0, 0, 1)]), Location(place=2, supplies=[(1, 0, 1)])]
    problem = make_problem(visits, locations=locations)
    assert codes(problem, drive(problem, [ONE, 0, restock(1, {1: 1}), 1])) == set()
    assert codes(problem, drive(problem, [restock(1, {0: 1}), 0, restock(0, {1: 1}), 1])) == {"stock"}


def test_a_route_may_restock_twice_at_one_place() -> None:
    problem = make_problem([Visit(parts={0: 1})] * 2, locations=[Location(supplies=[(0, 0, 2)])])
    assert codes(problem, drive(problem, [ONE, 0, ONE, 1])) == set()


def test_a_restock_is_no_visit() -> None:
    problem = at(Location(supplies=SUPPLIES), Shift(max_visits=1, fixed_ticks=100, visit_ticks=7))
    assert costs(problem, drive(problem, [ONE, 0]))["callout"] == 107


def test_a_route_that_only_restocks_is_none() -> None:
    problem = at(Location(supplies=SUPPLIES))
    assert codes(problem, drive(problem, [ONE]), unplanned=[0]) == {"route_empty"}


def test_handling_is_paid_and_is_workload_but_is_not_driving() -> None:
    shift = Shift(workload_target_s=0, max_driving_s=1200)
    problem = make_problem(
        [Visit(parts={0: 1})],
        shifts=[shift],
        locations=[Location(supplies=SUPPLIES, handling_s=100)],
        fairness=[(0, 1)],
    )
    terms = costs(problem, drive(problem, [ONE, 0]))
    assert (terms["wage"], terms["fairness"]) == (1900, 1900)


def test_handling_counts_towards_the_end_of_the_shift_and_overtime() -> None:
    for latest_s, expected in ((1900, set()), (1899, {"shift"})):
        problem = at(Location(supplies=SUPPLIES, handling_s=100), Shift(regular_end_s=latest_s))
        assert codes(problem, drive(problem, [ONE, 0])) == expected
    problem = at(Location(supplies=SUPPLIES, handling_s=100), Shift(regular_end_s=1800, overtime_cap_s=100))
    assert codes(problem, drive(problem, [ONE, 0])) == set()


def test_a_break_does_not_lie_inside_the_handling() -> None:
    problem = at(Location(supplies=SUPPLIES, handling_s=100), Shift(breaks=[Break(0, 5000, 50)]))
    assert codes(problem, drive(problem, [ONE, 0], breaks=[(0, 1, 100)])) == set()
    assert codes(problem, drive(problem, [ONE, 0], breaks=[(0, 1, 99)])) == {"break_overlap"}


def test_a_break_may_be_taken_before_a_restock() -> None:
    problem = at(Location(place=2, supplies=SUPPLIES, handling_s=100), Shift(breaks=[Break(0, 5000, 50)]))
    assert codes(problem, drive(problem, [ONE, 0], breaks=[(0, 0, 300)])) == set()


def test_no_lateness_is_counted_for_a_restock() -> None:
    visit = Visit(parts={0: 1}, response=[(0, 1)], restore=[(0, 10)], downtime_ticks_per_s=100)
    problem = make_problem([visit], locations=[Location(supplies=SUPPLIES)])
    terms = costs(problem, drive(problem, [ONE, 0]))
    assert (terms["response"], terms["restore"], terms["downtime"]) == (600, 12_000, 120_000)
