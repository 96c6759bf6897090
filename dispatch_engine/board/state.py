"""What a board knows: the setup, technicians, calls with their visits, and the plan that was published last.

Values never change: `evolve` makes new ones. Dictionaries are never written to once they belong to a state.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import Field

from dispatch_engine.board.history import Said
from dispatch_engine.board.rules import BoardRules
from dispatch_engine.board.visit_status import CLOSED, UNDER_WAY, VisitStatus
from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Call
from dispatch_engine.model.facts import Resume
from dispatch_engine.model.fields import Count, Id, Instant, Latitude, Longitude, Quantity, Text
from dispatch_engine.model.plan import Cost, Route, Stop, UnplannedCall

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Provider, Technician


MINUTE = timedelta(minutes=1)


class RouteKey(NamedTuple):
    """Whose route, on which shift."""

    technician: str
    shift: str


class Due(Model):
    """A technician should have set out by the plan."""

    technician: Id
    at: Instant


class VisitState(Model):
    """How far the visit of a call has come, who does it and when what happened: what comes of all that was ``said``."""

    status: VisitStatus = "new"
    technician: Id | None = None
    """Who has the order or did the work."""
    shift: Id | None = None
    """On which of the technician's shifts; None where there is no shift for it."""
    dispatched_at: Instant | None = None
    accepted_at: Instant | None = None
    departed_at: Instant | None = None
    """When the technician set out."""
    arrival_expected_at: Instant | None = None
    """When the technician under way is expected on the site."""
    started_at: Instant | None = None
    """When the technician was on the site."""
    end_expected_at: Instant | None = None
    """When the work is expected to end, by the technician's or dispatcher's word."""
    ended_at: Instant | None = None
    cancelled_at: Instant | None = None
    declined_by: tuple[Id, ...] = ()
    """Who will not be asked again."""
    parts: dict[Id, Quantity] = Field(default_factory=dict)
    """Pieces that the technician has set aside for it, by part."""
    reason: Text | None = None
    """Why it could not be done, or was cancelled."""
    follow_up: Id | None = None
    """The call for the second visit."""
    override: Text | None = None
    """Why it was given to its technician by hand against a hard rule; then only time and order are rules for it."""
    merged_into: Id | None = None
    """The call that it is a duplicate of."""
    due: Due | None = None
    """Noticed by the clock: who should have set out for it by the plan, and since when."""
    said: tuple[Said, ...] = ()
    """All that was said of it, in the order in which it happened."""

    @property
    def is_closed(self) -> bool:
        """Whether nothing of it is to be decided any more."""
        return self.status in CLOSED

    @property
    def is_under_way(self) -> bool:
        """Whether a technician has set out for it and has not ended it."""
        return self.status in UNDER_WAY


class Position(Model):
    """Where a technician was seen last."""

    lat: Latitude
    lon: Longitude
    at: Instant


class Absence(Model):
    """A technician who cannot work, from then on, until then or until further notice."""

    since: Instant
    until: Instant | None = None
    reason: Text | None = None


class Move(Model):
    """A technician set out for a visit, was at it or ended it."""

    call: Id
    at: Instant
    sequence: Count | None = None


class ShiftState(Model):
    """What happened on a shift besides visits."""

    signed_on_at: Instant | None = None
    signed_off_at: Instant | None = None
    departed_at: Instant | None = None
    breaks_taken: Count = 0
    break_at: Instant | None = None
    """When the last of them began."""
    free: Resume | None = None
    """Where and when the technician is free, where that is not the end of a visit: behind a break, say."""
    free_since: Instant | None = None
    """When it was that made the technician free there and then; None: before the board was opened."""


class TechnicianState(Model):
    """What a technician or provider reported besides visits."""

    shifts: dict[Id, ShiftState] = Field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    """In order of time; none overlap."""
    position: Position | None = None
    sequence: Count | None = None
    """The highest number of the phone's reports so far."""
    moves: tuple[Move, ...] = ()
    """Of the calls on the board."""
    overdrawn: dict[Id, Quantity] = Field(default_factory=dict)
    """Pieces that left the van beyond what it was known to hold, by part, until it is counted."""


@dataclass(frozen=True)
class Basis:
    """What a plan was made of besides what is known of the board: the time, and the routes that were in effect before.

    ``now`` is None until the entry of the plan is recorded.
    """

    routes: Mapping[RouteKey, Route]
    now: datetime | None


