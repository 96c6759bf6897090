"""The terms of the cost as linear expressions, in ticks: one function a term of ``docs/model.md``."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from solver.exact.limits import distance_m, driving_s, n_visits, work_s
from solver.exact.pairs import is_away_from_home
from solver.exact.reserves import missing_s
from solver.problem import NONE, TERRITORY_PREFERRED
from solver.solution import TERMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from solver.exact.variables import Choices, Linear, RouteChoice
    from solver.problem import Ints, Problem, Steps
    from solver.solution import Stop


def cost_by_term(choices: Choices) -> dict[str, Linear]:
    """Return the expression of each of ``TERMS``, adding what it needs to the model."""
    return {term: _TERMS[term](choices) for term in TERMS}


def wage(choices: Choices) -> Linear:
    """Price the paid seconds; none where there is no route."""
    rates = choices.problem.shifts.wage_ticks_per_s
    return sum(int(rates[route.shift]) * _paid_s(choices, route) for route in choices.routes)


def _paid_s(choices: Choices, route: RouteChoice) -> Linear:
    """Return the paid seconds; where there is no route, what its idle times come to is taken off again."""
    shifts, head = choices.problem.shifts, route.head
    start_s = int(shifts.start_s[route.shift])
    unpaid = [choice for choice in route.breaks if not choice.rule.paid]
    if shifts.paid_from_departure[route.shift]:
        paid_from: Linear = route.departure
        off = sum(choice.rule.duration_s * sum(choice.in_gap.values()) for choice in unpaid)
        idle_s = (head.begin_s or 0) - (head.departed_s or 0) - head.unpaid_s
    else:
        paid_from = start_s
        off = sum(choice.rule.duration_s * choice.taken for choice in unpaid)
        idle_s = (start_s if head.begin_s is None else head.begin_s) - start_s - head.unpaid_s
    return route.end - paid_from - head.unpaid_s - off - idle_s * (1 - route.exists)


def overtime(choices: Choices) -> Linear:
    """Price the seconds beyond the regular end."""
    shifts = choices.problem.shifts
    return sum(
        int(shifts.overtime_ticks_per_s[route.shift])
        * _above(choices, route.end, int(shifts.regular_end_s[route.shift]))
        for route in choices.routes
    )


def _above(choices: Choices, x: Linear, bound: int) -> Linear:
    """Return a variable equal to max(0, x − bound)."""
    beyond = choices.model.new_int_var(0, 1 << 32, "beyond")
    choices.model.add_max_equality(beyond, [0, x - bound])
    return beyond


def distance(choices: Choices) -> Linear:
    """Price the metres."""
    rates = choices.problem.shifts.distance_ticks_per_m
    return sum(int(rates[route.shift]) * distance_m(choices, route) for route in choices.routes)


def callout(choices: Choices) -> Linear:
    """Price used shifts and their visits."""
    shifts = choices.problem.shifts
    return sum(
        int(shifts.fixed_ticks[route.shift]) * route.exists + int(shifts.visit_ticks[route.shift]) * n_visits(route)
        for route in choices.routes
    )


def response(choices: Choices) -> Linear:
    """Price late starts."""
    steps = choices.problem.visits.response
    return _lateness(choices, steps, lambda v: choices.start[v], [fact.start_s for fact in _facts(choices)])


def restore(choices: Choices) -> Linear:
    """Price late completions."""
    steps = choices.problem.visits.restore
    return _lateness(choices, steps, choices.completion, [fact.end_s for fact in _facts(choices)])


def buffer(choices: Choices) -> Linear:
    """Price what lateness costs more where every visit begins and ends later by its buffer."""
    visits, more = choices.problem.visits, choices.buffers
    reckoned: Linear = 0
    for v in choices.visits:
        start, end, (before, after) = choices.start[v], choices.completion(v), more[v]
        for steps, at, late in ((visits.response, start, before), (visits.restore, end, after)):
            if steps.row(v) and not isinstance(late, int):
                reckoned += _stepped_choice(choices, steps.row(v), at + late) - _stepped_choice(
                    choices, steps.row(v), at
                )
        last = visits.window_latest_s.row(v)
        if last and not isinstance(more[v][0], int):
            reckoned += int(visits.window_ticks_per_s[v]) * _above(choices, choices.start[v] + more[v][0], last[-1])
    return reckoned


def _facts(choices: Choices) -> list[Stop]:
    return [fact for route in choices.routes for fact in route.head.facts]


def _lateness(choices: Choices, steps: Steps, instant: Callable[[int], Linear], of_facts: Iterable[int]) -> Linear:
    decided = sum(_stepped_from_zero(choices, v, steps.row(v), instant(v)) for v in choices.visits)
    happened = zip(_facts(choices), of_facts, strict=True)
    return decided + sum(_stepped(steps.row(fact.visit), x) for fact, x in happened)


def _stepped(steps: Iterable[tuple[int, int]], x: int) -> int:
    return sum(rate * max(0, x - after) for after, rate in steps)


def _stepped_from_zero(choices: Choices, v: int, steps: list[tuple[int, int]], x: Linear) -> Linear:
    """Return the price of a planned visit, nothing for an unplanned one, whose instants are 0."""
    return _stepped_choice(choices, steps, x) - _stepped(steps, 0) * (1 - choices.planned[v])


def _stepped_choice(choices: Choices, steps: Iterable[tuple[int, int]], x: Linear) -> Linear:
    """Return the sum of rate × max(0, x − after).

    Where a rate is negative, it is also said that the excess over one step falls behind that over the one before by the
    distance of the steps at most. That is implied, and keeps the relaxation from gaining on a slope that falls.
    """
    ordered = sorted(steps)
    beyond = [_above(choices, x, after) for after, _ in ordered]
    if any(rate < 0 for _, rate in ordered):
        for (first, second), (lower, upper) in zip(pairwise(beyond), pairwise(ordered), strict=True):
            choices.model.add_linear_constraint(first - second, 0, upper[0] - lower[0])
    return sum(rate * excess for (_, rate), excess in zip(ordered, beyond, strict=True))


def downtime(choices: Choices) -> Linear:
    """Price the time that a machine stands still."""
    decided = sum(_stepped_from_zero(choices, v, _downtime(choices, v), choices.completion(v)) for v in choices.visits)
    return decided + sum(_stepped(_downtime(choices, fact.visit), fact.end_s) for fact in _facts(choices))


def _downtime(choices: Choices, visit: int) -> list[tuple[int, int]]:
    visits = choices.problem.visits
    rate = int(visits.downtime_ticks_per_s[visit])
    return [(int(visits.downtime_from_s[visit]), rate)] if rate else []


def _on_pairs(choices: Choices, ticks: Callable[[Problem, int, int], int]) -> Linear:
    """Sum a price on the pair of a visit and its technician."""
    problem = choices.problem
    return sum(
        ticks(problem, visit, int(problem.shifts.technician[route.shift])) * serves
        for route in choices.routes
        for visit, serves in route.serves.items()
    )


def preference(choices: Choices) -> Linear:
    """Give the bonus of preferred technicians."""
    visits = choices.problem.visits
    return _on_pairs(choices, lambda _, v, t: -int(visits.preference_ticks[v]) if visits.preferred[v, t] else 0)


def territory(choices: Choices) -> Linear:
    """Price work outside the preferred home territory."""
    visits = choices.problem.visits

    def ticks(problem: Problem, visit: int, technician: int) -> int:
        is_preferred = int(visits.territory_rule[visit]) == TERRITORY_PREFERRED
        is_priced = is_preferred and is_away_from_home(problem, visit, technician)
        return int(visits.territory_ticks[visit]) if is_priced else 0

    return _on_pairs(choices, ticks)


def reassigned(choices: Choices) -> Linear:
    """Price another technician than the promised one."""
    visits = choices.problem.visits
    return _on_pairs(
        choices, lambda _, v, t: 0 if int(visits.promised_technician[v]) in (NONE, t) else int(visits.reassign_ticks[v])
    )


def retimed(choices: Choices) -> Linear:
    """Price starts outside the promised interval."""
    visits, model = choices.problem.visits, choices.model
    ticks: Linear = 0
    for v in choices.visits:
        if visits.promised_from_s[v] == NONE:
            continue
        outside = model.new_bool_var(f"visit {v} is retimed")
        kept = (choices.planned[v], ~outside)
        model.add(choices.start[v] >= int(visits.promised_from_s[v])).only_enforce_if(*kept)
        last = choices.start[v] + choices.buffers[v][0]
        model.add(last <= int(visits.promised_to_s[v])).only_enforce_if(*kept)
        ticks += int(visits.retime_ticks[v]) * outside
    return ticks


def courier(choices: Choices) -> Linear:
    """Price the parcels."""
    return _on_sourcings(choices, choices.problem.sourcings.courier_ticks)


def substitute(choices: Choices) -> Linear:
    """Price the substitutes."""
    return _on_sourcings(choices, choices.problem.sourcings.substitute_ticks)


def revisit(choices: Choices) -> Linear:
    """Price second visits that are to be expected, by the way in which each visit gets its parts."""
    stated, sourcings = choices.problem.visits.revisit_ticks, choices.problem.sourcings
    instead = sourcings.revisit_ticks - stated[sourcings.visit]
    as_stated = sum(int(stated[v]) * planned for v, planned in choices.planned.items())
    return as_stated + _on_sourcings(choices, instead)


def _on_sourcings(choices: Choices, ticks: Ints) -> Linear:
    return sum(int(ticks[row]) * chosen for row, chosen in choices.sourced.items())


def fairness(choices: Choices) -> Linear:
    """Price the deviation of each shift's workload from its target, beyond each step."""
    targets, steps = choices.problem.shifts.workload_target_s, choices.problem.fairness.row(0)
    return sum(
        _stepped_choice(choices, steps, _deviation(choices, route, int(targets[route.shift])))
        for route in choices.routes
        if targets[route.shift] != NONE
    )


