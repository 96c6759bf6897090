"""Faults of meaning in parts, stock locations, van stock and meetings."""

from __future__ import annotations

from typing import Any

from dispatch_engine.catalogue.entry import Change, Entry
from dispatch_engine.catalogue.stock_samples import at, depot, one_van


def _meeting(hour: int) -> list[dict[str, Any]]:
    return [{"id": "noon", "place": {"lat": 52.51, "lon": 13.41}, "at": at(hour), "duration": "PT10M"}]


def _should_hold(pumps: int) -> dict[str, Any]:
    return one_van([{"id": "pump", "volume": 2.5}], {"stock_capacity": {"volume": 10}, "loadout": {"pump": pumps}})


def _holds(kinds: int) -> dict[str, Any]:
    names = [f"pump-{i}" for i in range(kinds)]
    return one_van([{"id": name, "volume": 100_000} for name in names], {"stock": dict.fromkeys(names, 1_000_000)})


def _cases(first: float, second: float) -> list[dict[str, Any]]:
    return [{"probability": first, "parts": {"KIT-7": 1}}, {"probability": second, "parts": {"KIT-7": 2}}]


STOCK_ENTRIES = (
    Entry(
        "unknown_part",
        "A part that is neither listed nor held anywhere",
        "Where the document lists parts, every part that is named stands in that list, or some van, stock location or "
        "delivery has it.",
        "{suggestion}",
        Change("/parts", [{"id": "KIT-7", "superseded_by": "KIT-8"}], [{"id": "KIT-7"}]),
    ),
    Entry(
        "probability_sum",
        "Cases that are together more than certain",
        "The cases of a call exclude each other, so their probabilities add up to 1 at most; here to {total}.",
        "Maybe they can happen together: state each combination as a case of its own.",
        Change("/calls/1/parts_cases", _cases(0.7, 0.4), _cases(0.7, 0.3)),
    ),
    Entry(
        "substitute_cycle",
        "Parts that stand in for each other in a circle",
        "No part stands in for itself as its substitute or successor, neither directly nor through others: {chain}.",
        "Maybe the older part was stated as the successor of the newer one.",
        Change(
            "/parts",
            [{"id": "KIT-7", "superseded_by": "KIT-8"}, {"id": "KIT-8", "substitutes": [{"part": "KIT-7"}]}],
            [{"id": "KIT-7", "superseded_by": "KIT-8"}, {"id": "KIT-8"}],
        ),
    ),
    Entry(
        "kit_in_itself",
        "A kit that contains itself",
        "No kit contains itself, neither directly nor through others: {chain}.",
        "Maybe a part of the kit has the same number as the kit.",
        Change("/parts", [{"id": "KIT-7", "contains": {"KIT-7": 2}}], [{"id": "KIT-7"}]),
    ),
    Entry(
        "opening_missing",
        "A stock location without opening hours",
        "A stock location has at least one window in which it is open; {location} has none.",
        "Maybe it is always open: state one window as long as the planning period.",
        Change("/stock_locations", [depot(opening=None)], [depot()]),
    ),
    Entry(
        "loadout_too_large",
        "A loadout that does not fit into the van",
        "What a van should hold fits into its stock_capacity; in {measure} it takes up {found} of {limit}.",
        "Maybe the sizes of parts and the room of the van are in different units.",
        Change("", _should_hold(5), _should_hold(4)),
    ),
    Entry(
        "stock_too_bulky",
        "Van stock that is too large to be counted",
        "What a van holds adds up to {limit} at most in each measure; in {measure} it is {found}.",
        "Maybe sizes are in too small a unit.",
        Change("", _holds(11), _holds(1)),
    ),
    Entry(
        "reserved_beyond_stock",
        "More pieces reserved than the van holds",
        "No more pieces are reserved than are in stock; the van holds {held} of {part}.",
        "Maybe the piece was used already, or it is still to be loaded.",
        Change("/technicians/0/reserved_stock", {"KIT-7": 3}, {"KIT-7": 2}),
    ),
    Entry(
        "meeting_outside_horizon",
        "A meeting outside of the planning period",
        "Meetings lie within the horizon, from {start} to {end}.",
        "Maybe a date is wrong, or the horizon is to be widened.",
        Change("/meetings", _meeting(19), _meeting(12)),
    ),
)
