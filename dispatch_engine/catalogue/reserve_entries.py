"""Faults and warnings of the time that territories want to be kept free."""

from __future__ import annotations

from typing import Any

from dispatch_engine.catalogue.entry import Change, Entry


def _reserve(start: int, end: int, hours: int, **more: Any) -> dict[str, Any]:
    day = "2026-03-02T"
    return {"start": f"{day}{start:02}:00:00+01:00", "end": f"{day}{end:02}:00:00+01:00", "hours": hours, **more}


_LIST = "/territories/0/reserve"

RESERVE_ENTRIES = (
    Entry(
        "reserve_order",
        "A reserve that ends before it starts",
        "The interval of a reserve ends after it starts.",
        "Maybe start and end are swapped, or the end is on the next day.",
        Change(_LIST, [_reserve(10, 8, 1)], [_reserve(8, 10, 1)]),
    ),
    Entry(
        "reserves_overlap",
        "Reserves that overlap",
        "The reserves of a territory for the same skills do not overlap. This one overlaps with number {other}.",
        "Maybe join them into one.",
        Change(_LIST, [_reserve(8, 10, 1), _reserve(9, 12, 1)], [_reserve(8, 10, 1), _reserve(10, 12, 1)]),
    ),
)

RESERVE_WARNING_ENTRIES = (
    Entry(
        "reserve_outside",
        "A reserve outside of the planning period",
        "The interval lies before or after the planning period, so nothing is kept free for it.",
        "Maybe the date is wrong, or it is the reserve of another day.",
        Change(_LIST, [_reserve(19, 20, 1)], [_reserve(15, 16, 1)]),
    ),
    Entry(
        "reserve_nobody",
        "Nobody whose time counts for a reserve",
        "{who} has {territory} among the home territories, so all of this reserve is missing whatever is planned.",
        "Maybe a home territory or a skill is missing, or misspelt.",
        Change(_LIST, [_reserve(8, 10, 1, skills={"crane": 1})], [_reserve(8, 10, 1, skills={"lift": 1})]),
    ),
    Entry(
        "reserve_beyond_shifts",
        "A reserve of more hours than there are",
        "The technicians who count are on shift for {on_shift} hours of the interval, without any call; {hours} "
        "are wanted.",
        "Maybe it is for more technicians than there are, or a shift is missing.",
        Change(_LIST, [_reserve(8, 10, 3)], [_reserve(8, 10, 2)]),
    ),
)
