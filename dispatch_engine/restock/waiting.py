"""Calls that the plan leaves out for want of a part: what has to be ordered for them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import horizon_of
from dispatch_engine.restock.documents import WaitingCall

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.restock.ledger import Ledger

WANT_OF_A_PART = "part"
"""The code of the reason."""

IN_THE_END = datetime.max.replace(tzinfo=UTC)


def waiting_of(
    problem: ProblemDocument, plan: PlanDocument | None, ledgers: Mapping[tuple[str, str], Ledger]
) -> Iterator[WaitingCall]:
    """Yield what unplanned calls lack beyond all that the stock locations can still give away, the most urgent first.

    What the locations have in the end, with all deliveries, goes to the most urgent call first. What the vans hold is
    not counted: it is there for other calls, or the plan would have used it.
    """
    listed = {part.id: part for part in problem.parts}
    calls = {call.id: call for call in problem.calls}
    now = problem.now or horizon_of(problem).start
    free: dict[str, int] = defaultdict(int)
    for (_, part), ledger in ledgers.items():
        free[part] += ledger.free(IN_THE_END)
    for priority, call in _unplanned(plan):
        for part, pieces in calls[call].parts.items():
            lacking = max(0, pieces - free[part])
            free[part] -= pieces - lacking
            lead_time = listed[part].order_lead_time if part in listed else None
            if lacking:
                yield WaitingCall(
                    call=call,
                    priority=priority,
                    part=part,
                    name=listed[part].name if part in listed else None,
                    pieces=lacking,
                    there_at=now + lead_time if lead_time is not None else None,
                )


def _unplanned(plan: PlanDocument | None) -> list[tuple[int, str]]:
    """Return priority and id of the calls that are left out for want of a part, the most urgent first."""
    unplanned = plan.unplanned if plan is not None else ()
    return sorted(
        (each.priority, each.call)
        for each in unplanned
        if any(reason.code == WANT_OF_A_PART for reason in each.reasons)
    )
