"""Calls and their visits: what is asked for, how far it has come, what was promised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dispatch_engine.board.state import BoardState, ShiftState, TechnicianState, VisitState
from dispatch_engine.board.visit_status import ENDED, SENT

if TYPE_CHECKING:
    from dispatch_engine.board import events as e
    from dispatch_engine.model.calls import Call


_FIELD_BY_STATUS: Final = {
    "dispatched": "dispatched_at",
    "accepted": "accepted_at",
    "en_route": "departed_at",
    "on_site": "started_at",
}
"""Where the time of a report goes."""


def call_created(state: BoardState, event: e.CallCreated) -> BoardState:
    """Add a call that nobody has set out for."""
    call = event.call
    return replace(state, calls={**state.calls, call.id: call}, visits={**state.visits, call.id: VisitState()})


def call_changed(state: BoardState, event: e.CallChanged) -> BoardState:
    """Replace a call; its visit has come as far as before."""
    return _with_call(state, event.call)


def call_cancelled(state: BoardState, event: e.CallCancelled) -> BoardState:
    """Close a call."""
    return _with_visit(state, event.call, status="cancelled", reason=event.reason, merged_into=event.merged_into)


def visit_reported(state: BoardState, event: e.VisitReported) -> BoardState:
    """Let a visit come further, or only fill in a time where the report is late."""
    state = _with_sequence(state, event.technician, event.sequence)
    if event.is_late:
        return _with_gap_filled(state, event)
    if event.status == "declined":
        declined = (*state.visits[event.call].declined_by, event.technician)
        state = _with_visit(
            state, event.call, status="new", technician=None, shift=None, dispatched_at=None, accepted_at=None,
            declined_by=declined,
        )  # fmt: skip
        return _with_call(state, state.calls[event.call].model_copy(update={"pin": None}))
    state = _with_visit(
        state,
        event.call,
        status=event.status,
        technician=event.technician,
        shift=event.shift,
        **_times(state.visits[event.call], event),
    )
    return _with_departure(state, event)


def estimated(state: BoardState, event: e.Estimated) -> BoardState:
    """Expect the end of a visit or the arrival at it at another time."""
    changes: dict[str, Any] = {}
    if event.ends_at is not None:
        changes["end_expected_at"] = event.ends_at
    if event.arrives_at is not None:
        changes["arrival_expected_at"] = event.arrives_at
    return _with_visit(state, event.call, **changes)


def call_pinned(state: BoardState, event: e.CallPinned) -> BoardState:
    """Pin a call or take its pin away."""
    state = _with_visit(state, event.call, override=event.override)
    return _with_call(state, state.calls[event.call].model_copy(update={"pin": event.pin}))


def promised(state: BoardState, event: e.Promised) -> BoardState:
    """Keep what customers were told."""
    calls = dict(state.calls)
    for call, promise in event.promises.items():
        calls[call] = calls[call].model_copy(update={"promise": promise})
    return replace(state, calls=calls)


def recalled(state: BoardState, event: e.Recalled) -> BoardState:
    """Take orders back that nobody had set out for."""
    visits = dict(state.visits)
    for call in event.calls:
        taken_back = {"status": "new", "technician": None, "shift": None, "dispatched_at": None, "accepted_at": None}
        visits[call] = visits[call].model_copy(update=taken_back)
    return replace(state, visits=visits)


def _times(visit: VisitState, event: e.VisitReported) -> dict[str, Any]:
    """Return what the report says of times; who goes to a site at all was on the way before."""
    at, expected_at = event.at, event.expected_at
    if event.status in SENT:
        return {f"{event.status}_at": at}
    if event.status == "en_route":
        return {"departed_at": at, "arrival_expected_at": expected_at, "parts": event.parts}
    if event.status == "on_site":
        return {"started_at": at, "arrival_expected_at": None, "end_expected_at": expected_at, "parts": event.parts}
    assert event.status in ENDED
    return {
        "started_at": visit.started_at if visit.started_at is not None else at,
        "ended_at": at,
        "arrival_expected_at": None,
        "end_expected_at": None,
        "parts": {},
        "reason": event.reason,
        "follow_up": event.follow_up,
    }


def _with_gap_filled(state: BoardState, event: e.VisitReported) -> BoardState:
    """Take from a late report the time that nobody has reported yet, where it goes with the other times."""
    visit = state.visits[event.call]
    name = {
        "dispatched": "dispatched_at",
        "accepted": "accepted_at",
        "en_route": "departed_at",
        "on_site": "started_at",
    }
    field = name.get(event.status)
    if field is None or visit.technician != event.technician:
        return state
    known = getattr(visit, field)
    is_guess = field == "started_at" and known is not None and known == visit.ended_at
    if (known is None or is_guess) and (visit.ended_at is None or event.at <= visit.ended_at):
        return _with_visit(state, event.call, **{field: event.at})
    return state


def _with_departure(state: BoardState, event: e.VisitReported) -> BoardState:
    """Note when the technician set out on the shift, and that the last visit is where the route is."""
    if event.shift is None or event.status in SENT:
        return state
    technician = state.crew.get(event.technician, TechnicianState())
    shift = technician.shifts.get(event.shift, ShiftState())
    departed_at = event.at if shift.departed_at is None else min(shift.departed_at, event.at)
    shifts = {**technician.shifts, event.shift: shift.model_copy(update={"departed_at": departed_at, "resume": None})}
    return _with_crew(state, event.technician, technician.model_copy(update={"shifts": shifts}))


def _with_sequence(state: BoardState, name: str, sequence: int | None) -> BoardState:
    technician = state.crew.get(name, TechnicianState())
    if sequence is None or (technician.sequence is not None and technician.sequence >= sequence):
        return state
    return _with_crew(state, name, technician.model_copy(update={"sequence": sequence}))


def _with_crew(state: BoardState, name: str, technician: TechnicianState) -> BoardState:
    return replace(state, crew={**state.crew, name: technician})


def _with_call(state: BoardState, call: Call) -> BoardState:
    return replace(state, calls={**state.calls, call.id: call})


def _with_visit(state: BoardState, call: str, **changes: Any) -> BoardState:
    changed = state.visits[call].model_copy(update=changes)
    return replace(state, visits={**state.visits, call: changed})
