"""How much time of each territory's technicians calls that are not known yet will take, from rates of arriving calls.

What calls of an interval take is a sum of a number of times. The number is Poisson around what the rates expect, times
the factor of the day; the times are those of the examples of the calls' kinds, and a drive to each. Its mean and
variance follow from these, and a gamma distribution has both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from dispatch_engine.model.territories import Reserve
from dispatch_engine.reserves import shared_time
from dispatch_engine.simulation.arrivals import hour_of_week
from dispatch_engine.simulation.errors import CallTemplateMissingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Shift
    from dispatch_engine.model.territories import Territory
    from dispatch_engine.simulation.arrivals import CallRates, Source

HOUR = timedelta(hours=1)
STEPS_PER_HOUR = 4
"""Hours are rounded up to quarters."""


@dataclass(frozen=True)
class ReserveAim:
    """What is to be kept free.

    Attributes
    ----------
    probability
        With which the time suffices, more than 0 and less than 1.
    every
        Hours of the day from one interval to the next, from midnight.
    drive
        To each call.
    kinds
        Of the calls that cannot wait; None: all.
    """

    probability: float = 0.8
    every: int = 4
    drive: timedelta = timedelta(minutes=20)
    kinds: frozenset[str] | None = None


@dataclass(frozen=True)
class ReserveAdvice:
    """What is proposed for an interval of a territory.

    Attributes
    ----------
    territory, start, end
        Which and when, in local time.
    calls
        So many are expected.
    on_shift
        Hours of all its technicians together.
    hours
        To be kept free; never more than those.
    """

    territory: str
    start: datetime
    end: datetime
    calls: float
    on_shift: float
    hours: float


class _Time(NamedTuple):
    """What a call takes in hours: the mean, and the mean of its square."""

    mean: float
    square: float


def advised(problem: ProblemDocument, rates: CallRates, aim: ReserveAim) -> list[ReserveAdvice]:
    """Return a proposal for each interval in which technicians of a territory are on shift.

    Raises
    ------
    CallTemplateMissingError
        No call of the document says how long calls of a kind take.
    """
    return list(_advised(problem, rates, aim))


def _advised(problem: ProblemDocument, rates: CallRates, aim: ReserveAim) -> Iterator[ReserveAdvice]:
    whole = sum(source.weight for source in rates.sources)
    sources, zone = sources_of(problem, rates, aim), ZoneInfo(problem.time_zone)
    for territory in problem.territories:
        mine, shifts = sources[territory.id], _shifts(problem, territory)
        share = sum(source.weight for source in mine) / whole if whole else 0.0
        time = _time(problem, mine, aim.drive)
        for start, end in _intervals(problem, shifts, aim.every):
            calls = share * _expected(rates, start, end, zone)
            on_shift = sum((shared_time(shift, start, end) for shift in shifts), timedelta(0)) / HOUR
            wanted = ceil(STEPS_PER_HOUR * _quantile(aim.probability, calls, rates.surge, time)) / STEPS_PER_HOUR
            yield ReserveAdvice(territory.id, start, end, calls, on_shift, min(wanted, on_shift))


def with_reserves(problem: ProblemDocument, advice: Sequence[ReserveAdvice]) -> ProblemDocument:
    """Return the document with what is proposed in place of the reserves for everybody; those for skills stay."""
    proposed: dict[str, list[Reserve]] = {}
    for each in advice:
        if each.hours:
            hours = Decimal(str(round(each.hours, 3)))
            proposed.setdefault(each.territory, []).append(Reserve(start=each.start, end=each.end, hours=hours))
    territories = tuple(_with(each, proposed.get(each.id, [])) for each in problem.territories)
    return problem.model_copy(update={"territories": territories})


def _with(territory: Territory, proposed: Sequence[Reserve]) -> Territory:
    kept = [each for each in territory.reserve if each.skills]
    return territory.model_copy(update={"reserve": (*proposed, *kept)})


def sources_of(problem: ProblemDocument, rates: CallRates, aim: ReserveAim) -> Mapping[str, list[Source]]:
    """Return the sources of the calls that cannot wait by the territory that they lie in."""
    from dispatch_engine.model.areas import areas_of, territory_at  # shapely takes a tenth of a second to import
    from dispatch_engine.model.places import Point

    areas = areas_of(problem.territories)
    found: dict[str, list[Source]] = {territory.id: [] for territory in problem.territories}
    for source in rates.sources:
        name = territory_at(Point(lat=source.lat, lon=source.lon), areas)
        if name is not None and (aim.kinds is None or source.kind in aim.kinds):
            found[name].append(source)
    return found


def _shifts(problem: ProblemDocument, territory: Territory) -> list[Shift]:
    mine = (technician for technician in problem.technicians if territory.id in technician.home_territories)
    return [shift for technician in mine for shift in technician.shifts]


def _intervals(problem: ProblemDocument, shifts: Sequence[Shift], every: int) -> Iterator[tuple[datetime, datetime]]:
    """Yield parts of the day, from so many hours to the next, as far as anybody is on shift in them."""
    if not shifts:
        return
    zone, last = ZoneInfo(problem.time_zone), max(shift.end for shift in shifts)
    at = min(shift.start for shift in shifts).astimezone(zone)
    while at < last:
        end = _next(at, every, zone)
        inside = [
            (max(shift.start, at), min(shift.end, end)) for shift in shifts if shift.start < end and shift.end > at
        ]
        if inside:
            yield min(start for start, _ in inside).astimezone(zone), max(until for _, until in inside).astimezone(zone)
        at = end


def _next(at: datetime, every: int, zone: ZoneInfo) -> datetime:
    hour = (at.hour // every + 1) * every
    day = at.date() + timedelta(days=hour // 24)
    return datetime(day.year, day.month, day.day, 0 if hour >= 24 else hour, tzinfo=zone)


def _expected(rates: CallRates, start: datetime, end: datetime, zone: ZoneInfo) -> float:
    """Return how many calls come in between two local moments, on average."""
    calls, at = 0.0, start
    while at < end:
        until = min(end, _next(at, 1, zone))
        calls += rates.per_hour[hour_of_week(at)] * (until - at) / HOUR
        at = until
    return calls


def _time(problem: ProblemDocument, sources: Sequence[Source], drive: timedelta) -> _Time:
    """Return what a call of some sources takes: as long as the document's calls of its kind, and a drive."""
    weights: dict[str | None, float] = {}
    for source in sources:
        weights[source.kind] = weights.get(source.kind, 0.0) + source.weight
    times = {kind: [(work + drive) / HOUR for work in _durations(problem, kind)] for kind in weights}
    whole = sum(weights.values()) or 1.0
    mean = sum(weight * fmean(times[kind]) for kind, weight in weights.items()) / whole
    square = sum(weight * fmean(hours**2 for hours in times[kind]) for kind, weight in weights.items()) / whole
    return _Time(mean, square)


def _durations(problem: ProblemDocument, kind: str | None) -> list[timedelta]:
    found = [call.duration for call in problem.calls if kind is None or call.kind == kind]
    if not found:
        raise CallTemplateMissingError(kind, {call.kind for call in problem.calls if call.kind is not None})
    return found


def _quantile(probability: float, calls: float, surge: float, time: _Time) -> float:
    """Return the hours that suffice with a probability."""
    mean = calls * time.mean
    if not mean:
        return 0.0
    from scipy.stats import gamma  # takes long to import

    variance = calls * time.square + surge * mean**2
    return float(gamma.ppf(probability, mean**2 / variance, scale=variance / mean))
