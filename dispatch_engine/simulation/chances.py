"""How days go: the distributions from which drives, work, and what customers do are drawn."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Duration, Factor, Probability


class TravelChances(Model):
    """How long a drive takes as a factor of what the travel source says: from ``least`` to ``most``, evenly."""

    least: Factor = Decimal("0.75")
    most: Factor = Decimal("1.35")


class Chances(Model):
    """The distributions of a day. Every field has a default; a probability of 0 switches its event off."""

    travel: TravelChances = TravelChances()
    work_sigma: Annotated[float, Field(ge=0, le=2)] = 0.3
    """Work on site is lognormal, its duration being the mean: the standard deviation of its logarithm. 0: as stated."""
    late: Probability = 0.05
    """Of a visit: its technician sets out late, and says so."""
    late_by: Duration = timedelta(minutes=25)
    no_show: Probability = 0.03
    """Of a first visit: nobody lets the technician in."""
    no_show_wait: Duration = timedelta(minutes=10)
    """So long the technician waits then."""
    cancelled: Probability = 0.04
    """Of a call: the customer does not need the visit any more; without effect where somebody is under way."""
    cancelled_after: Duration = timedelta(minutes=30)
    """So long after the report of the call."""
    parts_noticed: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Share of the work after which a technician notices that a part is missing that the call did not name."""
    absent: Probability = 0.02
    """Of a shift: its technician falls ill, at any time of it alike."""
