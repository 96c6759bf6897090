"""How long a board takes to decide on an event, to fold it, and to write the problem that comes of it.

    python -m bench.board --technicians 100 --calls 800 --events 600 [--json FILE]

A generated day is planned as quickly as can be; then phones report their visits in the order of the plan, and new calls
come in, a second apart, so that the minute turns now and then. The plan itself is not repaired: that is another
measurement (``bench.repair``). Writes one JSON object a kind of event, then a Markdown table.
"""

from __future__ import annotations

import random
import time
from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.measurement import count
from bench.records import write_records
from dispatch_engine.board.decide.decide import decide
from dispatch_engine.board.document import ProblemWriter
from dispatch_engine.board.events import PlanPublished
from dispatch_engine.board.evolve import folded
from dispatch_engine.board.reading import command_of
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.settings import Settings
from dispatch_engine.planner import PlanOptions, effective_options
from dispatch_engine.planner.live import LivePlanner
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.locate import locate_network
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call

NETWORK, SEED = "coquimbo", 5
BEGIN = datetime.fromisoformat("2026-03-10T08:30:00-03:00")


@dataclass(frozen=True)
class Record:
    """Events of one kind: milliseconds at percentiles, of each stage the middle."""

    technicians: int
    calls: int
    kind: str
    events: int
    decide_p50_ms: float
    evolve_p50_ms: float
    problem_p50_ms: float
    all_p50_ms: float
    all_p95_ms: float
    all_p99_ms: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    parser = ArgumentParser(prog="python -m bench.board", description="Measure what a board takes for an event.")
    parser.add_argument("--technicians", type=count, default=100, metavar="N", help="default 100")
    parser.add_argument("--calls", type=count, default=800, metavar="N", help="default 800")
    parser.add_argument("--events", type=count, default=600, metavar="N", help="default 600")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a kind of event")
    options = parser.parse_args(arguments)
    state, more = _begun(options.technicians, options.calls, options.events)
    records = measure(state, more, options.events)
    write_records(records, options.json)
    print(table(records))
    return 0


def measure(state: BoardState, more: Sequence[Call], events: int) -> list[Record]:
    """Return the records of so many events on a board."""
    took: defaultdict[str, list[tuple[float, ...]]] = defaultdict(list)
    writer, script, now = ProblemWriter(), _Script(more), state.now
    size = len(state.technicians), len(state.calls)
    writer.problem_of(state)
    for _ in range(events):
        now += timedelta(seconds=1)
        command = script.drawn(state, now)
        marks = [time.perf_counter()]
        happened = decide(state, command, now)
        marks.append(time.perf_counter())
        state = folded(state, state.revision + 1, now, happened)
        marks.append(time.perf_counter())
        writer.problem_of(state)
        marks.append(time.perf_counter())
        kind = f"report_visit {command.status}" if command.type == "report_visit" else command.type
        steps = [1000 * (end - begin) for begin, end in pairwise(marks)]
        took[kind].append((*steps, sum(steps)))
    return [_record(size, kind, np.array(times)) for kind, times in sorted(took.items())]


def _record(size: tuple[int, int], kind: str, times: Any) -> Record:
    middles = [round(float(each), 3) for each in np.percentile(times, 50, axis=0)]
    p95, p99 = (round(float(np.percentile(times[:, -1], each)), 3) for each in (95, 99))
    return Record(
        technicians=size[0],
        calls=size[1],
        kind=kind,
        events=len(times),
        decide_p50_ms=middles[0],
        evolve_p50_ms=middles[1],
        problem_p50_ms=middles[2],
        all_p50_ms=middles[3],
        all_p95_ms=p95,
        all_p99_ms=p99,
    )


def table(records: Sequence[Record]) -> str:
    """Return the records as a Markdown table."""
    head = "| event | number | decide | evolve | problem | all, p50 | p95 | p99 ms |\n|---|---|---|---|---|---|---|---|"
    rows = (
        f"| {r.kind} | {r.events} | {r.decide_p50_ms:.2f} | {r.evolve_p50_ms:.2f} | {r.problem_p50_ms:.2f} "
        f"| {r.all_p50_ms:.2f} | {r.all_p95_ms:.2f} | {r.all_p99_ms:.2f} |"
        for r in records
    )
    return "\n".join((head, *rows))


def _begun(technicians: int, calls: int, events: int) -> tuple[BoardState, Sequence[Call]]:
    """Return a board of this size with a plan, and the calls that will come in."""
    network = load_network(locate_network(NETWORK, Path.cwd()))
    document = generate(Settings(technicians=technicians, calls=calls, seed=SEED), network)
    more = generate(Settings(technicians=1, calls=events, seed=SEED + 1), network).calls
    opening = command_of({"type": "open_board", "document": document.model_dump(mode="json", exclude_unset=True)})
    state = folded(None, 1, BEGIN, decide(None, opening, BEGIN))
    problem = ProblemWriter().problem_of(state)
    options = effective_options(PlanOptions(), document.policy)
    running = LivePlanner(open_travel(document.travel, Path.cwd()), options).begin(problem, ())
    plan = PlanPublished(
        cause="repair",
        routes=tuple(running.routes.values()),
        unplanned=tuple(running.unplanned.values()),
        cost=running.cost,
    )
    return folded(state, 2, BEGIN, (plan,)), more


class _Script:
    """What happens, drawn by chance: each technician goes through the calls of the plan step by step."""

    def __init__(self, more: Sequence[Call]) -> None:
        self._chance, self._more = random.Random(SEED), enumerate(more)
        self._phones: dict[str, Iterator[dict[str, Any]]] = {}

    def drawn(self, state: BoardState, now: datetime) -> Command:
        """Return the next command."""
        if self._chance.random() < 0.35:
            number, call = next(self._more)
            said = call.model_dump(mode="json", exclude_unset=True, exclude={"reported_at", "territory", "contract"})
            place = {"lat": call.place.lat, "lon": call.place.lon}
            return command_of({"type": "create_call", "call": {**said, "id": f"new-{number}", "place": place}})
        if not self._phones:
            self._phones = {key.technician: self._day(state, key.technician) for key in state.plan.routes}
        name = self._chance.choice(list(self._phones))
        step = next(self._phones[name], None)
        if step is None:
            del self._phones[name]
            return self.drawn(state, now)
        return command_of({**step, "at": now.isoformat()})

    @staticmethod
    def _day(state: BoardState, technician: str) -> Iterator[dict[str, Any]]:
        routes = [route for key, route in state.plan.routes.items() if key.technician == technician]
        calls = [stop.call for route in routes for stop in route.stops if stop.call is not None]
        for number, call in enumerate(calls):
            for step, status in enumerate(("en_route", "on_site", "completed")):
                said = {"type": "report_visit", "call": call, "technician": technician, "status": status}
                yield {**said, "sequence": 3 * number + step}


if __name__ == "__main__":
    raise SystemExit(main())
