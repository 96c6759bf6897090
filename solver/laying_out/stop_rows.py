"""A row for each stop, as ``solver.stops`` numbers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import solver.columns as col
from solver.laying_out.lists import counted, in_lists, stack
from solver.problem import FREE, NONE, ORDER_FIXED, START_FIXED
from solver.rules import unplanned
from solver.rules.tools import is_lent
from solver.stops import StopNumbers

if TYPE_CHECKING:
    from solver.laying_out.lists import Lists
    from solver.laying_out.supplies import Supplies
    from solver.problem import Bools, Ints, Problem, Visits


def stop_table(problem: Problem, lists: Lists, supplies: Supplies) -> Ints:
    """Return the rows of all stops: visits as stated, by their other sourcings, restocks, gives and takes."""
    visits = _visit_columns(problem, lists)
    owner = np.concatenate([np.arange(problem.n_visits), problem.sourcings.visit])
    if len(problem.sourcings):
        visits = {column: values[owner] for column, values in visits.items()}
    columns = visits | _way_columns(problem, lists, supplies)
    places = _place_columns(problem, lists, supplies)
    return np.concatenate([stack(columns, col.STOP_COLUMNS), stack(places, col.STOP_COLUMNS)])


def _visit_columns(problem: Problem, lists: Lists) -> dict[int, Ints | Bools]:
    """Return what does not depend on how a visit gets its parts, (n_visits,) each."""
    visits = problem.visits
    is_fact = np.zeros(len(visits), np.int64)
    is_fact[problem.shifts.fact_visit.values] = 1
    windows, response, restore = _windows(visits, lists), _response(visits, lists), _restore(visits, lists)
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
        col.WORK_BUFFER: visits.buffer_permille,
        col.DOWNTIME_FROM: visits.downtime_from_s,
        col.DOWNTIME_RATE: visits.downtime_ticks_per_s,
        col.WINDOW_RATE: visits.window_ticks_per_s,
    }


def _way_columns(problem: Problem, lists: Lists, supplies: Supplies) -> dict[int, Ints]:
    """Return what depends on how a visit gets its parts, (n_visits + n_sourcings,) each."""
    visits, sourcings = problem.visits, problem.sourcings
    owner = np.concatenate([np.arange(len(visits)), sourcings.visit])
    released = np.where(visits.pin_level == START_FIXED, 0, visits.release_s)[owner]
    released[len(visits) :] = np.maximum(released[len(visits) :], sourcings.release_s)
    needs = _needs(problem, owner, lists)
    parcels = _parcels(problem, supplies, lists)
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


def _needs(problem: Problem, owner: Ints, lists: Lists) -> tuple[Ints, Ints]:
    """Write the items needed: parts with their pieces, and with 0 the lent tools (others are a quality of people)."""
    parts = np.concatenate([problem.visits.parts, problem.sourcings.parts])
    way, part = np.nonzero(parts)
    tool_way, tool = np.nonzero((problem.visits.needs_tool & is_lent(problem))[owner])
    item, pieces = np.concatenate([part, parts.shape[1] + tool]), np.append(parts[way, part], np.zeros_like(tool))
    ways, items, pieces = in_lists(np.concatenate([way, tool_way]), item, pieces)
    return lists.add(counted(ways, len(owner)), items, pieces)


def _parcels(problem: Problem, supplies: Supplies, lists: Lists) -> tuple[Ints, Ints]:
    """Write the lines of the parcels of each way with the step of stock that they use (below 0: as stated)."""
    sourcings = problem.sourcings
    parcel, part = np.nonzero(sourcings.parcel_parts)
    places, moments = sourcings.parcel_location[parcel].tolist(), sourcings.parcel_pickup_s[parcel].tolist()
    steps = np.array(
        [supplies.step_at(*line) for line in zip(places, part.tolist(), moments, strict=True)], np.int64
    ).reshape(-1, 2)
    owner = problem.n_visits + sourcings.parcel_sourcing[parcel]
    count = counted(owner, problem.n_visits + len(sourcings))
    return lists.add(count, part, sourcings.parcel_parts[parcel, part], *steps.T)


def _place_columns(problem: Problem, lists: Lists, supplies: Supplies) -> dict[int, Ints]:
    """Return the columns of restocks, gives and takes."""
    stock, meetings = problem.stock, problem.meetings
    n_locations, n_meetings = len(stock), len(meetings)
    count = n_locations + 2 * n_meetings
    opens, closes = stock.opening_earliest_s, stock.opening_latest_s
    opening = lists.add(np.diff(opens.start), opens.values, closes.values)
    at = lists.add(np.ones(n_meetings, np.int64), meetings.at_s, meetings.at_s + meetings.handling_s)
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


def _response(visits: Visits, lists: Lists) -> tuple[Ints, Ints]:
    owner, after, rate = in_lists(
        visits.response.after.owner, visits.response.after.values, visits.response.rate.values
    )
    return lists.add(counted(owner, len(visits)), after, rate)


def _restore(visits: Visits, lists: Lists) -> tuple[Ints, Ints]:
    """Write the restore steps of each visit with its downtime as one more step."""
    down, steps = np.flatnonzero(visits.downtime_ticks_per_s), visits.restore
    owner, after, rate = in_lists(
        np.concatenate([steps.after.owner, down]),
        np.concatenate([steps.after.values, visits.downtime_from_s[down]]),
        np.concatenate([steps.rate.values, visits.downtime_ticks_per_s[down]]),
    )
    return lists.add(counted(owner, len(visits)), after, rate)


def _windows(visits: Visits, lists: Lists) -> tuple[Ints, Ints]:
    """Write the windows of each visit's start; a fixed start is a window of one instant."""
    fixed = visits.pin_level == START_FIXED
    owner = visits.window_earliest_s.owner
    free, pinned = ~fixed[owner], np.flatnonzero(fixed)
    owner, earliest, latest = in_lists(
        np.concatenate([owner[free], pinned]),
        np.concatenate([visits.window_earliest_s.values[free], visits.pin_start_s[pinned]]),
        np.concatenate([visits.window_latest_s.values[free], visits.pin_start_s[pinned]]),
    )
    return lists.add(counted(owner, len(visits)), earliest, latest)
