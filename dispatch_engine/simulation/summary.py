"""Many simulated days in a few figures: how each is distributed, and by how much policies differ on the same days."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import fmean, quantiles, stdev
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.simulation.figures import DayFigures

NAMES = frozenset({"day", "policy"})
"""What of a day is no figure."""

SURE = 1.96
"""Standard errors on both sides of a mean within which it lies 95 times out of 100, for many days."""


@dataclass(frozen=True)
class Distribution:
    """A figure over some days."""

    mean: float
    least: float
    tenth: float
    median: float
    ninetieth: float
    most: float


@dataclass(frozen=True)
class Difference:
    """By how much a figure is above that of another policy on the same days, on average, and how sure that is.

    ``around`` is half the width of the interval that holds the true mean 95 times out of 100; None for a single day.
    """

    mean: float
    around: float | None


def figures_named(days: Sequence[DayFigures]) -> tuple[str, ...]:
    """Return the names of the figures, in their order."""
    return tuple(name for name in days[0].as_dict() if name not in NAMES) if days else ()


def policies_of(days: Sequence[DayFigures]) -> tuple[str, ...]:
    """Return the policies in the order in which they come first."""
    return tuple(dict.fromkeys(each.policy for each in days))


def distribution(days: Sequence[DayFigures], policy: str, figure: str) -> Distribution:
    """Return how a figure is distributed over the days that were played under a policy."""
    values = sorted(float(getattr(each, figure)) for each in days if each.policy == policy)
    cuts = quantiles(values, n=10, method="inclusive") if len(values) > 1 else values * 9
    shown = [round(each, 4) for each in (fmean(values), values[0], cuts[0], cuts[4], cuts[8], values[-1])]
    return Distribution(*shown)


def difference(days: Sequence[DayFigures], policy: str, other: str, figure: str) -> Difference | None:
    """Return by how much a figure differs between two policies; None where they have no day in common."""
    by_day: dict[str, dict[str, float]] = {}
    for each in days:
        by_day.setdefault(each.day, {})[each.policy] = float(getattr(each, figure))
    gaps = [values[policy] - values[other] for values in by_day.values() if policy in values and other in values]
    if not gaps:
        return None
    around = SURE * stdev(gaps) / sqrt(len(gaps)) if len(gaps) > 1 else None
    return Difference(round(fmean(gaps), 4), None if around is None else round(around, 4))


def changed_per_20_events(days: Sequence[DayFigures], policy: str) -> float:
    """Return how many customers got another technician than they were told, for every 20 things that happened."""
    mine = [each for each in days if each.policy == policy]
    return round(20 * sum(each.changed for each in mine) / max(1, sum(each.events for each in mine)), 4)


def summary_of(days: Sequence[DayFigures]) -> dict[str, Any]:
    """Return all of it as a JSON object: the days, and of each policy its figures and how far it is from the first."""
    policies, figures = policies_of(days), figures_named(days)
    shown: dict[str, Any] = {}
    for policy in policies:
        of = {name: distribution(days, policy, name).__dict__ for name in figures}
        apart = {name: difference(days, policy, policies[0], name) for name in figures if policy != policies[0]}
        differences = {name: each.__dict__ for name, each in apart.items() if each is not None}
        shown[policy] = {
            "days": sum(each.policy == policy for each in days),
            "changed_per_20_events": changed_per_20_events(days, policy),
            "figures": of,
        } | ({"differences": {"to": policies[0], "figures": differences}} if differences else {})
    return {"policies": shown, "days": [each.as_dict() for each in days]}
