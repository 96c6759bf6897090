"""What plans cost as time goes by, ours and the peers': one picture an instance, a panel a set of rules.

    python -m bench.convergence 30x200-plain --time-limit 30 --peers vroom,pyvrp,ortools --json FILE --png FILE
    python -m bench.convergence --read FILE --png FILE

The second draws again what was written before. VROOM does not tell of plans on the way: each of its levels of
exploration is a point at the seconds that it took.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from bench.comparison import Effort, runs_of
from bench.curve import Curve
from bench.families.family import InstanceError
from bench.families.registry import FAMILIES
from bench.instances import family_instance
from bench.isolated import ask
from bench.judge import judged
from bench.measurement import count, measured_lines
from bench.records import read_records
from bench.registry import PeerMissingError, peer_names, require_peers
from bench.report import money
from bench.rules import NotComparableError
from bench.run import InstancesMissingError, paths_of
from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from bench.comparison import Asked

EVERYONE = "vroom,pyvrp,ortools"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for, and draw it."""
    options = _parser().parse_args(arguments)
    try:
        from bench.drawing import draw
    except ModuleNotFoundError as error:
        print(
            f"pictures need the library '{error.name}'. Maybe install the extra: pip install '.[bench]'.",
            file=sys.stderr,
        )
        return 2
    try:
        curves = _read(options.read) if options.read else list(measured_lines(_asked(options), curve_of, options.json))
    except (InstancesMissingError, InstanceError, NotComparableError, PeerMissingError, DispatchError) as error:
        print(error, file=sys.stderr)
        return 2
    draw(curves, options.png)
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.convergence", description="Draw what plans cost as time goes by.")
    parser.add_argument("only", nargs="?", default="30x200-plain", metavar="GLOB", help="instances by name")
    parser.add_argument("--family", choices=FAMILIES, default="field", metavar="FAMILY", help="default field")
    parser.add_argument("--instances", type=Path, metavar="DIR", help="a folder a family of published instances")
    parser.add_argument("--time-limit", type=float, default=30.0, metavar="SECONDS", help="of each run; default 30")
    parser.add_argument("--seeds", type=count, default=1, metavar="N", help="seeds 1 to N; default 1")
    names = f"other solvers; default {EVERYONE}"
    parser.add_argument("--peers", type=peer_names, default=peer_names(EVERYONE), metavar="NAMES", help=names)
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a run")
    parser.add_argument("--read", metavar="FILE", help="draw these runs, and measure nothing")
    parser.add_argument("--png", type=Path, required=True, metavar="FILE", help="the picture")
    return parser


def _read(path: str) -> list[Curve]:
    return read_records(Curve, [path])


def _asked(options: Namespace) -> Iterator[Asked]:
    require_peers(options.peers)
    for path in paths_of(options.family, options.instances, options.only):
        instance = family_instance(FAMILIES[options.family], path)
        yield from runs_of(instance, options.peers, Effort((options.time_limit,), options.seeds))


def curve_of(asked: Asked) -> Curve:
    """Ask a solver in a process of its own, and note what its plans cost on the way and in the end."""
    answer = ask(asked.solver, asked.task).answer
    cost = money(judged(asked.task.problem, answer.routes).cost_ticks)
    on_the_way = [(seconds, money(ticks)) for seconds, ticks in answer.trace if seconds <= answer.seconds]
    return Curve(
        instance=asked.instance.name,
        rules=asked.rules.name,
        solver=asked.solver,
        seed=asked.task.seed,
        time_limit=asked.task.time_limit_s,
        points=(*on_the_way, (round(answer.seconds, 3), cost)),
    )


if __name__ == "__main__":
    raise SystemExit(main())
