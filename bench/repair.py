"""How quickly a running plan is repaired when something happens, while a search for a better one goes on or not.

    python -m bench.repair --technicians 100 --calls 800 --events 300 --json FILE

A generated day is planned for a while (``--begin``); then one thing after another happens to it (``bench.happening``),
each after a pause, and the plan is repaired. Writes one JSON object a kind of happening, then a Markdown table.
"""

from __future__ import annotations

import gc
import random
import threading
import time
from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.happening import Happening
from bench.measurement import count
from bench.records import line_of, write_records
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.settings import Settings
from dispatch_engine.planner import PlanOptions, effective_options
from dispatch_engine.planner.live import LivePlanner, RunningPlan
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.locate import locate_network
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from dispatch_engine.model.problem import ProblemDocument

NETWORK = "coquimbo"
LONG_S = 3600.0


@dataclass(frozen=True)
class Record:
    """Repairs after one kind of happening: milliseconds on the clock and of the processor, at percentiles."""

    technicians: int
    calls: int
    kind: str
    improving: bool
    repairs: int
    p50_ms: float
    p99_ms: float
    longest_ms: float
    processor_p50_ms: float
    processor_p99_ms: float


class Improver:
    """Looks for better plans in a thread of its own, from the newest running plan on."""

    def __init__(self, planner: LivePlanner, running: RunningPlan) -> None:
        self._planner, self._newest = planner, running
        self._changed, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.better: RunningPlan | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def tell(self, running: RunningPlan) -> None:
        """Go on from another plan."""
        self._newest, self.better = running, None
        self._changed.set()

    def stop(self) -> None:
        """End, and wait until it has."""
        self._ended.set()
        self._changed.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._changed.clear()
            begun = self._newest
            found = self._planner.improve(begun, self._changed.is_set, LONG_S)
            if found is not None and self._newest is begun:
                self._newest = self.better = found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    records = [record for improving in (False, True) for record in measure(options, improving=improving)]
    for record in records:
        print(line_of(record), flush=True)
    write_records(records, options.json)
    print(table(records))
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.repair", description="Measure how quickly plans are repaired.")
    parser.add_argument("--technicians", type=count, default=100, metavar="N", help="default 100")
    parser.add_argument("--calls", type=count, default=800, metavar="N", help="at the beginning; default 800")
    parser.add_argument("--events", type=count, default=300, metavar="N", help="default 300")
    parser.add_argument("--begin", type=float, default=20.0, metavar="S", help="seconds of search before; default 20")
    parser.add_argument("--pause", type=float, default=0.05, metavar="S", help="seconds between events; default 0.05")
    parser.add_argument("--seed", type=int, default=5, metavar="N", help="of the day and of what happens; default 5")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a kind")
    return parser


def measure(options: Namespace, *, improving: bool) -> list[Record]:
    """Let a day go by, and say how long its repairs took."""
    planner, happening = _begun(options)
    running = planner.begin(happening.problem)
    running = planner.improve(running, lambda: False, options.begin) or running
    improver = Improver(planner, running)
    if improving:
        improver.start()
    took: dict[str, list[tuple[float, float]]] = defaultdict(list)
    gc.collect()
    gc.freeze()
    for _ in range(options.events):
        time.sleep(options.pause)
        running = improver.better or running
        kind, problem = happening.next(running.routes)
        running, spent = _timed(planner, running, problem)
        took[kind].append(spent)
        improver.tell(running)
    if improving:
        improver.stop()
    return [_record(options, kind, spent, improving=improving) for kind, spent in sorted(took.items())]


def _begun(options: Namespace) -> tuple[LivePlanner, Happening]:
    """Return a planner and a day of which the last calls are not reported yet."""
    settings = Settings(technicians=options.technicians, calls=options.calls + options.events, seed=options.seed)
    problem = generate(settings, load_network(locate_network(NETWORK, Path.cwd())))
    planner = LivePlanner(open_travel(problem.travel, Path.cwd()), effective_options(PlanOptions(), problem.policy))
    calls, later = problem.calls[: options.calls], list(problem.calls[options.calls :])
    return planner, Happening(problem.model_copy(update={"calls": calls}), later, random.Random(options.seed))


def _timed(
    planner: LivePlanner, running: RunningPlan, problem: ProblemDocument
) -> tuple[RunningPlan, tuple[float, float]]:
    clock, processor = time.perf_counter(), time.thread_time()
    running = planner.repair(running, problem)
    return running, (1000 * (time.perf_counter() - clock), 1000 * (time.thread_time() - processor))


def _record(options: Namespace, kind: str, spent: Sequence[tuple[float, float]], *, improving: bool) -> Record:
    clock, processor = (np.array(each) for each in zip(*spent, strict=True))
    return Record(
        technicians=options.technicians,
        calls=options.calls,
        kind=kind,
        improving=improving,
        repairs=len(spent),
        p50_ms=round(float(np.percentile(clock, 50)), 2),
        p99_ms=round(float(np.percentile(clock, 99)), 2),
        longest_ms=round(float(clock.max()), 2),
        processor_p50_ms=round(float(np.percentile(processor, 50)), 2),
        processor_p99_ms=round(float(np.percentile(processor, 99)), 2),
    )


def table(records: Sequence[Record]) -> str:
    """Return the records as a Markdown table."""
    head = "| what happened | a search goes on | repairs | p50 ms | p99 ms | longest ms | processor p50 ms | p99 ms |"
    rows = [
        f"| {each.kind} | {'yes' if each.improving else 'no'} | {each.repairs} | {each.p50_ms:g} | {each.p99_ms:g} "
        f"| {each.longest_ms:g} | {each.processor_p50_ms:g} | {each.processor_p99_ms:g} |"
        for each in records
    ]
    return "\n".join([head, "|---|---|---:|---:|---:|---:|---:|---:|", *rows])


if __name__ == "__main__":
    raise SystemExit(main())
