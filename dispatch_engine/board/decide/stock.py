"""Parts in vans and at stock locations, as they are found, used and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.errors import StockLimitError
from dispatch_engine.board.decide.finding import the_capacity, the_location
from dispatch_engine.board.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState

LIMIT: Final = 1_000_000
"""Pieces of a part that a van or location can hold."""


def report_parts(state: BoardState, command: c.ReportParts, now: datetime) -> Iterator[e.Event]:
    """Move parts into or out of a van or stock location; a van can receive them from a stock location."""
    if command.technician is None and command.location is None:
        raise TargetError
    sign = 1 if command.movement == "received" else -1
    pieces = {part: sign * number for part, number in command.parts.items()}
    location = None if command.location is None else the_location(state, command.location)
    if command.technician is None:
        assert location is not None
        _require_limit(location.stock, pieces)
        yield e.StockMoved(location=location.id, pieces=pieces, cause=command.movement)
        return
    capacity = the_capacity(state, command.technician)
    _require_limit(capacity.stock, pieces)
    source = location.id if location is not None and command.movement == "received" else None
    yield e.StockMoved(technician=capacity.id, source=source, pieces=pieces, cause=command.movement)


def count_stock(state: BoardState, command: c.CountStock, now: datetime) -> Iterator[e.Event]:
    """Take over a count."""
    if (command.technician is None) == (command.location is None):
        raise TargetError
    if command.technician is not None:
        the_capacity(state, command.technician)
    if command.location is not None:
        the_location(state, command.location)
    yield e.StockCounted(
        technician=command.technician, location=command.location, stock=command.stock, at=now.replace(microsecond=0)
    )


def _require_limit(stock: Mapping[str, int], pieces: Mapping[str, int]) -> None:
    for part, number in pieces.items():
        if stock.get(part, 0) + number > LIMIT:
            raise StockLimitError(part, stock.get(part, 0) + number, LIMIT)
