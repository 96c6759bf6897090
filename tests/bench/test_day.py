"""Days of real calls under several policies; the calls of these tests are made up."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bench import day
from bench.city_day import KINDS, load_calls
from bench.day_table import reached, table
from bench.records import read_records, write_records
from dispatch_engine.simulation.figures import DayFigures

BEGIN = datetime(2024, 3, 4, 8, 0)  # noqa: DTZ001 -- as the city writes it, without offset


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with eight calls on each of three working days, one of which can wait."""
    path = tmp_path_factory.mktemp("calls") / "calls.csv"
    rows = ["unique_key,created,descriptor,bbl,lat,lon"]
    for number in range(24):
        at = BEGIN + timedelta(days=number // 8, minutes=40 * (number % 8))
        kind = list(KINDS)[number % 8 % 3]
        place = f"{40.70 + 0.01 * (number % 5):.2f},{-73.95 + 0.01 * (number % 7):.2f}"
        rows.append(f'{number},{at.isoformat()},"{kind}",B{number},{place}')
    path.write_text("\n".join(rows) + "\n")
    return path


def test_days_are_spread_evenly_over_the_working_days_that_have_a_day_before_them(calls: Path) -> None:
    known = load_calls(calls)
    assert [str(each) for each in day.chosen(known, 1)] == ["2024-03-06"]
    assert [str(each) for each in day.chosen(known, 9)] == ["2024-03-05", "2024-03-06"]


def test_calls_that_can_wait_are_on_the_list_of_the_next_morning(calls: Path) -> None:
    known = load_calls(calls)
    of = day.day_of(day.chosen(known, 1)[0], known, 1, timedelta(hours=1))
    assert {call.contract for call in of.document.calls} == {"calm"}
    assert {call.contract for call in of.arrivals} == {"trapped", "standard"}
    assert len(of.document.calls) == 2
    assert len(of.arrivals) == 6


def test_a_missed_response_is_priced_at_once() -> None:
    (at_once, then) = day._priced({"id": "standard"})["response_steps"]
    assert at_once["per_hour"] / 12 == day.TERMS["standard"]["missed"]
    assert at_once["per_hour"] + then["per_hour"] == day.TERMS["standard"]["late_per_hour"]


def test_policies_are_measured_on_the_same_days(
    calls: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("vroom", reason="VROOM is a peer of the bench: pip install '.[bench]'")
    written, picture = tmp_path / "days.jsonl", tmp_path / "days.png"
    asked = ["--days", "1", "--policies", "engine,nearest,vroom", "--calls", str(calls), "--iterations", "100"]
    assert day.main([*asked, "--executor", "threads:1", "--json", str(written), "--png", str(picture)]) in (0, 1)
    played = [DayFigures(**json.loads(line)) for line in written.read_text().splitlines()]
    assert [each.policy for each in played] == ["engine", "nearest", "vroom"]
    assert {each.calls for each in played} == {8}
    assert all(each.completed + each.cancelled + each.unserved == 8 for each in played)
    assert "| vroom | 1 |" in capsys.readouterr().out
    assert picture.stat().st_size > 1000


def test_days_that_were_played_before_are_not_played_again(
    calls: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = tmp_path / "before.jsonl", tmp_path / "after.jsonl"
    write_records([figures("nearest", day="2024-03-06", calls=5)], before)
    asked = ["--days", "1", "--policies", "nearest,earliest-due", "--calls", str(calls), "--executor", "threads:1"]
    assert day.main([*asked, "--played", str(before), "--json", str(after)]) == 0
    played = read_records(DayFigures, [str(after)])
    assert [(each.policy, each.calls) for each in played] == [("nearest", 5), ("earliest-due", 8)]
    assert "earliest-due" in (told := capsys.readouterr().err)
    assert "nearest" not in told


def test_a_policy_that_there_is_not_ends_the_measurement_with_advice(capsys: pytest.CaptureFixture[str]) -> None:
    assert day.main(["--policies", "oracle"]) == 2
    assert "Maybe one of engine" in capsys.readouterr().err


def figures(policy: str, day: str = "monday", **more: float) -> DayFigures:
    names = [name for name in DayFigures.__dataclass_fields__ if name not in ("day", "policy")]
    return DayFigures(**{"day": day, "policy": policy, **dict.fromkeys(names, 0), **more})  # type: ignore[arg-type] # figures by name


def test_targets_are_told_where_the_policies_are_there() -> None:
    engine = figures("engine", response_missed=2, distance_km=10, changed=1, events=10)
    nearest = figures("nearest", response_missed=4, distance_km=9)
    assert [is_met for _, is_met in reached([engine, nearest])] == [True, False, False]
    assert "2, 0.50 of the 4 of nearest" in table([engine, nearest])
    assert reached([nearest]) == []
