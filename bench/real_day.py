"""One whole day of real calls, played through HTTP: calls as they came, a crew whose phones follow the plan.

    python -m bench.real_day [--day 2024-06-24] [--speed 600] [--seed 1] [--calls FILE]

A server process of its own serves the board, and its clock runs fast. Technicians set out, arrive and finish in drawn
times, some late, some unable or lacking parts; one falls ill; some customers cancel; a building that calls again is
merged. Ends with a table of figures, and with 1 where a call was neither completed nor cancelled nor explained.
"""

from __future__ import annotations

import json
import random
import sys
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bench.city_day import CALLS, ZONE, RealCall, Watch, document_of, problem_of, real_calls
from bench.desk import BoardClock, Desk
from bench.following import Follower
from bench.phones import Phones
from bench.serving import ServerFailedError, serving
from dispatch_engine.cli.warmup import compile_if_cold
from dispatch_engine.model.plan import Route

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

    import httpx

BOARD = "city"
WATCHES = (Watch("night", 3, 0, 7.5), Watch("early", 9, 7, 15.5), Watch("late", 8, 13, 22), Watch("eve", 3, 21, 30))
CANCELLED = 0.05
"""Share of the calls whose customers cancel."""

LEAD_S = 25.0
"""So long the server has to start before the day begins; calls that come in meanwhile are told late."""

STEP_S = 60.0
"""Of the board's time: so often the phones are looked at."""

ENDED = frozenset({"completed", "cancelled"})
SECOND = frozenset({"unable", "awaiting_parts"})


@dataclass(frozen=True)
class Script:
    """What is played."""

    day: date
    begin: float
    end: float
    """Hours of the day between which calls come in."""
    watches: Sequence[Watch]
    speed: float
    seed: int
    calls: Path = CALLS


