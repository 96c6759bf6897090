"""`dispatch import` from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.formats.documents import load_problem


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["import", *map(str, arguments)])


@pytest.mark.parametrize("name", ["day.xlsx", "day"])
def test_a_template_is_written_and_imported(tmp_path: Path, name: str) -> None:
    assert run("--template", tmp_path / name).exit_code == ExitCode.OK
    result = run(tmp_path / name, "--time-zone", "America/Santiago", "-o", tmp_path / "day.json")
    assert result.exit_code == ExitCode.OK
    assert "1 call" in result.stderr
    assert load_problem(tmp_path / "day.json").time_zone == "America/Santiago"


def test_a_mapping_file_renames_columns(tmp_path: Path) -> None:
    run("--template", tmp_path / "day")
    calls = tmp_path / "day" / "calls.csv"
    calls.write_text(calls.read_text().replace("duration_min", "Dauer"))
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"columns": {"calls": {"duration_min": "Dauer"}}}))
    assert run(tmp_path / "day", "--time-zone", "UTC", "--mapping", mapping).exit_code == ExitCode.OK


def test_faulty_tables_are_a_faulty_document_and_nothing_is_written(tmp_path: Path) -> None:
    run("--template", tmp_path / "day")
    (tmp_path / "day" / "calls.csv").write_text("call,lat\n")
    result = run(tmp_path / "day", "--time-zone", "UTC", "-o", tmp_path / "day.json")
    assert result.exit_code == ExitCode.DOCUMENT
    assert "column_missing" in result.stderr
    assert not (tmp_path / "day.json").exists()


def test_a_file_of_another_type_is_a_file_error(tmp_path: Path) -> None:
    (tmp_path / "day.pdf").write_bytes(b"%PDF")
    assert run(tmp_path / "day.pdf", "--time-zone", "UTC").exit_code == ExitCode.FILE


def test_the_time_zone_and_the_tables_are_needed(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == ExitCode.USAGE
    assert run("--time-zone", "UTC").exit_code == ExitCode.USAGE
