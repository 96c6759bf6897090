"""Call-out: the fixed price of a used shift and the price per visit, as external providers charge them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import FIXED, PER_VISIT
from solver.jit import shared

if TYPE_CHECKING:
    from solver.problem import Ints


@shared
def callout_ticks(shift: Ints, s: int, visits: int) -> int:
    """Return the call-out price of a used shift ``s`` with ``visits`` visits, facts included."""
    return shift[s, FIXED] + shift[s, PER_VISIT] * visits
