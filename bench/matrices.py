"""Problems as peers want them: nodes for visits and shift ends, a matrix for each kind of shift, who may go where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.problem import NONE, UNREACHABLE
from solver.rules import assignment, unplanned

if TYPE_CHECKING:
    from solver.problem import Bools, Ints, Problem


class Nodes(NamedTuple):
    """Node v is visit v; then come the starts of all shifts, then their ends. ``place`` (n_nodes,), NONE: open end."""

    place: Ints
    n_visits: int
    n_shifts: int

    def start(self, shift: int) -> int:
        """Return the node at which a shift starts."""
        return self.n_visits + shift

    def end(self, shift: int) -> int:
        """Return the node at which a shift ends."""
        return self.n_visits + self.n_shifts + shift


class Legs(NamedTuple):
    """Travel between nodes (n_nodes, n_nodes); to an open end nothing. ``blocked`` where there is no way."""

    seconds: Ints
    metres: Ints
    blocked: Bools


def nodes_of(problem: Problem) -> Nodes:
    """Return the numbered places of visits and shift ends."""
    place = np.concatenate([problem.visits.place, problem.shifts.start_place, problem.shifts.end_place])
    return Nodes(place, problem.n_visits, problem.n_shifts)


def legs_of(problem: Problem, nodes: Nodes, shift: int) -> Legs:
    """Return travel as a shift drives it."""
    profile, permille = int(problem.shifts.profile[shift]), int(problem.shifts.travel_permille[shift])
    at = np.ix_(nodes.place, nodes.place)
    given_s = problem.travel.duration_s[profile][at].astype(np.int64)
    metres = problem.travel.distance_m[profile][at].astype(np.int64)
    blocked = given_s >= UNREACHABLE
    seconds = np.where(blocked, given_s, (given_s * permille + 500) // 1000)
    is_open = np.flatnonzero(nodes.place == NONE)
    for matrix in (seconds, metres, blocked):
        matrix[is_open, :] = 0
        matrix[:, is_open] = 0
    return Legs(seconds, metres, blocked)


def service_of(problem: Problem, nodes: Nodes, shift: int) -> Ints:
    """Return the work at each node (n_nodes,) of a shift's technician, 0 at starts and ends."""
    work = problem.visits.service_s[:, problem.shifts.technician[shift]]
    return np.concatenate([work, np.zeros(2 * nodes.n_shifts, np.int64)])


class Pairs(NamedTuple):
    """Visits and shifts: ``allowed`` (n_visits, n_shifts) and the price of each pair, never negative.

    A bonus would be a negative price, so every price and every drop price of a visit are raised by its ``raised``
    (n_visits,) ticks: all plans cost the same more. ``drop`` is what leaving a visit out costs then.
    """

    allowed: Bools
    ticks: Ints
    drop: Ints
    raised: Ints


def pairs_of(problem: Problem) -> Pairs:
    """Return who may do what at which price: by the rules on pairs, pinned shifts and parts that a van lacks."""
    technician = problem.shifts.technician
    allowed = assignment.failing(problem)[:, technician] == 0
    pinned = problem.visits.pin_shift[:, None]
    allowed &= (pinned == NONE) | (pinned == np.arange(problem.n_shifts)[None, :])
    allowed &= (problem.visits.parts[:, None, :] <= problem.technicians.stock[None, technician, :]).all(axis=2)
    ticks = assignment.ticks(problem)[:, technician]
    raised = np.maximum(0, -ticks.min(axis=1, initial=0))
    return Pairs(allowed, ticks + raised[:, None], unplanned.total_ticks(problem) + raised, raised)


def unavoidable_ticks(problem: Problem) -> int:
    """Return what leaving out the visits costs that nobody may serve: a part of the cost of every plan."""
    impossible = ~pairs_of(problem).allowed.any(axis=1)
    return int(unplanned.total_ticks(problem)[impossible].sum())


def binding_parts(problem: Problem, allowed: Bools) -> list[int]:
    """Return the parts that can run out in a van: some technician's allowed visits need more than it holds."""
    by_technician = np.zeros((problem.n_visits, len(problem.technicians)), np.bool_)
    for shift, technician in enumerate(problem.shifts.technician):
        by_technician[:, technician] |= allowed[:, shift]
    wanted = by_technician.T.astype(np.int64) @ problem.visits.parts
    return [int(part) for part in np.flatnonzero((wanted > problem.technicians.stock).any(axis=0))]


def shared_unit(problem: Problem, pairs: Pairs) -> int:
    """Return the greatest number of ticks of which every price is a multiple: smaller numbers, the same costs."""
    shifts, visits = problem.shifts, problem.visits
    prices = (
        shifts.wage_ticks_per_s,
        shifts.overtime_ticks_per_s,
        shifts.distance_ticks_per_m,
        shifts.fixed_ticks,
        shifts.visit_ticks,
        visits.response.rate.values,
        pairs.ticks,
        pairs.drop,
    )
    return max(1, int(np.gcd.reduce(np.concatenate([np.ravel(price) for price in prices]))))
