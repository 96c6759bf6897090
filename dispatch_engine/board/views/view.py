"""From the state of a board to what one sees of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dispatch_engine.board.document import problem_of
from dispatch_engine.board.state import RouteKey, TechnicianState
from dispatch_engine.board.views.documents import (
    BoardPlan,
    BoardView,
    CallView,
    PlannedVisit,
    ShownStatus,
    StockView,
    TechnicianDay,
    TechnicianView,
)
from dispatch_engine.kpis import kpis_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dispatch_engine.board.state import BoardState

PLANNED_KINDS = frozenset({"visit", "fact"})


def planned_visits(state: BoardState) -> dict[str, PlannedVisit]:
    """Return where the plan has each call, facts included."""
    return {
        stop.call: PlannedVisit(
            technician=key.technician, shift=key.shift, arrival=stop.arrival, start=stop.start, end=stop.end
        )
        for key, route in state.plan.routes.items()
        for stop in route.stops
        if stop.call is not None and stop.kind in PLANNED_KINDS
    }


def board_view(name: str, state: BoardState) -> BoardView:
    """Return a board at a glance."""
    planned = planned_visits(state)
    statuses = Counter(_status(state, call, planned) for call in state.calls)
    return BoardView(
        id=name,
        revision=state.revision,
        now=state.now.replace(microsecond=0),
        time_zone=state.setup.time_zone,
        currency=state.setup.currency,
        technicians=len(state.technicians),
        providers=len(state.providers),
        calls_by_status=dict(sorted(statuses.items())),
        plan_revision=state.plan.revision,
        cost=state.plan.cost,
        rules=state.rules,
    )


def call_views(state: BoardState, calls: Iterable[str]) -> tuple[CallView, ...]:
    """Return these calls of the board."""
    planned = planned_visits(state)
    return tuple(
        CallView(
            id=call,
            status=_status(state, call, planned),
            call=state.calls[call],
            visit=state.visits[call],
            planned=planned.get(call),
        )
        for call in calls
    )


def statuses_of(state: BoardState) -> dict[str, ShownStatus]:
    """Return how far the visit of each call has come."""
    planned = planned_visits(state)
    return {call: _status(state, call, planned) for call in state.calls}


def technician_view(state: BoardState, name: str) -> TechnicianView:
    """Return a technician or provider that the board has."""
    capacity = state.capacities[name]
    return TechnicianView(
        id=name,
        kind="technician" if name in state.technicians else "provider",
        capacity=capacity,
        state=state.crew.get(name, TechnicianState()),
    )


def stock_views(state: BoardState) -> tuple[StockView, ...]:
    """Return what every van and stock location holds."""
    vans = (StockView(id=each.id, kind="van", stock=dict(each.stock)) for each in state.technicians.values())
    locations = (StockView(id=each.id, kind="location", stock=dict(each.stock)) for each in state.setup.stock_locations)
    return (*vans, *locations)


def plan_view(name: str, state: BoardState) -> BoardPlan:
    """Return the plan of a board with its figures."""
    plan = state.plan
    routes, unplanned = tuple(plan.routes.values()), tuple(plan.unplanned.values())
    return BoardPlan(
        board=name,
        revision=state.revision,
        now=state.now.replace(microsecond=0),
        plan_revision=plan.revision,
        routes=routes,
        unplanned=unplanned,
        cost=plan.cost,
        kpis=kpis_of(problem_of(state.as_planned()), routes, unplanned),
    )


def is_own(state: BoardState, call: str, technician: str) -> bool:
    """Whether a technician has or had the order for a call, or has it on a route."""
    if state.visits[call].technician == technician:
        return True
    planned = state.planned_on(call)
    return planned is not None and planned.technician == technician


def technician_day(name: str, state: BoardState, technician: str) -> TechnicianDay:
    """Return what one technician has to know."""
    routes = tuple(route for key, route in state.plan.routes.items() if RouteKey(*key).technician == technician)
    calls = call_views(state, [call for call in state.calls if is_own(state, call, technician)])
    return TechnicianDay(board=name, revision=state.revision, technician=technician, routes=routes, calls=calls)


def _status(state: BoardState, call: str, planned: Mapping[str, PlannedVisit]) -> ShownStatus:
    status = state.visits[call].status
    return "planned" if status == "new" and call in planned else status
