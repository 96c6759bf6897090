"""What was aimed at and what was measured, from the files of earlier runs.

    python -m bench.targets [FOLDER]

FOLDER holds one JSON object a line in files of any name; the default is ``bench/results``. A target of which nothing
was measured says so. Ends with 1 where one is missed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from bench.record import ALL_RULES, OURS, Record
from bench.replay_report import days_of
from bench.report import mean_cost

RESULTS = Path("bench/results")
MIB_PER_GIB = 1024

Rows = Sequence[dict[str, Any]]


class Found(NamedTuple):
    """What was measured, in words, and whether that is what was aimed at; None where nothing was measured."""

    words: str
    is_met: bool | None


class Target(NamedTuple):
    """One target: on what, how it reads, and what the runs came to."""

    work: str
    words: str
    measured: Callable[[Results], Found]


NOTHING = Found("not measured", None)


class Results:
    """The runs of a folder: of solvers as records, of profiles and of the command as they stand in the files."""

    def __init__(self, folder: Path) -> None:
        lines = [line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
        rows: Rows = [json.loads(line) for line in lines if line.strip()]
        names = {field.name for field in fields(Record)}
        self.runs = [Record(**row) for row in rows if {"family", "cost"} <= row.keys() <= names]
        self.profiles = [row for row in rows if "kernel_us" in row]
        self.commands = [row for row in rows if "explained" in row]

    def of_field(self, size: str) -> list[Record]:
        """Return the runs on days of a size that have no parts."""
        runs = [run for run in self.runs if run.family == "field" and run.instance.startswith(f"{size}-")]
        return [run for run in runs if not run.instance.endswith("-full") and "parts" not in run.instance]

    def of_family(self, name: str, limit_s: float) -> list[Record]:
        """Return the engine's runs by all rules on published instances that have a best known cost."""
        own = [run for run in self.runs if (run.family, run.time_limit) == (name, limit_s)]
        return [run for run in own if (run.solver, run.rules) == (OURS, ALL_RULES) and run.bks is not None]


def savings_pct(runs: Sequence[Record], limit_s: float, own_limit_s: float) -> dict[str, float]:
    """Return by instance how much cheaper we are, after ``own_limit_s``, than the best peer after ``limit_s``.

    Costs are compared under the same rules; of several sets of rules that counts in which we gain the least.
    """
    found: dict[str, float] = {}
    theirs = [run for run in runs if run.solver != OURS and run.time_limit == limit_s]
    for instance, rules, solver in dict.fromkeys((run.instance, run.rules, run.solver) for run in theirs):
        here = [run for run in runs if (run.instance, run.rules) == (instance, rules)]
        own = [run for run in here if (run.solver, run.time_limit) == (OURS, own_limit_s)]
        peer = [run for run in here if (run.solver, run.time_limit) == (solver, limit_s)]
        if own and peer:
            saving = 100 * (1 - mean_cost(own) / mean_cost(peer))
            found[instance] = min(saving, found.get(instance, saving))
    return found


def _cheaper(size: str, limit_s: float, own_limit_s: float, least_pct: float) -> Callable[[Results], Found]:
    def measured(results: Results) -> Found:
        savings = savings_pct(results.of_field(size), limit_s, own_limit_s)
        if not savings:
            return NOTHING
        words = ", ".join(f"{pct:.1f} % ({name.partition('-')[2]})" for name, pct in savings.items())
        return Found(words, all(pct >= least_pct for pct in savings.values()))

    return measured


def _gap(family: str, limit_s: float, most_pct: float, last: str = "~") -> Callable[[Results], Found]:
    """Return what tells the mean gap of a family's instances up to the ``last`` by name."""

    def measured(results: Results) -> Found:
        runs = [run for run in results.of_family(family, limit_s) if run.instance <= last]
        gaps = [run.gap_pct for run in runs if run.gap_pct is not None]
        if not gaps:
            return NOTHING
        open_ = f", {len(runs) - len(gaps)} not all planned" if len(runs) > len(gaps) else ""
        return Found(f"{mean(gaps):.2f} % ({len(gaps)} runs{open_})", mean(gaps) <= most_pct and not open_)

    return measured


def _replayed(degree: int, most_rejections: float, most_pct: float) -> Callable[[Results], Found]:
    def measured(results: Results) -> Found:
        days = [day for day in days_of(results.runs) if day.degree == degree]
        if not days:
            return NOTHING
        rejections, above_pct = mean(day.rejections for day in days), mean(day.above_pct for day in days)
        words = f"{rejections:.2f} rejected, {above_pct:+.1f} % ({len(days)} days)"
        return Found(words, rejections <= most_rejections and above_pct <= most_pct)

    return measured


