"""The master: CP-SAT set partitioning over columns, hinted with the incumbent.

Every visit is in one chosen route or left out at its price, every shift drives one route at most, the vans' stock
holds over all routes of their technicians, and that of the stock locations over all routes. What it chooses goes back
to the search.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

from solver.columns import DROP, IS_FACT, TECHNICIAN, TOTAL, VISIT
from solver.money import FORBIDDEN, TICKS_PER_MILLI
from solver.problem import NONE
from solver.ranking import Ranking
from solver.reserving import Reserving, free_by_shift
from solver.routing import VAN, Column, Routing
from solver.search.meetings import first_meeting_step
from solver.timetable import route_ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar

    from solver.problem import Problem
    from solver.tables import Tables

Routes = list[Routing]

FEW = 500
"""Among so many columns CP-SAT chooses first."""

ASK_S = 0.02
"""Seconds between two questions whether to stop."""


@dataclass(frozen=True)
class MasterLimits:
    """Limits of one run: what ``seconds_left`` says or, where None, ``deterministic_s``; ``threads``; a ``seed``."""

    seconds_left: Callable[[], float] | None
    deterministic_s: float
    threads: int
    seed: int

    def half_left(self) -> float | None:
        """Return half of the seconds that are left."""
        return None if self.seconds_left is None else self.seconds_left() / 2


class Columns:
    """The columns found so far, the cheapest order of each set of visits on a shift, and which look promising."""

    def __init__(self, problem: Problem, tables: Tables) -> None:
        self.problem, self.tables = problem, tables
        self.by_set: dict[tuple[int, frozenset[int]], Column] = {}
        self.owner: list[int] = tables.stop[:, VISIT].tolist()
        self.drop_ticks = {v: int(tables.stop[v, DROP]) for v in range(problem.n_visits) if not tables.stop[v, IS_FACT]}
        self.idle_ticks = [int(route_ticks(tables, s, [])) for s in range(problem.n_shifts)]
        self.reserving = Reserving(problem, tables)

    def add(self, columns: Iterable[Column]) -> None:
        """Add columns; of two orders of the same stops the cheaper stays."""
        for column in columns:
            key = (column.shift, frozenset(column.stops))
            known = self.by_set.get(key)
            if known is None or column.ticks < known.ticks:
                self.by_set[key] = column

    def visits(self, column: Column) -> list[int]:
        """Return the visits that a column serves."""
        return [self.owner[number] for number in column.stops if self.owner[number] != NONE]

    def beside(self, incumbent: Sequence[Column]) -> list[Column]:
        """Return the columns that can be driven but the incumbent's, by shift."""
        chosen = {(c.shift, frozenset(c.stops)) for c in incumbent}
        others = (c for key, c in self.by_set.items() if key not in chosen and c.ticks < FORBIDDEN)
        return sorted(others)


def incumbent_columns(problem: Problem, tables: Tables, routes: Sequence[Routing]) -> list[Column]:
    """Return the routes of a plan as columns; shifts without decided stops have none."""
    driven = {s: routing for s, routing in enumerate(routes) if routing.stops}
    free = free_by_shift(problem, tables, driven)
    return [
        Column(s, stops, route_ticks(tables, s, stops, ledger), ledger, free.get(s, ()))
        for s, (stops, ledger) in driven.items()
    ]


def get_ready() -> None:
    """Load OR-Tools, which takes the first call of ``recombine`` about half a second otherwise."""
    import ortools.sat.python.cp_model  # noqa: F401 - loading is all

    import solver.bound.master_lp  # noqa: F401 - as above


class Recombination(NamedTuple):
    """Routes that cost no more than before, None where none were found; whether CP-SAT had no time for even a few."""

    routes: Routes | None
    is_cut_short: bool


def recombine(
    columns: Columns, routes: Routes, most: int, limits: MasterLimits, stop: Callable[[], bool] | None = None
) -> Routes | None:
    """Return the cheapest combination that is found from the incumbent ``routes`` on, None where none is.

    See ``recombination``.
    """
    return recombination(columns, routes, most, limits, stop).routes


