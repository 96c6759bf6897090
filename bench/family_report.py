"""The Markdown table of a family's instances, as the engine plans them.

    python -m bench.family_report FILE...

prints the table of runs that were written before; those of other solvers are left out.
"""

from __future__ import annotations

import sys
from statistics import mean
from typing import TYPE_CHECKING

from bench.record import ALL_RULES, OURS, Record
from bench.records import read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def table(records: Iterable[Record]) -> str:
    """Return a Markdown table: a line an instance with means over its seeds, then one with means over all instances.

    Only what the engine makes of all rules is in it, not what it makes of fewer in a comparison.
    """
    own = [record for record in records if (record.solver, record.rules) == (OURS, ALL_RULES)]
    lines = [
        "| instance | limit s | runs | BKS | cost, mean (best) | gap | proven gap | violations | unplanned | routes "
        "| iterations | MiB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    keys = dict.fromkeys((record.instance, record.time_limit) for record in own)
    groups = [[record for record in own if (record.instance, record.time_limit) == key] for key in keys]
    lines += [_line(runs[0].instance, f"{runs[0].time_limit:g}", runs, _cost_cells(runs)) for runs in groups]
    if len(groups) > 1:
        lines.append(_line("mean (sum of violations, most MiB)", "", own, ["", ""]))
    return "\n".join(lines)


def _cost_cells(runs: Sequence[Record]) -> list[str]:
    bks = "" if runs[0].bks is None else f"{runs[0].bks:,.2f}"
    costs = [run.cost for run in runs if run.cost is not None]
    return [bks, f"{mean(costs):,.2f} ({min(costs):,.2f})" if costs else ""]


def _line(name: str, limit: str, runs: Sequence[Record], cost_cells: Sequence[str]) -> str:
    cells = [
        name,
        limit,
        str(len(runs)),
        *cost_cells,
        _mean("{:.2f} %", runs, lambda run: run.gap_pct),
        _mean("{:.2f} %", runs, lambda run: run.bound_gap_pct),
        str(sum(run.violations for run in runs)),
        _mean("{:.1f}", runs, lambda run: run.unplanned),
        _mean("{:.1f}", runs, lambda run: run.routes),
        _mean("{:,.0f}", runs, lambda run: run.iterations),
        f"{max(run.peak_mb for run in runs):.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _mean(form: str, runs: Iterable[Record], value: Callable[[Record], float | None]) -> str:
    """Return the mean of what is known; a star where it is not known of every run."""
    values = [value(run) for run in runs]
    known = [each for each in values if each is not None]
    star = "" if len(known) == len(values) else "*"
    return form.format(mean(known)) + star if known else ""


def main(paths: Sequence[str]) -> None:
    """Print the table of the runs in files of one JSON object a line."""
    print(table(read_records(Record, paths)))


if __name__ == "__main__":
    main(sys.argv[1:])
