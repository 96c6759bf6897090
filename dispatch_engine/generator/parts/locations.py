"""Stock locations, what they hold and lend, what arrives, and meetings at them. All numbers are illustrative."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from math import ceil
from typing import TYPE_CHECKING

from geopy.distance import geodesic

from dispatch_engine.generator.draw import Draw
from dispatch_engine.generator.kinds import TRADES
from dispatch_engine.generator.parts.profiles import PROFILES, Profile
from dispatch_engine.generator.streets import Spot
from dispatch_engine.model.places import Place
from dispatch_engine.model.stock import Courier, Delivery, Meeting, StockLocation
from dispatch_engine.model.times import Window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dispatch_engine.generator.parts.catalogue import Catalogue
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.generator.streets import Streets
    from dispatch_engine.model.technicians import Technician


CARRIED_TOOLS = {"recovery_unit": 0.4, "hoist": 0.45, "flue_gas_analyser": 0.6}
"""Probability that a technician's van carries one of the tools that stock locations lend; it carries all others."""

SCARCE = 0.15
"""Share of the part numbers of which no location has a piece in the morning."""

DELIVERED = 0.6
"""Share of those that arrive during the day at the first location."""

DELIVERY_HOURS = (8.5, 10.0, 12.0)
DELIVERED_SHARE = 0.4
"""Pieces that arrive: this share of the expected use of all days, at least one."""

MEETING = timedelta(minutes=10)

CANDIDATES = 8
"""Points on the streets of which a location gets the one farthest from the other locations."""


def spots(settings: Settings, streets: Streets) -> list[Spot]:
    """Return points on streets, as many as there are stock locations, not too near to each other.

    References
    ----------
    Mitchell (1991), Spectrally optimal sampling for distribution ray tracing: the best candidate.
    """
    draw = Draw(settings.seed, "locations")
    found: list[Spot] = []
    for _ in range(settings.stock_locations):
        candidates = [streets.spot(draw) for _ in range(CANDIDATES)]
        found.append(max(candidates, key=lambda spot: min((_apart_m(spot, other) for other in found), default=0.0)))
    return found


def stock_locations(
    settings: Settings, catalogue: Catalogue, spots: Sequence[Spot], not_kept: Collection[str]
) -> tuple[StockLocation, ...]:
    """Return the stock locations L1, L2 and so on; the numbers ``not_kept`` are at none of them."""
    stores = Stores(settings, catalogue, Draw(settings.seed, "stock"), not_kept)
    return tuple(stores.location(number, spot) for number, spot in enumerate(spots, 1))


def meetings(settings: Settings, locations: Sequence[StockLocation]) -> tuple[Meeting, ...]:
    """Return the meetings at the locations on each day, M1, M2 and so on."""
    agreed = [
        (location.place, settings.at(day, hour))
        for day in range(settings.days)
        for location, profile in zip(locations, cycle(PROFILES))
        for hour in profile.meeting_hours
    ]
    return tuple(
        Meeting(id=f"M{number}", place=place, at=at, duration=MEETING) for number, (place, at) in enumerate(agreed, 1)
    )


def nearest(technician: Technician, locations: Sequence[StockLocation]) -> StockLocation:
    """Return the location that is nearest to the technician's home, as the crow flies."""
    home = _spot(technician.home)
    return min(locations, key=lambda each: _apart_m(home, _spot(each.place)))


class Stores:
    """Draws what stock locations hold; the first one gets the deliveries."""

    def __init__(self, settings: Settings, catalogue: Catalogue, draw: Draw, not_kept: Collection[str]) -> None:
        self._settings, self._catalogue, self._draw = settings, catalogue, draw
        self._use = catalogue.used_by({trade: settings.calls * share for trade, share in TRADES.items()})
        lots = {name: (draw.chance(SCARCE), draw.chance(DELIVERED)) for name in self._use}
        self._scarce = {name: is_delivered for name, (is_scarce, is_delivered) in lots.items() if is_scarce}
        self._scarce |= dict.fromkeys(not_kept, False)

    def location(self, number: int, spot: Spot) -> StockLocation:
        """Return a location of the profile whose turn it is."""
        profile = PROFILES[(number - 1) % len(PROFILES)]
        name = f"L{number}"
        return StockLocation(
            id=name,
            place=Place(id=name, lat=spot.lat, lon=spot.lon),
            kind=profile.kind,
            opening=tuple(self._opening(profile)),
            handling=timedelta(minutes=profile.handling_min),
            handling_per_line=timedelta(seconds=profile.line_s),
            stock=self._stock(profile),
            tools=self._tools(profile),
            deliveries=tuple(self._deliveries()) if number == 1 else (),
            courier=None if profile.courier is None else _courier(*profile.courier),
        )

    def _opening(self, profile: Profile) -> Iterator[Window]:
        for day in range(self._settings.days):
            for start, end in profile.hours:
                yield Window(start=self._settings.at(day, start), end=self._settings.at(day, end))

    def _stock(self, profile: Profile) -> dict[str, int]:
        found = Counter[str]()
        for name, mean in self._use.items():
            count = int(mean * profile.share + profile.at_random * self._draw.unit())
            held = [self._catalogue.held_as(self._draw, name) for _ in range(count)]
            if name not in self._scarce:
                found.update(each for each in held if self._catalogue.sizes[each]["volume"] <= profile.max_litres)
        return self._catalogue.in_order(found)

    def _tools(self, profile: Profile) -> dict[str, int]:
        if not profile.lent_by_technicians:
            return {}
        return dict.fromkeys(CARRIED_TOOLS, ceil(self._settings.technicians / profile.lent_by_technicians))

    def _deliveries(self) -> Iterator[Delivery]:
        """Yield what arrives of the scarce numbers, each at one of the hours of one of the days."""
        slots = [(day, hour) for day in range(self._settings.days) for hour in DELIVERY_HOURS]
        arriving: dict[tuple[int, float], dict[str, int]] = {slot: {} for slot in slots}
        for name, is_delivered in self._scarce.items():
            if is_delivered:
                count = max(1, round(self._use[name] * DELIVERED_SHARE))
                arriving[self._draw.one_of(slots)][self._catalogue.current.get(name, name)] = count
        for slot, parts in arriving.items():
            if parts:
                yield Delivery(at=self._settings.at(*slot), parts=self._catalogue.in_order(parts))


def _courier(lead_min: int, price: int) -> Courier:
    return Courier(lead_time=timedelta(minutes=lead_min), price=Decimal(price))


def _spot(place: Place | None) -> Spot:
    if place is None or place.lat is None or place.lon is None:
        raise ValueError(f"the generated place {place} has no coordinates")
    return Spot(place.lat, place.lon)


def _apart_m(one: Spot, other: Spot) -> float:
    return float(geodesic((one.lat, one.lon), (other.lat, other.lon)).m)
