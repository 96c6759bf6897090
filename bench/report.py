"""The Markdown table of a comparison.

    python -m bench.report bench/results/tomorrow_10s.jsonl

prints the table of runs that were written before.
"""

from __future__ import annotations

import sys
from statistics import mean
from typing import TYPE_CHECKING, TypeAlias

from bench.record import ALL_RULES, OURS, Record
from bench.records import read_records
from solver.money import TICKS_PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Key: TypeAlias = tuple[str, str, float, str]
"""Instance, rules, time limit and solver: seeds of a key are one line of the table."""


def money(ticks: int) -> float:
    """Return ticks as money, to the thousandth."""
    return round(ticks / TICKS_PER_UNIT, 3)


def gap_pct(cost: float, best: float) -> float | None:
    """Return by how many percent a cost is above another, below zero where it is less; None where that is nothing."""
    return round(100 * (cost / best - 1), 3) if best > 0 else None


def table(records: Sequence[Record]) -> str:
    """Return a Markdown table, a line a solver under each set of rules, and what these leave out.

    Runs whose plan was rejected have no cost and are left out.
    """
    lines = [
        "| instance | rules | limit s | solver | used s | cost, mean (worst) | ours cheaper by "
        "| of what can be avoided | gap | unplanned | violations | MiB | judged by all rules | ours cheaper by |",
        "|---|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    groups = _groups(records)
    for (instance, rules, limit, solver), runs in groups.items():
        own = None if solver == OURS else groups.get((instance, rules, limit, OURS))
        cells = [*_cells(runs, own), *_by_all_rules(runs, groups.get((instance, ALL_RULES, limit, OURS)))]
        lines.append(f"| {instance} | {rules} | {limit:g} | {solver} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, *_left_out(records)])


def _groups(records: Iterable[Record]) -> dict[Key, list[Record]]:
    groups: dict[Key, list[Record]] = {}
    for record in records:
        if record.cost is not None:
            key = (record.instance, record.rules, record.time_limit, record.solver)
            groups.setdefault(key, []).append(record)
    return groups


def mean_cost(runs: Iterable[Record]) -> float:
    """Return the mean cost of the runs that came to a plan."""
    return mean(run.cost for run in runs if run.cost is not None)


def mean_of_best(runs: Iterable[Record]) -> float | None:
    """Return what the plans of that solver cost on average whose plans cost the least; None where there are none."""
    by_solver: dict[str, list[Record]] = {}
    for run in runs:
        if run.cost is not None:
            by_solver.setdefault(run.solver, []).append(run)
    return min(map(mean_cost, by_solver.values()), default=None)


def _cells(runs: Sequence[Record], own: Sequence[Record] | None) -> list[str]:
    cost, unavoidable = mean_cost(runs), runs[0].unavoidable or 0.0
    savings = ["", ""]
    if own is not None:
        ours = mean_cost(own)
        savings = [_saving(ours, cost), _saving(ours - unavoidable, cost - unavoidable)]
    gaps = [run.gap_pct for run in runs if run.gap_pct is not None]
    return [
        f"{mean(run.seconds for run in runs):.1f}",
        f"{cost:,.2f} ({max(run.cost or 0.0 for run in runs):,.2f})",
        *savings,
        f"{mean(gaps):.2f} %" if gaps else "",
        f"{mean(run.unplanned for run in runs):.1f}",
        str(sum(run.violations for run in runs)),
        f"{max(run.peak_mb for run in runs):.0f}",
    ]


def _by_all_rules(runs: Sequence[Record], own: Sequence[Record] | None) -> list[str]:
    costs = [run.cost_all_rules for run in runs if run.cost_all_rules is not None]
    if not costs:
        return ["", ""]
    saving = "" if own is None or own is runs else _saving(mean_cost(own), mean(costs))
    return [f"{mean(costs):,.2f}", saving]


def _saving(ours: float, theirs: float) -> str:
    return f"{100 * (1 - ours / theirs):.2f} %" if theirs > 0 else ""


def _left_out(records: Iterable[Record]) -> list[str]:
    """Return a line for each set of rules and what it leaves out, with the instances of which that is true."""
    instances: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
    for record in records:
        if record.switched_off:
            instances.setdefault((record.rules, tuple(record.switched_off)), {})[record.instance] = None
    return [
        f"\nRules *{rules}* on {', '.join(names)}. Switched off for both: {'; '.join(words)}."
        for (rules, words), names in instances.items()
    ]


def main(paths: Sequence[str]) -> None:
    """Print the table of the runs in files of one JSON object a line."""
    print(table(read_records(Record, paths)))


if __name__ == "__main__":
    main(sys.argv[1:])
