"""One step of a route for the pricer: the rules of ``solver.schedule``, each on its safe side.

A step leads from the completion of one stop to that of the next; ``until`` is how many breaks are taken or behind then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.bound.sites import SERVICE_S, VISIT_THERE
from solver.columns import (
    BREAK_END,
    BREAK_FIRST,
    DEPARTURE_PAID,
    DURATION,
    EARLIEST,
    END_PLACE,
    FAIRNESS_END,
    FAIRNESS_FIRST,
    HARD_END,
    HEAD_IS_DEPARTED,
    LATEST,
    MEETING_END,
    MEETING_FIRST,
    PAID,
    PROMISED_FROM,
    PROMISED_TO,
    RATE,
    RESPONSE_END,
    RESPONSE_FIRST,
    RESTOCK_END,
    RESTOCK_FIRST,
    RESTORE_END,
    RESTORE_FIRST,
    RETIME,
    TARGET,
    WAGE,
    WINDOW_END,
    WINDOW_FIRST,
)
from solver.jit import inlined, inner
from solver.problem import UNREACHABLE
from solver.rules.breaks import is_due
from solver.rules.fairness import fairness_ticks
from solver.rules.lateness import step_ticks
from solver.rules.wage import overtime_ticks
from solver.rules.windows import NEVER, next_start

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.tables import Tables


@inlined
def clock_wage(shift: Ints, s: int) -> int:
    """Return the ticks for each second of shift ``s``, 0 where the moment from which it is paid is not known."""
    return shift[s, WAGE] if shift[s, DEPARTURE_PAID] == 0 or shift[s, HEAD_IS_DEPARTED] else 0


@inlined
def work_wage(shift: Ints, s: int) -> int:
    """Return the ticks for each second of work of shift ``s`` where it is paid from a departure that is yet to come."""
    return shift[s, WAGE] - clock_wage(shift, s)


@inlined
def latest_start(stop: Ints, row: Ints, x: int) -> int:
    """Return the last start that the windows of visit ``x`` allow, NEVER where it has none."""
    if stop[x, WINDOW_FIRST] == stop[x, WINDOW_END]:
        return NEVER
    return row[stop[x, WINDOW_END] - 1, LATEST]


@inlined
def ready_s(shift: Ints, row: Ints, s: int, since_s: int, leg: int, taken: int, until: int) -> int:
    """Return when a stop can begin after ``leg`` seconds and the breaks from ``taken`` on, NEVER if one is too late."""
    ready, free = since_s + leg, since_s
    for at in range(shift[s, BREAK_FIRST] + taken, shift[s, BREAK_FIRST] + until):
        free = max(free, row[at, EARLIEST])
        if free > row[at, LATEST]:
            return NEVER
        ready = max(ready, row[at, EARLIEST]) + row[at, DURATION]
        free += row[at, DURATION]
    return ready


@inlined
def unpaid_s(shift: Ints, row: Ints, s: int, taken: int, until: int) -> int:
    """Return the seconds of the unpaid breaks from ``taken`` on."""
    total = 0
    for at in range(shift[s, BREAK_FIRST] + taken, shift[s, BREAK_FIRST] + until):
        total += row[at, DURATION] * (1 - row[at, PAID])
    return total


@inlined
def pause_s(shift: Ints, row: Ints, s: int, taken: int, until: int) -> int:
    """Return the seconds of all breaks from ``taken`` on."""
    total = 0
    for at in range(shift[s, BREAK_FIRST] + taken, shift[s, BREAK_FIRST] + until):
        total += row[at, DURATION]
    return total


@inlined
def breaks_of(shift: Ints, s: int) -> int:
    """Return the number of breaks of shift ``s``."""
    return shift[s, BREAK_END] - shift[s, BREAK_FIRST]


@inlined
def start_s(tables: Tables, site: Ints, j: int, ready: int, waits: int) -> int:
    """Return when the visit of site ``j`` begins: as soon as it can, or, if it ``waits``, in its promised interval.

    NEVER where there is no such start, or where waiting is the same.
    """
    x = site[j, VISIT_THERE]
    if waits and tables.stop[x, PROMISED_FROM] < 0:
        return NEVER
    start = next_start(tables.stop, tables.row, x, ready, 0)[0]
    if waits == 0 or start >= NEVER:
        return start
    if tables.stop[x, PROMISED_FROM] <= start:
        return NEVER
    later = next_start(tables.stop, tables.row, x, tables.stop[x, PROMISED_FROM], 0)[0]
    return later if later <= tables.stop[x, PROMISED_TO] else NEVER


@inlined
def fits(tables: Tables, s: int, taken: int, end_s: int) -> bool:
    """Tell whether a route can go on until ``end_s`` with only so many breaks taken before."""
    return end_s <= tables.shift[s, HARD_END] and not is_due(tables.shift, tables.row, s, taken, end_s)


@inlined
def late_ticks(tables: Tables, x: int, start: int, end: int) -> int:
    """Return the price of lateness and downtime of visit ``x``."""
    stop, row = tables.stop, tables.row
    return step_ticks(row, stop[x, RESPONSE_FIRST], stop[x, RESPONSE_END], start) + step_ticks(
        row, stop[x, RESTORE_FIRST], stop[x, RESTORE_END], end
    )


@inlined
def retime_floor(stop: Ints, x: int, start: int, last: int) -> int:
    """Return the price of the promise that is broken by every start from ``start`` to ``last``."""
    if stop[x, PROMISED_FROM] < 0 or (start <= stop[x, PROMISED_TO] and last >= stop[x, PROMISED_FROM]):
        return 0
    return stop[x, RETIME]


@inner
def fairness_floor(tables: Tables, s: int, workload: int) -> int:
    """Return the least price of a route with at least this ``workload``, and exactly this if it stops at visits only.

    It is convex, as the pricer wants it: where the rates are not, it is nothing.
    """
    shift = tables.shift
    for at in range(shift[s, FAIRNESS_FIRST], shift[s, FAIRNESS_END]):
        if tables.row[at, RATE] < 0:
            return 0
    if shift[s, RESTOCK_FIRST] < shift[s, RESTOCK_END] or shift[s, MEETING_FIRST] < shift[s, MEETING_END]:
        workload = max(workload, shift[s, TARGET])
    return fairness_ticks(tables.row, shift, s, workload)


@inlined
def closing(tables: Tables, leg_s: Ints, s: int, i: int, since_s: int, taken: int) -> tuple[int, int]:
    """Return when a route ends after site ``i`` (NEVER: it cannot) and how many breaks are taken then."""
    shift, row, leg = tables.shift, tables.row, leg_s[i, 0]
    if leg >= UNREACHABLE:
        return NEVER, taken
    for until in range(taken, breaks_of(shift, s) + 1):
        ready = ready_s(shift, row, s, since_s, leg, taken, until)
        if ready > shift[s, HARD_END] or (until > taken and shift[s, END_PLACE] < 0):
            return NEVER, until
        if not is_due(shift, row, s, until, ready):
            return ready, until
    return NEVER, taken


@inlined
def closing_ticks(tables: Tables, leg_ticks: Ints, s: int, i: int, end: int) -> int:
    """Return what the way to the end and overtime cost, without the wage."""
    return leg_ticks[i, 0] + overtime_ticks(tables.shift, s, end)


@inlined
def work_s(site: Ints, leg_s: Ints, i: int, j: int) -> int:
    """Return the seconds of work that site ``j`` adds after site ``i``."""
    return leg_s[i, j] + site[j, SERVICE_S]
