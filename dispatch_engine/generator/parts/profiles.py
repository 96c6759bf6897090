"""Kinds of stock locations. All numbers are illustrative."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dispatch_engine.model.stock import LocationKind


@dataclass(frozen=True)
class Profile:
    """What the stock locations of a kind have in common.

    Parameters
    ----------
    kind
        As in the document.
    hours
        When it is open.
    handling_min, line_s
        Fixed time of a stop, and time for each line.
    share, at_random
        Pieces of a number: this share of the expected use of all days, and up to so many more.
    max_litres
        Larger pieces are not kept.
    courier
        Minutes to the customer and price, where it has couriers.
    lent_by_technicians
        One piece of each tool that is lent for so many technicians; 0: none.
    meeting_hours
        Of the meetings there each day.
    """

    kind: LocationKind
    hours: tuple[tuple[float, float], ...]
    handling_min: int
    line_s: int
    share: float
    at_random: float
    max_litres: Decimal
    courier: tuple[int, int] | None
    lent_by_technicians: int
    meeting_hours: tuple[float, ...]


PROFILES = (
    Profile("central", ((7.0, 17.0),), 20, 90, 0.4, 1.8, Decimal(100), (75, 22), 14, (9.5, 14.0)),
    Profile("depot", ((6.5, 12.5), (13.5, 18.5)), 12, 60, 0.25, 1.2, Decimal(15), (50, 29), 20, (8.5, 11.5)),
    Profile("locker", ((5.0, 22.0),), 4, 30, 0.15, 0.8, Decimal(2), None, 0, (10.5,)),
)
"""Of the stock locations, in turn."""
