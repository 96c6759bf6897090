from dataclasses import replace

import pytest

from solver.problem import NONE, ORDER_FIXED, START_FIXED, TERRITORY_REQUIRED, UNREACHABLE, Problem
from solver.solution import BreakTaken, Route, Stop
from tests.solver.builder import Break, Fact, Shift, Technician, Visit, make_problem
from tests.solver.checker.plans import codes, drive, with_stop

BEGUN = Shift(facts=[Fact(0, 700, 1500)], departed_s=50)


def begun(shift: Shift = BEGUN, first: Visit | None = None, second: Visit | None = None) -> Problem:
    """Visit 0 happened from 700 to 1,500 after a departure at 50; visit 1, 600 s further on, is to be decided."""
    return make_problem([first or Visit(), second or Visit()], shifts=[shift])


FACT = Stop(0, 700, 700, 1500, 600, 6000, is_fact=True)
ALONE = Route(0, 50, 2100, (FACT,), (), 600, 6000)
FOLLOWED = Route(0, 50, 3900, (FACT, Stop(1, 2100, 2100, 2700, 600, 6000)), (), 1200, 12_000)


def test_a_route_begins_with_its_facts() -> None:
    assert codes(begun(), FOLLOWED) == set()


def test_a_route_of_facts_alone_returns_to_the_end_place() -> None:
    assert codes(begun(), ALONE, unplanned=[1]) == set()
    assert codes(begun(), replace(ALONE, end_s=1500), unplanned=[1]) == {"time_wrong"}


def test_a_fact_that_is_left_out_is_a_changed_fact() -> None:
    assert codes(begun(), drive(begun(), [1], departure_s=50)) == {"fact_changed"}
    assert codes(begun(), unplanned=[1]) == {"fact_changed"}
    assert codes(begun(), replace(ALONE, stops=()), unplanned=[1]) == {"fact_changed"}


@pytest.mark.parametrize("change", [{"start_s": 699}, {"end_s": 1501}, {"visit": 1}, {"is_fact": False}])
def test_a_fact_stays_as_it_was_recorded(change: dict[str, int]) -> None:
    assert codes(begun(), with_stop(FOLLOWED, 0, **change)) >= {"fact_changed"}


def test_the_arrival_of_a_fact_is_free() -> None:
    assert codes(begun(), with_stop(FOLLOWED, 0, arrival_s=123)) == set()


def test_a_fact_is_not_unplanned() -> None:
    assert codes(begun(), FOLLOWED, unplanned=[0]) == {"unplanned_wrong"}


def test_a_fact_is_not_planned_again() -> None:
    problem = make_problem([Visit(), Visit()], shifts=[BEGUN, Shift(technician=1)])
    assert codes(problem, FOLLOWED, drive(problem, [0], shift=1)) == {"visit_twice"}


def test_facts_stand_ahead_of_what_is_decided() -> None:
    swapped = replace(FOLLOWED, stops=FOLLOWED.stops[::-1])
    assert codes(begun(), swapped) == {"fact_changed"}


def test_the_departure_of_a_route_with_facts_is_the_recorded_one() -> None:
    assert codes(begun(), replace(FOLLOWED, departure_s=51)) == {"departure_wrong"}


def test_facts_without_a_recorded_departure_have_no_right_departure() -> None:
    problem = begun(replace(BEGUN, departed_s=NONE))
    assert codes(problem, replace(FOLLOWED, departure_s=NONE)) == {"departure_wrong"}
    assert codes(problem, FOLLOWED) == {"departure_wrong"}


def test_no_hard_rule_judges_a_fact() -> None:
    first = Visit(
        windows=[(0, 10)],
        release_s=5000,
        skills={0: 1},
        tools=[0],
        excluded=[0],
        parts={0: 1},
        territory=0,
        territory_rule=TERRITORY_REQUIRED,
        pin_level=START_FIXED,
        pin_shift=1,
        pin_start_s=0,
    )
    problem = make_problem([first, Visit()], [Technician()] * 2, [BEGUN, Shift(technician=1)])
    assert codes(problem, FOLLOWED) == set()


