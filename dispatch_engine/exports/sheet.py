"""A plan as flat JSON: what the routes, stops and unplanned calls are, with names and places filled in.

The plan document itself is JSON too, but refers to the problem by ids; this form needs no other file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dispatch_engine.exports.rows import stop_rows

if TYPE_CHECKING:
    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.plan import Route, UnplannedCall


def json_text(view: PlanView) -> bytes:
    """Return an object with the lists `routes`, `stops` and `unplanned`; times are ISO 8601 with offset."""
    plan = view.plan
    whole = {
        "problem_id": plan.problem_id,
        "created_at": view.local(plan.created_at).isoformat(),
        "time_zone": plan.time_zone,
        "currency": plan.currency,
        "cost": str(plan.cost.total),
        "attribution": plan.travel.attribution,
        "routes": [_route(view, route) for route in plan.routes],
        "stops": list(stop_rows(view)),
        "unplanned": [_unplanned(view, each) for each in plan.unplanned],
    }
    return f"{json.dumps(whole, indent=2, ensure_ascii=False)}\n".encode()


def _route(view: PlanView, route: Route) -> dict[str, Any]:
    return {
        "technician": route.technician,
        "technician_name": view.technician_name(route.technician),
        "shift": route.shift,
        "date": view.day_of(route).isoformat(),
        "departure": view.local(route.departure).isoformat(),
        "end": view.local(route.end).isoformat(),
        "overnight": route.overnight.model_dump() if route.overnight else None,
        "return_travel_s": route.return_travel_s,
        "return_distance_m": route.return_distance_m,
        **route.totals.model_dump(),
    }


def _unplanned(view: PlanView, each: UnplannedCall) -> dict[str, Any]:
    return {
        "call": each.call,
        "call_name": view.call_name(each.call) or None,
        "priority": each.priority,
        "reasons": [reason.model_dump(mode="json", exclude_none=True) for reason in each.reasons],
        "missing_parts": each.missing_parts.model_dump(mode="json", exclude_none=True) if each.missing_parts else None,
    }
