"""Parts in vans and at stock locations. What leaves beyond what is known to be there is kept in mind as overdrawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.board.folding.crew import with_crew
from dispatch_engine.board.folding.technicians import with_capacity
from dispatch_engine.board.state import BoardState, TechnicianState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from dispatch_engine.board import events as e
    from dispatch_engine.model.stock import Delivery, StockLocation

Stock = dict[str, int]


def stock_moved(state: BoardState, event: e.StockMoved) -> BoardState:
    """Add pieces to a van or stock location, or take them away; those found missing are no more than there were."""
    may_overdraw = event.cause != "missing"
    if event.technician is not None:
        state = _with_van(state, event.technician, event.pieces, may_overdraw)
    elif event.location is not None:
        state = _with_location(state, event.location, event.pieces, may_overdraw)
    if event.source is not None:
        taken = {part: -number for part, number in event.pieces.items()}
        state = _with_location(state, event.source, taken, may_overdraw)
    return state


def stock_counted(state: BoardState, event: e.StockCounted) -> BoardState:
    """Take over what was counted, with what was delivered until then."""
    if event.technician is not None:
        capacity, known = state.capacity(event.technician), state.crew.get(event.technician, TechnicianState())
        assert capacity is not None  # decided before
        state = with_capacity(state, capacity.model_copy(update={"stock": {**capacity.stock, **event.stock}}))
        return with_crew(state, event.technician, overdrawn=_without(known.overdrawn, event.stock))
    assert event.location is not None
    state = replace(
        state,
        overdrawn={**state.overdrawn, event.location: _without(state.overdrawn.get(event.location, {}), event.stock)},
    )
    return _with_changed(state, event.location, lambda place: _counted(place, event.stock, event.at))


def _counted(location: StockLocation, stock: Mapping[str, int], at: datetime | None) -> StockLocation:
    deliveries = tuple(_left_of(each, stock, at) for each in location.deliveries)
    kept = tuple(each for each in deliveries if each.parts)
    return location.model_copy(update={"stock": {**location.stock, **stock}, "deliveries": kept})


def _left_of(delivery: Delivery, stock: Mapping[str, int], at: datetime | None) -> Delivery:
    """Return a delivery without what is part of a count."""
    if at is None or delivery.at > at:
        return delivery
    return delivery.model_copy(update={"parts": _without(delivery.parts, stock)})


def _with_van(state: BoardState, name: str, pieces: Mapping[str, int], may_overdraw: bool) -> BoardState:
    capacity, known = state.capacity(name), state.crew.get(name, TechnicianState())
    assert capacity is not None  # decided before
    stock, overdrawn = _moved(capacity.stock, known.overdrawn, pieces, may_overdraw)
    state = with_capacity(state, capacity.model_copy(update={"stock": stock}))
    return state if overdrawn == known.overdrawn else with_crew(state, name, overdrawn=overdrawn)


def _with_location(state: BoardState, name: str, pieces: Mapping[str, int], may_overdraw: bool) -> BoardState:
    known = state.overdrawn.get(name, {})
    location = next(each for each in state.setup.stock_locations if each.id == name)
    stock, overdrawn = _moved(location.stock, known, pieces, may_overdraw)
    state = _with_changed(state, name, lambda place: place.model_copy(update={"stock": stock}))
    return state if overdrawn == known else replace(state, overdrawn={**state.overdrawn, name: overdrawn})


def _with_changed(state: BoardState, name: str, change: Callable[[StockLocation], StockLocation]) -> BoardState:
    locations = tuple(change(each) if each.id == name else each for each in state.setup.stock_locations)
    return replace(state, setup=state.setup.model_copy(update={"stock_locations": locations}))


def _moved(
    stock: Mapping[str, int], overdrawn: Mapping[str, int], pieces: Mapping[str, int], may_overdraw: bool
) -> tuple[Stock, Stock]:
    """Return stock and what is overdrawn after pieces came or went: what comes covers what is overdrawn first."""
    left, lacking = dict(stock), dict(overdrawn)
    for part, number in pieces.items():
        balance = left.get(part, 0) - lacking.pop(part, 0) + number
        left[part] = max(0, balance)
        if balance < 0 and may_overdraw:
            lacking[part] = -balance
    return left, lacking


def _without(pieces: Mapping[str, int], counted: Mapping[str, int]) -> Stock:
    return {part: number for part, number in pieces.items() if part not in counted}
