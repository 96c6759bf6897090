"""Where the time of a plan goes, from the document to the plan document, and what an iteration of the search takes.

    python -m bench.profile '30x200-plain' '300x2000-plain' --time-limit 10 --json FILE

Instances are those of ``field`` by name, or problem documents. Kernels are compiled before. Writes one JSON object a
run, then Markdown tables.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.instances import named_document
from bench.isolated import in_new_process, peak_mb
from bench.measurement import measured_lines
from bench.phases import PHASES, REST, timed_phases
from dispatch_engine.errors import DispatchError
from dispatch_engine.formats.documents import parse_problem, problem_text
from dispatch_engine.kernels import warmup
from dispatch_engine.planner.options import PlanOptions, effective_options

if TYPE_CHECKING:
    from collections.abc import Sequence

READING = "reading the document"
KERNELS = ("first plan (kernel)", "search (kernel)")


@dataclass(frozen=True)
class Asked:
    """A day of ``field`` or a document, and seconds of search."""

    instance: str
    time_limit_s: float
    seed: int


@dataclass(frozen=True, kw_only=True)
class Record:
    """One run. ``seconds`` by phase, together all from the text of the document to the plan document.

    ``kernel_us`` are the microseconds of an iteration within the kernels, ``python_pct`` the share of the search that
    is spent outside of them, CP-SAT not counted.
    """

    instance: str
    technicians: int
    calls: int
    time_limit: float
    seed: int
    iterations: int
    kernel_us: float
    python_pct: float
    peak_mb: float
    cost: float
    unplanned: int
    seconds: dict[str, float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    runs = [Asked(name, options.time_limit, options.seed) for name in options.instances]
    try:
        records = list(measured_lines(runs, measure, options.json))
    except DispatchError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"\n{table(records)}")
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.profile", description="Tell where the time of a plan goes.")
    parser.add_argument("instances", nargs="+", metavar="INSTANCE", help="days of field by name, or documents")
    parser.add_argument("--time-limit", type=float, default=10.0, metavar="SECONDS", help="of the search; default 10")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="default 1")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a run")
    return parser


def measure(asked: Asked) -> Record:
    """Plan in a new process."""
    return in_new_process(_measured, asked)


def _measured(asked: Asked) -> Record:
    given, base_dir = named_document(asked.instance)
    text = problem_text(given)
    warmup()
    from dispatch_engine.planner.run import plan

    with timed_phases() as seconds:
        began = time.perf_counter()
        document = parse_problem(text, asked.instance)
        read = time.perf_counter() - began
        options = PlanOptions(time_limit_s=asked.time_limit_s, seed=asked.seed, threads=1, base_dir=base_dir)
        found = plan(document, effective_options(options, document.policy))
        whole = time.perf_counter() - began
    by_phase = {READING: read, **seconds}
    by_phase[REST] = whole - sum(by_phase.values())
    return Record(
        instance=Path(asked.instance).stem,
        technicians=len(document.technicians),
        calls=len(document.calls),
        time_limit=asked.time_limit_s,
        seed=asked.seed,
        iterations=found.effort.iterations,
        kernel_us=round(1e6 * by_phase[KERNELS[1]] / max(1, found.effort.iterations), 1),
        python_pct=_python_pct(by_phase, found.effort.seconds),
        peak_mb=round(peak_mb(), 1),
        cost=float(found.cost.total),
        unplanned=len(found.unplanned),
        seconds={words: round(spent, 4) for words, spent in by_phase.items()},
    )


def _python_pct(by_phase: dict[str, float], search_s: float) -> float:
    outside = search_s - sum(by_phase[words] for words in (*KERNELS, "master (CP-SAT)"))
    return round(100 * max(0.0, outside) / search_s, 2) if search_s else 0.0


def table(records: Sequence[Record]) -> str:
    """Return Markdown tables: an iteration by size, then the seconds of each phase."""
    lines = [
        "| instance | technicians | calls | limit s | iterations | µs an iteration | of the search in Python | MiB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {x.instance} | {x.technicians} | {x.calls} | {x.time_limit:g} | {x.iterations:,} | {x.kernel_us:,.1f} "
        f"| {x.python_pct:.1f} % | {x.peak_mb:.0f} |"
        for x in records
    ]
    names = [x.instance for x in records]
    lines += ["", f"| seconds | {' | '.join(names)} |", f"|---|{'--:|' * len(names)}"]
    for words in (READING, *(phase.words for phase in PHASES), REST):
        lines.append(f"| {words} | {' | '.join(f'{x.seconds[words]:.2f}' for x in records)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
