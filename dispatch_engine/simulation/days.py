"""Days to play, made of a problem document and of calls: those of recorded days, or drawn from rates."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dispatch_engine.model.places import Place
from dispatch_engine.simulation.arrivals import drawn
from dispatch_engine.simulation.backtest import all_days
from dispatch_engine.simulation.day import Day
from dispatch_engine.simulation.draws import Draws
from dispatch_engine.simulation.errors import CallsHistoryShortError, CallTemplateMissingError, ChancesOrderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.simulation.arrivals import CallRates
    from dispatch_engine.simulation.chances import Chances
    from dispatch_engine.simulation.history import CallHistory, PastCall

SATURDAY = 5
OF_THE_EXAMPLE_ALONE = dict.fromkeys(
    ("name", "pin", "promise", "response_deadline", "restore_deadline", "released_at", "down_since")
) | {"windows": ()}
"""What a call does not have from the one of its kind that says what it needs."""


def recorded_days(
    document: ProblemDocument, history: CallHistory, number: int, seed: int, chances: Chances
) -> list[Day]:
    """Return days on which calls come in as on so many days of a history, evenly spread over it.

    A working day of the document is played with working days of the history, a weekend with weekends.

    Raises
    ------
    CallsHistoryShortError
        The history has fewer such days.
    CallTemplateMissingError
        A call comes in of a kind that no call of the document has.
    """
    base = _Base(document, seed, chances)
    days = [day for day in all_days(history) if base.is_like(day)] if history.calls else []
    if len(days) < number:
        raise CallsHistoryShortError(len(days), number, "days like the document's")
    chosen = [days[(2 * k + 1) * len(days) // (2 * number)] for k in range(number)]
    return [base.day(when.isoformat(), base.recorded(history, when)) for when in chosen]


def drawn_days(document: ProblemDocument, rates: CallRates, number: int, seed: int, chances: Chances) -> list[Day]:
    """Return days on which calls come in by rates.

    Raises
    ------
    CallTemplateMissingError
        As ``recorded_days``.
    """
    base = _Base(document, seed, chances)
    names = [f"day-{k}" for k in range(1, number + 1)]
    return [base.day(name, base.drawn(rates, name)) for name in names]


class _Base:
    """What all days have in common."""

    def __init__(self, document: ProblemDocument, seed: int, chances: Chances) -> None:
        if chances.travel.least > chances.travel.most:
            raise ChancesOrderError(chances.travel.least, chances.travel.most)
        self._document = document.model_copy(update={"now": None, "meetings": ()})
        self._seed, self._chances = seed, chances
        self._zone = ZoneInfo(document.time_zone)
        empty = Day("", self._document, ())
        self._begins_at, self._ends_at = (each.astimezone(self._zone) for each in (empty.begins_at, empty.ends_at))
        self._examples: dict[str | None, list[Call]] = {None: list(document.calls)}
        for call in document.calls:
            if call.kind is not None:
                self._examples.setdefault(call.kind, []).append(call)

    def is_like(self, day: date) -> bool:
        """Whether a date is a working day as that of the document, or neither is."""
        return (day.weekday() < SATURDAY) == (self._begins_at.weekday() < SATURDAY)

    def recorded(self, history: CallHistory, when: date) -> Iterator[tuple[datetime, PastCall]]:
        """Yield the calls of a date, with the moments of the document's day at which they come in."""
        later = self._begins_at.date() - when
        for call in history.calls:
            yield self._moved(call.at, later), call

    def _moved(self, at: datetime, later: timedelta) -> datetime:
        """Return the same time of day some days later: local clocks count, whatever their offsets."""
        return (at.replace(tzinfo=None) + later).replace(tzinfo=self._zone)

    def drawn(self, rates: CallRates, name: str) -> Iterator[tuple[datetime, PastCall]]:
        """Yield calls that are drawn."""
        day = self._begins_at.date()
        while day <= self._ends_at.date():
            for call in drawn(rates, day, self._zone, Draws(self._seed, f"{name} {day}")):
                yield call.at, call
            day += timedelta(days=1)

    def day(self, name: str, coming: Iterator[tuple[datetime, PastCall]]) -> Day:
        """Return a day with the calls that come in between its beginning and its end."""
        inside = sorted(
            ((at, call) for at, call in coming if self._begins_at <= at < self._ends_at), key=lambda each: each[0]
        )
        draws = Draws(self._seed, name)
        arrivals = tuple(self._call(number, at, call, draws) for number, (at, call) in enumerate(inside, start=1))
        return Day(name, self._document, arrivals, self._seed, self._chances)

    def _call(self, number: int, at: datetime, call: PastCall, draws: Draws) -> Call:
        name = f"arrival-{number}"
        example = _one_of(self._of_kind(call.kind), draws.unit("example", name))
        moment = at.replace(microsecond=0)
        place = Place(lat=call.lat, lon=call.lon)
        return example.model_copy(update={**OF_THE_EXAMPLE_ALONE, "id": name, "place": place, "reported_at": moment})

    def _of_kind(self, kind: str | None) -> Sequence[Call]:
        examples: Mapping[str | None, Sequence[Call]] = self._examples
        if not examples.get(kind):
            raise CallTemplateMissingError(kind, [each for each in examples if each is not None])
        return examples[kind]


def _one_of(examples: Sequence[Call], unit: float) -> Call:
    return examples[int(unit * len(examples))]
