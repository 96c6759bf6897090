"""A proven lower bound on the cost of every plan, at once and without a search.

Each visit is charged the least that serving it can add to any route, or its drop price where that is less: its
service and the shortest way to it from anywhere at the price of time, the shortest distance, the price of the pair,
and lateness as if it were the first visit of the day. Nothing is charged for the way to the end place, waiting,
overtime and call-outs, so the bound is valid whatever the plan, and weak where those weigh much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.columns import (
    ASSIGN,
    CHEAPEST_WAY,
    DROP,
    FIXED,
    HEAD_COST,
    HEAD_DEPARTURE,
    HEAD_DISTANCE,
    HEAD_PLACE,
    HEAD_TIME,
    HEAD_UNPAID,
    HEAD_VISITS,
    IS_FACT,
    METRES,
    PER_METRE,
    PER_VISIT,
    PERMILLE,
    PLACE,
    PROFILE,
    RESPONSE_END,
    RESPONSE_FIRST,
    RESTORE_END,
    RESTORE_FIRST,
    SECONDS,
    SERVICE,
    SOURCING_TICKS,
    TECHNICIAN,
    VISIT,
    WAGE,
)
from solver.jit import inlined, inner, kernel
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.rules.lateness import step_ticks
from solver.rules.pins import shift_allows
from solver.rules.wage import paid_from_s
from solver.rules.windows import NEVER, next_start

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.tables import Tables


def lower_bound_ticks(tables: Tables) -> int:
    """Return a cost in ticks that no plan can undercut."""
    nearest_s, nearest_m = (_nearest(tables, unit) for unit in (SECONDS, METRES))
    return int(_facts_floor(tables) + _visits_floor(tables, nearest_s, nearest_m))


def _nearest(tables: Tables, unit: int) -> Ints:
    """Return the shortest way to each visit from any other stop (n_profiles, n_visits), before any speed."""
    owner, places, n_visits = tables.stop[:, VISIT], tables.stop[:, PLACE], len(tables.pair)
    nearest = np.full((len(tables.travel), n_visits), UNREACHABLE, np.int64)
    for profile in range(len(tables.travel)):
        for v in range(n_visits):
            ways = tables.travel[profile, places[owner != v], places[v], unit].astype(np.int64)
            nearest[profile, v] = ways.min(initial=UNREACHABLE)
    return nearest


@inlined
def _least_way(tables: Tables, nearest: Ints, s: int, v: int, unit: int) -> int:
    """Return the shortest way of shift ``s`` to visit ``v``: from another visit or from where it begins."""
    shift = tables.shift
    origin = np.int64(tables.travel[shift[s, PROFILE], shift[s, HEAD_PLACE], tables.stop[v, PLACE], unit])
    return min(nearest[shift[s, PROFILE], v], origin)


@inner
def _pair_floor(tables: Tables, nearest_s: Ints, nearest_m: Ints, v: int, s: int) -> int:
    """Return the least that visit ``v`` adds to any route of shift ``s``, FORBIDDEN where it cannot be there."""
    visit, shift = tables.stop, tables.shift
    technician = shift[s, TECHNICIAN]
    assign, service = tables.pair[v, technician, ASSIGN], tables.pair[v, technician, SERVICE]
    seconds = _least_way(tables, nearest_s, s, v, SECONDS)
    if assign >= FORBIDDEN or seconds >= UNREACHABLE or not shift_allows(visit, v, s):
        return FORBIDDEN
    seconds = (seconds * shift[s, PERMILLE] + 500) // 1000
    start = next_start(visit, tables.row, v, shift[s, HEAD_TIME] + seconds, 0)[0]
    if start >= NEVER:
        return FORBIDDEN
    return (
        shift[s, WAGE] * (seconds + service)
        + shift[s, PER_METRE] * _least_way(tables, nearest_m, s, v, METRES)
        + shift[s, PER_VISIT]
        + assign
        + visit[visit[v, CHEAPEST_WAY], SOURCING_TICKS]
        + step_ticks(tables.row, visit[v, RESPONSE_FIRST], visit[v, RESPONSE_END], start)
        + step_ticks(tables.row, visit[v, RESTORE_FIRST], visit[v, RESTORE_END], start + service)
    )


@kernel
def _visits_floor(tables: Tables, nearest_s: Ints, nearest_m: Ints) -> int:
    """Return the sum over the visits of the least that serving or leaving out costs."""
    total = 0
    for v in range(len(tables.pair)):
        if tables.stop[v, IS_FACT]:
            continue
        least = tables.stop[v, DROP]
        for s in range(len(tables.shift)):
            least = min(least, _pair_floor(tables, nearest_s, nearest_m, v, s))
        total += least
    return total


@kernel
def _facts_floor(tables: Tables) -> int:
    """Return what the facts have cost already, whatever comes after them."""
    shift, total = tables.shift, 0
    for s in range(len(shift)):
        if shift[s, HEAD_VISITS] == 0:
            continue
        paid = shift[s, HEAD_TIME] - paid_from_s(shift, s, shift[s, HEAD_DEPARTURE]) - shift[s, HEAD_UNPAID]
        total += (
            shift[s, HEAD_COST]
            + shift[s, WAGE] * paid
            + shift[s, PER_METRE] * shift[s, HEAD_DISTANCE]
            + shift[s, FIXED]
            + shift[s, PER_VISIT] * shift[s, HEAD_VISITS]
        )
    return total
