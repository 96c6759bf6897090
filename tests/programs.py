"""Programs of the tests, run as processes of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def running(module: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Run a module with pipes to its output; it is killed with SIGKILL at the end of the block."""
    command = [sys.executable, "-m", module, *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    """Return the next line that the process tells."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def rest_of(process: subprocess.Popen[str]) -> list[str]:
    """Return the whole lines that a process which was killed had told."""
    assert process.stdout is not None
    return [line.rstrip("\n") for line in process.stdout if line.endswith("\n")]
