"""What was said of one visit, in the order in which it happened, whatever the order in which it arrived.

Reports of one phone are ordered by the phone's own numbers; others by their times. A report that arrives late finds its
place among those that are known, and the state of the visit is worked out anew (`replay`): so that reports in any order
come to the same state as in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from dispatch_engine.board.visit_status import ReportedStatus
from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Id, Instant, Quantity, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Kind = ReportedStatus | Literal["left", "recalled", "cancelled", "asked_again", "arrival_expected", "end_expected"]
"""What reports say, and what else happens to a visit.

``left``: its technician moved elsewhere. ``recalled``: the order was taken back. ``asked_again``: the dispatcher
insists on a technician who had declined. The last two: an estimate.
"""

ESTIMATES = frozenset({"arrival_expected", "end_expected"})


class Said(Model):
    """One thing that was said of a visit."""

    kind: Kind
    technician: Id | None = None
    shift: Id | None = None
    at: Instant
    sequence: Count | None = None
    """The phone's own number."""
    expected_at: Instant | None = None
    """Of ``en_route`` and ``arrival_expected`` the arrival, of ``on_site`` and ``end_expected`` the end of the work."""
    parts: dict[Id, Quantity] = Field(default_factory=dict)
    """Pieces that the technician has set aside for it, by part."""
    reason: Text | None = None
    follow_up: Id | None = None
    merged_into: Id | None = None


def with_said(known: Sequence[Said], new: Said) -> tuple[Said, ...]:
    """Return what is known with something that a phone or dispatcher reported, at its place."""
    place = _place_of(known, new)
    return (*known[:place], new, *known[place:])


def _place_of(known: Sequence[Said], new: Said) -> int:
    later = (i for i, each in enumerate(known) if _precedes(new, each))
    numbered = (i + 1 for i, each in enumerate(known) if _follows_by_number(new, each))
    return max(next(later, len(known)), max(numbered, default=0))


def with_last(known: Sequence[Said], new: Said) -> tuple[Said, ...]:
    """Return what is known with what a dispatcher did about it just now: behind all else, whatever the phones' clocks.

    An estimate takes the place of the same kind of estimate where nothing was said in between.
    """
    if known and new.kind in ESTIMATES and known[-1].kind == new.kind:
        return (*known[:-1], new)
    at = max((each.at for each in known), default=new.at)
    return (*known, new if at <= new.at else new.model_copy(update={"at": at}))


def is_interrupted(known: Sequence[Said], mark: Said) -> bool:
    """Whether a technician who left for elsewhere had been on the way here."""
    place = _place_of(known, mark)
    last = next((each for each in reversed(known[:place]) if each.technician == mark.technician), None)
    return last is not None and last.kind == "en_route"


def with_marks(known: Sequence[Said], marks: Iterable[Said]) -> tuple[Said, ...]:
    """Return what is known together with when technicians who were on the way left for elsewhere."""
    interrupting = [mark for mark in marks if is_interrupted(known, mark)]
    merged = tuple(known)
    for mark in interrupting:
        merged = with_said(merged, mark)
    return merged


def _precedes(new: Said, each: Said) -> bool:
    """Whether something new happened before what is known."""
    if _is_of_same_phone(new, each):
        assert new.sequence is not None
        assert each.sequence is not None
        return new.sequence < each.sequence
    return new.at < each.at


def _follows_by_number(new: Said, each: Said) -> bool:
    return _is_of_same_phone(new, each) and not _precedes(new, each)


def _is_of_same_phone(new: Said, each: Said) -> bool:
    is_numbered = new.sequence is not None and each.sequence is not None
    return is_numbered and new.technician == each.technician
