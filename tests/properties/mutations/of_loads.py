"""Changes of what is taken on, used and held along the routes: restocks, nights, vans, tools and room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from solver.problem import NONE, Problem
from solver.solution import Route, Stop
from tests.properties.mutations.trial import (
    Mutation,
    Trial,
    decided,
    plan_trial,
    problem_trial,
    with_route,
    with_stop,
    with_tool,
    with_value,
)
from tests.properties.planned import Case


def used_at(problem: Problem, stop: Stop, part: int) -> int:
    """Return the pieces of a part that a decided stop uses."""
    if stop.is_fact or not stop.is_visit:
        return 0
    return int(
        problem.visits.parts[stop.visit, part]
        if stop.sourcing == NONE
        else problem.sourcings.parts[stop.sourcing, part]
    )


def used_after(problem: Problem, route: Route, k: int, part: int) -> int:
    """Return the pieces of a part that a route uses behind a position."""
    return sum(used_at(problem, stop, part) for stop in route.stops[k + 1 :])


def loaded(route: Route, part: int) -> int:
    """Return all that a route takes on of a part."""
    return dict(route.overnight).get(part, 0) + sum(dict(stop.loads).get(part, 0) for stop in route.stops)


def handed_over(route: Route, part: int) -> int:
    """Return what a route gives of a part."""
    return sum(dict(stop.gives).get(part, 0) for stop in route.stops)


def drawn(case: Case, part: int) -> Counter[int]:
    """Return what comes of a part out of each technician's van, over all his routes."""
    pieces: Counter[int] = Counter()
    for route in case.solution.routes:
        own = used_after(case.problem, route, -1, part) - loaded(route, part) + handed_over(route, part)
        pieces[int(case.problem.shifts.technician[route.shift])] += own
    return pieces


def changed_lines(lines: tuple[tuple[int, int], ...], part: int, pieces: int) -> tuple[tuple[int, int], ...]:
    """Return lines with so many pieces of a part, without it where they are none."""
    return tuple(sorted((p, n) for p, n in {**dict(lines), part: pieces}.items() if n))


def _loads(case: Case) -> Iterator[tuple[int, int, Route, int, int]]:
    """Yield (route number, position, route, part, pieces) of each line that is taken on by day."""
    for number, k, route, _ in decided(case):
        for part, pieces in route.stops[k].loads:
            yield number, k, route, part, pieces


def _just_enough_in_the_vans(case: Case) -> Problem:
    problem = case.problem
    for part in range(problem.technicians.stock.shape[1]):
        for technician, pieces in drawn(case, part).items():
            problem = with_value(problem, "technicians.stock", (technician, part), pieces)
    return problem


def load_more_than_is_used_after(case: Case) -> Iterator[Trial]:
    for number, k, route, part, _ in _loads(case):
        more = used_after(case.problem, route, k, part) + 1
        lines = changed_lines(route.stops[k].loads, part, more)
        yield plan_trial(case, with_stop(case.solution, number, k, loads=lines), "load_unused")


def load_one_piece_more_of_what_is_all_loaded(case: Case) -> Iterator[Trial]:
    for number, k, route, part, pieces in _loads(case):
        later = sum(dict(stop.loads).get(part, 0) for stop in route.stops[k:])
        if later == used_after(case.problem, route, k, part):
            lines = changed_lines(route.stops[k].loads, part, pieces + 1)
            yield plan_trial(case, with_stop(case.solution, number, k, loads=lines), "load_unused")


def load_one_piece_less(case: Case) -> Iterator[Trial]:
    tight = replace(case, problem=_just_enough_in_the_vans(case))
    yield problem_trial(case, tight.problem)
    for number, k, route, part, pieces in _loads(case):
        lines = changed_lines(route.stops[k].loads, part, pieces - 1)
        code = "part" if route.stops[k].meeting == NONE else "handover"
        yield plan_trial(tight, with_stop(case.solution, number, k, loads=lines), code)


