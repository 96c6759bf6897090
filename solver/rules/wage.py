"""Paid time, from the shift's start or from the departure, and paid overtime on top up to the shift's cap.

Unpaid breaks are taken off, and so is the time before the departure where that is when pay begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import DEPARTURE_PAID, OVERTIME, REGULAR_END, SHIFT_START, WAGE
from solver.jit import shared

if TYPE_CHECKING:
    from solver.problem import Ints


@shared
def paid_from_s(shift: Ints, s: int, departure_s: int) -> int:
    """Return when pay begins on shift ``s``."""
    return departure_s if shift[s, DEPARTURE_PAID] else shift[s, SHIFT_START]


@shared
def wage_ticks(shift: Ints, s: int, paid_s: int) -> int:
    """Return the wage of ``paid_s`` seconds."""
    return shift[s, WAGE] * paid_s


@shared
def overtime_ticks(shift: Ints, s: int, end_s: int) -> int:
    """Return what ending at ``end_s`` costs on top of the wage."""
    return shift[s, OVERTIME] * max(0, end_s - shift[s, REGULAR_END])
