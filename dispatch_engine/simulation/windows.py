"""When work can begin for somebody who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.model.calls import Call


def begins_in_window(call: Call, arrives_at: datetime) -> datetime | None:
    """Return when work can begin for somebody who is there then; None: no window is open any more."""
    at = arrives_at if call.released_at is None else max(arrives_at, call.released_at)
    if not call.windows:
        return at
    return min((max(at, each.start) for each in call.windows if each.end >= at), default=None)
