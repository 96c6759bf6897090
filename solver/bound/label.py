"""A label of the pricer: a way of the first stops of a route, what it costs so far, and what it has behind it.

What a route has behind it, of that only the visits near each of those after are remembered, so that a visit can come
again from afar: that keeps labels few, and the price a lower bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.bound.stepping import clock_wage, unpaid_s, work_wage
from solver.columns import HEAD_BREAKS
from solver.jit import inlined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints
    from solver.tables import Tables

(
    SITE,
    TIME,
    COST,
    WAITED,
    WORKLOAD,
    TAKEN,
    VISITS,
    DRIVING,
    DISTANCE,
    PARENT,
    NEXT,
    IS_GONE,
    LABEL_COLUMNS,
) = range(13)
"""COST is without the wage by the clock and as if all breaks were paid; NEXT label at the same site; IS_GONE once a
better one has taken its place.

Where pay begins at a departure that is yet to come, COST has the wage of work alone, and WAITED is what the route costs
if it departs as late as its windows allow, without the wage since time 0. The dearer one holds: it can depart no later,
and what it departs earlier it waits.
"""

NOT_WAITED = -(1 << 58)


@inlined
def level(tables: Tables, label: Ints, s: int, x: int) -> int:
    """Return the ticks of label ``x`` with the wage so far."""
    unpaid = unpaid_s(tables.shift, tables.row, s, tables.shift[s, HEAD_BREAKS], label[x, TAKEN])
    return with_wage(tables.shift, s, label[x, COST], label[x, WAITED], label[x, TIME] - unpaid)


@inlined
def with_wage(shift: Ints, s: int, cost: int, waited: int, time: int) -> int:
    """Return the dearer one of two costs, the second and, where it is paid by the clock, the first with its wage."""
    return max(cost + clock_wage(shift, s) * time, waited + work_wage(shift, s) * time)


@inlined
def remembers(memory: NDArray[np.uint64], x: int, j: int) -> bool:
    """Tell whether the route of label ``x`` is known to have been at site ``j``."""
    return (memory[x, j >> 6] >> np.uint64(j & 63)) & np.uint64(1) != np.uint64(0)
