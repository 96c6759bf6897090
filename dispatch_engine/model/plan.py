"""The plan document: timed routes, what stayed unplanned and why, costs, figures and provenance."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Priority
from dispatch_engine.model.fields import (
    Count,
    Currency,
    Duration,
    Id,
    Instant,
    Level,
    Probability,
    Quantity,
    Sha256,
    Text,
    Version,
)
from dispatch_engine.model.missing_parts import MissingParts
from dispatch_engine.model.places import Place
from dispatch_engine.model.policy import Policy
from dispatch_engine.model.times import Window
from dispatch_engine.model.travel import TravelSourceName

Seconds = Annotated[int, Field(ge=0)]
Metres = Annotated[int, Field(ge=0)]
CostTerm = Literal[
    "wage",
    "overtime",
    "distance",
    "callout",
    "response",
    "restore",
    "buffer",
    "downtime",
    "preference",
    "territory",
    "reassigned",
    "retimed",
    "courier",
    "substitute",
    "revisit",
    "fairness",
    "reserve",
    "unplanned",
    "promise_dropped",
    "deferred",
]
Costs = dict[CostTerm, Decimal]
"""Amounts in the document's currency by term, rounded to the thousandth; a term of zero may be left out."""

StopReason = Literal["time_limit", "iterations", "gap", "optimal", "interrupted", "no_calls"]


class Parcel(Model):
    """Pieces sent to the site by courier, in one ride."""

    location: Id
    """The stock location from which they are sent."""
    parts: dict[Id, Quantity]
    """Pieces by part."""
    pickup: Instant
    """When they leave the location's stock."""
    arrival: Instant
    """When they are on the site; the visit starts no earlier."""


class SubstitutedPart(Model):
    """A part in place of another."""

    part: Id
    """What the call names."""
    substitute: Id
    """What is used instead; a kit is used up whole."""
    pieces: Quantity
    """How many pieces of ``part`` it stands in for."""


class VisitSourcing(Model):
    """How a visit gets its parts where it is not as stated, out of the van."""

    parcels: tuple[Parcel, ...] = ()
    """What is sent to the site by courier."""
    substitutes: tuple[SubstitutedPart, ...] = ()
    """What is used in place of parts that the call names."""
    covered_cases: tuple[Count, ...] = ()
    """Positions, from 0, of the call's ``parts_cases`` for which the parts are there."""


class Stop(Model):
    """One stop of a route. Only visits and facts have a call; the place of a break is None."""

    kind: Literal["visit", "fact", "break", "restock", "meeting"]
    """A fact is a visit that has happened; at a restock parts are loaded, at a meeting vans hand parts over."""
    call: Id | None = None
    place: Place | None = None
    arrival: Instant
    start: Instant
    end: Instant
    """Completion of the work or handling, or the end of the break."""
    travel_s: Seconds = 0
    """Driving from the stop before."""
    distance_m: Metres = 0
    waiting_s: Seconds = 0
    parts: dict[Id, Quantity] = Field(default_factory=dict)
    """Of a visit: pieces used from the van by part, those set aside for uncertain needs included."""
    sourcing: VisitSourcing | None = None
    """Of a visit that gets its parts in another way than as stated."""
    first_time_fix: Probability | None = None
    """Of a visit whose call has ``parts_cases``: the probability that no second visit is needed."""
    on_time: Probability | None = None
    """Of a visit: the probability to begin in time, by what the document says of drives and work.

    In time is within the promised interval, else by the response deadline, else within the windows."""
    location: Id | None = None
    """Of a restock: the stock location."""
    meeting: Id | None = None
    """Of a meeting: which one."""
    loads: dict[Id, Quantity] = Field(default_factory=dict)
    """Of a restock or meeting: pieces taken on by part."""
    tools: tuple[Id, ...] = ()
    """Of a restock: tools borrowed until the end of the route."""
    gives: dict[Id, Quantity] = Field(default_factory=dict)
    """Of a meeting: pieces handed over by part."""
    response_late_s: Seconds = 0
    restore_late_s: Seconds = 0
    paid: bool | None = None
    """Of a break."""
    costs: Costs = Field(default_factory=dict)
    """The terms that belong to this stop alone."""


class RouteTotals(Model):
    """Sums over one route, the leg to the end place included."""

    visits: Seconds = 0
    driving_s: Seconds = 0
    distance_m: Metres = 0
    service_s: Seconds = 0
    waiting_s: Seconds = 0
    break_s: Seconds = 0
    paid_s: Seconds = 0
    overtime_s: Seconds = 0
    handling_s: Seconds = 0
    """Restocks and meetings."""
    workload_s: Seconds = 0
    """Driving plus service plus handling."""


class Overnight(Model):
    """What is loaded into a van in the night before a shift."""

    location: Id
    """The stock location from which it is loaded."""
    parts: dict[Id, Quantity]
    """Pieces by part."""


class Route(Model):
    """What one shift does: departure, stops in order, end."""

    technician: Id
    """A technician or provider."""
    shift: Id
    departure: Instant
    end: Instant
    start_place: Place
    end_place: Place | None = None
    """None where the end is open."""
    overnight: Overnight | None = None
    """What was loaded before the departure, if anything."""
    stops: tuple[Stop, ...] = ()
    return_travel_s: Seconds = 0
    return_distance_m: Metres = 0
    totals: RouteTotals
    costs: Costs = Field(default_factory=dict)
    free: tuple[Window, ...] | None = None
    """When the technician could take another call, within regular hours; only where the document has reserves."""


