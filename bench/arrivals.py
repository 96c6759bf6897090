"""Fitted rates of calls, held against weeks that they were not fitted to.

    python -m bench.arrivals --history FILE --time-zone America/New_York --columns reported_at=created,kind=descriptor

The last weeks of the history are held out; the rest is fitted. Ends with 1 where fewer than 90 of 100 hours have as
many calls as the 95 % band of a Poisson count around the hour's rate allows.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bench.records import line_of, write_records
from dispatch_engine.errors import DispatchError
from dispatch_engine.simulation.backtest import backtest
from dispatch_engine.simulation.history import columns_of, load_calls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.simulation.backtest import Backtest

WANTED = 0.9


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    try:
        history = load_calls(options.history, ZoneInfo(options.time_zone), columns_of(options.columns))
        found = [backtest(history, weeks) for weeks in options.weeks]
    except DispatchError as error:
        print(error, file=sys.stderr)
        return 2
    for each in found:
        print(line_of(each), file=sys.stderr)
    write_records(found, options.json)
    print(table(found))
    return 0 if all(each.inside_poisson >= WANTED for each in found) else 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.arrivals", description="Hold fitted rates against weeks held out.")
    parser.add_argument("--history", type=Path, required=True, metavar="FILE", help="a table of calls")
    parser.add_argument("--time-zone", default="UTC", metavar="NAME", help="of times without an offset; default UTC")
    parser.add_argument("--columns", default="", metavar="NAMES", help="what columns are called: reported_at=created,…")
    parser.add_argument("--weeks", type=int, nargs="+", default=[4], metavar="N", help="held out; default 4")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a number of weeks")
    return parser


def table(found: Sequence[Backtest]) -> str:
    """Return a Markdown table, a line a number of weeks held out."""
    lines = [
        "| days fitted | held out | hours | in the Poisson band | in that of the model | expected | came | surge |",
        "|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for each in found:
        shares = f"{each.inside_poisson:.1%} | {each.inside_surges:.1%}"
        counts = f"{each.expected:,.0f} | {each.came:,} | {each.surge:.3f}"
        lines.append(f"| {each.fitted_days} | {each.held_out_days} | {each.hours:,} | {shares} | {counts} |")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
