"""What Python asks of the search: to load routes, to fill them up, to anneal, to try one insertion.

All of it is one kernel. Nearly everything that the search is made of takes part in each of these, and a kernel of that
size takes seconds to compile.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.jit import kernel
from solver.search import annealing, moves, ways
from solver.search.annealing import Gear
from solver.search.order import WEIGHTS
from solver.search.pool import new_pool
from solver.search.rng import new_rng

if TYPE_CHECKING:
    from solver.problem import Csr, Ints
    from solver.search.state import State
    from solver.tables import Tables

_LOAD, _REPLACE, _FILL_UP, _ANNEAL, _INSERT = range(5)


class _Routes(NamedTuple):
    vans: Ints
    first: Ints
    stops: Ints


class _Stretch(NamedTuple):
    iterations: int
    hot: float
    cold: float


class _Question(NamedTuple):
    visit: int
    shift: int
    way: int
    bound: int
    deals: bool


_NO_STRETCH, _NO_QUESTION = _Stretch(0, 1.0, 1.0), _Question(0, 0, 0, 0, False)


@kernel
def _work(
    task: int, tables: Tables, state: State, gear: Gear, routes: _Routes, stretch: _Stretch, asked: _Question
) -> tuple[int, int, int, int, int]:
    """Do one of the tasks; only that of an insertion has an answer."""
    if task == _LOAD:
        moves.load(tables, state, routes.vans, routes.first, routes.stops)
    elif task == _REPLACE:
        moves.replace(tables, state, routes.first, routes.stops)
    elif task == _FILL_UP:
        annealing.fill_up(tables, state, gear)
    elif task == _ANNEAL:
        annealing.anneal(tables, state, gear, stretch.iterations, stretch.hot, stretch.cold)
    else:
        return ways.best_insertion(tables, state, asked.visit, asked.shift, asked.way, asked.bound, asked.deals)
    return 0, 0, 0, 0, 0


def load(tables: Tables, state: State, vans: Ints, routes: Csr) -> None:
    """Begin anew with vans and routes; see ``solver.search.moves.load``."""
    _work(_LOAD, tables, state, _no_gear(), _Routes(vans, routes.start, routes.values), _NO_STRETCH, _NO_QUESTION)


def replace(tables: Tables, state: State, routes: Csr) -> None:
    """Give the shifts in focus other routes; see ``solver.search.moves.replace``."""
    given = _Routes(_no_routes().vans, routes.start, routes.values)
    _work(_REPLACE, tables, state, _no_gear(), given, _NO_STRETCH, _NO_QUESTION)


def fill_up(tables: Tables, state: State, gear: Gear) -> None:
    """Put in what is absent, once and greedily; see ``solver.search.annealing.fill_up``."""
    _work(_FILL_UP, tables, state, gear, _no_routes(), _NO_STRETCH, _NO_QUESTION)


def anneal(tables: Tables, state: State, gear: Gear, iterations: int, hot: float, cold: float) -> None:
    """Ruin and recreate; see ``solver.search.annealing.anneal``."""
    _work(_ANNEAL, tables, state, gear, _no_routes(), _Stretch(iterations, hot, cold), _NO_QUESTION)


def best_insertion(
    tables: Tables, state: State, v: int, s: int, x: int, bound: int, *, deals: bool
) -> tuple[int, int, int, int, int]:
    """Try a visit on a shift; see ``solver.search.ways.best_insertion``."""
    asked = _Question(v, s, x, bound, deals)
    answer: tuple[int, int, int, int, int] = _work(_INSERT, tables, state, _no_gear(), _no_routes(), _NO_STRETCH, asked)
    return answer


@cache
def _no_gear() -> Gear:
    return Gear(new_pool(1, 1, 1, 0), new_rng(0), np.zeros((0, 0, 0), np.int32), np.zeros((0, 0)), WEIGHTS, np.zeros(4))


@cache
def _no_routes() -> _Routes:
    return _Routes(np.zeros((0, 0), np.int64), np.zeros(1, np.int64), np.zeros(0, np.int64))