class UnplannedReason(Model):
    """One reason why a call is not planned; ``technician`` where it holds for that one alone."""

    code: Id
    message: Text
    technician: Id | None = None
    detail: dict[str, str | int | float | bool | None] = Field(default_factory=dict)


class UnplannedCall(Model):
    """A call without a visit in this plan, with at least one reason."""

    call: Id
    priority: Priority
    reasons: Annotated[tuple[UnplannedReason, ...], Field(min_length=1)]
    costs: Costs = Field(default_factory=dict)
    """What leaving it out costs, by term."""
    missing_parts: MissingParts | None = None
    """Of a call that lacks parts: who has them, what each way to get them would cost, and the smallest changes."""


class Cost(Model):
    """What the plan costs; ``total`` is the exact sum of the terms, rounded once."""

    total: Decimal
    by_term: Costs


class Deadlines(Model):
    """How calls with a deadline fare; unplanned calls are neither on time nor late."""

    on_time: Annotated[int, Field(ge=0)] = 0
    late: Annotated[int, Field(ge=0)] = 0
    unplanned: Annotated[int, Field(ge=0)] = 0
    lateness_s: Seconds = 0


class ReserveKept(Model):
    """What a plan keeps free of one reserve of a territory, from the time of planning on."""

    territory: Id
    start: Instant
    end: Instant
    skills: dict[Id, Level] = Field(default_factory=dict)
    wanted_s: Seconds
    """What is wanted of the rest of the interval: as much of it as is left of the interval."""
    kept_s: Seconds
    """For how long technicians who count are free in it, also beyond what is wanted."""
    missing_s: Seconds


class Kpis(Model):
    """The figures a dispatcher looks at first."""

    calls: Annotated[int, Field(ge=0)]
    planned: Annotated[int, Field(ge=0)]
    unplanned: Annotated[int, Field(ge=0)]
    unplanned_by_priority: dict[Priority, int] = Field(default_factory=dict)
    routes: Annotated[int, Field(ge=0)] = 0
    shifts: Annotated[int, Field(ge=0)] = 0
    response: Deadlines = Deadlines()
    restore: Deadlines = Deadlines()
    promises_kept: Annotated[int, Field(ge=0)] = 0
    promises_broken: Annotated[int, Field(ge=0)] = 0
    driving_s: Seconds = 0
    distance_m: Metres = 0
    service_s: Seconds = 0
    waiting_s: Seconds = 0
    paid_s: Seconds = 0
    overtime_s: Seconds = 0
    utilisation: Annotated[float, Field(ge=0)] = 0.0
    """Service divided by paid time; 0 where nothing is paid."""
    handling_s: Seconds = 0
    """Restocks and meetings."""
    first_time_fix: Probability = 1.0
    """Mean over the planned visits of the probability that no second visit is needed; 1 for calls without cases."""
    expected_revisits: Annotated[float, Field(ge=0)] = 0.0
    """How many second visits the planned ones lead to on average."""
    robustness: Probability | None = None
    """Mean over the visits that have one of the probability to begin in time."""
    restock_stops: Annotated[int, Field(ge=0)] = 0
    """Stops at stock locations."""
    parcels: Annotated[int, Field(ge=0)] = 0
    """Courier rides."""
    transfers: Annotated[int, Field(ge=0)] = 0
    """Stops at meetings at which parts are taken on from a colleague."""
    reserve: tuple[ReserveKept, ...] | None = None
    """Of each reserve that is not over, in the order of the document; only where it has any."""


class Effort(Model):
    """What it took to find the plan."""

    iterations: Annotated[int, Field(ge=0)]
    seconds: Annotated[float, Field(ge=0)]
    threads: Annotated[int, Field(ge=1)] = 1
    stopped_by: StopReason
    time_limit: Duration | None = None
    iteration_limit: Annotated[int, Field(ge=0)] | None = None


class TravelProvenance(Model):
    """Where the travel times came from."""

    source: TravelSourceName
    detail: dict[str, str | int | float | bool | None] = Field(default_factory=dict)
    """Such as the network's name and checksum, the service's address."""
    attribution: Text | None = None
    """What must be shown with maps and reports."""


class PlanWarning(Model):
    """Something that a person should know about the plan."""

    code: Id
    message: Text
    call: Id | None = None
    technician: Id | None = None
    detail: dict[str, str | int | float | bool | None] = Field(default_factory=dict)


class Bound(Model):
    """A proven lower bound of the cost."""

    lower: Decimal
    gap_pct: Annotated[float, Field(ge=0)]


class PlanDocument(Model):
    """The engine's answer to one problem document."""

    version: Version
    problem_id: Id
    problem_sha256: Sha256
    created_at: Instant
    engine_version: str
    seed: Annotated[int, Field(ge=0)]
    effort: Effort
    currency: Currency
    time_zone: str
    policy: Policy
    """As it was in effect, defaults filled in."""
    travel: TravelProvenance
    routes: tuple[Route, ...] = ()
    unplanned: tuple[UnplannedCall, ...] = ()
    cost: Cost
    kpis: Kpis
    warnings: tuple[PlanWarning, ...] = ()
    bound: Bound | None = None
