"""Missing parts as people read them: ways to get them, who has them, and the short of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.entries import REASONS, WAYS
from dispatch_engine.part_words import pieces_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.model.missing_parts import MissingParts, PartHolder, PartsWay
    from dispatch_engine.model.plan import UnplannedCall

SHOWN_CALLS = 5


def way_words(way: PartsWay) -> str:
    """Return what a way is, without who goes: ``a stop at L-1``."""
    location, substitutes = way.location or "several locations", " and ".join(way.substitutes)
    words = {
        "van": f"the van of {way.technician}",
        "provider": f"provider {way.technician}",
        "overnight": f"loading at {location} in the night",
        "restock": f"a stop at {location}",
        "transfer": f"meeting {way.meeting}",
        "courier": f"a courier from {location}",
        "substitute": f"{substitutes} instead",
        "substitute_by_courier": f"{substitutes} instead, by courier from {location}",
        "combined": "several of these ways together",
    }
    return words[way.kind]


def goes_words(way: PartsWay) -> str:
    """Return who would go by a way that can be done, where the way is not named after them."""
    return "" if way.cost is None or way.kind in ("van", "provider") else f" with {way.technician}"


def obstacle_title(code: str) -> str:
    """Return in a few words what is in the way."""
    entry = WAYS.get(code) or REASONS.get(code)
    return entry.title if entry else code


def holder_words(holder: PartHolder, since: str | None) -> str:
    """Return who has how many pieces over: ``L-1: 2 from 14:00, 1 used``; ``since`` is the time as people read it."""
    who = f"van of {holder.technician}" if holder.technician is not None else holder.location or ""
    left = f"{holder.free} left" + (f" from {since}" if since else "")
    rest = [f"{holder.used} used"] * bool(holder.used) + [f"{holder.reserved} reserved"] * bool(holder.reserved)
    return f"{who}: {', '.join([left, *rest])}"


def lacking_words(missing: MissingParts) -> str:
    """Return what lacks in the van that is nearest to having it all."""
    return pieces_words({part.part: part.lacking for part in missing.parts if part.lacking})


def short_words(calls: tuple[UnplannedCall, ...], currency: str) -> Iterator[str]:
    """Yield a line for each unplanned call that lacks parts, up to a few: the cheapest way, the smallest change."""
    lacking = [(call.call, call.missing_parts) for call in calls if call.missing_parts is not None]
    for call, missing in lacking[:SHOWN_CALLS]:
        yield f"{call} lacks {lacking_words(missing)}; {_cheapest_words(missing, currency)}{_change_words(missing)}"
    if len(lacking) > SHOWN_CALLS:
        yield f"and {len(lacking) - SHOWN_CALLS} more calls that lack parts, all of them in the plan"


def _cheapest_words(missing: MissingParts, currency: str) -> str:
    best = next((way for way in missing.ways if way.cost is not None), None)
    if best is not None:
        leaving = f"leaving it out costs {missing.leaving_out:,.2f}"
        return f"the cheapest way, {way_words(best)}{goes_words(best)}, costs {best.cost:,.2f} {currency}, {leaving}"
    return "no single way to get it fits" if missing.ways or not missing.untried else "ways to get it were not tried"


def _change_words(missing: MissingParts) -> str:
    return f". {missing.changes[0].message}" if missing.changes else ""