def recombination(
    columns: Columns, routes: Routes, most: int, limits: MasterLimits, stop: Callable[[], bool] | None = None
) -> Recombination:
    """Look for the cheapest combination of columns, from the incumbent ``routes`` on.

    CP-SAT chooses among a few columns first, among twice as many as long as that is done to the end, up to ``most``.
    ``stop`` is asked now and then; true ends it.
    """
    incumbent = [c for c in incumbent_columns(columns.problem, columns.tables, routes) if c.ticks < FORBIDDEN]
    by_work = limits.deterministic_s if limits.seconds_left is None else None
    ranked = Ranking(columns, incumbent, by_work, columns.reserving.ticks(incumbent)).ranked(limits.half_left)
    best, count, is_cut_short = None, FEW, False
    while True:
        chosen, is_proven = _combined(columns, incumbent, ranked[:count], limits, stop)
        if chosen is not None:
            incumbent, best = chosen, chosen
        is_cut_short |= count == FEW and not is_proven
        if not is_proven or count >= min(most, len(ranked)):
            break
        count = min(most, 2 * count)
    if best is None:
        return Recombination(None, is_cut_short)
    found = [Routing() for _ in range(columns.problem.n_shifts)]
    for column in best:
        found[column.shift] = column.routing
    return Recombination(found, is_cut_short)


def _combined(
    columns: Columns,
    incumbent: Sequence[Column],
    others: Sequence[Column],
    limits: MasterLimits,
    stop: Callable[[], bool] | None,
) -> tuple[list[Column] | None, bool]:
    """Return the cheapest choice that CP-SAT finds, None where it finds none; and whether there is none cheaper."""
    from ortools.sat.python import cp_model

    candidates = [*incumbent, *others]
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in candidates]
    left_out = _cover_visits(model, columns, candidates, chosen)
    _one_route_a_shift(model, candidates, chosen)
    _vans_suffice(model, columns, candidates, chosen)
    _supplies_suffice(model, columns, candidates, chosen)
    missing = _keep_reserves(model, columns, incumbent, candidates, chosen)
    _minimise(model, columns, candidates, chosen, left_out, missing)
    _hint(model, columns, incumbent, chosen, left_out)
    solver = cp_model.CpSolver()
    _limit(solver, limits)
    with _watched(solver, stop):
        status = solver.solve(model)
    # Within its time CP-SAT may find a dearer choice than its hint, and not come to that.
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE) or solver.objective_value > _hinted_cost(model):
        return None, False
    found = [column for column, variable in zip(candidates, chosen, strict=True) if solver.value(variable)]
    return found, status == cp_model.OPTIMAL


def _cover_visits(
    model: CpModel, columns: Columns, candidates: Sequence[Column], chosen: Sequence[IntVar]
) -> dict[int, IntVar]:
    """Every visit is in exactly one route or left out; return the variables of being left out."""
    covering: dict[int, list[IntVar]] = defaultdict(list)
    for column, variable in zip(candidates, chosen, strict=True):
        for v in columns.visits(column):
            covering[v].append(variable)
    left_out = {}
    for v in columns.drop_ticks:
        left_out[v] = model.new_bool_var("")
        model.add_exactly_one([*covering[v], left_out[v]])
    return left_out


def _one_route_a_shift(model: CpModel, candidates: Sequence[Column], chosen: Sequence[IntVar]) -> None:
    by_shift: dict[int, list[IntVar]] = defaultdict(list)
    for column, variable in zip(candidates, chosen, strict=True):
        by_shift[column.shift].append(variable)
    for variables in by_shift.values():
        model.add_at_most_one(variables)


def _vans_suffice(model: CpModel, columns: Columns, candidates: Sequence[Column], chosen: Sequence[IntVar]) -> None:
    """Let a technician's routes together use and give no more of a part of the van than it holds."""
    shift, stock = columns.tables.shift, columns.problem.technicians.stock
    taken: dict[tuple[int, int], list[tuple[int, IntVar]]] = defaultdict(list)
    for column, variable in zip(candidates, chosen, strict=True):
        for line in column.ledger:
            if line.at == VAN or line.pieces < 0:
                taken[int(shift[column.shift, TECHNICIAN]), line.item].append((abs(line.pieces), variable))
    for (technician, part), terms in taken.items():
        model.add(sum(pieces * variable for pieces, variable in terms) <= int(stock[technician, part]))


