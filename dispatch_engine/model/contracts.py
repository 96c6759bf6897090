"""Contracts: what was agreed with customers about response and restoration."""

from __future__ import annotations

from dispatch_engine.model.base import Model, not_yet
from dispatch_engine.model.calls import Priority
from dispatch_engine.model.fields import Duration, HourlyRate, Id, Text
from dispatch_engine.model.prices import LatenessStep


class OpeningHours(Model):
    """Hours on some days of the week, in the document's time zone."""

    days: tuple[str, ...]
    opens: str
    closes: str


class Contract(Model):
    """Deadlines counted in plain elapsed time from the report of a call, and the price of missing them."""

    id: Id
    name: Text | None = None
    priority: Priority | None = None
    """Of its calls, unless they say otherwise."""
    response_within: Duration | None = None
    """From the report to the start of work."""
    restore_within: Duration | None = None
    """From the report to completion."""
    response_steps: tuple[LatenessStep, ...] | None = None
    """Default: the policy's."""
    restore_steps: tuple[LatenessStep, ...] | None = None
    """Default: the policy's."""
    downtime_per_hour: HourlyRate | None = None
    business_hours: tuple[OpeningHours, ...] = not_yet("deadlines counted in business hours", ())
