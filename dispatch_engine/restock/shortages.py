"""What a stock location lacks for the vans, when it arrives, and by when it has to be ordered."""

from __future__ import annotations

from collections import Counter
from math import inf
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import horizon_of
from dispatch_engine.restock.documents import Shortage
from dispatch_engine.restock.handing_out import in_order
from dispatch_engine.restock.pieces import all_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.restock.handing_out import Portion
    from dispatch_engine.restock.ledger import Ledger


def lacking_of(portion: Portion) -> Counter[str]:
    """Return the missing pieces for which the van has room: those that the location lacks, by part.

    Room is given to what calls lack before loadouts, then in order of part. For the rest the van has no room.
    """
    room, lacking = portion.room.copied(), Counter[str]()
    calls = all_of(portion.missing_of_call.values())
    for missing in (calls, +portion.missing_top_up):
        for part in sorted(missing):
            pieces = room.fitting(part, missing[part])
            room.add({part: pieces})
            lacking[part] += pieces
    return +lacking


def shortages_of(
    problem: ProblemDocument, location: str, portions: Iterable[Portion], ledgers: Mapping[tuple[str, str], Ledger]
) -> Iterator[Shortage]:
    """Yield what one location lacks, in the order in which pieces are handed out: the most urgent calls first.

    A delivery covers a shortage if it also covers those that stand before it: it is promised in the ``ledgers``.
    """
    parts = {part.id: part for part in problem.parts}
    now = problem.now or horizon_of(problem).start
    for portion, part, pieces in _in_order(portions):
        listed = parts.get(part)
        lead_time = listed.order_lead_time if listed is not None else None
        needed_at = portion.wants.ready_at
        order_by = needed_at - lead_time if lead_time is not None else None
        yield Shortage(
            part=part,
            name=listed.name if listed is not None else None,
            pieces=pieces,
            technician=portion.wants.capacity.id,
            calls=portion.calls_missing(part),
            needed_at=needed_at,
            next_delivery=_next_delivery(ledgers.get((location, part)), needed_at, pieces),
            order_by=order_by,
            already_late=order_by < now if order_by is not None else None,
        )


def _in_order(portions: Iterable[Portion]) -> list[tuple[Portion, str, int]]:
    """Return van, part and pieces of what is lacking: for the most urgent calls first, loadouts last."""
    portions = list(portions)
    rank: dict[tuple[str, datetime, str], int] = {}
    for i, (portion, need) in enumerate(in_order(portions)):
        for part in +portion.missing_of_call[need.call]:
            rank.setdefault((*portion.key, part), i)
    found = [(portion, part, pieces) for portion in portions for part, pieces in lacking_of(portion).items()]
    return sorted(found, key=lambda each: (rank.get((*each[0].key, each[1]), inf), *each[0].key, each[1]))


def _next_delivery(ledger: Ledger | None, needed_at: datetime, pieces: int) -> datetime | None:
    """Return when a delivery covers the pieces, and promise them."""
    at = ledger.first_free(needed_at, pieces) if ledger is not None else None
    if ledger is not None and at is not None:
        ledger.take(at, pieces)
    return at
