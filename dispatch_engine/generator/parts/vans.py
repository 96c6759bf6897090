"""What is in the vans: loadouts by expected use, stock a little short of them, room, tools. Numbers are illustrative.

A van carries what is used often, and of what is used seldom only some numbers, others than the next van.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dispatch_engine.generator.draw import Draw
from dispatch_engine.generator.kinds import TRADES
from dispatch_engine.generator.parts.locations import CARRIED_TOOLS, nearest
from dispatch_engine.model.room import beyond_room
from dispatch_engine.model.technicians import VanCapacity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dispatch_engine.generator.parts.catalogue import Catalogue
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.model.stock import StockLocation
    from dispatch_engine.model.technicians import Provider, Technician

CALLS_COVERED, SECOND_COVERED = 15.0, 2.0
"""Calls of its own and of its second trade whose expected use a van should hold."""

PRESENT = 0.85
"""Share of the loadout's pieces that are in the van in the morning."""

RESERVED = 0.03
"""Share of the pieces that are promised to a visit of another day."""

VANS = (
    VanCapacity(volume=Decimal(90), weight=Decimal(80), slots=16),
    VanCapacity(volume=Decimal(140), weight=Decimal(120), slots=24),
)
"""Room for parts, in litres, kilograms and shelves; one is as frequent as the other."""

PROVIDER_CALLS = 4.0
"""Calls of its trades whose expected use a provider should hold."""


@dataclass(frozen=True)
class Vans:
    """Draws what is in the vans."""

    catalogue: Catalogue
    draw: Draw

    def technician(self, technician: Technician, replenished_at: str) -> Technician:
        """Return a technician with another van."""
        room = self.draw.one_of(VANS)
        wanted = self._wanted(expected_use(self.catalogue, technician))
        loadout = self._fitting(wanted, room)
        stock = Counter(name for name in loadout.elements() if self.draw.chance(PRESENT))
        reserved = Counter(name for name in stock.elements() if self.draw.chance(RESERVED))
        changes = {
            "tools": tuple(tool for tool in technician.tools if self.draw.chance(CARRIED_TOOLS.get(tool, 1.0))),
            "stock": self.catalogue.in_order(stock),
            "loadout": self.catalogue.in_order(loadout),
            "reserved_stock": self.catalogue.in_order(reserved),
            "stock_capacity": room,
            "replenished_at": replenished_at,
        }
        return technician.model_copy(update=changes)

    def provider(self, provider: Provider) -> Provider:
        """Return a provider with parts of the catalogue."""
        trades = {trade: PROVIDER_CALLS for trade in TRADES if trade in provider.skills}
        return provider.model_copy(
            update={"stock": self.catalogue.in_order(self._wanted(self.catalogue.used_by(trades)))}
        )

    def _wanted(self, use: Mapping[str, float]) -> Counter[str]:
        """Return whole pieces that are the expected use on average, of the numbers of which they are held."""
        wanted = Counter[str]()
        for name, mean in use.items():
            for _ in range(int(mean + self.draw.unit())):
                wanted[self.catalogue.held_as(self.draw, name)] += 1
        return wanted

    def _fitting(self, wanted: Counter[str], room: VanCapacity) -> Counter[str]:
        """Return what fits, put in piece by piece in a drawn order."""
        fitting = Counter[str]()
        for name in self.draw.shuffled(sorted(wanted.elements())):
            fitting[name] += 1
            if any(beyond_room(fitting, room, self.catalogue.sizes)):
                fitting[name] -= 1
        return +fitting


def expected_use(catalogue: Catalogue, technician: Technician) -> dict[str, float]:
    """Return the pieces that a technician's van should hold, by number."""
    levels = {trade: technician.skills[trade] for trade in TRADES if trade in technician.skills}
    main = max(levels, key=lambda trade: levels[trade])
    return catalogue.used_by({trade: CALLS_COVERED if trade == main else SECOND_COVERED for trade in levels})


def with_vans(
    settings: Settings, catalogue: Catalogue, crew: Sequence[Technician], locations: Sequence[StockLocation]
) -> tuple[Technician, ...]:
    """Return the technicians with vans that hold parts of the catalogue, loaded overnight at the nearest location."""
    vans = Vans(catalogue, Draw(settings.seed, "vans"))
    return tuple(vans.technician(technician, nearest(technician, locations).id) for technician in crew)


def with_provider_stock(
    settings: Settings, catalogue: Catalogue, providers: Sequence[Provider]
) -> tuple[Provider, ...]:
    """Return the providers with parts of the catalogue."""
    vans = Vans(catalogue, Draw(settings.seed, "stores"))
    return tuple(vans.provider(provider) for provider in providers)
