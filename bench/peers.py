"""The engine against other solvers on problem documents: the same matrices, rules, time and judge, one thread each.

    python -m bench.peers data/coquimbo/tomorrow.json --time-limit 10 --seeds 3 --peers ortools-gls,vroom --json FILE

Writes one JSON object a run, then a Markdown table. ``bench.run FAMILY --peers NAMES`` does the same on families.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from bench.comparison import Effort, record_of, runs_of, with_gaps
from bench.instances import load_instance
from bench.measurement import count
from bench.records import line_of, write_records
from bench.registry import WHERE, PeerMissingError, peer_names
from bench.report import table
from bench.rules import NotComparableError
from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.record import Record


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison that the command line asks for."""
    options = _parser().parse_args(arguments)
    effort = Effort(options.time_limit, options.seeds)
    try:
        records = with_gaps(list(compare(options.problems, options.peers, effort)))
    except (DispatchError, NotComparableError, PeerMissingError) as error:
        print(error, file=sys.stderr)
        return 2
    write_records(records, options.json)
    print(table(records))
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.peers", description="Compare the engine with other solvers.")
    parser.add_argument("problems", nargs="+", type=Path, metavar="PROBLEM", help="problem documents")
    limit = "of each run, such as 10 or 1,10; default 10"
    parser.add_argument("--time-limit", type=seconds, default=(10.0,), metavar="SECONDS", help=limit)
    parser.add_argument("--seeds", type=count, default=3, metavar="N", help="seeds 1 to N; default 3")
    everyone = peer_names(",".join(WHERE))
    names = "separated by commas; default all"
    parser.add_argument("--peers", type=peer_names, default=everyone, metavar="NAMES", help=names)
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a run")
    return parser


def seconds(text: str) -> tuple[float, ...]:
    """Return several time limits, as the command line has them."""
    return tuple(float(part) for part in text.split(","))


def compare(paths: Sequence[Path], peers: Sequence[str], effort: Effort) -> Iterator[Record]:
    """Yield the records of all documents, without gaps, and print each as a line of JSON."""
    for path in paths:
        for asked in runs_of(load_instance(path), peers, effort):
            record = record_of(asked)
            print(line_of(record), flush=True)
            yield record


if __name__ == "__main__":
    raise SystemExit(main())
