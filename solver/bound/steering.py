"""Which worths of the visits to try next: between those of the best bound and those of the linear program.

How far is learned on the way from the slope at what was tried (Pessoa, Sadykov, Uchoa & Vanderbeck 2018, "Automation
and combination of linear-programming based stabilization techniques in column generation").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solver.problem import Ints

_STEP = 0.1


class Steering:
    """``centre`` are the worths of the best bound so far, ``best`` is that bound, None at first."""

    def __init__(self, centre: Ints, stay: float) -> None:
        self.centre, self.stay = centre, stay
        self.best: int | None = None

    def between(self, worth: Ints) -> Ints:
        """Return what to try when the linear program says ``worth``."""
        return np.rint(self.stay * self.centre + (1.0 - self.stay) * worth).astype(np.int64)

    def learn(self, tried: Ints, worth: Ints, bound: int, uncovered: Ints) -> None:
        """Take in the ``bound`` at ``tried``.

        Parameters
        ----------
        tried
            The worths.
        worth
            Those of the linear program then.
        bound
            What they prove.
        uncovered
            For each visit 1 less the number of cheapest routes that serve it: the slope there.
        """
        rises = float((uncovered * (worth - self.centre)).sum()) > 0
        self.stay = max(0.0, self.stay - _STEP) if rises else self.stay + _STEP * (1.0 - self.stay)
        if self.best is None or bound > self.best:
            self.best, self.centre = bound, tried
