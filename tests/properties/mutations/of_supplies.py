"""Changes of where things come from: stock of the locations, their hours, parcels, sourcings and meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from solver.problem import NONE, START_FIXED, Problem
from tests.properties.mutations.of_loads import changed_lines
from tests.properties.mutations.trial import (
    Mutation,
    Trial,
    decided,
    decided_visits,
    plan_trial,
    problem_trial,
    with_row,
    with_stop,
    with_value,
)
from tests.properties.planned import Case


def withdrawals(case: Case) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Return (moment, pieces) of all that the plan takes, by location and part."""
    taken: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    shifts, sourcings = case.problem.shifts, case.problem.sourcings
    for route in case.solution.routes:
        for part, pieces in route.overnight:
            key = int(shifts.overnight_location[route.shift]), part
            taken[key].append((int(shifts.start_s[route.shift]), pieces))
    for _, k, route, _ in decided(case):
        stop = route.stops[k]
        for part, pieces in stop.loads if stop.location != NONE else ():
            taken[stop.location, part].append((stop.start_s, pieces))
        for parcel in np.flatnonzero(sourcings.parcel_sourcing == stop.sourcing) if stop.sourcing != NONE else ():
            for part in np.flatnonzero(sourcings.parcel_parts[parcel]).tolist():
                key = int(sourcings.parcel_location[parcel]), part
                sent = int(sourcings.parcel_parts[parcel, part])
                taken[key].append((int(sourcings.parcel_pickup_s[parcel]), sent))
    return taken


def _supplied_just_in_time(case: Case) -> Problem:
    """Let all that is taken arrive at that very moment, and nothing else."""
    rows = [(*key, at_s, pieces) for key, lines in withdrawals(case).items() for at_s, pieces in lines]
    location, part, from_s, pieces = np.array(rows, np.int64).reshape(len(rows), 4).T
    stock = replace(
        case.problem.stock,
        supply_location=location,
        supply_part=part,
        supply_from_s=from_s,
        supply_pieces=pieces,
    )
    return replace(case.problem, stock=stock)


def deliver_a_piece_less(case: Case) -> Iterator[Trial]:
    problem = _supplied_just_in_time(case)
    yield problem_trial(case, problem)
    for row, pieces in enumerate(problem.stock.supply_pieces):
        yield problem_trial(case, with_value(problem, "stock.supply_pieces", row, int(pieces) - 1), "stock")


def deliver_a_second_late(case: Case) -> Iterator[Trial]:
    problem = _supplied_just_in_time(case)
    for row, from_s in enumerate(problem.stock.supply_from_s):
        yield problem_trial(case, with_value(problem, "stock.supply_from_s", row, int(from_s) + 1), "stock")


def deliver_elsewhere(case: Case) -> Iterator[Trial]:
    problem = _supplied_just_in_time(case)
    for row, location in enumerate(problem.stock.supply_location):
        other = (int(location) + 1) % len(problem.stock)
        if other != location:
            yield problem_trial(case, with_value(problem, "stock.supply_location", row, other), "stock")


def load_the_last_piece_twice(case: Case) -> Iterator[Trial]:
    tight = replace(case, problem=_supplied_just_in_time(case))
    for number, k, route, _ in decided(case):
        stop = route.stops[k]
        for part, pieces in stop.loads if stop.location != NONE else ():
            lines = changed_lines(stop.loads, part, pieces + 1)
            yield plan_trial(tight, with_stop(case.solution, number, k, loads=lines), "stock")


def close_the_location(case: Case) -> Iterator[Trial]:
    for _, k, route, reading in decided(case):
        location = route.stops[k].location
        if location != NONE:
            closed = with_value(case.problem, "stock.may_restock", (reading.technician, location), value=False)
            yield problem_trial(case, closed, "location")


def change_the_hours(case: Case) -> Iterator[Trial]:
    for _, k, route, _ in decided(case):
        stop = route.stops[k]
        if stop.location == NONE or sum(s.location == stop.location for r in case.solution.routes for s in r.stops) > 1:
            continue
        opens, closes = stop.start_s, stop.end_s
        hours: list[tuple[list[tuple[int, int]], tuple[str, ...]]] = [
            ([(opens, closes)], ()),
            ([], ()),
            ([(opens + 1, closes + 9)], ("opening",)),
            ([(opens - 9, closes - 1)], ("opening",)),
        ]
        if closes > opens:
            hours.append(([(opens, closes - 1), (closes, closes + 9)], ("opening",)))
        for rows, broken in hours:
            problem = with_row(case.problem, "stock.opening_earliest_s", stop.location, [first for first, _ in rows])
            problem = with_row(problem, "stock.opening_latest_s", stop.location, [last for _, last in rows])
            yield problem_trial(case, problem, *broken)


def _lent_as_borrowed(case: Case) -> Problem:
    """Let all that is taken arrive at that very moment, each place lend what is borrowed there, and nothing else."""
    problem = _supplied_just_in_time(case)
    tools = np.zeros_like(problem.stock.tools)
    for stop in (stop for route in case.solution.routes for stop in route.stops if stop.location != NONE):
        for tool in stop.tools:
            tools[stop.location, tool] += 1
    return replace(problem, stock=replace(problem.stock, tools=tools))


def restock_elsewhere(case: Case) -> Iterator[Trial]:
    tight = replace(case, problem=_lent_as_borrowed(case))
    for number, k, route, _ in decided(case):
        stop = route.stops[k]
        if stop.location == NONE:
            continue
        other = (stop.location + 1) % len(case.problem.stock)
        if other != stop.location:
            yield plan_trial(tight, with_stop(case.solution, number, k, location=other), "stock", "lent")
        for unknown in (-2, len(case.problem.stock)):
            yield plan_trial(case, with_stop(case.solution, number, k, location=unknown), "location_unknown")


