"""The comparison document: every figure of base and scenarios with its spread, and what differs beyond the noise."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Currency, Id, Instant, Probability, Text, Version
from dispatch_engine.whatif.scenario import AnyChange

Unit = Literal["", "%", "h", "km", "money"]


class Spread(Model):
    """The values of a figure over the seeds."""

    mean: float
    sd: float
    """Standard deviation over the seeds, 0 for one seed."""
    low: float
    high: float
    n: Annotated[int, Field(ge=1)]
    """Seeds with a value."""


class Difference(Model):
    """How a figure of a scenario differs from that of the base: the scenario's value minus the base's, seed by seed."""

    mean: float
    low: float | None = None
    """Together with ``high``: the interval that holds the true difference with a probability of 95 %."""
    high: float | None = None
    p: Probability | None = None
    """How likely differences this large are where there is none."""
    p_adjusted: Probability | None = None
    """The same, adjusted for the number of figures."""
    n: Annotated[int, Field(ge=1)]
    """Pairs of runs with the same seed."""
    significant: bool | None = None
    """Whether the difference is larger than the noise; None where there are too few pairs to tell."""
    verdict: Literal["better", "worse", "different", "same", "unknown"]
    """``same``: not larger than the noise; ``different``: larger, without a direction that is good."""


class FigureOfScenario(Model):
    """A figure of one scenario."""

    spread: Spread
    difference: Difference | None = None
    """From the base, where that has the figure too."""


class FigureRow(Model):
    """One figure of base and scenarios."""

    key: Id
    title: Text
    unit: Unit
    better: Literal["lower", "higher"] | None = None
    group: Id
    headline: bool = False
    """Whether it belongs into short tables even where nothing differs."""
    base: Spread | None = None
    """None where the base does not have it."""
    scenarios: dict[Id, FigureOfScenario] = Field(default_factory=dict)
    """By id; one that does not have the figure is left out."""


class FailedRun(Model):
    """A run that came to nothing."""

    seed: Count
    code: Id
    message: Text


class Side(Model):
    """The base, or one scenario."""

    id: Id
    name: Text | None = None
    based_on: Id | None = None
    changes: tuple[Annotated[AnyChange, Field(discriminator="type")], ...] = ()
    """The scenario's own; those of the one that it is based on come first."""
    seeds_done: tuple[Count, ...] = ()
    seeds_missing: tuple[Count, ...] = ()
    """Called off before they were done; what is told of the scenario rests on the others."""
    failed: tuple[FailedRun, ...] = ()


class ComparisonEffort(Model):
    """What each run was allowed."""

    time_limit_s: Annotated[float, Field(ge=0)] | None = None
    iterations: Count | None = None
    threads: Annotated[int, Field(ge=1)] = 1
    seconds: Annotated[float, Field(ge=0)] = 0.0
    """Of search, of all runs together."""


class ComparisonDocument(Model):
    """Scenarios against their base."""

    version: Version
    problem_id: Id
    created_at: Instant
    engine_version: str
    currency: Currency
    seeds: tuple[Count, ...]
    """Each side was solved with each of them."""
    effort: ComparisonEffort
    level: Probability
    """How often a scenario without any difference may be said to have one."""
    base: Side
    scenarios: tuple[Side, ...]
    figures: tuple[FigureRow, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every run was done."""
        return all(not side.seeds_missing and not side.failed for side in (self.base, *self.scenarios))


def comparison_schema() -> dict[str, Any]:
    """Return the JSON Schema of comparison documents."""
    return ComparisonDocument.model_json_schema(mode="serialization")
