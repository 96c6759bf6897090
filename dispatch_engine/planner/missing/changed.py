"""Changes as the plan document states them, the smallest first."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dispatch_engine.model.effective import drop_price_of, priority_of
from dispatch_engine.model.fields import MAX_MONEY
from dispatch_engine.model.missing_parts import PartsChange
from dispatch_engine.model.room import MEASURES
from dispatch_engine.model.times import Window
from dispatch_engine.part_words import pieces_words
from dispatch_engine.planner.missing.changes import UNITS, changes_of
from dispatch_engine.planner.money import amount, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.planner.missing.changes import Found
    from dispatch_engine.planner.missing.want import Want

LITTLE_S = 1800
"""So much more time is asked for before pieces are."""
LEAST = Decimal("0.001")


def parts_changes(want: Want) -> tuple[PartsChange, ...]:
    """Return the changes that do, the smallest first; none is needed where a way pays as it is."""
    if want.at_all is not None and want.at_all.added_ticks < want.leaving_out_ticks:
        return ()
    found = sorted(changes_of(want), key=_order)
    return (*(_stated(want, each) for each in found), *_dearer(want))


def _order(found: Found) -> tuple[int, tuple[int, ...], int]:
    """Little more time comes first, then pieces, fewest first, then more time and room."""
    is_time, is_pieces = found.kind in ("opening", "overtime"), found.kind in ("van_stock", "delivery")
    rank = 0 if is_time and found.asks[0] <= LITTLE_S else 1 if is_pieces else 2
    return rank, found.asks[:1], found.forced.added_ticks


def _stated(want: Want, found: Found) -> PartsChange:
    fields = _FIELDS[found.kind](want, found)
    words = fields.pop("words")
    paid = f"{want.call.id} would cost {want.money(found.forced.added_ticks)} then"
    return PartsChange(
        kind=found.kind, cost=amount(found.forced.added_ticks), message=f"Maybe {words}: {paid}.", **fields
    )


def _van(want: Want, found: Found) -> dict[str, Any]:
    technician = want.capacity(found.change.vans[0][0]).id
    parts = want.pieces({part: n for _, part, n in found.change.vans})
    return {
        "technician": technician,
        "parts": parts,
        "words": f"load {pieces_words(parts)} more on the van of {technician}",
    }


def _delivery(want: Want, found: Found) -> dict[str, Any]:
    location, _, at_s, _ = found.change.supplies[0]
    parts, name = want.pieces({part: n for _, part, _, n in found.change.supplies}), _location(want, location)
    words = f"have {pieces_words(parts)} more at {name} by {want.clock(at_s)}"
    by = want.translation.frame.timeline.moment(at_s)
    return {"location": name, "parts": parts, "by": by, "words": words}


def _opening(want: Want, found: Found) -> dict[str, Any]:
    ((location, _, first_s, last_s),) = found.change.openings
    timeline, stated = want.translation.frame.timeline, want.translation.frame.problem.stock_locations[location]
    opening = Window(start=timeline.moment(first_s), end=timeline.moment(last_s))
    for each in stated.opening:  # hours before the day of planning are cut off in the solver's arrays
        if each.start <= opening.end and opening.start <= each.end:
            opening = Window(start=min(each.start, opening.start), end=max(each.end, opening.end))
    first_s, last_s = timeline.seconds(opening.start), timeline.seconds(opening.end)
    opening = Window(start=timeline.moment(first_s), end=timeline.moment(last_s))
    words = f"open {stated.id} from {want.clock(first_s)} until {want.clock(last_s)}"
    return {"location": stated.id, "opening": opening, "words": words}


def _room(want: Want, found: Found) -> dict[str, Any]:
    technician = want.capacity(found.change.room[0][0]).id
    sizes = {MEASURES[measure]: Decimal(size) / UNITS for _, measure, size in found.change.room}
    more = " and ".join(f"{size.normalize():f} more {measure}" for measure, size in sizes.items())
    fields = {name: int(size) if name == "slots" else size for name, size in sizes.items()}
    return {"technician": technician, "words": f"make room for {more} in the van of {technician}", **fields}


def _overtime(want: Want, found: Found) -> dict[str, Any]:
    ((row, seconds),) = found.change.ends
    capacity, shift = want.translation.frame.index.shifts[row]
    words = f"let {capacity.id} work {seconds // 60} minutes longer"
    return {"technician": capacity.id, "shift": shift.id, "overtime": timedelta(seconds=seconds), "words": words}


_FIELDS = {"van_stock": _van, "delivery": _delivery, "opening": _opening, "room": _room, "overtime": _overtime}


def _location(want: Want, location: int) -> str:
    return want.translation.frame.problem.stock_locations[location].id


def _dearer(want: Want) -> Iterator[PartsChange]:
    """Yield the drop price at which the cheapest way would pay, where there is a way."""
    if want.at_all is None:
        return
    frame, added = want.translation.frame, want.at_all.added_ticks
    call, contract = want.call, frame.contracts[want.visit]
    now = drop_price_of(call, priority_of(call, contract), frame.problem.policy)
    price = now + amount(added - want.leaving_out_ticks)
    while ticks(price - now) <= added - want.leaving_out_ticks:
        price += LEAST
    if price > MAX_MONEY:
        return
    words = f"raise its drop price from {now:,.2f} to {price:,.3f} {frame.problem.currency}"
    paid = f"{call.id} would cost {want.money(added)} then, as it does now"
    yield PartsChange(kind="drop_price", drop_price=price, cost=amount(added), message=f"Maybe {words}: {paid}.")