@dataclass(frozen=True)
class RunningRoutes:
    """The plan that was published last: its revision, routes, calls left out, and cost.

    ``basis`` is None where something was recorded since: the problem is then what it is with this plan in effect.
    """

    revision: int = 0
    routes: Mapping[RouteKey, Route] = field(default_factory=dict)
    unplanned: Mapping[str, UnplannedCall] = field(default_factory=dict)
    cost: Cost = field(default_factory=lambda: Cost(total=Decimal(0), by_term={}))
    basis: Basis | None = None

    @cached_property
    def places(self) -> Mapping[str, tuple[RouteKey, Stop]]:
        """Where each call is: its route and stop; no plan has a call twice."""
        return dict(_places(self.routes))

    def with_routes(self, gone: AbstractSet[RouteKey], new: Mapping[RouteKey, Route]) -> RunningRoutes:
        """Return the plan with some routes gone and some new."""
        stay = {key: route for key, route in self.routes.items() if key not in gone}
        after = replace(self, routes={**stay, **new})
        if "places" in vars(self):  # where calls are is worked out from where they were
            places = dict(self.places)
            for call, (key, _) in _places({key: self.routes[key] for key in (*gone, *new) if key in self.routes}):
                if call in places and places[call][0] == key:
                    del places[call]
            vars(after)["places"] = {**places, **dict(_places(new))}
        return after

    def with_same_routes(self, **changes: Any) -> RunningRoutes:
        """Return the plan with the same routes, of which something else is other."""
        after = replace(self, **changes)
        if "places" in vars(self):
            vars(after)["places"] = self.places
        return after


def _places(routes: Mapping[RouteKey, Route]) -> Iterator[tuple[str, tuple[RouteKey, Stop]]]:
    """Yield the calls of routes with their places."""
    for key, route in routes.items():
        for stop in route.stops:
            if stop.call is not None:
                yield stop.call, (key, stop)


@dataclass(frozen=True)
class BoardState:
    """A board at a revision.

    ``setup`` is the problem document without technicians, providers and calls; ``capacities`` are both of the former by
    id, in their order, shifts without facts; ``visits`` has an entry for every call.
    """

    revision: int
    now: datetime
    setup: ProblemDocument
    rules: BoardRules
    technicians: Mapping[str, Technician]
    providers: Mapping[str, Provider]
    crew: Mapping[str, TechnicianState]
    calls: Mapping[str, Call]
    visits: Mapping[str, VisitState]
    plan: RunningRoutes
    overdrawn: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Pieces that left stock locations beyond what they were known to hold, by part, until they are counted."""

    @cached_property
    def plans_from(self) -> datetime:
        """The time from which on things are decided: the next full minute, so that plans do not change by seconds."""
        full = self.now.replace(second=0, microsecond=0)
        return full if full == self.now else full + MINUTE

    def as_planned(self) -> BoardState:
        """Return the board as it was when its plan was made: with the plan before in effect, at that time."""
        basis = self.plan.basis
        if basis is None:
            return self
        return replace(self, now=basis.now or self.now, plan=replace(self.plan, routes=basis.routes, basis=None))

    def capacity(self, name: str) -> Capacity | None:
        """Return a technician or provider; None: there is none of this id."""
        return self.technicians.get(name) or self.providers.get(name)

    @property
    def capacities(self) -> dict[str, Capacity]:
        """Technicians, then providers."""
        return {**self.technicians, **self.providers}

    def planned_on(self, call: str) -> RouteKey | None:
        """Return the route that the plan has the call on; None: it is on none."""
        place = self.plan.places.get(call)
        return None if place is None else place[0]

    def stop_of(self, call: str, technician: str) -> Stop | None:
        """Return where the plan has a call on a route of this technician; None: it has not."""
        place = self.plan.places.get(call)
        return place[1] if place is not None and place[0].technician == technician else None


def decided_stops(route: Route) -> tuple[Stop, ...]:
    """Return the stops of a route in order without breaks: visits, restocks, meetings, and the visits of its head."""
    return tuple(stop for stop in route.stops if stop.kind != "break")


def calls_of(route: Route) -> tuple[str, ...]:
    """Return the calls of a route in order, those of its head included."""
    return tuple(stop.call for stop in route.stops if stop.call is not None)
