"""A document with parts in place of the few of the simple days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.generator.parts.locations import meetings, spots, stock_locations
from dispatch_engine.generator.parts.needs import with_needs
from dispatch_engine.generator.parts.numbering import catalogue_of
from dispatch_engine.generator.parts.ordered import orders_of, with_orders
from dispatch_engine.generator.parts.vans import with_provider_stock, with_vans

if TYPE_CHECKING:
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.generator.streets import Streets
    from dispatch_engine.model.problem import ProblemDocument


def dressed(settings: Settings, document: ProblemDocument, streets: Streets) -> ProblemDocument:
    """Return a generated document with a catalogue, stock locations, meetings, other vans and other needs.

    Raises
    ------
    TooFewPartsError
        The catalogue is to be too small.
    """
    catalogue = catalogue_of(settings)
    calls = with_needs(settings, catalogue, document.calls)
    orders = orders_of(settings, catalogue, calls)
    locations = stock_locations(settings, catalogue, spots(settings, streets), {order.part for order in orders})
    crew = with_vans(settings, catalogue, document.technicians, locations)
    changes = {
        "technicians": with_orders(settings, catalogue, crew, orders),
        "providers": with_provider_stock(settings, catalogue, document.providers),
        "calls": calls,
        "parts": catalogue.parts,
        "stock_locations": locations,
        "meetings": meetings(settings, locations),
        "policy": document.policy.model_copy(update={"overnight_replenishment": "loadout"}),
    }
    return document.model_copy(update=changes)
