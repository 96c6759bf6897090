"""How a fault is raised: for the first element that breaks a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.errors import ProblemError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def require(path: str, holds: ArrayLike, value: ArrayLike, rule: str, advice: str) -> None:
    """Raise for the first element for which ``holds`` is false."""
    faults = np.argwhere(~np.asarray(holds))
    if len(faults):
        index = tuple(int(k) for k in faults[0])
        raise ProblemError(path, index, np.asarray(value)[index], rule, advice)
