"""How many pieces of each part a van should carry: the newsvendor's quantity, and marginal analysis where room binds.

Without a limit of room each part is decided on its own: the least quantity that suffices with the target probability
(Arrow, Harris & Marschak 1951). The target is a service level, or follows from prices as the critical ratio
c_u / (c_u + c_o): what a missing piece costs (a second visit), over that and what keeping a piece for a review period
costs (``holding_rate`` of its unit price a year).

Where the van has no room for all of it, pieces are chosen one after another, always the one with the largest gain for
the share of the van's room that it takes: marginal analysis. The gain is the probability that the piece is used, the
marginal expected fill, or, with prices, what it saves. It never rises from one piece of a part to the next, so the sum
is separable and concave, and every loadout on the way is optimal for the room that it takes up (Fox 1966); the last
pieces can fall short of the optimum by less than one piece, as in every knapsack. Several measures of room are weighed
by the one of which the piece takes the largest share, which is a heuristic (compare Toyoda 1975). This is the repair
kit problem with a service criterion per part (Smith, Chambers & Shlifer 1980; Bijvank, Koole & Vis 2010).

References
----------
K. J. Arrow, T. Harris and J. Marschak, Optimal inventory policy, Econometrica 19 (1951), 250–272.
B. Fox, Discrete optimization via marginal analysis, Management Science 13 (1966), 210–216.
Y. Toyoda, A simplified algorithm for obtaining approximate solutions to zero-one programming problems, Management
Science 21 (1975), 1417–1427.
S. A. Smith, J. C. Chambers and E. Shlifer, Optimal inventories based on job completion rate for repairs requiring
multiple items, Management Science 26 (1980), 849–852.
M. Bijvank, G. Koole and I. F. A. Vis, Optimising a general repair kit problem with a service constraint, European
Journal of Operational Research 204 (2010), 76–85.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from dispatch_engine.restock.demand import Demand
    from dispatch_engine.restock.room import Room

WORKDAYS_PER_YEAR = 250
"""Working days over which the price of keeping a piece for a year is spread."""

MAX_RATIO = 0.999_999
"""The highest target: no finite quantity suffices for certain."""


@dataclass(frozen=True)
class Prices:
    """Prices from which targets follow.

    Parameters
    ----------
    missing
        Price of a piece that is missing when it is needed: a second visit.
    holding_rate
        Price of keeping a piece for a year, as a share of its unit price: capital, wear, space.
    """

    missing: float
    holding_rate: float

    def kept(self, unit_price: float, review_days: int) -> float:
        """Return the price of keeping a piece for a review period."""
        return unit_price * self.holding_rate * review_days / WORKDAYS_PER_YEAR

    def critical_ratio(self, unit_price: float, review_days: int) -> float:
        """Return the probability with which pieces should suffice; 0 where a missing piece costs nothing."""
        kept = self.kept(unit_price, review_days)
        return min(MAX_RATIO, self.missing / (self.missing + kept)) if self.missing else 0.0


@dataclass(frozen=True)
class Candidate:
    """A part that a van could carry.

    Parameters
    ----------
    demand
        What is used of it in a review period.
    wanted
        The newsvendor's quantity.
    missing
        What a piece costs that is missing: 1, or its price.
    kept
        What a piece costs that is not used in a review period: 0, or the price of keeping it.
    """

    demand: Demand
    wanted: int
    missing: float = 1.0
    kept: float = 0.0

    def gains(self) -> NDArray[np.float64]:
        """Return (wanted,) the gain of each piece after those before it; it never rises."""
        gains: NDArray[np.float64] = (self.missing + self.kept) * self.demand.beyond(self.wanted) - self.kept
        return gains


def loadout(candidates: Mapping[str, Candidate], room: Room) -> dict[str, int]:
    """Return the pieces of each part to carry: all that is wanted if it fits in, else the best of it.

    Parameters
    ----------
    candidates
        By part.
    room
        What the van has room for; it is filled.
    """
    wanted = {part: candidate.wanted for part, candidate in candidates.items()}
    if room.fits(wanted):
        room.add(wanted)
        return wanted
    chosen = dict.fromkeys(candidates, 0)
    gains = {part: candidate.gains() for part, candidate in candidates.items() if candidate.wanted}
    queue = [(-_per_room(room, part, float(of_part[0])), part) for part, of_part in gains.items()]
    heapify(queue)
    while queue:
        _, part = heappop(queue)
        if not room.fitting(part, 1):
            continue  # room only shrinks: no later piece of this part fits in either
        room.add({part: 1})
        chosen[part] += 1
        if chosen[part] < len(gains[part]):
            heappush(queue, (-_per_room(room, part, float(gains[part][chosen[part]])), part))
    return chosen


def _per_room(room: Room, part: str, gain: float) -> float:
    """Return the gain for the share of room; what takes up none comes first."""
    share = room.share(part)
    return gain / share if share else float("inf")
