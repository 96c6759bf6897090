"""Whether a change of stock leaves the rest of the plan as it is, once the document states it.

More pieces can change what is kept for pinned calls, and which ways of getting parts are put together for other calls.
A change that would take a way away by which the plan serves a call is not the one that was tried.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from dispatch_engine.model.stock import Delivery
from dispatch_engine.planner.holdings import Holdings
from dispatch_engine.planner.reservations import Reservations
from dispatch_engine.planner.sourcings import key_of, ways_of
from dispatch_engine.planner.stand_ins import StandIns

if TYPE_CHECKING:
    from collections.abc import Collection

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.missing.want import Want
    from solver.relaxing import Change


def leaves_the_rest(want: Want, change: Change) -> bool:
    """Tell whether the document with a change of stock keeps the same pieces and offers the ways that the plan uses."""
    frame, problem = want.translation.frame, _with_stock(want, change)
    reservations = Reservations.of(problem)
    if reservations.kept != frame.reservations.kept:
        return False
    named = {want.part_names[part] for _, part, *_ in (*change.vans, *change.supplies)}
    rows = _sourced_by(want, named)
    calls = [frame.problem.calls[visit] for visit in rows]
    fewer = problem.model_copy(update={"calls": tuple(calls)})
    holdings = Holdings(problem, frame.timeline, reservations)
    ways = ways_of(fewer, frame.timeline, frame.bounds, reservations, holdings, frame.now_s)
    return all(
        key_of(frame.ways.rows[row][1]) in {key_of(way) for way in offered}
        for row, offered in zip(rows.values(), ways.by_call, strict=True)
    )


def _with_stock(want: Want, change: Change) -> ProblemDocument:
    problem, moment = want.translation.frame.problem, want.translation.frame.timeline.moment
    more, later = defaultdict[str, Counter[str]](Counter), defaultdict[str, list[Delivery]](list)
    for technician, part, pieces in change.vans:
        more[want.capacity(technician).id][want.part_names[part]] += pieces
    for location, part, at_s, pieces in change.supplies:
        delivery = Delivery(at=moment(at_s), parts={want.part_names[part]: pieces})
        later[problem.stock_locations[location].id].append(delivery)
    return problem.model_copy(
        update={
            name: tuple(
                each.model_copy(update={"stock": dict(Counter(each.stock) + more[each.id])})
                if each.id in more
                else each
                for each in getattr(problem, name)
            )
            for name in ("technicians", "providers")
        }
        | {
            "stock_locations": tuple(
                each.model_copy(update={"deliveries": (*each.deliveries, *later[each.id])})
                if each.id in later
                else each
                for each in problem.stock_locations
            )
        }
    )


def _sourced_by(want: Want, parts: Collection[str]) -> dict[int, int]:
    """Return the rows of the ways by which the plan serves calls that could use one of ``parts``, by visit."""
    frame, found = want.translation.frame, dict[int, int]()
    relations, first = StandIns(frame.problem), len(frame.problem.calls)
    for routing in want.forcing.standing.routings:
        for row in (stop - first for stop in routing.stops if first <= stop < first + len(frame.ways.rows)):
            visit = frame.ways.rows[row][0]
            call = frame.problem.calls[visit]
            wanted = {*call.parts, *(part for case in call.parts_cases for part in case.parts)}
            if any(each.part in parts for part in wanted for each in relations.of(call, part)):
                found[visit] = row
    return found
