"""Rules moved under a plan: the limit that the plan just meets, then the one that it just fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from solver.checker.reading import RouteReading
from solver.problem import (
    FREE,
    NONE,
    ORDER_FIXED,
    START_FIXED,
    TECHNICIAN_FIXED,
    TERRITORY_REQUIRED,
    Problem,
)
from solver.reasons import Reason
from solver.rules import assignment
from solver.solution import Solution, Stop
from tests.properties.mutations.trial import (
    Mutation,
    Trial,
    decided_visits,
    plan_trial,
    problem_trial,
    readings,
    with_column,
    with_part,
    with_row,
    with_stop,
    with_tool,
    with_value,
)
from tests.properties.planned import Case


def _free(problem: Problem, visit: int) -> Problem:
    """Lift the pin of a visit."""
    values = {"pin_level": FREE, "pin_technician": NONE, "pin_shift": NONE, "pin_rank": NONE, "pin_start_s": NONE}
    for name, value in values.items():
        problem = with_value(problem, f"visits.{name}", visit, value)
    return problem


def _decided_visits(case: Case) -> Iterator[tuple[Stop, int, int, Problem]]:
    """Yield (stop, shift, technician, problem) of each decided stop, of which the problem's pin is lifted."""
    for _, k, route, reading in decided_visits(case):
        visit = route.stops[k].visit
        windowless = _free(case.problem, visit)
        for path in ("visits.window_earliest_s", "visits.window_latest_s"):
            windowless = with_row(windowless, path, visit, [])
        windowless = with_value(windowless, "visits.release_s", visit, 0)
        yield route.stops[k], route.shift, reading.technician, windowless


def _visits_on(reading: RouteReading) -> list[int]:
    return [stop.visit for stop in reading.stops if stop.is_visit]


def close_the_window(case: Case) -> Iterator[Trial]:
    for stop, _, _, problem in _decided_visits(case):
        bounds = [((0, 0), ()), ((-1, -1), ("window",)), ((1, 1), ("window",))]
        for (earliest, latest), broken in bounds:
            closed = with_row(problem, "visits.window_earliest_s", stop.visit, [stop.start_s + earliest])
            closed = with_row(closed, "visits.window_latest_s", stop.visit, [stop.start_s + latest])
            yield problem_trial(case, closed, *broken)


def release_later(case: Case) -> Iterator[Trial]:
    for stop, _, _, problem in _decided_visits(case):
        yield problem_trial(case, with_value(problem, "visits.release_s", stop.visit, stop.start_s))
        later = with_value(problem, "visits.release_s", stop.visit, stop.start_s + 1)
        yield problem_trial(case, later, "release")


def raise_the_skill_needed(case: Case) -> Iterator[Trial]:
    for stop, _, technician, free in _decided_visits(case):
        problem, skill = with_column(free, "visits.skill_level", 0)
        problem, _ = with_column(problem, "technicians.skill_level", 2)
        problem = with_value(problem, "technicians.skill_level", (technician, skill), 1)
        yield problem_trial(case, with_value(problem, "visits.skill_level", (stop.visit, skill), 1))
        yield problem_trial(case, with_value(problem, "visits.skill_level", (stop.visit, skill), 2), "skill")


def remove_the_tool(case: Case) -> Iterator[Trial]:
    for stop, _, technician, free in _decided_visits(case):
        problem, tool = with_tool(free)
        problem = with_value(problem, "technicians.has_tool", (technician, tool), value=True)
        problem = with_value(problem, "visits.needs_tool", (stop.visit, tool), value=True)
        yield problem_trial(case, problem)
        without = with_value(problem, "technicians.has_tool", (technician, tool), value=False)
        yield problem_trial(case, without, "tool")


def exclude_the_technician(case: Case) -> Iterator[Trial]:
    for stop, _, technician, problem in _decided_visits(case):
        excluded = with_value(problem, "visits.excluded", (stop.visit, technician), value=True)
        yield problem_trial(case, excluded, "technician")


def require_another_technician(case: Case) -> Iterator[Trial]:
    n_technicians = len(case.problem.technicians)
    for stop, _, technician, problem in _decided_visits(case):
        required = np.zeros(n_technicians, np.bool_)
        required[(technician + 1) % n_technicians] = True
        table = problem.visits.required.copy()
        table[stop.visit] = required
        other = replace(problem, visits=replace(problem.visits, required=table))
        yield problem_trial(case, other, *(() if n_technicians == 1 else ("technician",)))


