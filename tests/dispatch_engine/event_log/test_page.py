"""What `docs/event-log.md` says of the chain, done as it is written there."""

import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.event_logs import draft, fill, opened


@pytest.fixture
def program(root: Path, tmp_path: Path) -> Path:
    """Return the program of the page, beside a database with five entries."""
    (code,) = re.findall(r"```python\n(.*?)```", (root / "docs/event-log.md").read_text(), re.DOTALL)
    with closing(opened(f"sqlite:///{tmp_path / 'dispatch.db'}")) as log:
        fill(log, 4)
        log.append("north", 4, draft(4, {"é": [1.5, None, True, "\u2028"]}))
    path = tmp_path / "check.py"
    path.write_text(code)
    return path


def run(program: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, program], cwd=program.parent, capture_output=True, text=True, check=False)


def test_a_program_that_knows_nothing_of_this_one_checks_the_chain(program: Path) -> None:
    assert run(program).returncode == 0


def test_it_names_the_revision_that_was_changed(program: Path) -> None:
    engine = create_engine(f"sqlite:///{program.with_name('dispatch.db')}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE entries SET actor = 'nobody' WHERE revision = 3"))
    engine.dispose()
    assert run(program).stderr.rstrip().endswith("AssertionError: 3")
