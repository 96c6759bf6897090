"""Where a route of one shift can lead, and what each leg and each visit there costs at least.

Site 0 is where the decided part of the route begins and, as a destination, where it ends; the others are the visits
that the shift can serve. What the pricer does not model is left out on the safe side: parts are got in the cheapest
way, handling takes no time, and where a route may stop at stock locations or meetings, a leg is the shortest way by
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import solver.columns as col
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.tables import Tables

VISIT_THERE, SERVICE_S, TICKS, SITE_COLUMNS = range(4)
"""Of a site: its visit, how long that takes, and what serving it costs whatever the route."""


class Sites(NamedTuple):
    """``site`` (n, SITE_COLUMNS); ``leg_s`` and ``leg_ticks`` (n, n) from one to another, at 0 from start and to end.

    Ticks of a leg are those of its distance, and of its time where pay begins at a departure that is yet to come: what
    is paid of waiting then depends on the route.
    ``leg_m`` (n, n) metres.
    """

    site: Ints
    leg_s: Ints
    leg_m: Ints
    leg_ticks: Ints


def pays_by_clock(tables: Tables, s: int) -> bool:
    """Tell whether the moment from which shift ``s`` is paid is known before its route is."""
    return bool(tables.shift[s, col.DEPARTURE_PAID] == 0 or tables.shift[s, col.HEAD_IS_DEPARTED])


def opening_ticks(tables: Tables, s: int, idle_ticks: int) -> int:
    """Return what a route of shift ``s`` costs from its first decided stop on, less what it costs to stay idle.

    The wage by the clock is counted from time 0, so what lies before the time from which it is paid is taken off.
    """
    shift = tables.shift[s].tolist()
    ticks = shift[col.HEAD_COST] + shift[col.PER_METRE] * shift[col.HEAD_DISTANCE] + shift[col.FIXED] - idle_ticks
    ticks += shift[col.PER_VISIT] * shift[col.HEAD_VISITS]
    if pays_by_clock(tables, s):
        paid_from = shift[col.HEAD_DEPARTURE] if shift[col.DEPARTURE_PAID] else shift[col.SHIFT_START]
        ticks -= shift[col.WAGE] * (paid_from + shift[col.HEAD_UNPAID])
    return int(ticks)


def reach_of(tables: Tables, s: int, site: Ints) -> Ints:
    """Return (sites, 2) before when no visit can be completed, and after when none can."""
    shift, stop, row = tables.shift[s], tables.stop, tables.row
    visit, service = site[1:, VISIT_THERE], site[1:, SERVICE_S]
    reach = np.empty((len(site), 2), np.int64)
    reach[:, 0], reach[:, 1] = shift[col.HEAD_TIME], shift[col.HARD_END]
    first, end = stop[visit, col.WINDOW_FIRST], stop[visit, col.WINDOW_END]
    timed = np.flatnonzero(first < end)
    opens, closes = row[first[timed], col.EARLIEST], row[end[timed] - 1, col.LATEST]
    reach[1:, 0] += service
    reach[1 + timed, 0] = np.maximum(reach[1 + timed, 0], opens + service[timed])
    reach[1 + timed, 1] = np.minimum(reach[1 + timed, 1], closes + service[timed])
    return reach


def _other_places(tables: Tables, s: int) -> Ints:
    shift, row = tables.shift[s], tables.row
    restocks = row[shift[col.RESTOCK_FIRST] : shift[col.RESTOCK_END], 0]
    meetings = row[shift[col.MEETING_FIRST] : shift[col.MEETING_END], :2].ravel()
    places: Ints = np.unique(tables.stop[np.concatenate([restocks, meetings]), col.PLACE])
    return places


def sites_of(tables: Tables, s: int) -> Sites:
    """Return the sites of shift ``s``."""
    shift, stop = tables.shift[s], tables.stop
    visits = _served(tables, s)
    places = stop[visits, col.PLACE]
    origins = np.append(shift[col.HEAD_PLACE], places)
    is_open = shift[col.END_PLACE] < 0
    destinations = np.append(origins[0] if is_open else shift[col.END_PLACE], places)
    leg_s, leg_m = _legs(tables, s, origins, destinations)
    if is_open:
        leg_s[:, 0] = leg_m[:, 0] = 0
    _forbid(leg_s, stop[visits, col.PIN_RANK])
    by_work = 0 if pays_by_clock(tables, s) else int(shift[col.WAGE])
    leg_ticks = shift[col.PER_METRE] * leg_m + by_work * np.where(leg_s < UNREACHABLE, leg_s, 0)
    return Sites(_site_rows(tables, s, visits, by_work), leg_s, leg_m, leg_ticks)


def _served(tables: Tables, s: int) -> Ints:
    """Return the visits that shift ``s`` may serve by the rules on pairs."""
    stop, n = tables.stop, len(tables.pair)
    pinned = stop[:n, col.PIN_SHIFT]
    allowed = tables.pair[:, tables.shift[s, col.TECHNICIAN], col.ASSIGN] < FORBIDDEN
    visits: Ints = np.flatnonzero(allowed & (stop[:n, col.IS_FACT] == 0) & ((pinned < 0) | (pinned == s)))
    return visits


def _site_rows(tables: Tables, s: int, visits: Ints, by_work: int) -> Ints:
    shift, stop = tables.shift[s], tables.stop
    pair = tables.pair[visits, shift[col.TECHNICIAN]]
    site = np.zeros((len(visits) + 1, SITE_COLUMNS), np.int64)
    site[1:, VISIT_THERE] = visits
    site[1:, SERVICE_S] = pair[:, col.SERVICE]
    sourcing = stop[stop[visits, col.CHEAPEST_WAY], col.SOURCING_TICKS]
    site[1:, TICKS] = pair[:, col.ASSIGN] + sourcing + shift[col.PER_VISIT] + by_work * pair[:, col.SERVICE]
    return site


def _legs(tables: Tables, s: int, origins: Ints, destinations: Ints) -> tuple[Ints, Ints]:
    """Return seconds and metres (origins, destinations), by other places where that is shorter."""
    by = _other_places(tables, s)
    rows, columns = np.concatenate([origins, by]), np.concatenate([destinations, by])
    ways = tables.travel[tables.shift[s, col.PROFILE], rows[:, None], columns[None, :]].astype(np.int64)
    seconds, metres = ways[..., col.SECONDS], ways[..., col.METRES]
    seconds = np.where(seconds < UNREACHABLE, (seconds * tables.shift[s, col.PERMILLE] + 500) // 1000, UNREACHABLE)
    metres = np.where(seconds < UNREACHABLE, metres, UNREACHABLE)
    for k in range(len(by)):
        row, column = len(origins) + k, len(destinations) + k
        seconds = np.minimum(seconds, seconds[:, column, None] + seconds[None, row, :])
        metres = np.minimum(metres, metres[:, column, None] + metres[None, row, :])
    n = len(origins)
    return seconds[:n, : len(destinations)].copy(), metres[:n, : len(destinations)].copy()


def _forbid(leg_s: Ints, rank: Ints) -> None:
    """Forbid legs from a site to itself and against the ranks of pins."""
    np.fill_diagonal(leg_s[1:, 1:], UNREACHABLE)
    ranked = rank >= 0
    against = ranked[:, None] & ranked[None, :] & (rank[None, :] <= rank[:, None])
    leg_s[1:, 1:][against] = UNREACHABLE