def _deviation(choices: Choices, route: RouteChoice, target_s: int) -> Linear:
    happened = sum(fact.end_s - fact.start_s for fact in route.head.facts)
    deviation = choices.model.new_int_var(0, 1 << 32, f"deviation of {route.shift}")
    choices.model.add_abs_equality(deviation, driving_s(choices, route) + happened + work_s(choices, route) - target_s)
    return deviation


def reserve(choices: Choices) -> Linear:
    """Price what is missing of the reserves."""
    rates = choices.problem.reserves.ticks_per_s
    return sum(int(rate) * missing_s(choices, k) for k, rate in enumerate(rates) if rate)


def _on_unplanned(choices: Choices, ticks: Callable[[int], int]) -> Linear:
    return sum(ticks(v) * (1 - planned) for v, planned in choices.planned.items())


def unplanned(choices: Choices) -> Linear:
    """Price what is dropped."""
    return _on_unplanned(choices, lambda v: int(choices.problem.visits.drop_ticks[v]))


def promise_dropped(choices: Choices) -> Linear:
    """Price dropping what was promised; where nothing was, the price is zero."""
    return _on_unplanned(choices, lambda v: int(choices.problem.visits.promise_drop_ticks[v]))


def deferred(choices: Choices) -> Linear:
    """Price the lateness of what is dropped, as if it were served at the horizon's end."""
    visits, horizon_s = choices.problem.visits, choices.problem.horizon_s

    def ticks(v: int) -> int:
        steps = [*visits.response.row(v), *visits.restore.row(v), *_downtime(choices, v)]
        return _stepped(steps, horizon_s)

    return _on_unplanned(choices, ticks)


_TERMS: dict[str, Callable[[Choices], Linear]] = {
    "wage": wage,
    "overtime": overtime,
    "distance": distance,
    "callout": callout,
    "response": response,
    "restore": restore,
    "buffer": buffer,
    "downtime": downtime,
    "preference": preference,
    "territory": territory,
    "reassigned": reassigned,
    "retimed": retimed,
    "courier": courier,
    "substitute": substitute,
    "revisit": revisit,
    "fairness": fairness,
    "reserve": reserve,
    "unplanned": unplanned,
    "promise_dropped": promise_dropped,
    "deferred": deferred,
}
