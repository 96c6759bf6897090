"""Travel: asymmetric matrices by profile, scaled by the technician's speed; beyond UNREACHABLE there is no way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.columns import METRES, PERMILLE, PROFILE, SECONDS
from solver.jit import inlined
from solver.problem import UNREACHABLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints


@inlined
def leg_s(travel: NDArray[np.int32], shift: Ints, s: int, origin: int, destination: int) -> int:
    """Return the seconds that shift ``s`` drives from one place to another, UNREACHABLE or more without a way."""
    seconds = np.int64(travel[shift[s, PROFILE], origin, destination, SECONDS])
    if seconds >= UNREACHABLE:
        return int(seconds)
    return int((seconds * shift[s, PERMILLE] + 500) // 1000)


@inlined
def leg_m(travel: NDArray[np.int32], shift: Ints, s: int, origin: int, destination: int) -> int:
    """Return the metres from one place to another."""
    return int(np.int64(travel[shift[s, PROFILE], origin, destination, METRES]))
