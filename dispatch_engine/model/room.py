"""What parts take up, and what vans can hold, by measure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import VanCapacity

MEASURES = ("volume", "weight", "slots")
"""The fields of ``Part`` and ``VanCapacity``, in the order of the solver's arrays."""


def sizes_of(problem: ProblemDocument) -> dict[str, dict[str, Decimal]]:
    """Return what a piece takes up, by part and measure; a part that is not listed takes up nothing."""
    return {part.id: {measure: Decimal(getattr(part, measure)) for measure in MEASURES} for part in problem.parts}


def taken_up(pieces: Mapping[str, int], sizes: Mapping[str, Mapping[str, Decimal]]) -> dict[str, Decimal]:
    """Return what pieces by part take up together, by measure."""
    known = [(sizes[name], count) for name, count in pieces.items() if name in sizes]
    return {measure: sum((size[measure] * count for size, count in known), Decimal(0)) for measure in MEASURES}


def beyond_room(
    pieces: Mapping[str, int], capacity: VanCapacity | None, sizes: Mapping[str, Mapping[str, Decimal]]
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Yield the measures in which pieces by part do not fit: what they take up, and how much there is."""
    if capacity is None:
        return
    for measure, found in taken_up(pieces, sizes).items():
        limit = getattr(capacity, measure)
        if limit is not None and found > limit:
            yield measure, found, Decimal(limit)
