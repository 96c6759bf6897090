"""A plan beside its problem: what the ids of the plan stand for, in local time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dispatch_engine.model.effective import (
    contract_of,
    horizon_of,
    priority_of,
    promises_of,
    response_of,
    restore_of,
    shifts_of,
)
from dispatch_engine.model.positions import position_of, positions_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.effective import EffectivePromise
    from dispatch_engine.model.places import Place, Point
    from dispatch_engine.model.plan import PlanDocument, Route, Stop
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift


@dataclass(frozen=True)
class CallDeadlines:
    """Until when work was to start and to be completed; None where nothing was agreed."""

    response: datetime | None = None
    restore: datetime | None = None


class PlanView:
    """Looks up what a plan names. What the problem does not know has no name, place or deadline.

    Parameters
    ----------
    problem
        The document that the plan answers.
    plan
        The answer.
    """

    def __init__(self, problem: ProblemDocument, plan: PlanDocument) -> None:
        self.problem = problem
        self.plan = plan
        self.zone = ZoneInfo(problem.time_zone)
        self.calls = {call.id: call for call in problem.calls}
        self.capacities: dict[str, Capacity] = {capacity.id: capacity for capacity in problem.capacities}
        self.locations = {location.id: location for location in problem.stock_locations}
        self.meetings = {meeting.id: meeting for meeting in problem.meetings}
        self.shifts = {(capacity.id, shift.id): shift for capacity, shift in shifts_of(problem)}
        self._positions = positions_of(problem)
        self._place_names = {place.id: place.name for place in problem.places if place.name}

    @cached_property
    def promises(self) -> dict[str, EffectivePromise]:
        """What customers were told, by call."""
        return promises_of(self.problem)

    @cached_property
    def now(self) -> datetime | None:
        """The time of planning, where the problem states it apart from the start of the horizon."""
        now = self.problem.now
        return self.local(now) if now is not None and now > horizon_of(self.problem).start else None

    def local(self, at: datetime) -> datetime:
        """Return the same moment in the problem's time zone."""
        return at.astimezone(self.zone)

    def day_of(self, route: Route) -> date:
        """Return the local date on which a route's shift begins."""
        shift = self.shift_of(route)
        return self.local(shift.start if shift else route.departure).date()

    def shift_of(self, route: Route) -> Shift | None:
        """Return the shift that a route belongs to."""
        return self.shifts.get((route.technician, route.shift))

    def technician_name(self, technician: str) -> str:
        """Return what people call a technician or provider; the id where there is no name."""
        capacity = self.capacities.get(technician)
        return (capacity.name if capacity else None) or technician

    def call_of(self, stop: Stop) -> Call | None:
        """Return the call that is visited; None for any other stop."""
        return self.calls.get(stop.call) if stop.call is not None else None

    def call_name(self, call: str | None) -> str:
        """Return what people call a call: its own name, else that of its place, else nothing."""
        found = self.calls.get(call) if call is not None else None
        if found is None:
            return ""
        return found.name or self.place_name(found.place)

    def location_name(self, location: str | None) -> str:
        """Return what people call a stock location: its own name, else that of its place, else nothing."""
        found = self.locations.get(location) if location is not None else None
        if found is None:
            return ""
        return found.name or self.place_name(found.place)

    def stop_label(self, stop: Stop) -> str:
        """Return the id of what a stop is for, and what people call it; nothing for a break."""
        if stop.location is not None:
            return f"{stop.location} {self.location_name(stop.location)}".strip()
        if stop.meeting is not None:
            return f"{stop.meeting} {self.place_name(self._stated_place(stop))}".strip()
        return f"{stop.call} {self.call_name(stop.call)}".strip() if stop.call is not None else ""

    def place_name(self, place: Place | None) -> str:
        """Return the name of a place that is stated under the document's places."""
        return self._place_names.get(place.id, "") if place is not None and place.id is not None else ""

    def position(self, place: Place | None) -> Point | None:
        """Return where a place is; None where only a travel matrix knows it."""
        return position_of(place, self._positions) if place is not None else None

    def stop_position(self, stop: Stop) -> Point | None:
        """Return where a stop is; None for a break."""
        return self.position(stop.place) or self.position(self._stated_place(stop))

    def _stated_place(self, stop: Stop) -> Place | None:
        """Return the place of what a stop is for, as the problem states it."""
        for things, name in ((self.calls, stop.call), (self.locations, stop.location), (self.meetings, stop.meeting)):
            found = things.get(name) if name is not None else None
            if found is not None:
                return found.place
        return None

    def deadlines(self, call: Call | None) -> CallDeadlines:
        """Return until when work on a call was to start and to be completed."""
        if call is None:
            return CallDeadlines()
        contract = contract_of(self.problem, call)
        response = response_of(call, contract, self.problem.policy)
        restore = restore_of(call, contract, self.problem.policy)
        return CallDeadlines(self.local(response.at) if response else None, self.local(restore.at) if restore else None)

    def promised(self, call: str | None) -> tuple[datetime, datetime] | None:
        """Return first and last promised start in local time, both included."""
        promise = self.promises.get(call) if call is not None else None
        if promise is None or promise.interval is None:
            return None
        first, last = promise.interval
        return self.local(first), self.local(last)

    def promise_kept(self, stop: Stop) -> bool | None:
        """Return whether work at a stop begins when it was promised; None where nothing was."""
        promised = self.promised(stop.call)
        return promised[0] <= stop.start <= promised[1] if promised else None

    def priority_of(self, call: Call) -> int:
        """Return 1 (most urgent) to 5."""
        return priority_of(call, contract_of(self.problem, call))

    def unknown_ids(self) -> Iterator[str]:
        """Yield what the plan names and the problem does not know, such as ``call C-7``."""
        for route in self.plan.routes:
            if (route.technician, route.shift) not in self.shifts:
                yield f"shift {route.shift} of {route.technician}"
            for stop in route.stops:
                named = (("call", stop.call, self.calls), ("stock location", stop.location, self.locations))
                for thing, name, known in (*named, ("meeting", stop.meeting, self.meetings)):
                    if name is not None and name not in known:
                        yield f"{thing} {name}"
        yield from (f"call {unplanned.call}" for unplanned in self.plan.unplanned if unplanned.call not in self.calls)
