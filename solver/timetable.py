"""From a sequence of stops to a timed route, by the schedule pass: arrivals, starts, breaks and the departure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import FROM, HANDLING, LINE, PLACE, PROMISED_FROM, VISIT
from solver.labels import DEPARTURE, IN_GAP, LABEL_COLUMNS, MAX_LABELS, PARENT, TAKEN, WAITED
from solver.money import FORBIDDEN
from solver.problem import NONE
from solver.reasons import Reason
from solver.rules.facts import leg as fact_leg
from solver.rules.windows import next_start
from solver.schedule import HANDLING_S, READY_S, STAGE_COLUMNS, STAY_COLUMNS, begin, ending, run, service_s
from solver.solution import BreakTaken, Route, Stop
from solver.supplied import night_load, with_supplies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.problem import Ints, Problem
    from solver.routing import Line
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


def stays(tables: Tables, stops: Sequence[int], ledger: Sequence[Line]) -> Ints:
    """Return (stops, STAY_COLUMNS) how long restocks take and when what they take on is there, from the ledger."""
    stay = np.zeros((len(stops), STAY_COLUMNS), np.int64)
    stay[:, HANDLING_S] = tables.stop[list(stops), HANDLING]
    taken_on = [line for line in ledger if line.at >= 0 and line.pieces > 0]
    for at, _ in {(line.at, line.item) for line in taken_on}:
        stay[at, HANDLING_S] += tables.stop[stops[at], LINE]
    for line in taken_on:
        stay[line.at, READY_S] = max(stay[line.at, READY_S], tables.supply[line.step, FROM])
    return stay


def simulate(tables: Tables, shift: int, stops: Sequence[int], ledger: Sequence[Line] = ()) -> Simulation:
    """Run the schedule pass over ``stops`` on ``shift``; ``ledger`` says what its restocks take on."""
    n = len(stops)
    label = np.zeros(((n + 1) * MAX_LABELS + 1, LABEL_COLUMNS), np.int64)
    stage = np.zeros((n + 1, STAGE_COLUMNS), np.int64)
    begin(tables, label, stage, MAX_LABELS, shift, 0)
    sequence, stay = np.array(stops, np.int64), stays(tables, stops, ledger)
    ticks, best, in_gap, reason = run(tables, label, stage, MAX_LABELS, shift, 0, sequence, stay, 0, n)
    labels = label[:-1].reshape(n + 1, MAX_LABELS, LABEL_COLUMNS)
    return Simulation(int(ticks), Reason(int(reason)), labels, int(best), int(in_gap))


def route_ticks(tables: Tables, shift: int, stops: Sequence[int], ledger: Sequence[Line] = ()) -> int:
    """Return the cost of a route in ticks, FORBIDDEN where a rule fails."""
    return simulate(tables, shift, stops, ledger).ticks


class _Choices(NamedTuple):
    """The decisions along the best chain of labels: breaks before departure, departure, then one entry a stop."""

    before_departure: int
    departure_s: int
    in_gap: list[int]
    waited: list[bool]


def _choices(problem: Problem, tables: Tables, shift: int, stops: Sequence[int], simulation: Simulation) -> _Choices:
    row, in_gap, waited = simulation.label, [], []
    for at in range(len(stops), 0, -1):
        label = simulation.labels[at, row]
        in_gap.append(int(label[IN_GAP]))
        waited.append(bool(label[WAITED]))
        row = int(label[PARENT])
    first = simulation.labels[0, row]
    last = simulation.labels[len(stops), simulation.label][None].copy()
    end = int(problem.shifts.end_place[shift])
    leg = 0 if end == NONE else fact_leg(problem, shift, _last_place(problem, tables, shift, stops), end)[0]
    ending(tables, last, shift, leg, bool(stops))
    behind = int(simulation.labels[0, 0, TAKEN])
    return _Choices(int(first[TAKEN]) - behind, int(last[0, DEPARTURE]), in_gap[::-1], waited[::-1])


def _last_place(problem: Problem, tables: Tables, shift: int, stops: Sequence[int]) -> int:
    return int(tables.stop[stops[-1], PLACE]) if stops else _begin(problem, shift)[0]


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

    def stop(self, origin: int, x: int, breaks: int, stay: Ints, *, waits: bool) -> int:
        """Drive to stop ``x`` and do it; return its place."""
        tables, place, v = self.tables, int(self.tables.stop[x, PLACE]), int(self.tables.stop[x, VISIT])
        arrival, seconds, metres = self.drive(origin, place, breaks)
        ready = max(arrival, int(tables.stop[x, PROMISED_FROM])) if waits else arrival
        handling = int(stay[HANDLING_S])
        ready, within = max(ready, int(stay[READY_S])), 0 if v != NONE else handling
        start = int(next_start(tables.stop, tables.row, x, ready, within)[0])
        end = start + int(service_s(tables, self.shift, x, handling))
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


def timed_route(
    problem: Problem, tables: Tables, shift: int, stops: Sequence[int], ledger: Sequence[Line] = ()
) -> Route | None:
    """Return the cheapest timing of ``stops`` in this order on ``shift``, None where a rule forbids the order."""
    simulation = simulate(tables, shift, stops, ledger)
    if simulation.ticks >= FORBIDDEN:
        return None
    choices = _choices(problem, tables, shift, stops, simulation)
    clock = _Clock(problem, tables, shift, int(simulation.labels[0, 0, TAKEN]))
    free = int(problem.shifts.start_s[shift])
    for _ in range(choices.before_departure):
        free = clock.rest(free)
    place, begin_s = _begin(problem, shift)
    clock.time_s = choices.departure_s if begin_s is None else begin_s
    for x, breaks, waits, stay in zip(stops, choices.in_gap, choices.waited, stays(tables, stops, ledger), strict=True):
        place = clock.stop(place, x, breaks, stay, waits=waits)
    end, seconds, metres = int(problem.shifts.end_place[shift]), 0, 0
    if end != NONE:
        clock.time_s, seconds, metres = clock.drive(place, end, simulation.breaks_at_end)
    supplied = with_supplies(problem, clock.stops, stops, ledger)
    breaks_taken, night = tuple(clock.breaks), night_load(ledger)
    return Route(shift, choices.departure_s, clock.time_s, supplied, breaks_taken, seconds, metres, night)
