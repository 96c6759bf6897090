"""Play a day: let happen what is due, tell the policy, and let it send technicians, from one moment to the next."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from dispatch_engine.board.commands import CancelCall, CreateCall
from dispatch_engine.board.visit_status import UNTOUCHED
from dispatch_engine.simulation.agenda import Agenda
from dispatch_engine.simulation.crew import AtWork
from dispatch_engine.simulation.fieldwork import Fieldwork
from dispatch_engine.simulation.record import Record
from dispatch_engine.simulation.ways import ways_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from dispatch_engine.board.commands import Command
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.technicians import Shift
    from dispatch_engine.simulation.day import Day
    from dispatch_engine.simulation.policies.policy import Planned, Policy
    from dispatch_engine.travel.source import TravelSource

TICK = timedelta(minutes=15)
"""So often the policy is told that time has passed."""

PROMISED_AFTER = timedelta(minutes=10)
"""So long after the report of a call its customer is told who comes, where that is planned, and by the policy of the
document not before it is time."""

UNFINISHED = timedelta(hours=12)
"""So long after the last shift's end work that is under way may go on."""


def play(
    day: Day, policy: Policy, source: TravelSource, asked_to_stop: Callable[[], bool] = lambda: False
) -> Record | None:
    """Return how a day went under a policy; None where it was not played to its end because somebody asked to stop.

    Raises
    ------
    CommandRefusedError, DocumentErrors
        The day cannot be: a call contradicts the document, say.
    """
    return _World(day, policy, source).played(asked_to_stop)


class _World:
    def __init__(self, day: Day, policy: Policy, source: TravelSource) -> None:
        self._day, self._policy = day, policy
        self._record, self._agenda = Record(), Agenda()
        self._ways = ways_of(day, source)
        self._crew = {each.id: AtWork(each) for each in day.document.capacities}
        self._field = Fieldwork(day, self._ways, self._agenda, self._record, lambda: policy.state)
        self._wakes: set[tuple[str, datetime]] = set()
        self._promised: dict[str, str] = {}
        self._promisable: list[tuple[datetime, str]] = []

    def played(self, asked_to_stop: Callable[[], bool]) -> Record | None:
        self._policy.open(self._day.document, self._day.begins_at)
        self._enter_all()
        now = self._day.begins_at
        while (at := self._agenda.next_at) is not None and at <= self._day.ends_at + UNFINISHED:
            if asked_to_stop():
                return None
            now = max(now, at)
            self._step(now)
        for who in self._crew.values():
            who.go_home(self._ways, self._record)
        return self._record

    def _enter_all(self) -> None:
        """Enter what happens whatever is decided."""
        for call in self._day.document.calls:
            self._note(call, self._day.begins_at)
        for call in self._day.arrivals:
            assert call.reported_at is not None
            self._agenda.enter(call.reported_at, partial(self._arrival, call))
        for at, name in self._day.cancellations():
            self._agenda.enter(at, partial(self._cancellation, name))
        for who in self._crew.values():
            for shift in who.capacity.shifts:
                self._agenda.enter(shift.start, partial(self._begin, who, shift))
        for at, name in self._day.illnesses():
            self._agenda.enter(at, partial(self._field.fall_ill, self._crew[name]))
        self._agenda.enter(self._day.begins_at, self._tick)

    def _step(self, now: datetime) -> None:
        """Let everything happen that is due, then send out whoever can go, until nobody can any more."""
        self._tell([command for action in self._agenda.take(now) for command in action(now)], now)
        while set_out := list(self._sent(now)):
            self._tell(set_out, now)

    def _sent(self, now: datetime) -> Iterator[Command]:
        free = {name: at for name, who in self._crew.items() if (at := who.free(now)) is not None}
        if not free:
            return
        for name, order in self._policy.orders(free, now).items():
            if order.leaves_at <= now:
                yield from self._field.begin(self._crew[name], order, now)
            elif (name, order.leaves_at) not in self._wakes:
                self._wakes.add((name, order.leaves_at))
                self._agenda.enter(order.leaves_at, _look_again)

    def _tell(self, commands: list[Command], now: datetime) -> None:
        if commands:
            self._record.events += len(commands)
            self._policy.tell(commands, now)
            self._note_second_visits(now)
        self._keep_promises(now)

    def _note_second_visits(self, now: datetime) -> None:
        for name, call in self._policy.state.calls.items():
            if name not in self._record.roots:
                self._note(call, now, self._first_of(name))

    def _first_of(self, second: str) -> str:
        return next(name for name, visit in self._policy.state.visits.items() if visit.follow_up == second)

    def _note(self, call: Call, now: datetime, root: str | None = None) -> None:
        self._record.begin(call.id, root)
        self._promisable.append((now + PROMISED_AFTER, call.id))

    def _keep_promises(self, now: datetime) -> None:
        """Tell customers who comes: in time at first, and whenever it is somebody else."""
        planned, told = self._policy.planned(), set[str]()
        for name, technician in list(self._promised.items()):
            if name in planned and planned[name].technician != technician and self._is_untouched(name):
                self._record.changed += 1
                del self._promised[name]
                self._promisable.append((now, name))
                told.add(name)
        due = [(at, name) for at, name in self._promisable if at <= now and self._is_named(planned.get(name), now)]
        self._promisable = [each for each in self._promisable if each not in due]
        named = {name: planned[name].technician for _, name in due if self._is_untouched(name)}
        self._record.promised.update(named)
        self._promised.update(named)
        told |= named.keys()
        if told:
            self._policy.promise(sorted(told), now)

    def _is_untouched(self, name: str) -> bool:
        visit = self._policy.state.visits.get(name)
        return visit is not None and visit.status in UNTOUCHED

    def _is_named(self, planned: Planned | None, now: datetime) -> bool:
        return planned is not None and self._day.document.policy.is_named(planned.start, now)

    def _tick(self, now: datetime) -> Iterable[Command]:
        self._policy.pass_time(now)
        if now + TICK <= self._day.ends_at:
            self._agenda.enter(now + TICK, self._tick)
        return ()

    def _arrival(self, call: Call, now: datetime) -> Iterable[Command]:
        self._note(call, now)
        return (CreateCall(type="create_call", call=call),)

    def _cancellation(self, name: str, now: datetime) -> Iterable[Command]:
        visit = self._policy.state.visits.get(name)
        if visit is None or visit.status not in UNTOUCHED:
            return ()
        self._record.of(name).cancelled_at = now
        return (CancelCall(type="cancel_call", call=name, reason="works again"),)

    def _begin(self, who: AtWork, shift: Shift, now: datetime) -> Iterable[Command]:
        who.go_home(self._ways, self._record)
        who.begin(shift)
        return ()


def _look_again(now: datetime) -> Iterable[Command]:
    """Let nothing happen, but have the orders looked at."""
    return ()
