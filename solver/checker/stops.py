"""What a stop is by its kind: where it is, how long it takes, and whether it can be read at all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from solver.checker.report import Violation
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from solver.problem import Problem
    from solver.solution import Route, Stop


def place_of_stop(problem: Problem, stop: Stop) -> int:
    """Return the place of a visit, a stock location or a meeting."""
    if stop.is_visit:
        return int(problem.visits.place[stop.visit])
    if stop.location != NONE:
        return int(problem.stock.place[stop.location])
    return int(problem.meetings.place[stop.meeting])


def service_of_stop(problem: Problem, stop: Stop, technician: int) -> int:
    """Return the seconds of a decided stop: service of a visit, handling of the others."""
    if stop.is_visit:
        return int(problem.visits.service_s[stop.visit, technician])
    if stop.location == NONE:
        return int(problem.meetings.handling_s[stop.meeting])
    n_lines = len({part for part, _ in stop.loads}) + len(set(stop.tools))
    return int(problem.stock.handling_s[stop.location]) + n_lines * int(problem.stock.line_s[stop.location])


def stop_faults(problem: Problem, shift: int, stop: Stop) -> Iterator[Violation]:
    """Yield what makes a stop unreadable: unknown numbers, none or two kinds at once, things of another kind."""
    kinds = {
        "visit": (stop.visit, problem.n_visits),
        "location": (stop.location, len(problem.stock)),
        "meeting": (stop.meeting, len(problem.meetings)),
        "sourcing": (stop.sourcing, len(problem.sourcings)),
    }
    named = [kind for kind, (number, _) in kinds.items() if number != NONE]
    if not named:
        yield Violation("visit_unknown", stop.visit, _numbers(problem.n_visits), shift)
    for kind in named:
        number, count = kinds[kind]
        if not 0 <= number < count:
            yield Violation(f"{kind}_unknown", number, _numbers(count), shift)
    if misfits := _misfits(stop, named):
        found = f"{' and '.join(named)} with {', '.join(misfits)}" if misfits != named else " and ".join(named)
        yield Violation("stop_mixed", found, "one kind, and what belongs to it", shift)
    if stop.loads or stop.gives or stop.tools:
        yield from _thing_faults(problem, shift, stop)


def _misfits(stop: Stop, named: list[str]) -> list[str]:
    """Return the kinds where they are several, else what the stop's kind does not have."""
    kinds = [kind for kind in named if kind != "sourcing"]
    if len(kinds) != 1:
        return kinds
    owners = {"sourcing": ("visit",), "loads": ("location", "meeting"), "tools": ("location",), "gives": ("meeting",)}
    things = {"sourcing": stop.sourcing != NONE, "loads": stop.loads, "tools": stop.tools, "gives": stop.gives}
    return [thing for thing, is_there in things.items() if is_there and kinds[0] not in owners[thing]]


def _thing_faults(problem: Problem, shift: int, stop: Stop) -> Iterator[Violation]:
    yield from _piece_faults(problem, shift, stop.loads)
    yield from _piece_faults(problem, shift, stop.gives)
    n_tools = problem.visits.needs_tool.shape[1]
    for tool, count in Counter(stop.tools).items():
        if not 0 <= tool < n_tools:
            yield Violation("tool_unknown", tool, _numbers(n_tools), shift)
        elif count > 1:
            yield Violation("pieces_wrong", f"tool {tool} listed {count} times", "listed once", shift)


def night_piece_faults(problem: Problem, route: Route) -> Iterator[Violation]:
    """Yield what makes a night's load unreadable."""
    yield from _piece_faults(problem, route.shift, route.overnight)


def _piece_faults(problem: Problem, shift: int, pairs: Iterable[tuple[int, int]]) -> Iterator[Violation]:
    n_parts = problem.visits.parts.shape[1]
    listed = list(pairs)
    if not listed:
        return
    for part, count in Counter(part for part, _ in listed).items():
        if not 0 <= part < n_parts:
            yield Violation("part_unknown", part, _numbers(n_parts), shift)
        elif count > 1:
            yield Violation("pieces_wrong", f"part {part} listed {count} times", "listed once", shift)
    for part, pieces in listed:
        if pieces < 1:
            yield Violation("pieces_wrong", f"{pieces} of part {part}", "1 piece or more", shift)


def _numbers(count: int) -> str:
    return f"0 to {count - 1}" if count else "none, there is none"
