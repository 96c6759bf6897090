"""What the plans of a search cost as time goes by: one record a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Curve:
    """The better plans of one run.

    Attributes
    ----------
    points
        Seconds of search, and what the best plan costs that is there then, in the currency of the document. The last
        is the plan as the judge has it; it is the only one where a peer does not tell of plans on the way.
    """

    instance: str
    rules: str
    solver: str
    seed: int
    time_limit: float
    points: tuple[tuple[float, float], ...]
