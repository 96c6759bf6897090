"""One record a run, and the Markdown table at the end.

    python -m bench.report bench/results/tomorrow_10s.jsonl

prints the table of runs that were written before.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING, TypeAlias

from bench.peer import OURS
from bench.records import read_records
from solver.money import TICKS_PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALL_RULES = "all"
"""The name of the set of all rules, under which the engine alone plans."""

Key: TypeAlias = tuple[str, str, float, str]
"""Instance, rules, time limit and solver: seeds of a key are one line of the table."""


@dataclass(frozen=True)
class Record:
    """One run. Costs are in the document's currency, ``gap_pct`` above the cheapest plan of all under the same rules.

    ``unavoidable`` is what every plan costs: the price of the calls that nobody can serve. ``stated_cost``
    is what the solver itself thinks that its plan costs; where it is equal to ``cost``, its model is the same as ours.
    ``cost_all_rules`` is what the same visits in the same order cost when all rules of the document count.
    """

    instance: str
    rules: str
    solver: str
    seed: int
    time_limit: float
    seconds: float
    cost: float
    unavoidable: float
    stated_cost: float | None
    gap_pct: float | None
    violations: int
    unplanned: int
    iterations: int | None
    peak_mb: float
    note: str
    cost_all_rules: float


def money(ticks: int) -> float:
    """Return ticks as money, to the thousandth."""
    return round(ticks / TICKS_PER_UNIT, 3)


def gap_pct(cost: float, best: float) -> float | None:
    """Return by how many percent a cost is above the best, None where the best is not above zero."""
    return round(100 * (cost / best - 1), 3) if best > 0 else None


def table(records: Sequence[Record], ours: str) -> str:
    """Return a Markdown table: means over the seeds of each solver under each set of rules."""
    lines = [
        "| instance | rules | limit s | solver | used s | cost, mean (worst) | ours cheaper by "
        "| of what can be avoided | gap to best | unplanned | violations | MiB | judged by all rules "
        "| ours cheaper by |",
        "|---|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    groups = _groups(records)
    for (instance, rules, limit, solver), runs in groups.items():
        cells = _cells(runs, groups.get((instance, rules, limit, ours)))
        cells += _by_all_rules(runs, groups.get((instance, ALL_RULES, limit, ours)))
        lines.append(f"| {instance} | {rules} | {limit:g} | {solver} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _groups(records: Iterable[Record]) -> dict[Key, list[Record]]:
    groups: dict[Key, list[Record]] = {}
    for record in records:
        key = (record.instance, record.rules, record.time_limit, record.solver)
        groups.setdefault(key, []).append(record)
    return groups


def _cells(runs: Sequence[Record], own: Sequence[Record] | None) -> list[str]:
    cost, unavoidable = mean(run.cost for run in runs), runs[0].unavoidable
    ours = cost if own is None else mean(run.cost for run in own)
    gaps = [run.gap_pct for run in runs if run.gap_pct is not None]
    return [
        f"{mean(run.seconds for run in runs):.1f}",
        f"{cost:,.2f} ({max(run.cost for run in runs):,.2f})",
        "" if own is None or own is runs else _saving(ours, cost),
        "" if own is None or own is runs else _saving(ours - unavoidable, cost - unavoidable),
        f"{mean(gaps):.2f} %" if gaps else "",
        f"{mean(run.unplanned for run in runs):.1f}",
        str(sum(run.violations for run in runs)),
        f"{max(run.peak_mb for run in runs):.0f}",
    ]


def _by_all_rules(runs: Sequence[Record], own: Sequence[Record] | None) -> list[str]:
    cost = mean(run.cost_all_rules for run in runs)
    saving = "" if own is None or own is runs else _saving(mean(run.cost for run in own), cost)
    return [f"{cost:,.2f}", saving]


def _saving(ours: float, theirs: float) -> str:
    return f"{100 * (1 - ours / theirs):.2f} %" if theirs > 0 else ""


def main(paths: Sequence[str]) -> None:
    """Print the table of the runs in files of one JSON object a line."""
    print(table(read_records(Record, paths), OURS))


if __name__ == "__main__":
    main(sys.argv[1:])
