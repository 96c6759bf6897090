"""What technicians do with an order: they set out, arrive, work and end, in drawn times, and report each of it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dispatch_engine.board.commands import (
    ReportAbsence,
    ReportBreak,
    ReportDelay,
    ReportParts,
    ReportRestock,
    ReportVisit,
)
from dispatch_engine.model.effective import duration_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.board.visit_status import ReportedStatus
    from dispatch_engine.model.calls import Call
    from dispatch_engine.simulation.agenda import Agenda
    from dispatch_engine.simulation.crew import AtWork
    from dispatch_engine.simulation.day import Day
    from dispatch_engine.simulation.policies.policy import Order
    from dispatch_engine.simulation.record import Record
    from dispatch_engine.simulation.ways import Ways


class Fieldwork:
    """The truth of drives and work.

    Parameters
    ----------
    day
        Has the chances and the draws.
    ways
        Drives as they are expected.
    agenda
        What comes later is entered there.
    record
        What happened is noted there.
    state
        Returns the board as it is known to all.
    """

    def __init__(self, day: Day, ways: Ways, agenda: Agenda, record: Record, state: Callable[[], BoardState]) -> None:
        self._day, self._ways, self._agenda, self._record, self._state = day, ways, agenda, record, state

    def begin(self, who: AtWork, order: Order, now: datetime) -> Iterator[Command]:
        """Begin with an order whose time has come; yields what is reported at once."""
        if order.kind == "break":
            yield from self._rest(who, order, now)
        elif order.kind == "restock":
            yield from self._restock(who, order, now)
        elif self._is_late(who, order):
            yield from self._put_off(who, order, now)
        else:
            yield from self._set_out(who, order, now)

    def fall_ill(self, who: AtWork, now: datetime) -> Iterator[Command]:
        """Work no more, once what is under way is done."""
        if who.is_busy:
            who.falls_ill = True
        elif not who.is_off:
            who.is_off = True
            self._record.happened["absences"] += 1
            yield ReportAbsence(type="report_absence", technician=who.capacity.id, reason="sick")

    def _rest(self, who: AtWork, order: Order, now: datetime) -> Iterator[Command]:
        self._record.happened["breaks"] += 1
        who.breaks_taken += 1
        self._busy_until(who, now + order.lasts)
        yield ReportBreak(type="report_break", technician=who.capacity.id, at=now, ends_at=now + order.lasts)

    def _is_late(self, who: AtWork, order: Order) -> bool:
        assert order.call is not None
        is_drawn = self._day.draws.chance(self._day.chances.late, "late", order.call)
        return is_drawn and not self._record.is_second(order.call) and order.call not in who.late_for

    def _put_off(self, who: AtWork, order: Order, now: datetime) -> Iterator[Command]:
        assert order.call is not None
        who.late_for.add(order.call)
        late_by = self._day.chances.late_by
        self._record.happened["late starts"] += 1
        self._busy_until(who, now + late_by)
        yield ReportDelay(type="report_delay", technician=who.capacity.id, free_at=now + late_by)

    def _set_out(self, who: AtWork, order: Order, now: datetime) -> Iterator[Command]:
        assert order.call is not None
        call = self._state().calls[order.call]
        expected_at, arrives_at = self._drive(who, order, now, ("travel", order.call))
        starts_at = max([arrives_at, *([call.released_at] if call.released_at is not None else [])])
        starts_at = min(
            (max(starts_at, each.start) for each in call.windows if each.end >= starts_at), default=starts_at
        )
        self._agenda.enter(starts_at, lambda at: self._arrive(who, order, call, at))
        yield self._report(who, call.id, "en_route", now, expected_at=expected_at)

    def _drive(self, who: AtWork, order: Order, now: datetime, about: tuple[str, ...]) -> tuple[datetime, datetime]:
        """Set out, and return when the technician is expected there and when it will be."""
        assert who.place is not None
        assert order.place is not None
        leg, travel = self._ways.leg(who.capacity, who.place, order.place), self._day.chances.travel
        factor = self._day.draws.between(float(travel.least), float(travel.most), *about)
        driving = timedelta(seconds=round(leg.travel.total_seconds() * factor))
        self._record.distance_m += leg.metres
        self._record.driving += driving
        who.is_busy, who.place = True, order.place
        return now + leg.travel, now + driving

    def _arrive(self, who: AtWork, order: Order, call: Call, now: datetime) -> Iterator[Command]:
        record = self._record.of(call.id)
        record.visits += 1
        record.responded_at = record.responded_at or now
        chances, draws = self._day.chances, self._day.draws
        if not self._record.is_second(call.id) and draws.chance(chances.no_show, "no-show", call.id):
            self._end_at(who, now + chances.no_show_wait, now, lambda at: self._nobody_there(who, call, at))
        else:
            self._work(who, order, call, now)
        yield self._report(who, call.id, "on_site", now)

    def _work(self, who: AtWork, order: Order, call: Call, now: datetime) -> None:
        chances, draws = self._day.chances, self._day.draws
        stated_s = duration_of(call, who.capacity).total_seconds()
        work = timedelta(seconds=round(stated_s * draws.lognormal(chances.work_sigma, "work", call.id)))
        extra = self._extra_parts(call)
        lacking = self._lacking(who, call, extra)
        if lacking:
            noticed = timedelta(seconds=round(work.total_seconds() * chances.parts_noticed))
            self._end_at(who, now + noticed, now, lambda at: self._lack(who, call, extra, at))
        else:
            used = None if order.parts is None else dict(Counter(call.parts) + Counter(extra))
            self._end_at(who, now + work, now, lambda at: self._complete(who, call, used, at))

    def _extra_parts(self, call: Call) -> dict[str, int]:
        """Return the parts that the fault turns out to need on top of those that the call names."""
        left = self._day.draws.unit("case", call.id)
        for case in call.parts_cases:
            left -= case.probability
            if left < 0:
                return dict(case.parts)
        return {}

    def _lacking(self, who: AtWork, call: Call, extra: dict[str, int]) -> Counter[str]:
        known = self._state().capacity(who.capacity.id)
        held = Counter() if known is None else Counter(known.stock)
        return Counter(extra) - (held - Counter(call.parts))

    def _complete(self, who: AtWork, call: Call, used: dict[str, int] | None, now: datetime) -> Iterator[Command]:
        self._record.of(call.id).completed_at = now
        yield self._report(who, call.id, "completed", now, parts_used=used)

    def _lack(self, who: AtWork, call: Call, extra: dict[str, int], now: datetime) -> Iterator[Command]:
        self._record.happened["lacking parts"] += 1
        needed = dict(Counter(call.parts) + Counter(extra))
        yield self._report(who, call.id, "awaiting_parts", now, parts_needed=needed)

    def _nobody_there(self, who: AtWork, call: Call, now: datetime) -> Iterator[Command]:
        self._record.happened["no-shows"] += 1
        yield self._report(who, call.id, "unable", now, reason="nobody there")

    def _restock(self, who: AtWork, order: Order, now: datetime) -> Iterator[Command]:
        expected_at, arrives_at = self._drive(who, order, now, ("travel", who.capacity.id, str(order.location)))
        self._record.happened["restocks"] += 1

        def load(at: datetime) -> Iterator[Command]:
            if order.loads:
                parts, name = dict(order.loads), who.capacity.id
                kind: dict[str, Any] = {"type": "report_parts", "movement": "received", "location": order.location}
                yield ReportParts(**kind, technician=name, parts=parts)

        self._end_at(who, arrives_at + order.lasts, None, load)
        about: dict[str, Any] = {"technician": who.capacity.id, "location": order.location}
        yield ReportRestock(type="report_restock", at=now, arrives_at=expected_at, **about)

    def _busy_until(self, who: AtWork, at: datetime) -> None:
        who.is_busy = True
        self._end_at(who, at, None, lambda _: iter(()))

    def _end_at(
        self, who: AtWork, at: datetime, worked_since: datetime | None, then: Callable[[datetime], Iterator[Command]]
    ) -> None:
        """Have a technician be free again at a moment, and report what ``then`` says."""

        def end(now: datetime) -> Iterator[Command]:
            who.is_busy, who.free_at = False, now
            if worked_since is not None:
                self._record.service += now - worked_since
            yield from then(now)
            if who.falls_ill:
                who.falls_ill = False
                yield from self.fall_ill(who, now)

        self._agenda.enter(at, end)

    def _report(self, who: AtWork, call: str, status: ReportedStatus, now: datetime, **more: Any) -> ReportVisit:
        about: dict[str, Any] = {"call": call, "technician": who.capacity.id, "status": status, "at": now}
        return ReportVisit(type="report_visit", sequence=who.next_number(), **about, **more)
