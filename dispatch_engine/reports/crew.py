"""The technicians of a plan as the report shows them: number, name and style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.listing import counted
from dispatch_engine.reports.palette import Style, style_of
from dispatch_engine.reports.wording import kilometres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.exports.view import PlanView


@dataclass(frozen=True)
class Member:
    """A technician or provider with a route; ``number`` ties its parts of the page together."""

    number: int
    id: str
    name: str
    style: Style
    load: str
    """What the plan gives to do, in a few words."""


def crew_of(view: PlanView, order: Sequence[str] | None = None) -> dict[str, Member]:
    """Return who has a route, by id, in the order of the problem document.

    Parameters
    ----------
    view
        Of the plan.
    order
        Ids by which members are numbered, so that a technician looks the same beside several plans. Default: those
        who have a route.
    """
    busy = {route.technician for route in view.plan.routes}
    known = [technician for technician in view.capacities if technician in busy]
    everyone = (*known, *sorted(busy - view.capacities.keys()))
    numbers = {technician: number for number, technician in enumerate(order or everyone)}
    return {
        technician: Member(
            numbers[technician],
            technician,
            view.technician_name(technician),
            style_of(numbers[technician]),
            _load(view, technician),
        )
        for technician in everyone
    }


def _load(view: PlanView, technician: str) -> str:
    totals = [route.totals for route in view.plan.routes if route.technician == technician]
    visits, metres = sum(each.visits for each in totals), sum(each.distance_m for each in totals)
    return f"{counted(visits, 'visit')}, {kilometres(metres)}"
