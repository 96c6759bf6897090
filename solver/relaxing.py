"""What may be used for a visit that is forced into a plan, and what would be changed for it beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.columns import (
    FROM,
    HARD_END,
    HELD,
    RELEASE,
    RESTOCK_END,
    RESTOCK_FIRST,
    ROOM,
    SIZES,
    STEP_END,
    STEP_FIRST,
    SUPPLY,
    TAKE_STOP,
    TECHNICIAN,
    VISIT,
    WINDOW_FIRST,
)
from solver.columns import MEETING_END as LAST_MEETING
from solver.columns import MEETING_FIRST as FIRST_MEETING
from solver.stops import StopNumbers
from solver.supply import MEASURES

if TYPE_CHECKING:
    from collections.abc import Collection

    from solver.problem import Ints, Problem
    from solver.standing import Pieces
    from solver.tables import Tables


@dataclass(frozen=True)
class Means:
    """By what a visit may get its parts. None: by whatever there is.

    ``shifts`` that may take it, ``ways`` as stops by number; ``locations`` whose stock may be used for what is
    ``wanted`` (items), by new ``restocks`` too or only by what happens there anyway and, with ``nights``, by loading
    before a shift; ``meetings`` at which it may be taken on.
    """

    shifts: Collection[int] | None = None
    ways: Collection[int] | None = None
    locations: Collection[int] | None = None
    restocks: bool = True
    nights: bool = True
    meetings: Collection[int] | None = None
    wanted: Collection[int] = ()

    def narrowed(self, problem: Problem, tables: Tables, left: Pieces) -> tuple[Tables, Pieces]:
        """Return tables in which nothing else may be used, and the pieces that may."""
        numbers, shift, left = StopNumbers.of(problem), tables.shift.copy(), left.copy()
        if self.locations is not None:
            stops = {numbers.restock(location) for location in self.locations if self.restocks}
            _narrow(shift, tables.row[:, 0], RESTOCK_FIRST, RESTOCK_END, stops)
            for location in set(range(len(problem.stock))) - set(self.locations):
                for item in self.wanted:
                    left.supply[slice(*steps_of(problem, tables, location, item))] = 0
        if self.meetings is not None:
            takes = {numbers.take(meeting) for meeting in self.meetings}
            _narrow(shift, tables.row[:, TAKE_STOP], FIRST_MEETING, LAST_MEETING, takes)
        return tables._replace(shift=shift), left


def _narrow(shift: Ints, stop_of_row: Ints, first: int, end: int, stops: Collection[int]) -> None:
    """Let the list of each shift be its part from the first to the last of ``stops``; they are one or side by side."""
    for row in shift:
        kept = [at for at in range(row[first], row[end]) if int(stop_of_row[at]) in stops]
        row[first], row[end] = (kept[0], kept[-1] + 1) if kept else (row[first], row[first])


def steps_of(problem: Problem, tables: Tables, location: int, item: int) -> tuple[int, int]:
    """Return the first step of an item's supply at a location, and the end of its steps."""
    row = int(tables.stop[StopNumbers.of(problem).restock(location), SUPPLY]) + item
    return int(tables.row[row, STEP_FIRST]), int(tables.row[row, STEP_END])


@dataclass(frozen=True)
class Change:
    """What would be different.

    ``vans`` hold more: (technician, part, pieces). Locations get more: ``supplies`` (location, part, from second,
    pieces). ``openings``: (location, row of its hours, first second, last second) in place of what is stated.
    ``room`` that a van has more: (technician, measure, size). ``ends``: shifts end later by (shift, seconds).
    ``prompt`` are ways (stops) whose parcels are on the site at once.
    """

    vans: tuple[tuple[int, int, int], ...] = ()
    supplies: tuple[tuple[int, int, int, int], ...] = ()
    openings: tuple[tuple[int, int, int, int], ...] = ()
    room: tuple[tuple[int, int, int], ...] = ()
    ends: tuple[tuple[int, int], ...] = ()
    prompt: tuple[int, ...] = ()

    def made(self, problem: Problem, tables: Tables, left: Pieces) -> tuple[Tables, Pieces]:
        """Return tables and pieces with the change made. Supplies need a step at their second (``solver.moments``)."""
        shift, row, left = tables.shift.copy(), tables.row.copy(), left.copy()
        for technician, part, pieces in self.vans:
            left.van[technician, part] += pieces
            for s in np.flatnonzero(shift[:, TECHNICIAN] == technician).tolist():
                shift[s, HELD : HELD + MEASURES] += pieces * row[shift[s, SIZES] + part, :MEASURES]
        for location, part, from_s, pieces in self.supplies:
            steps = np.arange(*steps_of(problem, tables, location, part))
            left.supply[steps[tables.supply[steps, FROM] >= from_s]] += pieces
        for location, at, first_s, last_s in self.openings:
            window = int(tables.stop[StopNumbers.of(problem).restock(location), WINDOW_FIRST]) + at
            row[window, :2] = first_s, last_s
        for technician, measure, size in self.room:
            shift[shift[:, TECHNICIAN] == technician, ROOM + measure] += size
        for row_of_shift, seconds in self.ends:
            shift[row_of_shift, HARD_END] += seconds
        stop = tables.stop.copy()
        for way in self.prompt:
            stop[way, RELEASE] = stop[stop[way, VISIT], RELEASE]
        return tables._replace(shift=shift, row=row, stop=stop), left