def test_a_fact_uses_no_stock() -> None:
    problem = make_problem([Visit(parts={0: 1}), Visit(parts={0: 1})], [Technician(stock={0: 1})], [BEGUN])
    assert codes(problem, FOLLOWED) == set()


def test_ranks_are_compared_among_decided_visits_only() -> None:
    first, second = (Visit(pin_level=ORDER_FIXED, pin_shift=0, pin_rank=rank) for rank in (2, 1))
    assert codes(begun(first=first, second=second), FOLLOWED) == set()


def test_a_fact_may_have_been_reached_faster_than_by_the_matrix() -> None:
    assert codes(begun(replace(BEGUN, departed_s=600)), replace(FOLLOWED, departure_s=600)) == set()


def test_travel_to_a_fact_is_still_that_of_the_matrix() -> None:
    assert codes(begun(), with_stop(FOLLOWED, 0, travel_s=601)) == {"travel_wrong"}


def test_a_fact_needs_no_way() -> None:
    problem = make_problem([Visit(), Visit()], shifts=[BEGUN], travel_s={(0, 1): UNREACHABLE})
    far = with_stop(FOLLOWED, 0, travel_s=UNREACHABLE, distance_m=10 * UNREACHABLE)
    assert codes(problem, far) == set()


@pytest.mark.parametrize(
    "shift",
    [
        replace(BEGUN, max_visits=0),
        replace(BEGUN, max_driving_s=0),
        replace(BEGUN, max_distance_m=0),
        replace(BEGUN, regular_end_s=0),
        replace(BEGUN, breaks=[Break(0, 1600)]),
    ],
)
def test_a_route_of_facts_alone_is_always_feasible(shift: Shift) -> None:
    assert codes(begun(shift), ALONE, unplanned=[1]) == set()


def test_a_route_of_facts_alone_takes_no_further_break() -> None:
    problem = begun(replace(BEGUN, breaks=[Break(0, 1600, 900)]))
    rested = replace(ALONE, end_s=3000, breaks=(BreakTaken(0, 1, 1500, 2400),))
    assert codes(problem, rested, unplanned=[1]) == {"break"}


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        (replace(BEGUN, max_visits=2, max_driving_s=2400, max_distance_m=24_000, regular_end_s=3900), set()),
        (replace(BEGUN, max_visits=1), {"max_visits"}),
        (replace(BEGUN, max_driving_s=2399), {"max_driving"}),
        (replace(BEGUN, max_distance_m=23_999), {"max_distance"}),
        (replace(BEGUN, regular_end_s=3899), {"shift"}),
    ],
)
def test_facts_count_for_the_limits_of_a_route_that_goes_on(shift: Shift, expected: set[str]) -> None:
    assert codes(begun(shift), FOLLOWED) == expected


def test_what_follows_starts_after_the_last_fact() -> None:
    early = with_stop(FOLLOWED, 1, arrival_s=2099, start_s=2099, end_s=2699)
    assert codes(begun(), replace(early, end_s=3899)) == {"time_wrong"}


RESUMED = replace(BEGUN, resume_place=3, resume_s=2000)


def test_what_follows_starts_from_the_resume_place_at_the_resume_time() -> None:
    problem = begun(RESUMED, second=Visit(place=2))
    route = Route(0, 50, 4400, (FACT, Stop(1, 2600, 2600, 3200, 600, 6000)), (), 1200, 12_000)
    assert codes(problem, route) == set()
    early = with_stop(route, 1, arrival_s=2599, start_s=2599, end_s=3199)
    assert codes(problem, replace(early, end_s=4399)) == {"time_wrong"}


def test_the_way_to_the_resume_place_counts_as_driving() -> None:
    route = Route(0, 50, 4400, (FACT, Stop(1, 2600, 2600, 3200, 600, 6000)), (), 1200, 12_000)
    enough = begun(replace(RESUMED, max_driving_s=3600, max_distance_m=36_000), second=Visit(place=2))
    less = begun(replace(RESUMED, max_driving_s=3599, max_distance_m=35_999), second=Visit(place=2))
    assert codes(enough, route) == set()
    assert codes(less, route) == {"max_driving", "max_distance"}


