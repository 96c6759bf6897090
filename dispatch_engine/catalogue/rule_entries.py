"""Faults of meaning in times, prices, pins and facts, and rules that are not there yet."""

from __future__ import annotations

from typing import Any

from dispatch_engine.catalogue.entry import ABSENT, Change, Entry


def _at(hour: int, minute: int = 0) -> str:
    return f"2026-03-02T{hour:02}:{minute:02}:00+01:00"


def _window(start: int, end: int) -> dict[str, Any]:
    return {"start": _at(start), "end": _at(end)}


def _break(earliest: int, latest: int) -> dict[str, Any]:
    return {"earliest": _at(earliest), "latest": _at(latest), "duration": "PT30M"}


def _facts(start: int, end: int, **more: Any) -> dict[str, Any]:
    fact = {"call": "C-2", "started_at": _at(start), "completed_at": _at(end)}
    return {"departed_at": _at(8), "visits": [fact], **more}


def _late_call(steps: int) -> dict[str, Any]:
    return {
        "id": "C-2",
        "place": {"lat": 52.5, "lon": 13.39},
        "duration": "PT30M",
        "response_deadline": "2025-03-05T08:00:00+01:00",
        "response_steps": [{"per_hour": 200_000}] * steps,
    }


_SHIFT = "/technicians/0/shifts/0"
_PIN = {"level": "start", "technician": "T-1", "shift": "mon", "start": _at(9)}

