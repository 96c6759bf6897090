"""A crew with phones: each technician follows the plan as it stands, and reports what happens instead."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from dispatch_engine.simulation.chances import Chances
from dispatch_engine.simulation.draws import Draws

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bench.desk import Desk
    from bench.following import Follower

CHANCES = Chances(late=0.08, no_show=0.05)
"""How drives, work and visits vary: those of simulated days, with more trouble."""

DECLINED, AWAITING_PARTS, ESTIMATED = 0.03, 0.07, 0.2
"""Shares of the visits that technicians decline, that end for want of a part, and of which an end is told."""

GOALS = frozenset({"visit", "fact", "restock"})
"""Stops that technicians drive to. What is due by the plan is taken as a fact, though nobody has set out for it."""

PARTS_AFTER = timedelta(hours=2)
SOON = timedelta(minutes=1)


@dataclass
class Phone:
    """What a technician is at."""

    technician: str
    sequence: int = 0
    is_busy: bool = False
    is_off: bool = False
    is_excused: bool = False
    """Has told that the next start will be late."""
    done: set[str] = field(default_factory=set)
    """Calls that this one has ended or declined."""


class Phones:
    """The crew. Time is that of the board; ``step`` does what is due.

    Parameters
    ----------
    technicians
        Who they are.
    follower
        Knows the plan.
    desk
        Sends reports.
    seed
        Of all that is drawn.
    """

    def __init__(self, technicians: Iterable[str], follower: Follower, desk: Desk, seed: int) -> None:
        self._phones = {name: Phone(name) for name in technicians}
        self._follower, self._desk = follower, desk
        self._draws, self._numbers = Draws(seed), count()
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []
        self.reported: Counter[str] = Counter()
        self.on_site_at: dict[str, datetime] = {}

    @property
    def n_busy(self) -> int:
        """How many are on the way or at work."""
        return sum(phone.is_busy for phone in self._phones.values())

    def fall_ill(self, technician: str) -> None:
        """Let one work no more, besides what is under way."""
        self._phones[technician].is_off = True
        self._desk.send({"type": "report_absence", "technician": technician, "reason": "sick"})

    def step(self, now: datetime) -> None:
        """Look at changed routes, and do what is due by now; what the desk has sent before is known to all."""
        self._follower.reaches(self._desk.revision)
        for technician in self._follower.changed():
            if technician in self._phones:
                self._look(self._phones[technician], now)
        while self._due and self._due[0][0] <= now:
            heapq.heappop(self._due)[2]()

    def _at(self, at: datetime, action: Callable[[], None]) -> None:
        heapq.heappush(self._due, (at, next(self._numbers), action))

    def _look(self, phone: Phone, now: datetime) -> None:
        """Set out for the first stop ahead, if it is time; else look again when it is."""
        if phone.is_busy or phone.is_off:
            return
        stop = self._ahead(phone)
        if stop is None:
            return
        leaves_at = _moment(stop["arrival"]) - timedelta(seconds=stop.get("travel_s", 0))
        if leaves_at > now + SOON:
            self._at(leaves_at, lambda: self._look(phone, self._desk.clock.now()))
        elif stop["kind"] == "restock":
            self._restock(phone, stop, now)
        else:
            self._set_out(phone, stop, now)

    def _ahead(self, phone: Phone) -> dict[str, Any] | None:
        mine = [route for (technician, _), route in self._follower.routes.items() if technician == phone.technician]
        stops = (stop for route in sorted(mine, key=lambda each: each["departure"]) for stop in route["stops"])
        ahead = (stop for stop in stops if stop["kind"] in GOALS)
        return next((stop for stop in ahead if stop.get("call") not in phone.done), None)

    def _set_out(self, phone: Phone, stop: dict[str, Any], now: datetime) -> None:
        drawn = self._draws.unit("goes", stop["call"], phone.technician)
        if drawn < DECLINED and not _is_second(stop["call"]):
            phone.done.add(stop["call"])
            self._report(phone, stop["call"], "declined", now, reason="not mine")
            self._at(now + SOON, lambda: self._look(phone, self._desk.clock.now()))
        elif drawn < DECLINED + CHANCES.late and not phone.is_excused:
            phone.is_excused = True
            self._desk.send(
                {"type": "report_delay", "technician": phone.technician, "delay": int(CHANCES.late_by.total_seconds())}
            )
            self._at(now + CHANCES.late_by, lambda: self._look(phone, self._desk.clock.now()))
        else:
            phone.is_busy, phone.is_excused = True, False
            self._report(phone, stop["call"], "en_route", now)
            arrives_at = now + self._drive(stop, "travel", stop["call"])
            self._at(arrives_at, lambda: self._arrive(phone, stop, arrives_at))

    def _arrive(self, phone: Phone, stop: dict[str, Any], at: datetime) -> None:
        self._report(phone, stop["call"], "on_site", at)
        self.on_site_at.setdefault(stop["call"], at)
        factor = self._draws.lognormal(CHANCES.work_sigma, "work", stop["call"])
        work = (_moment(stop["end"]) - _moment(stop["start"])) * factor
        ends_at = at + work
        if self._draws.chance(ESTIMATED, "estimate", stop["call"]):
            self._desk.send({"type": "estimate", "call": stop["call"], "ends_at": _text(ends_at)})
        self._at(ends_at, lambda: self._end(phone, stop, ends_at))

    def _end(self, phone: Phone, stop: dict[str, Any], at: datetime) -> None:
        call = stop["call"]
        drawn = self._draws.unit("ends", call)
        phone.done.add(call)
        phone.is_busy = False
        if drawn < CHANCES.no_show and not _is_second(call):
            self._report(phone, call, "unable", at, reason="no access to the machine room")
        elif drawn < CHANCES.no_show + AWAITING_PARTS and not _is_second(call):
            more = {"parts_needed": {"RELAY": 1}, "parts_expected_at": _text(at + PARTS_AFTER)}
            self._report(phone, call, "awaiting_parts", at, **more)
        else:
            self._report(phone, call, "completed", at)
        self._at(at + SOON, lambda: self._look(phone, self._desk.clock.now()))

    def _restock(self, phone: Phone, stop: dict[str, Any], now: datetime) -> None:
        phone.is_busy = True
        handling = _moment(stop["end"]) - _moment(stop["start"])
        done_at = now + self._drive(stop, "travel", phone.technician, stop["location"]) + handling
        self._at(done_at, lambda: self._restocked(phone, stop, done_at))

    def _restocked(self, phone: Phone, stop: dict[str, Any], at: datetime) -> None:
        phone.is_busy = False
        self.reported["restocked"] += 1
        received = {"type": "report_parts", "technician": phone.technician, "movement": "received"}
        self._desk.send(received | {"parts": stop["loads"], "location": stop["location"]})
        self._at(at + SOON, lambda: self._look(phone, self._desk.clock.now()))

    def _drive(self, stop: dict[str, Any], *about: str) -> timedelta:
        """Return how long the drive to a stop takes."""
        travel = CHANCES.travel
        return timedelta(seconds=stop.get("travel_s", 0)) * self._draws.between(
            float(travel.least), float(travel.most), *about
        )

    def _report(self, phone: Phone, call: str, status: str, at: datetime, **more: Any) -> None:
        phone.sequence += 1
        self.reported[status] += 1
        about = {"call": call, "technician": phone.technician, "status": status, "sequence": phone.sequence}
        self._desk.send({"type": "report_visit", **about, "at": _text(at), **more})


def _is_second(call: str) -> bool:
    """Whether a call is for a second visit; those succeed, so that the day comes to an end."""
    return call.count("-") > 1


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()
