"""What changed from one revision of a plan to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board.views.documents import CallChange, PlanDifference, Reason
from dispatch_engine.board.views.view import planned_visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.board.views.documents import PlannedVisit
    from dispatch_engine.event_log.entries import Entry


def difference(name: str, before: BoardState, after: BoardState, entries: Iterable[Entry]) -> PlanDifference:
    """Return what changed between two states of a board.

    Parameters
    ----------
    name
        Id of the board.
    before, after
        The earlier and the later state.
    entries
        Those after the earlier revision, up to the later one.
    """
    changes = tuple(_changes(before, after))
    routes = {key for key in {**before.plan.routes, **after.plan.routes}}
    changed = {key.technician for key in routes if before.plan.routes.get(key) != after.plan.routes.get(key)}
    return PlanDifference(
        board=name,
        from_revision=before.revision,
        to_revision=after.revision,
        changes=changes,
        technicians=tuple(sorted(changed)),
        customers=tuple(_customers(after, changes)),
        reasons=tuple(_reason(entry) for entry in entries),
        cost_before=before.plan.cost.total,
        cost_after=after.plan.cost.total,
        gain=before.plan.cost.total - after.plan.cost.total,
    )


def _changes(before: BoardState, after: BoardState) -> Iterator[CallChange]:
    old, new = planned_visits(before), planned_visits(after)
    for call in sorted({*old, *new}):
        if (change := _change(call, old.get(call), new.get(call), after)) is not None:
            yield change


def _change(call: str, old: PlannedVisit | None, new: PlannedVisit | None, after: BoardState) -> CallChange | None:
    if old is None and new is not None:
        return CallChange(call=call, kind="planned", technician_after=new.technician, start_after=new.start)
    if old is not None and new is None:
        kind = "unplanned" if call in after.plan.unplanned else "gone"
        return CallChange(call=call, kind=kind, technician_before=old.technician, start_before=old.start)
    if old is None or new is None or (old.technician, old.start) == (new.technician, new.start):
        return None
    return CallChange(
        call=call,
        kind="retimed" if old.technician == new.technician else "reassigned",
        technician_before=old.technician,
        technician_after=new.technician,
        start_before=old.start,
        start_after=new.start,
    )


def _customers(after: BoardState, changes: Iterable[CallChange]) -> Iterator[str]:
    """Yield the calls of which something else was promised than the plan has now."""
    tolerance = after.setup.policy.retime_tolerance
    for change in changes:
        call = after.calls.get(change.call)
        if call is None or call.promise is None:
            continue
        interval = call.promise.interval(tolerance)
        start, technician = change.start_after, change.technician_after
        is_kept = start is not None and (interval is None or interval[0] <= start <= interval[1])
        if not is_kept or call.promise.technician not in (None, technician):
            yield change.call


def _reason(entry: Entry) -> Reason:
    kinds: Mapping[str, None] = dict.fromkeys(event.type for event in entry.events)
    return Reason(revision=entry.revision, at=entry.at.replace(microsecond=0), actor=entry.actor, events=tuple(kinds))
