"""Rates of calls: fitted, drawn, held against weeks that they have not seen. The histories are drawn themselves."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import fmean
from zoneinfo import ZoneInfo

import pytest

from bench import arrivals as bench_arrivals
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.simulation.arrivals import HOURS_A_WEEK, CallRates, Source, drawn, fitted, hour_of_week
from dispatch_engine.simulation.backtest import all_days, backtest
from dispatch_engine.simulation.draws import Draws
from dispatch_engine.simulation.errors import CallsHistoryShortError, HistoryColumnsError
from dispatch_engine.simulation.history import CallHistory, PastCall, columns_of, load_calls

ZONE = ZoneInfo("America/Santiago")
MONDAY = date(2026, 3, 2)
SOURCES = (Source(lat=-29.9, lon=-71.2, kind="lift", weight=3), Source(lat=-30.1, lon=-71.4, kind="door", weight=1))
BUSY = tuple(4.0 if hour % 24 in range(8, 18) else 0.5 for hour in range(HOURS_A_WEEK))


def rates(surge: float = 0.0) -> CallRates:
    return CallRates(version=1, per_hour=BUSY, surge=surge, sources=SOURCES)


def history(weeks: int, surge: float = 0.0) -> CallHistory:
    days = [MONDAY + timedelta(days=number) for number in range(7 * weeks)]
    return CallHistory(tuple(call for day in days for call in drawn(rates(surge), day, ZONE, Draws(1, str(day)))))


def test_hours_of_the_week_begin_with_monday() -> None:
    assert hour_of_week(datetime(2026, 3, 2, 0, 59, tzinfo=UTC)) == 0
    assert hour_of_week(datetime(2026, 3, 8, 23, 0, tzinfo=UTC)) == HOURS_A_WEEK - 1


def test_rates_are_found_again() -> None:
    found = fitted(history(20).calls, all_days(history(20)))
    assert sum(found.per_hour) == pytest.approx(sum(BUSY), rel=0.05)
    assert fmean(found.per_hour[h] for h in range(HOURS_A_WEEK) if BUSY[h] == 4) == pytest.approx(4, rel=0.05)
    assert found.surge < 0.01


def test_surges_are_found_again() -> None:
    found = fitted(history(30, surge=0.2).calls, all_days(history(30, surge=0.2)))
    assert found.surge == pytest.approx(0.2, rel=0.5)


def test_kinds_and_areas_keep_their_shares() -> None:
    found = fitted(history(10).calls, all_days(history(10)))
    weight = {kind: sum(each.weight for each in found.sources if each.kind == kind) for kind in ("lift", "door")}
    assert weight["lift"] / weight["door"] == pytest.approx(3, rel=0.2)
    assert all(min(abs(each.lat - 29.9 * -1), abs(each.lat + 30.1)) < 0.03 for each in found.sources)


def test_a_day_is_drawn_by_its_seed_in_order_of_time() -> None:
    first, second = (drawn(rates(0.1), MONDAY, ZONE, Draws(3, "monday")) for _ in range(2))
    assert first == second
    assert list(first) == sorted(first, key=lambda call: call.at)
    assert {call.at.date() for call in first} == {MONDAY}
    assert drawn(rates(0.1), MONDAY, ZONE, Draws(4, "monday")) != first


def test_hours_without_a_rate_have_no_calls() -> None:
    silent = rates().model_copy(update={"per_hour": (0.0,) * HOURS_A_WEEK})
    assert drawn(silent, MONDAY, ZONE, Draws(1)) == ()


@pytest.mark.parametrize("surge", [0.0, 0.1])
def test_weeks_that_were_held_out_lie_within_the_band(surge: float) -> None:
    found = backtest(history(16, surge), 4)
    assert (found.fitted_days, found.held_out_days, found.hours) == (84, 28, 672)
    assert found.inside_poisson >= 0.9
    assert found.inside_surges >= 0.94


def test_a_model_of_other_weeks_is_found_out() -> None:
    quiet = history(12)
    last = all_days(quiet)[-28]
    tripled = [call for call in quiet.calls if call.at.date() >= last for _ in range(2)]
    assert backtest(CallHistory((*quiet.calls, *tripled)), 4).inside_poisson < 0.8


def test_a_history_that_is_too_short_is_refused() -> None:
    with pytest.raises(CallsHistoryShortError, match="13 days with calls, and 14 are needed"):
        fitted(history(2).calls, all_days(history(2))[:13])
    with pytest.raises(CallsHistoryShortError, match="14 days, and 28 are needed"):
        backtest(history(2), 2)


def written(path: Path, *rows: str, head: str = "created,lat,lon,descriptor,agency") -> Path:
    path.write_text("\n".join([head, *rows]) + "\n")
    return path


def test_a_history_is_read_by_the_headings_that_it_has(tmp_path: Path) -> None:
    path = written(
        tmp_path / "calls.csv",
        "2026-03-02T09:30:00,-29.9,-71.2,lift,X",
        "2026-03-02T08:00:00,-29.9,-71.2,,X",
        "2026-03-02T10:00:00,,,lift,X",
    )
    found = load_calls(path, ZONE, columns_of("reported_at=created, kind=descriptor"))
    assert [(call.at.hour, call.kind) for call in found.calls] == [(8, None), (9, "lift")]
    assert found.without_place == 1
    assert found.days == (MONDAY,)


def test_a_history_without_the_needed_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentErrors) as caught:
        load_calls(written(tmp_path / "calls.csv", "2026-03-02T09:30:00,-29.9,-71.2,lift,X"), ZONE)
    assert [fault.code for fault in caught.value.faults] == ["column_missing"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("yesterday,-29.9,-71.2,lift,X", "cell_time"),
        (",-29.9,-71.2,lift,X", "cell_empty"),
        ("2026-03-02T09:30:00,north,-71.2,lift,X", "cell_number"),
        ("2026-03-02T09:30:00,-299,-71.2,lift,X", "cell_number"),
    ],
)
def test_each_faulty_cell_is_named(tmp_path: Path, row: str, code: str) -> None:
    with pytest.raises(DocumentErrors) as caught:
        load_calls(written(tmp_path / "calls.csv", row), ZONE, {"reported_at": "created"})
    assert [fault.code for fault in caught.value.faults] == [code]


@pytest.mark.parametrize("text", ["created", "when=created", "reported_at="])
def test_what_does_not_say_which_column_is_meant_is_refused(text: str) -> None:
    with pytest.raises(HistoryColumnsError, match="COLUMN=HEADING"):
        columns_of(text)


def test_the_measurement_ends_with_0_where_the_rates_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        f"{call.at.replace(tzinfo=None).isoformat()},{call.lat},{call.lon},{call.kind}," for call in history(8).calls
    ]
    path, asked = written(tmp_path / "calls.csv", *rows), ["--time-zone", ZONE.key, "--columns", "reported_at=created"]
    assert bench_arrivals.main(["--history", str(path), *asked, "--weeks", "2"]) == 0
    assert "| 42 | 14 | 336 |" in capsys.readouterr().out


def test_the_measurement_names_what_is_wrong_with_a_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_arrivals.main(["--history", str(written(tmp_path / "calls.csv"))]) == 2
    assert "reported_at" in capsys.readouterr().err


def test_a_call_keeps_the_local_time_of_its_history() -> None:
    assert PastCall(datetime(2026, 3, 2, 9, tzinfo=ZONE), 1.0, 2.0).at.hour == 9
