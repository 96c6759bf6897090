"""What a stock location can still give away of one part, with what is promised for later kept back."""

from __future__ import annotations

from collections import Counter
from copy import copy
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class Ledger:
    """Pieces of one part at one location: what is there, what arrives, what is taken and when.

    A piece is free at a moment if taking it then leaves enough for everything that is already to be taken later, with
    the deliveries until then ("available to promise").

    Parameters
    ----------
    stock
        Pieces that are there from the beginning.
    deliveries
        When more arrives, the moment included, and how many pieces.
    """

    def __init__(self, stock: int = 0, deliveries: Iterable[tuple[datetime, int]] = ()) -> None:
        self._stock = stock
        self._change_at: Counter[datetime] = Counter()
        for at, pieces in deliveries:
            self._change_at[at] += pieces

    def free(self, at: datetime) -> int:
        """Return how many pieces can be taken at a moment; never negative."""
        moments = sorted(self._change_at)
        levels = [*accumulate((self._change_at[each] for each in moments), initial=self._stock)]
        then = [levels[i + 1] for i, each in enumerate(moments) if each > at]
        here = levels[len(moments) - len(then)]
        return max(0, min((here, *then)))

    def take(self, at: datetime, pieces: int) -> None:
        """Take pieces at a moment; a plan may take more than there is, and then nothing is free."""
        self._change_at[at] -= pieces

    def give_back(self, at: datetime, pieces: int) -> None:
        """Undo that pieces are taken at a moment."""
        self._change_at[at] += pieces

    def first_free(self, after: datetime, pieces: int) -> datetime | None:
        """Return the first moment after another at which so many pieces are free; None: never."""
        return next((at for at in sorted(self._change_at) if at > after and self.free(at) >= pieces), None)

    def copied(self) -> Ledger:
        """Return a ledger that says the same and changes on its own."""
        other = copy(self)
        other._change_at = self._change_at.copy()
        return other
