"""Single cells: what is read, and what is refused because it could be meant otherwise."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dispatch_engine.importer.cell_error import CellError
from dispatch_engine.importer.cells import (
    read_counts,
    read_flag,
    read_minutes,
    read_names,
    read_number,
    read_text,
    read_whole,
)
from dispatch_engine.importer.moments import Context, read_day, read_moment

BERLIN = Context(ZoneInfo("Europe/Berlin"), date(2026, 3, 2))

READ: list[tuple[Callable[[object, Context], Any], object, Any]] = [
    (read_text, 101.0, "101"),
    (read_text, "  T-1 ", "T-1"),
    (read_number, "1,5", 1.5),
    (read_number, "-29.9", -29.9),
    (read_number, 0.1 + 0.2, 0.3),
    (read_whole, "3,0", 3),
    (read_minutes, 45, 2700),
    (read_minutes, "1:15", 4500),
    (read_minutes, "0,5", 30),
    (read_minutes, time(1, 15), 4500),
    (read_minutes, timedelta(hours=30), 108000),
    (read_names, "hoist; gauge_set;\nladder", ["hoist", "gauge_set", "ladder"]),
    (read_counts, "lift:2; boiler: 1;gas", {"lift": 2, "boiler": 1, "gas": 1}),
    (read_counts, "A:B:2", {"A:B": 2}),
    (read_flag, "Yes", True),
    (read_flag, False, False),
    (read_day, "2026-03-10", date(2026, 3, 10)),
    (read_day, "10.3.2026", date(2026, 3, 10)),
    (read_day, datetime(2026, 3, 10), date(2026, 3, 10)),  # noqa: DTZ001 - what a date cell holds
    (read_moment, "8:30", "2026-03-02T08:30:00+01:00"),
    (read_moment, time(8, 30), "2026-03-02T08:30:00+01:00"),
    (read_moment, timedelta(hours=8.5), "2026-03-02T08:30:00+01:00"),
    (read_moment, "2026-07-10 08:30", "2026-07-10T08:30:00+02:00"),
    (read_moment, "10.07.2026 08:30:15", "2026-07-10T08:30:15+02:00"),
    (read_moment, "2026-07-10T08:30:00-03:00", "2026-07-10T08:30:00-03:00"),
    (
        read_moment,
        datetime(2026, 3, 10, 8, 29, 59, 999_990),  # noqa: DTZ001 - a time cell counts the day in binary fractions
        "2026-03-10T08:30:00+01:00",
    ),
]

REFUSED: list[tuple[Callable[[object, Context], Any], object, str]] = [
    (read_number, "12 km", "cell_number"),
    (read_number, "1,234.5", "cell_number"),
    (read_number, "nan", "cell_number"),
    (read_number, "٣", "cell_number"),
    (read_number, True, "cell_number"),
    (read_whole, 2.5, "cell_whole_number"),
    (read_minutes, "45 min", "cell_minutes"),
    (read_minutes, "1:75", "cell_minutes"),
    (read_minutes, "0.001", "cell_minutes"),
    (read_minutes, 1e307, "cell_minutes"),
    (read_counts, "lift:two", "cell_list"),
    (read_counts, "lift:1; lift:2", "cell_list"),
    (read_counts, ":2", "cell_list"),
    (read_counts, "lift:" + "9" * 5000, "cell_list"),
    (read_flag, "maybe", "cell_yes_no"),
    (read_day, "03/10/2026", "cell_date"),
    (read_day, "2026-02-30", "cell_date"),
    (read_day, 46091, "cell_date"),
    (read_moment, "25:00", "cell_time"),
    (read_moment, "8 a.m.", "cell_time"),
    (read_moment, "2026-03-10", "cell_time"),
    (read_moment, 0.354, "cell_time"),
    (read_moment, timedelta(days=9_999_999), "cell_time"),
    (read_moment, datetime(9999, 12, 31, 23, 59, 59, 900_000), "cell_time"),  # noqa: DTZ001 - what a cell holds
    (read_moment, "2026-03-29 02:30", "cell_clock_change"),
    (read_moment, "2026-10-25 02:30", "cell_clock_change"),
]


@pytest.mark.parametrize(("read", "cell", "value"), READ)
def test_a_cell_is_read(read: Callable[[object, Context], Any], cell: object, value: Any) -> None:
    assert read(cell, BERLIN) == value


@pytest.mark.parametrize(("read", "cell", "code"), REFUSED, ids=lambda part: getattr(part, "__name__", str(part)[:30]))
def test_a_cell_is_refused(read: Callable[[object, Context], Any], cell: object, code: str) -> None:
    with pytest.raises(CellError) as caught:
        read(cell, BERLIN)
    assert caught.value.code == code


def test_a_time_of_day_without_any_day_is_refused() -> None:
    with pytest.raises(CellError) as caught:
        read_moment("08:30", Context(ZoneInfo("UTC")))
    assert caught.value.code == "cell_day_missing"
