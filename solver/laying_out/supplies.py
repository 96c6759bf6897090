"""The places that keep stock as lists: for each place and item the steps at which more of it has arrived.

Places are the stock locations and then the meetings; items are the parts and then the tools.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import FROM

if TYPE_CHECKING:
    from solver.laying_out.lists import Lists
    from solver.problem import Ints, Problem


class Supplies(NamedTuple):
    """``steps`` (n_steps, 2) FROM, TOTAL; ``base`` (n_locations + n_meetings,) the row of a place's first item.

    Row ``base[place] + item`` holds STEP_FIRST and STEP_END of the item's steps, which are also those of
    ``of_item[place, item]``. ``sizes`` is the row of the first part's size in each measure.
    """

    steps: Ints
    base: Ints
    of_item: Ints
    sizes: int

    def step_at(self, place: int, item: int, at_s: int) -> tuple[int, int]:
        """Return the last step that has come by ``at_s``, -1 where none has, and the end of the item's steps."""
        first, end = self.of_item[place, item].tolist()
        come = [step for step in range(first, end) if self.steps[step, FROM] <= at_s]
        return (come[-1] if come else -1), end


def lay_out_supplies(problem: Problem, lists: Lists) -> Supplies:
    """Write the steps of every place and item."""
    arrivals = _arrivals(problem)
    n_places = len(problem.stock) + len(problem.meetings)
    n_items = problem.technicians.stock.shape[1] + problem.technicians.has_tool.shape[1]
    steps: list[tuple[int, int]] = []
    of_item = []
    for place, item in product(range(n_places), range(n_items)):
        first, total = len(steps), 0
        come = arrivals.get((place, item), {})
        for from_s in sorted(come):
            total += come[from_s]
            steps.append((from_s, total))
        of_item.append((first, len(steps)))
    ends = np.array(of_item, np.int64).reshape(n_places, n_items, 2)
    base, _ = lists.add(np.full(n_places, n_items), *ends.reshape(-1, 2).T)
    size = problem.stock.part_size
    sizes, _ = lists.add(np.array([len(size)]), *size.T)
    return Supplies(np.array(steps, np.int64).reshape(-1, 2), base, ends, int(sizes[0]))


def _arrivals(problem: Problem) -> defaultdict[tuple[int, int], dict[int, int]]:
    """Return pieces by instant for each place and item; at a meeting there is nothing until somebody gives."""
    stock, meetings = problem.stock, problem.meetings
    n_parts = problem.technicians.stock.shape[1]
    arrivals: defaultdict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    columns = (stock.supply_location, stock.supply_part, stock.supply_from_s, stock.supply_pieces)
    for place, part, from_s, pieces in zip(*(column.tolist() for column in columns), strict=True):
        arrivals[place, part][from_s] = arrivals[place, part].get(from_s, 0) + pieces
    for place, tool in np.argwhere(stock.tools > 0).tolist():
        arrivals[place, n_parts + tool][0] = int(stock.tools[place, tool])
    for meeting, at_s in enumerate(meetings.at_s.tolist()):
        for part in range(n_parts):
            arrivals[len(stock) + meeting, part][at_s] = 0
    return arrivals
