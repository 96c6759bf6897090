"""Files in the VRPLIB format: a header of keys, then sections of rows that begin with a node or vehicle."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bench.families.delivery import Customer
from bench.families.family import InstanceError
from bench.families.tours import Tour

if TYPE_CHECKING:
    from pathlib import Path

V = TypeVar("V")

SECTION = "_SECTION"
END = "EOF"


@dataclass(frozen=True)
class VrplibFile:
    """Header and sections; the rows of a section are without their leading number, in the order of the numbers."""

    path: Path
    header: dict[str, str]
    sections: dict[str, list[list[float]]]

    def text(self, key: str) -> str:
        """Return a value of the header.

        Raises
        ------
        InstanceError
            It is not there.
        """
        return _found(self.path, self.header, key)

    def number(self, key: str) -> int:
        """Return a whole number of the header."""
        return int(self.text(key))

    def rows(self, name: str) -> list[list[float]]:
        """Return the rows of a section, its name without the ending."""
        return _found(self.path, self.sections, name)

    def column(self, name: str) -> tuple[float, ...]:
        """Return the first value of each row of a section."""
        return tuple(row[0] for row in self.rows(name))

    def customers(self, units: int) -> list[Customer]:
        """Return the nodes, the depot first, in so many units for one of the file's time."""
        count = self.number("DIMENSION")
        service = self.column("SERVICE_TIME") if "SERVICE_TIME" in self.sections else self._service_of_all()
        release = self.column("RELEASE_TIME") if "RELEASE_TIME" in self.sections else (0,) * count
        rows = zip(self.column("DEMAND"), service, self.rows("TIME_WINDOW"), release, strict=True)
        return [
            Customer(int(demand), *(int(units * time) for time in (work, ready, due, at)))
            for demand, work, (ready, due), at in rows
        ]

    def _service_of_all(self) -> tuple[float, ...]:
        return (0, *[self.number("SERVICE_TIME")] * (self.number("DIMENSION") - 1))


def _found(path: Path, values: dict[str, V], key: str) -> V:
    if key not in values:
        raise InstanceError(f"{path} has no {key}. Maybe it is an instance of another family.")
    return values[key]


def read_vrplib(path: Path) -> VrplibFile:
    """Read an instance file."""
    header: dict[str, str] = {}
    sections: dict[str, list[list[float]]] = {}
    rows: list[list[float]] | None = None
    for line in path.read_text(encoding="utf-8").split("\n"):
        text = line.strip()
        if text == END:
            break
        if text.endswith(SECTION):
            rows = sections.setdefault(text.removesuffix(SECTION), [])
        elif text and rows is not None:
            rows.append([float(word) for word in text.split()][1:])
        elif text:
            key, _, value = text.partition(":")
            header[key.strip()] = value.strip()
    return VrplibFile(path, header, sections)


def read_solution(path: Path) -> tuple[tuple[Tour, ...], float]:
    """Read a published solution: its tours (the depot among the stops is a visit to reload) and its stated cost."""
    text = path.read_text(encoding="utf-8")
    tours = [
        Tour(int(number), tuple(int(stop) for stop in stops.split()))
        for number, stops in re.findall(r"^Route #(\d+):(.*)$", text, re.MULTILINE)
    ]
    stated = re.search(r"^Cost:?\s+(\S+)", text, re.MULTILINE)
    if stated is None:
        raise InstanceError(f"{path} states no cost. Maybe it is no solution file.")
    return tuple(tour for tour in tours if tour.stops), float(stated[1])
