"""Every answer is found in a process of its own: fresh memory to measure, and one solver's libraries alone."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.peer import Answer, Task

KIB_PER_MIB = 1024

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True)
class Measured:
    """An answer and the most memory that its process held, libraries included."""

    answer: Answer
    peak_mb: float


def in_new_process(work: Callable[[A], R], asked: A) -> R:
    """Have a function of a module called in a new process; it begins with nothing that this one has loaded."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as process:
        return process.submit(work, asked).result()


def ask(name: str, task: Task) -> Measured:
    """Have the solver of a name answer in a new process."""
    return in_new_process(partial(_answer, name), task)


def _answer(name: str, task: Task) -> Measured:
    from bench.registry import solver_named

    answer = solver_named(name).answer(task)
    return Measured(answer, peak_mb())


def peak_mb() -> float:
    """Return the most memory that this process has held.

    The kernel's own mark, since ``getrusage`` also counts what the process that started this one held.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / KIB_PER_MIB
