"""What the visits can need and what there is of it: bounds that keep the model as small as the problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.problem import NONE, ORDER_FIXED

if TYPE_CHECKING:
    from solver.problem import Bools, Ints, Problem


def where(holds: Bools) -> list[int]:
    """Return the indices at which a row is true, as plain integers."""
    return [int(index) for index in np.flatnonzero(holds)]


def ways_of(problem: Problem, visit: int) -> list[int]:
    """Return how a visit can get its parts: as stated (NONE), or by a row of the sourcings."""
    return [NONE, *where(problem.sourcings.visit == visit)]


def used_parts(problem: Problem, visit: int, way: int) -> Ints:
    """Return the pieces of each part that a visit uses from the van, shape (n_parts,)."""
    pieces: Ints = problem.visits.parts[visit] if way == NONE else problem.sourcings.parts[way]
    return pieces


def most_used(problem: Problem) -> Ints:
    """Return the most pieces that any way of a visit uses, shape (n_visits, n_parts); facts use none."""
    most = problem.visits.parts.copy()
    np.maximum.at(most, problem.sourcings.visit, problem.sourcings.parts)
    most[sorted(problem.fact_visits)] = 0
    return most


def supplied(problem: Problem, location: int, by_s: int | None = None) -> Ints:
    """Return the pieces of each part that ever arrive at a location, or until ``by_s``; shape (n_parts,)."""
    stock = problem.stock
    total = np.zeros(problem.visits.parts.shape[1], np.int64)
    arrived = stock.supply_location == location
    if by_s is not None:
        arrived &= stock.supply_from_s <= by_s
    np.add.at(total, stock.supply_part[arrived], stock.supply_pieces[arrived])
    return total


def lendable(problem: Problem, technician: int, location: int) -> Bools:
    """Return which tools a technician can borrow at a location and has not himself, shape (n_tools,)."""
    if not problem.stock.may_restock[technician, location]:
        return np.zeros(problem.technicians.has_tool.shape[1], np.bool_)
    tools: Bools = (problem.stock.tools[location] > 0) & ~problem.technicians.has_tool[technician]
    return tools


def borrowable(problem: Problem, technician: int) -> Bools:
    """Return which tools a technician can borrow anywhere, shape (n_tools,)."""
    tools = np.zeros(problem.technicians.has_tool.shape[1], np.bool_)
    for location in range(len(problem.stock)):
        tools |= lendable(problem, technician, location)
    return tools


def night_loads(problem: Problem, shift: int) -> dict[int, int]:
    """Return the most pieces that a route can have loaded in the night before, by part; nothing for most shifts."""
    shifts = problem.shifts
    location = int(shifts.overnight_location[shift])
    if location == NONE or int(shifts.departed_s[shift]) != NONE or shifts.fact_visit.row(shift):
        return {}
    there = supplied(problem, location, int(shifts.start_s[shift]))
    most = np.minimum(there, most_used(problem).sum(0))
    limits = shifts.overnight_limit[shift]
    most = np.where(limits == NONE, most, np.minimum(most, limits))
    return {part: int(most[part]) for part in where(most > 0)}


def ranked_visits(problem: Problem, shift: int) -> list[int]:
    """Return the visits whose order on a shift is pinned, in that order; nothing where there is but one."""
    visits = problem.visits
    pinned = (visits.pin_level >= ORDER_FIXED) & (visits.pin_rank != NONE) & (visits.pin_shift == shift)
    ranked = [v for v in where(pinned) if v not in problem.fact_visits]
    return sorted(ranked, key=lambda v: int(visits.pin_rank[v])) if len(ranked) > 1 else []
