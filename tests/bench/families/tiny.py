"""Instances of a few nodes, written as the families write theirs, and planned by the ordinary planner."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bench.families.family import Instance
from bench.families.tours import Tour, tours_of
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.planner.options import PlanOptions, effective_options
from dispatch_engine.planner.run import plan


class Planned(NamedTuple):
    """A plan and its tours."""

    plan: PlanDocument
    tours: tuple[Tour, ...]


def planned(instance: Instance) -> Planned:
    """Plan an instance with a few hundred iterations."""
    document = instance.document()
    found = plan(document, effective_options(PlanOptions(iterations=300), document.policy))
    return Planned(found, tours_of(found))


def solomon(folder: Path, nodes: list[str], vehicles: int = 2, capacity: int = 10) -> Path:
    """Write an instance in Solomon's format; a node is x, y, demand, ready, due and service."""
    rows = [f"{number} {node}" for number, node in enumerate(nodes)]
    head = ["TINY", "", "VEHICLE", "NUMBER CAPACITY", f"{vehicles} {capacity}", "", "CUSTOMER", "CUST NO. XCOORD.", ""]
    return written(folder / "TINY.txt", [*head, *rows])


def vrplib(folder: Path, header: dict[str, int], sections: dict[str, list[str]]) -> Path:
    """Write an instance in VRPLIB's format; rows get their numbers from 1 on."""
    lines = ["NAME: TINY", *(f"{key} : {value}" for key, value in header.items())]
    for name, rows in sections.items():
        lines += [f"{name}_SECTION", *(f"{number}\t{row}" for number, row in enumerate(rows, start=1))]
    return written(folder / "TINY.vrp", [*lines, "EOF"])


def trsp(folder: Path, nodes: list[str], crew: int = 1) -> Path:
    """Write an instance of technicians with 2 skills, 2 tools and 1 part.

    A node is x, y, first, last, service, [skills], [tools] and [parts].
    """
    rows = [f"{number} {node}" for number, node in enumerate(nodes)]
    head = ["tiny", "", "INFO", "CREW COUNT SKILLS TOOLS SPARE PARTS", f"{crew} 2 2 1", "", "DEPOT", "ID X Y"]
    return written(folder / "tiny.txt", [*head, *rows])


def written(path: Path, lines: list[str]) -> Path:
    """Write lines to a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
