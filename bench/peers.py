"""The engine against other solvers on a problem document: the same matrices, rules, time and judge, one thread each.

    python -m bench.peers data/coquimbo/tomorrow.json --time-limit 10 --seeds 3 --peers ortools-gls,vroom --json FILE

Each peer states the rules that it cannot express. They are switched off for both, and the engine is run on the
reduced problem with the same seeds. Every answer is also judged by all rules, beside the plan that the engine makes
under all of them. Writes one JSON object a run, then a Markdown table.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from bench.engine import EVERYTHING
from bench.instances import Instance, load_instance
from bench.isolated import ask
from bench.judge import judged
from bench.matrices import unavoidable_ticks
from bench.measurement import count
from bench.peer import OURS, Task
from bench.records import line_of, write_records
from bench.registry import WHERE, PeerMissingError, solver_named
from bench.report import ALL_RULES, Record, gap_pct, money, table
from bench.rules import NotComparableError
from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.rules import RuleSet


@dataclass(frozen=True)
class Effort:
    """Seconds of search of the runs, and the number of seeds."""

    time_limits_s: tuple[float, ...]
    seeds: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison that the command line asks for."""
    options = _parser().parse_args(arguments)
    effort = Effort(options.time_limit, options.seeds)
    try:
        records = list(compare(options.problems, options.peers.split(","), effort))
    except (DispatchError, NotComparableError, PeerMissingError) as error:
        print(error, file=sys.stderr)
        return 2
    write_records(records, options.json)
    print(table(records, OURS))
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.peers", description="Compare the engine with other solvers.")
    parser.add_argument("problems", nargs="+", type=Path, metavar="PROBLEM", help="problem documents")
    limit = "of each run, such as 10 or 1,10; default 10"
    parser.add_argument("--time-limit", type=_seconds, default=(10.0,), metavar="SECONDS", help=limit)
    parser.add_argument("--seeds", type=count, default=3, metavar="N", help="seeds 1 to N; default 3")
    parser.add_argument("--peers", default=",".join(WHERE), metavar="NAMES", help="separated by commas; default all")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a run")
    return parser


def _seconds(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(","))


def compare(paths: Sequence[Path], peers: Sequence[str], effort: Effort) -> Iterator[Record]:
    """Yield the records of all documents, gaps included."""
    rule_sets = _by_rules(peers)
    for path in paths:
        instance = load_instance(path)
        for rules, names in rule_sets.values():
            yield from _with_gaps(list(_runs(instance, rules, names, effort)))


def _by_rules(peers: Sequence[str]) -> dict[str, tuple[RuleSet, list[str]]]:
    """Return the sets of rules, each with the peers that are asked under it, and say what each leaves out."""
    rule_sets: dict[str, tuple[RuleSet, list[str]]] = {ALL_RULES: (EVERYTHING, [])}
    for name in peers:
        rules = solver_named(name).rules
        rule_sets.setdefault(rules.name, (rules, []))[1].append(name)
    for rules, names in list(rule_sets.values())[1:]:
        print(f"Rules '{rules.name}' ({', '.join(names)}). Switched off for both: {'; '.join(rules.words)}.")
    return rule_sets


def _runs(instance: Instance, rules: RuleSet, names: Sequence[str], effort: Effort) -> Iterator[Record]:
    problem = rules.reduced(instance.problem)
    for limit_s, solver, seed in product(effort.time_limits_s, (OURS, *names), range(1, effort.seeds + 1)):
        record = run(instance, rules, solver, Task(problem, limit_s, seed))
        print(line_of(record), flush=True)
        yield record


def run(instance: Instance, rules: RuleSet, solver: str, task: Task) -> Record:
    """Ask a solver in a process of its own, and judge its answer by the reduced rules and by all."""
    measured = ask(solver, task)
    answer = measured.answer
    verdict = judged(task.problem, answer.routes)
    return Record(
        instance=instance.name,
        rules=rules.name,
        solver=solver,
        seed=task.seed,
        time_limit=task.time_limit_s,
        seconds=round(answer.seconds, 2),
        cost=money(verdict.cost_ticks),
        unavoidable=money(unavoidable_ticks(task.problem)),
        stated_cost=None if answer.stated_ticks is None else money(answer.stated_ticks),
        gap_pct=None,
        violations=verdict.violations,
        unplanned=verdict.unplanned,
        iterations=answer.iterations,
        peak_mb=round(measured.peak_mb, 1),
        note=answer.note,
        cost_all_rules=money(judged(instance.problem, answer.routes).cost_ticks),
    )


def _with_gaps(records: list[Record]) -> list[Record]:
    best = min((record.cost for record in records), default=0.0)
    return [replace(record, gap_pct=gap_pct(record.cost, best)) for record in records]


if __name__ == "__main__":
    raise SystemExit(main())
