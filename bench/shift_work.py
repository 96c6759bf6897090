"""What phones report of a day's work: technicians go through their routes and say how each visit comes along."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VISIT = (
    ("dispatched", None),
    ("accepted", None),
    ("en_route", 20),
    ("en_route", 25),
    ("en_route", 22),
    ("on_site", 60),
    ("on_site", 75),
    ("on_site", 50),
    ("completed", None),
)
"""What a phone reports of one visit: the status, and in so many minutes the arrival or the end as it is expected."""


def work_of(plan: Mapping[str, Any], began_at: datetime) -> Iterator[dict[str, Any]]:
    """Yield the reports of all technicians of a plan in turn, each in the order of the own route, until none is left.

    Parameters
    ----------
    plan
        Of the board, as the server tells it.
    began_at
        From then on expected times are counted, so that each report says something new.
    """
    crews = deque(_reports(route, began_at) for route in plan["routes"])
    while crews:
        phone = crews.popleft()
        report = next(phone, None)
        if report is not None:
            yield report
            crews.append(phone)


def _reports(route: Mapping[str, Any], began_at: datetime) -> Iterator[dict[str, Any]]:
    sequence = 0
    for stop in route["stops"]:
        if stop.get("call") is None or stop["kind"] != "visit":
            continue
        for status, minutes in VISIT:
            sequence += 1
            report = {
                "type": "report_visit",
                "call": stop["call"],
                "technician": route["technician"],
                "status": status,
                "sequence": sequence,
            }
            if minutes is not None:
                report["expected_at"] = (began_at + timedelta(minutes=minutes, seconds=sequence)).isoformat()
            yield report
