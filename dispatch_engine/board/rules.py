"""The rules of a live board that are not the optimiser's: what is frozen, and which late reports are believed."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Duration, Money


class BoardRules(Model):
    """How a board is run. Every field has a default."""

    freeze_horizon: Duration = timedelta(minutes=15)
    """Visits planned to begin within this time from now keep their technician and order."""
    least_gain: Money = Decimal(5)
    """A better plan is published in the background only where it saves at least this much."""
    clock_tolerance: Duration = timedelta(minutes=5)
    """How far a phone's clock may be ahead."""
    oldest_report: Duration = timedelta(hours=24)
    """A report of what happened longer ago is refused."""
