"""One rule of simulated days a test. A drive to the next place takes ten minutes and is 6 km long."""

from typing import Any

import pytest

from dispatch_engine.simulation.record import Record
from tests.dispatch_engine.planner.days import at, call, location, shift, technician
from tests.dispatch_engine.simulation.played import played, record_of, reported, simulated

POLICIES = ["engine", "nearest", "earliest-due"]
BOTH = pytest.mark.parametrize("policy", POLICIES)
ALONE = [technician("T-1", "P0", shifts=[shift()])]
DRAWN = {"work_sigma": 0.3, "late": 0.2, "no_show": 0.2, "cancelled": 0.2, "absent": 0.3}


def busy_day(seed: int = 3) -> list[dict[str, Any]]:
    return [reported(f"C-{n}", 8 + n // 3, 7 * (n % 5), place=f"P{n % 6}", duration=1500) for n in range(8)]


@BOTH
def test_a_call_is_driven_to_and_worked_on(policy: str) -> None:
    record = record_of(simulated([reported("C-1", 9, place="P2")], ALONE), policy)
    call = record.of("C-1")
    assert call.responded_at is not None
    assert call.responded_at.isoformat() == at(9, 20)
    assert call.completed_at is not None
    assert call.completed_at.isoformat() == at(9, 50)
    assert (record.distance_m, record.driving.total_seconds()) == (24_000, 2400)


@BOTH
def test_the_same_seed_gives_the_same_day(policy: str) -> None:
    first, second = (record_of(simulated(busy_day(), seed=3, chances=DRAWN), policy) for _ in range(2))
    assert first == second


def test_another_seed_gives_another_day() -> None:
    first, second = (record_of(simulated(busy_day(), seed=seed, chances=DRAWN), "nearest") for seed in (3, 4))
    assert first != second


def test_all_policies_meet_the_same_chance() -> None:
    chances = {"work_sigma": 0.4}
    served = [played(simulated(busy_day(), seed=5, chances=chances), policy) for policy in POLICIES]
    assert {each.completed for each in served} == {8}
    assert len({each.service_h for each in served}) == 1


@BOTH
def test_who_works_beyond_the_end_of_the_shift_has_overtime(policy: str) -> None:
    crew = [technician("T-1", "P0", shifts=[shift(end=10, overtime_cap="PT1H")])]
    record = record_of(simulated([reported("C-1", 9, 10, place="P2")], crew), policy)
    assert record.overtime.total_seconds() == 20 * 60  # 9:10 drive, 9:30 work, 10:00 drive, 10:20 at home


@BOTH
def test_nobody_is_sent_who_would_not_be_home_in_time(policy: str) -> None:
    crew = [technician("T-1", "P0", shifts=[shift(end=10)])]
    assert played(simulated([reported("C-1", 9, 20, place="P2")], crew), policy).unserved == 1


@BOTH
def test_nobody_is_sent_without_the_skill(policy: str) -> None:
    crew = [technician("T-1", "P0", skills={"lift": 1}), technician("T-2", "P5", skills={"lift": 2})]
    figures = played(simulated([reported("C-1", 9, place="P1", skills={"lift": 2})], crew), policy)
    assert (figures.completed, figures.distance_km) == (1, 48.0)


@BOTH
def test_a_part_that_no_van_has_is_fetched_first(policy: str) -> None:
    more: dict[str, Any] = {"stock_locations": [location("L-1", "P1", stock={"KIT": 1})]}
    figures = played(simulated([reported("C-1", 9, place="P2", parts={"KIT": 1})], ALONE, **more), policy)
    assert (figures.completed, figures.restocks, figures.distance_km) == (1, 1, 24.0)


@BOTH
def test_a_part_that_nobody_knew_of_takes_a_second_visit(policy: str) -> None:
    cases = [{"probability": 1.0, "parts": {"KIT": 1}}]
    more: dict[str, Any] = {
        "stock_locations": [location("L-1", "P0", stock={"KIT": 1})],
        "policy": {"revisit_price": 0},
    }
    figures = played(simulated([reported("C-1", 9, place="P1", parts_cases=cases)], ALONE, **more), policy)
    assert (figures.calls, figures.completed, figures.visits) == (1, 1, 2)
    assert (figures.lacking_parts, figures.first_time_fix) == (1, 0.0)


@BOTH
def test_a_part_that_the_van_has_mends_a_fault_that_nobody_knew_of(policy: str) -> None:
    cases = [{"probability": 1.0, "parts": {"KIT": 1}}]
    crew = [technician("T-1", "P0", stock={"KIT": 1})]
    figures = played(simulated([reported("C-1", 9, parts_cases=cases)], crew), policy)
    assert (figures.visits, figures.first_time_fix) == (1, 1.0)


@BOTH
def test_where_nobody_opens_somebody_comes_again(policy: str) -> None:
    figures = played(simulated([reported("C-1", 9)], ALONE, chances={"no_show": 1.0}), policy)
    assert (figures.no_shows, figures.visits, figures.completed) == (1, 2, 1)


@BOTH
def test_a_call_that_is_taken_back_before_anybody_sets_out_is_not_served(policy: str) -> None:
    arrivals = [reported("C-1", 6, place="P2"), reported("C-2", 9)]
    figures = played(simulated(arrivals, ALONE, chances={"cancelled": 1.0}, **opened_at(6)), policy)
    assert (figures.cancelled, figures.completed) == (1, 1)  # at 9:30 somebody is at C-2 already


@BOTH
def test_a_technician_who_is_ill_is_sent_nowhere(policy: str) -> None:
    figures = played(simulated([reported("C-1", 15)], ALONE, chances={"absent": 1.0}), policy)
    assert (figures.absences, figures.unserved) == (1, 1)


@BOTH
def test_breaks_are_taken(policy: str) -> None:
    rest = [{"earliest": at(11), "latest": at(12), "duration": "PT30M"}]
    crew = [technician("T-1", "P0", shifts=[shift(breaks=rest)])]
    arrivals = [reported(f"C-{n}", 9, 45 * n // 60, duration=2400) for n in range(6)]
    assert record_of(simulated(arrivals, crew), policy).happened["breaks"] == 1


@BOTH
def test_a_deadline_is_missed_where_nobody_is_there_in_time(policy: str) -> None:
    arrivals = [
        reported("C-1", 9, place="P2", response_deadline=at(9, 20)),
        reported("C-2", 11, place="P5", response_deadline=at(11, 5)),
    ]
    figures = played(simulated(arrivals, ALONE), policy)
    assert (figures.response_kept, figures.response_missed) == (1, 1)


def test_a_deadline_behind_the_end_of_the_day_is_not_missed() -> None:
    arrivals = [reported("C-1", 15, 50, response_deadline=at(16)), reported("C-2", 15, 50, response_deadline=at(18))]
    figures = played(simulated(arrivals, ALONE), "nearest")
    assert (figures.unserved, figures.response_kept, figures.response_missed) == (2, 0, 0)


def test_customers_are_told_who_comes_and_told_again_where_it_is_somebody_else() -> None:
    known = [call("C-1", "P1", windows=[{"start": at(12), "end": at(13)}])]
    crew = [technician("T-1", "P1"), technician("T-2", "P5")]
    ill = simulated([], crew, known, chances={"absent": 1.0}, seed=seed_with_illness_before_noon())
    figures = played(ill, "engine")
    assert (figures.promised, figures.changed) == (1, 1)


def test_customers_who_are_told_shortly_before_do_not_hear_of_what_changes_until_then() -> None:
    known = [call("C-1", "P1", windows=[{"start": at(12), "end": at(13)}])]
    chances, policy = {"absent": 1.0}, {"name_technician_ahead": "PT50M"}
    ill = simulated([], crew_of_two(), known, seed_with_illness_before_noon(), chances, policy=policy)
    figures = played(ill, "engine")
    assert (figures.promised, figures.changed) == (1, 0)


def seed_with_illness_before_noon() -> int:
    """Return a seed of which T-1 falls ill in the morning and T-2 later."""
    for seed in range(100):
        when = {
            name: moment
            for moment, name in simulated([], crew_of_two(), seed=seed, chances={"absent": 1.0}).illnesses()
        }
        if when["T-1"].hour < 11 and when["T-2"].hour > 13:
            return seed
    raise AssertionError


def crew_of_two() -> list[dict[str, Any]]:
    return [technician("T-1", "P1"), technician("T-2", "P5")]


def test_what_is_known_in_the_morning_is_served_too() -> None:
    figures = played(simulated([], ALONE, [call("C-1", "P1")]), "nearest")
    assert (figures.calls, figures.completed, figures.events) == (1, 1, 3)


def opened_at(hour: int) -> dict[str, Any]:
    return {"horizon": {"start": at(hour), "end": at(18)}}


def test_records_of_second_visits_are_those_of_the_first_call() -> None:
    record = Record()
    record.begin("C-1")
    record.begin("C-1-2", "C-1")
    assert record.of("C-1-2") is record.of("C-1")
    assert record.is_second("C-1-2")
