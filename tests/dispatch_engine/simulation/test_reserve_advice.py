"""Proposed reserves: an hour's worth of calls each hour, all from one place, on a Monday."""

from datetime import timedelta
from typing import Any

import pytest

from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.simulation.arrivals import HOURS_A_WEEK, CallRates, Source
from dispatch_engine.simulation.errors import CallTemplateMissingError
from dispatch_engine.simulation.reserve_advice import ReserveAim, advised, with_reserves
from tests.dispatch_engine.planner.days import at, call, day, shift, technician

SQUARE = [{"lat": lat, "lon": lon} for lat, lon in ((52, 13), (53, 13), (53, 14), (52, 14))]
NORTH = {"id": "north", "polygon": SQUARE}
HERE, ELSEWHERE = (52.5, 13.5), (48.1, 11.5)
AT_ONCE = ReserveAim(probability=0.5, every=4, drive=timedelta(0))


def rates(*sources: tuple[tuple[float, float], str | None, float], per_hour: float = 1, surge: float = 0) -> CallRates:
    found = [Source(lat=lat, lon=lon, kind=kind, weight=weight) for (lat, lon), kind, weight in sources]
    return CallRates(version=1, per_hour=(per_hour,) * HOURS_A_WEEK, surge=surge, sources=tuple(found))


def document(*crew: dict[str, Any], territories: tuple[dict[str, Any], ...] = (NORTH,)) -> ProblemDocument:
    known = [call("C-1", kind="lift", duration=1800), call("C-2", kind="door", duration=5400)]
    return day(known, list(crew), territories=list(territories), time_zone="UTC")


def at_home(name: str, begin: int, end: int) -> dict[str, Any]:
    return technician(name, "P0", home_territories=["north"], shifts=[shift(start=begin, end=end)])


def test_intervals_are_parts_of_the_day_in_which_somebody_is_on_shift() -> None:
    found = advised(document(at_home("T-1", 7, 10), at_home("T-2", 9, 15)), rates((HERE, "lift", 1)), AT_ONCE)
    assert [(each.start.hour, each.end.hour, each.on_shift) for each in found] == [(7, 8, 1), (8, 12, 5), (12, 15, 3)]
    assert [each.calls for each in found] == [1, 4, 3]


def test_hours_are_those_that_calls_take_with_their_drives() -> None:
    crew = [at_home(f"T-{n}", 8, 12) for n in range(9)]
    by_drive = {
        minutes: advised(
            document(*crew), rates((HERE, "lift", 1), per_hour=4), ReserveAim(0.5, 4, timedelta(minutes=minutes))
        )[0].hours
        for minutes in (0, 30)
    }
    assert by_drive[0] == pytest.approx(16 * 0.5, abs=0.5)
    assert by_drive[30] == pytest.approx(16 * 1.0, abs=0.5)


def test_who_wants_to_be_surer_keeps_more_and_so_does_who_has_surges() -> None:
    def hours(probability: float, surge: float) -> float:
        crew = [at_home(f"T-{n}", 8, 12) for n in range(9)]
        return advised(document(*crew), rates((HERE, "lift", 1), surge=surge), ReserveAim(probability))[0].hours

    assert hours(0.5, 0) < hours(0.8, 0) < hours(0.95, 0)
    assert hours(0.95, 0) < hours(0.95, 0.5)


def test_only_calls_of_the_territory_and_of_the_kinds_that_cannot_wait_count() -> None:
    of = rates((HERE, "lift", 1), (HERE, "door", 2), (ELSEWHERE, "lift", 1))
    crew = at_home("T-1", 8, 12)
    assert advised(document(crew), of, AT_ONCE)[0].calls == pytest.approx(3)
    aim = ReserveAim(kinds=frozenset({"lift"}))
    assert advised(document(crew), of, aim)[0].calls == pytest.approx(1)


def test_no_more_is_kept_than_there_are_hours_on_shift() -> None:
    (found,) = advised(document(at_home("T-1", 8, 12)), rates((HERE, "door", 1), per_hour=10), AT_ONCE)
    assert found.hours == found.on_shift == 4


def test_nothing_is_proposed_where_nobody_is_at_home_or_nothing_comes_in() -> None:
    assert advised(document(technician("T-1", "P0")), rates((HERE, "lift", 1)), AT_ONCE) == []
    (quiet,) = advised(document(at_home("T-1", 8, 12)), rates((ELSEWHERE, "lift", 1)), AT_ONCE)
    assert quiet.hours == 0


def test_a_kind_without_an_example_is_told() -> None:
    with pytest.raises(CallTemplateMissingError):
        advised(document(at_home("T-1", 8, 12)), rates((HERE, "boiler", 1)), AT_ONCE)


def test_proposals_take_the_place_of_reserves_for_everybody_and_leave_those_for_skills() -> None:
    before = [
        {"start": at(8), "end": at(9), "hours": 1},
        {"start": at(8), "end": at(9), "hours": 1, "skills": {"lift": 2}},
    ]
    problem = document(at_home("T-1", 8, 12), territories=(NORTH | {"reserve": before},))
    after = with_reserves(problem, advised(problem, rates((HERE, "lift", 1)), AT_ONCE))
    everybody, skilled = after.territories[0].reserve
    assert (everybody.start.hour, everybody.end.hour, everybody.skills) == (8, 12, {})
    assert everybody.hours == 2
    assert skilled == problem.territories[0].reserve[1]