def require_the_home_territory(case: Case) -> Iterator[Trial]:
    for stop, _, technician, free in _decided_visits(case):
        problem, territory = with_column(free, "technicians.home_territory", fill=True)
        problem = with_value(problem, "visits.territory", stop.visit, territory)
        problem = with_value(problem, "visits.territory_rule", stop.visit, TERRITORY_REQUIRED)
        yield problem_trial(case, problem)
        away = with_value(problem, "technicians.home_territory", (technician, territory), value=False)
        yield problem_trial(case, away, "territory")


def _limited(case: Case, path: str, found: dict[int, int], code: str) -> Iterator[Trial]:
    for shift, value in found.items():
        yield problem_trial(case, with_value(case.problem, path, shift, value))
        yield problem_trial(case, with_value(case.problem, path, shift, value - 1), code)


def limit_the_visits(case: Case) -> Iterator[Trial]:
    counts = {reading.shift: len(_visits_on(reading)) for reading in readings(case) if not reading.is_facts_alone}
    return _limited(case, "shifts.max_visits", counts, "max_visits")


def limit_the_driving(case: Case) -> Iterator[Trial]:
    facts_alone = {reading.shift for reading in readings(case) if reading.is_facts_alone}
    driven = {f.shift: f.driving_s for f in case.report.figures if f.shift not in facts_alone and f.driving_s > 0}
    return _limited(case, "shifts.max_driving_s", driven, "max_driving")


def limit_the_distance(case: Case) -> Iterator[Trial]:
    facts_alone = {reading.shift for reading in readings(case) if reading.is_facts_alone}
    metres = {f.shift: f.distance_m for f in case.report.figures if f.shift not in facts_alone and f.distance_m > 0}
    return _limited(case, "shifts.max_distance_m", metres, "max_distance")


def limit_the_duration(case: Case) -> Iterator[Trial]:
    lasted = {r.shift: r.end_s - r.route.departure_s for r in readings(case) if not r.is_facts_alone}
    return _limited(case, "shifts.max_duration_s", lasted, "max_duration")


def end_the_shift_early(case: Case) -> Iterator[Trial]:
    for reading in readings(case):
        if reading.is_facts_alone:
            continue
        for off, broken in ((0, ()), (-1, ("shift",))):
            problem = with_value(case.problem, "shifts.regular_end_s", reading.shift, reading.end_s - 100)
            problem = with_value(problem, "shifts.overtime_cap_s", reading.shift, 100 + off)
            yield problem_trial(case, problem, *broken)


def _one_piece_each(case: Case) -> tuple[Problem, int, dict[int, int]]:
    """Let every visit use a piece of a new part, however it is sourced; return the part, and pieces by technician."""
    problem, part = with_part(case.problem)
    for path in ("visits.parts", "sourcings.parts"):
        for row in range(len(getattr(problem, path.split(".")[0]))):
            problem = with_value(problem, path, (row, part), 1)
    used = Counter(reading.technician for _, _, _, reading in decided_visits(case))
    return problem, part, dict(used)


def load_the_van_one_piece_short(case: Case) -> Iterator[Trial]:
    problem, part, used = _one_piece_each(case)
    for technician in used:
        problem = with_value(problem, "technicians.stock", (technician, part), problem.n_visits)
    for technician, pieces in used.items():
        yield problem_trial(case, with_value(problem, "technicians.stock", (technician, part), pieces))
        short = with_value(problem, "technicians.stock", (technician, part), pieces - 1)
        yield problem_trial(case, short, "part")


def take_a_part_twice(case: Case) -> Iterator[Trial]:
    problem, part, used = _one_piece_each(case)
    for technician, pieces in used.items():
        problem = with_value(problem, "technicians.stock", (technician, part), pieces)
    for _, k, route, _ in decided_visits(case):
        stop = route.stops[k]
        path, row = ("visits.parts", stop.visit) if stop.sourcing == NONE else ("sourcings.parts", stop.sourcing)
        twice = with_value(problem, path, (row, part), 2)
        yield problem_trial(case, twice, "part")


def pin_to_another_technician(case: Case) -> Iterator[Trial]:
    n_technicians = len(case.problem.technicians)
    for stop, _, technician, free in _decided_visits(case):
        problem = with_value(free, "visits.pin_level", stop.visit, TECHNICIAN_FIXED)
        yield problem_trial(case, with_value(problem, "visits.pin_technician", stop.visit, technician))
        if n_technicians > 1:
            other = (technician + 1) % n_technicians
            yield problem_trial(case, with_value(problem, "visits.pin_technician", stop.visit, other), "pin")


