"""What parts take up, and what vans can hold, by measure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dispatch_engine.model.stock import Part
    from dispatch_engine.model.technicians import VanCapacity

MEASURES = ("volume", "weight", "slots")
"""The fields of ``Part`` and ``VanCapacity``, in the order of the solver's arrays."""

Size: TypeAlias = "Mapping[str, Decimal]"
"""What something takes up, by measure."""


def sizes_of(parts: Iterable[Part]) -> dict[str, Size]:
    """Return what a piece takes up by part; a part that is not listed takes up nothing."""
    return {part.id: {measure: Decimal(getattr(part, measure)) for measure in MEASURES} for part in parts}


def limits_of(capacity: VanCapacity | None) -> dict[str, Decimal]:
    """Return what a van can hold, by measure; one without a limit is not among them."""
    limits = {} if capacity is None else {measure: getattr(capacity, measure) for measure in MEASURES}
    return {measure: Decimal(limit) for measure, limit in limits.items() if limit is not None}


def taken_up(pieces: Mapping[str, int], sizes: Mapping[str, Size]) -> dict[str, Decimal]:
    """Return what pieces by part take up together, by measure."""
    known = [(sizes[name], count) for name, count in pieces.items() if name in sizes]
    return {measure: sum((size[measure] * count for size, count in known), Decimal(0)) for measure in MEASURES}


def beyond_room(
    pieces: Mapping[str, int], capacity: VanCapacity | None, sizes: Mapping[str, Size]
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Yield the measures in which pieces by part do not fit: what they take up, and how much there is."""
    found = taken_up(pieces, sizes)
    for measure, limit in limits_of(capacity).items():
        if found[measure] > limit:
            yield measure, found[measure], limit
