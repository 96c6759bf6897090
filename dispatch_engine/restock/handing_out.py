"""Handing out what stock locations have in a night: a fair order that always comes out the same.

1. What calls of the next day lack comes before topping up loadouts. The most urgent call comes first (by priority, then
   by id); a call gets all that it lacks or, at first, nothing, so that no piece is spent on a call that stays short.
2. Pieces that are left then go, in the same order, to calls that could not be met in full.
3. Loadouts are topped up piece by piece: next is always the van and part with the smallest share of its loadout,
   then by id of technician and part.

Nothing is handed out that does not fit in the van, or that the plan takes later (``Ledger``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING

from dispatch_engine.restock.pieces import all_of
from dispatch_engine.restock.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from dispatch_engine.model.room import Size
    from dispatch_engine.restock.ledger import Ledger
    from dispatch_engine.restock.wants import CallNeed, Wants


@dataclass
class Portion:
    """What one van gets in a night: the pieces to ``load``, and those missing for calls and for the loadout."""

    wants: Wants
    room: Room
    load: Counter[str] = field(default_factory=Counter)
    missing_of_call: dict[str, Counter[str]] = field(default_factory=dict)
    missing_top_up: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, wants: Wants, sizes: Mapping[str, Size]) -> Portion:
        """Return the portion of a van that has got nothing yet."""
        room = Room(wants.capacity.stock_capacity, sizes, wants.holds)
        missing = {need.call: need.parts.copy() for need in wants.needs}
        return cls(wants, room, missing_of_call=missing, missing_top_up=wants.top_up.copy())

    @property
    def missing(self) -> Counter[str]:
        """All pieces that are missing."""
        return all_of(self.missing_of_call.values()) + self.missing_top_up

    @property
    def key(self) -> tuple[str, datetime]:
        """Technician and time: what tells one portion of a night from the others."""
        return self.wants.capacity.id, self.wants.ready_at

    def calls_missing(self, part: str) -> tuple[str, ...]:
        """Return the calls for which pieces of a part are missing, the most urgent first."""
        return tuple(call for call, missing in self.missing_of_call.items() if missing[part])


class HandingOut:
    """Hands out pieces of stock locations.

    Parameters
    ----------
    ledgers
        By location and part; what is handed out is taken from them.
    sizes
        Of a piece by part.
    """

    def __init__(self, ledgers: Mapping[tuple[str, str], Ledger], sizes: Mapping[str, Size]) -> None:
        self._ledgers = ledgers
        self._sizes = sizes

    def hand_out(self, all_wants: Iterable[Wants]) -> list[Portion]:
        """Return the portion of each van, in the order of the wants."""
        portions = [Portion.of(wants, self._sizes) for wants in all_wants]
        calls = in_order(portions)
        for portion, need in calls:
            self._meet_whole(portion, need)
        for portion, need in calls:
            missing = portion.missing_of_call[need.call]
            for part in sorted(missing):
                self._give(portion, part, missing)
        self._top_up(portions)
        return portions

    def _meet_whole(self, portion: Portion, need: CallNeed) -> None:
        if portion.room.fits(need.parts) and all(self._free(portion, part) >= n for part, n in need.parts.items()):
            for part in sorted(need.parts):
                self._give(portion, part, portion.missing_of_call[need.call])

    def _top_up(self, portions: list[Portion]) -> None:
        queue = [
            (_share(portion, part), portion.wants.capacity.id, part, i)
            for i, portion in enumerate(portions)
            for part in portion.missing_top_up
        ]
        heapify(queue)
        while queue:
            share, technician, part, i = heappop(queue)
            portion = portions[i]
            until_next = ceil((queue[0][0] - share) * _loadout(portion, part)) if queue else None
            most = None if until_next is None else max(1, until_next)
            if self._give(portion, part, portion.missing_top_up, most) and portion.missing_top_up[part]:
                heappush(queue, (_share(portion, part), technician, part, i))

    def _give(self, portion: Portion, part: str, missing: Counter[str], most: int | None = None) -> int:
        """Hand out as many of the missing pieces as there are and fit in; return how many."""
        wanted = missing[part] if most is None else min(most, missing[part])
        pieces = portion.room.fitting(part, min(wanted, self._free(portion, part)))
        if pieces:
            self._ledgers[portion.wants.location, part].take(portion.wants.ready_at, pieces)
            portion.room.add({part: pieces})
            portion.load[part] += pieces
            missing[part] -= pieces
        return pieces

    def _free(self, portion: Portion, part: str) -> int:
        ledger = self._ledgers.get((portion.wants.location, part))
        return 0 if ledger is None else ledger.free(portion.wants.ready_at)


def in_order(portions: Iterable[Portion]) -> list[tuple[Portion, CallNeed]]:
    """Return what calls lack in the order in which it is handed out."""
    pairs = chain.from_iterable(((portion, need) for need in portion.wants.needs) for portion in portions)
    return sorted(pairs, key=lambda pair: (pair[1].priority, pair[1].call, pair[0].wants.capacity.id))


def _share(portion: Portion, part: str) -> Fraction:
    """Return how much of its loadout a van has of a part."""
    return Fraction(portion.wants.holds[part] + portion.load[part], _loadout(portion, part))


def _loadout(portion: Portion, part: str) -> int:
    return portion.wants.capacity.loadout[part]
