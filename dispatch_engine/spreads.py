"""What the document says about how drives and work vary, as multiples of what is expected of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.quantiles import Quantiles

if TYPE_CHECKING:
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.policy import Policy
    from dispatch_engine.model.spread import FactorQuantiles


def travel_spread(policy: Policy) -> Quantiles | None:
    """Return how drives vary; None: not at all."""
    return None if policy.spread is None else _factors(policy.spread.travel)


def work_spread(call: Call, policy: Policy) -> Quantiles | None:
    """Return how the work for a call varies: by its own quantiles, else as its kind, else as all; None: not at all."""
    expected_s = call.duration.total_seconds()
    if call.duration_quantiles:
        own = Quantiles.of({name: each.total_seconds() for name, each in call.duration_quantiles.items()})
        return own.scaled(1 / expected_s) if expected_s else None
    spread = policy.spread
    if spread is None:
        return None
    if call.kind in spread.work_by_kind:
        return _factors(spread.work_by_kind[call.kind])
    if call.kind in spread.work_history:
        past = Quantiles.measured([each.total_seconds() for each in spread.work_history[call.kind]])
        return past.scaled(1 / past.mean) if past.mean else None
    return _factors(spread.work)


def _factors(stated: FactorQuantiles) -> Quantiles | None:
    return Quantiles.of({name: float(each) for name, each in stated.items()}) if stated else None
