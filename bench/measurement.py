"""What measurements of the planner do alike: compile first, then run after run, each told as soon as it is there."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from collections.abc import Sized
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol, TextIO, TypeVar

from bench.records import Record, line_of
from dispatch_engine.kernels import COMPILE_S, is_warm, warmup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


class Judged(Record, Protocol):
    """A record of a plan that was judged."""

    @property
    def cost(self) -> float | None:
        """Of the plan; None where the engine rejected its own."""
        ...

    @property
    def faults(self) -> tuple[str, ...]:
        """The rules that it breaks, in words."""
        ...


A = TypeVar("A")
J = TypeVar("J", bound=Judged)
R = TypeVar("R", bound=Record)


def count(text: str) -> int:
    """Return a number from 1 on, as the command line has it."""
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def measured(
    runs: Iterable[A], measure: Callable[[A], J], words: Callable[[J], str], written: Path | None
) -> Iterator[J]:
    """Yield the record of each run, with a line of JSON on standard output and in a file where one is asked for.

    Parameters
    ----------
    runs
        What is asked for.
    measure
        Does one of them.
    words
        Of a record, for standard error, behind how far the measurement is.
    written
        The file; None: none.
    """
    end = f"/{len(runs)}" if isinstance(runs, Sized) else ""
    for number, record in enumerate(_told(runs, measure, written, sys.stdout), start=1):
        print(f"[{number}{end}] {words(record)}", *record.faults, sep="\n  ", file=sys.stderr)
        yield record


def measured_lines(runs: Iterable[A], measure: Callable[[A], R], written: Path | None) -> Iterator[R]:
    """Yield the record of each run, with a line of JSON on standard error and in a file where one is asked for."""
    return _told(runs, measure, written, sys.stderr)


def _told(runs: Iterable[A], measure: Callable[[A], R], written: Path | None, shown: TextIO) -> Iterator[R]:
    _compile()
    with ExitStack() as stack:
        file = stack.enter_context(written.open("w", encoding="utf-8")) if written else None
        for run in runs:
            record = measure(run)
            line = line_of(record)
            print(line, file=shown, flush=True)
            if file is not None:
                print(line, file=file, flush=True)
            yield record


def cost_in_words(record: Judged) -> str:
    """Return the cost of a record, or that there is none."""
    return "no plan" if record.cost is None else f"{record.cost:,.2f}"


def _compile() -> None:
    """Compile the kernels before the first run, so that no run's memory or time has it."""
    if not is_warm():
        print(f"Compiling the solver, once after every change of it: about {COMPILE_S} s.", file=sys.stderr)
        warmup()
