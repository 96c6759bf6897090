"""Calls that stay unplanned, what that costs and why: one reason for each rule that fails, the nearest miss first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.entries import REASONS
from dispatch_engine.model.effective import priority_of
from dispatch_engine.model.plan import UnplannedCall, UnplannedReason
from dispatch_engine.planner.case import Case
from dispatch_engine.planner.money import amounts
from dispatch_engine.planner.reason_texts import said_of
from solver.reasons import Reason
from solver.rules.unplanned import deferred_ticks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from dispatch_engine.model.missing_parts import MissingParts
    from dispatch_engine.planner.translate import Translation
    from solver.explain import UnplannedReason as Tried

NEAREST_FIRST = (
    Reason.LIMIT_REACHED,
    Reason.RESERVE,
    Reason.PRICE,
    Reason.CAPACITY,
    Reason.BREAK,
    Reason.SHIFT,
    Reason.WINDOW,
    Reason.RELEASE,
    Reason.MAX_VISITS,
    Reason.MAX_DRIVING,
    Reason.MAX_DISTANCE,
    Reason.MAX_DURATION,
    Reason.PART,
    Reason.UNREACHABLE,
    Reason.TERRITORY,
    Reason.TECHNICIAN,
    Reason.TOOL,
    Reason.SKILL,
    Reason.PIN,
    Reason.NO_TECHNICIANS,
)
"""From what a little more would mend to what rules a technician out."""


def unplanned_calls(
    translation: Translation,
    unplanned: Sequence[int],
    why: Mapping[int, Sequence[Tried]],
    missing: Mapping[int, MissingParts],
) -> tuple[UnplannedCall, ...]:
    """Return the unplanned calls in the order of the document.

    Parameters
    ----------
    translation
        The document.
    unplanned
        The visits left out.
    why
        The reasons by visit, one for each shift.
    missing
        What is to be said of those that lack parts.
    """
    frame, costs = translation.frame, _costs(translation, unplanned)
    return tuple(
        UnplannedCall(
            call=frame.problem.calls[v].id,
            priority=priority_of(frame.problem.calls[v], frame.contract_of(frame.problem.calls[v])),
            reasons=reasons_of(translation, v, why[v]),
            costs=costs[v],
            missing_parts=missing.get(v),
        )
        for v in sorted(unplanned)
    )


def priced_anew(translation: Translation, calls: Mapping[int, UnplannedCall]) -> dict[int, UnplannedCall]:
    """Return unplanned calls, by visit, with what leaving them out costs now; the same object where it is the same."""
    costs = _costs(translation, list(calls))
    return {
        v: each if each.costs == costs[v] else each.model_copy(update={"costs": costs[v]}) for v, each in calls.items()
    }


def _costs(translation: Translation, unplanned: Sequence[int]) -> dict[int, dict[str, Decimal]]:
    """Return what leaving each visit out costs."""
    visits = translation.solver_problem.visits
    deferred = deferred_ticks(translation.solver_problem) if unplanned else None
    return {
        v: amounts(
            {
                "unplanned": int(visits.drop_ticks[v]),
                "promise_dropped": int(visits.promise_drop_ticks[v]),
                "deferred": 0 if deferred is None else int(deferred[v]),
            }
        )
        for v in unplanned
    }


def reasons_of(translation: Translation, visit: int, tries: Sequence[Tried]) -> tuple[UnplannedReason, ...]:
    """Return one reason for each rule, with whom it concerns."""
    groups: dict[Reason, list[Tried]] = defaultdict(list)
    for each in tries:
        reason = reason_as_read(translation, each)
        groups[reason].append(replace(each, reason=reason))
    ordered = sorted(groups, key=NEAREST_FIRST.index)
    return tuple(_reason(reason, Case(translation, visit, groups[reason])) for reason in ordered)


def reason_as_read(translation: Translation, tried: Tried) -> Reason:
    """Return the reason as a person sees it: on a shift that is over, that it is over."""
    is_over = tried.shift is not None and translation.frame.bounds[tried.shift].is_over
    by_time = tried.reason in (Reason.WINDOW, Reason.BREAK, Reason.MAX_VISITS)
    return Reason.SHIFT if is_over and by_time else tried.reason


def _reason(reason: Reason, case: Case) -> UnplannedReason:
    said, crew = said_of(reason, case), case.technicians
    return UnplannedReason(
        code=reason.code,
        message=f"{case.call.id}: {said.text}. {REASONS[reason.code].advice}",
        technician=crew[0].id if len(crew) == 1 else None,
        detail={**said.detail, "technicians": len(crew)},
    )
