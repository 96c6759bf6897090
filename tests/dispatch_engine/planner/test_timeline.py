from datetime import UTC, datetime, timedelta

from dispatch_engine.planner.timeline import Timeline
from solver.validation import MAX_TIME_S
from tests.dispatch_engine.planner.days import at, call, day, shift, technician


def test_the_origin_is_a_full_hour_before_everything_that_can_begin() -> None:
    assert Timeline.of(day([call()])).origin == datetime(2026, 3, 2, 7, tzinfo=UTC)


def test_a_recorded_departure_before_the_shift_moves_the_origin() -> None:
    early = shift(facts={"departed_at": at(5, 30)})
    assert Timeline.of(day([call()], [technician(shifts=[early])])).origin == datetime(2026, 3, 2, 5, tzinfo=UTC)


def test_seconds_count_from_the_origin_whatever_the_offset_of_a_moment() -> None:
    timeline = Timeline(datetime(2026, 3, 2, 7, tzinfo=UTC), "Europe/Berlin")
    assert timeline.seconds(datetime.fromisoformat("2026-03-02T09:00:30+01:00")) == 3630


def test_moments_carry_the_offset_that_holds_then() -> None:
    timeline = Timeline(datetime(2026, 3, 29, 0, tzinfo=UTC), "Europe/Berlin")
    assert timeline.moment(1800).isoformat() == "2026-03-29T01:30:00+01:00"
    assert timeline.moment(5400).isoformat() == "2026-03-29T03:30:00+02:00"


def test_differences_of_moments_are_right_across_a_change_of_the_clocks() -> None:
    timeline = Timeline(datetime(2026, 3, 29, 0, tzinfo=UTC), "Europe/Berlin")
    assert timeline.moment(5400) - timeline.moment(1800) == timedelta(hours=1)


def test_what_lies_before_the_origin_or_years_on_is_cut_off() -> None:
    timeline = Timeline(datetime(2026, 3, 2, tzinfo=UTC), "UTC")
    assert timeline.clipped(datetime(2026, 3, 1, tzinfo=UTC)) == 0
    assert timeline.clipped(datetime(2030, 3, 1, tzinfo=UTC)) == MAX_TIME_S
