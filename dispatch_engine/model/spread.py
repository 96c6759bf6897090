"""How much longer or shorter than expected drives and work take: quantiles, or what was measured."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Id, WorkDuration
from dispatch_engine.quantiles import Quantiles

QUANTILE_PATTERN = r"^p[1-9][0-9]?$"

QuantileName = Annotated[str, Field(pattern=QUANTILE_PATTERN)]
"""Such as p90: what nine of ten stay below."""


def _not_negative(value: Any) -> Any:
    """Refuse what is less than nothing in words of its own; what is no number at all is left to the type."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and value < 0:
        raise PydanticCustomError("spread_negative", "less than nothing")
    return value


SpreadFactor = Annotated[Decimal, Field(le=10, decimal_places=3), AfterValidator(_not_negative)]
"""A multiple of what is expected, from 0 to 10, to the thousandth."""

SpreadDuration = Annotated[WorkDuration, BeforeValidator(_not_negative)]
"""A time on site that may come to be, or was measured."""

FactorQuantiles = dict[QuantileName, SpreadFactor]
DurationQuantiles = dict[QuantileName, SpreadDuration]


def _given(value: Any) -> Any:
    """Refuse what is neither given nor follows from quantiles."""
    if value is None:
        raise PydanticCustomError("missing", "needed where there are no quantiles")
    return value


ExpectedDuration = Annotated[WorkDuration, BeforeValidator(_given)]
"""Time on site that is planned with."""


class Spread(Model):
    """How much drives and work vary around what is expected of them. What is not stated takes what is expected."""

    travel: FactorQuantiles = Field(default_factory=dict)
    """Of drives, as multiples of what the travel source says: such as {"p10": 0.85, "p50": 1, "p90": 1.3}."""
    work: FactorQuantiles = Field(default_factory=dict)
    """Of work on site, as multiples of its duration, where nothing below says otherwise."""
    work_by_kind: dict[Id, FactorQuantiles] = Field(default_factory=dict)
    """The same by kind of work."""
    work_history: dict[Id, tuple[SpreadDuration, ...]] = Field(default_factory=dict)
    """By kind of work: how long past visits took. As they vary around their mean, a call's work does."""


def expected_duration(call: dict[str, Any]) -> timedelta | None:
    """Return the mean of the quantiles of a call, in whole seconds; None where there are none.

    Faulty ones are judged where they stand.
    """
    stated: dict[str, timedelta] = call["duration_quantiles"]
    points = {name: value.total_seconds() for name, value in stated.items()}
    if not points:
        return None
    return timedelta(seconds=round(Quantiles.of(points).mean)) if is_rising(points) else timedelta(0)


def is_rising(points: dict[str, float]) -> bool:
    """Whether there are two quantiles at least, none less than a lower one."""
    values = [points[name] for name in sorted(points, key=percent)]
    return len(values) > 1 and values == sorted(values)


def percent(name: str) -> int:
    """Return the number in the name of a quantile."""
    return int(name[1:])
