"""How much cheaper than the engine's plan any plan can be, by all rules and by those that the peers can express.

    python -m bench.proven data/coquimbo/tomorrow.json --time-limit 40 --peers ortools-gls

Half of the time goes to the plan, half to the bound (``docs/bound.md``). Prints a Markdown table.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from bench.engine import EVERYTHING
from bench.instances import load_instance
from bench.registry import WHERE, peer_names, solver_named
from bench.report import money
from dispatch_engine.clock import Stopwatch
from dispatch_engine.kernels import warmup
from dispatch_engine.planner.stopping import TimeLimit
from solver.params import BoundParams, Params
from solver.solve import solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.rules import RuleSet
    from solver.problem import Problem

HEAD = (
    "| instance | rules | plan | no plan costs less than | the plan is at most above the best |\n|---|---|--:|--:|--:|"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove the bounds that the command line asks for."""
    options = _parser().parse_args(arguments)
    warmup(bound=True)
    print(HEAD)
    for path in options.problems:
        instance = load_instance(path)
        by_name = {rules.name: rules for rules in (EVERYTHING, *(solver_named(name).rules for name in options.peers))}
        for rules in by_name.values():
            print(f"| {instance.name} {_proven(instance.problem, rules, options.time_limit)}", flush=True)
    return 0


def _proven(problem: Problem, rules: RuleSet, limit_s: float) -> str:
    found = solve(rules.reduced(problem), Params(seed=1, bound=BoundParams()), TimeLimit(limit_s, Stopwatch()))
    cost, bound = found.solution.cost_ticks, found.bound_ticks
    gap = f"{100 * (1 - bound / cost):.2f} %" if cost > 0 else ""
    return f"| {rules.name} | {money(cost)} | {money(bound)} | {gap} |"


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.proven", description="Prove how much cheaper a plan can be.")
    parser.add_argument("problems", nargs="+", type=Path, metavar="PROBLEM", help="problem documents")
    parser.add_argument("--time-limit", type=float, default=40.0, metavar="SECONDS", help="of each; default 40")
    names = f"by the rules of these too, separated by commas; of {', '.join(WHERE)}"
    parser.add_argument("--peers", type=peer_names, default=(), metavar="NAMES", help=names)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
