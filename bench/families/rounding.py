"""How families of deliveries make whole numbers of distances and times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from solver.problem import Ints


@dataclass(frozen=True)
class Rounding:
    """So many ``units`` for one of the file's; ``whole`` makes whole numbers of distances in these units."""

    units: int
    whole: Callable[[NDArray[np.float64]], NDArray[np.float64]]

    def legs(self, positions: Sequence[Sequence[float]]) -> Ints:
        """Return the distances between positions (x, y), worked out in double precision."""
        x, y = np.array(positions, dtype=np.float64).reshape(-1, 2).T
        return self.whole(self.units * np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])).astype(np.int64)


TRUNCATED_TENTHS = Rounding(10, np.floor)
"""What is beyond a tenth is cut off."""

ROUNDED_THOUSANDTHS = Rounding(1000, np.rint)
