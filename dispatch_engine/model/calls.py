"""Calls: what customers reported or asked for. Each call yields one visit, which carries the call's id."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from dispatch_engine.model.base import Model, not_yet
from dispatch_engine.model.fields import (
    Count,
    Duration,
    HourlyRate,
    Id,
    Instant,
    Level,
    Money,
    Probability,
    Quantity,
    Text,
    WorkDuration,
)
from dispatch_engine.model.places import Place
from dispatch_engine.model.prices import LatenessStep
from dispatch_engine.model.spread import DurationQuantiles, ExpectedDuration, expected_duration
from dispatch_engine.model.territories import TerritoryRule
from dispatch_engine.model.times import Window

Priority = Annotated[int, Field(ge=1, le=5)]
"""1 is the most urgent, 5 the least."""

MAX_CHANGES = 100

Changes = Annotated[int, Field(ge=0, le=MAX_CHANGES)]
"""How often something was changed; counted up to a hundred."""

PinLevel = Literal["technician", "order", "start"]


class Pin(Model):
    """What may no longer change: the technician, also the order on the shift, also the start."""

    level: PinLevel
    technician: Id
    """A technician or provider."""
    shift: Id | None = None
    """Needed where the order or the start is pinned."""
    rank: Count | None = None
    """Pinned visits of a shift keep their ranks ascending. Used where the order or the start is pinned."""
    start: Instant | None = None
    """Needed where the start is pinned; replaces windows and release."""


class Promise(Model):
    """What the customer was told: by whom, and when work begins (a window, or a start with a tolerance)."""

    technician: Id | None = None
    window: Window | None = None
    start: Instant | None = None
    tolerance: Duration | None = None
    """Around ``start``, to both sides. Default: the policy's."""
    changes: Changes = 0
    """How often the customer has been told of another technician than before; the next one costs more each time."""

    def interval(self, tolerance: timedelta) -> tuple[datetime, datetime] | None:
        """Return first and last promised start, both included; ``tolerance`` is the policy's."""
        if self.window is not None:
            return self.window.start, self.window.end
        if self.start is None:
            return None
        around = tolerance if self.tolerance is None else self.tolerance
        return self.start - around, self.start + around


class Predecessor(Model):
    """A call that must be completed first, with the lag from its completion to this one's start."""

    call: Id
    min_lag: Duration = timedelta(0)
    max_lag: Duration | None = None


class Substitute(Model):
    """For one call: a part that can take the place of another, piece for piece, at an extra price."""

    part: Id
    """What the call needs."""
    substitute: Id
    """What can take its place."""
    price: Money = Decimal(0)
    """Extra price of each piece."""


class PartsCase(Model):
    """One of several disjoint causes of a fault: its probability and the parts that mend it."""

    probability: Probability
    """Of this case; those of a call add up to 1 at most."""
    parts: dict[Id, Quantity] = Field(default_factory=dict)
    """Pieces used by part, on top of what the call needs for certain."""


class Call(Model):
    """A customer's report of a breakdown or request for service."""

    id: Id
    name: Text | None = None
    """What people call it: the site, the machine."""
    place: Place
    duration_quantiles: DurationQuantiles = Field(default_factory=dict)
    """How long the work may come to take, such as {"p10": "PT30M", "p50": "PT45M", "p90": "PT2H"}."""
    duration: ExpectedDuration = Field(default_factory=lambda call: expected_duration(call), validate_default=True)
    """Work on site at normal tempo. Default: the mean of ``duration_quantiles``; one of the two is given."""
    durations: dict[Id, WorkDuration] = Field(default_factory=dict)
    """By technician, in place of ``duration`` and all factors."""
    kind: Id | None = None
    """Kind of work, for duration factors and reports."""
    priority: Priority | None = None
    """Default: the contract's, else 3."""
    contract: Id | None = None
    reported_at: Instant | None = None
    released_at: Instant | None = None
    """Work may not begin earlier. Default: any time."""
    windows: tuple[Window, ...] = ()
    """Work begins in one of these. None: any time."""
    skills: dict[Id, Level] = Field(default_factory=dict)
    """Least level by skill."""
    tools: tuple[Id, ...] = ()
    parts: dict[Id, Quantity] = Field(default_factory=dict)
    """Pieces used by part, for certain."""
    substitutes: tuple[Substitute, ...] = ()
    """What can take the place of its parts, in order of liking; goes before the substitutes of the parts themselves."""
    parts_cases: tuple[PartsCase, ...] = ()
    """Parts that may be needed: disjoint cases. What is left of the probability needs no more than ``parts``."""
    revisit_price: Money | None = None
    """Of a second visit, where a case comes true for which the parts are not there. Default: the policy's."""
    courier_allowed: bool = True
    """Whether parts may be sent to the site by courier."""
    required_technicians: tuple[Id, ...] = ()
    """If any, only these (or providers) may be sent."""
    preferred_technicians: tuple[Id, ...] = ()
    excluded_technicians: tuple[Id, ...] = ()
    preferred_bonus: Money | None = None
    """Default: the policy's."""
    territory: Id | None = None
    """Default: the first territory whose polygon holds the place."""
    territory_rule: TerritoryRule | None = None
    """Default: the territory's."""
    response_deadline: Instant | None = None
    """Start of work that was agreed. Default: reported_at plus the contract's ``response_within``."""
    restore_deadline: Instant | None = None
    """Completion that was agreed. Default: reported_at plus the contract's ``restore_within``."""
    response_steps: tuple[LatenessStep, ...] | None = None
    """Default: the contract's, else the policy's."""
    restore_steps: tuple[LatenessStep, ...] | None = None
    """Default: the contract's, else the policy's."""
    downtime_per_hour: HourlyRate | None = None
    """Price of each hour until completion. Default: the contract's, else 0."""
    down_since: Instant | None = None
    """When the downtime began. Default: reported_at, else the horizon's start."""
    drop_price: Money | None = None
    """Default: the policy's by priority, or for pinned calls."""
    pin: Pin | None = None
    promise: Promise | None = None
    crew_size: Annotated[int, Field(ge=1, le=20)] = not_yet("crews of several technicians", 1)
    predecessors: tuple[Predecessor, ...] = not_yet("calls that must be completed first", ())
