"""Why a way to get a part cannot be had, beside the reasons that rule a technician out. Results, not errors."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import Entry

WAY_ENTRIES = (
    Entry(
        "nobody_has_it",
        "Nobody has it",
        "No van and no stock location has the part, nor will one have it.",
        "Maybe order it.",
    ),
    Entry(
        "none_left",
        "None is left",
        "The van or location has had the part, but not enough pieces are left beside what the plan uses.",
        "Maybe stock more of it.",
    ),
    Entry(
        "used_by_plan",
        "The plan uses it",
        "The van holds enough, but the plan uses the pieces for other calls.",
        "Maybe load more.",
    ),
    Entry(
        "reserved",
        "It is kept for others",
        "The van holds enough, but pieces are reserved or kept for calls that are pinned to its technician.",
        "Maybe load more, or reserve less.",
    ),
    Entry(
        "comes_too_late",
        "It comes too late",
        "Enough pieces arrive, but too late for anybody to fetch them or to wait for the courier.",
        "Maybe ask for an earlier delivery.",
    ),
    Entry(
        "location_closed",
        "The location is closed then",
        "Within its opening hours nobody can stop there and still serve the call.",
        "Maybe open it for longer.",
    ),
    Entry(
        "no_room",
        "No room in the van",
        "No van that could fetch the pieces has room for them then.",
        "Maybe take something else out of the van.",
    ),
    Entry(
        "beyond_loadout",
        "Beyond the loadout",
        "What may be loaded in the night is limited by the van's loadout, and that is too little.",
        "Maybe raise the loadout.",
    ),
    Entry(
        "rest_lacking",
        "The rest is lacking",
        "It brings some of what the call lacks, but the rest cannot be had.",
        "Maybe look at who has the other parts.",
    ),
    Entry(
        "several_obstacles",
        "More than one thing is in the way",
        "Opening hours, the time at which pieces come and the room in the vans rule it out together.",
        "Maybe look for another way.",
    ),
    Entry(
        "no_time",
        "No time for it",
        "No route of those who could take the call has the time for it.",
        "Maybe add a shift, or allow overtime.",
    ),
    Entry(
        "not_open_to_them",
        "Not open to those who could go",
        "Nobody who could take the call may use the location or take part in the meeting.",
        "Maybe add them to open_to.",
    ),
    Entry(
        "nobody_gives",
        "Nobody there has it over",
        "No van that may come to the meeting has enough pieces left over.",
        "Maybe let others come too.",
    ),
    Entry(
        "no_courier",
        "No courier from there",
        "The location sends nothing by courier.",
        "Maybe state a courier for it.",
    ),
    Entry(
        "courier_refused",
        "The site takes no parcels",
        "The call does not allow couriers.",
        "Maybe set courier_allowed.",
    ),
    Entry(
        "switched_off",
        "Switched off by the policy",
        "The policy does not allow this way for any call.",
        "Maybe allow it in the policy.",
    ),
    Entry(
        "not_weighed",
        "Not among the ways that are weighed",
        "The call has more ways than are weighed, and this one is among the dearest.",
        "Maybe list fewer substitutes, or fewer cases.",
    ),
)
