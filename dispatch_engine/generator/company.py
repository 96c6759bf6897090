"""Contracts, prices and providers of the made-up company. All numbers are illustrative, in euros."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from dispatch_engine.generator.kinds import TOOLS_BY_TRADE, parts_of
from dispatch_engine.generator.streets import Spot
from dispatch_engine.model.contracts import Contract
from dispatch_engine.model.places import Place
from dispatch_engine.model.policy import Fairness, Policy, Prices
from dispatch_engine.model.prices import CapacityPrices, FairnessStep, LatenessStep
from dispatch_engine.model.technicians import Provider, Shift

if TYPE_CHECKING:
    from dispatch_engine.generator.draw import Draw
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.generator.streets import Streets

CURRENCY = "EUR"

CONTRACT_WEIGHTS = {"gold": 0.25, "silver": 0.4, "basic": 0.35}

CONTRACTS = {
    "gold": Contract(
        id="gold",
        priority=2,
        response_within=timedelta(hours=18),
        restore_within=timedelta(hours=24),
        response_steps=(
            LatenessStep(per_hour=Decimal(60)),
            LatenessStep(after=timedelta(hours=2), per_hour=Decimal(60)),
        ),
        restore_steps=(LatenessStep(per_hour=Decimal(40)),),
        downtime_per_hour=Decimal(12),
    ),
    "silver": Contract(
        id="silver",
        priority=3,
        response_within=timedelta(hours=28),
        restore_within=timedelta(hours=36),
        response_steps=(
            LatenessStep(per_hour=Decimal(25)),
            LatenessStep(after=timedelta(hours=4), per_hour=Decimal(25)),
        ),
        restore_steps=(LatenessStep(per_hour=Decimal(15)),),
        downtime_per_hour=Decimal(5),
    ),
    "basic": Contract(
        id="basic",
        priority=4,
        response_within=timedelta(hours=80),
        response_steps=(LatenessStep(per_hour=Decimal(8)),),
    ),
}

POLICY = Policy(
    prices=Prices(per_hour=Decimal(38), per_km=Decimal("0.42"), overtime_surcharge_per_hour=Decimal(19)),
    paid_from="shift_start",
    drop_prices={1: Decimal(4000), 2: Decimal(2000), 3: Decimal(1000), 4: Decimal(600), 5: Decimal(400)},
    promise_dropped=Decimal(300),
    reassigned=Decimal(40),
    retimed=Decimal(60),
    preferred_bonus=Decimal(15),
    outside_territory=Decimal(12),
    fairness=Fairness(
        steps=(
            FairnessStep(beyond=timedelta(hours=1), per_hour=Decimal(4)),
            FairnessStep(beyond=timedelta(hours=2), per_hour=Decimal(8)),
        )
    ),
)

WORKLOAD_TARGET = timedelta(hours=7)
"""Driving plus service of a fair shift, for technicians only."""

PROVIDER_PRICES = CapacityPrices(
    per_hour=Decimal(72),
    per_km=Decimal("0.65"),
    overtime_surcharge_per_hour=Decimal(36),
    callout=Decimal(95),
    per_visit=Decimal(15),
)

PROVIDER_TRADES = (("refrigeration",), ("lift", "boiler"))
"""Trades of the providers, in turn."""

PROVIDER_SKILLS = {
    "refrigeration": {"refrigeration": 2, "electrical": 1},
    "lift": {"lift": 2, "electrical": 1},
    "boiler": {"boiler": 2, "gas": 2, "electrical": 2},
}
PROVIDER_MAX_VISITS = 4
PROVIDER_PIECES = 2
"""Of each part of its trades."""


def providers(settings: Settings, draw: Draw, streets: Streets, territories: tuple[str, ...]) -> tuple[Provider, ...]:
    """Return the external companies; they count as at home everywhere."""
    return tuple(
        _provider(settings, number, streets.spot(draw), territories) for number in range(1, settings.providers + 1)
    )


def _provider(settings: Settings, number: int, base: Spot, territories: tuple[str, ...]) -> Provider:
    trades = PROVIDER_TRADES[(number - 1) % len(PROVIDER_TRADES)]
    skills: dict[str, int] = {}
    for trade in trades:
        skills.update({skill: max(level, skills.get(skill, 0)) for skill, level in PROVIDER_SKILLS[trade].items()})
    return Provider(
        id=f"P{number}",
        home=Place(lat=base.lat, lon=base.lon),
        home_territories=territories,
        skills=skills,
        tools=tuple(tool for trade in trades for tool in TOOLS_BY_TRADE[trade]),
        stock={part: PROVIDER_PIECES for trade in trades for part in parts_of(trade)},
        prices=PROVIDER_PRICES,
        shifts=tuple(_provider_shift(settings, day) for day in range(settings.days)),
    )


def _provider_shift(settings: Settings, day: int) -> Shift:
    return Shift(
        id=settings.date(day),
        start=settings.at(day, 8),
        end=settings.at(day, 17),
        max_visits=PROVIDER_MAX_VISITS,
        paid_from="departure",
    )
