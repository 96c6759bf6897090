"""`dispatch simulate`: days by rules alone, which need no search."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.formats.documents import problem_text
from tests.dispatch_engine.planner.days import call, day, shift, technician

if TYPE_CHECKING:
    from typer.testing import Result

RULES = ("--policies", "nearest,earliest-due")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A Monday with two technicians, and one example of each kind of call."""
    here, there = {"lat": 52.50, "lon": 13.40}, {"lat": 52.54, "lon": 13.46}
    crew = [technician(f"T-{k}", shifts=[shift(end=17)]) | {"home": place} for k, place in enumerate((here, there))]
    calls = [call(f"C-{kind}", kind=kind) | {"place": here} for kind in ("lift", "door")]
    path = tmp_path / "base.json"
    path.write_bytes(problem_text(day(calls, crew, travel={"source": "geodesic"})))
    return path


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Three weeks of six calls on every day."""
    rows = ["created,lat,lon,what"]
    for number in range(21):
        rows += [f"2025-06-{2 + number:02}T{9 + k}:1{k}:00,52.5{k},13.4{k},{('lift', 'door')[k % 2]}" for k in range(6)]
    path = tmp_path / "history.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


COLUMNS = ("--columns", "reported_at=created,kind=what")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["simulate", *map(str, arguments)])


def refused(code: str, *arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == ExitCode.DOCUMENT, result.output
    assert code in result.stderr
    return result.stderr


def test_recorded_days_are_played_under_every_policy(base: Path, history: Path, tmp_path: Path) -> None:
    files = {kind: tmp_path / f"out.{kind}" for kind in ("json", "csv")}
    wanted = [part for kind, path in files.items() for part in (f"--{kind}", path)]
    result = run(base, "--history", history, *COLUMNS, "--days", 3, *RULES, *wanted)
    assert result.exit_code == ExitCode.OK, result.output
    assert "distance km" in result.stdout
    found = json.loads(files["json"].read_text())
    assert [(each["day"], each["policy"]) for each in found["days"]] == [
        (when, policy) for when in ("2025-06-04", "2025-06-11", "2025-06-18") for policy in ("nearest", "earliest-due")
    ]
    assert {each["calls"] for each in found["days"]} == {8}
    assert found["missing"] == 0
    assert found["policies"]["earliest-due"]["differences"]["to"] == "nearest"
    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text("utf-8-sig"))))
    assert [float(row["distance_km"]) for row in rows] == [each["distance_km"] for each in found["days"]]


def test_days_are_drawn_from_fitted_rates_and_from_the_rates_that_were_written(
    base: Path, history: Path, tmp_path: Path
) -> None:
    rates = tmp_path / "rates.json"
    fitted = run(
        base, "--history", history, *COLUMNS, "--fit", "--write-rates", rates, "--days", 3, *RULES, "--json", "-"
    )
    stated = run(base, "--rates", rates, "--days", 3, *RULES, "--json", "-")
    assert fitted.exit_code == stated.exit_code == ExitCode.OK, fitted.output
    assert fitted.stdout == stated.stdout
    assert json.loads(fitted.stdout)["days"][0]["day"] == "day-1"


def test_the_seed_decides(base: Path, history: Path) -> None:
    asked = (base, "--history", history, *COLUMNS, "--days", 2, *RULES, "--json", "-")
    first, again, other = (run(*asked, "--seed", seed).stdout for seed in (1, 1, 2))
    assert first == again
    assert json.loads(first)["days"] != json.loads(other)["days"]


def test_processes_come_to_the_same_as_threads(base: Path, history: Path) -> None:
    asked = (base, "--history", history, *COLUMNS, "--days", 2, *RULES, "--json", "-")
    threads, processes = (run(*asked, "--executor", where).stdout for where in ("threads:1", "processes:1"))
    assert threads == processes


@pytest.mark.parametrize(
    ("chances", "code"),
    [
        ({"travel": {"least": -1}}, "out_of_range"),
        ({"work_sigma": -0.5}, "out_of_range"),
        ({"no_show": -0.1}, "probability_range"),
        ({"travel": {"least": 1.4, "most": 1.2}}, "chances_order"),
        ({"weather": 1}, "unknown_key"),
    ],
)
def test_distributions_that_cannot_be_are_refused(
    base: Path, history: Path, tmp_path: Path, chances: dict[str, Any], code: str
) -> None:
    path = tmp_path / "chances.json"
    path.write_text(json.dumps(chances))
    refused(code, base, "--history", history, *COLUMNS, *RULES, "--days", 1, "--chances", path)


def test_a_history_without_the_needed_columns_is_refused(base: Path, history: Path) -> None:
    assert "reported_at" in refused("column_missing", base, "--history", history, *RULES)


def test_a_history_of_too_few_days_is_refused(base: Path, history: Path) -> None:
    assert "15 days like" in refused("calls_history_short", base, "--history", history, *COLUMNS, *RULES, "--days", 16)


def test_a_kind_that_nothing_says_anything_of_is_refused(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text("reported_at,lat,lon,kind\n2025-06-02T10:00:00,52.5,13.4,boiler\n")
    said = refused("call_template_missing", base, "--history", path, *RULES, "--days", 1)
    assert "the kinds are: door, lift" in said


def test_rates_of_less_than_nothing_are_refused(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "rates.json"
    path.write_text(json.dumps({"version": 1, "per_hour": [-1] * 168, "sources": [{"lat": 52.5, "lon": 13.4}]}))
    refused("out_of_range", base, "--rates", path, *RULES)


def test_a_policy_that_there_is_not_is_refused(base: Path, history: Path) -> None:
    assert "Maybe one of engine" in refused(
        "simulated_policy_unknown", base, "--history", history, "--policies", "oracle"
    )


@pytest.mark.parametrize(
    "options", [(), ("--rates", "r.json", "--history", "h.csv"), ("--rates", "r.json", "--fit")], ids=str
)
def test_days_come_from_one_thing(base: Path, options: tuple[str, ...]) -> None:
    assert run(base, *options).exit_code == ExitCode.USAGE


def test_ctrl_c_keeps_the_days_that_are_done(base: Path, history: Path, tmp_path: Path) -> None:
    written = tmp_path / "out.json"
    program = "from dispatch_engine.cli.main import main; main()"
    asked = ["--history", str(history), *COLUMNS, "--fit", "--days", "300", *RULES, "--executor", "threads:1"]
    process = subprocess.Popen(
        [sys.executable, "-c", f"{WATCHED}{program}", "simulate", str(base), *asked, "--json", str(written)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "a day has ended\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == ExitCode.ENDED_EARLY, said
    found = json.loads(written.read_text())
    assert found["days"][0]["day"] == "day-1"
    assert found["missing"] == 600 - len(found["days"]) > 0
    assert "were called off" in said


WATCHED = """
import dispatch_engine.cli.simulate as simulate
said, simulate._said = simulate._said, lambda *day: print("a day has ended", flush=True) or said(*day)
"""
