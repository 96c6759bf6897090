"""Parts of a stop as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dispatch_engine.model.plan import VisitSourcing


def pieces_words(parts: Mapping[str, int]) -> str:
    """Return parts with their pieces, such as ``KIT-7 × 2, SEAL × 1``."""
    return ", ".join(f"{part} × {pieces}" for part, pieces in parts.items())


def parcel_words(sourcing: VisitSourcing) -> Iterator[str]:
    """Yield what each courier brings and from where."""
    for parcel in sourcing.parcels:
        yield f"{pieces_words(parcel.parts)} by courier from {parcel.location}"


def substitute_words(sourcing: VisitSourcing) -> Iterator[str]:
    """Yield what is used in place of what."""
    for each in sourcing.substitutes:
        yield f"{each.substitute} for {each.part} × {each.pieces}"


def sourcing_words(sourcing: VisitSourcing) -> str:
    """Return the whole way in which a visit gets its parts other than as stated."""
    cases = ", ".join(str(case) for case in sourcing.covered_cases)
    covered = [f"covering case {cases}"] if cases else []
    return "; ".join([*parcel_words(sourcing), *substitute_words(sourcing), *covered]) or "out of the van"
