"""Why a call is where it is in a plan, or in none of its routes: proven by trying it on every shift."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.entries import REASONS
from dispatch_engine.kernels import prepare
from dispatch_engine.planner.case import Case
from dispatch_engine.planner.errors import CallUnknownError, PlanUnfitError
from dispatch_engine.planner.judge import findings_of
from dispatch_engine.planner.money import amount
from dispatch_engine.planner.reading import PlanReader
from dispatch_engine.planner.reason_texts import said_of
from dispatch_engine.planner.translate import translate
from dispatch_engine.planner.unplanned import NEAREST_FIRST, reason_as_read
from solver.reasons import Reason
from solver.stops import StopNumbers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from dispatch_engine.model.missing_parts import MissingParts
    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.translate import Translation
    from dispatch_engine.travel.source import TravelSource
    from solver.explain import Alternative


@dataclass(frozen=True)
class Option:
    """One shift for a call: what it would add to the cost there at its best place, or the rule that fails.

    ``code`` is None where it can be done. ``is_present`` marks the shift on which the plan has it.
    """

    technician: str
    shift: str
    code: str | None
    message: str
    added: Decimal | None = None
    position: int | None = None
    is_present: bool = False


@dataclass(frozen=True)
class Explanation:
    """Where a call is in a plan (None: unplanned) and what every shift could do with it, the cheapest first.

    ``missing`` is what the plan says of parts that it lacks.
    """

    call: str
    technician: str | None
    shift: str | None
    is_fact: bool
    leaving_out: Decimal
    options: tuple[Option, ...]
    missing: MissingParts | None = None


def explain(problem: ProblemDocument, plan: PlanDocument, call: str, source: TravelSource) -> Explanation:
    """Explain a call of a plan.

    Raises
    ------
    CallUnknownError
        The problem has no such call.
    PlanUnfitError
        The plan breaks rules of the problem, so that nothing can be proven with it.
    TravelError
        Travel times are not to be had.
    """
    if all(each.id != call for each in problem.calls):
        raise CallUnknownError(call, problem)
    prepare()
    translation = translate(problem, source)
    findings = findings_of(translation, plan)
    if findings:
        raise PlanUnfitError(findings)
    return _explained(translation, plan, translation.frame.index.visit[call])


def _explained(translation: Translation, plan: PlanDocument, visit: int) -> Explanation:
    from solver.rules.unplanned import total_ticks

    solution, numbers = PlanReader(translation).solution(plan), StopNumbers.of(translation.solver_problem)
    routes: list[list[int]] = [[] for _ in translation.frame.index.shifts]
    present, is_fact = None, False
    for route in solution.routes:
        routes[route.shift] = [numbers.of_stop(stop) for stop in route.stops if not stop.is_fact]
        for stop in route.stops:
            if stop.visit == visit:
                present, is_fact = route.shift, stop.is_fact
    options = () if is_fact else options_of(translation, routes, visit, present)
    technician, shift = (None, None) if present is None else list(translation.frame.index.shift)[present]
    leaving_out = amount(int(total_ticks(translation.solver_problem)[visit]))
    call = translation.frame.problem.calls[visit].id
    missing = next((each.missing_parts for each in plan.unplanned if each.call == call), None)
    return Explanation(call, technician, shift, is_fact, leaving_out, options, missing)


def options_of(
    translation: Translation, routes: Sequence[Sequence[int]], visit: int, present: int | None
) -> tuple[Option, ...]:
    """Return what every shift could do with a visit, the cheapest first.

    Parameters
    ----------
    translation
        The problem.
    routes
        Decided stops of each shift, numbered as ``solver.stops`` does.
    visit
        Which visit.
    present
        The shift that has it; None: none.
    """
    from solver.explain import alternatives  # loads the kernels, which are to be found in their folder

    tried = alternatives(translation.solver_problem, [list(route) for route in routes], visit)
    return tuple(sorted((_option(translation, visit, each, present) for each in tried), key=_order))


def _option(translation: Translation, visit: int, tried: Alternative, present: int | None) -> Option:
    from solver.explain import UnplannedReason

    capacity, shift = translation.frame.index.shifts[tried.shift]
    is_present = tried.shift == present
    if tried.reason is Reason.NONE:
        added = amount(tried.added_ticks)
        place = f"as stop {tried.position + 1} of what is decided"
        return Option(capacity.id, shift.id, None, place, added, tried.position, is_present)
    technician = translation.frame.index.technician[capacity.id]
    reason = UnplannedReason(tried.reason, technician, tried.shift, tried.shortfall, tried.short)
    code = reason_as_read(translation, reason)
    said = said_of(code, Case(translation, visit, [reason]))
    return Option(capacity.id, shift.id, code.code, f"{said.text}. {REASONS[code.code].advice}", is_present=is_present)


def _order(option: Option) -> tuple[bool, Decimal | int, int]:
    if option.added is not None:
        return False, option.added, 0
    return True, 0, [reason.code for reason in NEAREST_FIRST].index(option.code or "")
