"""Whose history a van's loadout follows from, and what that history says of each part.

A van follows its own history where rows name its technician over at least ``MIN_OWN_DAYS`` working days, or over all
that there are. Otherwise it shares the use in its home territories with the other vans at home there, where rows name
them; otherwise that of all rows with all vans.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.catalogue.faults import history_fault, suggestion
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.importer.findings import Findings
from dispatch_engine.importer.tables import Spot
from dispatch_engine.listing import names_listed
from dispatch_engine.restock.demand import Observed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity
    from dispatch_engine.restock.documents import BasisName
    from dispatch_engine.restock.history import History, Use

MIN_OWN_DAYS = 20
"""Working days, about a month, below which a van's own history says too little."""


@dataclass(frozen=True)
class Basis:
    """Working days and what was used on them in total; each piece falls on this van with probability ``share``.

    The days of a van of its own are those from its first row to its last; of a territory, or of all, they are the
    working days of the whole history.
    """

    name: BasisName
    days: tuple[date, ...]
    uses: tuple[Use, ...]
    share: float = 1.0

    def observed(self, part: str) -> Observed:
        """Return the use of a part by day."""
        return Observed(self._by_day.get(part, np.zeros(len(self.days), np.int64)), self.share)

    @cached_property
    def _by_day(self) -> Mapping[str, NDArray[np.int64]]:
        number = {day: i for i, day in enumerate(self.days)}
        by_day = {part: np.zeros(len(self.days), np.int64) for part in {use.part for use in self.uses}}
        for use in self.uses:
            by_day[use.part][number[use.day]] += use.pieces
        return by_day


class Bases:
    """Finds the basis of each van.

    Raises
    ------
    DocumentErrors
        The history is shorter than two review periods, or names nobody and no territory of the document.
    """

    def __init__(self, problem: ProblemDocument, history: History, review_days: int, name: str) -> None:
        self.vans = vans_of(problem)
        self._history = history
        findings = Findings()
        for fault in _faults(problem, self.vans, history, review_days):
            findings.place(fault, Spot("all rows"))
        if findings.faults():
            raise DocumentErrors(findings.faults(), name)

    def of(self, van: Capacity) -> Basis:
        """Return what a van's loadout follows from."""
        return (
            self._own(van)
            or self._of_territories(van)
            or Basis("fleet", self._history.days, self._history.uses, 1 / len(self.vans))
        )

    def _own(self, van: Capacity) -> Basis | None:
        uses = tuple(use for use in self._history.uses if use.technician == van.id)
        if not uses:
            return None
        first, last = min(use.day for use in uses), max(use.day for use in uses)
        days = tuple(day for day in self._history.days if first <= day <= last)
        return Basis("own", days, uses) if len(days) >= min(MIN_OWN_DAYS, len(self._history.days)) else None

    def _of_territories(self, van: Capacity) -> Basis | None:
        home = frozenset(van.home_territories)
        uses = tuple(use for use in self._history.uses if use.territory in home)
        others = [other for other in self.vans if home.intersection(other.home_territories)]
        return Basis("territory", self._history.days, uses, 1 / len(others)) if uses else None


def vans_of(problem: ProblemDocument) -> tuple[Capacity, ...]:
    """Return whose loadouts are recommended: all technicians, and providers whose vans are loaded overnight."""
    return (*problem.technicians, *(each for each in problem.providers if each.replenished_at is not None))


def notes_of(problem: ProblemDocument, history: History) -> Iterator[str]:
    """Yield what a person should know of the rows that do not name a van of the document."""
    vans = {van.id for van in vans_of(problem)}
    unknown = sorted({use.technician for use in history.uses if use.technician is not None} - vans)
    if unknown:
        rows = sum(use.technician in unknown for use in history.uses)
        yield (
            f"rows that count only for vans without enough rows of their own: {rows} of {names_listed(unknown)}, "
            f"whose vans the document does not have. Maybe their ids are spelt otherwise in the document."
        )
    nobody = sum(use.technician is None for use in history.uses)
    if nobody and nobody < len(history.uses):
        yield (
            f"rows that count only for vans without enough rows of their own: {nobody} of {len(history.uses)}, which "
            f"name no technician. Maybe fill in the column technician."
        )


def _faults(problem: ProblemDocument, vans: Sequence[Capacity], history: History, review_days: int) -> Iterator[Fault]:
    if len(history.days) < 2 * review_days:
        days = len(history.days)
        yield history_fault("history_too_short", (), days, needed=2 * review_days, review_days=review_days)
    named = [name for use in history.uses for name in (use.technician, use.territory) if name is not None]
    known = {van.id for van in vans} | {territory.id for territory in problem.territories}
    if (named and not known.intersection(named)) or not vans:
        yield _of_others(named, known)


def _of_others(named: Sequence[str], known: Collection[str]) -> Fault:
    otherwise = "Maybe it is the history of another company, or the ids are spelt otherwise."
    advice = suggestion(named[0], known, otherwise) if named else otherwise
    return history_fault("history_of_others", (), named[0] if named else None, suggestion=advice)
