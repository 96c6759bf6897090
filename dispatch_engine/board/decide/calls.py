"""Calls: created, changed, cancelled, merged."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.checking import require_call
from dispatch_engine.board.decide.finding import the_call, the_open_call
from dispatch_engine.board.errors import CallExistsError, MergeError
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.shape import shape_fault
from dispatch_engine.model.calls import Call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState


def create_call(state: BoardState, command: c.CreateCall, now: datetime) -> Iterator[e.Event]:
    """Take a call in; when it was reported is now, unless it says so."""
    call = command.call
    if call.id in state.calls:
        raise CallExistsError(call.id)
    if call.reported_at is None:
        call = call.model_copy(update={"reported_at": now.replace(microsecond=0)})
    require_call(state, call, "/call")
    yield e.CallCreated(call=call)


def change_call(state: BoardState, command: c.ChangeCall, now: datetime) -> Iterator[e.Event]:
    """Change fields of an open call; nothing changes where they are so already."""
    before = the_open_call(state, command.call)
    stated = before.model_dump(mode="json", exclude_unset=True) | command.changes | {"id": command.call}
    named = {name: value for name, value in stated.items() if value is not None}
    try:
        changed = Call.model_validate_json(json.dumps(named), strict=True)
    except ValidationError as error:
        faults = [shape_fault(Call, each) for each in error.errors()]
        below = sorted(replace(each, pointer=f"/changes{each.pointer}") for each in faults)
        raise DocumentErrors(tuple(below), f"call {command.call}") from error
    require_call(state, changed, "/changes")
    if changed != before:
        yield e.CallChanged(call=changed)


def cancel_call(state: BoardState, command: c.CancelCall, now: datetime) -> Iterator[e.Event]:
    """Cancel an open call; to do so twice changes nothing."""
    the_call(state, command.call)
    if state.visits[command.call].status != "cancelled":
        the_open_call(state, command.call)
        yield e.CallCancelled(call=command.call, reason=command.reason)


def merge_call(state: BoardState, command: c.MergeCall, now: datetime) -> Iterator[e.Event]:
    """Close a duplicate; the call that stays was reported as early as either, and is as urgent."""
    if command.call == command.into:
        raise MergeError(command.call)
    duplicate = the_open_call(state, command.call)
    kept = the_open_call(state, command.into, "/into")
    merged = kept.model_copy(update=_stronger(kept, duplicate))
    if merged != kept:
        yield e.CallChanged(call=merged)
    yield e.CallCancelled(call=command.call, reason=f"duplicate of {command.into}", merged_into=command.into)


def _stronger(kept: Call, duplicate: Call) -> dict[str, object]:
    update: dict[str, object] = {}
    for name in ("reported_at", "response_deadline", "restore_deadline", "down_since", "priority"):
        values = [value for value in (getattr(kept, name), getattr(duplicate, name)) if value is not None]
        if values and min(values) != getattr(kept, name):
            update[name] = min(values)
    return update
