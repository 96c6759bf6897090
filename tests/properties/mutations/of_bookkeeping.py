"""Changes of what a plan says is planned, unplanned, recorded and paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from solver.solution import TERMS
from tests.properties.mutations.trial import (
    Mutation,
    Trial,
    decided,
    decided_visits,
    plan_trial,
    with_route,
    with_stop,
)
from tests.properties.planned import Case


def drop_a_visit_silently(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided_visits(case):
        stops = route.stops[:k] + route.stops[k + 1 :]
        yield plan_trial(case, with_route(case.solution, number, stops=stops), "visit_missing")


def forget_an_unplanned_visit(case: Case) -> Iterator[Trial]:
    for k in range(len(case.solution.unplanned)):
        left = case.solution.unplanned[:k] + case.solution.unplanned[k + 1 :]
        yield plan_trial(case, replace(case.solution, unplanned=left), "visit_missing", alone=True)


def plan_a_visit_twice(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided_visits(case):
        again = (*route.stops, route.stops[k])
        yield plan_trial(case, with_route(case.solution, number, stops=again), "visit_twice")


def list_a_planned_visit_as_unplanned(case: Case) -> Iterator[Trial]:
    for _, k, route, _ in decided_visits(case):
        wrong = (*case.solution.unplanned, route.stops[k].visit)
        yield plan_trial(case, replace(case.solution, unplanned=wrong), "unplanned_wrong", alone=True)


def list_a_fact_as_unplanned(case: Case) -> Iterator[Trial]:
    for visit in case.problem.fact_visits:
        wrong = (*case.solution.unplanned, visit)
        yield plan_trial(case, replace(case.solution, unplanned=wrong), "unplanned_wrong", alone=True)


def list_an_unplanned_visit_twice(case: Case) -> Iterator[Trial]:
    if case.solution.unplanned:
        wrong = (*case.solution.unplanned, case.solution.unplanned[0])
        yield plan_trial(case, replace(case.solution, unplanned=wrong), "unplanned_wrong", alone=True)


def name_a_visit_that_does_not_exist(case: Case) -> Iterator[Trial]:
    for visit in (-1, case.problem.n_visits):
        wrong = (*case.solution.unplanned, visit)
        yield plan_trial(case, replace(case.solution, unplanned=wrong), "visit_unknown", alone=True)


def give_a_shift_two_routes(case: Case) -> Iterator[Trial]:
    for route in case.solution.routes:
        twice = replace(case.solution, routes=(*case.solution.routes, route))
        yield plan_trial(case, twice, "shift_twice")


def name_a_shift_that_does_not_exist(case: Case) -> Iterator[Trial]:
    for number in range(len(case.solution.routes)):
        for shift in (-1, case.problem.n_shifts):
            yield plan_trial(case, with_route(case.solution, number, shift=shift), "shift_unknown")


def keep_an_empty_route(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        if not route.stops[0].is_fact:
            emptied = with_route(case.solution, number, stops=(), breaks=())
            yield plan_trial(case, emptied, "route_empty")


def change_a_fact(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        for k, stop in enumerate(route.stops):
            if stop.is_fact:
                changes = ({"start_s": stop.start_s + 1}, {"end_s": stop.end_s - 1}, {"is_fact": False})
                for change in changes:
                    yield plan_trial(case, with_stop(case.solution, number, k, **change), "fact_changed", alone=True)


def make_up_a_fact(case: Case) -> Iterator[Trial]:
    for number, k, _, _ in decided(case):
        yield plan_trial(case, with_stop(case.solution, number, k, is_fact=True), "fact_changed", alone=True)


def drop_the_facts(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        if route.stops[0].is_fact:
            yield plan_trial(case, with_route(case.solution, number, stops=route.stops[1:]), "fact_changed")
            others = case.solution.routes[:number] + case.solution.routes[number + 1 :]
            yield plan_trial(case, replace(case.solution, routes=others), "fact_changed")


def state_a_cost_that_is_off_by_one(case: Case) -> Iterator[Trial]:
    for term in TERMS:
        for off in (-1, 1):
            terms = dict(case.solution.cost_by_term)
            terms[term] += off
            wrong = replace(case.solution, cost_by_term=terms)
            yield Trial(case.problem, wrong, frozenset({"cost_wrong"}))


MUTATIONS: tuple[Mutation, ...] = (
    drop_a_visit_silently,
    forget_an_unplanned_visit,
    plan_a_visit_twice,
    list_a_planned_visit_as_unplanned,
    list_a_fact_as_unplanned,
    list_an_unplanned_visit_twice,
    name_a_visit_that_does_not_exist,
    give_a_shift_two_routes,
    name_a_shift_that_does_not_exist,
    keep_an_empty_route,
    change_a_fact,
    make_up_a_fact,
    drop_the_facts,
    state_a_cost_that_is_off_by_one,
)
