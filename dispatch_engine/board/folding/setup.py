"""What calls and technicians refer to: stock locations, contracts, territories, parts, meetings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.board.setup_events import (
        ContractSet,
        LocationRemoved,
        LocationSet,
        MeetingRemoved,
        MeetingSet,
        PartSet,
        TerritorySet,
    )
    from dispatch_engine.board.state import BoardState


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def location_set(state: BoardState, event: LocationSet) -> BoardState:
    """Add or replace a stock location."""
    return _with_setup(state, stock_locations=_with(state.setup.stock_locations, event.location))


def location_removed(state: BoardState, event: LocationRemoved) -> BoardState:
    """Take a stock location away."""
    state = _with_setup(state, stock_locations=_without(state.setup.stock_locations, event.location))
    return replace(state, overdrawn={name: each for name, each in state.overdrawn.items() if name != event.location})


def contract_set(state: BoardState, event: ContractSet) -> BoardState:
    """Add or replace a contract."""
    return _with_setup(state, contracts=_with(state.setup.contracts, event.contract))


def territory_set(state: BoardState, event: TerritorySet) -> BoardState:
    """Add or replace a territory; a new one comes last."""
    return _with_setup(state, territories=_with(state.setup.territories, event.territory))


def part_set(state: BoardState, event: PartSet) -> BoardState:
    """Add or replace a part."""
    return _with_setup(state, parts=_with(state.setup.parts, event.part))


def meeting_set(state: BoardState, event: MeetingSet) -> BoardState:
    """Add or replace a meeting."""
    return _with_setup(state, meetings=_with(state.setup.meetings, event.meeting))


def meeting_removed(state: BoardState, event: MeetingRemoved) -> BoardState:
    """Take a meeting away."""
    return _with_setup(state, meetings=_without(state.setup.meetings, event.meeting))


def _with_setup(state: BoardState, **changes: Any) -> BoardState:
    return replace(state, setup=state.setup.model_copy(update=changes))


def _with(known: Sequence[T], new: T) -> tuple[T, ...]:
    if any(each.id == new.id for each in known):
        return tuple(new if each.id == new.id else each for each in known)
    return (*known, new)


def _without(known: Sequence[T], name: str) -> tuple[T, ...]:
    return tuple(each for each in known if each.id != name)
