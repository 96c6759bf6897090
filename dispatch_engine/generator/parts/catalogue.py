"""The part numbers of a document: which fits which machine, how often it is used, as what it is held."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from dispatch_engine.generator.kinds import KINDS, PLANNED_SHARE
from dispatch_engine.generator.parts.causes import CAUSES
from dispatch_engine.model.room import sizes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.generator.draw import Draw
    from dispatch_engine.model.room import Size
    from dispatch_engine.model.stock import Part

STAND_INS = 0.12
"""Share of the pieces held as a number that fits all makes or as a kit, of parts that have one."""

OLD_STOCK = 0.4
"""Share of the pieces of a superseded number that are still of that number."""


@dataclass(frozen=True)
class Catalogue:
    """The part numbers of a document.

    Attributes
    ----------
    parts
        As the document lists them.
    makes
        Numbers by role, one for each make, the most frequent first.
    current
        By superseded number, the last of its successors.
    """

    parts: tuple[Part, ...]
    makes: Mapping[str, tuple[str, ...]]
    current: Mapping[str, str]

    def number(self, role: str, make: float) -> str:
        """Return the number that fits a machine; ``make`` from 0 to below 1 says of which make it is."""
        numbers = self.makes[role]
        shares = _shares(len(numbers))
        return next((name for name, end in zip(numbers, accumulate(shares), strict=True) if make < end), numbers[-1])

    def pieces(self, roles: Mapping[str, int], make: float) -> dict[str, int]:
        """Return pieces by number for pieces by role."""
        return {self.number(role, make): count for role, count in roles.items()}

    def of_other_makes(self, name: str) -> tuple[str, ...]:
        """Return the numbers of the same role for other makes."""
        role = name.rsplit("-", 1)[0]
        return tuple(other for other in self.makes.get(role, ()) if other != name)

    def used_by(self, calls: Mapping[str, float]) -> dict[str, float]:
        """Return the pieces by number that so many calls of each trade use on average."""
        found: dict[str, float] = {}
        for trade, count in calls.items():
            for role, mean in _expected_by_role(trade).items():
                numbers = self.makes[role]
                for name, share in zip(numbers, _shares(len(numbers)), strict=True):
                    found[name] = found.get(name, 0.0) + count * mean * share
        return found

    @cached_property
    def sizes(self) -> dict[str, Size]:
        """What a piece takes up, by number."""
        return sizes_of(self.parts)

    def held_as(self, draw: Draw, name: str) -> str:
        """Return the number of which a piece is held for those who need `name`: a stand-in, its successor, itself."""
        is_stand_in, is_old = draw.chance(STAND_INS), draw.chance(OLD_STOCK)
        stand_ins = self._stand_ins.get(name, ())
        if is_stand_in and stand_ins:
            return draw.one_of(stand_ins)
        return name if is_old else self.current.get(name, name)

    @cached_property
    def _stand_ins(self) -> dict[str, tuple[str, ...]]:
        """What fits all makes, and kits, by the numbers that they can replace."""
        models = {name for numbers in self.makes.values() for name in numbers}
        kits = {part.id for part in self.parts if part.contains}
        listed = {part.id: [each.part for each in part.substitutes] for part in self.parts}
        return {
            name: tuple(other for other in others if other not in models or other in kits)
            for name, others in listed.items()
        }

    def in_order(self, pieces: Mapping[str, int]) -> dict[str, int]:
        """Return pieces by part in the order of the catalogue."""
        return {part.id: pieces[part.id] for part in self.parts if pieces.get(part.id)}


@cache
def _shares(count: int) -> tuple[float, ...]:
    """Return how frequent makes are, by Zipf's law: the second half as frequent as the first, and so on."""
    weights = [1 / rank for rank in range(1, count + 1)]
    return tuple(weight / sum(weights) for weight in weights)


@cache
def _expected_by_role(trade: str) -> dict[str, float]:
    """Return the pieces that a call of a trade uses on average, by role."""
    expected: dict[str, float] = {}
    for kind in (kind for kind in KINDS if kind.trade == trade):
        share = kind.weight * (PLANNED_SHARE if kind.is_planned else 1 - PLANNED_SHARE)
        for cause in CAUSES[kind.name]:
            for role, pieces in cause.pieces.items():
                expected[role] = expected.get(role, 0.0) + share * cause.probability * pieces
    return expected
