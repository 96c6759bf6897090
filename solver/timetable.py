"""From a sequence of visits to a timed route, by the schedule pass: arrivals, starts, breaks and the departure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import PROMISED_FROM
from solver.labels import DEPARTURE, IN_GAP, LABEL_COLUMNS, MAX_LABELS, PARENT, TAKEN, WAITED
from solver.money import FORBIDDEN
from solver.problem import NONE
from solver.reasons import Reason
from solver.rules.facts import leg as fact_leg
from solver.rules.windows import next_start
from solver.schedule import STAGE_COLUMNS, begin, ending, run
from solver.solution import BreakTaken, Route, Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.problem import Ints, Problem
    from solver.tables import Tables


class Simulation(NamedTuple):
    """What the schedule pass says of a sequence: its cost, FORBIDDEN with a reason where it cannot be driven.

    ``labels`` (stops + 1, MAX_LABELS, …) are those of each stage, ``label`` is the best one of the last.
    """

    ticks: int
    reason: Reason
    labels: Ints
    label: int
    breaks_at_end: int


def simulate(tables: Tables, shift: int, visits: Sequence[int]) -> Simulation:
    """Run the schedule pass over ``visits`` on ``shift`` (parts are not looked at: they belong to the van)."""
    n = len(visits)
    label = np.zeros(((n + 1) * MAX_LABELS + 1, LABEL_COLUMNS), np.int64)
    stage = np.zeros((n + 1, STAGE_COLUMNS), np.int64)
    begin(tables, label, stage, MAX_LABELS, shift, 0)
    sequence = np.array(visits, np.int64)
    ticks, best, in_gap, reason = run(tables, label, stage, MAX_LABELS, shift, 0, sequence, 0, n)
    labels = label[:-1].reshape(n + 1, MAX_LABELS, LABEL_COLUMNS)
    return Simulation(int(ticks), Reason(int(reason)), labels, int(best), int(in_gap))


def route_ticks(tables: Tables, shift: int, visits: Sequence[int]) -> int:
    """Return the cost of a route in ticks, FORBIDDEN where a rule fails."""
    return simulate(tables, shift, visits).ticks


class _Choices(NamedTuple):
    """The decisions along the best chain of labels: breaks before departure, departure, then one entry a stop."""

    before_departure: int
    departure_s: int
    in_gap: list[int]
    waited: list[bool]


def _choices(problem: Problem, tables: Tables, shift: int, visits: Sequence[int], simulation: Simulation) -> _Choices:
    row, in_gap, waited = simulation.label, [], []
    for at in range(len(visits), 0, -1):
        label = simulation.labels[at, row]
        in_gap.append(int(label[IN_GAP]))
        waited.append(bool(label[WAITED]))
        row = int(label[PARENT])
    first = simulation.labels[0, row]
    last = simulation.labels[len(visits), simulation.label][None].copy()
    end = int(problem.shifts.end_place[shift])
    leg = 0 if end == NONE else fact_leg(problem, shift, _last_place(problem, shift, visits), end)[0]
    ending(tables, last, shift, leg, bool(visits))
    behind = int(simulation.labels[0, 0, TAKEN])
    return _Choices(int(first[TAKEN]) - behind, int(last[0, DEPARTURE]), in_gap[::-1], waited[::-1])


def _last_place(problem: Problem, shift: int, visits: Sequence[int]) -> int:
    return int(problem.visits.place[visits[-1]]) if visits else _begin(problem, shift)[0]


def _begin(problem: Problem, shift: int) -> tuple[int, int | None]:
    """Return the place where the decided part begins and the time, None where that is the departure."""
    shifts, done = problem.shifts, problem.shifts.fact_visit.row(shift)
    if shifts.resume_place[shift] != NONE:
        return int(shifts.resume_place[shift]), int(shifts.resume_s[shift])
    if done:
        return int(problem.visits.place[done[-1]]), shifts.fact_end_s.row(shift)[-1]
    return int(shifts.start_place[shift]), None


class _Clock:
    """Walks along a route and lays its breaks and stops down in time."""

    def __init__(self, problem: Problem, tables: Tables, shift: int, behind: int) -> None:
        self.problem, self.tables, self.shift = problem, tables, shift
        self.next_break = behind
        self.stops = _fact_stops(problem, shift)
        self.breaks: list[BreakTaken] = []
        self.time_s = 0

    def rest(self, since_s: int) -> int:
        """Take the next break as soon as it may begin at or after ``since_s``; return its end."""
        shifts, index = self.problem.shifts, self.next_break
        start = max(since_s, shifts.break_earliest_s.row(self.shift)[index])
        end = start + shifts.break_duration_s.row(self.shift)[index]
        self.breaks.append(BreakTaken(index, len(self.stops), start, end))
        self.next_break += 1
        return end

    def drive(self, origin: int, destination: int, breaks: int) -> tuple[int, int, int]:
        """Cross a gap with its breaks: (arrival, driving seconds, metres)."""
        seconds, metres = fact_leg(self.problem, self.shift, origin, destination)
        arrival, free = self.time_s + seconds, self.time_s
        for _ in range(breaks):
            end = self.rest(free)
            taken = self.breaks[-1]
            arrival = max(arrival, taken.start_s) + (taken.end_s - taken.start_s)
            free = end
        return arrival, seconds, metres

    def visit(self, origin: int, v: int, breaks: int, *, waits: bool) -> int:
        """Drive to visit ``v`` and do it; return its place."""
        tables, place = self.tables, int(self.problem.visits.place[v])
        arrival, seconds, metres = self.drive(origin, place, breaks)
        ready = max(arrival, int(tables.visit[v, PROMISED_FROM])) if waits else arrival
        start = int(next_start(tables.visit, tables.row, v, ready)[0])
        end = start + int(self.problem.visits.service_s[v, self.problem.shifts.technician[self.shift]])
        self.stops.append(Stop(v, arrival, start, end, seconds, metres))
        self.time_s = end
        return place


def _fact_stops(problem: Problem, shift: int) -> list[Stop]:
    shifts = problem.shifts
    place, stops = int(shifts.start_place[shift]), []
    facts = (shifts.fact_visit, shifts.fact_start_s, shifts.fact_end_s)
    for v, start, end in zip(*(column.row(shift) for column in facts), strict=True):
        seconds, metres = fact_leg(problem, shift, place, int(problem.visits.place[v]))
        stops.append(Stop(v, start, start, end, seconds, metres, is_fact=True))
        place = int(problem.visits.place[v])
    return stops


def timed_route(problem: Problem, tables: Tables, shift: int, visits: Sequence[int]) -> Route | None:
    """Return the cheapest timing of ``visits`` in this order on ``shift``, None where a rule forbids the order."""
    simulation = simulate(tables, shift, visits)
    if simulation.ticks >= FORBIDDEN:
        return None
    choices = _choices(problem, tables, shift, visits, simulation)
    clock = _Clock(problem, tables, shift, int(simulation.labels[0, 0, TAKEN]))
    free = int(problem.shifts.start_s[shift])
    for _ in range(choices.before_departure):
        free = clock.rest(free)
    place, begin_s = _begin(problem, shift)
    clock.time_s = choices.departure_s if begin_s is None else begin_s
    for v, breaks, waits in zip(visits, choices.in_gap, choices.waited, strict=True):
        place = clock.visit(place, v, breaks, waits=waits)
    end, seconds, metres = int(problem.shifts.end_place[shift]), 0, 0
    if end != NONE:
        clock.time_s, seconds, metres = clock.drive(place, end, simulation.breaks_at_end)
    return Route(shift, choices.departure_s, clock.time_s, tuple(clock.stops), tuple(clock.breaks), seconds, metres)
