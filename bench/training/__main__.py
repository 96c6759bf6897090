"""Settings of the search, compared in turns on made instances, by processor time.

    python -m bench.training sdvrptw mtvrptwr --seeds 1-6 --time-limit 15 --set master.at=0.8 --set search.hot=0.4

Every instance is planned with the settings as they are and then with each ``--set`` (several assignments after one are
set together). ``--json`` keeps the trials, ``--against`` compares with those of a file, such as of the code before a
change. Ends with 1 where a plan breaks a rule.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measurement import measured_lines
from bench.records import read_records
from bench.training.differences import table
from bench.training.kinds import KINDS
from bench.training.settings import assignment
from bench.training.trial import Asked, Trial, trial
from dispatch_engine.kernels import warmup

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trials that the command line asks for."""
    options = _parser().parse_args(arguments)
    warmup()
    trials = list(measured_lines(_asked(options), trial, options.json))
    print(f"\n{table(trials, read_records(Trial, options.against))}")
    faults = [fault for each in trials for fault in each.faults]
    print(*faults, sep="\n", file=sys.stderr)
    return 1 if faults else 0


def _asked(options: Namespace) -> list[Asked]:
    limit_s, each = options.time_limit, [(), *(tuple(settings) for settings in options.set)]
    return [Asked(*named, limit_s, settings) for named in product(options.families, options.seeds) for settings in each]


def seeds(text: str) -> range:
    """Return the numbers that ``3`` or ``1-6`` stands for."""
    first, _, last = text.partition("-")
    if not first.isdigit() or not (last or first).isdigit() or int(last or first) < int(first):
        raise ArgumentTypeError(f"{text!r} is no range of seeds. Maybe 1-6.")
    return range(int(first), int(last or first) + 1)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.training", description="Compare settings on made instances.")
    parser.add_argument("families", nargs="+", choices=KINDS, metavar="FAMILY", help=", ".join(KINDS))
    parser.add_argument("--seeds", type=seeds, default=range(1, 7), metavar="N-M", help="default 1-6")
    limit = "of processor time for each plan; default 15"
    parser.add_argument("--time-limit", type=float, default=15.0, metavar="SECONDS", help=limit)
    change = "other settings, such as search.hot=0.4; may be repeated"
    parser.add_argument(
        "--set", nargs="+", action="append", default=[], type=assignment, metavar="NAME=VALUE", help=change
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a trial")
    parser.add_argument("--against", nargs="+", default=[], metavar="FILE", help="trials to compare with")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
