"""Every term of a plan's cost, each from the problem and the routes alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.checker.report import Violation
from solver.checker.reserves import reserve_ticks
from solver.checker.sourcing import courier_ticks, revisit_ticks, substitute_ticks
from solver.problem import NONE, TERRITORY_PREFERRED
from solver.solution import TERMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from solver.checker.reading import RouteReading
    from solver.checker.record import RouteRecord
    from solver.problem import Problem
    from solver.solution import Solution


def route_costs(reading: RouteReading) -> tuple[int, ...]:
    """Return what a route costs in ticks, term by term, but for fairness and reserves."""
    return tuple(cost(reading) for cost in _ROUTE_TERMS.values())


def cost_by_term(problem: Problem, records: Sequence[RouteRecord], unplanned: Iterable[int]) -> dict[str, int]:
    """Return the cost in ticks by term, with every key of ``TERMS``."""
    dropped = list(unplanned)
    nothing = (0,) * len(_ROUTE_TERMS)
    sums = map(sum, zip(nothing, *(record.costs for record in records), strict=True))
    costs = dict(zip(_ROUTE_TERMS, sums, strict=True))
    costs["fairness"] = _fairness(problem, records)
    costs["reserve"] = reserve_ticks(problem, records)
    costs |= {term: cost(problem, dropped) for term, cost in _DROP_TERMS.items()}
    return {term: costs[term] for term in TERMS}


def cost_faults(solution: Solution, derived: Mapping[str, int]) -> Iterator[Violation]:
    """Yield the terms that the plan prices otherwise; a plan without any cost makes no claim."""
    if not solution.cost_by_term:
        return
    for term in [*TERMS, *sorted(set(solution.cost_by_term) - set(TERMS))]:
        found, expected = solution.cost_by_term.get(term, 0), derived.get(term, 0)
        if found != expected or term not in TERMS:
            yield Violation("cost_wrong", found, expected if term in TERMS else "no such term", detail=term)


def _wage(reading: RouteReading) -> int:
    return reading.figures.paid_s * int(reading.problem.shifts.wage_ticks_per_s[reading.shift])


def _overtime(reading: RouteReading) -> int:
    return reading.figures.overtime_s * int(reading.problem.shifts.overtime_ticks_per_s[reading.shift])


def _distance(reading: RouteReading) -> int:
    return reading.figures.distance_m * int(reading.problem.shifts.distance_ticks_per_m[reading.shift])


def _callout(reading: RouteReading) -> int:
    shifts = reading.problem.shifts
    return int(shifts.fixed_ticks[reading.shift]) + reading.n_visits * int(shifts.visit_ticks[reading.shift])


def _stepped(steps: Iterable[tuple[int, int]], x: int) -> int:
    return sum(rate * max(0, x - after) for after, rate in steps)


def _response_at(problem: Problem, visit: int, start_s: int) -> int:
    return _stepped(problem.visits.response.row(visit), start_s)


def _restore_at(problem: Problem, visit: int, completion_s: int) -> int:
    return _stepped(problem.visits.restore.row(visit), completion_s)


def _downtime_at(problem: Problem, visit: int, completion_s: int) -> int:
    visits = problem.visits
    return int(visits.downtime_ticks_per_s[visit]) * max(0, completion_s - int(visits.downtime_from_s[visit]))


def _response(reading: RouteReading) -> int:
    return sum(_response_at(reading.problem, stop.visit, stop.start_s) for stop in reading.stops if stop.is_visit)


def _completions(reading: RouteReading) -> list[tuple[int, int]]:
    """Return (visit, completion) of all visits, facts included."""
    ended = zip(reading.stops, reading.completions_s, strict=True)
    return [(stop.visit, completion_s) for stop, completion_s in ended if stop.is_visit]


def _restore(reading: RouteReading) -> int:
    return sum(_restore_at(reading.problem, *completion) for completion in _completions(reading))


def _buffer(reading: RouteReading) -> int:
    """Return what lateness costs more where every stop begins and ends later by its buffer."""
    more = 0
    for stop, end_s, (before_s, after_s) in zip(reading.stops, reading.completions_s, reading.buffers_s, strict=True):
        if stop.is_visit and (before_s or after_s):
            problem, v, start_s = reading.problem, stop.visit, stop.start_s
            more += _response_at(problem, v, start_s + before_s) - _response_at(problem, v, start_s)
            more += _restore_at(problem, v, end_s + after_s) - _restore_at(problem, v, end_s)
            more += _behind_windows(problem, v, start_s + before_s) if before_s else 0
    return more


def _behind_windows(problem: Problem, visit: int, reckoned_s: int) -> int:
    visits = problem.visits
    last_s = max(visits.window_latest_s.row(visit), default=reckoned_s)
    return int(visits.window_ticks_per_s[visit]) * max(0, reckoned_s - last_s)


def _downtime(reading: RouteReading) -> int:
    return sum(_downtime_at(reading.problem, *completion) for completion in _completions(reading))


def _decided_visits(reading: RouteReading) -> list[int]:
    return [stop.visit for stop in reading.decided_visits]


def _preference(reading: RouteReading) -> int:
    visits = reading.problem.visits
    liked = [v for v in _decided_visits(reading) if visits.preferred[v, reading.technician]]
    return -sum(int(visits.preference_ticks[v]) for v in liked)


def _is_away(reading: RouteReading, visit: int) -> bool:
    visits = reading.problem.visits
    territory = int(visits.territory[visit])
    if int(visits.territory_rule[visit]) != TERRITORY_PREFERRED or territory == NONE:
        return False
    return not reading.problem.technicians.home_territory[reading.technician, territory]


def _territory(reading: RouteReading) -> int:
    ticks = reading.problem.visits.territory_ticks
    return sum(int(ticks[v]) for v in _decided_visits(reading) if _is_away(reading, v))


def _reassigned(reading: RouteReading) -> int:
    visits = reading.problem.visits
    own = (NONE, reading.technician)
    moved = [v for v in _decided_visits(reading) if int(visits.promised_technician[v]) not in own]
    return sum(int(visits.reassign_ticks[v]) for v in moved)


def _retimed(reading: RouteReading) -> int:
    visits = reading.problem.visits
    cost = 0
    for stop, (before_s, _) in zip(reading.stops, reading.buffers_s, strict=True):
        if stop.is_fact or not stop.is_visit:
            continue
        from_s, to_s = int(visits.promised_from_s[stop.visit]), int(visits.promised_to_s[stop.visit])
        if from_s != NONE and (stop.start_s < from_s or stop.start_s + before_s > to_s):
            cost += int(visits.retime_ticks[stop.visit])
    return cost


def _fairness(problem: Problem, records: Sequence[RouteRecord]) -> int:
    """Return the price of the deviations of all shifts with a target; an unused shift has no workload."""
    targets_s, workload_s = problem.shifts.workload_target_s, np.zeros(problem.n_shifts, np.int64)
    for record in records:
        workload_s[record.shift] = record.figures.workload_s
    deviations = np.abs(workload_s - targets_s)[targets_s != NONE]
    return sum(rate * int(np.maximum(0, deviations - beyond).sum()) for beyond, rate in problem.fairness.row(0))


def _dropped(problem: Problem, unplanned: Sequence[int]) -> int:
    return int(problem.visits.drop_ticks[unplanned].sum()) if unplanned else 0


def _promise_dropped(problem: Problem, unplanned: Sequence[int]) -> int:
    visits, dropped = problem.visits, list(unplanned)
    is_promised = (visits.promised_technician[dropped] != NONE) | (visits.promised_from_s[dropped] != NONE)
    return int(visits.promise_drop_ticks[dropped][is_promised].sum())


def _deferred(problem: Problem, unplanned: Sequence[int]) -> int:
    """Return what is late where visits start and complete at the horizon's end."""
    if not unplanned:
        return 0
    visits, end_s = problem.visits, problem.horizon_s
    is_dropped = np.zeros(len(visits), np.bool_)
    is_dropped[list(unplanned)] = True
    late = 0
    for steps in (visits.response, visits.restore):
        beyond_s = np.maximum(0, end_s - steps.after.values)
        late += int((steps.rate.values * beyond_s)[is_dropped[steps.after.owner]].sum())
    down_s = np.maximum(0, end_s - visits.downtime_from_s[list(unplanned)])
    down: list[int] = (visits.downtime_ticks_per_s[list(unplanned)] * down_s).tolist()
    return late + sum(down)


_ROUTE_TERMS: dict[str, Callable[[RouteReading], int]] = {
    "wage": _wage,
    "overtime": _overtime,
    "distance": _distance,
    "callout": _callout,
    "response": _response,
    "restore": _restore,
    "buffer": _buffer,
    "downtime": _downtime,
    "preference": _preference,
    "territory": _territory,
    "reassigned": _reassigned,
    "retimed": _retimed,
    "courier": courier_ticks,
    "substitute": substitute_ticks,
    "revisit": revisit_ticks,
}

_DROP_TERMS: dict[str, Callable[[Problem, Sequence[int]], int]] = {
    "unplanned": _dropped,
    "promise_dropped": _promise_dropped,
    "deferred": _deferred,
}
