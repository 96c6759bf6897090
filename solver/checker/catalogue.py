"""Every code that the checker can give, with the rule in words and a way out.

Codes of the model's hard rules are those of ``solver.reasons``; the others say that a plan's own bookkeeping is wrong.
"""

from __future__ import annotations

from typing import NamedTuple

from solver.reasons import Reason


class Entry(NamedTuple):
    """The rule that a code stands for, and what may help."""

    rule: str
    advice: str


_RULES = {
    Reason.SKILL: Entry(
        "the technician needs every skill at the visit's level or higher",
        "Maybe send a technician who has it, or record the skill that was gained.",
    ),
    Reason.TOOL: Entry(
        "the technician needs every tool of the visit",
        "Maybe send a technician who has it, or put the tool into this van.",
    ),
    Reason.TECHNICIAN: Entry(
        "an excluded technician is never sent, and if some are required only one of those",
        "Maybe send a technician whom the visit allows.",
    ),
    Reason.TERRITORY: Entry(
        "the visit's territory must be a home territory of the technician",
        "Maybe send a technician of the territory, or make the rule preferred.",
    ),
    Reason.WINDOW: Entry(
        "a visit starts inside one of its windows, bounds included",
        "Maybe move the start, or agree on another window with the customer.",
    ),
    Reason.RELEASE: Entry("a visit does not start before its release", "Maybe start it later."),
    Reason.SHIFT: Entry(
        "a route ends by the regular end plus the overtime cap",
        "Maybe take a visit off the route, or allow more overtime.",
    ),
    Reason.BREAK: Entry(
        "every due break is taken, in its window, in its order, in a gap of the route",
        "Maybe take the break in another gap, or widen its window.",
    ),
    Reason.MAX_VISITS: Entry(
        "a route has no more visits than the shift's limit", "Maybe take a visit off the route, or raise the limit."
    ),
    Reason.MAX_DRIVING: Entry(
        "a route has no more driving than the shift's limit",
        "Maybe take a far visit off the route, or raise the limit.",
    ),
    Reason.MAX_DISTANCE: Entry(
        "a route has no more metres than the shift's limit",
        "Maybe take a far visit off the route, or raise the limit.",
    ),
    Reason.PART: Entry(
        "the routes of one technician use no more of a part than the van holds",
        "Maybe give a visit to a van that holds the part, or load more of it.",
    ),
    Reason.PIN: Entry(
        "a pinned visit keeps its technician, shift, order or start", "Maybe restore what was pinned, or lift the pin."
    ),
    Reason.UNREACHABLE: Entry(
        "a decided leg needs a way to drive", "Maybe the place lies off the road network: check its position."
    ),
}

_BOOKKEEPING = {
    "shift_unknown": Entry("a route names a shift of the problem", "Maybe the plan belongs to another problem."),
    "shift_twice": Entry("a shift has one route at most", "Maybe join the two routes."),
    "route_empty": Entry("a shift without a visit and without a fact has no route", "Maybe leave the route out."),
    "visit_unknown": Entry("a plan names visits of the problem", "Maybe the plan belongs to another problem."),
    "visit_twice": Entry("a visit is on one route, once", "Maybe take it off one of the two."),
    "visit_missing": Entry(
        "a visit that is not a fact is either planned or unplanned", "Maybe list it among the unplanned visits."
    ),
    "unplanned_wrong": Entry(
        "only a visit that is neither planned nor a fact is unplanned, listed once",
        "Maybe take it out of the unplanned visits.",
    ),
    "fact_changed": Entry(
        "a route begins with the shift's facts, as recorded and marked as facts",
        "Maybe copy the facts from the problem.",
    ),
    "departure_wrong": Entry(
        "a route departs when it was recorded, or else not before the shift's start",
        "Maybe the plan was made before the departure was reported, or the record lacks a departure.",
    ),
    "travel_wrong": Entry(
        "travel is that of the matrix at this technician's speed", "Maybe the plan was made with other travel times."
    ),
    "distance_wrong": Entry("distance is that of the matrix", "Maybe the plan was made with another matrix."),
    "time_wrong": Entry("the times of a route follow from each other", "Maybe time the route again."),
    "break_unknown": Entry("a route takes breaks of its shift", "Maybe the plan belongs to another problem."),
    "break_overlap": Entry(
        "a break overlaps no visit, no other break and not the departure", "Maybe move the break into a gap."
    ),
    "cost_wrong": Entry(
        "each term of the cost is that of the model, to the unit", "Maybe the plan was priced with other prices."
    ),
}

CATALOGUE: dict[str, Entry] = {reason.code: entry for reason, entry in _RULES.items()} | _BOOKKEEPING
"""Rule and advice by code."""
