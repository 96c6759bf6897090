"""A board as the problem document that the planner solves: facts, pins, absences and the time of planning filled in."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from dispatch_engine.board.heads import heads_by_shift
from dispatch_engine.board.state import RouteKey, TechnicianState
from dispatch_engine.board.visit_status import RANK, SENT
from dispatch_engine.model.calls import Pin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from dispatch_engine.board.state import BoardState, ShiftState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.facts import Facts
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift

C = TypeVar("C", bound="Capacity")

SECOND = timedelta(seconds=1)


def problem_of(state: BoardState) -> ProblemDocument:
    """Return the problem that the board is at its time.

    Calls that are closed are there only as facts of a shift on the board; those that are worked on by somebody without
    a shift are left out, for nothing of them is to be decided.
    """
    heads = heads_by_shift(state)
    facts = {fact.call for head in heads.values() for fact in head.visits}
    technicians = tuple(_with_shifts(state, each, heads) for each in state.technicians.values())
    providers = tuple(_with_shifts(state, each, heads) for each in state.providers.values())
    shifts = {RouteKey(each.id, shift.id): shift for each in chain(technicians, providers) for shift in each.shifts}
    ranks = _frozen_ranks(state)
    calls = tuple(
        call if call.id in facts else _to_decide(state, call, shifts, ranks)
        for call in state.calls.values()
        if call.id in facts or _is_open(state, call.id)
    )
    update = {
        "now": state.now.replace(microsecond=0),
        "technicians": technicians,
        "providers": providers,
        "calls": calls,
    }
    return state.setup.model_copy(update=update)


def _is_open(state: BoardState, call: str) -> bool:
    visit = state.visits[call]
    return RANK[visit.status] < RANK["on_site"]


def _with_shifts(state: BoardState, capacity: C, heads: Mapping[RouteKey, Facts]) -> C:
    shifts = tuple(_shifts(state, capacity, heads))
    return capacity if shifts == capacity.shifts else capacity.model_copy(update={"shifts": shifts})


def _shifts(state: BoardState, capacity: Capacity, heads: Mapping[RouteKey, Facts]) -> Iterator[Shift]:
    crew = state.crew.get(capacity.id, TechnicianState())
    for shift in capacity.shifts:
        facts = heads.get(RouteKey(capacity.id, shift.id))
        ends_at = _last_moment(shift, crew, crew.shifts.get(shift.id))
        left = shift if ends_at is None else _cut(shift, ends_at)
        if left is not None:
            yield left if facts is None else left.model_copy(update={"facts": facts})
        elif facts is not None:
            yield _only_facts(shift, facts)


def _last_moment(shift: Shift, crew: TechnicianState, known: ShiftState | None) -> datetime | None:
    """Return when the technician stops working on a shift ahead of its end; None: works to its end."""
    ends = [absence.since for absence in crew.absences if _covers(absence.since, absence.until, shift)]
    if known is not None and known.signed_off_at is not None:
        ends.append(known.signed_off_at)
    return min(ends, default=None)


def _covers(since: datetime, until: datetime | None, shift: Shift) -> bool:
    return since < shift.end + shift.overtime_cap and (until is None or until > shift.start)


def _cut(shift: Shift, ends_at: datetime) -> Shift | None:
    """Return what is left of a shift that ends early; None where that is nothing."""
    if ends_at <= shift.start:
        return None
    end = min(shift.end, ends_at)
    cap = min(shift.overtime_cap, max(timedelta(0), ends_at - end))
    breaks = tuple(rest for rest in shift.breaks if rest.latest + rest.duration <= end)
    return shift.model_copy(update={"end": end, "overtime_cap": cap, "breaks": breaks})


def _only_facts(shift: Shift, facts: Facts) -> Shift:
    """Return a shift that takes nothing on any more, though work was done on it."""
    empty = {"end": shift.start + SECOND, "overtime_cap": timedelta(0), "breaks": (), "max_visits": 0}
    return shift.model_copy(update={**empty, "facts": facts.model_copy(update={"breaks_taken": 0})})


def _to_decide(
    state: BoardState, call: Call, shifts: Mapping[RouteKey, Shift], ranks: Mapping[str, tuple[RouteKey, int]]
) -> Call:
    """Return a call with what is fixed of it, and without the technicians who declined it."""
    visit = state.visits[call.id]
    update: dict[str, object] = {}
    pin = _pin(state, call, ranks)
    if pin is not None and not _holds(pin, shifts):
        pin = None
    if pin != call.pin:
        update["pin"] = pin
    excluded = [name for name in visit.declined_by if name not in call.excluded_technicians]
    if excluded:
        update["excluded_technicians"] = (*call.excluded_technicians, *excluded)
        update["preferred_technicians"] = tuple(each for each in call.preferred_technicians if each not in excluded)
    return call.model_copy(update=update) if update else call


def _pin(state: BoardState, call: Call, ranks: Mapping[str, tuple[RouteKey, int]]) -> Pin | None:
    """Return what is fixed: by who is under way, by hand, by an order that was sent, by the freeze horizon."""
    visit = state.visits[call.id]
    if visit.status == "en_route" and visit.technician is not None and visit.shift is not None:
        return Pin(level="order", technician=visit.technician, shift=visit.shift, rank=0)
    if call.pin is not None:
        return call.pin
    if call.id in ranks:
        key, rank = ranks[call.id]
        return Pin(level="order", technician=key.technician, shift=key.shift, rank=rank)
    if visit.status in SENT and visit.technician is not None:
        return Pin(level="technician", technician=visit.technician)
    return None


def _frozen_ranks(state: BoardState) -> dict[str, tuple[RouteKey, int]]:
    """Return the route and rank of each call within the freeze horizon; those behind a call under way come after it."""
    limit = state.now + state.rules.freeze_horizon
    ranks: dict[str, tuple[RouteKey, int]] = {}
    if not state.rules.freeze_horizon:
        return ranks
    for key, route in state.plan.routes.items():
        decided = [stop for stop in route.stops if stop.kind == "visit" and stop.call is not None]
        for rank, stop in enumerate(decided, start=1):
            if stop.start > limit:
                break
            if stop.call is not None and stop.call in state.calls:
                ranks[stop.call] = (key, rank)
    return ranks


def _holds(pin: Pin, shifts: Mapping[RouteKey, Shift]) -> bool:
    """Whether a pin names somebody who is there; nobody is held to a shift that is gone."""
    if pin.shift is not None:
        return RouteKey(pin.technician, pin.shift) in shifts
    return any(key.technician == pin.technician for key in shifts)
