"""The plan that was published, the prices and rules, and what leaves the board."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.board.folding.technicians import with_capacity
from dispatch_engine.board.state import Basis, BoardState, RouteKey, TechnicianState

if TYPE_CHECKING:
    from dispatch_engine.board import events as e
    from dispatch_engine.board.setup_events import PolicySet, RulesSet


def policy_set(state: BoardState, event: PolicySet) -> BoardState:
    """Weigh by other prices from now on."""
    return replace(state, setup=state.setup.model_copy(update={"policy": event.policy}))


def rules_set(state: BoardState, event: RulesSet) -> BoardState:
    """Run the board by other rules from now on."""
    return replace(state, rules=event.rules)


def time_passed(state: BoardState, event: e.TimePassed) -> BoardState:
    """Change nothing: every entry moves the board's time."""
    return state


def plan_published(state: BoardState, event: e.PlanPublished) -> BoardState:
    """Put the difference into the running plan, which is of the revision that the board comes to."""
    gone = {RouteKey(*key) for key in event.gone}
    plan = state.plan.with_routes(gone, {RouteKey(route.technician, route.shift): route for route in event.routes})
    planned = set(event.no_longer_unplanned)
    unplanned = {call: why for call, why in state.plan.unplanned.items() if call not in planned}
    unplanned |= {each.call: each for each in event.unplanned}
    plan = plan.with_same_routes(
        revision=state.revision + 1, unplanned=unplanned, cost=event.cost, basis=_basis(state, event)
    )
    return replace(state, plan=plan)


def _basis(state: BoardState, event: e.PlanPublished) -> Basis:
    """Return what the plan was made of; one that was found in the background is of the same problem as the one before.

    The time of any other is that of its entry, which comes when that is recorded.
    """
    if event.cause == "improvement":
        return state.plan.basis or Basis(state.plan.routes, state.now)
    return Basis(state.plan.routes, None)


def day_ended(state: BoardState, event: e.DayEnded) -> BoardState:
    """Let go of what is over."""
    calls = set(event.calls)
    for technician, shift in event.shifts:
        state = _without_shift(state, technician, shift)
    return replace(
        state,
        crew={name: _without_moves(known, calls) for name, known in state.crew.items()},
        calls={name: call for name, call in state.calls.items() if name not in calls},
        visits={name: visit for name, visit in state.visits.items() if name not in calls},
    )


def _without_moves(known: TechnicianState, calls: set[str]) -> TechnicianState:
    moves = tuple(move for move in known.moves if move.call not in calls)
    return known if moves == known.moves else known.model_copy(update={"moves": moves})


def _without_shift(state: BoardState, technician: str, shift: str) -> BoardState:
    capacity = state.capacity(technician)
    assert capacity is not None  # decided before
    shifts = tuple(each for each in capacity.shifts if each.id != shift)
    state = with_capacity(state, capacity.model_copy(update={"shifts": shifts}))
    crew = state.crew[technician]
    kept = {name: each for name, each in crew.shifts.items() if name != shift}
    return replace(state, crew={**state.crew, technician: crew.model_copy(update={"shifts": kept})})
