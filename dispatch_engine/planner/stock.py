"""Stock locations and the room in the vans as arrays.

Sizes are whole thousandths of what the document states them in; slots too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dispatch_engine.model.effective import locations_open_to
from dispatch_engine.model.room import MEASURES, limits_of, sizes_of, taken_up
from dispatch_engine.planner.columns import ints, membership, table
from dispatch_engine.planner.timeline import whole_s
from solver.problem import NONE, Csr
from solver.supply import Stock
from solver.validation.ranges import MAX_SIZE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from dispatch_engine.model.room import Size
    from dispatch_engine.model.technicians import Capacity
    from dispatch_engine.planner.frame import Frame
    from solver.problem import Bools, Ints

PER_UNIT = 1000


def stock_of(frame: Frame) -> Stock:
    """Return all locations in the order of the document, what they hold, and the room in the vans.

    All that a van holds takes up room, also what is reserved and what no call of today can use.
    """
    locations, index = frame.problem.stock_locations, frame.index
    openings = [frame.timeline.windows(location.opening) for location in locations]
    sizes = sizes_of(frame.problem.parts)
    supplies = [each for each in frame.holdings.supplies if each.part in index.part]
    return Stock(
        place=ints(frame.places.number(location.place) for location in locations),
        handling_s=ints(whole_s(location.handling) for location in locations),
        line_s=ints(whole_s(location.handling_per_line) for location in locations),
        opening_earliest_s=Csr.of([first for first, _ in row] for row in openings),
        opening_latest_s=Csr.of([last for _, last in row] for row in openings),
        tools=table([location.tools for location in locations], index.tool),
        may_restock=_may_restock(frame),
        supply_location=ints(index.location[each.location] for each in supplies),
        supply_part=ints(index.part[each.part] for each in supplies),
        supply_from_s=ints(each.from_s for each in supplies),
        supply_pieces=ints(each.pieces for each in supplies),
        part_size=_rows([_units_taken_up({part: 1}, sizes) for part in index.part]),
        **_vans(frame.problem.capacities, sizes)._asdict(),
    )


def with_vans(stock: Stock, frame: Frame, rows: Sequence[int]) -> Stock:
    """Return the stock with the vans of some technicians as they are in a frame."""
    crew = frame.problem.capacities
    vans = _vans([crew[row] for row in rows], sizes_of(frame.problem.parts))
    room, held = stock.van_room.copy(), stock.van_held.copy()
    room[rows], held[rows] = vans
    return replace(stock, van_room=room, van_held=held)


class Vans(NamedTuple):
    """Columns of ``solver.supply.Stock``."""

    van_room: Ints
    van_held: Ints


def _vans(crew: Sequence[Capacity], sizes: Mapping[str, Size]) -> Vans:
    """Return the room in the vans and what all that they hold takes up."""
    return Vans(
        _rows([_room(capacity) for capacity in crew]),
        _rows([_units_taken_up(capacity.stock, sizes) for capacity in crew]),
    )


def _may_restock(frame: Frame) -> Bools:
    """Return (n_technicians, n_locations); nobody restocks where the policy switches it off."""
    allowed = frame.problem.policy.restocking == "allowed"
    rows = [locations_open_to(frame.problem, each) if allowed else () for each in frame.problem.capacities]
    return membership([[location.id for location in row] for row in rows], frame.index.location)


def _room(capacity: Capacity) -> list[int]:
    limits = limits_of(capacity.stock_capacity)
    return [_units(limits[measure]) if measure in limits else NONE for measure in MEASURES]


def _units_taken_up(pieces: Mapping[str, int], sizes: Mapping[str, Size]) -> list[int]:
    """Return what pieces take up; more than the solver counts to is far more than any van has room for."""
    return [min(_units(size), MAX_SIZE) for size in taken_up(pieces, sizes).values()]


def _units(size: Decimal) -> int:
    return int(size * PER_UNIT)


def _rows(rows: Sequence[Sequence[int]]) -> Ints:
    return np.array(rows, np.int64).reshape(len(rows), len(MEASURES))
