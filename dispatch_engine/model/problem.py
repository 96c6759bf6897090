"""The problem document: all that is known about the day to plan."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Call
from dispatch_engine.model.contracts import Contract
from dispatch_engine.model.fields import Currency, Id, Instant, Text, Version
from dispatch_engine.model.places import NamedPlace
from dispatch_engine.model.policy import Policy
from dispatch_engine.model.stock import Meeting, Part, StockLocation
from dispatch_engine.model.technicians import Capacity, Provider, Technician
from dispatch_engine.model.territories import Territory
from dispatch_engine.model.times import Window
from dispatch_engine.model.travel import Travel


class PromisedVisit(Model):
    """A visit as an earlier plan promised it."""

    call: Id
    technician: Id
    start: Instant


class PreviousPlan(Model):
    """What an earlier plan promised; a call's own ``promise`` goes before it."""

    id: Id | None = None
    visits: tuple[PromisedVisit, ...] = ()


class ProblemDocument(Model):
    """Technicians, providers, calls, contracts, territories, parts, travel and policy of one planning problem."""

    version: Version
    id: Id
    name: Text | None = None
    currency: Currency
    time_zone: Annotated[str, Field(min_length=1, max_length=100)]
    """IANA name, such as America/Santiago."""
    horizon: Window | None = None
    """The planning period. Default: from the first shift's start to the last shift's end, overtime included."""
    now: Instant | None = None
    """Time of planning: nothing that is decided begins earlier. Default: the horizon's start."""
    technicians: tuple[Technician, ...]
    providers: tuple[Provider, ...] = ()
    calls: tuple[Call, ...]
    contracts: tuple[Contract, ...] = ()
    territories: tuple[Territory, ...] = ()
    """Where several hold a place, the first counts."""
    parts: tuple[Part, ...] = ()
    """A catalogue of parts: sizes, successors, substitutes, kits. Parts that are held somewhere need not be listed."""
    stock_locations: tuple[StockLocation, ...] = ()
    """Where technicians can restock and couriers pick up."""
    meetings: tuple[Meeting, ...] = ()
    """Where and when two vans can meet to hand parts over."""
    places: tuple[NamedPlace, ...] = ()
    travel: Travel = Travel()
    policy: Policy = Policy()
    previous_plan: PreviousPlan | None = None

    @property
    def capacities(self) -> tuple[Capacity, ...]:
        """Technicians, then providers: the order in which the solver counts them."""
        return (*self.technicians, *self.providers)
