"""The unit of cost inside the solver: the tick.

One tick is 1/18,000,000 of the currency unit, so that prices given in thousandths per hour and per kilometre
are whole numbers of ticks per second and per metre, and every cost is an exact integer product.
"""

from __future__ import annotations

TICKS_PER_UNIT = 18_000_000
"""Ticks in one unit of the currency."""

TICKS_PER_MILLI = 18_000
"""Ticks in one thousandth of the currency unit."""

TICKS_PER_S_FROM_MILLI_PER_H = 5
"""Ticks per second of a price of one thousandth per hour (18,000 / 3,600)."""

TICKS_PER_M_FROM_MILLI_PER_KM = 18
"""Ticks per metre of a price of one thousandth per kilometre (18,000 / 1,000)."""

FORBIDDEN = 1 << 60
"""A cost above every real one: an answer "this cannot be done" in compiled code, where exceptions are dear."""
