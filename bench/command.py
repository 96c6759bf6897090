"""The command itself on a day: how long `dispatch plan` takes on a fresh machine and after that, and how much memory.

    python -m bench.command data/coquimbo/tomorrow.json --time-limit 10 --json FILE

The first line, on standard error, is what `dispatch --help` takes, the least of five runs. The first plan finds empty
caches, so it compiles the kernels and computes the travel matrix; the second finds both. Each plan is judged by
`dispatch check` in a process of its own. Writes one JSON object a run, then a Markdown table.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.isolated import KIB_PER_MIB
from bench.records import line_of, write_records
from dispatch_engine.formats.documents import load_plan
from dispatch_engine.kernels import NUMBA_VARIABLE
from dispatch_engine.travel.cache import CACHE_DIR_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RUNS = ("first", "second")
HELP_RUNS = 5


@dataclass(frozen=True)
class Spent:
    """What one process took: exit code, seconds from start to end, and the most memory that it held."""

    exit_code: int
    seconds: float
    peak_mb: float


@dataclass(frozen=True)
class Record:
    """One run of the command. ``explained`` are the unplanned calls that carry a reason; ``check`` is its exit code."""

    instance: str
    run: str
    time_limit: float
    seconds: float
    peak_mb: float
    exit_code: int
    check: int
    calls: int
    unplanned: int
    explained: int
    cost: float


class CommandMissingError(Exception):
    """The command is not installed beside this Python."""


class PlanFailedError(Exception):
    """The command wrote no plan."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    try:
        print(f"dispatch --help: {help_s():.2f} s", file=sys.stderr)
        records = [record for path in options.problems for record in measure(path, options.time_limit)]
    except (CommandMissingError, PlanFailedError) as error:
        print(error, file=sys.stderr)
        return 2
    write_records(records, options.json)
    print(table(records))
    return 0 if all(record.check == 0 for record in records) else 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.command", description="Measure `dispatch plan` on problem documents.")
    parser.add_argument("problems", nargs="+", type=Path, metavar="PROBLEM", help="problem documents")
    parser.add_argument("--time-limit", type=float, default=10.0, metavar="SECONDS", help="of the search; default 10")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a run")
    return parser


def measure(path: Path, time_limit_s: float) -> Iterator[Record]:
    """Plan a document twice, with caches that are empty at first.

    Raises
    ------
    CommandMissingError, PlanFailedError
        The command is not there, or no plan came of it.
    """
    with TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if name != NUMBA_VARIABLE}
        environment[CACHE_DIR_VARIABLE] = str(Path(folder, "cache"))
        for run in RUNS:
            record = _run(path, time_limit_s, run, Path(folder), environment)
            print(line_of(record), flush=True)
            yield record


def help_s() -> float:
    """Return the seconds of `dispatch --help`, the least of a few runs.

    Raises
    ------
    CommandMissingError
    """
    return min(spend([_command(), "--help"], dict(os.environ)).seconds for _ in range(HELP_RUNS))


def _run(path: Path, time_limit_s: float, run: str, folder: Path, environment: dict[str, str]) -> Record:
    written, report = folder / f"{run}.json", folder / f"{run}.html"
    asked = ["plan", str(path), "-o", str(written), "--report", str(report), "--time-limit", str(time_limit_s)]
    spent = spend([_command(), *asked], environment)
    if not written.exists():
        raise PlanFailedError(f"`dispatch {' '.join(asked)}` ended with {spent.exit_code} and wrote no plan.")
    plan = load_plan(written)
    return Record(
        instance=path.stem,
        run=run,
        time_limit=time_limit_s,
        seconds=round(spent.seconds, 2),
        peak_mb=round(spent.peak_mb, 1),
        exit_code=spent.exit_code,
        check=spend([_command(), "check", str(path), str(written)], environment).exit_code,
        calls=plan.kpis.calls,
        unplanned=len(plan.unplanned),
        explained=sum(bool(visit.reasons) for visit in plan.unplanned),
        cost=float(plan.cost.total),
    )


def _command() -> str:
    command = Path(sys.executable).with_name("dispatch")
    if not command.exists():
        raise CommandMissingError(f"{command} is not there. Maybe install the project: pip install -e .")
    return str(command)


def spend(command: Sequence[str], environment: dict[str, str]) -> Spent:
    """Run a command to its end, its output put aside, and measure it."""
    script = str(Path(__file__).with_name("spend.py"))
    measured = subprocess.run(
        [sys.executable, "-I", "-S", script, *command], env=environment, stdout=subprocess.PIPE, check=True
    )
    spent = json.loads(measured.stdout)
    return Spent(spent["exit_code"], spent["seconds"], spent["peak_kib"] / KIB_PER_MIB)


def table(records: Sequence[Record]) -> str:
    """Return a Markdown table, a line a run."""
    lines = [
        "| instance | run | search s | whole command s | peak MiB | calls | unplanned (with a reason) | cost | check |",
        "|---|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    for x in records:
        outcome = "accepted" if x.check == 0 else f"exit {x.check}"
        lines.append(
            f"| {x.instance} | {x.run} | {x.time_limit:g} | {x.seconds:.1f} | {x.peak_mb:.0f} | {x.calls} "
            f"| {x.unplanned} ({x.explained}) | {x.cost:,.2f} | {outcome} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
