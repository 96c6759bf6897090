"""Warnings of a live board: what a dispatcher should look at. They come and go with what happens."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import Entry

BOARD_WARNING_ENTRIES = (
    Entry(
        "late_start",
        "Not set out in time",
        "Nobody has set out for the call, though its technician should have by the plan.",
        "Maybe call the technician, or give the call to somebody else.",
    ),
    Entry(
        "late_arrival",
        "Expected on the site, and not there",
        "The technician on the way was expected on the site before now.",
        "Maybe ask for a new estimate.",
    ),
    Entry(
        "visit_overrunning",
        "Takes longer than expected",
        "The work on the site was expected to end before now.",
        "Maybe ask for a new estimate; what follows is pushed meanwhile.",
    ),
    Entry(
        "visit_left_open",
        "Never ended",
        "The technician was on the site, and has gone on or home without saying what became of it.",
        "Maybe report the visit as completed or unable.",
    ),
    Entry(
        "visit_without_shift",
        "Worked on outside of any shift",
        "The technician has no shift for the visit, so that it is on no route.",
        "Maybe add the shift that was worked.",
    ),
    Entry(
        "visit_shared",
        "Reported by two technicians",
        "More than one technician reported from the site; the first has the visit.",
        "Maybe one of them is at the wrong call.",
    ),
    Entry(
        "worked_on_cancelled",
        "Worked on although cancelled",
        "The call was cancelled, and a technician was on the site all the same.",
        "Maybe the cancellation came too late; the work counts as it was reported.",
    ),
    Entry(
        "rule_not_met",
        "A technician who does not meet what the call asks for",
        "The technician who has set out for the call lacks a skill or tool, or was not to be sent there.",
        "Maybe a second technician is needed.",
    ),
    Entry(
        "window_missed",
        "The window is over",
        "No window of the call lies ahead, and work has not begun or began outside of all.",
        "Maybe agree on another time with the customer.",
    ),
    Entry(
        "absent_on_site",
        "Absent, and on a site by the reports",
        "The technician cannot work by now, and has not ended the visit.",
        "Maybe report what became of the visit, so that somebody else can go on.",
    ),
    Entry(
        "nobody_left_to_ask",
        "All who may come have declined",
        "The call requires certain technicians, and each of them has declined it.",
        "Maybe require others, or give it to one of them by hand.",
    ),
    Entry(
        "stock_below_zero",
        "More used than there was",
        "More pieces were used or taken than the van or stock location was known to hold.",
        "Maybe count the stock.",
    ),
    Entry(
        "phone_clock_odd",
        "A phone whose clock is odd",
        "The times of the technician's reports run against their numbers, or lie in the future.",
        "Maybe the phone's clock is wrong, or it is a new phone that numbers from the start.",
    ),
)
