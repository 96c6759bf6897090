"""Rules on the stock of a location: at every moment no more was taken than has arrived."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from solver.exact.needs import where
from solver.problem import NONE

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import LinearExpr, LinearExprT, LiteralT

    from solver.exact.variables import Choices

    Movements: TypeAlias = dict[tuple[int, int], list["Movement"]]


class Movement(NamedTuple):
    """Pieces that leave a location at a moment, if that is decided."""

    at: LinearExprT
    pieces: LinearExpr | int
    active: LiteralT


def state_locations(choices: Choices) -> None:
    """State every rule of this page."""
    taken: Movements = defaultdict(list)
    _restocks(choices, taken)
    _nights(choices, taken)
    _parcels(choices, taken)
    for (location, part), movements in taken.items():
        _is_there(choices, location, part, movements)


def _restocks(choices: Choices, taken: Movements) -> None:
    for stop in (stop for route in choices.routes for stop in route.stops.values() if stop.meeting == NONE):
        for part, loaded in stop.loads.items():
            taken[stop.location, part].append(Movement(stop.start, loaded, stop.lines[part]))


def _nights(choices: Choices, taken: Movements) -> None:
    shifts = choices.problem.shifts
    for route in choices.routes:
        location, start_s = int(shifts.overnight_location[route.shift]), int(shifts.start_s[route.shift])
        for part, loaded in route.overnight.items():
            taken[location, part].append(Movement(start_s, loaded, 1))


def _parcels(choices: Choices, taken: Movements) -> None:
    sourcings = choices.problem.sourcings
    for parcel, part in np.argwhere(sourcings.parcel_parts > 0):
        row = int(sourcings.parcel_sourcing[parcel])
        if row in choices.sourced:
            at_s, pieces = int(sourcings.parcel_pickup_s[parcel]), int(sourcings.parcel_parts[parcel, part])
            key = int(sourcings.parcel_location[parcel]), int(part)
            taken[key].append(Movement(at_s, pieces, choices.sourced[row]))


def _is_there(choices: Choices, location: int, part: int, taken: list[Movement]) -> None:
    """Keep what is left at zero or above, as a reservoir that deliveries fill; and in total, which helps the proof."""
    model, stock = choices.model, choices.problem.stock
    mine = where((stock.supply_location == location) & (stock.supply_part == part))
    supplies = [(int(stock.supply_from_s[k]), int(stock.supply_pieces[k])) for k in mine]
    total = sum(pieces for _, pieces in supplies)
    model.add(sum(m.pieces * m.active if isinstance(m.pieces, int) else m.pieces for m in taken) <= total)
    if any(from_s > 0 for from_s, _ in supplies):
        model.add_reservoir_constraint_with_active(
            times=[*(from_s for from_s, _ in supplies), *(m.at for m in taken)],
            level_changes=[*(pieces for _, pieces in supplies), *(-m.pieces for m in taken)],
            actives=[*(1 for _ in supplies), *(m.active for m in taken)],
            min_level=0,
            max_level=total,
        )
