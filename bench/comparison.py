"""The engine and its peers on one instance: the same matrices, rules, time and judge, one thread each.

Each peer states the rules that it cannot express. Those of them that the instance has are switched off for both, and
the engine is run on the reduced problem with the same seeds. Every answer is also judged by all rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from bench.engine import EVERYTHING
from bench.isolated import ask
from bench.judge import judged
from bench.matrices import unavoidable_ticks
from bench.peer import Task
from bench.record import ALL_RULES, OURS, Record
from bench.registry import solver_named
from bench.report import gap_pct, mean_of_best, money
from solver.money import TICKS_PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.instances import Instance
    from bench.rules import RuleSet


@dataclass(frozen=True)
class Effort:
    """Seconds of search of the runs, and the number of seeds; ``own_limits_s`` are those of the engine besides."""

    time_limits_s: tuple[float, ...]
    seeds: int
    own_limits_s: tuple[float, ...] = ()


class Asked(NamedTuple):
    """One run that is asked for."""

    instance: Instance
    rules: RuleSet
    solver: str
    task: Task


def runs_of(instance: Instance, peers: Sequence[str], effort: Effort) -> Iterator[Asked]:
    """Yield the runs by all rules, then those under each set of rules that is left to some of the peers."""
    for rules, names in _by_rules(instance, peers):
        problem = rules.reduced(instance.problem)
        for limit_s, solver, seed in product(effort.time_limits_s, (OURS, *names), range(1, effort.seeds + 1)):
            yield Asked(instance, rules, solver, Task(problem, limit_s, seed))
        for limit_s, seed in product(effort.own_limits_s, range(1, effort.seeds + 1)):
            yield Asked(instance, rules, OURS, Task(problem, limit_s, seed))


def _by_rules(instance: Instance, peers: Sequence[str]) -> list[tuple[RuleSet, list[str]]]:
    """Return the sets of rules, all of them first, each with the peers that are asked under it."""
    by_name: dict[str, tuple[RuleSet, list[str]]] = {ALL_RULES: (EVERYTHING, [])}
    for name in peers:
        rules = solver_named(name).rules.on(instance.problem)
        by_name.setdefault(rules.name, (rules, []))[1].append(name)
    return list(by_name.values())


def record_of(asked: Asked) -> Record:
    """Ask a solver in a process of its own, and judge its answer by the reduced rules and by all."""
    instance, rules, solver, task = asked
    measured = ask(solver, task)
    answer = measured.answer
    verdict = judged(task.problem, answer.routes)
    of_all = judged(instance.problem, answer.routes).cost_ticks if rules.says_where_parts_come_from else None
    cost = money(verdict.cost_ticks)
    return Record(
        instance=instance.name,
        family=instance.family,
        seconds=round(answer.seconds, 2),
        cost=cost,
        bks=instance.bks,
        bound_gap_pct=_bound_gap_pct(answer.bound_ticks, cost),
        violations=verdict.violations,
        unplanned=verdict.unplanned,
        iterations=answer.iterations,
        peak_mb=round(measured.peak_mb, 1),
        seed=task.seed,
        routes=sum(bool(visits) for visits in answer.routes),
        time_limit=task.time_limit_s,
        solver=solver,
        rules=rules.name,
        switched_off=rules.words,
        note=answer.note,
        unavoidable=money(unavoidable_ticks(task.problem)),
        stated_cost=None if answer.stated_ticks is None else money(answer.stated_ticks),
        cost_all_rules=None if of_all is None else money(of_all),
    )


def _bound_gap_pct(bound_ticks: int | None, cost: float) -> float | None:
    if bound_ticks is None or cost <= 0:
        return None
    return round(100 * (1 - bound_ticks / TICKS_PER_UNIT / cost), 3)


def with_gaps(records: Sequence[Record]) -> list[Record]:
    """Return the records with their gaps: to the best known cost, else to the best peer on average."""
    peers: dict[tuple[str, str, float], list[Record]] = {}
    for record in records:
        if record.solver != OURS:
            peers.setdefault((record.instance, record.rules, record.time_limit), []).append(record)
    best = {key: mean_of_best(runs) for key, runs in peers.items()}
    return [_with_gap(record, best.get((record.instance, record.rules, record.time_limit))) for record in records]


def _with_gap(record: Record, best_peer: float | None) -> Record:
    against = best_peer
    if record.bks is not None:
        against = record.bks if record.rules == ALL_RULES and not record.unplanned else None
    if record.cost is None or against is None:
        return record
    return replace(record, gap_pct=gap_pct(record.cost, against))