@dataclass(frozen=True)
class Played:
    """What came of it."""

    statuses: Counter[str]
    unexplained: tuple[str, ...]
    """Calls neither completed nor cancelled, nor left out for a reason, nor followed by a second one."""
    refused: int
    """Commands, besides those that others overtook: of a call that was over by then, or begun."""
    overtaken: int
    gaps: int
    """Revisions that the stream did not tell in order, and routes that it told otherwise than the plan has them."""
    figures: dict[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the day that the command line asks for."""
    options = _parser().parse_args(arguments)
    script = Script(options.day, 0, 24, WATCHES, options.speed, options.seed, options.calls)
    try:
        played = play(script)
    except ServerFailedError as error:
        print(error, file=sys.stderr)
        return 2
    print(table(played))
    return 1 if played.unexplained or played.refused or played.gaps else 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.real_day", description="Play a day of real calls through HTTP.")
    parser.add_argument("--day", type=date.fromisoformat, default=date(2024, 6, 24), help="default 2024-06-24")
    parser.add_argument("--speed", type=float, default=600.0, metavar="N", help="of the board's clock; default 600")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="default 1")
    parser.add_argument("--calls", type=Path, default=CALLS, metavar="FILE", help=f"default {CALLS}")
    return parser


def play(script: Script) -> Played:
    """Play a day to its end, with a solver that is compiled before the clock begins to run."""
    compile_if_cold()
    begin = datetime.combine(script.day, datetime.min.time(), ZONE) + timedelta(hours=script.begin)
    calls = real_calls(script.calls, script.day, script.begin, script.end)
    problem = problem_of(script.day, script.watches, calls, script.seed)
    settings = {
        "DISPATCH_API_CLOCK_START": (begin - timedelta(seconds=LEAD_S * script.speed)).isoformat(),
        "DISPATCH_API_CLOCK_SPEED": str(script.speed),
        "DISPATCH_API_CLOCK_SECONDS": str(5 * STEP_S / script.speed),
    }
    with TemporaryDirectory() as folder, serving(Path(folder), None, settings) as server, server.client() as client:
        client.put(f"/v1/boards/{BOARD}", json={"document": problem}).raise_for_status()
        follower = Follower(server, BOARD)
        follower.start()
        clock = BoardClock(begin - timedelta(seconds=LEAD_S * script.speed), script.speed)
        desk = Desk(client, BOARD, clock)
        phones = Phones([each["id"] for each in problem["technicians"]], follower, desk, script.seed)
        _play(script, desk, phones, calls, datetime.fromisoformat(problem["horizon"]["end"]))
        played = _played(client, follower, desk, phones, calls)
        follower.stop()
    return played


def _play(script: Script, desk: Desk, phones: Phones, calls: Sequence[RealCall], end: datetime) -> None:
    """Send what dispatchers and phones send, each at its time, until the last shift is over."""
    todo = sorted(_desk_work(script, calls), key=lambda each: each[0])
    ill_at, ill = _illness(script)
    while (now := desk.clock.now()) < end or phones.n_busy:
        while todo and todo[0][0] <= now:
            desk.send(todo.pop(0)[1])
        if ill is not None and now >= ill_at:
            phones.fall_ill(ill)
            ill = None
        phones.step(now)
        desk.clock.wait(STEP_S)


def _illness(script: Script) -> tuple[datetime, str | None]:
    """Return who falls ill and when: one of the largest watch, when a third of it is over."""
    watch = max(script.watches, key=lambda each: each.technicians)
    midnight = datetime.combine(script.day, datetime.min.time(), ZONE)
    return midnight + timedelta(hours=watch.begin + (watch.end - watch.begin) / 3), f"{watch.name}-2"


def _desk_work(script: Script, calls: Sequence[RealCall]) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Yield when dispatchers send what: calls, duplicates merged, cancellations, promises to customers."""
    chance, first_by_building = random.Random(script.seed), dict[str, RealCall]()
    for call in calls:
        stated = document_of(call, chance) | {"reported_at": call.at.isoformat()}
        yield call.at, {"type": "create_call", "call": stated}
        first = first_by_building.setdefault(call.building, call)
        if first is not call:
            merge = {"type": "merge_call", "call": call.id, "into": first.id}
            yield call.at + timedelta(seconds=1), merge
        elif chance.random() < CANCELLED:
            yield call.at + timedelta(minutes=10), {"type": "cancel_call", "call": call.id, "reason": "works again"}
    middle = calls[0].at + (calls[-1].at - calls[0].at) / 2
    yield middle, {"type": "publish_plan"}


def _played(client: httpx.Client, follower: Follower, desk: Desk, phones: Phones, calls: Sequence[RealCall]) -> Played:
    views = {each["id"]: each for each in _pages(client, f"/v1/boards/{BOARD}/calls")}
    plan = client.get(f"/v1/boards/{BOARD}/plan").raise_for_status().json()
    explained = {each["call"] for each in plan["unplanned"] if each["reasons"]}
    closed = _left_with_a_day(client)
    known = views.keys() | closed
    unexplained = [name for name, view in views.items() if not (_is_settled(view, known) or name in explained)]
    shown, told = (_routes(each) for each in (plan["routes"], follower.routes.values()))
    is_same = follower.reaches(plan["revision"]) and (follower.revision > plan["revision"] or told == shown)
    lost = [each.id for each in calls if each.id not in known]
    statuses = Counter({"closed, and off the board as its day ended": len(closed)} if closed else {})
    statuses.update("unplanned, explained" if name in explained else view["status"] for name, view in views.items())
    return Played(
        statuses=statuses,
        unexplained=(*unexplained, *lost),
        refused=len(desk.refused),
        overtaken=len(desk.overtaken),
        gaps=follower.gaps + (not is_same),
        figures=_figures(plan, follower, desk, phones, calls),
    )


def _left_with_a_day(client: httpx.Client) -> set[str]:
    """Return the calls that are off the board since the day on which they were closed is over."""
    entries = _pages(client, f"/v1/boards/{BOARD}/events")
    events = (event for entry in entries for event in entry["events"] if event["type"] == "day_ended")
    return {call for event in events for call in event["data"]["calls"]}


def _routes(texts: Iterable[dict[str, Any]]) -> dict[tuple[str, str], Route]:
    """Return routes by technician and shift, whether what is not stated was written or left out."""
    routes = [Route.model_validate_json(json.dumps(each)) for each in texts]
    return {(route.technician, route.shift): route for route in routes}


def _is_settled(view: dict[str, Any], known: Set[str]) -> bool:
    return view["status"] in ENDED or (view["status"] in SECOND and view["visit"].get("follow_up") in known)


def _pages(client: httpx.Client, target: str) -> Iterator[dict[str, Any]]:
    after: str | None = None
    while True:
        page = client.get(target, params={"after": after} if after else {}).raise_for_status().json()
        yield from page["items"]
        after = page.get("next")
        if after is None:
            return


def _figures(
    plan: dict[str, Any], follower: Follower, desk: Desk, phones: Phones, calls: Sequence[RealCall]
) -> dict[str, str]:
    kpis, ms = plan["kpis"], sorted(desk.ms)
    on_site_at, response = phones.on_site_at, kpis["response"]
    waits_s = [(on_site_at[each.id] - each.at).total_seconds() for each in calls if each.id in on_site_at]
    visits = sum(phones.reported[status] for status in ("completed", *SECOND))
    return {
        "real calls": str(len(calls)),
        "visits done": str(visits),
        "completed at the first visit": f"{phones.reported['completed'] / max(1, visits):.0%}",
        "from call to on site, median": f"{median(waits_s) / 60:.0f} min" if waits_s else "nobody was on site",
        "response in time": f"{response['on_time']} of {response['on_time'] + response['late']}",
        "promises kept": f"{kpis['promises_kept']} of {kpis['promises_kept'] + kpis['promises_broken']}",
        "driving": f"{kpis['driving_s'] / 3600:.1f} h, {kpis['distance_m'] / 1000:.0f} km",
        "work on site": f"{kpis['service_s'] / 3600:.1f} h",
        "overtime": f"{kpis['overtime_s'] / 3600:.1f} h",
        "restocks": str(phones.reported["restocked"]),
        "declined": str(phones.reported["declined"]),
        "cost": plan["cost"]["total"],
        "commands": f"{len(ms)}, p50 {ms[len(ms) // 2]:.0f} ms, p99 {ms[int(0.99 * len(ms))]:.0f} ms",
        "revisions": f"{plan['revision']}, of them {follower.improvements} better plans of the background",
    }


def table(played: Played) -> str:
    """Return what came of the day as Markdown tables."""
    lines = ["| at the end of the day | calls |", "|---|--:|"]
    lines += [f"| {status} | {number} |" for status, number in sorted(played.statuses.items())]
    lines += ["", "| figure | |", "|---|--:|", *(f"| {name} | {value} |" for name, value in played.figures.items())]
    lines += [
        "",
        f"Commands refused: {played.refused}; overtaken: {played.overtaken}; gaps in the stream: {played.gaps}.",
    ]
    lines += [f"Not explained: {', '.join(played.unexplained)}."] if played.unexplained else []
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
