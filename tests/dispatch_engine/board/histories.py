"""Random histories of a small board: what dispatchers and phones send in any order, sense and nonsense."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from dispatch_engine.board.commands import OpenBoard
from dispatch_engine.board.reading import command_of
from dispatch_engine.board.state import BoardState
from dispatch_engine.event_log.log import EventLog
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.service.boards import Boards
from dispatch_engine.service.live_board import LiveBoard
from dispatch_engine.service.requests import Request
from tests.dispatch_engine.planner.days import N_PLACES, at, call, day, location, shift, technician

BEGIN = datetime.fromisoformat(at(7))

Draw = Callable[[random.Random, BoardState, datetime], dict[str, Any]]


class Clock:
    """The time of a test, which stands still until it is moved."""

    def __init__(self, now: datetime = BEGIN) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


def small_day() -> ProblemDocument:
    """Two technicians, a provider with two shifts, a depot, eight calls."""
    rest = [{"earliest": at(11), "latest": at(13), "duration": "PT30M"}]
    crew = [
        technician("T-1", skills={"lift": 2}, stock={"KIT": 2}, tools=["hoist"], shifts=[shift(breaks=rest)]),
        technician("T-2", "P4", stock={"KIT": 1}, shifts=[shift(end=14, overtime_cap="PT1H")]),
    ]
    provider = {"id": "X-1", "home": "P5", "prices": {"callout": 80}, "shifts": [shift("am", end=11), shift("pm", 12)]}
    calls = [call(f"C-{i}", f"P{i % N_PLACES}", 1200 + 300 * (i % 3), priority=1 + i % 4) for i in range(8)]
    calls[1] |= {"skills": {"lift": 2}, "response_deadline": at(10)}
    calls[2] |= {"parts": {"KIT": 1}}
    calls[3] |= {"windows": [{"start": at(9), "end": at(11)}], "tools": ["hoist"]}
    return day(calls, crew, providers=[provider], stock_locations=[location(stock={"KIT": 5})])


def opened(log: EventLog, clock: Clock, name: str = "north") -> LiveBoard:
    """Return a board that begins with the small day."""
    boards = Boards(log, clock)
    boards.open(name, Request((OpenBoard(type="open_board", document=small_day()),), "somebody"))
    return boards.board(name)


def send(board: LiveBoard, **command: Any) -> BoardState:
    """Have a board do something, and return what it comes to."""
    return board.accept(Request((command_of(command),), "somebody")).state


def drawn(chance: random.Random, state: BoardState, now: datetime) -> dict[str, Any]:
    """Return a command; now and then one that names what is not there."""
    kind, draw = chance.choice(list(DRAWS.items()))
    return {"type": kind, **draw(chance, state, now)}


def _call_of(chance: random.Random, state: BoardState) -> str:
    return "none" if chance.random() < 0.03 else chance.choice(list(state.calls))


def _who(chance: random.Random, state: BoardState) -> str:
    return "nobody" if chance.random() < 0.03 else chance.choice(list(state.capacities))


def _shift_of(chance: random.Random, state: BoardState, who: str) -> str:
    capacity = state.capacity(who)
    return chance.choice([each.id for each in capacity.shifts] if capacity and capacity.shifts else ["none"])


def _moment(chance: random.Random, now: datetime, back: int = 60, ahead: int = 0) -> str:
    return (now + timedelta(minutes=chance.randint(-back, ahead))).isoformat()


def _create_call(chance: random.Random, state: BoardState, now: datetime) -> dict[str, Any]:
    made = call(f"N-{chance.randrange(10_000)}", f"P{chance.randrange(N_PLACES)}", chance.randrange(600, 5400))
    if chance.random() < 0.3:
        made["parts"] = {"KIT": chance.randint(1, 2)}
    if chance.random() < 0.3:
        made["response_deadline"] = _moment(chance, now, 30, 240)
    return {"call": made}


def _report_visit(chance: random.Random, state: BoardState, now: datetime) -> dict[str, Any]:
    status = chance.choice(
        ["dispatched", "accepted", "declined", "en_route", "on_site", "completed", "unable", "awaiting_parts"]
    )
    planned = [
        (stop.call, key.technician) for key, route in state.plan.routes.items() for stop in route.stops if stop.call
    ]
    call_id, who = chance.choice(planned) if planned and chance.random() < 0.8 else (None, None)
    said: dict[str, Any] = {"call": call_id or _call_of(chance, state), "technician": who or _who(chance, state)}
    said |= {"status": status, "at": _moment(chance, now, 40)}
    if chance.random() < 0.5:
        said["sequence"] = chance.randrange(40)
    if chance.random() < 0.3:
        said["expected_at"] = _moment(chance, now, 10, 90)
    return said


def _shift(chance: random.Random, state: BoardState, now: datetime) -> dict[str, Any]:
    start = chance.randrange(6, 20)
    return {
        "technician": _who(chance, state),
        "shift": shift(chance.choice(["mon", "late"]), start, start + chance.randint(1, 3)),
    }


def _pin(chance: random.Random, state: BoardState, now: datetime) -> dict[str, Any]:
    said = {"call": _call_of(chance, state), "level": chance.choice(["technician", "order", "start"])}
    return said | ({"technician": _who(chance, state)} if chance.random() < 0.3 else {})


def _absence(chance: random.Random, state: BoardState, now: datetime) -> dict[str, Any]:
    said = {"technician": _who(chance, state), "since": _moment(chance, now, 30, 200)}
    return said | ({"until": _moment(chance, now, -200, 400)} if chance.random() < 0.5 else {})


DRAWS: dict[str, Draw] = {
    "create_call": _create_call,
    "change_call": lambda c, s, n: {"call": _call_of(c, s), "changes": {"priority": c.randint(1, 5)}},
    "cancel_call": lambda c, s, n: {"call": _call_of(c, s)},
    "merge_call": lambda c, s, n: {"call": _call_of(c, s), "into": _call_of(c, s)},
    "change_shift": _shift,
    "cancel_shift": lambda c, s, n: {"technician": (w := _who(c, s)), "shift": _shift_of(c, s, w)},
    "sign_on": lambda c, s, n: {"technician": _who(c, s), "at": _moment(c, n)},
    "sign_off": lambda c, s, n: {"technician": _who(c, s), "at": _moment(c, n)},
    "report_absence": _absence,
    "end_absence": lambda c, s, n: {"technician": _who(c, s)},
    "report_visit": _report_visit,
    "estimate": lambda c, s, n: {"call": _call_of(c, s), "ends_at": _moment(c, n, 0, 120)},
    "report_position": lambda c, s, n: {"technician": _who(c, s), "lat": 1.0, "lon": 2.0, "at": _moment(c, n)},
    "report_delay": lambda c, s, n: {"technician": _who(c, s), "delay": c.randrange(600, 5400, 60)},
    "change_technician": lambda c, s, n: {"technician": _who(c, s), "changes": {"skills": {"lift": c.randint(1, 3)}}},
    "remove_technician": lambda c, s, n: {"technician": "T-2"} if c.random() < 0.1 else {"technician": "nobody"},
    "change_location": lambda c, s, n: {"location": "L-1", "changes": {"stock": {"KIT": c.randint(0, 9)}}},
    "set_contract": lambda c, s, n: {"contract": {"id": "gold", "response_within": c.randrange(3600, 9000)}},
    "report_break": lambda c, s, n: {"technician": _who(c, s), "at": _moment(c, n, 30)},
    "report_restock": lambda c, s, n: {"technician": _who(c, s), "location": "L-1", "at": _moment(c, n, 30)},
    "report_parts": lambda c, s, n: {
        "technician": _who(c, s),
        "movement": c.choice(["used", "missing", "received"]),
        "parts": {"KIT": c.randint(1, 3)},
        "location": c.choice([None, "L-1"]),
    },
    "count_stock": lambda c, s, n: {"technician": _who(c, s), "stock": {"KIT": c.randint(0, 4)}},
    "pin_call": _pin,
    "unpin_call": lambda c, s, n: {"call": _call_of(c, s)},
    "assign_call": lambda c, s, n: {"call": _call_of(c, s), "technician": _who(c, s)},
    "publish_plan": lambda c, s, n: {},
    "recall_plan": lambda c, s, n: {},
    "pass_time": lambda c, s, n: {},
}
