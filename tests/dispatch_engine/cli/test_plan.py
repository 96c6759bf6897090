"""`dispatch plan`, `check`, `explain` and `warmup` on a small day."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.formats.documents import load_plan


def run(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(SAMPLE_DAY))
    return path


@pytest.fixture
def plan(problem: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    assert run("plan", problem, "-o", path, "--iterations", 100).exit_code == ExitCode.OK
    return path


def edited(path: Path, **changes: Any) -> Path:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    return path


def test_a_plan_is_written_and_summed_up(problem: Path, tmp_path: Path) -> None:
    result = run("plan", problem, "-o", tmp_path / "plan.json", "--iterations", 100, "--seed", 5)
    assert result.exit_code == ExitCode.OK
    assert "2 of 2 calls planned" in result.stderr
    assert "100 iterations" in result.stderr
    assert load_plan(tmp_path / "plan.json").seed == 5


def test_a_bound_that_is_asked_for_is_proven_and_told(problem: Path, tmp_path: Path) -> None:
    result = run("plan", problem, "-o", tmp_path / "plan.json", "--iterations", 100, "--bound")
    assert result.exit_code == ExitCode.OK
    assert "at most 0.0 % above the best possible (no plan costs less than " in result.stderr
    found = load_plan(tmp_path / "plan.json")
    assert found.bound is not None
    assert found.bound.gap_pct < 0.02


UNUSED = ("ortools", "scipy.linalg")


def test_a_quick_plan_loads_neither_the_master_nor_linear_algebra(problem: Path, tmp_path: Path) -> None:
    told = f"print([name for name in {UNUSED} if name in sys.modules])"
    script = f"import sys; from dispatch_engine.cli.main import app; app(standalone_mode=False); {told}"
    words = ["plan", str(problem), "-o", str(tmp_path / "plan.json"), "--travel", "geodesic", "--time-limit", "0.1"]
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_plan_goes_to_standard_output_where_no_file_is_named(problem: Path) -> None:
    assert json.loads(run("plan", problem, "--iterations", 10).stdout)["problem_id"] == "sample-day"


def test_a_report_is_written_beside_the_plan(problem: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.html"
    assert run("plan", problem, "--report", target, "-o", tmp_path / "p.json", "--iterations", 10).exit_code == 0
    assert target.read_text().startswith("<!DOCTYPE html>")


def test_an_earlier_plan_is_where_the_search_begins(problem: Path, plan: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.json"
    assert run("plan", problem, "-o", second, "--iterations", 0, "--warm-start", plan).exit_code == ExitCode.OK
    assert load_plan(second).routes == load_plan(plan).routes


def test_the_plan_of_a_problem_passes_the_check(problem: Path, plan: Path) -> None:
    result = run("check", problem, plan)
    assert result.exit_code == ExitCode.OK
    assert result.stdout == "the plan keeps every rule: 2 of 2 calls on 1 route\n"


def test_a_plan_that_breaks_a_rule_is_told_with_its_own_exit_code(problem: Path, plan: Path) -> None:
    result = run("check", problem, edited(plan, routes=[]))
    assert result.exit_code == ExitCode.CHECK
    assert "visit_missing: call C-1" in result.stdout
    assert "breaks 2 rules" in result.stderr


def test_a_plan_of_another_document_is_checked_with_a_warning(problem: Path, plan: Path) -> None:
    result = run("check", problem, plan, "--policy", edited_policy(problem))
    assert "made for another document or with other options" in result.stderr


def edited_policy(problem: Path) -> Path:
    path = problem.with_name("policy.json")
    path.write_text(json.dumps({"reassigned": 1}))
    return path


def test_a_planned_call_is_explained_by_what_others_would_add(problem: Path, plan: Path) -> None:
    lines = run("explain", problem, plan, "--call", "C-2").stdout.splitlines()
    assert lines[0] == "call C-2 is planned on shift mon of T-1; leaving it out costs 1,000.00 EUR"
    assert lines[1].startswith("* T-1 mon: +")
    assert lines[2].startswith("  T-2 mon: +")


def test_a_rule_that_forbids_a_shift_is_named(problem: Path, plan: Path) -> None:
    lines = run("explain", problem, plan, "--call", "C-1").stdout.splitlines()
    assert lines[2].startswith("  T-2 mon: skill: needs skill lift at level 1; T-2 does not have it")


def test_a_call_that_does_not_exist_is_a_fault_of_the_request(problem: Path, plan: Path) -> None:
    result = run("explain", problem, plan, "--call", "C-9")
    assert result.exit_code == ExitCode.DOCUMENT
    assert "error call_unknown" in result.stderr


def test_a_plan_that_does_not_fit_explains_nothing(problem: Path, plan: Path) -> None:
    result = run("explain", problem, edited(plan, routes=[]), "--call", "C-1")
    assert result.exit_code == ExitCode.CHECK
    assert "error plan_unfit" in result.stderr


def test_a_plan_does_not_replace_its_problem(problem: Path) -> None:
    before = problem.read_bytes()
    result = run("plan", problem, "-o", problem, "--iterations", 1)
    assert result.exit_code == ExitCode.FILE
    assert "error file_conflict" in result.stderr
    assert problem.read_bytes() == before


def test_a_plan_may_replace_the_earlier_plan_that_it_begins_with(problem: Path, plan: Path) -> None:
    assert run("plan", problem, "--warm-start", plan, "-o", plan, "--iterations", 1).exit_code == ExitCode.OK


@pytest.mark.parametrize("limit", ["inf", "nan", "-1"])
def test_a_time_limit_is_a_number_of_seconds_that_a_search_can_last(problem: Path, limit: str) -> None:
    assert run("plan", problem, "--time-limit", limit).exit_code == ExitCode.USAGE


@pytest.mark.parametrize("command", ["check", "report"])
def test_standard_input_is_one_document(command: str) -> None:
    result = run(command, "-", "-")
    assert result.exit_code == ExitCode.FILE
    assert "error file_conflict" in result.stderr


def test_a_solver_that_is_compiled_is_not_compiled_again(plan: Path) -> None:
    result = run("warmup")
    assert result.exit_code == ExitCode.OK
    assert "compiled already" in result.stderr
