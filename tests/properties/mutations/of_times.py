"""Changes of times, travel, breaks and departures of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from solver.problem import UNREACHABLE, Problem
from tests.properties.mutations.trial import (
    Mutation,
    Trial,
    decided,
    plan_trial,
    problem_trial,
    readings,
    with_break,
    with_route,
    with_row,
    with_stop,
    with_value,
)
from tests.properties.planned import Case


def arrive_a_second_early(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided(case):
        early = with_stop(case.solution, number, k, arrival_s=route.stops[k].arrival_s - 1)
        if not any(taken.before == k for taken in route.breaks):
            yield plan_trial(case, early, "time_wrong", alone=True)


def start_before_the_arrival(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided(case):
        stop = route.stops[k]
        shorter = stop.end_s - stop.start_s
        early = with_stop(case.solution, number, k, start_s=stop.arrival_s - 1, end_s=stop.arrival_s - 1 + shorter)
        yield plan_trial(case, early, "time_wrong")


def work_a_second_less(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided(case):
        yield plan_trial(case, with_stop(case.solution, number, k, end_s=route.stops[k].end_s - 1), "time_wrong")


def shift_a_visit_later_without_what_follows(case: Case) -> Iterator[Trial]:
    for number, k, route, reading in decided(case):
        stop = route.stops[k]
        late = with_stop(case.solution, number, k, start_s=stop.start_s + 1, end_s=stop.end_s + 1)
        if not reading.breaks_in_gap(k + 1):
            yield plan_trial(case, late, "time_wrong")


def end_a_second_off(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        for off in (-1, 1):
            changed = with_route(case.solution, number, end_s=route.end_s + off)
            yield plan_trial(case, changed, "time_wrong", alone=True)


def depart_before_the_shift(case: Case) -> Iterator[Trial]:
    for number, reading in enumerate(readings(case)):
        if not reading.has_begun:
            early_s = int(case.problem.shifts.start_s[reading.shift]) - 1
            yield plan_trial(case, with_route(case.solution, number, departure_s=early_s), "departure_wrong")


def depart_other_than_recorded(case: Case) -> Iterator[Trial]:
    for number, reading in enumerate(readings(case)):
        if reading.has_begun:
            other = with_route(case.solution, number, departure_s=reading.route.departure_s + 1)
            yield plan_trial(case, other, "departure_wrong")


def depart_too_late_for_the_first_visit(case: Case) -> Iterator[Trial]:
    for number, reading in enumerate(readings(case)):
        if not reading.has_begun and not reading.breaks_in_gap(0):
            late = with_route(case.solution, number, departure_s=reading.route.departure_s + 1)
            yield plan_trial(case, late, "time_wrong")


def claim_other_travel(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        for k, stop in enumerate(route.stops):
            longer = with_stop(case.solution, number, k, travel_s=stop.travel_s + 1)
            yield plan_trial(case, longer, "travel_wrong", alone=True)
        back = with_route(case.solution, number, return_travel_s=route.return_travel_s - 1)
        yield plan_trial(case, back, "travel_wrong", alone=True)


def claim_another_distance(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        for k, stop in enumerate(route.stops):
            shorter = with_stop(case.solution, number, k, distance_m=stop.distance_m - 1)
            yield plan_trial(case, shorter, "distance_wrong", alone=True)
        back = with_route(case.solution, number, return_distance_m=route.return_distance_m + 1)
        yield plan_trial(case, back, "distance_wrong", alone=True)


def close_the_way(case: Case) -> Iterator[Trial]:
    for _, k, route, reading in decided(case):
        origin = reading.resume_place if k == reading.n_facts else reading.place_of(k - 1)
        closed = case.problem.travel.duration_s.copy()
        closed[case.problem.shifts.profile[route.shift], origin, reading.place_of(k)] = UNREACHABLE
        travel = replace(case.problem.travel, duration_s=closed)
        yield problem_trial(case, replace(case.problem, travel=travel), "unreachable", alone=False)


def leave_out_a_due_break(case: Case) -> Iterator[Trial]:
    for number, reading in enumerate(readings(case)):
        for k, taken in enumerate(reading.route.breaks):
            others = reading.route.breaks[:k] + reading.route.breaks[k + 1 :]
            is_due = reading.route.end_s - (taken.end_s - taken.start_s) > reading.breaks[taken.index].latest_s
            if is_due or k < len(others):
                yield plan_trial(case, with_route(case.solution, number, breaks=others), "break")


def take_a_break_inside_the_visit_after_it(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        for k, taken in enumerate(route.breaks):
            if taken.before < len(route.stops):
                end_s = route.stops[taken.before].start_s + 1
                start_s = end_s - (taken.end_s - taken.start_s)
                late = with_break(case.solution, number, k, start_s=start_s, end_s=end_s)
                yield plan_trial(case, late, "break_overlap")


def take_a_break_inside_the_visit_before_it(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        for k, taken in enumerate(route.breaks):
            if taken.before > 0:
                start_s = route.stops[taken.before - 1].end_s - 1
                end_s = start_s + taken.end_s - taken.start_s
                early = with_break(case.solution, number, k, start_s=start_s, end_s=end_s)
                yield plan_trial(case, early, "break_overlap")


def shorten_a_break(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        for k, taken in enumerate(route.breaks):
            yield plan_trial(case, with_break(case.solution, number, k, end_s=taken.end_s - 1), "time_wrong")


def take_breaks_in_another_order(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        if len(route.breaks) > 1:
            first, second = route.breaks[:2]
            swapped = (replace(first, index=second.index), replace(second, index=first.index))
            yield plan_trial(case, with_route(case.solution, number, breaks=swapped), "break")


def take_a_break_twice(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        if route.breaks:
            again = (*route.breaks, route.breaks[-1])
            yield plan_trial(case, with_route(case.solution, number, breaks=again), "break")


def close_the_window_of_a_break(case: Case) -> Iterator[Trial]:
    problem = case.problem
    for route in case.solution.routes:
        for taken in route.breaks:
            for path, step in (("shifts.break_earliest_s", 1), ("shifts.break_latest_s", -1)):
                row = getattr(problem.shifts, path.split(".")[1]).row(route.shift)
                for off, broken in ((0, ()), (step, ("break",))):
                    row[taken.index] = taken.start_s + off
                    yield problem_trial(case, with_row(problem, path, route.shift, row), *broken)


def make_another_break_due(case: Case) -> Iterator[Trial]:
    for reading in readings(case):
        taken = [b.number for b in reading.breaks if b.is_behind] + [b.index for b in reading.route.breaks]
        if reading.is_facts_alone or len(taken) < len(reading.breaks):
            continue
        yield problem_trial(case, _with_last_break(case, reading.shift, reading.end_s))
        yield problem_trial(case, _with_last_break(case, reading.shift, reading.end_s - 1), "break")


def _with_last_break(case: Case, shift: int, latest_s: int) -> Problem:
    problem = case.problem
    row = {"break_earliest_s": 0, "break_latest_s": latest_s, "break_duration_s": 60, "break_paid": 1}
    for name, value in row.items():
        values = [*getattr(case.problem.shifts, name).row(shift), value]
        problem = with_row(problem, f"shifts.{name}", shift, values)
    return problem


def raise_the_speed(case: Case) -> Iterator[Trial]:
    for route in case.solution.routes:
        if sum(stop.travel_s for stop in route.stops) + route.return_travel_s > 0:
            problem = with_value(case.problem, "shifts.travel_permille", route.shift, 2)
            yield problem_trial(case, problem, "travel_wrong", alone=False)


MUTATIONS: tuple[Mutation, ...] = (
    arrive_a_second_early,
    start_before_the_arrival,
    work_a_second_less,
    shift_a_visit_later_without_what_follows,
    end_a_second_off,
    depart_before_the_shift,
    depart_other_than_recorded,
    depart_too_late_for_the_first_visit,
    claim_other_travel,
    claim_another_distance,
    close_the_way,
    raise_the_speed,
    leave_out_a_due_break,
    take_a_break_inside_the_visit_after_it,
    take_a_break_inside_the_visit_before_it,
    shorten_a_break,
    take_breaks_in_another_order,
    take_a_break_twice,
    close_the_window_of_a_break,
    make_another_break_due,
)
