"""A row for each stop, as ``solver.stops`` numbers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import solver.columns as col
from solver.laying_out.lists import stack
from solver.problem import FREE, NONE, ORDER_FIXED, START_FIXED
from solver.rules import unplanned
from solver.rules.tools import is_lent
from solver.stops import StopNumbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.laying_out.lists import Lists
    from solver.laying_out.supplies import Supplies
    from solver.problem import Bools, Ints, Problem


def stop_table(problem: Problem, lists: Lists, supplies: Supplies) -> Ints:
    """Return the rows of all stops: visits as stated, by their other sourcings, restocks, gives and takes."""
    visits = _visit_columns(problem, lists)
    stated = np.arange(problem.n_visits)
    owner = np.concatenate([stated, problem.sourcings.visit])
    columns = {column: values[owner] for column, values in visits.items()} | _way_columns(problem, lists, supplies)
    places = _place_columns(problem, lists, supplies)
    return np.concatenate([stack(columns, col.STOP_COLUMNS), stack(places, col.STOP_COLUMNS)])


def _visit_columns(problem: Problem, lists: Lists) -> dict[int, Ints | Bools]:
    """Return what does not depend on how a visit gets its parts, (n_visits,) each."""
    visits = problem.visits
    every = range(len(visits))
    is_fact = np.zeros(len(visits), np.int64)
    is_fact[problem.shifts.fact_visit.values] = 1
    windows = lists.add(_windows(problem, v) for v in every)
    response = lists.add(sorted(visits.response.row(v)) for v in every)
    restore = lists.add(_restore_steps(problem, v) for v in every)
    none, zero = np.full(len(visits), NONE), np.zeros(len(visits), np.int64)
    return {
        col.VISIT: np.arange(len(visits)),
        col.PLACE: visits.place,
        col.WINDOW_FIRST: windows[0],
        col.WINDOW_END: windows[1],
        col.RESPONSE_FIRST: response[0],
        col.RESPONSE_END: response[1],
        col.RESTORE_FIRST: restore[0],
        col.RESTORE_END: restore[1],
        col.PIN_SHIFT: np.where(visits.pin_level == FREE, NONE, visits.pin_shift),
        col.PIN_RANK: np.where(visits.pin_level < ORDER_FIXED, NONE, visits.pin_rank),
        col.PROMISED_FROM: visits.promised_from_s,
        col.PROMISED_TO: visits.promised_to_s,
        col.RETIME: visits.retime_ticks,
        col.DROP: unplanned.total_ticks(problem),
        col.IS_FACT: is_fact,
        col.SUPPLY: none,
        col.HANDLING: zero,
        col.LINE: zero,
        col.IS_GIVE: zero,
        col.OTHER_SIDE: none,
    }


def _way_columns(problem: Problem, lists: Lists, supplies: Supplies) -> dict[int, Ints]:
    """Return what depends on how a visit gets its parts, (n_visits + n_sourcings,) each."""
    visits, sourcings = problem.visits, problem.sourcings
    owner = np.concatenate([np.arange(len(visits)), sourcings.visit])
    released = np.where(visits.pin_level == START_FIXED, 0, visits.release_s)[owner]
    released[len(visits) :] = np.maximum(released[len(visits) :], sourcings.release_s)
    needs = lists.add(_needs(problem, way, int(v)) for way, v in enumerate(owner))
    parcels = lists.add(_parcels(problem, lists, supplies, way - len(visits)) for way in range(len(owner)))
    ticks = np.concatenate(
        [visits.revisit_ticks, sourcings.courier_ticks + sourcings.substitute_ticks + sourcings.revisit_ticks]
    )
    next_way, cheapest = _linked(owner, ticks, len(visits))
    return {
        col.RELEASE: released,
        col.NEED_FIRST: needs[0],
        col.NEED_END: needs[1],
        col.PARCEL_FIRST: parcels[0],
        col.PARCEL_END: parcels[1],
        col.SOURCING_TICKS: ticks,
        col.NEXT_WAY: next_way,
        col.CHEAPEST_WAY: cheapest[owner],
    }


def _linked(owner: Ints, ticks: Ints, n_visits: int) -> tuple[Ints, Ints]:
    """Link the ways of each visit from the cheapest on: (the next one of each way, the first one of each visit)."""
    order = np.lexsort((np.arange(len(owner)), ticks, owner))
    next_way, cheapest = np.full(len(owner), NONE), np.full(n_visits, NONE)
    follows = owner[order][1:] == owner[order][:-1]
    next_way[order[:-1][follows]] = order[1:][follows]
    heads = order[np.concatenate([[True], ~follows])] if len(order) else order
    cheapest[owner[heads]] = heads
    return next_way, cheapest


def _needs(problem: Problem, way: int, v: int) -> list[tuple[int, int]]:
    """Return the items needed: parts with their pieces, and with 0 the lent tools (others are a quality of people)."""
    n_visits, n_parts = problem.n_visits, problem.technicians.stock.shape[1]
    parts = problem.visits.parts[v] if way < n_visits else problem.sourcings.parts[way - n_visits]
    tools = np.flatnonzero(problem.visits.needs_tool[v] & is_lent(problem))
    return [(int(part), int(parts[part])) for part in np.flatnonzero(parts)] + [(n_parts + int(j), 0) for j in tools]


def _parcels(problem: Problem, lists: Lists, supplies: Supplies, sourcing: int) -> list[tuple[int, int, int, int]]:
    """Return the lines of the parcels of a sourcing with the step of stock that they use (below 0: as stated)."""
    sourcings, rows = problem.sourcings, []
    if sourcing < 0:
        return []
    first, end = np.searchsorted(sourcings.parcel_sourcing, [sourcing, sourcing + 1])
    for parcel in range(int(first), int(end)):
        location, at_s = int(sourcings.parcel_location[parcel]), int(sourcings.parcel_pickup_s[parcel])
        for part in np.flatnonzero(sourcings.parcel_parts[parcel]):
            step, end = supplies.step_at(lists, location, int(part), at_s)
            rows.append((int(part), int(sourcings.parcel_parts[parcel, part]), step, end))
    return rows


def _place_columns(problem: Problem, lists: Lists, supplies: Supplies) -> dict[int, Ints]:
    """Return the columns of restocks, gives and takes."""
    stock, meetings = problem.stock, problem.meetings
    n_locations, n_meetings = len(stock), len(meetings)
    count = n_locations + 2 * n_meetings
    opening = lists.add(_openings(problem, location) for location in range(n_locations))
    at = lists.add([(at_s, at_s + last_s)] for at_s, last_s in _meeting_times(problem))
    columns = {column: np.zeros(count, np.int64) for column in range(col.STOP_COLUMNS)}
    for column in (col.VISIT, col.PIN_SHIFT, col.PIN_RANK, col.PROMISED_FROM, col.PROMISED_TO, col.NEXT_WAY):
        columns[column] = np.full(count, NONE)
    columns |= {
        col.CHEAPEST_WAY: np.full(count, NONE),
        col.PLACE: np.concatenate([stock.place, meetings.place, meetings.place]),
        col.WINDOW_FIRST: np.concatenate([opening[0], at[0], at[0]]),
        col.WINDOW_END: np.concatenate([opening[1], at[1], at[1]]),
        col.SUPPLY: np.concatenate([supplies.base, supplies.base[n_locations:]]),
        col.HANDLING: np.concatenate([stock.handling_s, meetings.handling_s, meetings.handling_s]),
        col.LINE: np.concatenate([stock.line_s, np.zeros(2 * n_meetings, np.int64)]),
        col.IS_GIVE: np.repeat([0, 1, 0], [n_locations, n_meetings, n_meetings]),
        col.OTHER_SIDE: _other_sides(problem),
    }
    return columns


def _other_sides(problem: Problem) -> Ints:
    """Return for each restock, give and take the number of taking or giving at the same meeting, NONE for restocks."""
    numbers, meetings = StopNumbers.of(problem), np.arange(len(problem.meetings))
    takes, gives = numbers.take(0) + meetings, numbers.give(0) + meetings
    return np.concatenate([np.full(len(problem.stock), NONE), takes, gives])


def _meeting_times(problem: Problem) -> list[tuple[int, int]]:
    return list(zip(problem.meetings.at_s.tolist(), problem.meetings.handling_s.tolist(), strict=True))


def _openings(problem: Problem, location: int) -> Iterable[tuple[int, int]]:
    stock = problem.stock
    return zip(stock.opening_earliest_s.row(location), stock.opening_latest_s.row(location), strict=True)


def _restore_steps(problem: Problem, v: int) -> list[tuple[int, int]]:
    """Return the restore steps of a visit with its downtime as one more step."""
    visits = problem.visits
    since, rate = int(visits.downtime_from_s[v]), int(visits.downtime_ticks_per_s[v])
    return sorted(visits.restore.row(v) + [(since, rate)] * bool(rate))


def _windows(problem: Problem, v: int) -> list[tuple[int, int]]:
    """Return the windows of a visit's start; a fixed start is a window of one instant."""
    visits = problem.visits
    if visits.pin_level[v] == START_FIXED:
        return [(int(visits.pin_start_s[v]),) * 2]
    return list(zip(visits.window_earliest_s.row(v), visits.window_latest_s.row(v), strict=True))
