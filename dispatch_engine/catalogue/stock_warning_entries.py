"""Warnings about parts and stock: the document is used as it is, but a person should know."""

from __future__ import annotations

from typing import Any

from dispatch_engine.catalogue.entry import Change, Entry
from dispatch_engine.catalogue.stock_samples import at, depot, one_van

_PUMP = {"id": "pump", "volume": 2.5}


def _held(part: str, pieces: int = 1) -> dict[str, Any]:
    return {"stock": {part: pieces}, "stock_capacity": {"volume": 10}}


def _case(part: str) -> list[dict[str, Any]]:
    return [{"probability": 0.4, "parts": {part: 1}}]


def _delivered(hour: int) -> list[dict[str, Any]]:
    return [depot(deliveries=[{"at": at(hour), "parts": {"KIT-7": 5}}])]


def _topped_up(loadout: dict[str, int]) -> dict[str, Any]:
    policy = {"overnight_replenishment": "loadout"}
    van = {"replenished_at": "depot", "loadout": loadout}
    return one_van([_PUMP], van, policy=policy, stock_locations=[depot()])


STOCK_WARNING_ENTRIES = (
    Entry(
        "part_nowhere",
        "A part of a case that nobody has",
        "No van, stock location or delivery has this part; the case that needs it costs a second visit in any plan.",
        "Maybe its number is misspelt.",
        Change("/calls/1/parts_cases", _case("KIT-9"), _case("KIT-7")),
    ),
    Entry(
        "part_unlisted",
        "A part in stock without a size",
        "The part is held but not listed in parts: it takes up no room in a van and nothing can take its place.",
        "Maybe its number is misspelt, or it is missing there.",
        Change("", one_van([_PUMP], _held("pmup")), one_van([_PUMP], _held("pump"))),
    ),
    Entry(
        "delivery_outside_horizon",
        "A delivery outside of the planning period",
        "The planning period is from {start} to {end}; what arrived before it is there on top of the stock, what "
        "arrives after it is not used.",
        "Maybe a date is wrong, or the pieces that arrived are in the stock already.",
        Change("/stock_locations", _delivered(2), _delivered(12)),
    ),
    Entry(
        "van_overfull",
        "A van that holds more than it can",
        "What the van holds takes up more than its stock_capacity, in {measure} {found} of {limit}; nothing can be "
        "loaded until enough of it is used.",
        "Maybe the sizes of parts and the room of the van are in different units.",
        Change("", one_van([_PUMP], _held("pump", 5)), one_van([_PUMP], _held("pump", 4))),
    ),
    Entry(
        "nowhere_replenished",
        "Nights without a place to load at",
        "Vans are to be replenished overnight, but none of them says where: nothing is loaded.",
        "Maybe give technicians replenished_at.",
        Change("/policy", {"overnight_replenishment": "need"}, {"overnight_replenishment": "none"}),
    ),
    Entry(
        "loadout_missing",
        "A van without a loadout to be topped up to",
        "Vans are to be topped up to their loadout overnight, but this one has none: nothing is loaded into it.",
        "Maybe give it a loadout, or choose the policy need.",
        Change("", _topped_up({}), _topped_up({"pump": 2})),
    ),
)
