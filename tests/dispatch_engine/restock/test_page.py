"""The page about restocking is true: its commands print what it shows."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.restock.sheets import LOADOUT_COLUMNS, PICK_COLUMNS


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "restock.md").read_text()


def block(page: str, kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


def test_the_commands_of_the_page_print_what_it_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("week.json").write_text(block(page, "json"))
    Path("use.csv").write_text(block(page, "csv"))
    for commands, shown in re.findall(r"```sh\n(.*?)```\n\n```text\n(.*?)```", page, re.DOTALL):
        printed = ""
        for command in commands.splitlines():
            result = CliRunner().invoke(app, command.split()[1:])
            assert result.exit_code == ExitCode.OK, result.stderr
            printed += result.stdout
        assert printed.removeprefix("\ufeff").replace("\r\n", "\n") == shown


def test_the_page_explains_every_column(page: str) -> None:
    for columns in (PICK_COLUMNS, LOADOUT_COLUMNS):
        assert "\n".join(f"| `{name}` | {meaning} |" for name, meaning in columns.items()) in page
