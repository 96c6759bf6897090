"""The figures of a simulated day, from what happened."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from statistics import fmean
from typing import TYPE_CHECKING, Any

from dispatch_engine.model.effective import contract_of, response_of, restore_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from dispatch_engine.simulation.day import Day
    from dispatch_engine.simulation.record import CallRecord, Record


@dataclass(frozen=True)
class DayFigures:
    """How a day went under a policy.

    Deadlines that lie behind the end of the day, of calls that nobody has come to, are neither kept nor missed; so are
    those of calls that the customer took back before.
    """

    day: str
    policy: str
    events: int
    """What dispatchers and phones reported."""
    calls: int
    completed: int
    cancelled: int
    unserved: int
    """Calls on which work is left at the end of the day."""
    response_kept: int
    response_missed: int
    restore_kept: int
    restore_missed: int
    wait_min: float
    """From the report of a call to somebody on the site, mean of those that were reported during the day."""
    late_min: float
    """By how much response deadlines were missed, all together; of nobody on the site, until the end of the day."""
    visits: int
    first_time_fix: float
    """Of the calls that were completed, those with one visit."""
    promised: int
    """Customers who were told ahead who comes."""
    changed: int
    """How often somebody else was to come then."""
    distance_km: float
    driving_h: float
    service_h: float
    overtime_h: float
    restocks: int
    no_shows: int
    lacking_parts: int
    absences: int

    @property
    def missed(self) -> int:
        """Deadlines missed, of response and restoration together."""
        return self.response_missed + self.restore_missed

    def as_dict(self) -> dict[str, Any]:
        """Return the figures by name, for JSON and tables."""
        return asdict(self)


@dataclass(frozen=True)
class _Kept:
    kept: int
    missed: int
    late: timedelta


def figures_of(day: Day, policy: str, record: Record) -> DayFigures:
    """Return the figures of a day that was played to its end."""
    response = _kept(_due(day, record, response=True), day.ends_at)
    restore = _kept(_due(day, record, response=False), day.ends_at)
    completed = [each for each in record.calls.values() if each.completed_at is not None]
    happened = record.happened
    return DayFigures(
        day=day.name,
        policy=policy,
        events=record.events,
        calls=len(record.calls),
        completed=len(completed),
        cancelled=sum(each.cancelled_at is not None for each in record.calls.values()),
        unserved=sum(each.completed_at is None and each.cancelled_at is None for each in record.calls.values()),
        response_kept=response.kept,
        response_missed=response.missed,
        restore_kept=restore.kept,
        restore_missed=restore.missed,
        wait_min=_mean_min(_waits(day, record)),
        late_min=_min(response.late),
        visits=sum(each.visits for each in record.calls.values()),
        first_time_fix=round(sum(each.visits == 1 for each in completed) / max(1, len(completed)), 4),
        promised=len(record.promised),
        changed=record.changed,
        distance_km=round(record.distance_m / 1000, 1),
        driving_h=_hours(record.driving),
        service_h=_hours(record.service),
        overtime_h=_hours(record.overtime),
        restocks=happened["restocks"],
        no_shows=happened["no-shows"],
        lacking_parts=happened["lacking parts"],
        absences=happened["absences"],
    )


def _due(day: Day, record: Record, *, response: bool) -> Iterator[tuple[datetime, datetime | None, CallRecord]]:
    """Yield each deadline with when it was met, if it was."""
    for call in day.calls:
        deadline_of = response_of if response else restore_of
        deadline = deadline_of(call, contract_of(day.document, call), day.document.policy)
        if deadline is not None:
            met = record.of(call.id)
            yield deadline.at, met.responded_at if response else met.completed_at, met


def _kept(due: Iterable[tuple[datetime, datetime | None, CallRecord]], ends_at: datetime) -> _Kept:
    kept = missed = 0
    late = timedelta(0)
    for deadline, met_at, call in due:
        until = met_at or min((each for each in (call.cancelled_at, ends_at) if each is not None), default=ends_at)
        kept += met_at is not None and met_at <= deadline
        missed += until > deadline
        late += max(timedelta(0), until - deadline)
    return _Kept(kept, missed, late)


def _waits(day: Day, record: Record) -> Iterator[timedelta]:
    for call in day.arrivals:
        responded_at = record.of(call.id).responded_at
        if responded_at is not None and call.reported_at is not None:
            yield responded_at - call.reported_at


def _mean_min(spans: Iterable[timedelta]) -> float:
    minutes = [span.total_seconds() / 60 for span in spans]
    return round(fmean(minutes), 1) if minutes else 0.0


def _min(span: timedelta) -> float:
    return round(span.total_seconds() / 60, 1)


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 2)
