"""What random draws share: rules that are on, numbers, sets and prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DAY_S = 86_400
PER_HOUR = 5_000  # ticks per second of one currency unit per hour
PER_KM = 18_000  # ticks per metre of one currency unit per kilometre
UNIT = 18_000_000  # ticks


@dataclass(frozen=True)
class Dice:
    """A source of chance, and the rules that are switched on."""

    rng: np.random.Generator
    rules: frozenset[str]

    def has(self, rule: str, chance: float = 0.6) -> bool:
        return rule in self.rules and self.rng.random() < chance

    def number(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def some(self, n: int, chance: float = 0.5) -> list[int]:
        return [index for index in range(n) if self.rng.random() < chance]

    def levels(self, n: int, low: int, high: int, chance: float = 0.4) -> dict[int, int]:
        return {index: self.number(low, high) for index in self.some(n, chance)}

    def price(self, unit: int, low: int, high: int) -> int:
        """Draw a price: mostly whole units, sometimes odd ticks."""
        return self.number(low, high) * unit + (self.number(0, unit // 7) if self.rng.random() < 0.1 else 0)
