"""Days of real calls under several policies, the same chance for all: deadlines missed, kilometres, changes.

    python -m bench.day --days 20 --policies engine,nearest,earliest-due,static,vroom --json FILE --png FILE

The calls are a city's open data; technicians, contracts, parts and prices are made by a seed (``bench.city_day``).
Drives, work and what else happens are drawn (``dispatch_engine.simulation``). The file of ``--json`` grows day by day:
what was broken off goes on with that file as ``--played``. Ends with 1 where a target is missed that the policies at
hand allow to tell.
"""

from __future__ import annotations

import json
import random
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.city_day import CALLS, ZONE, RealCall, Watch, document_of, load_calls, problem_of
from bench.day_table import reached, table
from bench.records import append_record, line_of, read_records, write_records
from dispatch_engine.cli.warmup import compile_if_cold
from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.model.calls import Call
from dispatch_engine.scale_out.choice import executor_choice
from dispatch_engine.scale_out.pool import open_pool
from dispatch_engine.scale_out.run import run_all
from dispatch_engine.simulation.day import Day
from dispatch_engine.simulation.figures import DayFigures
from dispatch_engine.simulation.playing import Playing, get_ready
from dispatch_engine.simulation.policies.engine import DEFAULT_ITERATIONS
from dispatch_engine.simulation.policies.registry import MAKERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.scale_out.run import Ending
    from dispatch_engine.simulation.policies.registry import Maker

VROOM = "vroom"
POLICIES = (*MAKERS, VROOM)
WATCHES = (Watch("night", 2, 0, 7.5), Watch("early", 7, 7, 15.5), Watch("late", 7, 13, 22), Watch("eve", 2, 21, 30))
"""18 technicians, who have about three quarters of their hours filled on a working day of 65 calls."""

LISTED, LISTED_BY = "calm", 17
"""Calls under this contract go onto the list of the next morning, to be begun by that hour."""

SATURDAY = 5

TERMS: dict[str, dict[str, Any]] = {
    "trapped": {"missed": 400, "late_per_hour": 60, "downtime_per_hour": 30},
    "standard": {"missed": 250, "late_per_hour": 28, "downtime_per_hour": 17},
    "calm": {"missed": 125, "late_per_hour": 6, "downtime_per_hour": 4},
}
"""What contracts say of a missed response, of each hour of lateness, and of each hour that a lift stands still or a
customer waits for maintenance."""

AT_ONCE = timedelta(minutes=5)
"""So soon the price of a missed response is due in full."""

SPREAD = {
    "travel": {"p1": 0.756, "p10": 0.81, "p50": 1.05, "p90": 1.29, "p99": 1.344},
    "work": {"p1": 0.476, "p10": 0.651, "p25": 0.781, "p50": 0.956, "p75": 1.17, "p90": 1.404, "p99": 1.92},
}
"""How drives and work vary on these days, as a company would know from those before (``simulation.chances``)."""

POLICY = {
    "retimed": 0,
    "reassigned": 25,
    "prices": {"per_km": 1},
    "spread": SPREAD,
    "on_time_probability": 0.9,
}
"""Nobody is told a time, but who comes. Chosen on other days, of another seed, than those that are reported."""

NAME_AHEAD = 60
"""So many minutes before the planned start customers are told who comes."""


@dataclass(frozen=True)
class Asked:
    """What is measured."""

    days: int
    policies: Sequence[str]
    seed: int
    iterations: int
    calls: Path
    executor: str
    name_ahead: timedelta
    played: Sequence[DayFigures] = ()
    """Days that need not be played again."""


class PolicyMissingError(Exception):
    """A policy is not known or its library is not installed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the days that the command line asks for."""
    options = _parser().parse_args(arguments)
    asked = Asked(
        options.days,
        options.policies.split(","),
        options.seed,
        options.iterations,
        options.calls,
        options.executor,
        timedelta(minutes=options.name_ahead),
        read_records(DayFigures, options.played),
    )
    try:
        makers = [maker_named(name) for name in asked.policies]
    except PolicyMissingError as error:
        print(error, file=sys.stderr)
        return 2
    compile_if_cold()
    played = measure(asked, makers, options.json)
    write_records(played, options.json)
    print(table(played))
    if options.png is not None:
        from bench.day_drawing import draw

        draw(played, options.png)
    return 0 if all(is_met for _, is_met in reached(played)) else 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.day", description="Play days of real calls under several policies.")
    parser.add_argument("--days", type=int, default=20, metavar="N", help="working days; default 20")
    parser.add_argument("--policies", default=",".join(POLICIES), metavar="NAMES", help=f"of {', '.join(POLICIES)}")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="default 1")
    parser.add_argument("--iterations", type=int, default=DEFAULT_ITERATIONS, metavar="N", help="of each search")
    parser.add_argument("--calls", type=Path, default=CALLS, metavar="FILE", help=f"default {CALLS}")
    parser.add_argument(
        "--name-ahead", type=int, default=NAME_AHEAD, metavar="MIN", help=f"customers are told who comes; {NAME_AHEAD}"
    )
    parser.add_argument("--executor", default="processes", metavar="WHERE", help="threads:N or processes:N")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a day and policy")
    parser.add_argument(
        "--played", action="append", default=[], metavar="FILE", help="of --json and the same options: not played again"
    )
    parser.add_argument("--png", type=Path, metavar="FILE", help="a picture of the days")
    return parser


