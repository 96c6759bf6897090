"""`dispatch whatif`: tables for people and programs, coded errors, and Ctrl-C keeps what is done."""

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
from dispatch_engine.travel.errors import NetworkNotFoundError
from dispatch_engine.whatif.comparison import ComparisonDocument

if TYPE_CHECKING:
    from typer.testing import Result

SCENARIOS = """
version: 1
id: sick
name: T01 is sick
changes: [{type: absence, technician: T01}]
---
version: 1
id: same
"""


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    path = tmp_path / "scenarios.yaml"
    path.write_text(SCENARIOS)
    return path


@pytest.fixture
def island(root: Path) -> Path:
    return root / "data/nauru/day.json"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["whatif", *map(str, arguments)])


def test_one_run_writes_the_table_and_every_file_that_is_wanted(island: Path, scenarios: Path, tmp_path: Path) -> None:
    names = {option: tmp_path / f"out.{option}" for option in ("json", "csv", "markdown")}
    files = [part for option, path in names.items() for part in (f"--{option}", path)]
    result = run(island, scenarios, "--iterations", 100, "--seeds", 3, "--executor", "threads:1", *files)
    assert result.exit_code == ExitCode.OK, result.output
    assert "Cost in all" in result.stdout
    assert "9 runs of 100 iterations each, 3 seeds" in result.stdout
    document = ComparisonDocument.model_validate_json(names["json"].read_text())
    rows = list(csv.DictReader(io.StringIO(names["csv"].read_text("utf-8-sig"))))
    (cost,) = [row for row in rows if row["figure"] == "cost" and row["scenario"] == "sick"]
    (stated,) = [row for row in document.figures if row.key == "cost"]
    told = stated.scenarios["sick"].difference
    assert told is not None
    assert (float(cost["difference"]), cost["significant"], cost["verdict"]) == (told.mean, "yes", "worse")
    assert len(rows) == sum((row.base is not None) + len(row.scenarios) for row in document.figures)
    table = names["markdown"].read_text()
    assert "| Figure | base | sick | same |" in table
    assert "- **sick**: T01 is sick" in table


def test_a_document_for_standard_output_stands_there_alone(island: Path, scenarios: Path) -> None:
    result = run(island, scenarios, "--iterations", 20, "--seeds", 1, "--json", "-")
    assert json.loads(result.stdout)["problem_id"] == "nauru"


def test_every_figure_is_shown_where_all_are_wanted(island: Path, scenarios: Path) -> None:
    short = run(island, scenarios, "--iterations", 20, "--seeds", 1, "--markdown", "-").stdout
    whole = run(island, scenarios, "--iterations", 20, "--seeds", 1, "--markdown", "-", "--all").stdout
    assert "Waiting, h" in whole
    assert "Waiting, h" not in short


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        ("version: 1\nid: a\nchanges: [{type: absence, technician: T99}]", [], ExitCode.DOCUMENT, "change_unknown_id"),
        ("version: 1\nid: [a", [], ExitCode.DOCUMENT, "yaml_syntax"),
        ("version: 1\nid: a", ["--executor", "fibres:2"], ExitCode.USAGE, "executor_unknown"),
        ("version: 1\nid: a", ["--json", "/nonexistent/x.json"], ExitCode.FILE, "file_unwritable"),
        ("version: 1\nid: a", ["--seeds", "0"], ExitCode.USAGE, "--seeds"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_solved(
    island: Path, tmp_path: Path, text: str, options: list[str], code: ExitCode, said: str
) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text)
    result = run(island, path, *options)
    assert (result.exit_code, said in result.stderr) == (code, True)


def test_a_scenario_that_cannot_be_solved_is_told_with_its_exit_code(island: Path, tmp_path: Path) -> None:
    path = tmp_path / "lost.yaml"
    lost = "{type: change_travel, set: {source: road, network: atlantis}}"
    path.write_text(f"version: 1\nid: lost\nchanges: [{lost}]\n")
    result = run(island, path, "--iterations", 20, "--seeds", 2)
    assert result.exit_code == ExitCode.FILE
    assert f"lost: 2 of 2 runs failed, {NetworkNotFoundError.code}" in result.stdout


def test_ctrl_c_keeps_what_is_done_and_tells_what_is_missing(island: Path, scenarios: Path, tmp_path: Path) -> None:
    document = tmp_path / "out.json"
    program = "from dispatch_engine.cli.main import main; main()"
    options = ["--iterations", "100", "--seeds", "900", "--executor", "threads:1", "--json", str(document)]
    process = subprocess.Popen(
        [sys.executable, "-c", f"{WATCHED}{program}", "whatif", str(island), str(scenarios), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "a run has ended\n"
    process.send_signal(signal.SIGINT)
    table, _ = process.communicate(timeout=120)
    assert process.returncode == ExitCode.ENDED_EARLY
    assert "seeds done, the rest was called off" in table
    told: dict[str, Any] = json.loads(document.read_text())
    assert told["base"]["seeds_done"][0] == 0
    assert told["base"]["seeds_missing"][-1] == 899


WATCHED = """
import dispatch_engine.cli.whatif as whatif
said, whatif._said = whatif._said, lambda *run: print("a run has ended", flush=True) or said(*run)
"""
"""Has the program tell of each run, as the bar does in a terminal."""
