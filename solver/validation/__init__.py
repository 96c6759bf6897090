"""Structural validation of a problem: shapes, types, ranges, order, and facts that fit together.

What passes here can be read by the kernels without a look at bounds. It does not ask whether the problem makes sense or
can be solved: a visit that no technician can take is valid.
"""

from solver.validation.check import validate
from solver.validation.ranges import (
    MAX_BUFFER_PERMILLE,
    MAX_COUNT,
    MAX_PRICE_TICKS,
    MAX_RATE_TICKS,
    MAX_TIME_S,
)

__all__ = ["MAX_BUFFER_PERMILLE", "MAX_COUNT", "MAX_PRICE_TICKS", "MAX_RATE_TICKS", "MAX_TIME_S", "validate"]
