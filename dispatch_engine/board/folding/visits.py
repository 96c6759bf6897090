"""Calls and their visits: what is asked for, how far it has come, what was promised."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dispatch_engine.board.folding.moves import freed, moved, on_the_move
from dispatch_engine.board.history import Said, is_interrupted, with_last, with_marks, with_said
from dispatch_engine.board.replay import replayed
from dispatch_engine.board.state import BoardState, Due, Move, TechnicianState, VisitState
from dispatch_engine.board.visit_status import MOVES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dispatch_engine.board import events as e
    from dispatch_engine.model.calls import Call


def call_created(state: BoardState, event: e.CallCreated) -> BoardState:
    """Add a call that nobody has set out for."""
    call = event.call
    return replace(state, calls={**state.calls, call.id: call}, visits={**state.visits, call.id: VisitState()})


def call_changed(state: BoardState, event: e.CallChanged) -> BoardState:
    """Replace a call; its visit has come as far as before."""
    return _with_call(state, event.call)


def call_cancelled(state: BoardState, event: e.CallCancelled) -> BoardState:
    """Close a call; whoever was under way to it, or on its site, is free."""
    at = event.at or state.now.replace(microsecond=0)
    said = Said(kind="cancelled", at=at, reason=event.reason, merged_into=event.merged_into)
    return freed(_with_last(state, event.call, said), state, event.call, at)


class _Latest:
    """The latest report with what came of it: who decides on one looks at that, and then it is folded in."""

    def __init__(self) -> None:
        self._known: tuple[BoardState, e.VisitReported, BoardState] | None = None

    def folded(self, state: BoardState, event: e.VisitReported) -> BoardState:
        known = self._known
        if known is None or known[0] is not state or known[1] is not event:
            known = self._known = state, event, _with_report(state, event)
        return known[2]


_LATEST = _Latest()


def visit_reported(state: BoardState, event: e.VisitReported) -> BoardState:
    """Let a report find its place among what was said of the visit, and see how far the visit has come by all of it."""
    return _LATEST.folded(state, event)


def _with_report(state: BoardState, event: e.VisitReported) -> BoardState:
    said = Said(
        kind=event.status,
        technician=event.technician,
        shift=event.shift,
        at=event.at,
        sequence=event.sequence,
        expected_at=event.expected_at,
        parts=event.parts,
        reason=event.reason,
        follow_up=event.follow_up,
    )
    before, state = state, _with_sequence(state, event.technician, event.sequence)
    history = with_said(state.visits[event.call].said, said)
    if event.status in MOVES:
        state = _seen_anew(moved(state, event), {event.call: history})
        left = {call: state.visits[call].said for call in _left(state, event)}
        return on_the_move(_seen_anew(state, left), event)
    state = _seen_anew(state, {event.call: history})
    return _declined(before, state, event) if event.status == "declined" else state


def estimated(state: BoardState, event: e.Estimated) -> BoardState:
    """Expect the end of a visit or the arrival at it at another time."""
    at = event.at or state.now.replace(microsecond=0)
    if event.ends_at is not None:
        state = _with_last(state, event.call, Said(kind="end_expected", at=at, expected_at=event.ends_at))
    if event.arrives_at is not None:
        state = _with_last(state, event.call, Said(kind="arrival_expected", at=at, expected_at=event.arrives_at))
    return state


def visit_due(state: BoardState, event: e.VisitDue) -> BoardState:
    """Keep in mind since when somebody should have set out."""
    due = Due(technician=event.technician, at=event.at)
    return _with_visits(state, {event.call: state.visits[event.call].model_copy(update={"due": due})})


def call_pinned(state: BoardState, event: e.CallPinned) -> BoardState:
    """Pin a call or take its pin away; who had declined it is asked again."""
    state = _with_call(state, state.calls[event.call].model_copy(update={"pin": event.pin}))
    visit = state.visits[event.call]
    if visit.override != event.override:
        state = _with_visits(state, {event.call: visit.model_copy(update={"override": event.override})})
    if event.pin is not None and event.pin.technician in visit.declined_by:
        at = state.now.replace(microsecond=0)
        return _with_last(state, event.call, Said(kind="asked_again", technician=event.pin.technician, at=at))
    return state


def promised(state: BoardState, event: e.Promised) -> BoardState:
    """Keep what customers were told."""
    calls = dict(state.calls)
    for call, promise in event.promises.items():
        calls[call] = calls[call].model_copy(update={"promise": promise})
    return replace(state, calls=calls)


def recalled(state: BoardState, event: e.Recalled) -> BoardState:
    """Take orders back; whoever was under way is free."""
    at = event.at or state.now.replace(microsecond=0)
    for call in event.calls:
        state = freed(_with_last(state, call, Said(kind="recalled", at=at)), state, call, at)
    return state


def _declined(before: BoardState, state: BoardState, event: e.VisitReported) -> BoardState:
    """Hold nobody to a call that they declined, and count who turned back as free."""
    call = state.calls[event.call]
    if call.pin is not None and call.pin.technician == event.technician:
        state = _with_call(state, call.model_copy(update={"pin": None}))
    return freed(state, before, event.call, event.at)


def _with_last(state: BoardState, call: str, said: Said) -> BoardState:
    return _seen_anew(state, {call: with_last(state.visits[call].said, said)})


def _seen_anew(state: BoardState, histories: dict[str, tuple[Said, ...]]) -> BoardState:
    """Return the board with what comes of the histories of visits."""
    visits = {call: _visit(state, call, history) for call, history in histories.items()}
    return _with_visits(state, {call: visit for call, visit in visits.items() if visit is not state.visits[call]})


def _visit(state: BoardState, call: str, history: tuple[Said, ...]) -> VisitState:
    known = state.visits[call]
    came_of_it = replayed(with_marks(history, _departures(state, call, history)))
    update = {name: value for name, value in came_of_it.items() if value != getattr(known, name)}
    if history is not known.said:
        update["said"] = history
    return known.model_copy(update=update) if update else known


def _left(state: BoardState, event: e.VisitReported) -> list[str]:
    """Return the calls to which the technician was on the way when moving to this one."""
    elsewhere = {move.call for move in state.crew[event.technician].moves} - {event.call}
    mark = Said(kind="left", technician=event.technician, at=event.at, sequence=event.sequence)
    return sorted(call for call in elsewhere if is_interrupted(state.visits[call].said, mark))


def _departures(state: BoardState, call: str, history: Iterable[Said]) -> Iterator[Said]:
    """Yield when technicians who had set out for a visit moved elsewhere."""
    for name in sorted({each.technician for each in history if each.kind == "en_route" and each.technician}):
        moves = state.crew.get(name, TechnicianState()).moves
        for place, move in enumerate(moves):
            if move.call != call and not _is_before(state, name, moves, place, call):
                yield Said(kind="left", technician=name, at=move.at, sequence=move.sequence)


def _is_before(state: BoardState, technician: str, moves: Sequence[Move], place: int, call: str) -> bool:
    """Whether a move elsewhere was ahead of one to a call at the same second, where the phone does not number them.

    Whoever ends a visit and sets out for the next has ended it first; of two departures the one told last counts.
    """
    move = moves[place]
    at_once = [n for n, each in enumerate(moves) if each.call == call and each.at == move.at and each.sequence is None]
    if not at_once or move.sequence is not None:
        return False
    said = state.visits[move.call].said if move.call in state.visits else ()
    is_departure = any((each.kind, each.technician, each.at) == ("en_route", technician, move.at) for each in said)
    return not is_departure or at_once[-1] > place


def _with_sequence(state: BoardState, name: str, sequence: int | None) -> BoardState:
    technician = state.crew.get(name, TechnicianState())
    if sequence is None or (technician.sequence is not None and technician.sequence >= sequence):
        return state
    return replace(state, crew={**state.crew, name: technician.model_copy(update={"sequence": sequence})})


def _with_call(state: BoardState, call: Call) -> BoardState:
    return replace(state, calls={**state.calls, call.id: call})


def _with_visits(state: BoardState, changed: dict[str, Any]) -> BoardState:
    return replace(state, visits={**state.visits, **changed}) if changed else state
