"""The prices and rules that the optimiser weighs. Every field has a default; the plan carries the effective ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Priority
from dispatch_engine.model.fields import Duration, HourlyRate, KilometreRate, Money, Probability
from dispatch_engine.model.prices import FairnessStep, LatenessStep, PaidFrom
from dispatch_engine.model.spread import Spread

Means = Literal["allowed", "none"]
OvernightReplenishment = Literal["none", "loadout", "need"]

DEFAULT_DROP_PRICES = {
    1: Decimal(5000),
    2: Decimal(2000),
    3: Decimal(1000),
    4: Decimal(600),
    5: Decimal(400),
}


class Prices(Model):
    """Prices of time, distance and use where neither shift nor technician says otherwise."""

    per_hour: HourlyRate = Decimal(40)
    per_km: KilometreRate = Decimal("0.35")
    overtime_surcharge_per_hour: HourlyRate = Decimal(20)
    callout: Money = Decimal(0)
    per_visit: Money = Decimal(0)


class Fairness(Model):
    """The price of uneven workload; no steps, no price."""

    target: Duration | None = None
    """Workload (driving, service and handling) that is fair for a shift without a target of its own."""
    steps: tuple[FairnessStep, ...] = ()


class SolverDefaults(Model):
    """Effort and seed unless the caller says otherwise."""

    time_limit: Duration | None = None
    iterations: Annotated[int, Field(ge=0, le=10**12)] | None = None
    gap_pct: Annotated[float, Field(ge=0, le=100)] | None = None
    """Stop when the plan is proven to be this close to the best possible."""
    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    threads: Annotated[int, Field(ge=1, le=256)] | None = None


class Policy(Model):
    """What the optimiser weighs, in the document's currency.

    The defaults suit a currency in which an hour of work costs about 40; state your own in any other.
    """

    prices: Prices = Prices()
    paid_from: PaidFrom = "shift_start"
    drop_prices: dict[Priority, Money] = Field(default_factory=dict)
    """Price of leaving a call unplanned, by priority; what is not given: 5000, 2000, 1000, 600, 400."""
    pinned_drop_price: Money = Decimal(20000)
    """Price of leaving a pinned call unplanned."""
    promise_dropped: Money = Decimal(500)
    """Price of leaving a promised call unplanned, on top of its drop price."""
    reassigned: Money = Decimal(50)
    """Price of sending another technician than promised; as much more for each time that the customer was told so."""
    name_technician_ahead: Duration | None = None
    """Customers are told who comes only so long before the planned start, until then only when. Default: as soon as
    the plan is published."""
    retimed: Money = Decimal(50)
    """Price of starting outside the promised interval."""
    retime_tolerance: Duration = timedelta(minutes=15)
    """Around a promised start, to both sides."""
    preferred_bonus: Money = Decimal(20)
    """Gain where a preferred technician is sent."""
    outside_territory: Money = Decimal(30)
    """Price of sending a technician from elsewhere where the territory prefers its own."""
    reserve_per_hour: HourlyRate = Decimal(60)
    """Price of each hour that is missing of a territory's reserve."""
    response_steps: tuple[LatenessStep, ...] = (LatenessStep(per_hour=Decimal(60)),)
    """Price of a late start where neither call nor contract says otherwise."""
    restore_steps: tuple[LatenessStep, ...] = (LatenessStep(per_hour=Decimal(60)),)
    """Price of a late completion where neither call nor contract says otherwise."""
    fairness: Fairness = Fairness()
    solver: SolverDefaults = SolverDefaults()
    restocking: Means = "allowed"
    """Whether routes may stop at stock locations."""
    couriers: Means = "allowed"
    """Whether parts may be sent to customers' sites by the couriers of stock locations."""
    substitution: Means = "allowed"
    """Whether other parts may take the place of those that a call names: substitutes, successors, kits."""
    transfers: Means = "allowed"
    """Whether vans may hand parts over at the document's ``meetings``."""
    overnight_replenishment: OvernightReplenishment = "none"
    """What vans with ``replenished_at`` are loaded with before a shift.

    ``none``: nothing; ``loadout``: what the van's ``loadout`` lacks; ``need``: whatever the shift's route needs."""
    revisit_price: Money = Decimal(150)
    """Of a second visit where the first lacks the parts for the cause that comes true."""
    spread: Spread | None = None
    """How much drives and work vary."""
    on_time_probability: Probability | None = None
    """Lateness is reckoned at the times that are not exceeded with this probability. Default: at the expected ones."""

    def is_named(self, start: datetime, now: datetime) -> bool:
        """Whether a customer is told by now who comes at a planned start."""
        return self.name_technician_ahead is None or start - now <= self.name_technician_ahead

    def drop_price(self, priority: int) -> Decimal:
        """Return the price of leaving a call of this priority (1 to 5) unplanned."""
        return self.drop_prices.get(priority, DEFAULT_DROP_PRICES[priority])
