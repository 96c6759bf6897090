"""When and where calls come in: rates by hour of the week, days that are busier as a whole, kinds and areas.

Counts of an hour are Poisson around the hour's rate times a factor of the day, which is gamma distributed around 1:
days of surges. Without the factor the counts of real days would be far too even.

References
----------
Avramidis, Deslauriers and L'Ecuyer 2004, Modeling daily arrivals to a telephone call center (the gamma day factor).
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from statistics import fmean
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Id, Latitude, Longitude, Version
from dispatch_engine.simulation.errors import CallsHistoryShortError
from dispatch_engine.simulation.history import PastCall

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from dispatch_engine.simulation.draws import Draws

HOURS, DAYS = 24, 7
HOURS_A_WEEK = HOURS * DAYS
LEAST_DAYS = 14
"""A history of fewer days says little about the days of a week."""

AREA_DEGREES = 0.02
"""Side of an area."""

Rate = Annotated[float, Field(ge=0, le=1_000_000)]


class Source(Model):
    """What comes out of an area: calls of one kind, with a weight among all."""

    lat: Latitude
    lon: Longitude
    kind: Id | None = None
    weight: Rate = 1.0


class CallRates(Model):
    """A fitted or stated model of arriving calls."""

    version: Version
    per_hour: Annotated[tuple[Rate, ...], Field(min_length=HOURS_A_WEEK, max_length=HOURS_A_WEEK)]
    """Calls on average by hour of the week, from Monday, midnight, local time."""
    surge: Annotated[float, Field(ge=0, le=100)] = 0.0
    """Variance of the day's factor; 0: days differ only as chance would have it."""
    area_degrees: Annotated[float, Field(ge=0, le=10)] = AREA_DEGREES
    """Calls of a source come from within a square of this side around it."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


def hour_of_week(at: datetime) -> int:
    """Return the hour of the week of a local time, from Monday, midnight."""
    return at.weekday() * HOURS + at.hour


def fitted(calls: Sequence[PastCall], days: Sequence[date]) -> CallRates:
    """Fit rates to calls.

    Parameters
    ----------
    calls
        In local time.
    days
        The dates that were observed, those without calls included.

    Raises
    ------
    CallsHistoryShortError
        There are too few days, or no calls.
    """
    if len(days) < LEAST_DAYS or not calls:
        raise CallsHistoryShortError(len(days) if calls else 0, LEAST_DAYS, "days with calls")
    rates = _rates(calls, days)
    weights = Counter((*_area(call), call.kind) for call in calls)
    sources = tuple(
        Source(lat=lat, lon=lon, kind=kind, weight=weight)
        for (lat, lon, kind), weight in sorted(weights.items(), key=lambda each: str(each[0]))
    )
    return CallRates(version=1, per_hour=rates, surge=_surge(calls, days, rates), sources=sources)


def _rates(calls: Sequence[PastCall], days: Sequence[date]) -> tuple[float, ...]:
    """Return the mean of each hour of the week, drawn towards what the day and the hour alone would say.

    A day of the week and an hour of the day each have many calls; their product stands for one more week.
    """
    seen, observed = Counter(hour_of_week(call.at) for call in calls), Counter(day.weekday() for day in days)
    by_day, by_hour = Counter(call.at.weekday() for call in calls), Counter(call.at.hour for call in calls)
    rates = []
    for hour in range(HOURS_A_WEEK):
        weeks = observed[hour // HOURS]
        mean_of_day = by_day[hour // HOURS] / max(1, weeks)
        prior = mean_of_day * by_hour[hour % HOURS] / len(calls)
        rates.append(round((seen[hour] + prior) / (weeks + 1), 6))
    return tuple(rates)


def _surge(calls: Sequence[PastCall], days: Sequence[date], rates: Sequence[float]) -> float:
    """Return by how much day totals vary beyond Poisson, relative to their squared means (method of moments)."""
    totals = Counter(call.at.date() for call in calls)
    means = [sum(rates[day.weekday() * HOURS : (day.weekday() + 1) * HOURS]) for day in days]
    beyond = fmean((totals[day] - mean) ** 2 - mean for day, mean in zip(days, means, strict=True))
    return round(max(0.0, beyond / fmean(mean**2 for mean in means)), 6)


def _area(call: PastCall) -> tuple[float, float]:
    """Return the middle of the area that a call lies in."""
    return tuple(round((side // AREA_DEGREES + 0.5) * AREA_DEGREES, 6) for side in (call.lat, call.lon))  # type: ignore[return-value] # two of them


def drawn(rates: CallRates, day: date, zone: ZoneInfo, draws: Draws) -> tuple[PastCall, ...]:
    """Return the calls of a day, in order of time; hours that a change of clocks skips have none."""
    factor = _factor(rates.surge, draws)
    weights = {number: source.weight for number, source in enumerate(rates.sources)}
    calls = [call for hour in range(HOURS) for call in _drawn_of_hour(rates, day, hour, factor, zone, weights, draws)]
    return tuple(sorted(calls, key=lambda call: call.at))


def _factor(surge: float, draws: Draws) -> float:
    if not surge:
        return 1.0
    from scipy.stats import gamma  # takes long to import

    return float(gamma.ppf(draws.unit("factor"), 1 / surge, scale=surge))


def _drawn_of_hour(
    rates: CallRates,
    day: date,
    hour: int,
    factor: float,
    zone: ZoneInfo,
    weights: Mapping[int, float],
    draws: Draws,
) -> Iterator[PastCall]:
    from scipy.stats import poisson  # takes long to import

    rate = factor * rates.per_hour[day.weekday() * HOURS + hour]
    count = int(poisson.ppf(draws.unit("count", str(hour)), rate)) if rate else 0
    begin = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
    for number in range(count):
        about = (str(hour), str(number))
        at = begin + timedelta(seconds=int(3600 * draws.unit("when", *about)))
        source = rates.sources[_choice(weights, draws.unit("source", *about))]
        beside = [rates.area_degrees * (draws.unit(side, *about) - 0.5) for side in ("lat", "lon")]
        lat, lon = max(-90.0, min(90.0, source.lat + beside[0])), max(-180.0, min(180.0, source.lon + beside[1]))
        yield PastCall(at, round(lat, 6), round(lon, 6), source.kind)


def _choice(weights: Mapping[int, float], unit: float) -> int:
    rest = unit * sum(weights.values())
    for choice, weight in weights.items():
        rest -= weight
        if rest < 0:
            return choice
    return choice
