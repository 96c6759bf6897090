"""Where technicians are by what they reported of visits: on the way, on a site, free again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.board.folding.crew import shift_state, with_shift_state
from dispatch_engine.board.state import BoardState, Move, TechnicianState
from dispatch_engine.model.facts import Resume
from dispatch_engine.model.places import Place

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.board import events as e
    from dispatch_engine.board.state import VisitState


def moved(state: BoardState, event: e.VisitReported) -> BoardState:
    """Note that a technician moved."""
    technician = state.crew.get(event.technician, TechnicianState())
    move = Move(call=event.call, at=event.at, sequence=event.sequence)
    if move in technician.moves:
        return state
    changed = technician.model_copy(update={"moves": (*technician.moves, move)})
    return replace(state, crew={**state.crew, event.technician: changed})


def on_the_move(state: BoardState, event: e.VisitReported) -> BoardState:
    """Note when the technician left on the shift, and that what had been said of breaks and delays before is over.

    Who helps at a visit that another technician has is free there and then.
    """
    if event.shift is None:
        return state
    known = shift_state(state, event.technician, event.shift)
    departed_at = event.at if known.departed_at is None else min(known.departed_at, event.at)
    state = with_shift_state(state, event.technician, event.shift, departed_at=departed_at)
    is_news = known.free is None or known.free_since is None or event.at >= known.free_since
    if not is_news:
        return state
    visit = state.visits[event.call]
    if visit.technician != event.technician and visit.is_under_way:
        until = max(event.at, event.expected_at or event.at)
        free = Resume(place=state.calls[event.call].place, at=until)
        return with_shift_state(state, event.technician, event.shift, free=free, free_since=event.at)
    return with_shift_state(state, event.technician, event.shift, free=None, free_since=None)


def freed(after: BoardState, before: BoardState, call: str, at: datetime) -> BoardState:
    """Return the board where whoever was under way to a visit, or on its site, and is no more is free from then on."""
    was, now = before.visits[call], after.visits[call]
    if not was.is_under_way or now.is_under_way or was.technician is None or was.shift is None:
        return after
    place = after.calls[call].place if was.status == "on_site" else _seen_at(after, was)
    if place is None or was.technician not in after.crew:
        return after
    free = Resume(place=place, at=at)
    return with_shift_state(after, was.technician, was.shift, free=free, free_since=at)


def _seen_at(state: BoardState, visit: VisitState) -> Place | None:
    """Return where a technician under way was seen since setting out; None: travel is known between places alone."""
    assert visit.technician is not None
    position = state.crew[visit.technician].position
    is_since = position is not None and visit.departed_at is not None and position.at >= visit.departed_at
    if position is None or not is_since or state.setup.travel.source == "matrix":
        return None
    return Place(lat=position.lat, lon=position.lon)
