"""What becomes of a planned route when drives and work take longer or shorter than expected.

Order, breaks and whom to wait for are kept as planned; the windows, releases and breaks are those of the schedule pass.
A stop that is too late for every window begins when its technician gets there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.columns import BREAK_FIRST, EARLIEST, PROMISED_FROM, RELEASE, VISIT
from solver.jit import kernel
from solver.problem import NONE
from solver.rules.breaks import take_break
from solver.rules.windows import NEVER, next_start
from solver.stops import StopNumbers

if TYPE_CHECKING:
    from solver.problem import Ints, Problem
    from solver.solution import BreakTaken, Route, Stop
    from solver.tables import Tables


def sampled_starts(problem: Problem, tables: Tables, route: Route, begin_s: Ints, travel_s: Ints, work_s: Ints) -> Ints:
    """Return when the decided stops of a route begin, (n_samples, n_stops).

    Parameters
    ----------
    problem, tables
        With the shift of the route.
    route
        As it is planned.
    begin_s
        When the decided part begins, (n_samples,).
    travel_s, work_s
        How long the way to each decided stop and the work or handling there take, (n_samples, n_stops).
    """
    stops = [stop for stop in route.stops if not stop.is_fact]
    n_facts, numbers = len(route.stops) - len(stops), StopNumbers.of(problem)
    starts = np.zeros((len(begin_s), len(stops)), np.int64)
    number = np.array([numbers.of_stop(stop) for stop in stops], np.int64)
    since = np.array([_waited_for(tables, x, stop) for x, stop in zip(number.tolist(), stops, strict=True)], np.int64)
    first = int(tables.shift[route.shift, BREAK_FIRST])
    gaps = [(taken.before - n_facts, first + taken.index) for taken in route.breaks if not _is_before(route, taken)]
    _sample(tables, number, since, np.array(gaps, np.int64).reshape(-1, 2), begin_s, travel_s, work_s, starts)
    return starts


def _waited_for(tables: Tables, x: int, stop: Stop) -> int:
    """Return since when a stop may begin at all, where more than its windows and its release is waited for.

    Whoever is early for a promise that the plan keeps waits for it.
    """
    promised_s = int(tables.stop[x, PROMISED_FROM])
    if NONE != promised_s <= stop.start_s:
        return promised_s
    within = 0 if stop.is_visit else stop.end_s - stop.start_s
    soonest = int(next_start(tables.stop, tables.row, x, stop.arrival_s, within)[0])
    return stop.start_s if stop.start_s > soonest else 0


def _is_before(route: Route, taken: BreakTaken) -> bool:
    """Tell whether a break is over before the departure."""
    return taken.end_s <= route.departure_s


@kernel
def _sample(
    tables: Tables,
    number: Ints,
    since: Ints,
    gaps: Ints,
    begin_s: Ints,
    travel_s: Ints,
    work_s: Ints,
    starts: Ints,
) -> None:
    """Walk along the stops ``number`` once a sample; ``gaps`` (n_breaks, 2): before which stop, which row of lists."""
    for sample in range(len(begin_s)):
        at_s, taken = begin_s[sample], 0
        for k in range(len(number)):
            x, left_s = number[k], at_s
            ready, free, pause, unpaid, room = left_s + travel_s[sample, k], left_s, 0, 0, 0
            while taken < len(gaps) and gaps[taken, 0] == k:
                row = gaps[taken, 1]
                free = max(free, tables.row[row, EARLIEST])
                ready, free, pause, unpaid, room = take_break(tables.row, row, left_s, ready, free, pause, unpaid, room)
                taken += 1
            within = work_s[sample, k] if tables.stop[x, VISIT] < 0 else 0
            ready = max(ready, since[k])
            start, _ = next_start(tables.stop, tables.row, x, ready, within)
            if start >= NEVER:
                start = max(ready, tables.stop[x, RELEASE])
            starts[sample, k] = start
            at_s = start + work_s[sample, k]
