"""Technicians who do exactly what the plan of a board says, as late as it lets them, and report it.

What they do is known from the plan until something comes in, so that they report all of it in one go before that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bench.families.documents import ORIGIN
from bench.families.tours import DEPOT
from bench.families.trsp_document import DEPOT_ID, all_parts, all_tools
from bench.families.trsp_drive import Drive, Leg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bench.families.trsp_file import TrspFile
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.plan import Route, Stop

AHEAD = frozenset({"visit", "restock"})
ENOUGH = 1000
"""Pieces of each part that are taken on at the depot, where nobody counts them."""

Command = dict[str, Any]


@dataclass
class Technician:
    """Where one is in the day: what was done, and when the last of it is."""

    number: int
    legs: list[Leg] = field(default_factory=list)
    due: list[tuple[datetime, Command]] = field(default_factory=list)
    """What is still to be reported of the stop that was set out for last."""


class Crew:
    """All technicians of an instance; ``until`` moves them on.

    Parameters
    ----------
    file
        The instance.
    units
        Seconds of the board in one unit of the file.
    """

    def __init__(self, file: TrspFile, units: int) -> None:
        self._file, self._units = file, units
        self._technicians = [Technician(number) for number in file.technicians]

    @property
    def drives(self) -> list[Drive]:
        """What was done, by those who have done anything."""
        return [Drive(each.number, tuple(each.legs)) for each in self._technicians if each.legs]

    def until(self, moment: datetime, state: BoardState) -> list[Command]:
        """Do what the plan says before a moment; return the reports in the order of time."""
        routes = {int(route.technician): route for route in state.plan.routes.values()}
        reports = [
            report for each in self._technicians for report in self._reports(each, routes.get(each.number), moment)
        ]
        return [command for _, command in sorted(reports, key=lambda each: each[0])]

    def _reports(
        self, technician: Technician, route: Route | None, moment: datetime
    ) -> Iterator[tuple[datetime, Command]]:
        stops = [] if route is None else [stop for stop in route.stops if stop.kind in AHEAD]
        while True:
            while technician.due:
                if technician.due[0][0] >= moment:
                    return
                yield technician.due.pop(0)
            if not stops:
                return
            stop = stops.pop(0)
            left_at = stop.start - timedelta(seconds=stop.travel_s)
            if left_at >= moment:
                return
            technician.legs.append(self._leg(stop, left_at))
            technician.due.extend(self._reports_of(technician.number, stop, left_at))

    def _leg(self, stop: Stop, left_at: datetime) -> Leg:
        node = DEPOT if stop.call is None else int(stop.call)
        return Leg(node, *(self._unit(at) for at in (left_at, stop.start, stop.end)))

    def _unit(self, at: datetime) -> float:
        return (at - ORIGIN).total_seconds() / self._units

    def _reports_of(self, number: int, stop: Stop, left_at: datetime) -> Sequence[tuple[datetime, Command]]:
        who = {"technician": str(number)}
        if stop.call is None:
            return [(left_at, command) for command in self._restock(who, stop, left_at)]
        about = {"type": "report_visit", **who, "call": stop.call}
        return [
            (left_at, about | {"status": "en_route", "at": _text(left_at), "expected_at": _text(stop.start)}),
            (stop.start, about | {"status": "on_site", "at": _text(stop.start)}),
            (stop.end, about | {"status": "completed", "at": _text(stop.end)}),
        ]

    def _restock(self, who: Command, stop: Stop, left_at: datetime) -> Iterator[Command]:
        """Yield what a drive to the depot means: free there then, with enough of all parts and with all tools."""
        yield {
            "type": "report_restock",
            **who,
            "location": DEPOT_ID,
            "at": _text(left_at),
            "arrives_at": _text(stop.start),
        }
        parts = dict.fromkeys(all_parts(self._file), ENOUGH)
        yield {"type": "report_parts", **who, "movement": "received", "parts": parts, "location": DEPOT_ID}
        yield {"type": "change_technician", **who, "changes": {"tools": all_tools(self._file)}}


def _text(at: datetime) -> str:
    return at.isoformat()
