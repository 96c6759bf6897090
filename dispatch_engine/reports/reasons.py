"""The unplanned calls with their reasons, those of one kind together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.entries import REASONS
from dispatch_engine.reports.missing import Missing, missing_of
from dispatch_engine.reports.wording import money

if TYPE_CHECKING:
    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.plan import UnplannedCall, UnplannedReason


@dataclass(frozen=True)
class Reason:
    """Why a call stays unplanned: a kind, whom it concerns, and each message."""

    code: str
    title: str
    technicians: str
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Unplanned:
    """A call that the plan leaves out."""

    call: str
    name: str
    priority: int
    due: str
    cost: str
    reasons: tuple[Reason, ...]
    missing: Missing | None = None


def unplanned_calls(view: PlanView) -> tuple[Unplanned, ...]:
    """Return the unplanned calls, the most urgent first."""
    calls = sorted(view.plan.unplanned, key=lambda each: each.priority)
    return tuple(_unplanned(view, each) for each in calls)


def _unplanned(view: PlanView, each: UnplannedCall) -> Unplanned:
    deadlines = view.deadlines(view.calls.get(each.call))
    due = [at for at in (deadlines.response, deadlines.restore) if at is not None]
    return Unplanned(
        each.call,
        view.call_name(each.call),
        each.priority,
        f"{min(due):%d %b %H:%M}" if due else "",
        money(sum(each.costs.values(), Decimal(0))),
        tuple(_grouped(each.reasons, view)),
        missing_of(view, each.missing_parts),
    )


def _grouped(reasons: tuple[UnplannedReason, ...], view: PlanView) -> list[Reason]:
    by_code: dict[str, list[UnplannedReason]] = {}
    for reason in reasons:
        by_code.setdefault(reason.code, []).append(reason)
    return [_reason(code, group, view) for code, group in by_code.items()]


def _reason(code: str, group: list[UnplannedReason], view: PlanView) -> Reason:
    title = REASONS[code].title if code in REASONS else code
    technicians = dict.fromkeys(view.technician_name(each.technician) for each in group if each.technician)
    return Reason(code, title, ", ".join(technicians), tuple(dict.fromkeys(each.message for each in group)))
