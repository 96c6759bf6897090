"""The engine on published instances: a family's problems as ordinary documents, planned by the ordinary planner.

    python -m bench.run trsp --instances DIR --time-limit 30 --seeds 3 --json FILE

DIR holds a folder for each family; the default is what DISPATCH_INSTANCES names. Every plan is checked by the engine's
checker and by the family's own rules. Writes one JSON object a run, then a Markdown table; progress goes to standard
error. Ends with 1 where a rule is broken.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from fnmatch import fnmatch
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from bench.families.family import InstanceError
from bench.families.registry import FAMILIES
from bench.family_report import Record, table
from bench.family_run import Run, measure
from bench.measurement import cost_in_words, count, measured
from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

VARIABLE = "DISPATCH_INSTANCES"


class InstancesMissingError(Exception):
    """There are no instances where they are looked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    try:
        records = list(_records(options))
    except (InstancesMissingError, InstanceError, DispatchError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"\n{table(records)}")
    return 1 if any(record.violations for record in records) else 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.run", description="Plan a family of published instances.")
    parser.add_argument("family", choices=FAMILIES, metavar="FAMILY", help=", ".join(FAMILIES))
    parser.add_argument("--instances", type=Path, metavar="DIR", help=f"a folder a family; default ${VARIABLE}")
    parser.add_argument("--time-limit", type=float, default=30.0, metavar="SECONDS", help="of each run; default 30")
    parser.add_argument("--seeds", type=count, default=1, metavar="N", help="seeds 1 to N; default 1")
    parser.add_argument("--only", default="*", metavar="GLOB", help="instances by name, such as 'R1*'")
    parser.add_argument("--threads", type=count, default=1, metavar="N", help="searches side by side; default 1")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a run, also written here")
    return parser


def paths_of(family: str, folder: Path | None, only: str) -> list[Path]:
    """Return the files of a family's instances whose names, without ending, match ``only``.

    Raises
    ------
    InstancesMissingError
        The folder is not named, is not there, or holds none.
    """
    named = folder or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is None:
        raise InstancesMissingError(f"No folder of instances. Maybe name it with --instances or in {VARIABLE}.")
    place, pattern = named / family, FAMILIES[family].pattern
    paths = sorted(path for path in place.glob(pattern) if fnmatch(path.stem, only))
    if not paths:
        advice = f"Maybe --instances is to name the folder above {family}" + ("" if only == "*" else ", or --only")
        raise InstancesMissingError(f"{place} has no instances {pattern} named {only!r}. {advice}.")
    return paths


def _records(options: Namespace) -> Iterator[Record]:
    paths = paths_of(options.family, options.instances, options.only)
    runs = [
        Run(options.family, path, options.time_limit, seed, options.threads)
        for path, seed in product(paths, range(1, options.seeds + 1))
    ]
    return measured(runs, measure, _words, options.json)


def _words(record: Record) -> str:
    gap = "" if record.gap_pct is None else f" ({record.gap_pct:+.2f} %)"
    return (
        f"{record.instance} seed {record.seed}: {cost_in_words(record)}{gap}, {record.unplanned} unplanned, "
        f"{record.violations} violations, {record.seconds:.1f} s"
    )


if __name__ == "__main__":
    raise SystemExit(main())
