"""What comparing scenarios takes on top of solving them: the time on the clock against that of all searches by core.

    python -m bench.whatif --executor processes:2 --time-limit 10 --json FILE

A generated day is compared with scenarios that each change something else, over several seeds. Writes one JSON object
and a Markdown table. 1.0 is a machine that does nothing but search on every core.
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measurement import count
from bench.records import line_of, write_records
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.settings import Settings
from dispatch_engine.kernels import is_warm, warmup
from dispatch_engine.planner import PlanOptions, effective_options
from dispatch_engine.planner.stateless import get_ready
from dispatch_engine.scale_out.choice import executor_choice
from dispatch_engine.scale_out.pool import open_pool
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.locate import locate_network
from dispatch_engine.whatif.comparing import Question, compare
from dispatch_engine.whatif.reading import parse_scenario
from dispatch_engine.whatif.runs import FolderSources

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.scenario import ScenarioDocument

NETWORK = "coquimbo"


@dataclass(frozen=True)
class Record:
    """One comparison: how many runs, seconds of search in all, seconds on the clock, and the overhead by core."""

    technicians: int
    calls: int
    scenarios: int
    seeds: int
    executor: str
    at_once: int
    time_limit_s: float
    runs: int
    search_s: float
    wall_s: float
    ratio: float
    """Wall time by (search time / runs at once)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and return the exit code."""
    options = _options(arguments)
    if not is_warm():
        warmup()
    record = measured(options)
    print(line_of(record))
    write_records([record], options.json)
    print(f"\n{table(record)}")
    return 0


def measured(options: Namespace) -> Record:
    """Compare, and return what it took, the beginning of processes included."""
    question = _question(options)
    began_s = time.perf_counter()
    with open_pool(executor_choice(options.executor), get_ready) as pool:
        document = compare(question, pool).document
        size = pool.size
    wall_s, search_s = time.perf_counter() - began_s, document.effort.seconds
    return Record(
        technicians=options.technicians,
        calls=options.calls,
        scenarios=len(question.scenarios),
        seeds=len(question.seeds),
        executor=options.executor,
        at_once=size,
        time_limit_s=options.time_limit,
        runs=sum(len(side.seeds_done) for side in (document.base, *document.scenarios)),
        search_s=round(search_s, 2),
        wall_s=round(wall_s, 2),
        ratio=round(wall_s / (search_s / size), 4),
    )


def table(record: Record) -> str:
    """Return the record as Markdown."""
    return "\n".join(
        (
            "| day | runs | where | search, s | on the clock, s | clock by (search by core) |",
            "|---|--:|---|--:|--:|--:|",
            f"| {record.technicians} × {record.calls} | {record.runs} of {record.time_limit_s:g} s | {record.executor} "
            f"| {record.search_s:,.1f} | {record.wall_s:,.1f} | {record.ratio:.3f} |",
        )
    )


def _question(options: Namespace) -> Question:
    settings = Settings(technicians=options.technicians, calls=options.calls, seed=1)
    problem = generate(settings, load_network(locate_network(NETWORK, Path.cwd())))
    effort = effective_options(PlanOptions(time_limit_s=options.time_limit, seed=0), problem.policy)
    scenarios = tuple(_scenarios(problem)[: options.scenarios])
    return Question(problem, scenarios, effort, tuple(range(options.seeds)), FolderSources(Path.cwd()))


def _scenarios(problem: ProblemDocument) -> list[ScenarioDocument]:
    first, second = (each.id for each in problem.technicians[:2])
    changes: dict[str, list[dict[str, Any]]] = {
        "one-sick": [{"type": "absence", "technician": first}],
        "two-sick": [{"type": "absence", "technician": first}, {"type": "absence", "technician": second}],
        "more-calls": [{"type": "scale_demand", "factor": 1.2}],
        "fewer-calls": [{"type": "scale_demand", "factor": 0.9}],
        "other-calls": [{"type": "resample_demand", "seed": 1}],
        "slow-roads": [{"type": "travel_times", "factor": 1.25}],
        "dear-overtime": [{"type": "change_policy", "set": {"prices": {"overtime_surcharge_per_hour": 60}}}],
        "as-it-is": [],
    }
    stated = ({"version": 1, "id": name, "changes": listed} for name, listed in changes.items())
    return [parse_scenario(json.dumps(each).encode()) for each in stated]


def _options(arguments: Sequence[str] | None) -> Namespace:
    parser = ArgumentParser(prog="bench.whatif", description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--technicians", type=count, default=30)
    parser.add_argument("--calls", type=count, default=200)
    parser.add_argument("--scenarios", type=count, default=8, help="at most 8")
    parser.add_argument("--seeds", type=count, default=5)
    parser.add_argument("--time-limit", type=float, default=10.0)
    parser.add_argument("--executor", default="processes")
    parser.add_argument("--json", type=Path)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
