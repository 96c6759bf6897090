"""`dispatch schema` writes what tools can read."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app


@pytest.mark.parametrize(
    ("kind", "title"), [("problem", "ProblemDocument"), ("plan", "PlanDocument"), ("scenario", "ScenarioDocument")]
)
def test_the_schema_of_each_document_is_printed(kind: str, title: str) -> None:
    result = CliRunner().invoke(app, ["schema", kind])
    assert json.loads(result.stdout)["title"] == title


def test_the_schema_is_written_to_a_file(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["schema", "plan", "-o", str(tmp_path / "plan.schema.json")])
    assert "properties" in json.loads((tmp_path / "plan.schema.json").read_text())


def test_a_schema_that_cannot_be_written_is_a_file_error(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["schema", "plan", "-o", str(tmp_path)]).exit_code == ExitCode.FILE


def test_there_is_a_schema_for_documents_only() -> None:
    assert CliRunner().invoke(app, ["schema", "invoice"]).exit_code == ExitCode.USAGE


def test_the_string_below_a_field_describes_it_also_in_what_derives_from_its_class() -> None:
    definitions = json.loads(CliRunner().invoke(app, ["schema", "problem"]).stdout)["$defs"]
    said = [definitions[kind]["properties"]["skills"]["description"] for kind in ("Technician", "Provider")]
    assert said == ["Level by skill."] * 2
