"""Stock: places that open, vans that can hold what they should, reservations that are covered, meetings in time."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import fault
from dispatch_engine.model.effective import horizon_of
from dispatch_engine.model.paths import capacity_paths
from dispatch_engine.model.room import beyond_room, sizes_of, taken_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument

MAX_HELD = Decimal(10**12)
"""What a van holds adds up to less in each measure; in thousandths it is below ``solver.validation``'s limit."""


def check_openings(problem: ProblemDocument) -> Iterator[Fault]:
    """Find stock locations that are never open."""
    for i, location in enumerate(problem.stock_locations):
        if not location.opening:
            yield fault("opening_missing", ("stock_locations", i, "opening"), location=location.id)


def check_room(problem: ProblemDocument) -> Iterator[Fault]:
    """Find vans that should hold more than they can, or hold more than can be counted."""
    sizes = sizes_of(problem.parts)
    for path, capacity in capacity_paths(problem):
        for measure, found, limit in beyond_room(capacity.loadout, capacity.stock_capacity, sizes):
            yield fault(
                "loadout_too_large", (*path, "loadout"), measure=measure, found=f"{found:f}", limit=f"{limit:f}"
            )
        for measure, found in taken_up(capacity.stock, sizes).items():
            if found > MAX_HELD:
                detail = {"measure": measure, "found": f"{found:,.0f}", "limit": f"{MAX_HELD:,.0f}"}
                yield fault("stock_too_bulky", (*path, "stock"), **detail)


def check_reservations(problem: ProblemDocument) -> Iterator[Fault]:
    """Find reservations of more pieces than the van holds."""
    for path, capacity in capacity_paths(problem):
        for name, pieces in capacity.reserved_stock.items():
            held = capacity.stock.get(name, 0)
            if pieces > held:
                yield fault("reserved_beyond_stock", (*path, "reserved_stock", name), pieces, part=name, held=held)


def check_meetings(problem: ProblemDocument) -> Iterator[Fault]:
    """Find meetings that do not lie within the planning period."""
    horizon = horizon_of(problem)
    for i, meeting in enumerate(problem.meetings):
        if meeting.at < horizon.start or meeting.at + meeting.duration > horizon.end:
            start, end = horizon.start.isoformat(), horizon.end.isoformat()
            yield fault("meeting_outside_horizon", ("meetings", i, "at"), meeting.at, start=start, end=end)
