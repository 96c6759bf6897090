"""The command as a process: pipes, Ctrl-C, and what is left behind."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.formats.documents import load_plan
from dispatch_engine.kernels import is_warm, warmup

DISPATCH = (sys.executable, "-c", "from api.main import main; main()")


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """Compile here, where nothing waits for it; the processes find it done."""
    if not is_warm():
        warmup()


@pytest.fixture
def day(tmp_path: Path) -> Path:
    path = tmp_path / "day.json"
    path.write_text(json.dumps(SAMPLE_DAY))
    return path


def run(*words: object, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*DISPATCH, *map(str, words)], input=given, capture_output=True, timeout=300)


def test_documents_pass_through_pipes(day: Path) -> None:
    plan = run("plan", "-", "--iterations", 50, given=day.read_bytes())
    assert plan.returncode == ExitCode.OK
    check = run("check", day, "-", given=plan.stdout)
    assert (check.returncode, check.stderr) == (ExitCode.OK, b"")


def test_a_report_is_written_to_a_pipe(day: Path, tmp_path: Path) -> None:
    page = run("plan", day, "--iterations", 50, "-o", tmp_path / "plan.json", "--report", "-")
    assert page.stdout.startswith(b"<!DOCTYPE html>")
    assert load_plan(tmp_path / "plan.json").kpis.planned == 2


def test_ctrl_c_ends_the_search_with_the_best_plan(day: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    with searching(day, target) as (search, screen):
        search.send_signal(signal.SIGINT)
        assert b"ended by interrupted" in shown_until(screen, b"seed 0")
        assert search.wait(timeout=60) == ExitCode.ENDED_EARLY
    assert load_plan(target).kpis.planned == 2
    assert run("check", day, target).returncode == ExitCode.OK


@contextmanager
def searching(day: Path, target: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Yield a search without an end, with what it shows on its terminal, once it has made its first iterations."""
    screen, terminal = pty.openpty()
    words = [*DISPATCH, "plan", str(day), "-o", str(target), "--time-limit", "600"]
    search = subprocess.Popen(words, stderr=terminal, env=os.environ | {"TERM": "xterm", "COLUMNS": "200"})
    os.close(terminal)
    try:
        shown_until(screen, b"it/s")
        yield search, screen
    finally:
        search.kill()
        search.wait()
        os.close(screen)


def shown_until(screen: int, wanted: bytes) -> bytes:
    """Return what a terminal shows, as soon as the wanted text is in it."""
    shown = b""
    while wanted not in shown:
        shown += os.read(screen, 4096)
    return shown


INTERRUPTED_IMPORT = """
import sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupt())
from api.main import main
main()
"""


def test_ctrl_c_while_the_program_loads_ends_it_without_a_word() -> None:
    run = subprocess.run([sys.executable, "-c", INTERRUPTED_IMPORT], capture_output=True, timeout=300)
    assert (run.returncode, run.stdout, run.stderr) == (ExitCode.INTERRUPTED, b"", b"")