def maker_named(name: str) -> Maker:
    """Return what makes a policy.

    Raises
    ------
    PolicyMissingError
    """
    if name in MAKERS:
        return MAKERS[name]
    if name != VROOM:
        raise PolicyMissingError(f"policy {name!r} is not known. Maybe one of {', '.join(POLICIES)}.")
    if find_spec(VROOM) is None:
        raise PolicyMissingError(f"policy {name!r} needs pyvroom. Maybe install the extra: pip install '.[bench]'.")
    from bench.vroom_policy import vroom_resolved

    return vroom_resolved


def measure(asked: Asked, makers: Sequence[Maker], path: Path | None = None) -> list[DayFigures]:
    """Return how the days went under each policy, day by day; each is appended to the file as soon as it is over."""
    calls = load_calls(asked.calls)
    days = {when.isoformat(): day_of(when, calls, asked.seed, asked.name_ahead) for when in chosen(calls, asked.days)}
    wanted = [(day, policy) for day in days for policy in asked.policies]
    found = {(each.day, each.policy): each for each in asked.played}
    left = [each for each in wanted if each not in found]
    make = dict(zip(asked.policies, makers, strict=True))
    tasks = [Playing(days[day], make[policy], asked.iterations) for day, policy in left]
    write_records(found.values(), path)
    found.update(zip(left, _played(tasks, asked.executor, path), strict=True))
    return [found[each] for each in wanted]


def _played(tasks: Sequence[Playing], executor: str, path: Path | None) -> list[DayFigures]:
    def note(_: int, ending: Ending[DayFigures]) -> None:
        if ending.result is not None:
            print(line_of(ending.result), file=sys.stderr, flush=True)
            append_record(ending.result, path)

    with open_pool(executor_choice(executor), get_ready) as pool:
        ended = run_all(pool, tasks, note)
    for each in ended:
        if each.error is not None:
            raise each.error
    return [each.result for each in ended if each.result is not None]


def chosen(calls: Sequence[RealCall], number: int) -> list[date]:
    """Return so many working days, evenly spread over those that have a day of calls before them."""
    days = sorted({call.at.date() for call in calls})[1:]
    working = [day for day in days if day.weekday() < SATURDAY]
    number = min(number, len(working))
    return [working[(2 * k + 1) * len(working) // (2 * number)] for k in range(number)]


def day_of(when: date, calls: Sequence[RealCall], seed: int, name_ahead: timedelta) -> Day:
    """Return a day: yesterday's calls that can wait are its list of the morning, today's others come in as they did."""
    chance = random.Random(f"{seed} {when}")
    recent = [call for call in calls if when - call.at.date() in (timedelta(0), timedelta(1))]
    stated = [(call, document_of(call, chance)) for call in recent]
    listed = [each for call, each in stated if each["contract"] == LISTED and call.at.date() < when]
    coming = [(call, each) for call, each in stated if each["contract"] != LISTED and call.at.date() == when]
    due_at = datetime.combine(when, datetime.min.time(), ZONE) + timedelta(hours=LISTED_BY)
    problem = problem_of(when, WATCHES, [call for call, _ in coming], seed)
    problem["calls"] = [each | {"response_deadline": due_at.isoformat()} for each in listed]
    problem["contracts"] = [_priced(each) for each in problem["contracts"]]
    problem["policy"] = POLICY | {"name_technician_ahead": f"PT{name_ahead // timedelta(minutes=1)}M"}
    arrivals = tuple(_call(each | {"reported_at": call.at.isoformat()}) for call, each in coming)
    return Day(when.isoformat(), parse_problem(json.dumps(problem).encode()), arrivals, seed)


def _priced(contract: dict[str, Any]) -> dict[str, Any]:
    terms = TERMS[contract["id"]]
    at_once = terms["missed"] * (timedelta(hours=1) // AT_ONCE)
    steps = [
        {"per_hour": at_once},
        {"after": f"PT{AT_ONCE // timedelta(minutes=1)}M", "per_hour": terms["late_per_hour"] - at_once},
    ]
    return contract | {"response_steps": steps, "downtime_per_hour": terms["downtime_per_hour"]}


def _call(stated: dict[str, Any]) -> Call:
    return Call.model_validate_json(json.dumps(stated))


if __name__ == "__main__":
    raise SystemExit(main())
