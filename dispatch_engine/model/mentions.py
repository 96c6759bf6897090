"""Where a technician or provider is named, and the same things without the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.stock import Meeting, StockLocation


def without_technician(call: Call, name: str) -> Call:
    """Return a call that does not name a technician; the same where it does not.

    Where it required this technician alone, it requires nobody afterwards: whether that may be is the caller's to say.
    """
    update: dict[str, object] = {}
    for field in ("required_technicians", "preferred_technicians", "excluded_technicians"):
        named = getattr(call, field)
        if name in named:
            update[field] = tuple(each for each in named if each != name)
    if name in call.durations:
        update["durations"] = {each: duration for each, duration in call.durations.items() if each != name}
    if call.pin is not None and call.pin.technician == name:
        update["pin"] = None
    if call.promise is not None and call.promise.technician == name:
        update["promise"] = call.promise.model_copy(update={"technician": None})
    return call.model_copy(update=update) if update else call


def location_without_technician(location: StockLocation, name: str) -> StockLocation:
    """Return a stock location that is not open to a technician by name; the same where it is not."""
    if location.open_to is None or name not in location.open_to:
        return location
    return location.model_copy(update={"open_to": tuple(each for each in location.open_to if each != name)})


def meeting_without_technician(meeting: Meeting, name: str) -> Meeting:
    """Return a meeting in which a technician takes no part by name; the same where it is so."""
    if meeting.technicians is None or name not in meeting.technicians:
        return meeting
    return meeting.model_copy(update={"technicians": tuple(each for each in meeting.technicians if each != name)})
