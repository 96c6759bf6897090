"""`dispatch restock` from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.formats.documents import load_problem, plan_text, problem_text
from tests.dispatch_engine.restock.week import TUESDAY, call, depot, planned, problem, route, van, visit

HISTORY = "date,technician,part,pieces\n" + "".join(f"2026-02-{day:02},T-1,A,{day % 2}\n" for day in range(1, 29))


def run(*words: object) -> Any:
    return CliRunner().invoke(app, ["restock", *map(str, words)])


@pytest.fixture
def week(tmp_path: Path) -> Path:
    """Return a document that loads vans with what the next day needs; the plan beside it is plan.json."""
    document = problem([van(loadout={"A": 2})], [depot({"A": 5})], [call("C-1", {"A": 3})], "need")
    (tmp_path / "plan.json").write_bytes(plan_text(planned(document, route("T-1", TUESDAY, visit("C-1", {"A": 3})))))
    path = tmp_path / "week.json"
    path.write_bytes(problem_text(document))
    return path


@pytest.fixture
def plan(week: Path) -> Path:
    return week.with_name("plan.json")


@pytest.fixture
def history(tmp_path: Path) -> Path:
    path = tmp_path / "use.csv"
    path.write_text(HISTORY)
    return path


def test_the_pick_list_goes_to_standard_output_as_a_table(week: Path, plan: Path) -> None:
    result = run(week, "--plan", plan)
    assert result.exit_code == ExitCode.OK
    assert "night of 2026-03-02" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_every_form_names_what_is_to_be_loaded(week: Path, plan: Path, form: str) -> None:
    result = run(week, "--plan", plan, "--format", form)
    assert result.exit_code == ExitCode.OK
    assert "T-1" in result.stdout
    assert "C-1" in result.stdout


def test_a_file_is_written_in_the_form_of_its_name(week: Path, plan: Path, tmp_path: Path) -> None:
    assert run(week, "--plan", plan, "-o", tmp_path / "tonight.json").exit_code == ExitCode.OK
    found = json.loads((tmp_path / "tonight.json").read_text())
    assert found["locations"][0]["total"] == {"A": 3}


def test_the_problem_is_read_from_standard_input(week: Path, plan: Path) -> None:
    result = CliRunner().invoke(app, ["restock", "-", "--plan", str(plan)], input=week.read_bytes())
    assert result.exit_code == ExitCode.OK
    assert "C-1" in result.stdout


def test_another_night_is_asked_for_by_its_date(week: Path, plan: Path) -> None:
    result = run(week, "--plan", plan, "--night", "2026-03-03", "--format", "json")
    assert json.loads(result.stdout)["night"] == "2026-03-03"


def test_a_night_that_the_document_does_not_have_is_refused(week: Path, plan: Path) -> None:
    result = run(week, "--plan", plan, "--night", "2026-04-01")
    assert result.exit_code == ExitCode.DOCUMENT
    assert "error night_unknown" in result.stderr


def test_need_without_a_plan_is_refused(week: Path) -> None:
    result = run(week)
    assert result.exit_code == ExitCode.DOCUMENT
    assert "error night_plan_missing" in result.stderr


def test_a_policy_file_changes_the_rule(week: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text('{"overnight_replenishment": "loadout"}')
    result = run(week, "--policy", policy, "--format", "json")
    assert json.loads(result.stdout)["locations"][0]["total"] == {"A": 2}
    assert "note: no plan is given" in result.stderr


def test_loadouts_are_recommended_and_put_into_the_problem(week: Path, history: Path, tmp_path: Path) -> None:
    result = run(week, "--recommend", history, "--service-level", 0.9, "--write", tmp_path / "new.json")
    assert result.exit_code == ExitCode.OK
    assert "Loadouts from 28 days of use" in result.stdout
    assert load_problem(tmp_path / "new.json").technicians[0].loadout == {"A": 1}


def test_the_options_of_a_recommendation_are_in_its_document(week: Path, history: Path) -> None:
    result = run(
        week, "--recommend", history, "--review-days", 2, "--by-price", "--holding-rate", 0.5, "--format", "json"
    )
    found = json.loads(result.stdout)
    assert (found["review_days"], found["service_level"], found["holding_rate"]) == (2, 0.95, 0.5)


def test_a_faulty_history_is_a_faulty_document_and_nothing_is_written(
    week: Path, history: Path, tmp_path: Path
) -> None:
    history.write_text(HISTORY.replace("A,1", "A,-1", 1))
    result = run(week, "--recommend", history, "-o", tmp_path / "advice.json", "--write", tmp_path / "new.json")
    assert result.exit_code == ExitCode.DOCUMENT
    assert "[history_pieces]" in result.stderr
    assert not (tmp_path / "advice.json").exists()
    assert not (tmp_path / "new.json").exists()


def test_a_history_that_is_not_there_is_a_file_error(week: Path, tmp_path: Path) -> None:
    assert run(week, "--recommend", tmp_path / "none.csv").exit_code == ExitCode.FILE


def test_a_target_in_a_missing_folder_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    assert run(tmp_path / "none.json", "-o", tmp_path / "missing" / "tonight.csv").exit_code == ExitCode.FILE


@pytest.mark.parametrize(
    "options",
    [
        ["--service-level", "0.9"],
        ["--review-days", "2"],
        ["--by-price"],
        ["--holding-rate", "0.1"],
        ["--write", "new.json"],
        ["--encoding", "cp1252"],
    ],
)
def test_options_of_a_recommendation_are_refused_without_a_history(week: Path, options: list[str]) -> None:
    result = run(week, *options)
    assert result.exit_code == ExitCode.USAGE
    assert options[0] in result.stderr


@pytest.mark.parametrize("options", [["--plan", "plan.json"], ["--night", "2026-03-02"], ["--holding-rate", "0.1"]])
def test_options_without_effect_on_a_recommendation_are_refused(week: Path, history: Path, options: list[str]) -> None:
    result = run(week, "--recommend", history, *options)
    assert result.exit_code == ExitCode.USAGE
    assert options[0] in result.stderr


@pytest.mark.parametrize("level", ["1", "-0.1", "95"])
def test_a_service_level_is_a_share_below_one(week: Path, history: Path, level: str) -> None:
    assert run(week, "--recommend", history, "--service-level", level).exit_code == ExitCode.USAGE
