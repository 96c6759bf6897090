"""What changed from one plan of a board to another: for the dispatcher, for each phone, and whom to call."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from dispatch_engine.board.state import RouteKey
from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Id, Instant, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.plan import Route, Stop

Change = Literal["planned", "left_out", "moved", "retimed", "ended"]

NOTICED = timedelta(minutes=5)
"""A start that moves by less is no change that anybody is told of."""


class CallChange(Model):
    """What a plan says otherwise of a call."""

    call: Id
    change: Change
    """``ended``: it is on the board no more, or closed."""
    technician_before: Id | None = None
    technician: Id | None = None
    start_before: Instant | None = None
    start: Instant | None = None
    breaks_promise: bool = False
    """Whether the customer was told otherwise, so that somebody has to call."""


class RouteChange(Model):
    """The calls that a technician has ahead, in order, where they are others than before or in another order."""

    technician: Id
    shift: Id
    calls_before: tuple[Id, ...]
    calls: tuple[Id, ...]


class Cause(Model):
    """What happened at a revision in between."""

    revision: Count
    at: Instant
    actor: Text
    events: tuple[Text, ...]


class PlanDifference(Model):
    """All that changed from one revision of a board to another."""

    from_revision: Count
    to_revision: Count
    calls: tuple[CallChange, ...]
    routes: tuple[RouteChange, ...]
    customers_to_call: tuple[Id, ...]
    """Calls with a promise that does not hold any more."""
    gain: Decimal
    """By how much the plan became cheaper; negative where what happened made it dearer."""
    causes: tuple[Cause, ...] = ()


class _Place(NamedTuple):
    key: RouteKey
    stop: Stop


def difference(before: BoardState, after: BoardState) -> PlanDifference:
    """Return what changed; the causes are the log's to tell."""
    calls = tuple(_call_changes(before, after))
    return PlanDifference(
        from_revision=before.revision,
        to_revision=after.revision,
        calls=calls,
        routes=tuple(_route_changes(before, after)),
        customers_to_call=tuple(each.call for each in calls if each.breaks_promise),
        gain=before.plan.cost.total - after.plan.cost.total,
    )


def own_part(found: PlanDifference, technician: str) -> PlanDifference:
    """Return what of a difference concerns one technician: calls that come, go or begin at another time, and why."""
    calls = tuple(each for each in found.calls if technician in (each.technician_before, each.technician))
    names = {each.call for each in calls}
    update = {
        "calls": calls,
        "routes": tuple(each for each in found.routes if each.technician == technician),
        "customers_to_call": tuple(call for call in found.customers_to_call if call in names),
    }
    return found.model_copy(update=update)


def _call_changes(before: BoardState, after: BoardState) -> Iterator[CallChange]:
    earlier, later = _places(before), _places(after)
    new_and_left_out = (name for name in after.plan.unplanned if name not in before.plan.unplanned)
    for name in dict.fromkeys([*earlier, *later, *new_and_left_out]):
        old, new = earlier.get(name), later.get(name)
        change = _change(before, after, name, old, new)
        if change is not None:
            yield CallChange(
                call=name,
                change=change,
                technician_before=None if old is None else old.key.technician,
                technician=None if new is None else new.key.technician,
                start_before=None if old is None else old.stop.start,
                start=None if new is None else new.stop.start,
                breaks_promise=change != "ended" and _breaks_promise(after, name, new),
            )


def _change(before: BoardState, after: BoardState, name: str, old: _Place | None, new: _Place | None) -> Change | None:
    visit = after.visits.get(name)
    if new is None:
        return "ended" if visit is None or visit.is_closed else "left_out"
    if old is None:
        return "planned"
    if old.key.technician != new.key.technician:
        return "moved"
    is_broken_now = _breaks_promise(after, name, new) and not _breaks_promise(before, name, old)
    is_noticed = is_broken_now or abs(new.stop.start - old.stop.start) >= NOTICED
    return "retimed" if is_noticed else None


def _breaks_promise(state: BoardState, name: str, place: _Place | None) -> bool:
    call: Call | None = state.calls.get(name)
    if call is None or call.promise is None:
        return False
    if place is None:
        return True
    interval = call.promise.interval(state.setup.policy.retime_tolerance)
    is_late = interval is not None and not interval[0] <= place.stop.start <= interval[1]
    return is_late or call.promise.technician not in (None, place.key.technician)


def _route_changes(before: BoardState, after: BoardState) -> Iterator[RouteChange]:
    for key in dict.fromkeys([*before.plan.routes, *after.plan.routes]):
        old = _ahead(before, before.plan.routes.get(key))
        new = _ahead(after, after.plan.routes.get(key))
        if new != _still_open(after, old):
            yield RouteChange(technician=key.technician, shift=key.shift, calls_before=old, calls=new)


def _still_open(state: BoardState, calls: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(call for call in calls if call in state.visits and not state.visits[call].is_closed)


def _ahead(state: BoardState, route: Route | None) -> tuple[str, ...]:
    """Return the calls of a route that are not over."""
    stops = () if route is None else route.stops
    return _still_open(state, tuple(stop.call for stop in stops if stop.call is not None))


def _places(state: BoardState) -> dict[str, _Place]:
    """Return where the plan has each call that is not over."""
    return {
        stop.call: _Place(key, stop)
        for key, route in state.plan.routes.items()
        for stop in route.stops
        if stop.call is not None and stop.call in state.visits and not state.visits[stop.call].is_closed
    }