def test_a_route_of_facts_alone_returns_from_the_resume_place() -> None:
    assert (
        codes(begun(RESUMED), replace(ALONE, end_s=3800, return_travel_s=1800, return_distance_m=18_000), unplanned=[1])
        == set()
    )


def test_an_open_route_of_facts_alone_ends_at_the_resume_time() -> None:
    open_end = replace(ALONE, return_travel_s=0, return_distance_m=0)
    ended = begun(replace(BEGUN, end_place=NONE))
    assert codes(ended, replace(open_end, end_s=1500), unplanned=[1]) == set()
    resumed = begun(replace(RESUMED, end_place=NONE))
    assert codes(resumed, replace(open_end, end_s=2000), unplanned=[1]) == set()
    assert codes(resumed, replace(open_end, end_s=1500), unplanned=[1]) == {"time_wrong"}


def test_a_shift_may_resume_without_a_fact() -> None:
    problem = make_problem([Visit()], shifts=[Shift(departed_s=100, resume_place=1, resume_s=900)])
    route = Route(0, 100, 2100, (Stop(0, 900, 900, 1500, 0, 0),), (), 600, 6000)
    assert codes(problem, route) == set()
    assert codes(problem, replace(route, departure_s=900)) == {"departure_wrong"}


def test_a_shift_that_departed_but_has_no_visit_has_no_route() -> None:
    problem = make_problem([Visit()], shifts=[Shift(departed_s=100, resume_place=1, resume_s=900)])
    assert codes(problem, unplanned=[0]) == set()
    assert codes(problem, Route(0, 100, 1500, (), (), 600, 6000), unplanned=[0]) == {"route_empty"}


def test_breaks_that_were_taken_are_behind() -> None:
    shift = replace(BEGUN, breaks=[Break(0, 3000, 300), Break(0, 3000, 300)], breaks_taken=1)
    rested = replace(
        FOLLOWED,
        end_s=4200,
        stops=(FACT, Stop(1, 2400, 2400, 3000, 600, 6000)),
        breaks=(BreakTaken(1, 1, 1500, 1800),),
    )
    assert codes(begun(shift), rested) == set()
    assert codes(begun(shift), replace(rested, breaks=(BreakTaken(0, 1, 1500, 1800),))) == {"break"}
    assert codes(begun(replace(shift, breaks_taken=2)), FOLLOWED) == set()


def test_a_break_whose_latest_start_has_passed_is_behind() -> None:
    assert codes(begun(replace(BEGUN, breaks=[Break(0, 1499)])), FOLLOWED) == set()
    assert codes(begun(replace(BEGUN, breaks=[Break(0, 1500)])), FOLLOWED) == {"break"}


def test_a_break_lies_after_the_time_at_which_the_rest_begins() -> None:
    problem = begun(replace(BEGUN, breaks=[Break(0, 3000, 300)]))
    rested = replace(
        FOLLOWED,
        end_s=4200,
        stops=(FACT, Stop(1, 2400, 2400, 3000, 600, 6000)),
        breaks=(BreakTaken(0, 1, 1500, 1800),),
    )
    assert codes(problem, rested) == set()
    assert codes(problem, replace(rested, breaks=(BreakTaken(0, 1, 1499, 1799),))) == {"break_overlap"}
    assert codes(problem, replace(rested, breaks=(BreakTaken(0, 0, 60, 360),))) >= {"break"}


def test_no_break_is_taken_before_a_departure_that_was_recorded() -> None:
    problem = make_problem([Visit()], shifts=[Shift(departed_s=600, breaks=[Break(0, 5000, 300)])])
    before = replace(drive(problem, [0], departure_s=600), breaks=(BreakTaken(0, 0, 100, 400),))
    assert codes(problem, before) >= {"break_overlap"}
    assert codes(problem, drive(problem, [0], departure_s=600, breaks=[(0, 0, 600)])) == set()
