"""Report times follow the real elevator calls."""

import csv
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from dispatch_engine.generator.arrivals import (
    CALLS_BY_HOUR,
    NO_ALTERNATE_SHARE,
    REPEAT_GAP_MIN,
    REPEAT_SHARE,
    repeat_time,
    report_time,
)
from dispatch_engine.generator.draw import Draw

DAY = datetime(2026, 3, 9, tzinfo=UTC)


def test_hours_are_as_busy_as_those_of_the_real_calls() -> None:
    draw = Draw(1, "times")
    hours = Counter(report_time(draw, DAY, DAY + timedelta(days=1)).hour for _ in range(20_000))
    wanted = np.array(CALLS_BY_HOUR) / sum(CALLS_BY_HOUR)
    assert np.array([hours[hour] for hour in range(24)]) / 20_000 == pytest.approx(wanted, abs=0.006)


def test_a_report_lies_within_its_bounds() -> None:
    draw = Draw(1, "times")
    first, last = DAY + timedelta(hours=14, minutes=30), DAY + timedelta(hours=30)
    times = [report_time(draw, first, last) for _ in range(2000)]
    assert first <= min(times) <= max(times) <= last


def test_a_repeat_follows_the_earlier_call_and_is_known_when_the_plan_is_made() -> None:
    draw = Draw(1, "times")
    last = DAY + timedelta(hours=3)
    times = [repeat_time(draw, DAY, last) for _ in range(500)]
    assert min(times) >= DAY
    assert max(times) <= last


@pytest.mark.needs_shared
def test_the_numbers_are_those_of_the_real_calls(shared: Path) -> None:
    path = shared / "instances/calls_nyc_elevators/calls_2024_jan_jun.csv"
    with path.open(newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["created"])
    created = [datetime.fromisoformat(row["created"]) for row in rows]
    assert [sum(time.hour == hour for time in created) for hour in range(24)] == [*CALLS_BY_HOUR]
    single = sum("No Alternate" in row["descriptor"] for row in rows)
    assert single / (single + sum("Multiple" in row["descriptor"] for row in rows)) == NO_ALTERNATE_SHARE
    gaps = repeat_gaps_min([(row["bbl"], time) for row, time in zip(rows, created, strict=True) if row["bbl"]])
    assert len(gaps) / sum(bool(row["bbl"]) for row in rows) == REPEAT_SHARE
    assert np.quantile(gaps, np.linspace(0, 1, 11)) == pytest.approx(REPEAT_GAP_MIN, abs=1)


def repeat_gaps_min(calls: list[tuple[str, datetime]]) -> list[float]:
    """Return minutes since the earlier call of the same building, where that is at most a day ago."""
    last: dict[str, datetime] = {}
    gaps = []
    for building, time in calls:
        if building in last and time - last[building] <= timedelta(days=1):
            gaps.append((time - last[building]) / timedelta(minutes=1))
        last[building] = time
    return gaps