def drop_a_line(case: Case) -> Iterator[Trial]:
    tight = replace(case, problem=_just_enough_in_the_vans(case))
    for number, k, route, part, _ in _loads(case):
        lines = changed_lines(route.stops[k].loads, part, 0)
        yield plan_trial(tight, with_stop(case.solution, number, k, loads=lines), "part")


def drop_a_restock(case: Case) -> Iterator[Trial]:
    tight = replace(case, problem=_just_enough_in_the_vans(case))
    for number, k, route, _ in decided(case):
        if route.stops[k].loads:
            stops = route.stops[:k] + route.stops[k + 1 :]
            yield plan_trial(tight, with_route(case.solution, number, stops=stops), "part")


def restock_behind_the_last_visit(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided(case):
        if route.stops[k].location != NONE:
            stops = (*route.stops[:k], *route.stops[k + 1 :], route.stops[k])
            yield plan_trial(case, with_route(case.solution, number, stops=stops), "load_unused")


def take_a_piece_out_of_the_van(case: Case) -> Iterator[Trial]:
    problem = _just_enough_in_the_vans(case)
    for part in range(problem.technicians.stock.shape[1]):
        for technician, pieces in drawn(case, part).items():
            if pieces:
                short = with_value(problem, "technicians.stock", (technician, part), pieces - 1)
                yield problem_trial(case, short, "part")


def use_a_piece_more(case: Case) -> Iterator[Trial]:
    problem = _just_enough_in_the_vans(case)
    for _, k, route, _ in decided(case):
        stop = route.stops[k]
        for part in range(problem.visits.parts.shape[1]) if stop.is_visit else ():
            path, row = ("visits.parts", stop.visit) if stop.sourcing == NONE else ("sourcings.parts", stop.sourcing)
            more = with_value(problem, path, (row, part), used_at(problem, stop, part) + 1)
            is_limited = any(p == part for p, _ in route.overnight)
            yield problem_trial(case, more, "part", alone=not is_limited)


def list_a_line_twice_or_with_nothing(case: Case) -> Iterator[Trial]:
    for number, k, _, part, pieces in _loads(case):
        for lines in (((part, pieces), (part, pieces)), ((part, 0),), ((part, -pieces),)):
            yield plan_trial(case, with_stop(case.solution, number, k, loads=lines), "pieces_wrong")


def load_a_part_that_does_not_exist(case: Case) -> Iterator[Trial]:
    for number, k, _, _, pieces in _loads(case):
        for part in (-1, case.problem.visits.parts.shape[1]):
            lines = ((part, pieces),)
            yield plan_trial(case, with_stop(case.solution, number, k, loads=lines), "part_unknown")


def load_more_in_the_night_than_is_used(case: Case) -> Iterator[Trial]:
    for number, route in enumerate(case.solution.routes):
        for part, _ in route.overnight:
            lines = changed_lines(route.overnight, part, used_after(case.problem, route, -1, part) + 1)
            yield plan_trial(case, with_route(case.solution, number, overnight=lines), "load_unused")


def load_less_in_the_night(case: Case) -> Iterator[Trial]:
    tight = replace(case, problem=_just_enough_in_the_vans(case))
    for number, route in enumerate(case.solution.routes):
        for part, pieces in route.overnight:
            lines = changed_lines(route.overnight, part, pieces - 1)
            yield plan_trial(tight, with_route(case.solution, number, overnight=lines), "part", alone=True)


def limit_the_night(case: Case) -> Iterator[Trial]:
    for route in case.solution.routes:
        for part, _ in route.overnight:
            by_day = loaded(route, part) - dict(route.overnight)[part]
            used = used_after(case.problem, route, -1, part) - by_day
            for off, broken in ((0, ()), (-1, ("overnight",))):
                limited = with_value(case.problem, "shifts.overnight_limit", (route.shift, part), used + off)
                yield problem_trial(case, limited, *broken)


def load_in_a_night_that_is_not(case: Case) -> Iterator[Trial]:
    for route in case.solution.routes:
        if route.overnight:
            never = with_value(case.problem, "shifts.overnight_location", route.shift, NONE)
            yield problem_trial(case, never, "overnight")


def narrow_the_van(case: Case) -> Iterator[Trial]:
    stock = case.problem.stock
    for technician in range(len(case.problem.technicians)):
        for measure in range(stock.van_room.shape[1]):
            held = _held_after_loads(case, technician, measure)
            for off, broken in ((0, ()), (-1, ("room",))) if max(held, default=0) > 0 else ():
                narrow = with_value(case.problem, "stock.van_room", (technician, measure), max(held) + off)
                yield problem_trial(case, narrow, *broken)


def _held_after_loads(case: Case, technician: int, measure: int) -> list[int]:
    problem, held_then = case.problem, []
    size = [int(n) for n in problem.stock.part_size[:, measure]]
    for route in case.solution.routes:
        if int(problem.shifts.technician[route.shift]) != technician:
            continue
        held = int(problem.stock.van_held[technician, measure])
        for lines, stop in [(route.overnight, None), *((stop.loads, stop) for stop in route.stops)]:
            held += sum(size[part] * pieces for part, pieces in lines)
            if stop is not None:
                held -= sum(size[part] * pieces for part, pieces in stop.gives)
                held -= sum(n * used_at(problem, stop, part) for part, n in enumerate(size))
            held_then += [held] if lines else []
    return held_then


def borrow_nothing(case: Case) -> Iterator[Trial]:
    for number, k, route, reading in decided(case):
        has = case.problem.technicians.has_tool[reading.technician]
        others = {tool for j, stop in enumerate(route.stops) if j != k for tool in stop.tools}
        if any(not has[tool] and tool not in others for tool in route.stops[k].tools):
            yield plan_trial(case, with_stop(case.solution, number, k, tools=()), "tool")


def borrow_what_nobody_needs(case: Case) -> Iterator[Trial]:
    problem, tool = with_tool(case.problem)
    for location in range(len(problem.stock)):
        problem = with_value(problem, "stock.tools", (location, tool), 1)
    for number, k, route, reading in decided(case):
        if route.stops[k].location == NONE:
            continue
        borrowed = with_stop(case.solution, number, k, tools=(*route.stops[k].tools, tool))
        yield plan_trial(replace(case, problem=problem), borrowed, "load_unused")
        for j in reading.decided:
            if route.stops[j].is_visit:
                needed = with_value(problem, "visits.needs_tool", (route.stops[j].visit, tool), value=True)
                code = "load_unused" if j < k else "time_wrong"
                is_slow = problem.stock.line_s[route.stops[k].location] > 0
                if code == "load_unused" or is_slow:
                    yield plan_trial(replace(case, problem=needed), borrowed, code)


def shift_the_handling(case: Case) -> Iterator[Trial]:
    for number, k, route, _ in decided(case):
        stop = route.stops[k]
        for off in (-1, 1) if not stop.is_visit else ():
            longer = with_stop(case.solution, number, k, end_s=stop.end_s + off)
            yield plan_trial(case, longer, "time_wrong", alone=True)


def make_handling_slower(case: Case) -> Iterator[Trial]:
    stock = case.problem.stock
    for _, k, route, _ in decided(case):
        stop = route.stops[k]
        if stop.location != NONE:
            for path in ("stock.handling_s", "stock.line_s"):
                value = int(getattr(stock, path.split(".")[1])[stop.location])
                slower = with_value(case.problem, path, stop.location, value + 1)
                yield problem_trial(case, slower, "time_wrong", alone=False)


MUTATIONS: tuple[Mutation, ...] = (
    load_more_than_is_used_after,
    load_one_piece_more_of_what_is_all_loaded,
    load_one_piece_less,
    drop_a_line,
    drop_a_restock,
    restock_behind_the_last_visit,
    take_a_piece_out_of_the_van,
    use_a_piece_more,
    list_a_line_twice_or_with_nothing,
    load_a_part_that_does_not_exist,
    load_more_in_the_night_than_is_used,
    load_less_in_the_night,
    limit_the_night,
    load_in_a_night_that_is_not,
    narrow_the_van,
    borrow_nothing,
    borrow_what_nobody_needs,
    shift_the_handling,
    make_handling_slower,
)
