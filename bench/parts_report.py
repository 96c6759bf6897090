"""One record a run of a day with some means of getting parts switched off, and the Markdown table at the end.

    python -m bench.parts_report bench/results/parts.jsonl

prints the table of runs that were written before.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from statistics import mean
from typing import TYPE_CHECKING

from bench.means import NOTHING, PARTS
from bench.records import read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, kw_only=True)
class Record:
    """One run; what is not given is that of a run whose plan the engine rejected.

    Attributes
    ----------
    off
        What was switched off.
    cost
        Of the plan, in the document's currency; None where the engine rejected its own plan.
    violations
        Rules broken, by the checker on the plan document read from scratch; ``faults`` says which.
    restock_stops, lent_tools, parcels, substitutes, transfers
        Stops at stock locations, tools borrowed there, courier rides, pieces that were replaced, handovers.
    first_time_fix
        Mean over the planned visits of the probability that no second one is needed.
    iterations_per_s
        Of the search, with compiled kernels.
    peak_mb
        The most memory that the process held, in MiB.
    """

    problem: str
    off: str
    seed: int
    time_limit: float
    seconds: float
    cost: float | None = None
    violations: int
    planned: int = 0
    unplanned: int
    restock_stops: int = 0
    lent_tools: int = 0
    parcels: int = 0
    substitutes: int = 0
    transfers: int = 0
    first_time_fix: float = 0.0
    iterations: int = 0
    iterations_per_s: float = 0.0
    peak_mb: float
    cost_by_term: Mapping[str, float] = field(default_factory=dict)
    faults: tuple[str, ...]


HEADERS = (
    *("switched off", "runs", "cost", "worth", "of the cost", "planned", "unplanned", "restock stops", "tools lent"),
    *("parcels", "substitutes", "transfers", "fixed at first visit", "iterations/s", "violations"),
)


def table(records: Sequence[Record]) -> str:
    """Return a Markdown table: means over the seeds, a line for each thing that is switched off."""
    whole = _cost([record for record in records if record.off == NOTHING])
    groups = {off: [each for each in records if each.off == off] for off in dict.fromkeys(each.off for each in records)}
    lines = [_line(HEADERS), "|---" + "|--:" * (len(HEADERS) - 1) + "|"]
    lines += [_line(_cells(off, runs, None if off in (NOTHING, PARTS) else whole)) for off, runs in groups.items()]
    return "\n".join([*lines, *_slowdown(groups)])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(off: str, runs: Sequence[Record], whole: float | None) -> list[str]:
    cost = _cost(runs)
    worth = None if cost is None or whole is None else cost - whole
    return [
        off,
        str(len(runs)),
        "no plan" if cost is None else f"{cost:,.2f}",
        "" if worth is None else f"{worth:+,.2f}",
        "" if worth is None or not whole else f"{100 * worth / whole:+.2f} %",
        _mean(runs, lambda run: run.planned),
        _mean(runs, lambda run: run.unplanned),
        _mean(runs, lambda run: run.restock_stops),
        _mean(runs, lambda run: run.lent_tools),
        _mean(runs, lambda run: run.parcels),
        _mean(runs, lambda run: run.substitutes),
        _mean(runs, lambda run: run.transfers),
        f"{100 * mean(run.first_time_fix for run in runs):.2f} %",
        f"{mean(run.iterations_per_s for run in runs):,.0f}",
        str(sum(run.violations for run in runs)),
    ]


def _cost(runs: Sequence[Record]) -> float | None:
    """Return the mean cost, None where a run has no plan."""
    costs = [run.cost for run in runs if run.cost is not None]
    return mean(costs) if costs and len(costs) == len(runs) else None


def _mean(runs: Sequence[Record], value: Callable[[Record], float]) -> str:
    return f"{mean(map(value, runs)):.1f}".removesuffix(".0")


def _slowdown(groups: Mapping[str, Sequence[Record]]) -> list[str]:
    """Say what having parts costs in iterations per second, where both were measured."""
    if NOTHING not in groups or PARTS not in groups:
        return []
    with_parts, without_them = (mean(run.iterations_per_s for run in groups[off]) for off in (NOTHING, PARTS))
    if not with_parts:
        return []
    factor = f"Having parts costs a factor {without_them / with_parts:.2f} in iterations per second"
    return ["", f"{factor}: {without_them:,.0f} without them, {with_parts:,.0f} with them."]


def main(paths: Sequence[str]) -> None:
    """Print the table of the runs in files of one JSON object a line."""
    print(table(read_records(Record, paths)))


if __name__ == "__main__":
    main(sys.argv[1:])
