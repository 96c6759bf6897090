"""Which night a pick list is for, and when the vans have to be loaded."""

from datetime import date, datetime
from typing import Any

import pytest

from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.restock.errors import NightUnknownError
from dispatch_engine.restock.nights import Days, Night
from tests.dispatch_engine.restock.week import FRIDAY, MONDAY, NEXT_MONDAY, TUESDAY, at, depot, problem, shift, van


def march(day: int) -> date:
    return date(2026, 3, day)


def week(*days: int, **more: Any) -> ProblemDocument:
    return problem([van(days=days)], [depot({})], **more)


def test_the_night_is_that_after_the_first_day_where_none_is_asked_for() -> None:
    assert Days(week(MONDAY, TUESDAY)).night_of(None) == Night(march(MONDAY), march(TUESDAY))


def test_the_night_is_that_after_the_day_of_now() -> None:
    days = Days(week(MONDAY, TUESDAY, FRIDAY, now=at(TUESDAY, 10)))
    assert days.night_of(None) == Night(march(TUESDAY), march(FRIDAY))


def test_a_night_lasts_until_the_next_day_with_shifts() -> None:
    assert Days(week(FRIDAY, NEXT_MONDAY)).night_of(march(FRIDAY)) == Night(march(FRIDAY), march(NEXT_MONDAY))


def test_a_date_without_shifts_belongs_to_the_night_that_began_before_it() -> None:
    assert Days(week(FRIDAY, NEXT_MONDAY)).night_of(march(8)) == Night(march(FRIDAY), march(NEXT_MONDAY))


def test_the_night_before_the_first_day_can_be_asked_for() -> None:
    assert Days(week(MONDAY)).night_of(march(1)) == Night(march(1), march(MONDAY))


def test_the_morning_after_the_last_day_is_the_next_date() -> None:
    assert Days(week(FRIDAY)).night_of(march(FRIDAY)) == Night(march(FRIDAY), march(7))


@pytest.mark.parametrize("asked", [FRIDAY + 1, NEXT_MONDAY])
def test_a_night_after_the_last_day_is_refused(asked: int) -> None:
    with pytest.raises(NightUnknownError, match="from 2026-03-02 to 2026-03-06"):
        Days(week(MONDAY, FRIDAY)).night_of(march(asked))


def test_a_night_long_before_now_is_refused() -> None:
    with pytest.raises(NightUnknownError):
        Days(week(MONDAY, TUESDAY, FRIDAY, now=at(FRIDAY, 10))).night_of(march(MONDAY))


def test_a_document_without_shifts_has_no_night() -> None:
    with pytest.raises(NightUnknownError, match="it has no shifts"):
        Days(problem([van(days=(), replenished_at=None)], [])).night_of(None)


def test_a_van_has_to_be_loaded_when_its_next_shift_starts() -> None:
    document = problem([van(days=(), shifts=[shift(MONDAY), shift(TUESDAY, 6, 14)])], [depot({})])
    days = Days(document)
    assert days.ready_at(document.technicians[0], days.night_of(None)) == datetime.fromisoformat(at(TUESDAY, 6))


def test_a_van_that_stays_at_home_has_to_be_loaded_when_it_last_left() -> None:
    document = problem([van(days=(), shifts=[shift(MONDAY, 7)]), van("T-2", days=(TUESDAY,))], [depot({})])
    days = Days(document)
    assert days.ready_at(document.technicians[0], days.night_of(None)) == datetime.fromisoformat(at(TUESDAY, 7))


def test_days_are_those_of_the_documents_time_zone() -> None:
    late = {"id": "late", "start": "2026-03-02T23:30:00+00:00", "end": "2026-03-03T06:00:00+00:00"}
    assert Days(problem([van(days=(), shifts=[late])], [depot({})])).dates == [march(TUESDAY)]
