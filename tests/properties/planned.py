"""Plans of random problems, put together visit by visit at the first place that fits: quick, valid, far from good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from solver.checker import CheckReport, check
from solver.objective import Objective
from solver.params import Params
from solver.problem import NONE, Problem
from solver.rules import assignment
from solver.solution import Route, Solution
from solver.solve import solve
from solver.stop import IterationLimit
from solver.tables import Tables, build_tables
from solver.timetable import timed_route
from tests.properties.problems import random_cases, random_parts_cases, random_problem


@dataclass(frozen=True)
class Case:
    """A problem, a plan for it with its stated cost, and the checker's report on it."""

    problem: Problem
    solution: Solution
    report: CheckReport


@cache
def planned_cases(seed: int, count: int, rules: frozenset[str] | None = None) -> tuple[Case, ...]:
    """Plan ``count`` random problems, of random rules or of the given ones."""
    return tuple(_planned(problem, seed) for problem in _problems(seed, count, rules))


@cache
def searched_cases(seed: int, count: int) -> tuple[Case, ...]:
    """Plan ``count`` random problems in which parts are short with the search."""
    return tuple(_searched(problem) for problem in random_parts_cases(seed, count))


def _searched(problem: Problem) -> Case:
    solution = solve(problem, Params(master=None), IterationLimit(100)).solution
    return Case(problem, solution, check(problem, solution))


def _problems(seed: int, count: int, rules: frozenset[str] | None) -> Iterator[Problem]:
    if rules is None:
        return random_cases(seed, count)
    return (random_problem(np.random.default_rng([seed, number]), 6, 2, rules) for number in range(count))


def _planned(problem: Problem, seed: int) -> Case:
    solution = first_fit(problem, np.random.default_rng(seed))
    return Case(problem, solution, check(problem, solution))


def first_fit(problem: Problem, rng: np.random.Generator) -> Solution:
    """Plan the visits in random order, each at the first position of the first shift where it is allowed."""
    planner = _FirstFit(problem, rng)
    for visit in rng.permutation(problem.n_visits):
        if visit not in problem.fact_visits:
            planner.place(int(visit))
    return planner.solution()


class _FirstFit:
    def __init__(self, problem: Problem, rng: np.random.Generator) -> None:
        self.problem, self.rng = problem, rng
        self.tables: Tables = build_tables(problem)
        self.failing = assignment.failing(problem)
        self.stock = problem.technicians.stock.copy()
        self.orders: dict[int, list[int]] = {s: [] for s in range(problem.n_shifts)}
        self.unplanned: list[int] = []

    def place(self, visit: int) -> None:
        for shift in self.rng.permutation(self.problem.n_shifts):
            if self._may_serve(int(shift), visit) and self._insert(int(shift), visit):
                return
        self.unplanned.append(visit)

    def _may_serve(self, shift: int, visit: int) -> bool:
        technician = int(self.problem.shifts.technician[shift])
        has_parts = bool((self.problem.visits.parts[visit] <= self.stock[technician]).all())
        pinned_here = int(self.problem.visits.pin_shift[visit]) in (NONE, shift)
        return self.failing[visit, technician] == 0 and has_parts and pinned_here

    def _insert(self, shift: int, visit: int) -> bool:
        for position in self.rng.permutation(len(self.orders[shift]) + 1):
            order = [*self.orders[shift][:position], visit, *self.orders[shift][position:]]
            if timed_route(self.problem, self.tables, shift, order) is not None:
                self.orders[shift] = order
                self.stock[self.problem.shifts.technician[shift]] -= self.problem.visits.parts[visit]
                return True
        return False

    def solution(self) -> Solution:
        routes = [self._route(shift, order) for shift, order in self.orders.items()]
        used = tuple(route for route in routes if route is not None)
        terms = Objective(self.problem, self.tables).cost_by_term(used, self.unplanned)
        return Solution(used, tuple(self.unplanned), terms)

    def _route(self, shift: int, order: list[int]) -> Route | None:
        if not order and not self.problem.shifts.fact_visit.row(shift):
            return None
        return timed_route(self.problem, self.tables, shift, order)
