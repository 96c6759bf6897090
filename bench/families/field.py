"""Field work as users have it: generated days of a made-up service company on the streets of the sample city.

Every day comes with and without parts, breaks and overtime. Its name says what it has: ``30x200-plain`` is a day of 30
technicians and 200 calls with none of them, ``30x200-breaks+overtime`` has the last two, ``30x200-full`` all three.
Days of one size are the same but for that: technicians, calls, skills, windows, contracts, prices and streets.

There is no best known cost, and no judge but the engine's checker. Nothing is tuned on these days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.families.family import InstanceError
from bench.means import without_parts
from dispatch_engine.formats.documents import parse_problem, problem_text
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.settings import Settings
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.locate import locate_network

if TYPE_CHECKING:
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity
    from dispatch_engine.travel.network.network import Network

SIZES = ((10, 60), (30, 200), (100, 700), (300, 2000), (1000, 6000))
"""Technicians and calls."""

PARTS, BREAKS, OVERTIME = ALL = ("parts", "breaks", "overtime")
PLAIN, FULL = "plain", "full"

SEED = 4
"""Of what is generated."""

CATALOGUE = 120
"""Part numbers, where there are parts."""

TECHNICIANS_OF_A_PROVIDER, TECHNICIANS_OF_A_TERRITORY, MOST_TERRITORIES = 10, 4, 40

NAME_BY_VARIANT = {
    has: PLAIN if not has else FULL if has == ALL else "+".join(has)
    for count in range(len(ALL) + 1)
    for has in combinations(ALL, count)
}
"""What a day has, and the end of its name."""


@dataclass(frozen=True)
class Day:
    """One generated day: so many technicians and calls, and what of ALL it has."""

    technicians: int
    calls: int
    has: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name."""
        return f"{self.technicians}x{self.calls}-{NAME_BY_VARIANT[self.has]}"

    @property
    def bks(self) -> None:
        """Nothing: nobody has published a cost."""

    @property
    def settings(self) -> Settings:
        """What is generated, before breaks and overtime are taken out."""
        return Settings(
            id=self.name,
            technicians=self.technicians,
            calls=self.calls,
            seed=SEED,
            providers=max(2, self.technicians // TECHNICIANS_OF_A_PROVIDER),
            territories=min(MOST_TERRITORIES, max(2, self.technicians // TECHNICIANS_OF_A_TERRITORY)),
            parts=CATALOGUE if PARTS in self.has else 0,
        )

    def document(self) -> ProblemDocument:
        """Return the day, written and read like anyone's."""
        day = generate(self.settings, _network())
        day = day if PARTS in self.has else without_parts(day)
        crews = {
            "technicians": tuple(self._without(each) for each in day.technicians),
            "providers": tuple(self._without(each) for each in day.providers),
        }
        return parse_problem(problem_text(day.model_copy(update=crews)), self.name)

    def _without(self, capacity: Capacity) -> Capacity:
        """Return a technician or provider without the breaks or the overtime that the day does not have."""
        off: dict[str, Any] = {} if BREAKS in self.has else {"breaks": ()}
        off |= {} if OVERTIME in self.has else {"overtime_cap": timedelta()}
        shifts = tuple(shift.model_copy(update=off) for shift in capacity.shifts)
        return capacity.model_copy(update={"shifts": shifts})


@cache
def _network() -> Network:
    return load_network(locate_network(Settings().network, Path.cwd()))


DAYS = {day.name: day for size in SIZES for has in NAME_BY_VARIANT for day in (Day(*size, has),)}
"""All days by name."""


@dataclass(frozen=True)
class Field:
    """The family; its instances are made, not read."""

    name: str = "field"
    names: tuple[str, ...] = tuple(DAYS)

    def read(self, path: Path) -> Day:
        """Return the day of a name."""
        if path.name not in DAYS:
            raise InstanceError(f"there is no day {path.name!r}. Maybe one of {', '.join(DAYS)}.")
        return DAYS[path.name]
