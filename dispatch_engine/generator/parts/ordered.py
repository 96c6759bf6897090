"""Pieces that were ordered for one call and lie in the van of the colleague who found the fault but cannot mend it.

Only a piece of a number that is used seldom is ordered so; stock locations do not keep that number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.generator.draw import Draw
from dispatch_engine.generator.kinds import KINDS, TRADES
from dispatch_engine.model.room import beyond_room

if TYPE_CHECKING:
    from dispatch_engine.generator.parts.catalogue import Catalogue
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.technicians import Technician

SELDOM = 2.5
"""A number of which all calls of the document together are expected to use fewer pieces is used seldom."""

ORDERED = 0.8
"""Share of the calls with such a part, and above the lowest level of skill, whose part was ordered by a colleague."""


@dataclass(frozen=True)
class Order:
    """Pieces of a part for a call."""

    call: Call
    part: str
    pieces: int


def orders_of(settings: Settings, catalogue: Catalogue, calls: Sequence[Call]) -> list[Order]:
    """Return what was ordered: of a number for one call at most."""
    draw = Draw(settings.seed, "orders")
    use = catalogue.used_by({trade: settings.calls * share for trade, share in TRADES.items()})
    found: dict[str, Order] = {}
    for call in calls:
        for part, pieces in call.parts.items():
            is_ordered = draw.chance(ORDERED)
            if is_ordered and _level(call) > 1 and use.get(part, SELDOM) < SELDOM:
                found.setdefault(part, Order(call, part, pieces))
    return list(found.values())


def with_orders(
    settings: Settings, catalogue: Catalogue, crew: Sequence[Technician], orders: Sequence[Order]
) -> tuple[Technician, ...]:
    """Return the technicians, some of them with what they ordered for calls for which they lack the skill."""
    draw, changed = Draw(settings.seed, "colleagues"), list(crew)
    for order in orders:
        able = [number for number, each in enumerate(changed) if _found_the_fault(catalogue, each, order)]
        if able:
            number = draw.one_of(able)
            changed[number] = _with(catalogue, changed[number], order)
    return tuple(changed)


def _found_the_fault(catalogue: Catalogue, technician: Technician, order: Order) -> bool:
    """Tell whether a technician works in the call's trade, below the level that it takes, and has room for the part."""
    is_below = 0 < technician.skills.get(_trade(order.call), 0) < _level(order.call)
    stock = _with(catalogue, technician, order).stock
    return is_below and not any(beyond_room(stock, technician.stock_capacity, catalogue.sizes))


def _trade(call: Call) -> str:
    return next(kind.trade for kind in KINDS if kind.name == call.kind)


def _level(call: Call) -> int:
    return call.skills.get(_trade(call), 0)


def _with(catalogue: Catalogue, technician: Technician, order: Order) -> Technician:
    stock: Mapping[str, int] = technician.stock
    more = {**stock, order.part: stock.get(order.part, 0) + order.pieces}
    return technician.model_copy(update={"stock": catalogue.in_order(more)})