RULE_ENTRIES = (
    Entry(
        "window_order",
        "An end before its start",
        "A window does not end before it starts.",
        "Maybe start and end are swapped, or the end is on the next day.",
        Change("/calls/0/windows/0", _window(12, 9), _window(9, 12)),
    ),
    Entry(
        "windows_overlap",
        "Windows that overlap",
        "The windows of a call, and those in which a stock location is open, do not overlap; both ends belong to them. "
        "This one overlaps with number {other}.",
        "Maybe join them into one.",
        Change("/calls/0/windows", [_window(9, 12), _window(11, 14)], [_window(9, 14)]),
    ),
    Entry(
        "shift_order",
        "A shift that ends before it starts",
        "A shift ends after it starts.",
        "Maybe start and end are swapped, or it ends on the next day.",
        Change("/technicians/1/shifts/0", {"id": "mon", **_window(16, 8)}, {"id": "mon", **_window(8, 16)}),
    ),
    Entry(
        "shifts_overlap",
        "Shifts of one technician that overlap",
        "A technician works one shift at a time; this one overlaps with {other}.",
        "Maybe a date is wrong, or it belongs to another technician.",
        Change(
            "/technicians/1/shifts",
            [{"id": "early", **_window(8, 13)}, {"id": "late", **_window(12, 18)}],
            [{"id": "early", **_window(8, 13)}, {"id": "late", **_window(13, 18)}],
        ),
    ),
    Entry(
        "shift_outside_horizon",
        "A shift outside of the planning period",
        "Shifts lie within the horizon, from {start} to {end}.",
        "Maybe widen the horizon, or leave it out: it then follows from the shifts.",
        Change("/technicians/1/shifts/0", {"id": "mon", **_window(12, 20)}, {"id": "mon", **_window(8, 16)}),
    ),
    Entry(
        "now_outside_horizon",
        "A time of planning after the planning period",
        "The time of planning (now) is not after the end of the horizon, {end}.",
        "Maybe the document is of an earlier day.",
        Change("/now", "2026-03-05T08:00:00+01:00", _at(7, 30)),
    ),
    Entry(
        "break_order",
        "A break whose latest start is before its earliest",
        "The latest start of a break is not before its earliest.",
        "Maybe the two are swapped.",
        Change(f"{_SHIFT}/breaks/0", _break(13, 11), _break(11, 13)),
    ),
    Entry(
        "break_outside_shift",
        "A break outside of its shift",
        "A break may start only within its shift, from {start} to {end} (overtime included).",
        "Maybe a date is wrong, or it belongs to another shift.",
        Change(f"{_SHIFT}/breaks/0", _break(7, 11), _break(8, 11)),
    ),
    Entry(
        "breaks_unordered",
        "Breaks that are not in order of time",
        "Breaks are taken in the order in which they stand: earliest and latest start ascend.",
        "Maybe sort them.",
        Change(f"{_SHIFT}/breaks", [_break(13, 14), _break(10, 11)], [_break(10, 11), _break(13, 14)]),
    ),
    Entry(
        "report_time_missing",
        "A contract that counts from an unknown report",
        "The contract {contract} counts from the report of the call, so the call has reported_at.",
        "Maybe give reported_at, or give the call its own deadline.",
        Change("/calls/0/reported_at", ABSENT, _at(7, 10)),
    ),
    Entry(
        "slope_negative",
        "A price that falls as lateness grows",
        "Steps add up, in order of time; their sum is never negative. Here it is {slope} per hour.",
        "Maybe rates were given in full: each step says only how much more an hour costs from there on.",
        Change(
            "/contracts/0/response_steps",
            [{"per_hour": 80}, {"after": "PT1H", "per_hour": -100}],
            [{"per_hour": 80}, {"after": "PT1H", "per_hour": -30}],
        ),
    ),
    Entry(
        "cost_too_large",
        "Prices too large to be added up",
        "What the document could cost at most stays below {limit} of its currency; it could reach {total}.",
        "Maybe prices are given in cents, or a price meant to forbid something is far larger than it has to be.",
        Change("/calls/1", _late_call(20), _late_call(1)),
    ),
    Entry(
        "technicians_contradict",
        "A technician both wanted and excluded",
        "Who is excluded is neither required nor preferred.",
        "Maybe one of the lists is out of date.",
        Change(
            "/calls/1",
            *(
                {
                    "id": "C-2",
                    "place": {"lat": 52.5, "lon": 13.39},
                    "duration": "PT30M",
                    "required_technicians": ["T-1"],
                    "excluded_technicians": [other],
                }
                for other in ("T-1", "T-2")
            ),
        ),
    ),
    Entry(
        "promise_twice",
        "A promised window and a promised start",
        "A promise has a window or a start (with a tolerance), not both.",
        "Maybe leave out one of the two.",
        Change("/calls/1/promise", {"window": _window(9, 10), "start": _at(9)}, {"window": _window(9, 10)}),
    ),
    Entry(
        "pin_incomplete",
        "A pin without what it fixes",
        "A pin of level {level} has: {needed}.",
        "Maybe lower the level, or add what is missing.",
        Change("/calls/1/pin", {"level": "order", "technician": "T-1"}, {"level": "technician", "technician": "T-1"}),
    ),
    Entry(
        "pin_surplus",
        "A pin that says more than its level fixes",
        "A pin of level {level} has no {field}; it would be ignored.",
        "Maybe raise the level, or leave it out.",
        Change("/calls/1/pin", {**_PIN, "level": "order"}, _PIN),
    ),
    Entry(
        "pin_rank_taken",
        "Two pins of the same rank",
        "The ranks of the visits pinned to a shift differ; call {other} has this one too.",
        "Maybe number them anew.",
        Change(
            "/calls",
            *(
                [
                    {
                        "id": f"C-{i}",
                        "place": {"lat": 52.5, "lon": 13.4},
                        "duration": 600,
                        "pin": {"level": "order", "technician": "T-1", "shift": "mon", "rank": rank},
                    }
                    for i, rank in enumerate(ranks)
                ]
                for ranks in ((1, 1), (1, 2))
            ),
        ),
    ),
    Entry(
        "fact_order",
        "Facts that are not in order of time",
        "Facts follow each other: departure, then each visit's start and end, then the resume time.",
        "Maybe the phone's clock was wrong; the order of the list is the order of the route.",
        Change(f"{_SHIFT}/facts", _facts(10, 9), _facts(9, 10)),
    ),
    Entry(
        "fact_repeated",
        "A call that is a fact twice",
        "A call yields one visit, so it is a fact once; it stands first at {first}.",
        "Maybe report the second trip as a call of its own.",
        Change(
            f"{_SHIFT}/facts",
            {"departed_at": _at(8), "visits": [*_facts(9, 10)["visits"], *_facts(11, 12)["visits"]]},
            _facts(9, 10),
        ),
    ),
    Entry(
        "breaks_taken",
        "More breaks behind than there are",
        "No more breaks are taken than the shift has: {count}.",
        "Maybe a break was left out of the shift.",
        Change(f"{_SHIFT}/facts", _facts(9, 10, breaks_taken=2), _facts(9, 10, breaks_taken=1)),
    ),
    Entry(
        "not_yet_supported",
        "A rule that is not there yet",
        "This version does not honour {rule}; the document would be planned as if it said nothing about that.",
        "Maybe leave out {field} and plan without.",
        Change("/calls/1/crew_size", 2, 1),
    ),
)
