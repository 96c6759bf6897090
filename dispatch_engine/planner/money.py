"""Prices of the document in the solver's ticks, and ticks in thousandths of the currency. Both ways are exact.

Documents state amounts and rates to the thousandth (``model.fields``), so that each is a whole number of ticks.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from solver.money import TICKS_PER_M_FROM_MILLI_PER_KM, TICKS_PER_MILLI, TICKS_PER_S_FROM_MILLI_PER_H

if TYPE_CHECKING:
    from collections.abc import Mapping

MILLI_PER_UNIT = 1000


def ticks(amount: Decimal) -> int:
    """Return an amount of money in ticks."""
    return _milli(amount) * TICKS_PER_MILLI


def ticks_per_s(per_hour: Decimal) -> int:
    """Return a price per hour in ticks per second."""
    return _milli(per_hour) * TICKS_PER_S_FROM_MILLI_PER_H


def ticks_per_m(per_km: Decimal) -> int:
    """Return a price per kilometre in ticks per metre."""
    return _milli(per_km) * TICKS_PER_M_FROM_MILLI_PER_KM


def amount(of_ticks: int) -> Decimal:
    """Return ticks as money, rounded to the thousandth, a half away from zero."""
    milli, rest = divmod(abs(of_ticks), TICKS_PER_MILLI)
    milli += 2 * rest >= TICKS_PER_MILLI
    return Decimal(milli if of_ticks >= 0 else -milli).scaleb(-3)


def amounts(ticks_by_term: Mapping[str, int]) -> dict[str, Decimal]:
    """Return the terms that are not zero as money, each rounded for itself."""
    return {term: amount(of_ticks) for term, of_ticks in ticks_by_term.items() if of_ticks}


def _milli(price: Decimal) -> int:
    return int(price * MILLI_PER_UNIT)