def _short_of_long(results: Results) -> Found:
    runs = [run for run in results.of_field("1000x6000") if run.solver == OURS and run.rules == ALL_RULES]
    short, long = ([run for run in runs if run.time_limit == limit] for limit in (120.0, 1200.0))
    if not short or not long:
        return NOTHING
    above = 100 * (mean_cost(short) / mean_cost(long) - 1)
    return Found(f"{above:.1f} %", above <= 3)


def _memory(results: Results) -> Found:
    runs = [run for run in results.of_field("1000x6000") if run.solver == OURS]
    if not runs:
        return NOTHING
    held = max(run.peak_mb for run in runs) / MIB_PER_GIB
    return Found(f"{held:.2f} GiB", held < 3)


def _growth(results: Results) -> Found:
    """Compare the time of an iteration of the largest and the smallest day that were profiled."""
    rows = sorted(results.profiles, key=lambda row: int(row["technicians"]))
    if len({row["technicians"] for row in rows}) < 2:
        return NOTHING
    first, last = rows[0], rows[-1]
    technicians, time = (last[key] / first[key] for key in ("technicians", "kernel_us"))
    return Found(f"{time:.1f} times for {technicians:.0f} times as many", time < technicians)


def _threads(results: Results) -> Found:
    runs = [run for run in results.runs if run.solver == OURS and run.rules == ALL_RULES and run.cost is not None]
    pairs = [
        (mean_cost(two), mean_cost(one))
        for name in dict.fromkeys(run.instance for run in runs)
        if (two := _of(runs, name, 2, 10.0)) and (one := _of(runs, name, 1, 18.0))
    ]
    if not pairs:
        return NOTHING
    above = 100 * (mean(two / one for two, one in pairs) - 1)
    return Found(f"{above:+.2f} % ({len(pairs)} instances)", above <= 0)


def _of(runs: Sequence[Record], instance: str, threads: int, limit_s: float) -> list[Record]:
    return [run for run in runs if (run.instance, run.threads, run.time_limit) == (instance, threads, limit_s)]


def _quick(results: Results) -> Found:
    rows = [row for row in results.commands if row["calls"] == 100 and row["run"] == "second" and row["time_limit"] < 1]
    if not rows:
        return NOTHING
    seconds = max(float(row["seconds"]) for row in rows)
    return Found(f"{seconds:.2f} s", seconds <= 1.0 and all(row["check"] == 0 for row in rows))


TARGETS = (
    Target("`field` 30×200, no parts, 10 s", "8 % cheaper than the best peer", _cheaper("30x200", 10, 10, 8)),
    Target("the same, 2 s against 10 s", "cheaper than all peers", _cheaper("30x200", 10, 2, 0)),
    Target("`field` 100×700, no parts, 30 s", "8 % cheaper than the best peer", _cheaper("100x700", 30, 30, 8)),
    Target("`field` 1000×6000, 120 s", "at most 3 % above the plan of 20 min", _short_of_long),
    Target("the same", "below 3 GiB", _memory),
    Target("time of an iteration", "grows more slowly than the technicians", _growth),
    Target("`trsp`, 30 s", "mean gap at most 0.5 %", _gap("trsp", 30, 0.5)),
    Target("`sdvrptw` PR01–PR10, 30 s", "mean gap at most 0.7 %", _gap("sdvrptw", 30, 0.7, last="PR10")),
    Target("`vrptw`, 30 s", "mean gap at most 0.5 %", _gap("vrptw", 30, 0.5)),
    Target("`mtvrptwr`, 60 s", "mean gap at most 1.0 %", _gap("mtvrptwr", 60, 1.0)),
    Target("`trsp-dynamic`, 10 % later", "0.1 of 100 rejected, working time +10 %", _replayed(10, 0.1, 10)),
    Target("`trsp-dynamic`, 50 % later", "0.2 of 100 rejected, working time +16 %", _replayed(50, 0.2, 16)),
    Target("`trsp-dynamic`, 90 % later", "1.5 of 100 rejected, working time +18 %", _replayed(90, 1.5, 18)),
    Target("two threads, 10 s", "no worse than one thread in 18 s", _threads),
    Target("100 calls, `dispatch plan`", "a checked plan within 1.0 s of the start", _quick),
)


def table(results: Results) -> tuple[str, bool]:
    """Return a Markdown table and whether no target is missed."""
    lines = ["| work | target | measured | |", "|---|---|---|---|"]
    is_met = True
    for target in TARGETS:
        found = target.measured(results)
        is_met = is_met and found.is_met is not False
        verdict = {True: "met", False: "**missed**", None: ""}[found.is_met]
        lines.append(f"| {target.work} | {target.words} | {found.words} | {verdict} |")
    return "\n".join(lines), is_met


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    printed, is_met = table(Results(Path(words[0]) if words else RESULTS))
    print(printed)
    return 0 if is_met else 1


if __name__ == "__main__":
    raise SystemExit(main())
