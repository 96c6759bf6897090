"""Calls: created, changed, cancelled, merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.checking import changed, require_call
from dispatch_engine.board.decide.errors import IdChangedError, VisitBegunError
from dispatch_engine.board.decide.finding import the_call, the_open_call
from dispatch_engine.board.errors import CallExistsError, MergeError
from dispatch_engine.model.effective import contract_of, priority_of, response_of, restore_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call


def create_call(state: BoardState, command: c.CreateCall, now: datetime) -> Iterator[e.Event]:
    """Take a call in; when it was reported is now, unless it says so."""
    call = command.call
    if call.id in state.calls:
        raise CallExistsError(call.id)
    if call.reported_at is None:
        call = call.model_copy(update={"reported_at": now.replace(microsecond=0)})
    yield e.CallCreated(call=require_call(state, call, "/call"))


def change_call(state: BoardState, command: c.ChangeCall, now: datetime) -> Iterator[e.Event]:
    """Change fields of an open call; nothing changes where they are so already."""
    before = the_open_call(state, command.call)
    if command.changes.get("id", before.id) != before.id:
        raise IdChangedError(before.id)
    after = require_call(state, changed(before, command.changes, f"call {command.call}"), "/changes")
    if after != before:
        yield e.CallChanged(call=after)


def cancel_call(state: BoardState, command: c.CancelCall, now: datetime) -> Iterator[e.Event]:
    """Cancel an open call; to do so twice changes nothing."""
    the_call(state, command.call)
    if state.visits[command.call].status != "cancelled":
        the_open_call(state, command.call)
        yield e.CallCancelled(call=command.call, at=now.replace(microsecond=0), reason=command.reason)


def merge_call(state: BoardState, command: c.MergeCall, now: datetime) -> Iterator[e.Event]:
    """Close a duplicate; the call that stays was reported as early as either, and is as urgent.

    What the customer was told of the duplicate holds for the call that stays, where nothing was said of that.
    """
    if command.call == command.into:
        raise MergeError(command.call)
    duplicate = the_open_call(state, command.call)
    kept = the_open_call(state, command.into, "/into")
    visit = state.visits[duplicate.id]
    if visit.is_under_way:
        raise VisitBegunError(duplicate.id, str(visit.technician), visit.status)
    update = _stronger(state, kept, duplicate)
    if update:
        yield e.CallChanged(call=kept.model_copy(update=update))
    yield e.CallCancelled(
        call=command.call,
        at=now.replace(microsecond=0),
        reason=f"duplicate of {command.into}",
        merged_into=command.into,
    )


def _stronger(state: BoardState, kept: Call, duplicate: Call) -> dict[str, object]:
    """Return the fields of a call that stays which its duplicate states more urgently."""
    update: dict[str, object] = {}
    for name in ("reported_at", "down_since"):
        values = [value for value in (getattr(kept, name), getattr(duplicate, name)) if value is not None]
        if values and min(values) != getattr(kept, name):
            update[name] = min(values)
    first, second = (contract_of(state.setup, call) for call in (kept, duplicate))
    if priority_of(duplicate, second) < priority_of(kept, first):
        update["priority"] = priority_of(duplicate, second)
    policy, early = state.setup.policy, kept.model_copy(update=update)
    for name, deadline_of in (("response_deadline", response_of), ("restore_deadline", restore_of)):
        mine, theirs = deadline_of(early, first, policy), deadline_of(duplicate, second, policy)
        if theirs is not None and (mine is None or theirs.at < mine.at):
            update[name] = theirs.at
    if kept.promise is None and duplicate.promise is not None:
        update["promise"] = duplicate.promise
    return update
