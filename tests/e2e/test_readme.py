"""The README is true: its document plans, and its commands exist."""

import re
from pathlib import Path

from typer.main import get_command

from api.main import commands
from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.planner import PlanOptions, effective_options, plan


def test_the_document_of_the_readme_is_planned_in_full(root: Path) -> None:
    example = re.search(r"```json\n(.*?)```", (root / "README.md").read_text(), re.DOTALL)
    assert example
    problem = parse_problem(example[1].encode(), "README.md")
    found = plan(problem, effective_options(PlanOptions(iterations=10, base_dir=root), problem.policy))
    assert found.kpis.planned == len(problem.calls)


def test_every_command_of_the_readme_exists(root: Path) -> None:
    shown = re.findall(r"```sh\n(.*?)```", (root / "README.md").read_text(), re.DOTALL)
    named = set(re.findall(r"(?:^|/)dispatch ([a-z]+)", "\n".join(shown), re.MULTILINE))
    assert "plan" in named
    known = get_command(commands().app).commands  # type: ignore[attr-defined] # a typer app with commands is a group
    assert named - set(known) == set()
