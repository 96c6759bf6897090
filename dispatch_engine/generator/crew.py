"""Technicians: where they live, what they can, what is in the van, when they work. All numbers are illustrative."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from dispatch_engine.generator.company import WORKLOAD_TARGET
from dispatch_engine.generator.districts import Box, district_of
from dispatch_engine.generator.draw import Draw, quotas
from dispatch_engine.generator.kinds import TOOLS_BY_TRADE, TRADES, parts_of
from dispatch_engine.model.places import Place
from dispatch_engine.model.technicians import Break, Shift, Technician

if TYPE_CHECKING:
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.generator.streets import Spot, Streets

MAIN_LEVELS = (3, 2, 2, 3, 2)
"""Of the technicians of a trade, in turn."""

SECOND_TRADE = 0.5
"""Share of technicians who know a second trade, at level 1."""

TEMPOS = ("0.85", "0.9", "0.95", "1", "1", "1.05", "1.1", "1.2")
SPEEDS = ("0.95", "1", "1", "1", "1.05")
STARTS = {7.5: 0.25, 8.0: 0.4, 8.5: 0.2, 10.0: 0.15}
"""Hours at which shifts begin, with their weights."""

LENGTHS = {8.5: 0.5, 9.0: 0.5}
"""Hours from start to end of a shift, the unpaid lunch break included."""

OVERTIME_CAPS_MIN = (60, 90, 90, 120)
LUNCH = timedelta(minutes=45)
LUNCH_WINDOWS = {7.5: (11.5, 13.5), 8.0: (12.0, 14.0), 8.5: (12.0, 14.0), 10.0: (13.0, 15.0)}
"""Earliest and latest start of lunch, by the start of the shift."""

TOOL_SHARE = 0.8
"""Of the technicians of a trade, those who have one of its tools."""

CALLS_STOCKED, SECOND_STOCKED = 6, 1.5
"""Calls a day of its own and its second trade that a van is stocked for; for all days, as nights bring no parts."""

ELECTRIC_EVERY = 6
ELECTRIC_RANGE_KM = Decimal(110)
"""Every sixth van is electric and drives no farther on a day."""


def technicians(settings: Settings, streets: Streets, boxes: dict[str, Box]) -> tuple[Technician, ...]:
    """Return the technicians T01, T02 and so on, or with another prefix."""
    homes, draw = Draw(settings.seed, "homes"), Draw(settings.seed, "crew")
    trades = quotas(settings.technicians, TRADES)
    seniority = dict.fromkeys(TRADES, 0)
    found = []
    for number, trade in enumerate(draw.shuffled(trades), 1):
        level = MAIN_LEVELS[seniority[trade] % len(MAIN_LEVELS)]
        seniority[trade] += 1
        found.append(_technician(settings, draw, number, (trade, level), (streets.spot(homes), boxes)))
    return tuple(found)


def _technician(
    settings: Settings, draw: Draw, number: int, calling: tuple[str, int], home: tuple[Spot, dict[str, Box]]
) -> Technician:
    trade, level = calling
    spot, boxes = home
    others = [other for other in TRADES if other != trade]
    second = draw.one_of(others) if draw.chance(SECOND_TRADE) else None
    return Technician(
        id=f"{settings.technician_prefix}{number:02}",
        home=Place(lat=spot.lat, lon=spot.lon),
        home_territories=(district_of(boxes, spot),),
        skills=_skills(draw, trade, level, second),
        tools=tuple(tool for tool in TOOLS_BY_TRADE[trade] if level == max(MAIN_LEVELS) or draw.chance(TOOL_SHARE)),
        duration_factor=Decimal(draw.one_of(TEMPOS)),
        travel_factor=Decimal(draw.one_of(SPEEDS)),
        stock=_stock(draw, trade, second, settings.days),
        shifts=_shifts(settings, draw, number),
    )


def _skills(draw: Draw, trade: str, level: int, second: str | None) -> dict[str, int]:
    skills = {trade: level, "electrical": max(1, level - draw.count(0, 1))}
    if trade == "boiler":
        skills["gas"] = max(1, level - draw.count(0, 1))
    if second is not None:
        skills[second] = 1
    return skills


def _stock(draw: Draw, trade: str, second: str | None, days: int) -> dict[str, int]:
    """Return pieces by part: what some calls need on average, plus about one more; a little of the second trade."""
    expected = {part: pieces * CALLS_STOCKED * days for part, pieces in parts_of(trade).items()}
    if second is not None:
        expected |= {part: pieces * SECOND_STOCKED * days for part, pieces in parts_of(second).items()}
    pieces = {part: int(mean + 0.5 + draw.unit() + draw.unit()) for part, mean in expected.items()}
    return {part: count for part, count in pieces.items() if count}


def _shifts(settings: Settings, draw: Draw, number: int) -> tuple[Shift, ...]:
    start, length, cap = draw.weighted(STARTS), draw.weighted(LENGTHS), draw.one_of(OVERTIME_CAPS_MIN)
    days = [day for day in range(settings.days) if not _is_off(settings, number, day)]
    return tuple(_shift(settings, day, (start, length, cap), electric=not number % ELECTRIC_EVERY) for day in days)


def _is_off(settings: Settings, number: int, day: int) -> bool:
    """Whether this technician has this day off; the days off go round."""
    if settings.days == 1 or not settings.days_off:
        return False
    return (number + day) % round(1 / settings.days_off) == 0


def _shift(settings: Settings, day: int, hours: tuple[float, float, int], *, electric: bool) -> Shift:
    start, length, cap_min = hours
    earliest, latest = LUNCH_WINDOWS[start]
    lunch = Break(earliest=settings.at(day, earliest), latest=settings.at(day, latest), duration=LUNCH)
    return Shift(
        id=settings.date(day),
        start=settings.at(day, start),
        end=settings.at(day, start + length),
        overtime_cap=timedelta(minutes=cap_min),
        breaks=(lunch,),
        workload_target=WORKLOAD_TARGET,
        **({"max_distance_km": ELECTRIC_RANGE_KM} if electric else {}),
    )
