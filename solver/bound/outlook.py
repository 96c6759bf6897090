"""The outlook: the least that a route can still cost from a site and a time on, whatever came before.

Backwards over short spans of time. A visit may come again, only not right after the one between: that is what makes it
quick, and a lower bound. Completion bounds of this kind: Christofides, Mingozzi & Toth 1981, "State-space relaxation
procedures for the computation of bounds to routing problems"; Houck et al. 1980 for the exclusion of cycles of two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.bound.sites import SERVICE_S, VISIT_THERE
from solver.bound.stepping import (
    breaks_of,
    clock_wage,
    closing,
    closing_ticks,
    fits,
    late_ticks,
    pause_s,
    ready_s,
    retime_floor,
    start_s,
    unpaid_s,
    work_s,
)
from solver.columns import HEAD_BREAKS, HEAD_TIME
from solver.jit import inlined, inner, kernel
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.rules.windows import NEVER

if TYPE_CHECKING:
    from solver.bound.sites import Sites
    from solver.problem import Ints
    from solver.tables import Tables

LEAST, BY, LEAST_ELSE, OUTLOOK_COLUMNS = range(4)
"""Of a site and a span: the least ticks, the site that comes next for them, and the least by any other site."""


@inlined
def span_of(shift: Ints, s: int, width: int, time_s: int) -> int:
    """Return the span in which ``time_s`` lies."""
    return (time_s - shift[s, HEAD_TIME]) // width


@inlined
def least_from(outlook: Ints, taken: int, k: int, j: int, without: int) -> int:
    """Return the least ticks from site ``j`` and span ``k`` on if the next one is not site ``without``."""
    return outlook[taken, k, j, LEAST if outlook[taken, k, j, BY] != without else LEAST_ELSE]


@inlined
def _note(outlook: Ints, taken: int, k: int, i: int, j: int, ticks: int) -> bool:
    """Take in that going on to ``j`` costs ``ticks``; tell whether that changes anything."""
    if ticks >= outlook[taken, k, i, LEAST_ELSE]:
        return False
    if outlook[taken, k, i, BY] == j:
        if ticks >= outlook[taken, k, i, LEAST]:
            return False
        outlook[taken, k, i, LEAST] = ticks
    elif ticks < outlook[taken, k, i, LEAST]:
        outlook[taken, k, i, LEAST_ELSE] = outlook[taken, k, i, LEAST]
        outlook[taken, k, i, LEAST] = ticks
        outlook[taken, k, i, BY] = j
    else:
        outlook[taken, k, i, LEAST_ELSE] = ticks
    return True


@inlined
def _latest_start(
    tables: Tables, site: Ints, reach: Ints, s: int, last: int, leg: int, taken: int, until: int, j: int
) -> int:
    """Return the last start at site ``j`` of routes that complete the stop before by ``last``."""
    ready = ready_s(tables.shift, tables.row, s, last, leg, taken, until)
    start = NEVER if ready >= NEVER else start_s(tables, site, j, ready, 0)
    return min(start, reach[j, 1] - site[j, SERVICE_S])


@inner
def _step(
    tables: Tables,
    sites: Sites,
    price: Ints,
    reach: Ints,
    outlook: Ints,
    s: int,
    width: int,
    taken: int,
    k: int,
    i: int,
    j: int,
) -> bool:
    """Take in all ways from site ``i``, completed in span ``k``, to site ``j``."""
    shift, row = tables.shift, tables.row
    wage, leg, x = clock_wage(shift, s), sites.leg_s[i, j], sites.site[j, VISIT_THERE]
    first = shift[s, HEAD_TIME] + k * width
    last = first + width - 1
    changed = False
    for until in range(taken, breaks_of(shift, s) + 1):
        ready = ready_s(shift, row, s, first, leg, taken, until)
        if ready >= NEVER:
            break
        pause = pause_s(shift, row, s, taken, until)
        credit = wage * unpaid_s(shift, row, s, taken, until)
        for waits in range(2):
            start = start_s(tables, sites.site, j, ready, waits)
            end = start + sites.site[j, SERVICE_S]
            if start >= NEVER or not fits(tables, s, until, end):
                continue
            late_start = start if waits else _latest_start(tables, sites.site, reach, s, last, leg, taken, until, j)
            elapsed = max(work_s(sites.site, sites.leg_s, i, j) + pause, end - last)
            ticks = sites.leg_ticks[i, j] + price[j] + wage * elapsed - credit + late_ticks(tables, x, start, end)
            ticks += retime_floor(tables.stop, x, start, late_start)
            late_end = max(end, late_start + sites.site[j, SERVICE_S])
            rest = FORBIDDEN
            for span in range(span_of(shift, s, width, end), span_of(shift, s, width, late_end) + 1):
                rest = min(rest, least_from(outlook, until, span, j, i))
            if rest < FORBIDDEN and _note(outlook, taken, k, i, j, ticks + rest):
                changed = True
    return changed


@inner
def _close(tables: Tables, sites: Sites, outlook: Ints, s: int, width: int, taken: int, k: int, i: int) -> None:
    """Take in the way from site ``i``, completed in span ``k``, to the end."""
    shift, row, wage = tables.shift, tables.row, clock_wage(tables.shift, s)
    first = shift[s, HEAD_TIME] + k * width
    end, until = closing(tables, sites.leg_s, s, i, first, taken)
    if end >= NEVER:
        return
    worked = sites.leg_s[i, 0] + pause_s(shift, row, s, taken, until) - unpaid_s(shift, row, s, taken, until)
    _note(outlook, taken, k, i, 0, wage * worked + closing_ticks(tables, sites.leg_ticks, s, i, end))


@kernel
def look_ahead(
    tables: Tables,
    sites: Sites,
    price: Ints,
    reach: Ints,
    outlook: Ints,
    s: int,
    width: int,
    rounds: int,
    since: int,
    down_to: int,
) -> None:
    """Fill ``outlook`` (breaks taken, spans of ``width`` seconds, sites, OUTLOOK_COLUMNS) for shift ``s``.

    From span ``since`` down to ``down_to``, those after them being filled. Ticks are counted without the wage up to the
    beginning. ``price`` (sites,) is what serving each costs, less its dual. ``reach`` (sites, 2) are the first and the
    last completion. ``rounds`` is how many stops a span can hold.
    """
    n, behind = len(price), tables.shift[s, HEAD_BREAKS]
    for k in range(since, down_to - 1, -1):
        for taken in range(breaks_of(tables.shift, s), behind - 1, -1):
            for i in range(n):
                outlook[taken, k, i, LEAST] = FORBIDDEN
                outlook[taken, k, i, BY] = -1
                outlook[taken, k, i, LEAST_ELSE] = FORBIDDEN
                if i > 0 and _is_met(tables.shift, reach, s, width, k, i):
                    _close(tables, sites, outlook, s, width, taken, k, i)
        for _ in range(rounds):
            if not _look_from(tables, sites, price, reach, outlook, s, width, k):
                break


@inner
def _look_from(
    tables: Tables, sites: Sites, price: Ints, reach: Ints, outlook: Ints, s: int, width: int, k: int
) -> bool:
    """Take in all steps from span ``k``; tell whether that changes anything."""
    n, changed = len(price), False
    for taken in range(breaks_of(tables.shift, s), tables.shift[s, HEAD_BREAKS] - 1, -1):
        for i in range(1, n):
            if _is_met(tables.shift, reach, s, width, k, i):
                for j in range(1, n):
                    if sites.leg_s[i, j] < UNREACHABLE and _step(
                        tables, sites, price, reach, outlook, s, width, taken, k, i, j
                    ):
                        changed = True
    return changed


@inlined
def _is_met(shift: Ints, reach: Ints, s: int, width: int, k: int, i: int) -> bool:
    """Tell whether site ``i`` can be completed in span ``k``."""
    first = shift[s, HEAD_TIME] + k * width
    return reach[i, 0] < first + width and first <= reach[i, 1]
