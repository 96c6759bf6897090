"""Simulated days as JSON for programs and as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dispatch_engine.simulation.summary import summary_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.simulation.figures import DayFigures


@dataclass(frozen=True)
class Simulated:
    """What came of a simulation, with what it was asked for.

    Attributes
    ----------
    problem
        Id of the document.
    seed, iterations
        Of all draws; of each search.
    wanted
        Days times policies.
    days
        Those that were played.
    """

    problem: str
    seed: int
    iterations: int
    wanted: int
    days: Sequence[DayFigures]

    @property
    def missing(self) -> int:
        """How many days of policies were called off."""
        return self.wanted - len(self.days)


def json_text(found: Simulated) -> bytes:
    """Return everything as JSON."""
    head: dict[str, Any] = {
        "version": 1,
        "problem": found.problem,
        "seed": found.seed,
        "iterations": found.iterations,
        "missing": found.missing,
    }
    return f"{json.dumps(head | summary_of(found.days), indent=2)}\n".encode()


def csv_text(found: Simulated) -> bytes:
    """Return a row a day and policy; it begins with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    if found.days:
        writer = csv.DictWriter(text, list(found.days[0].as_dict()))
        writer.writeheader()
        writer.writerows(each.as_dict() for each in found.days)
    return text.getvalue().encode("utf-8-sig")
