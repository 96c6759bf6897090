"""Parts in vans and at stock locations, as they are found, used and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.finding import the_capacity
from dispatch_engine.board.errors import LocationNotThereError, TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState


def report_parts(state: BoardState, command: c.ReportParts, now: datetime) -> Iterator[e.Event]:
    """Move parts into or out of a van; received ones come out of a stock location where that is named."""
    capacity = the_capacity(state, command.technician)
    sign = 1 if command.movement == "received" else -1
    if command.location is not None:
        _require_location(state, command.location)
    pieces = {part: sign * number for part, number in command.parts.items()}
    location = command.location if command.movement == "received" else None
    yield e.StockMoved(technician=capacity.id, location=location, pieces=pieces, cause=command.movement)


def count_stock(state: BoardState, command: c.CountStock, now: datetime) -> Iterator[e.Event]:
    """Take over a count."""
    if (command.technician is None) == (command.location is None):
        raise TargetError
    if command.technician is not None:
        the_capacity(state, command.technician)
    if command.location is not None:
        _require_location(state, command.location)
    yield e.StockCounted(technician=command.technician, location=command.location, stock=command.stock)


def _require_location(state: BoardState, name: str) -> None:
    known = [each.id for each in state.setup.stock_locations]
    if name not in known:
        raise LocationNotThereError(name, known, "/location")
