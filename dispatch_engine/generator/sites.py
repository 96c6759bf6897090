"""Customers' sites: a point on a street, a trade, a contract, hours of access."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.generator.company import CONTRACT_WEIGHTS
from dispatch_engine.model.places import Place
from dispatch_engine.model.times import Window

if TYPE_CHECKING:
    from dispatch_engine.generator.draw import Draw
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.generator.streets import Streets

Hours = tuple[tuple[float, float], ...]

ACCESS: dict[Hours, float] = {
    (): 0.7,
    ((9.0, 17.5),): 0.15,
    ((7.5, 11.5), (15.0, 18.0)): 0.08,
    ((14.0, 18.0),): 0.07,
}
"""Hours in which work may begin, with their weights; illustrative. None: any time."""


@dataclass(frozen=True)
class Site:
    """A customer's site."""

    id: str
    place: Place
    trade: str
    contract: str
    access: Hours

    def windows(self, settings: Settings, first_day: int) -> tuple[Window, ...]:
        """Return the hours of access from this day of the document to its last."""
        return tuple(
            Window(start=settings.at(day, start), end=settings.at(day, end))
            for day in range(first_day, settings.days)
            for start, end in self.access
        )


def new_site(draw: Draw, streets: Streets, number: int, trade: str) -> Site:
    """Return a site of this trade; all its machines are of that trade."""
    spot = streets.spot(draw)
    name = f"S{number:03}"
    return Site(
        id=name,
        place=Place(id=name, lat=spot.lat, lon=spot.lon),
        trade=trade,
        contract=draw.weighted(CONTRACT_WEIGHTS),
        access=draw.weighted(ACCESS),
    )
