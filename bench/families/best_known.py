"""Best known costs that stand beside the instances."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from bench.families.vrplib import read_solution

if TYPE_CHECKING:
    from pathlib import Path

LIST = "bks.csv"


def listed_bks(path: Path, column: str) -> float | None:
    """Return the cost that the list beside an instance states, None where it states none."""
    listed = path.with_name(LIST)
    if not listed.exists():
        return None
    with listed.open(encoding="utf-8", newline="") as text:
        cost_by_instance = {row["instance"]: row[column] for row in csv.DictReader(text)}
    stated = cost_by_instance.get(path.stem)
    return float(stated) if stated else None


def solution_bks(path: Path) -> float | None:
    """Return the cost of the solution beside an instance, None where there is none."""
    solution = path.with_suffix(".sol")
    return read_solution(solution)[1] if solution.exists() else None
