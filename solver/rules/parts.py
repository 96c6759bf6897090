"""Parts: counted pieces used up from the van, over all shifts of its technician."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import NEED_END, NEED_FIRST, PART, QUANTITY
from solver.jit import kernel

if TYPE_CHECKING:
    from solver.problem import Ints


@kernel
def van_has(visit: Ints, row: Ints, left: Ints, v: int, technician: int) -> bool:
    """Tell whether what is ``left`` (n_technicians, n_parts) in the van covers what visit ``v`` needs."""
    for at in range(visit[v, NEED_FIRST], visit[v, NEED_END]):
        if left[technician, row[at, PART]] < row[at, QUANTITY]:
            return False
    return True


@kernel
def take(visit: Ints, row: Ints, left: Ints, v: int, technician: int, times: int) -> None:
    """Take the parts of visit ``v`` out of the van ``times`` times; -1 puts them back."""
    for at in range(visit[v, NEED_FIRST], visit[v, NEED_END]):
        left[technician, row[at, PART]] -= times * row[at, QUANTITY]
