"""From the plan that the planner found to the event that publishes it: the difference to the plan so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dispatch_engine.board.events import PlanPublished
from dispatch_engine.board.state import RouteKey

if TYPE_CHECKING:
    from dispatch_engine.board.state import RunningRoutes
    from dispatch_engine.planner.live import RunningPlan


def published(
    before: RunningRoutes, running: RunningPlan, cause: Literal["repair", "improvement"]
) -> PlanPublished | None:
    """Return the event that makes ``running`` the plan; None where it is so already."""
    stood, left_out = before.routes, before.unplanned
    routes = tuple(route for key, route in running.routes.items() if not _is_same(stood.get(RouteKey(*key)), route))
    gone = tuple(key for key in stood if key not in running.routes)
    unplanned = tuple(left for call, left in running.unplanned.items() if not _is_same(left_out.get(call), left))
    planned = tuple(call for call in left_out if call not in running.unplanned)
    if not (routes or gone or unplanned or planned) and before.cost == running.cost:
        return None
    return PlanPublished(
        cause=cause, routes=routes, gone=gone, unplanned=unplanned, no_longer_unplanned=planned, cost=running.cost
    )


def _is_same(one: object, other: object) -> bool:
    return one is other or one == other
