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
        "the technician needs every tool of the visit, as his own or borrowed before it",
        "Maybe send a technician who has it, put the tool into this van, or borrow it on the way.",
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
    Reason.MAX_DURATION: Entry(
        "a route takes no longer from its departure to its end than the shift's limit",
        "Maybe depart later, take a visit off the route, or raise the limit.",
    ),
    Reason.PART: Entry(
        "the routes of one technician use and hand over no more of a part than the van holds, what they take on aside",
        "Maybe give a visit to a van that holds the part, or take on more of it before.",
    ),
    Reason.PIN: Entry(
        "a pinned visit keeps its technician, shift, order or start", "Maybe restore what was pinned, or lift the pin."
    ),
    Reason.UNREACHABLE: Entry(
        "a decided leg needs a way to drive", "Maybe the place lies off the road network: check its position."
    ),
}

_PARTS = {
    "sourcing": Entry("a visit gets its parts in a way of its own", "Maybe name one of the visit's own ways."),
    "courier": Entry(
        "a visit starts no earlier than its last parcel is on the site, also where its start is pinned",
        "Maybe start it later, or take the part along.",
    ),
    "location": Entry(
        "a route restocks only where the location is open to its technician",
        "Maybe restock elsewhere, or open the location to the technician.",
    ),
    "opening": Entry(
        "the handling of a restock lies within one of the location's opening hours",
        "Maybe restock at another time, elsewhere, or take on fewer different things.",
    ),
    "restock_empty": Entry("a restock takes on at least one piece or tool", "Maybe leave the stop out."),
    "load_unused": Entry(
        "what is taken on is used (a tool: needed) by visits of the same route after it",
        "Maybe take on less, or earlier.",
    ),
    "stock": Entry(
        "a location gives no more of a part than has arrived there until then",
        "Maybe take it later, elsewhere, or order more of it.",
    ),
    "lent": Entry("all routes together borrow no more of a tool than the location lends", "Maybe borrow it elsewhere."),
    "room": Entry(
        "what a van holds after taking on parts fits in its room",
        "Maybe take on less at once, or restock a second time later.",
    ),
    "overnight": Entry(
        "in the night a van is loaded only for a shift that allows it, and up to its limits",
        "Maybe restock on the way, or raise the limit.",
    ),
    "meeting": Entry(
        "who may take part in a meeting stops there once at most, to give a part or to take it",
        "Maybe choose another meeting, or leave the stop out.",
    ),
    "meeting_time": Entry("a meeting begins exactly at its time", "Maybe wait for it, or choose another meeting."),
    "handover": Entry(
        "at a meeting as many pieces of a part are taken as are given", "Maybe add the stop on the other van's route."
    ),
}

_BOOKKEEPING = {
    "shift_unknown": Entry("a route names a shift of the problem", "Maybe the plan belongs to another problem."),
    "shift_twice": Entry("a shift has one route at most", "Maybe join the two routes."),
    "route_empty": Entry(
        "a shift that visits nobody, hands nothing over and has no fact has no route", "Maybe leave the route out."
    ),
    "stop_mixed": Entry(
        "a stop is a visit, a restock or a meeting, and records nothing that belongs to another kind",
        "Maybe make two stops of it.",
    ),
    "location_unknown": Entry(
        "a plan names stock locations of the problem", "Maybe the plan belongs to another problem."
    ),
    "meeting_unknown": Entry("a plan names meetings of the problem", "Maybe the plan belongs to another problem."),
    "sourcing_unknown": Entry(
        "a visit gets its parts as stated or by a sourcing of the problem", "Maybe the plan belongs to another problem."
    ),
    "part_unknown": Entry("a plan names parts of the problem", "Maybe the plan belongs to another problem."),
    "tool_unknown": Entry("a plan names tools of the problem", "Maybe the plan belongs to another problem."),
    "pieces_wrong": Entry(
        "a stop lists each part and tool once, with one piece or more",
        "Maybe add the pieces up, or leave the line out.",
    ),
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

CATALOGUE: dict[str, Entry] = {reason.code: entry for reason, entry in _RULES.items()} | _PARTS | _BOOKKEEPING
"""Rule and advice by code."""
