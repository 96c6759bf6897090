"""`dispatch report` and `dispatch export`."""

import json
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner, Result

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.formats.documents import dump_plan, dump_problem
from tests.dispatch_engine.island import island


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a problem and its plan."""
    problem, plan = island()
    dump_problem(problem, tmp_path / "problem.json")
    dump_plan(plan, tmp_path / "plan.json")
    return tmp_path


def dispatch(folder: Path, command: str, *options: str) -> Result:
    return CliRunner().invoke(app, [command, str(folder / "problem.json"), str(folder / "plan.json"), *options])


def test_a_report_is_written(folder: Path) -> None:
    assert dispatch(folder, "report", "-o", str(folder / "plan.html")).exit_code == ExitCode.OK
    assert "Van one" in (folder / "plan.html").read_text(encoding="utf-8")


def test_a_report_goes_to_standard_output(folder: Path) -> None:
    assert dispatch(folder, "report").stdout.startswith("<!DOCTYPE html>")


def test_the_travel_source_of_the_plan_can_be_named(folder: Path) -> None:
    assert "Maybe name the source with --travel" in dispatch(folder, "report", "--travel", "geodesic").stdout
    assert "straight lines" not in dispatch(folder, "report", "--travel", "road:nauru").stdout


def test_a_network_beside_the_problem_is_found(folder: Path, root: Path) -> None:
    (folder / "mine.npz").write_bytes((root / "data" / "nauru" / "network.npz").read_bytes())
    assert "straight lines" not in dispatch(folder, "report", "--travel", "road:mine.npz").stdout


def test_a_directory_is_no_place_for_a_report(folder: Path) -> None:
    assert dispatch(folder, "report", "-o", str(folder)).exit_code == ExitCode.FILE


def test_a_problem_is_no_plan(folder: Path) -> None:
    problem = str(folder / "problem.json")
    assert CliRunner().invoke(app, ["report", problem, problem]).exit_code == ExitCode.DOCUMENT


@pytest.mark.parametrize(("form", "beginning"), [("csv", "\ufefftechnician,"), ("geojson", "{"), ("json", "{")])
def test_an_export_goes_to_standard_output(folder: Path, form: str, beginning: str) -> None:
    assert dispatch(folder, "export", "--format", form).stdout.startswith(beginning)


def test_an_export_is_written_to_a_file(folder: Path) -> None:
    assert dispatch(folder, "export", "--format", "geojson", "-o", str(folder / "routes.geojson")).exit_code == 0
    assert json.loads((folder / "routes.geojson").read_text(encoding="utf-8"))["type"] == "FeatureCollection"


def test_lines_that_do_not_follow_roads_are_told_on_stderr(folder: Path) -> None:
    told = dispatch(folder, "export", "--format", "geojson", "--travel", "geodesic").stderr
    assert "straight lines" in told


def test_calendars_go_into_a_folder_that_is_made(folder: Path) -> None:
    assert dispatch(folder, "export", "--format", "ical", "-o", str(folder / "calendars")).exit_code == ExitCode.OK
    files = sorted((folder / "calendars").iterdir())
    assert [file.name for file in files] == ["T-1.ics", "T-2.ics", "T-3.ics"]
    assert len(Calendar.from_ical(files[0].read_bytes()).walk("VEVENT")) == 4


@pytest.mark.parametrize("target", ["-", "plan.json", "missing/calendars"])
def test_calendars_go_nowhere_else(folder: Path, target: str) -> None:
    place = target if target == "-" else str(folder / target)
    assert dispatch(folder, "export", "--format", "ical", "-o", place).exit_code == ExitCode.FILE


def test_a_form_that_does_not_exist_is_wrong_use(folder: Path) -> None:
    assert dispatch(folder, "export", "--format", "pdf").exit_code == ExitCode.USAGE