def lend_a_tool_less(case: Case) -> Iterator[Trial]:
    for location, tool in np.argwhere(case.problem.stock.tools > 0):
        stops = [stop for route in case.solution.routes for stop in route.stops if stop.location == location]
        borrowed = sum(int(tool) in stop.tools for stop in stops)
        for off, broken in ((0, ()), (-1, ("lent",))) if borrowed else ():
            lent = with_value(case.problem, "stock.tools", (int(location), int(tool)), borrowed + off)
            yield problem_trial(case, lent, *broken)


def send_the_last_parcel_later(case: Case) -> Iterator[Trial]:
    for _, k, route, _ in decided_visits(case):
        stop = route.stops[k]
        for off, broken in ((0, ()), (1, ("courier",))) if stop.sourcing != NONE else ():
            later = with_value(case.problem, "sourcings.release_s", stop.sourcing, stop.start_s + off)
            yield problem_trial(case, later, *broken)
            pinned = with_value(later, "visits.pin_level", stop.visit, START_FIXED)
            pinned = with_value(pinned, "visits.pin_start_s", stop.visit, stop.start_s)
            yield problem_trial(case, pinned, *broken)


def get_parts_in_the_way_of_another_visit(case: Case) -> Iterator[Trial]:
    owners = [int(visit) for visit in case.problem.sourcings.visit]
    for number, k, route, _ in decided_visits(case):
        for row in [row for row, owner in enumerate(owners) if owner != route.stops[k].visit][:2]:
            yield plan_trial(case, with_stop(case.solution, number, k, sourcing=row), "sourcing")
        for unknown in (-2, len(owners)):
            yield plan_trial(case, with_stop(case.solution, number, k, sourcing=unknown), "sourcing_unknown")


def claim_to_be_sourced_as_stated(case: Case) -> Iterator[Trial]:
    """Leave the stated cost as it was: it is that of the sourcing."""
    problem = case.problem
    for number, k, route, _ in decided_visits(case):
        stop = route.stops[k]
        if stop.sourcing == NONE:
            continue
        stated = with_stop(case.solution, number, k, sourcing=NONE)
        costs = [int(getattr(problem.sourcings, name)[stop.sourcing]) for name in ("courier_ticks", "substitute_ticks")]
        dearer = problem.sourcings.revisit_ticks[stop.sourcing] != problem.visits.revisit_ticks[stop.visit]
        if any(costs) or dearer:
            yield Trial(problem, stated, frozenset({"cost_wrong"}), alone=False)


def hand_over_more_or_less(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided(case):
        stop = route.stops[k]
        for name in ("gives", "loads") if stop.meeting != NONE else ():
            for part, pieces in getattr(stop, name):
                for off in (-1, 1):
                    lines = changed_lines(getattr(stop, name), part, pieces + off)
                    yield plan_trial(case, with_stop(case.solution, number, k, **{name: lines}), "handover")


def come_to_a_meeting_for_nothing(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided(case):
        if route.stops[k].meeting != NONE:
            yield plan_trial(case, with_stop(case.solution, number, k, gives=(), loads=()), "meeting", "route_empty")


def give_and_take_at_once(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided(case):
        stop = route.stops[k]
        if stop.meeting != NONE:
            both = stop.gives or stop.loads
            yield plan_trial(case, with_stop(case.solution, number, k, gives=both, loads=both), "meeting")


def move_the_meeting(case: Case) -> Iterator[Trial]:
    for _, k, route, _ in decided(case):
        stop = route.stops[k]
        for off in (-1, 1) if stop.meeting != NONE else ():
            moved = with_value(case.problem, "meetings.at_s", stop.meeting, stop.start_s + off)
            yield problem_trial(case, moved, "meeting_time")


def turn_away_from_the_meeting(case: Case) -> Iterator[Trial]:
    for _, k, route, reading in decided(case):
        meeting = route.stops[k].meeting
        if meeting != NONE:
            away = with_value(case.problem, "meetings.may_meet", (reading.technician, meeting), value=False)
            yield problem_trial(case, away, "meeting")


def meet_twice(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided(case):
        if route.stops[k].meeting != NONE:
            stops = (*route.stops[: k + 1], *route.stops[k:])
            routes = list(case.solution.routes)
            routes[number] = replace(route, stops=stops)
            yield plan_trial(case, replace(case.solution, routes=tuple(routes)), "meeting")


def mix_up_the_kinds(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided(case):
        stop = route.stops[k]
        another: dict[str, object] = {"gives": ((0, 1),)} if stop.location != NONE else {"location": 0}
        for change in (another, {"location": 0, "meeting": 0}):
            yield plan_trial(case, with_stop(case.solution, number, k, **change), "stop_mixed")


MUTATIONS: tuple[Mutation, ...] = (
    deliver_a_piece_less,
    deliver_a_second_late,
    deliver_elsewhere,
    load_the_last_piece_twice,
    close_the_location,
    change_the_hours,
    restock_elsewhere,
    lend_a_tool_less,
    send_the_last_parcel_later,
    get_parts_in_the_way_of_another_visit,
    claim_to_be_sourced_as_stated,
    hand_over_more_or_less,
    come_to_a_meeting_for_nothing,
    give_and_take_at_once,
    move_the_meeting,
    turn_away_from_the_meeting,
    meet_twice,
    mix_up_the_kinds,
)
