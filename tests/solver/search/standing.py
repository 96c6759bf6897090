"""Searches of random problems under way, and what stands in their state, for the tests of the moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

from solver.columns import DROP, IS_FACT
from solver.params import SearchParams
from solver.problem import Problem
from solver.search import moves
from solver.search.order import neighbour_lists, sort_keys
from solver.search.state import (
    ABSENT,
    ABSENT_AS,
    CURRENT_TICKS,
    LENGTH,
    TICKS,
    WHERE,
    State,
    first_stage,
    label_width,
    new_state,
    standing_row,
)
from solver.search.worker import Ground, Search
from solver.tables import Tables, build_tables
from solver.timetable import route_ticks
from tests.properties.problems import RULES, random_problem
from tests.solver.planning import as_route

PARAMS = SearchParams(ruin_average=4.0)


@cache
def problems(seed: int, count: int, n_visits: int = 10, n_shifts: int = 3) -> tuple[Problem, ...]:
    """Draw problems of one size with every other rule or so."""
    return tuple(_problem(np.random.default_rng([seed, number]), n_visits, n_shifts) for number in range(count))


def _problem(rng: np.random.Generator, n_visits: int, n_shifts: int) -> Problem:
    return random_problem(rng, n_visits, n_shifts, {rule for rule in RULES if rng.random() < 0.4})


def ground_of(problem: Problem, neighbours: int = 100) -> Ground:
    """Return what the searches of a problem share."""
    tables = build_tables(problem)
    return Ground(problem, tables, neighbour_lists(tables, neighbours), sort_keys(problem, tables))


def started(problem: Problem, seed: int = 1, pool: int = 1000, routes: Sequence[Sequence[int]] | None = None) -> Search:
    """Return a search with its first plan."""
    search = Search(ground_of(problem), PARAMS, seed, 0, pool)
    search.start([[]] * problem.n_shifts if routes is None else routes)
    return search


def loaded(problem: Problem, tables: Tables, routes: Sequence[Sequence[int]]) -> State:
    """Return a state in which ``routes`` stand."""
    state = new_state(problem)
    moves.clear(tables, state, problem.technicians.stock)
    for s, visits in enumerate(routes):
        moves.load_route(tables, state, s, as_route(visits))
    moves.list_absent(tables, state)
    moves.accept(state)
    return state


def standing(state: State) -> list[list[int]]:
    """Return the visits of the standing routes."""
    rows = [standing_row(state, s) for s in range(len(state.side))]
    return [[int(v) for v in state.route[r, : state.row[r, LENGTH]]] for r in rows]


def absent(state: State) -> list[int]:
    """Return the absent visits in the order of their list."""
    return [int(v) for v in state.whereabouts[: state.counter[ABSENT], ABSENT_AS]]


def content(state: State) -> dict[str, Any]:
    """Return all that stands, down to the labels: what ``undo`` has to bring back."""
    return {
        "counters": state.counter[[ABSENT, CURRENT_TICKS]].tolist(),
        "where": state.whereabouts[:, WHERE].tolist(),
        "absent": absent(state),
        "left": state.left.tolist(),
        "touched": state.side[:, 1].tolist(),
        "routes": [list(_stages(state, s)) for s in range(len(state.side))],
        "rows": [state.row[standing_row(state, s)].tolist() for s in range(len(state.side))],
    }


def _stages(state: State, s: int) -> Iterator[Any]:
    r, width = standing_row(state, s), label_width(state)
    yield standing(state)[s]
    for at in range(first_stage(state, r), first_stage(state, r) + state.row[r, LENGTH] + 1):
        labels = int(state.stage[at, 7])
        yield state.stage[at, :8].tolist(), state.label[at * width : at * width + labels].tolist()


def contradictions(problem: Problem, tables: Tables, state: State) -> list[str]:
    """Return what in a state does not follow from its standing routes."""
    routes, visit = standing(state), tables.visit
    planned = {v: s for s, visits in enumerate(routes) for v in visits}
    decided = [v for v in range(problem.n_visits) if not visit[v, IS_FACT]]
    ticks = [route_ticks(tables, s, visits) for s, visits in enumerate(routes)]
    left = problem.technicians.stock.copy()
    for v, s in planned.items():
        left[problem.shifts.technician[s]] -= problem.visits.parts[v]
    out = [v for v in decided if v not in planned]
    holds = {
        "ticks of the routes": [int(state.row[standing_row(state, s), TICKS]) for s in range(len(routes))] == ticks,
        "ticks of the plan": int(state.counter[CURRENT_TICKS]) == sum(ticks) + int(visit[out, DROP].sum()),
        "whereabouts": [int(state.whereabouts[v, WHERE]) for v in decided] == [planned.get(v, -1) for v in decided],
        "absent visits": sorted(absent(state)) == out,
        "parts left": bool((state.left == left).all()) and bool((left >= 0).all()),
        "each visit once": sum(map(len, routes)) == len(planned),
    }
    return [name for name, is_so in holds.items() if not is_so]
