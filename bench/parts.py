"""What each means of getting parts is worth on a day, and what parts cost the search.

    python -m bench.parts --time-limit 30 --json bench/results/parts.jsonl

plans the parts-heavy day of the sample city with everything allowed, with each of the means switched off in turn, with
all of them off, and with all parts taken out of it. Writes one JSON object a run, then a Markdown table; progress goes
to standard error. Ends with 1 where a rule is broken.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from bench.means import ALL, NOTHING, PARTS, means_of
from bench.measurement import cost_in_words, count, measured
from bench.parts_report import Record, table
from bench.parts_run import Run, measure
from dispatch_engine.errors import DispatchError
from dispatch_engine.formats.documents import load_problem

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

DAY = Path(__file__).resolve().parents[1] / "data/coquimbo/parts.json"


class NoSuchMeansError(Exception):
    """What is to be switched off is none of the means that the document offers."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    try:
        records = list(_records(options))
    except (NoSuchMeansError, DispatchError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"\n{table(records)}")
    return 1 if any(record.violations for record in records) else 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.parts", description="Tell what each means of getting parts is worth.")
    parser.add_argument("--problem", type=Path, default=DAY, metavar="FILE", help="default: data/coquimbo/parts.json")
    parser.add_argument("--time-limit", type=float, default=30.0, metavar="SECONDS", help="of each run; default 30")
    parser.add_argument("--seeds", type=count, default=1, metavar="N", help="seeds 1 to N; default 1")
    parser.add_argument("--off", metavar="NAMES", help="what to switch off, with commas between; default: each in turn")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a run, also written here")
    return parser


def runs_of(path: Path, asked: str | None) -> list[str]:
    """Return what is switched off in turn: what is asked for by name, by default each of the document's means.

    Raises
    ------
    NoSuchMeansError
        One of the names is none of them.
    """
    offered = [NOTHING, *means_of(load_problem(path)), ALL, PARTS]
    if asked is None:
        return offered
    wanted = [name.strip() for name in asked.split(",")]
    for name in wanted:
        if name not in offered:
            raise NoSuchMeansError(f"{path} offers no {name!r} to switch off. Maybe one of: {', '.join(offered)}.")
    return wanted


def _records(options: Namespace) -> Iterator[Record]:
    named = runs_of(options.problem, options.off)
    seeds = range(1, options.seeds + 1)
    runs = [Run(options.problem, off, options.time_limit, seed) for seed, off in product(seeds, named)]
    return measured(runs, measure, _words, options.json)


def _words(record: Record) -> str:
    return (
        f"{record.off} off, seed {record.seed}: {cost_in_words(record)}, {record.unplanned} unplanned, "
        f"{record.violations} violations, {record.iterations_per_s:,.0f} iterations/s"
    )


if __name__ == "__main__":
    raise SystemExit(main())
