"""The engine on a family's instances: ordinary problem documents, planned by the ordinary planner.

    python -m bench.run trsp --instances DIR --time-limit 30 --seeds 3 --json FILE
    python -m bench.run trsp-dynamic --instances DIR --seeds 1 --json FILE
    python -m bench.run field --only 30x200-plain --time-limit 10 --seeds 3 --peers vroom,pyvrp,ortools --json FILE

DIR holds a folder for each family of published instances; the default is what DISPATCH_INSTANCES names. The days of
``field`` are generated. Those of ``trsp-dynamic`` are replayed on a live board (``bench.replay``), with iterations in
place of a time limit. Every plan is checked by the engine's checker and by the family's own rules, where it has any.
Writes one JSON object a run, then Markdown tables; progress goes to standard error. Ends with 1 where the engine breaks
a rule.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from fnmatch import fnmatch
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from bench.comparison import Asked, Effort, record_of, runs_of, with_gaps
from bench.families.family import InstanceError, MadeFamily
from bench.families.registry import FAMILIES, REPLAYED
from bench.family_report import table
from bench.family_run import Run, measure
from bench.instances import family_instance
from bench.measurement import cost_in_words, count, measured
from bench.peers import seconds
from bench.record import ALL_RULES, OURS
from bench.records import write_records
from bench.registry import PeerMissingError, peer_names, require_peers
from bench.replay import EFFORT
from bench.replay_report import table as replays
from bench.replay_run import Replay, replay
from bench.report import table as comparison
from bench.rules import NotComparableError
from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from bench.families.family import Family, ReplayedFamily
    from bench.record import Record

VARIABLE = "DISPATCH_INSTANCES"


class NoPeerReplaysError(Exception):
    """Other solvers plan whole days; none of them is a live board."""


class InstancesMissingError(Exception):
    """There are no instances where they are looked for."""


_REFUSALS = (InstancesMissingError, InstanceError, NotComparableError, PeerMissingError, NoPeerReplaysError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    try:
        records = with_gaps(list(_records(options)))
    except (*_REFUSALS, DispatchError) as error:
        print(error, file=sys.stderr)
        return 2
    write_records(records, options.json)
    print(f"\n{(replays if options.family in REPLAYED else table)(records)}")
    if options.peers:
        print(f"\n{comparison(records)}")
    return 1 if any(record.violations for record in records if record.solver == OURS) else 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.run", description="Plan the instances of a family.")
    parser.add_argument("family", choices=FAMILIES, metavar="FAMILY", help=", ".join(FAMILIES))
    parser.add_argument("--instances", type=Path, metavar="DIR", help=f"a folder a family; default ${VARIABLE}")
    limit = "of each run, such as 30 or 10,30; default 30"
    parser.add_argument("--time-limit", type=seconds, default=(30.0,), metavar="SECONDS", help=limit)
    own = "further time limits of the engine alone"
    parser.add_argument("--own-time-limit", type=seconds, default=(), metavar="SECONDS", help=own)
    parser.add_argument("--seeds", type=count, default=1, metavar="N", help="seeds 1 to N; default 1")
    parser.add_argument("--only", default="*", metavar="GLOB", help="instances by name, such as 'R1*'")
    parser.add_argument("--threads", type=count, default=1, metavar="N", help="searches side by side; default 1")
    peers = "other solvers to ask, such as vroom,pyvrp,ortools; default none"
    parser.add_argument("--peers", type=peer_names, default=(), metavar="NAMES", help=peers)
    parser.add_argument("--bound", action="store_true", help="prove a bound, in half of the engine's time")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a run, also written here")
    return parser


def paths_of(family: str, folder: Path | None, only: str) -> list[Path]:
    """Return the files of a family's instances whose names, without ending, match ``only``; names where it makes them.

    Raises
    ------
    InstancesMissingError
        The folder is not named, is not there, or holds none; there is none of the name.
    """
    kind = FAMILIES[family]
    return _made_of(kind, only) if isinstance(kind, MadeFamily) else _files_of(kind, folder, only)


def _made_of(family: MadeFamily, only: str) -> list[Path]:
    paths = [Path(name) for name in family.names if fnmatch(name, only)]
    if not paths:
        raise InstancesMissingError(f"{family.name} has no instance {only!r}. Maybe one of {', '.join(family.names)}.")
    return paths


def _files_of(family: Family | ReplayedFamily, folder: Path | None, only: str) -> list[Path]:
    named = folder or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is None:
        raise InstancesMissingError(f"No folder of instances. Maybe name it with --instances or in {VARIABLE}.")
    place, pattern = named / family.name.replace("-", "_"), family.pattern
    paths = sorted(path for path in place.glob(pattern) if fnmatch(path.stem, only))
    if not paths:
        advice = f"Maybe --instances is to name the folder above {family.name}" + ("" if only == "*" else ", or --only")
        raise InstancesMissingError(f"{place} has no instances {pattern} named {only!r}. {advice}.")
    return paths


def _records(options: Namespace) -> Iterator[Record]:
    paths = paths_of(options.family, options.instances, options.only)
    if options.peers and options.family in REPLAYED:
        raise NoPeerReplaysError(f"{options.family} is replayed on a live board. Maybe leave --peers out.")
    require_peers(options.peers)
    return measured(_runs(options, paths), _measure, _words, options.json)


def _runs(options: Namespace, paths: Sequence[Path]) -> Iterator[Run | Asked | Replay]:
    if options.family in REPLAYED:
        for path, seed in product(paths, range(1, options.seeds + 1)):
            yield Replay(options.family, path, EFFORT, seed)
        return
    limits = (*options.time_limit, *options.own_time_limit)
    for path in paths:
        for limit_s, seed in product(limits, range(1, options.seeds + 1)):
            yield Run(options.family, path, limit_s, seed, options.threads, options.bound)
        if options.peers:
            yield from _comparison(options, path)


def _comparison(options: Namespace, path: Path) -> Iterator[Asked]:
    """Yield what is asked besides the engine's plans by all rules."""
    family = FAMILIES[options.family]
    assert options.family not in REPLAYED
    instance = family_instance(family, path)
    effort = Effort(options.time_limit, options.seeds, options.own_time_limit)
    for asked in runs_of(instance, options.peers, effort):
        if (asked.solver, asked.rules.name) != (OURS, ALL_RULES):
            yield asked


def _measure(run: Run | Asked | Replay) -> Record:
    if isinstance(run, Replay):
        return replay(run)
    return measure(run) if isinstance(run, Run) else record_of(run)


def _words(record: Record) -> str:
    gap = "" if record.gap_pct is None else f" ({record.gap_pct:+.2f} %)"
    return (
        f"{record.instance}, {record.solver}, rules {record.rules}, seed {record.seed}: {cost_in_words(record)}{gap}, "
        f"{record.unplanned} unplanned, "
        f"{record.violations} violations, {record.seconds:.1f} s"
    )


if __name__ == "__main__":
    raise SystemExit(main())
