"""The Markdown table of days on which requests came in, a line a degree of dynamism.

    python -m bench.replay_report FILE... [--authors CSV]

prints the table of runs that were written before; CSV is the list of the authors' results beside the release dates.
"""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from bench.families.trsp_releases import instance_of
from bench.record import Record
from bench.records import read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OURS = "live board"
REJECTED, DURATIONS = "_rejected", ("_reported_duration", "_duration")
BKS, DEGREE = "static_bks_full_information", "dod_percent"


class Day(NamedTuple):
    """One day of one method; ``above_pct`` is its working time above the best known one with all known at the start."""

    method: str
    degree: int
    rejections: float
    above_pct: float
    information_pct: float | None = None


def table(records: Iterable[Record], authors: Sequence[Day] = ()) -> str:
    """Return a Markdown table of means over the days of each degree."""
    days = [*days_of(records), *authors]
    lines = [
        "| known later | method | days | rejections of 100, mean (most) | working time above the static BKS "
        "| value of information |",
        "|--:|---|--:|--:|--:|--:|",
    ]
    for degree in sorted({day.degree for day in days}):
        for method in dict.fromkeys(day.method for day in days):
            here = [day for day in days if (day.degree, day.method) == (degree, method)]
            lines += [_line(degree, method, here)] if here else []
    return "\n".join(lines)


def days_of(records: Iterable[Record]) -> list[Day]:
    """Return the days that were replayed."""
    return [*filter(None, map(_day, records))]


def _day(record: Record) -> Day | None:
    if record.rejections is None or record.cost is None or record.bks is None:
        return None
    _, degree = instance_of(record.instance)
    above_pct = 100 * (record.cost / record.bks - 1)
    return Day(OURS, degree, record.rejections, above_pct, record.value_of_information_pct)


def _line(degree: int, method: str, days: Sequence[Day]) -> str:
    rejections = [day.rejections for day in days]
    information = [day.information_pct for day in days if day.information_pct is not None]
    cells = [
        f"{degree} %",
        method,
        str(len(days)),
        f"{mean(rejections):.2f} ({max(rejections):g})",
        f"{mean(day.above_pct for day in days):+.2f} %",
        f"{mean(information):.2f} %" if information else "",
    ]
    return f"| {' | '.join(cells)} |"


def authors_days(path: Path) -> list[Day]:
    """Return the days of all methods that a list of the authors' results has with their working times."""
    with path.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    methods = [name.removesuffix(REJECTED) for name in (rows[0] if rows else ()) if name.endswith(REJECTED)]
    return [_authors_day(row, method) for method in methods for row in rows if row[method + REJECTED]]


def _authors_day(row: Mapping[str, str], method: str) -> Day:
    duration = next(row[method + end] for end in DURATIONS if method + end in row)
    above_pct = 100 * (float(duration) / float(row[BKS]) - 1)
    return Day(method, int(row[DEGREE]), float(row[method + REJECTED]), above_pct)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of the runs in files of one JSON object a line."""
    parser = ArgumentParser(prog="python -m bench.replay_report", description="Print the table of earlier runs.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--authors", type=Path, metavar="CSV", help="the authors' results, beside the release dates")
    options = parser.parse_args(arguments)
    print(table(read_records(Record, options.files), authors_days(options.authors) if options.authors else ()))


if __name__ == "__main__":
    main()
