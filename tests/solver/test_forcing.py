"""Visits forced into a plan by given means: what is said of them is what the checker finds in the plan with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np

from solver.checker import check
from solver.forcing import Forced, Forcing
from solver.moments import renumbered, with_moments
from solver.objective import Objective
from solver.params import Params
from solver.problem import Csr, Problem
from solver.relaxing import Change, Means
from solver.solution import Solution
from solver.solve import Result, solve
from solver.standing import Standing
from solver.stop import IterationLimit
from solver.tables import build_tables
from solver.timetable import timed_route
from tests.properties.problems import random_parts_cases
from tests.properties.reserves import with_reserves

DEAR = 1 << 40


def forcing_of(problem: Problem, result: Result) -> Forcing:
    return Forcing(Standing(problem, build_tables(problem), result.routings))


def with_forced(problem: Problem, forcing: Forcing, forced: Forced, result: Result) -> Solution:
    """Return the plan with the visit in it."""
    tables = build_tables(problem)
    routings = dict(enumerate(forcing.standing.routings)) | dict(forced.routings)
    timed = [timed_route(problem, tables, s, *routing) for s, routing in routings.items()]
    used = tuple(route for route in timed if route is not None and route.stops)
    planned = {stop.visit for route in used for stop in route.stops}
    left_out = tuple(v for v in result.solution.unplanned if v not in planned)
    return Solution(used, left_out, Objective(problem, tables).cost_by_term(used, left_out))


def changed(problem: Problem, change: Change) -> Problem:
    """Return the problem with a change made to what it states, not to tables."""
    stock, technicians, shifts = problem.stock, problem.technicians, problem.shifts
    in_van, held, room, cap = (
        each.copy() for each in (technicians.stock, stock.van_held, stock.van_room, shifts.overtime_cap_s)
    )
    for technician, part, pieces in change.vans:
        in_van[technician, part] += pieces
        held[technician] += pieces * stock.part_size[part]
    for technician, measure, size in change.room:
        room[technician, measure] += size
    for shift, seconds in change.ends:
        cap[shift] += seconds
    hours = [
        list(zip(*(x.row(at) for x in (stock.opening_earliest_s, stock.opening_latest_s)), strict=True))
        for at in range(len(stock))
    ]
    for location, row, first_s, last_s in change.openings:
        hours[location][row] = (first_s, last_s)
    more = np.array(change.supplies, np.int64).reshape(-1, 4).T
    columns = (stock.supply_location, stock.supply_part, stock.supply_from_s, stock.supply_pieces)
    supplies = [np.concatenate(pair) for pair in zip(columns, more, strict=True)]
    return replace(
        problem,
        technicians=replace(technicians, stock=in_van),
        shifts=replace(shifts, overtime_cap_s=cap),
        stock=replace(
            stock,
            van_held=held,
            van_room=room,
            opening_earliest_s=Csr.of([first for first, _ in row] for row in hours),
            opening_latest_s=Csr.of([last for _, last in row] for row in hours),
            supply_location=supplies[0],
            supply_part=supplies[1],
            supply_from_s=supplies[2],
            supply_pieces=supplies[3],
        ),
    )


def added_by_checker(problem: Problem, forcing: Forcing, forced: Forced, result: Result, visit: int) -> int:
    """Return what the accepted plan with the visit costs more than the plan, leaving it out not counted."""
    report = check(problem, with_forced(problem, forcing, forced, result))
    assert [violation.message for violation in report.violations] == []
    return report.cost_ticks - result.solution.cost_ticks + forcing.leaving_out_ticks(visit)


@cache
def trials() -> tuple[tuple[Problem, Result], ...]:
    """Plans of random problems in which parts are short and every other visit is hardly worth a trip."""
    return tuple(_planned(problem) for problem in random_parts_cases(71, 150))


def _planned(problem: Problem) -> tuple[Problem, Result]:
    drop = problem.visits.drop_ticks.copy()
    drop[::2] //= 1000
    reluctant = replace(problem, visits=replace(problem.visits, drop_ticks=drop))
    return reluctant, solve(reluctant, Params(master=None), IterationLimit(30))


def every_means(problem: Problem, visit: int) -> Iterator[Means]:
    wanted = tuple(int(part) for part in np.flatnonzero(problem.visits.parts[visit]))
    nowhere = Means(locations=(), meetings=(), wanted=wanted)
    yield Means()
    yield replace(nowhere, ways=[visit])
    for location in range(len(problem.stock)):
        yield replace(nowhere, ways=[visit], locations=[location], nights=False)
        yield replace(nowhere, ways=[visit], locations=[location], restocks=False)
    for meeting in range(len(problem.meetings)):
        yield replace(nowhere, ways=[visit], meetings=[meeting], nights=False)
    for row in np.flatnonzero(problem.sourcings.visit == visit):
        yield Means(ways=[problem.n_visits + int(row)])


def test_a_forced_visit_costs_what_the_checker_finds_by_whatever_means() -> None:
    forced_visits = 0
    for problem, result in trials():
        forcing = forcing_of(problem, result)
        for visit in result.solution.unplanned:
            for means in every_means(problem, visit):
                forced = forcing.force(visit, means)
                if forced is not None:
                    forced_visits += 1
                    assert forced.added_ticks == added_by_checker(problem, forcing, forced, result, visit)
    assert forced_visits > 300


def test_a_forced_visit_costs_what_it_takes_of_reserves_too() -> None:
    missing = 0
    for seed, problem in enumerate(random_parts_cases(72, 60)):
        problem, result = _planned(with_reserves(problem, np.random.default_rng(seed)))
        forcing = forcing_of(problem, result)
        for visit in result.solution.unplanned:
            for means in every_means(problem, visit):
                forced = forcing.force(visit, means)
                if forced is not None:
                    assert forced.added_ticks == added_by_checker(problem, forcing, forced, result, visit)
                    solution = with_forced(problem, forcing, forced, result)
                    missing += solution.cost_by_term["reserve"] > result.solution.cost_by_term["reserve"]
    assert missing > 20


def test_a_change_lets_a_visit_in_exactly_as_a_problem_that_states_it_does() -> None:
    rng, made = np.random.default_rng(5), 0
    for problem, result in trials():
        moments = (0, 30_000, 40_000)
        for visit in result.solution.unplanned:
            wanted = [int(part) for part in np.flatnonzero(problem.visits.parts[visit])]
            if not wanted or not len(problem.stock):
                continue
            finer = with_moments(problem, wanted, moments)
            tables = build_tables(finer)
            routings = renumbered(problem, build_tables(problem), tables, result.routings)
            forcing = Forcing(Standing(finer, tables, routings))
            change = a_change(rng, problem, wanted, moments)
            forced = forcing.force(visit, Means(), change)
            if forced is not None:
                made += 1
                assert forced.added_ticks == added_by_checker(changed(finer, change), forcing, forced, result, visit)
    assert made > 50


def a_change(rng: np.random.Generator, problem: Problem, wanted: list[int], moments: tuple[int, ...]) -> Change:
    technician, location = int(rng.integers(len(problem.technicians))), int(rng.integers(len(problem.stock)))
    part, pieces = int(rng.choice(wanted)), int(rng.integers(1, 3))
    hours = problem.stock.opening_latest_s.row(location)
    room = problem.stock.van_room[technician]
    return Change(
        vans=((technician, part, pieces),) if rng.random() < 0.3 else (),
        supplies=((location, part, int(rng.choice(moments)), pieces),) if rng.random() < 0.6 else (),
        openings=((location, len(hours) - 1, 0, 86_400),) if len(hours) == 1 and rng.random() < 0.3 else (),
        room=tuple((technician, m, 5) for m in range(3) if room[m] >= 0),
        ends=((0, 1800),) if rng.random() < 0.3 else (),
    )
