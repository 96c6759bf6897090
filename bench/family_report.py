"""One record a run of a family's instance, and the Markdown table at the end.

    python -m bench.family_report FILE...

prints the table of runs that were written before.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

from bench.records import read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, kw_only=True)
class Record:
    """One run; what is not given is that of a run whose plan the engine rejected.

    Attributes
    ----------
    seconds
        Of the search.
    cost
        In the family's measure, of what is planned; None where the engine rejected its own plan.
    bks, gap_pct
        The best known cost, and by how many percent ours is above it, where everything is planned.
    bound_gap_pct
        By how many percent of its cost the plan is at most above the best possible one, as the engine proves.
    violations
        Rules broken, by the engine's checker and by the family's judge together; ``faults`` says which.
    unplanned
        Requests that are not served.
    peak_mb
        The most memory that the process held, in MiB.
    routes
        How many vehicles or technicians leave.
    tours
        Their numbers, each followed by the nodes it serves in order; 0 among them is a restock at the depot.
    """

    instance: str
    family: str
    seconds: float
    cost: float | None = None
    bks: float | None
    gap_pct: float | None = None
    bound_gap_pct: float | None = None
    violations: int
    unplanned: int = 0
    iterations: int = 0
    peak_mb: float
    seed: int
    routes: int = 0
    time_limit: float
    threads: int
    faults: tuple[str, ...]
    tours: tuple[tuple[int, ...], ...] = ()


def table(records: Sequence[Record]) -> str:
    """Return a Markdown table: a line an instance with means over its seeds, then one with means over all instances."""
    lines = [
        "| instance | runs | BKS | cost, mean (best) | gap to BKS | proven gap | violations | unplanned | routes "
        "| iterations | MiB |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    names = dict.fromkeys(record.instance for record in records)
    groups = [[record for record in records if record.instance == name] for name in names]
    lines += [_line(runs[0].instance, runs, _cost_cells(runs)) for runs in groups]
    if len(groups) > 1:
        lines.append(_line("mean (sum of violations, most MiB)", records, ["", ""]))
    return "\n".join(lines)


def _cost_cells(runs: Sequence[Record]) -> list[str]:
    bks = "" if runs[0].bks is None else f"{runs[0].bks:,.2f}"
    costs = [run.cost for run in runs if run.cost is not None]
    return [bks, f"{mean(costs):,.2f} ({min(costs):,.2f})" if costs else ""]


def _line(name: str, runs: Sequence[Record], cost_cells: Sequence[str]) -> str:
    cells = [
        name,
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
