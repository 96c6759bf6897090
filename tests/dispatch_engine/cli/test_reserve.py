"""`dispatch reserve`: proposals from a history of calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.formats.documents import load_problem, problem_text
from tests.dispatch_engine.planner.days import call, day, shift, technician

if TYPE_CHECKING:
    from typer.testing import Result

NORTH: dict[str, Any] = {
    "id": "north",
    "polygon": [{"lat": lat, "lon": lon} for lat, lon in ((52, 13), (53, 13), (53, 14), (52, 14))],
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A Monday with a technician at home in a territory."""
    crew = [technician("T-1", "P0", home_territories=["north"], shifts=[shift(start=8, end=16)])]
    path = tmp_path / "base.json"
    path.write_bytes(problem_text(day([call("C-1", kind="lift")], crew, territories=[NORTH], time_zone="UTC")))
    return path


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Three weeks of two calls on every day, one in three of them elsewhere."""
    rows = ["created,lat,lon,kind"]
    for number in range(21):
        lat = 48.1 if number % 3 == 0 else 52.5
        rows += [f"2025-06-{2 + number:02}T{hour}:10:00,{lat},13.5,lift" for hour in ("09", "13")]
    path = tmp_path / "history.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


COLUMNS = ("--columns", "reported_at=created")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["reserve", *map(str, arguments)])


def test_a_table_says_what_is_expected_and_to_be_kept_free(base: Path, history: Path) -> None:
    told = run(base, "--history", history, *COLUMNS)
    assert told.exit_code == ExitCode.OK
    assert "hours to keep free" in told.stdout
    assert told.stdout.count("north") == 2
    assert "note: 33% of the calls come from outside of all territories" in told.stderr


def test_the_problem_is_written_with_the_reserves(base: Path, history: Path, tmp_path: Path) -> None:
    written = tmp_path / "new.json"
    assert run(base, "--history", history, *COLUMNS, "--every", 8, "--write", written).exit_code == ExitCode.OK
    (reserve,) = load_problem(written).territories[0].reserve
    assert (reserve.start.hour, reserve.end.hour) == (8, 16)
    assert 1 <= reserve.hours <= 3


def test_a_history_and_rates_at_once_are_refused(base: Path, history: Path) -> None:
    assert run(base).exit_code == ExitCode.USAGE
    assert run(base, "--history", history, "--rates", base).exit_code == ExitCode.USAGE
