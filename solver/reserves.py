"""Reserves: how much of some technicians' time is to be kept free in an interval, to take a call that is not known yet.

The meaning of every field is stated in ``docs/model.md``. Units as in ``solver.problem``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solver.problem import Bools, Ints


@dataclass(frozen=True)
class Reserves:
    """What is to be kept free; one row a reserve, shapes (n_reserves,) unless said otherwise.

    From ``from_s`` to ``until_s`` technicians are to be free for ``wanted_s`` seconds, added up over those whose time
    ``counts`` (n_reserves, n_technicians). Each second that is missing costs ``ticks_per_s``.
    """

    from_s: Ints
    until_s: Ints
    wanted_s: Ints
    ticks_per_s: Ints
    counts: Bools

    @classmethod
    def none(cls, n_technicians: int) -> Reserves:
        """Return no reserve."""
        empty = np.zeros(0, np.int64)
        return cls(empty, empty, empty, empty, np.zeros((0, n_technicians), np.bool_))

    def __len__(self) -> int:
        """Return the number of reserves."""
        return len(self.from_s)
