"""Who can be sent: technicians and providers, their shifts, breaks and van stock."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from dispatch_engine.model.base import Model, not_yet
from dispatch_engine.model.facts import Facts
from dispatch_engine.model.fields import (
    BreakDuration,
    Count,
    Duration,
    Factor,
    Id,
    Instant,
    Level,
    Pieces,
    Quantity,
    Room,
    Text,
)
from dispatch_engine.model.places import Place
from dispatch_engine.model.prices import CapacityPrices, PaidFrom


class Break(Model):
    """A rest that begins between ``earliest`` and ``latest``, between visits, never inside one."""

    earliest: Instant
    latest: Instant
    duration: BreakDuration
    paid: bool = False


class Shift(Model):
    """One working period of a technician: the room for one route. Its id is unique within the technician."""

    id: Id
    start: Instant
    end: Instant
    """End of regular time; overtime begins here."""
    start_place: Place | None = None
    """Default: the technician's home."""
    end_place: Place | None = None
    """Default: the technician's home, else the start place."""
    open_end: bool = False
    """The route ends where the last visit is completed."""
    overtime_cap: Duration = timedelta(0)
    """How long after ``end`` the route may still last."""
    breaks: tuple[Break, ...] = ()
    """In order of time."""
    max_visits: Count | None = None
    max_driving: Duration | None = None
    max_duration: Duration | None = None
    """The longest time from departure to the end of the route, with driving, work, waiting and breaks."""
    max_distance_km: Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=3)] | None = None
    paid_from: PaidFrom | None = None
    """Default: the policy's."""
    prices: CapacityPrices = CapacityPrices()
    workload_target: Duration | None = None
    """Driving, service and handling that is fair for this shift. Default: the policy's."""
    facts: Facts | None = None
    """What has happened on this shift already."""


class VanCapacity(Model):
    """What a van could hold, apart from what it does hold. A measure that is not given has no limit."""

    volume: Room | None = None
    """To the thousandth, in the unit of the parts' ``volume``."""
    weight: Room | None = None
    """To the thousandth, in the unit of the parts' ``weight``."""
    slots: Pieces | None = None
    """How many slots, shelves or boxes; a part takes up as many as its ``slots`` say."""


class Capacity(Model):
    """What technicians and providers have in common."""

    id: Id
    name: Text | None = None
    home: Place | None = None
    """Where shifts start and end unless they say otherwise."""
    home_territories: tuple[Id, ...] = ()
    skills: dict[Id, Level] = Field(default_factory=dict)
    """Level by skill."""
    tools: tuple[Id, ...] = ()
    duration_factor: Factor = Decimal(1)
    """Durations of calls are multiplied by this: 1.2 takes a fifth longer than normal."""
    duration_factors: dict[Id, Factor] = Field(default_factory=dict)
    """By kind of call, in place of ``duration_factor``."""
    travel_factor: Factor = Decimal(1)
    """Travel times are multiplied by this: 1.2 drives a fifth longer than the travel source says."""
    profile: Id = "car"
    """Travel profile."""
    stock: dict[Id, Pieces] = Field(default_factory=dict)
    """Pieces in the van by part."""
    stock_capacity: VanCapacity | None = None
    """What the van could hold; limits what restocking may load. Default: no limit."""
    reserved_stock: dict[Id, Quantity] = Field(default_factory=dict)
    """Pieces of ``stock`` that are promised to later visits and not used or handed over by this plan."""
    loadout: dict[Id, Pieces] = Field(default_factory=dict)
    """Pieces that the van should hold in the morning, by part; what overnight replenishment ``loadout`` tops up to."""
    replenished_at: Id | None = None
    """The stock location from which the van is loaded overnight. Default: not loaded overnight."""
    prices: CapacityPrices = CapacityPrices()
    shifts: tuple[Shift, ...] = ()


class Technician(Capacity):
    """A technician of the house, with a van."""


class Provider(Capacity):
    """An external service company: sent like a technician, usually with a call-out price."""

    max_visits: Count | None = not_yet("a quota of visits over all shifts of a provider")
