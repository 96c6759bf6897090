"""What time, distance and use of a technician or provider cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Duration, HourlyRate, KilometreRate, Money, RateChange

PaidFrom = Literal["shift_start", "departure"]


class CapacityPrices(Model):
    """Prices of one technician, provider or shift; what is not given is taken from the next wider one.

    The order is shift, technician or provider, policy.
    """

    per_hour: HourlyRate | None = None
    """Price of a paid hour."""
    per_km: KilometreRate | None = None
    """Price of a kilometre driven."""
    overtime_surcharge_per_hour: HourlyRate | None = None
    """Price of an hour of overtime on top of the paid hour."""
    callout: Money | None = None
    """Price of using the shift at all."""
    per_visit: Money | None = None
    """Price of each visit."""


class LatenessStep(Model):
    """From ``after`` past the deadline on, each hour of lateness costs ``per_hour`` more than before."""

    after: Duration = timedelta(0)
    per_hour: RateChange


class FairnessStep(Model):
    """From ``beyond`` off the workload target on, each hour of deviation costs ``per_hour`` more than before."""

    beyond: Duration = timedelta(0)
    per_hour: RateChange
