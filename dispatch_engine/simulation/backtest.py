"""Whether a fitted model of arrivals holds for weeks that it has not seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.simulation.arrivals import HOURS, LEAST_DAYS, CallRates, fitted
from dispatch_engine.simulation.errors import CallsHistoryShortError

if TYPE_CHECKING:
    from datetime import date

    from dispatch_engine.simulation.history import CallHistory

BAND = 0.95


@dataclass(frozen=True)
class Backtest:
    """How often the calls of an hour lay where the model expected them.

    Attributes
    ----------
    fitted_days, held_out_days
        So many.
    hours
        Hours of the days that were held out.
    inside_poisson
        Share of them with as many calls as the band of a Poisson count around the hour's rate allows.
    inside_surges
        The same with the band of the whole model, the day's factor included.
    expected, came
        Calls of all of them together.
    surge
        Variance of the day's factor.
    """

    fitted_days: int
    held_out_days: int
    hours: int
    inside_poisson: float
    inside_surges: float
    expected: float
    came: int
    surge: float


def backtest(history: CallHistory, weeks: int) -> Backtest:
    """Fit all but the last weeks of a history, and compare each hour of those with the model.

    Raises
    ------
    CallsHistoryShortError
        Too little would be left to fit.
    """
    days = all_days(history)
    n_held = 7 * weeks
    if len(days) < n_held + LEAST_DAYS:
        raise CallsHistoryShortError(len(days), n_held + LEAST_DAYS, "days")
    kept, held = days[:-n_held], days[-n_held:]
    rates = fitted([call for call in history.calls if call.at.date() <= kept[-1]], kept)
    came = Counter((call.at.date(), call.at.hour) for call in history.calls if call.at.date() >= held[0])
    hours = [(day, hour) for day in held for hour in range(HOURS)]
    inside = [_is_inside(rates, day, hour, came[day, hour]) for day, hour in hours]
    return Backtest(
        fitted_days=len(kept),
        held_out_days=len(held),
        hours=len(hours),
        inside_poisson=sum(plain for plain, _ in inside) / len(hours),
        inside_surges=sum(whole for _, whole in inside) / len(hours),
        expected=sum(rates.per_hour[day.weekday() * HOURS + hour] for day, hour in hours),
        came=sum(came[each] for each in hours),
        surge=rates.surge,
    )


def all_days(history: CallHistory) -> list[date]:
    """Return every date from the first call to the last one, those without calls included."""
    first, last = history.days[0], history.days[-1]
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _is_inside(rates: CallRates, day: date, hour: int, came: int) -> tuple[bool, bool]:
    """Tell whether a count lies in the band of the Poisson distribution, and in that of the whole model."""
    from scipy.stats import nbinom, poisson  # takes long to import

    rate = rates.per_hour[day.weekday() * HOURS + hour]
    low, high = poisson.interval(BAND, rate)
    if not rates.surge or not rate:
        return bool(low <= came <= high), bool(low <= came <= high)
    whole = nbinom.interval(BAND, 1 / rates.surge, 1 / (1 + rate * rates.surge))
    return bool(low <= came <= high), bool(whole[0] <= came <= whole[1])