def pin_to_another_shift(case: Case) -> Iterator[Trial]:
    for stop, shift, _, free in _decided_visits(case):
        for level in (TECHNICIAN_FIXED, ORDER_FIXED):
            problem = with_value(free, "visits.pin_level", stop.visit, level)
            yield problem_trial(case, with_value(problem, "visits.pin_shift", stop.visit, shift))
            if case.problem.n_shifts > 1:
                other = (shift + 1) % case.problem.n_shifts
                yield problem_trial(case, with_value(problem, "visits.pin_shift", stop.visit, other), "pin")


def swap_the_ranks(case: Case) -> Iterator[Trial]:
    for reading in readings(case):
        visits = _visits_on(reading)[reading.n_facts :]
        if len(visits) < 2:
            continue
        problem = case.problem
        for rank, visit in enumerate(visits):
            problem = _ranked(_free(problem, visit), visit, reading.shift, rank)
        problem = _within_windows(problem, visits)
        yield problem_trial(case, problem)
        swapped = _ranked(_ranked(problem, visits[0], reading.shift, 1), visits[1], reading.shift, 0)
        yield problem_trial(case, swapped, "pin")


def _ranked(problem: Problem, visit: int, shift: int, rank: int) -> Problem:
    values = {"pin_level": ORDER_FIXED, "pin_shift": shift, "pin_rank": rank}
    for name, value in values.items():
        problem = with_value(problem, f"visits.{name}", visit, value)
    return problem


def _within_windows(problem: Problem, visits: list[int]) -> Problem:
    for visit in visits:
        problem = with_value(problem, "visits.release_s", visit, 0)
        for path in ("visits.window_earliest_s", "visits.window_latest_s"):
            problem = with_row(problem, path, visit, [])
    return problem


def move_the_pinned_start(case: Case) -> Iterator[Trial]:
    for stop, shift, _, free in _decided_visits(case):
        problem = with_value(free, "visits.pin_level", stop.visit, START_FIXED)
        problem = with_value(problem, "visits.pin_shift", stop.visit, shift)
        offs = ((0, ()), (-1, ("pin",)), (1, ("pin",)))
        for off, broken in offs if stop.start_s > 0 else ():
            moved = with_value(problem, "visits.pin_start_s", stop.visit, stop.start_s + off)
            yield problem_trial(case, moved, *broken)


def start_off_the_pinned_start(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided_visits(case):
        stop = route.stops[k]
        if int(case.problem.visits.pin_level[stop.visit]) == START_FIXED:
            late = with_stop(case.solution, number, k, start_s=stop.start_s + 1, end_s=stop.end_s + 1)
            yield plan_trial(case, late, "pin")


def swap_technicians(case: Case) -> Iterator[Trial]:
    failing = assignment.failing(case.problem)
    begun = {reading.shift for reading in readings(case) if reading.n_facts}
    for reading in readings(case):
        visits = _visits_on(reading)[reading.n_facts :]
        for shift in set(range(case.problem.n_shifts)) - {reading.shift}:
            wrong = failing[visits, case.problem.shifts.technician[shift]]
            if any(stop.tools for stop in reading.stops):
                wrong = wrong[wrong != Reason.TOOL]
            if wrong.any() and not begun & {shift, reading.shift}:
                codes = [Reason(int(number)).code for number in wrong[wrong > 0]]
                yield plan_trial(case, _swapped(case.solution, reading.shift, shift), *codes)


def _swapped(solution: Solution, first: int, second: int) -> Solution:
    """Let two shifts change their routes; breaks are left out, for the other shift may have others."""
    other = {first: second, second: first}
    routes = [
        replace(route, shift=other[route.shift], breaks=()) if route.shift in other else route
        for route in solution.routes
    ]
    return replace(solution, routes=tuple(routes))


MUTATIONS: tuple[Mutation, ...] = (
    close_the_window,
    release_later,
    raise_the_skill_needed,
    remove_the_tool,
    exclude_the_technician,
    require_another_technician,
    require_the_home_territory,
    limit_the_visits,
    limit_the_driving,
    limit_the_distance,
    limit_the_duration,
    end_the_shift_early,
    load_the_van_one_piece_short,
    take_a_part_twice,
    pin_to_another_technician,
    pin_to_another_shift,
    swap_the_ranks,
    move_the_pinned_start,
    start_off_the_pinned_start,
    swap_technicians,
)
