"""How a fault is raised: for the first element that breaks a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.errors import ProblemError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from solver.problem import Csr


def require(path: str, holds: ArrayLike, value: ArrayLike, rule: str, advice: str) -> None:
    """Raise for the first element for which ``holds`` is false."""
    if not np.asarray(holds).all():
        index = tuple(int(k) for k in np.argwhere(~np.asarray(holds))[0])
        raise ProblemError(path, index, np.asarray(value)[index], rule, advice)


def first_disorder(opens: Csr, closes: Csr) -> int | None:
    """Return the first row with an interval that ends before it starts, or begins no later than the one before ends.

    None where the intervals (both ends included) of every row are in order and disjoint.
    """
    owner, first, last = opens.owner, opens.values, closes.values
    wrong = first > last
    wrong[1:] |= (owner[1:] == owner[:-1]) & (first[1:] <= last[:-1])
    return int(owner[np.flatnonzero(wrong)[0]]) if wrong.any() else None
