"""The pricer: the cheapest route of a shift, each visit's dual taken off, by labels that are best first.

`label` has what a label is, `dominance` which ones are kept.

References
----------
Baldacci, Mingozzi & Roberti 2011, "New route relaxation and pricing strategies for the vehicle routing problem".
Irnich & Desaulniers 2005, "Shortest path problems with resource constraints".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.bound.dominance import is_kept
from solver.bound.label import (
    COST,
    DISTANCE,
    DRIVING,
    IS_GONE,
    LABEL_COLUMNS,
    NOT_WAITED,
    PARENT,
    SITE,
    TAKEN,
    TIME,
    VISITS,
    WAITED,
    WORKLOAD,
    level,
    remembers,
    with_wage,
)
from solver.bound.outlook import BY, LEAST, LEAST_ELSE, span_of
from solver.bound.sites import SERVICE_S, VISIT_THERE
from solver.bound.stepping import (
    breaks_of,
    closing,
    closing_ticks,
    fairness_floor,
    fits,
    late_ticks,
    latest_start,
    ready_s,
    retime_floor,
    start_s,
    unpaid_s,
    work_s,
    work_wage,
)
from solver.columns import (
    FAIRNESS_END,
    FAIRNESS_FIRST,
    HARD_END,
    HEAD_BREAKS,
    HEAD_DISTANCE,
    HEAD_DRIVING,
    HEAD_TIME,
    HEAD_VISITS,
    HEAD_WORKLOAD,
    MEETING_END,
    MEETING_FIRST,
    TARGET,
)
from solver.jit import inlined, inner, kernel
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.rules.limits import exceeded
from solver.rules.windows import NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.bound.sites import Sites
    from solver.problem import Ints
    from solver.tables import Tables

LABELS, QUEUED, FOUND, BEST, COUNTERS = range(5)
LABEL, FOUND_TICKS = range(2)


@inlined
def _rest(memory: NDArray[np.uint64], outlook: Ints, label: Ints, x: int, k: int) -> int:
    """Return the least that the rest of the route of label ``x`` costs, completed in span ``k``."""
    i, taken = label[x, SITE], label[x, TAKEN]
    by = outlook[taken, k, i, BY]
    if by > 0 and remembers(memory, x, by):
        return outlook[taken, k, i, LEAST_ELSE]
    return outlook[taken, k, i, LEAST]


@inner
def _fairness_ahead(tables: Tables, label: Ints, s: int, x: int) -> int:
    """Return the least price of the workload of routes that begin as label ``x``."""
    shift, work = tables.shift, label[x, WORKLOAD]
    if shift[s, FAIRNESS_FIRST] == shift[s, FAIRNESS_END]:
        return 0
    most = work + shift[s, HARD_END] - label[x, TIME]
    if most < shift[s, TARGET]:
        return fairness_floor(tables, s, most)
    return fairness_floor(tables, s, work) if work > shift[s, TARGET] else 0


@inner
def _push(queue: Ints, counter: Ints, ticks: int, x: int) -> None:
    at = counter[QUEUED]
    counter[QUEUED] += 1
    while at > 0 and queue[(at - 1) >> 1, 0] > ticks:
        queue[at, 0], queue[at, 1] = queue[(at - 1) >> 1, 0], queue[(at - 1) >> 1, 1]
        at = (at - 1) >> 1
    queue[at, 0], queue[at, 1] = ticks, x


@inner
def _pop(queue: Ints, counter: Ints) -> None:
    """Take the first off the queue."""
    counter[QUEUED] -= 1
    n = counter[QUEUED]
    ticks, x, at = queue[n, 0], queue[n, 1], 0
    while 2 * at + 1 < n:
        child = 2 * at + 1
        if child + 1 < n and queue[child + 1, 0] < queue[child, 0]:
            child += 1
        if queue[child, 0] >= ticks:
            break
        queue[at, 0], queue[at, 1] = queue[child, 0], queue[child, 1]
        at = child
    queue[at, 0], queue[at, 1] = ticks, x


@inner
def _finish(tables: Tables, sites: Sites, label: Ints, found: Ints, counter: Ints, s: int, x: int, limit: int) -> None:
    """Note what the route of label ``x`` costs if it ends now, where that is below ``limit``."""
    shift, i = tables.shift, label[x, SITE]
    end, until = closing(tables, sites.leg_s, s, i, label[x, TIME], label[x, TAKEN])
    driving, distance = label[x, DRIVING] + sites.leg_s[i, 0], label[x, DISTANCE] + sites.leg_m[i, 0]
    if end >= NEVER or exceeded(shift, s, label[x, VISITS], driving, distance):
        return
    unpaid = unpaid_s(shift, tables.row, s, shift[s, HEAD_BREAKS], until)
    way = closing_ticks(tables, sites.leg_ticks, s, i, end)
    waited = label[x, WAITED] + way - work_wage(shift, s) * sites.leg_s[i, 0]
    ticks = with_wage(shift, s, label[x, COST] + way, waited, end - unpaid)
    ticks += fairness_floor(tables, s, label[x, WORKLOAD] + sites.leg_s[i, 0])
    if ticks >= limit:
        return
    counter[BEST] = min(counter[BEST], ticks)
    at = counter[FOUND]
    if at < len(found):
        counter[FOUND] += 1
    else:
        at = 0
        for other in range(len(found)):
            if found[other, FOUND_TICKS] > found[at, FOUND_TICKS]:
                at = other
        if ticks >= found[at, FOUND_TICKS]:
            return
    found[at, LABEL], found[at, FOUND_TICKS] = x, ticks


@inlined
def _waited(tables: Tables, label: Ints, s: int, x: int, visit: int, ticks: int, leg: int, service: int) -> int:
    """Return what the route of label ``x``, gone on to a visit for ``ticks``, costs if it departs as late as it can."""
    wage = work_wage(tables.shift, s)
    latest = latest_start(tables.stop, tables.row, visit)
    if wage == 0:
        return NOT_WAITED
    waited = label[x, WAITED] + ticks - wage * (leg + service)
    if latest >= NEVER:
        return max(waited, NOT_WAITED)
    return max(waited, label[x, COST] + ticks - wage * (service + latest))


@inner
def _extend(
    tables: Tables,
    sites: Sites,
    price: Ints,
    near: NDArray[np.uint64],
    outlook: Ints,
    label: Ints,
    memory: NDArray[np.uint64],
    queue: Ints,
    first: Ints,
    found: Ints,
    counter: Ints,
    s: int,
    width: int,
    x: int,
    j: int,
    ceiling: int,
    slack: int,
) -> None:
    """Add the labels that go on from label ``x`` to site ``j``."""
    shift, i, visit = tables.shift, label[x, SITE], sites.site[j, VISIT_THERE]
    leg, service = sites.leg_s[i, j], sites.site[j, SERVICE_S]
    driving, distance = label[x, DRIVING] + leg, label[x, DISTANCE] + sites.leg_m[i, j]
    if exceeded(shift, s, label[x, VISITS] + 1, driving, distance):
        return
    for until in range(label[x, TAKEN], breaks_of(shift, s) + 1):
        ready = ready_s(shift, tables.row, s, label[x, TIME], leg, label[x, TAKEN], until)
        if ready >= NEVER:
            return
        for waits in range(2):
            start = start_s(tables, sites.site, j, ready, waits)
            end = start + service
            if start >= NEVER or not fits(tables, s, until, end):
                continue
            new, limit = counter[LABELS], min(ceiling, counter[BEST] + slack)
            label[new, SITE] = j
            label[new, TIME] = end
            ticks = sites.leg_ticks[i, j] + price[j] + late_ticks(tables, visit, start, end)
            ticks += retime_floor(tables.stop, visit, start, start)
            label[new, COST] = label[x, COST] + ticks
            label[new, WAITED] = _waited(tables, label, s, x, visit, ticks, leg, service)
            label[new, WORKLOAD] = label[x, WORKLOAD] + work_s(sites.site, sites.leg_s, i, j)
            label[new, TAKEN] = until
            label[new, VISITS] = label[x, VISITS] + 1
            label[new, DRIVING] = driving
            label[new, DISTANCE] = distance
            label[new, PARENT] = x
            label[new, IS_GONE] = 0
            for word in range(memory.shape[1]):
                memory[new, word] = memory[x, word] & near[j, word]
            memory[new, j >> 6] |= np.uint64(1) << np.uint64(j & 63)
            rest = _rest(memory, outlook, label, new, span_of(shift, s, width, end))
            if rest >= FORBIDDEN:
                continue
            least = level(tables, label, s, new) + rest + _fairness_ahead(tables, label, s, new)
            if least < limit and is_kept(tables, label, memory, first, s, new):
                counter[LABELS] += 1
                _finish(tables, sites, label, found, counter, s, new, limit)
                _push(queue, counter, least, new)


@kernel
def begin_pricing(
    tables: Tables, label: Ints, memory: NDArray[np.uint64], queue: Ints, first: Ints, counter: Ints, s: int, ticks: int
) -> None:
    """Write the label of shift ``s`` before its first stop, when ``ticks`` are spent already."""
    shift = tables.shift
    first[:] = -1
    counter[:] = 0
    counter[BEST] = FORBIDDEN
    counter[LABELS] = 1
    for column in range(LABEL_COLUMNS):
        label[0, column] = 0
    label[0, TIME] = shift[s, HEAD_TIME]
    label[0, COST] = ticks
    label[0, WAITED] = NOT_WAITED
    label[0, WORKLOAD] = shift[s, HEAD_WORKLOAD]
    label[0, TAKEN] = shift[s, HEAD_BREAKS]
    label[0, VISITS] = shift[s, HEAD_VISITS]
    label[0, DRIVING] = shift[s, HEAD_DRIVING]
    label[0, DISTANCE] = shift[s, HEAD_DISTANCE]
    for word in range(memory.shape[1]):
        memory[0, word] = np.uint64(0)
    _push(queue, counter, -FORBIDDEN, 0)


@kernel
def explore(
    tables: Tables,
    sites: Sites,
    price: Ints,
    near: NDArray[np.uint64],
    outlook: Ints,
    label: Ints,
    memory: NDArray[np.uint64],
    queue: Ints,
    first: Ints,
    found: Ints,
    counter: Ints,
    s: int,
    width: int,
    ceiling: int,
    slack: int,
    most: int,
) -> bool:
    """Extend up to ``most`` labels, best first; tell whether no route below ``ceiling`` and the best is left to find.

    ``found`` (any, 2) LABEL and FOUND_TICKS of routes below ``ceiling``, those up to ``slack`` above the best as well.
    Ends also where there is no room for more labels.
    """
    n = len(price)
    for _ in range(most):
        if counter[QUEUED] == 0 or queue[0, 0] >= min(ceiling, counter[BEST] + slack):
            return True
        if counter[LABELS] + 2 * n * (breaks_of(tables.shift, s) + 1) > len(label):
            return False
        x = queue[0, 1]
        _pop(queue, counter)
        if label[x, IS_GONE]:
            continue
        if x == 0 and tables.shift[s, MEETING_FIRST] < tables.shift[s, MEETING_END]:
            _finish(tables, sites, label, found, counter, s, x, ceiling)  # a route may only hand parts over
        for j in range(1, n):
            if sites.leg_s[label[x, SITE], j] < UNREACHABLE and not remembers(memory, x, j):
                _extend(
                    tables,
                    sites,
                    price,
                    near,
                    outlook,
                    label,
                    memory,
                    queue,
                    first,
                    found,
                    counter,
                    s,
                    width,
                    x,
                    j,
                    ceiling,
                    slack,
                )
    return False
