"""Reasons why a call stays unplanned, and why a technician cannot take it. They are results, not errors."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import Entry

REASON_ENTRIES = (
    Entry(
        "skill",
        "A skill is missing",
        "The technician lacks a skill that the call needs, or has it at too low a level.",
        "Maybe train or send someone who has it.",
    ),
    Entry(
        "tool",
        "A tool is missing",
        "The technician lacks a tool that the call needs.",
        "Maybe give the tool to the van.",
    ),
    Entry(
        "technician",
        "Not one of those who may be sent",
        "The technician is excluded, or others are required.",
        "Maybe loosen the lists of the call.",
    ),
    Entry(
        "territory",
        "Not at home in the territory",
        "The call's territory requires its own technicians and this one is not.",
        "Maybe make the rule of the territory preferred instead of required.",
    ),
    Entry(
        "window",
        "No window is met",
        "Work cannot begin within any of the call's windows.",
        "Maybe offer the customer another window.",
    ),
    Entry(
        "release",
        "Released too late",
        "The call is released too late to be served within the shift.",
        "Maybe ask for an earlier release, or plan it for another day.",
    ),
    Entry(
        "shift",
        "Beyond the end of the shift",
        "The route would end after the shift and its overtime cap.",
        "Maybe allow more overtime.",
    ),
    Entry(
        "break",
        "A break would be missed",
        "A due break could not be taken within its window.",
        "Maybe widen the window of the break.",
    ),
    Entry("max_visits", "Too many visits", "The shift has no more visits than its limit.", "Maybe raise max_visits."),
    Entry(
        "max_driving",
        "Too much driving",
        "The shift has no more driving time than its limit.",
        "Maybe raise max_driving.",
    ),
    Entry(
        "max_distance",
        "Too many kilometres",
        "The shift drives no further than its limit.",
        "Maybe raise max_distance_km.",
    ),
    Entry(
        "max_duration",
        "Too long on the way",
        "The route lasts no longer from its departure to its end than the limit of the shift.",
        "Maybe raise max_duration.",
    ),
    Entry(
        "part",
        "A part is missing",
        "The van does not hold a part that the call uses, or not enough of it.",
        "Maybe load the part before the shift.",
    ),
    Entry(
        "pin",
        "Cannot be served as pinned",
        "The technician, order or start to which the call is pinned is not possible.",
        "Maybe loosen the pin.",
    ),
    Entry(
        "unreachable",
        "No way there",
        "No road leads to the call's place or back from it.",
        "Maybe the coordinates are wrong.",
    ),
    Entry(
        "no_technicians",
        "Nobody to send",
        "The document has no technician or provider with a shift.",
        "Maybe the roster is missing.",
    ),
    Entry(
        "capacity",
        "Everyone's day is full",
        "The call fits on an empty route, but not beside what is planned already at less cost.",
        "Maybe add a shift, allow overtime, or raise the call's drop price.",
    ),
    Entry(
        "price",
        "Dearer than leaving it",
        "Serving the call would cost more than its drop price.",
        "Maybe raise the drop price.",
    ),
    Entry(
        "reserve",
        "Its time is worth more kept free",
        "Serving the call would cost less than its drop price but for the reserve of a territory, whose time it takes.",
        "Maybe want less of the reserve, lower its price, or raise the call's drop price.",
    ),
    Entry(
        "limit_reached",
        "Not tried",
        "The search stopped before the call was tried everywhere.",
        "Maybe allow more time.",
    ),
)