def _supplies_suffice(model: CpModel, columns: Columns, candidates: Sequence[Column], chosen: Sequence[IntVar]) -> None:
    """Let all routes together take no more at a place than has arrived there by then, and all that is given."""
    supply = columns.tables.supply
    taken: dict[int, list[tuple[int, IntVar]]] = defaultdict(list)
    for column, variable in zip(candidates, chosen, strict=True):
        for line in column.ledger:
            if line.at != VAN:
                for step in range(line.step, line.steps_end):
                    taken[step].append((line.pieces, variable))
    meetings = first_meeting_step(columns.tables.stop, columns.tables.row, supply)
    for step, terms in taken.items():
        used, total = sum(pieces * variable for pieces, variable in terms), int(supply[step, TOTAL])
        model.add(used == total if step >= meetings else used <= total)


def _minimise(
    model: CpModel,
    columns: Columns,
    candidates: Sequence[Column],
    chosen: Sequence[IntVar],
    left_out: dict[int, IntVar],
    missing: Sequence[IntVar],
) -> None:
    """Minimise in thousandths of the currency: finer differences are not worth CP-SAT's numbers."""
    terms = [
        ((column.ticks - columns.idle_ticks[column.shift]) // TICKS_PER_MILLI, variable)
        for column, variable in zip(candidates, chosen, strict=True)
    ]
    terms += [(columns.drop_ticks[v] // TICKS_PER_MILLI, variable) for v, variable in left_out.items()]
    model.minimize(sum(price * variable for price, variable in terms) + sum(missing))


def _keep_reserves(
    model: CpModel,
    columns: Columns,
    incumbent: Sequence[Column],
    candidates: Sequence[Column],
    chosen: Sequence[IntVar],
) -> list[IntVar]:
    """Price what all routes together leave missing of each reserve, in thousandths; hint what the incumbent does."""
    reserves, reserving, prices = columns.problem.reserves, columns.reserving, []
    if not len(reserves):
        return []
    hinted = reserving.kept_s(incumbent).tolist()
    for k in range(len(reserves)):
        wanted, rate = int(reserves.wanted_s[k]), int(reserves.ticks_per_s[k])
        taken = [(reserving.taken_s(column, k), variable) for column, variable in zip(candidates, chosen, strict=True)]
        kept = reserving.idle_s(k) - sum(seconds * variable for seconds, variable in taken if seconds)
        price = model.new_int_var(0, -(-wanted * rate // TICKS_PER_MILLI), "")
        model.add(TICKS_PER_MILLI * price >= rate * (wanted - kept))
        model.add_hint(price, -(-max(0, wanted - hinted[k]) * rate // TICKS_PER_MILLI))
        prices.append(price)
    return prices


def _hint(
    model: CpModel,
    columns: Columns,
    incumbent: Sequence[Column],
    chosen: Sequence[IntVar],
    left_out: dict[int, IntVar],
) -> None:
    """Hint the incumbent, whose columns come first, in full: without a full hint CP-SAT is poor at this."""
    planned = {v for column in incumbent for v in columns.visits(column)}
    for at, variable in enumerate(chosen):
        model.add_hint(variable, at < len(incumbent))
    for v, variable in left_out.items():
        model.add_hint(variable, v not in planned)


def _hinted_cost(model: CpModel) -> int:
    """Return what the hint costs in the model's objective."""
    hint, objective = model.proto.solution_hint, model.proto.objective
    value_by_variable = dict(zip(hint.vars, hint.values, strict=True))
    return sum(
        price * value_by_variable[variable] for variable, price in zip(objective.vars, objective.coeffs, strict=True)
    )


@contextmanager
def _watched(solver: CpSolver, stop: Callable[[], bool] | None) -> Iterator[None]:
    """Stop a solver that runs inside as soon as somebody asks for it."""
    if stop is None:
        yield
        return
    ended = Event()

    def watch() -> None:
        while not ended.wait(ASK_S):
            if stop():
                solver.stop_search()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def _limit(solver: CpSolver, limits: MasterLimits) -> None:
    parameters = solver.parameters
    parameters.num_workers = limits.threads
    parameters.random_seed = limits.seed % (1 << 31)
    parameters.catch_sigint_signal = False
    if limits.seconds_left is None:
        parameters.num_workers = 1
        parameters.max_deterministic_time = limits.deterministic_s
    else:
        parameters.max_time_in_seconds = limits.seconds_left()
