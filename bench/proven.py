"""How much cheaper than the engine's plan any plan can be, by all rules and by those that the peers can express.

    python -m bench.proven data/coquimbo/tomorrow.json --time-limit 40 --peers ortools-gls
    python -m bench.proven 30x200-plain --peers ortools-gls,vroom-x5 --results bench/results/field_30x200_plain.jsonl

Half of the time goes to the plan, half to the bound (``docs/bound.md``). With the results of earlier runs it says what
the best peer came to, and by how much anybody's plan can be cheaper than that at most. Prints a Markdown table.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.engine import EVERYTHING
from bench.instances import Instance, named_document, translated
from bench.record import OURS, Record
from bench.records import read_records
from bench.registry import WHERE, peer_names, solver_named
from bench.report import mean_of_best, money
from dispatch_engine.clock import Stopwatch
from dispatch_engine.errors import DispatchError
from dispatch_engine.kernels import warmup
from dispatch_engine.planner.stopping import TimeLimit
from solver.params import BoundParams, Params
from solver.solve import solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.rules import RuleSet
    from solver.problem import Problem

HEAD = (
    "| instance | rules | plan | no plan costs less than | gap at most | best peer, mean | cheaper by at most |\n"
    "|---|---|--:|--:|--:|--:|--:|"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove the bounds that the command line asks for."""
    options = _parser().parse_args(arguments)
    try:
        instances, runs = [_instance(name) for name in options.problems], read_records(Record, options.results)
    except (DispatchError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    warmup(bound=True)
    print(HEAD)
    for instance in instances:
        by_name = {rules.name: rules for rules in (EVERYTHING, *(solver_named(name).rules for name in options.peers))}
        for rules in by_name.values():
            here = (run for run in runs if (run.instance, run.rules) == (instance.name, rules.name))
            peer = mean_of_best(run for run in here if run.solver != OURS)
            proven = _proven(instance.problem, rules, options.time_limit)
            print(_row(instance.name, rules.name, proven, peer), flush=True)
    return 0


def _instance(name: str) -> Instance:
    return Instance(Path(name).stem, translated(*named_document(name)))


class Proven(NamedTuple):
    """A plan and what no plan costs less than."""

    cost_ticks: int
    bound_ticks: int


def _proven(problem: Problem, rules: RuleSet, limit_s: float) -> Proven:
    found = solve(rules.reduced(problem), Params(seed=1, bound=BoundParams()), TimeLimit(limit_s, Stopwatch()))
    return Proven(found.solution.cost_ticks, found.bound_ticks)


def _row(instance: str, rules: str, proven: Proven, peer: float | None) -> str:
    bound = money(proven.bound_ticks)
    cells = [instance, rules, f"{money(proven.cost_ticks):,.2f}", f"{bound:,.2f}"]
    cells.append(f"{100 * (1 - proven.bound_ticks / proven.cost_ticks):.2f} %" if proven.cost_ticks > 0 else "")
    cells += ["", ""] if not peer else [f"{peer:,.2f}", f"{100 * (1 - bound / peer):.2f} %"]
    return f"| {' | '.join(cells)} |"


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.proven", description="Prove how much cheaper a plan can be.")
    parser.add_argument("problems", nargs="+", metavar="PROBLEM", help="days of field by name, or problem documents")
    parser.add_argument("--time-limit", type=float, default=40.0, metavar="SECONDS", help="of each; default 40")
    names = f"by the rules of these too, separated by commas; of {', '.join(WHERE)}"
    parser.add_argument("--peers", type=peer_names, default=(), metavar="NAMES", help=names)
    parser.add_argument("--results", nargs="+", default=(), metavar="FILE", help="of runs with the peers")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
