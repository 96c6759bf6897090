"""Searches of random problems under way, and what stands in their state, for the tests of the moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

from solver.columns import (
    DROP,
    IS_FACT,
    ITEM,
    NEED_END,
    NEED_FIRST,
    PARCEL_END,
    PARCEL_FIRST,
    PARCEL_ITEM,
    PARCEL_PIECES,
    PIECES,
    SUPPLY,
    TECHNICIAN,
    TOTAL,
    VISIT,
)
from solver.objective import Objective
from solver.params import SearchParams
from solver.problem import Csr, Ints, Problem
from solver.routing import PARCEL, VAN, Line, Routing
from solver.rules.reserves import free_on, missing_ticks
from solver.schedule import HANDLING_S, LABELS, READY_S
from solver.search import entry
from solver.search.meetings import first_meeting_step
from solver.search.state import (
    ABSENT,
    ABSENT_AS,
    COUNTERS,
    CURRENT_TICKS,
    ENTRIES,
    FREE_S,
    IS_TOUCHED,
    LENGTH,
    SIDE,
    TICKS,
    WHERE,
    State,
    new_state,
    van_items,
)
from solver.search.team import Team
from solver.search.team_apart import TeamApart
from solver.search.worker import Ground, Search
from solver.solution import Solution
from solver.tables import Tables, build_tables
from solver.timetable import route_ticks, stays, timed_route
from tests.properties.problems import RULES, random_parts_cases, random_problem
from tests.properties.reserves import reserve_cases

PARAMS = SearchParams(ruin_average=4.0)


@cache
def problems(seed: int, count: int, n_visits: int = 10, n_shifts: int = 3) -> tuple[Problem, ...]:
    """Draw problems of one size with every other rule or so."""
    return tuple(_problem(np.random.default_rng([seed, number]), n_visits, n_shifts) for number in range(count))


def _problem(rng: np.random.Generator, n_visits: int, n_shifts: int) -> Problem:
    return random_problem(rng, n_visits, n_shifts, {rule for rule in RULES if rng.random() < 0.4})


@cache
def problems_with_reserves(seed: int, count: int) -> tuple[Problem, ...]:
    """Draw problems with reserves, of every size and with every other rule or so, those on parts among them."""
    return tuple(reserve_cases(seed, count))


@cache
def parts_problems(seed: int, count: int, max_visits: int = 8, max_shifts: int = 3) -> tuple[Problem, ...]:
    """Draw problems in which parts are short."""
    return tuple(random_parts_cases(seed, count, max_visits, max_shifts))


def ground_of(problem: Problem, neighbours: int = 100) -> Ground:
    """Return what the searches of a problem share."""
    tables = build_tables(problem)
    return Ground.of(problem, tables, neighbours)


def started(problem: Problem, seed: int = 1, pool: int = 1000, routes: Sequence[Sequence[int]] | None = None) -> Search:
    """Return a search with its first plan."""
    search = Search(ground_of(problem), PARAMS, seed, 0, pool)
    search.start([[]] * problem.n_shifts if routes is None else routes)
    return search


def best_solution(problem: Problem, found: Search | Team | TeamApart) -> Solution:
    """Return the best plan of a search or a team, timed and priced."""
    tables = found.ground.tables
    routes = [timed_route(problem, tables, s, *best) for s, best in enumerate(found.best_routes())]
    used = [route for route in routes if route is not None and route.stops]
    planned = {stop.visit for route in used for stop in route.stops}
    left_out = tuple(v for v in range(problem.n_visits) if v not in planned)
    return Solution(tuple(used), left_out, Objective(problem, tables).cost_by_term(used, left_out))


def loaded(problem: Problem, tables: Tables, routes: Sequence[Sequence[int]]) -> State:
    """Return a state in which ``routes`` stand."""
    state = new_state(problem, tables)
    begin = Csr.of(routes)
    entry.load(tables, state, van_items(problem), begin)
    return state


def row_of(state: State, s: int) -> int:
    """Return the row of the standing route of shift ``s``."""
    return int(2 * s + state.side[s, SIDE])


def standing(state: State) -> list[list[int]]:
    """Return the stops of the standing routes."""
    rows = [row_of(state, s) for s in range(len(state.side))]
    return [[int(x) for x in state.route[r, : state.row[r, LENGTH]]] for r in rows]


def ledger_of(state: State, s: int) -> tuple[Line, ...]:
    """Return the ledger of the standing route of shift ``s``."""
    r = row_of(state, s)
    return tuple(Line(*line) for line in state.ledger[r, : state.row[r, ENTRIES]].tolist())


def routings(state: State) -> list[Routing]:
    """Return the standing routes with their ledgers."""
    return [Routing(tuple(stops), ledger_of(state, s)) for s, stops in enumerate(standing(state))]


def absent(state: State) -> list[int]:
    """Return the absent visits in the order of their list."""
    return [int(v) for v in state.whereabouts[: state.counter[ABSENT], ABSENT_AS]]


def content(state: State) -> dict[str, Any]:
    """Return all that stands, down to the labels: what ``undo`` has to bring back."""
    return {
        "counters": state.counter[[ABSENT, CURRENT_TICKS]].tolist(),
        "free": state.counter[COUNTERS:].tolist(),
        "where": state.whereabouts[:, WHERE].tolist(),
        "absent": absent(state),
        "left": state.left.tolist(),
        "supply left": state.supply_left.tolist(),
        "touched": state.side[:, IS_TOUCHED].tolist(),
        "routes": [list(_stages(state, s)) for s in range(len(state.side))],
        "rows": [state.row[row_of(state, s)].tolist() for s in range(len(state.side))],
        "ledgers": [ledger_of(state, s) for s in range(len(state.side))],
        "stays": [_stays(state, s).tolist() for s in range(len(state.side))],
    }


def _stays(state: State, s: int) -> Ints:
    r = row_of(state, s)
    return state.stay[r, : state.row[r, LENGTH], HANDLING_S : READY_S + 1]


def _stages(state: State, s: int) -> Iterator[Any]:
    r, stages, width = row_of(state, s), state.route.shape[1] + 1, len(state.label) // len(state.stage)
    yield standing(state)[s]
    for at in range(r * stages, r * stages + state.row[r, LENGTH] + 1):
        labels = int(state.stage[at, LABELS])
        yield state.stage[at, : LABELS + 1].tolist(), state.label[at * width : at * width + labels].tolist()


def contradictions(problem: Problem, tables: Tables, state: State) -> list[str]:
    """Return what in a state does not follow from its standing routes and their ledgers."""
    routes, stop = routings(state), tables.stop
    visits = [[int(stop[x, VISIT]) for x in routing.stops if stop[x, VISIT] >= 0] for routing in routes]
    planned = {v: s for s, on_shift in enumerate(visits) for v in on_shift}
    decided = [v for v in range(problem.n_visits) if not stop[v, IS_FACT]]
    ticks = [route_ticks(tables, s, *routing) for s, routing in enumerate(routes)]
    left, supply_left = _left(problem, tables, routes)
    free = [_free_s(problem, tables, s, routing) for s, routing in enumerate(routes)]
    out = [v for v in decided if v not in planned]
    holds = {
        "ticks of the routes": [int(state.row[row_of(state, s), TICKS]) for s in range(len(routes))] == ticks,
        "ticks of the plan": int(state.counter[CURRENT_TICKS])
        == sum(ticks) + int(stop[out, DROP].sum()) + missing_ticks(problem, np.sum(free, axis=0)),
        "free time of the routes": [state.row[row_of(state, s), FREE_S:].tolist() for s in range(len(routes))] == free,
        "whereabouts": [int(state.whereabouts[v, WHERE]) for v in decided] == [planned.get(v, -1) for v in decided],
        "absent visits": sorted(absent(state)) == out,
        "left in the vans": bool((state.left == left).all()) and bool((left >= 0).all()),
        "left at the places": bool((state.supply_left == supply_left).all()) and bool((supply_left >= 0).all()),
        "all that is given taken": not supply_left[first_meeting_step(stop, tables.row, tables.supply) :].any(),
        "each visit once": sum(map(len, visits)) == len(planned),
        "all needs met": all(needed(tables, routing) == taken(problem, routing) for routing in routes),
        "no idle restock": all(_takes_on_everywhere(tables, routing) for routing in routes),
        "stays of restocks": all(_stays_as_said(tables, state, s, routing) for s, routing in enumerate(routes)),
    }
    return [name for name, is_so in holds.items() if not is_so]


def _free_s(problem: Problem, tables: Tables, s: int, routing: Routing) -> list[int]:
    route = timed_route(problem, tables, s, *routing)
    free: list[int] = free_on(problem, s, route if route is not None and route.stops else None).tolist()
    return free


def _left(problem: Problem, tables: Tables, routes: Sequence[Routing]) -> tuple[Ints, Ints]:
    """Return what is left in the vans and at the places by the ledgers."""
    left, supply_left = van_items(problem), tables.supply[:, TOTAL].copy()
    for s, routing in enumerate(routes):
        for line in routing.ledger:
            if line.at == VAN or line.pieces < 0:
                left[tables.shift[s, TECHNICIAN], line.item] -= abs(line.pieces)
            if line.at != VAN:
                supply_left[line.step : line.steps_end] -= line.pieces
    return left, supply_left


def needed(tables: Tables, routing: Routing) -> tuple[Counter[int], Counter[int]]:
    """Return the pieces of each part that the stops of a route use, and those that parcels bring."""
    used: Counter[int] = Counter()
    sent: Counter[int] = Counter()
    for x in routing.stops:
        for need in tables.row[tables.stop[x, NEED_FIRST] : tables.stop[x, NEED_END]]:
            used[int(need[ITEM])] += int(need[PIECES])
        for parcel in tables.row[tables.stop[x, PARCEL_FIRST] : tables.stop[x, PARCEL_END]]:
            sent[int(parcel[PARCEL_ITEM])] += int(parcel[PARCEL_PIECES])
    return used, sent


def taken(problem: Problem, routing: Routing) -> tuple[Counter[int], Counter[int]]:
    """Return the pieces of each part that a ledger says the route takes for itself, and those that parcels bring."""
    n_parts = problem.technicians.stock.shape[1]
    used: Counter[int] = Counter()
    sent: Counter[int] = Counter()
    for line in routing.ledger:
        if line.item < n_parts and line.pieces > 0:
            (sent if line.at == PARCEL else used)[line.item] += line.pieces
    return used, sent


def _takes_on_everywhere(tables: Tables, routing: Routing) -> bool:
    restocks = {at for at, x in enumerate(routing.stops) if tables.stop[x, SUPPLY] >= 0}
    return restocks == {line.at for line in routing.ledger if line.at >= 0}


def _stays_as_said(tables: Tables, state: State, s: int, routing: Routing) -> bool:
    restocks = [at for at, x in enumerate(routing.stops) if tables.stop[x, SUPPLY] >= 0]
    said = stays(tables, routing.stops, routing.ledger)[restocks, HANDLING_S : READY_S + 1]
    return bool((_stays(state, s)[restocks] == said).all())
