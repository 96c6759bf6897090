"""The figures of a plan: what it comes to, what it costs, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dispatch_engine.kept_reserves import reserve_by_territory
from dispatch_engine.listing import counted
from dispatch_engine.reports.wording import kilometres, length_of_time, moment, money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.plan import CostTerm, Deadlines, Kpis, PlanDocument, StopReason


@dataclass(frozen=True)
class Figure:
    """One figure with its name and a line of detail; ``tone`` is good, bad or nothing."""

    name: str
    value: str
    detail: str
    tone: str = ""


@dataclass(frozen=True)
class CostLine:
    """One term of the cost; ``share_pct`` is its size against the largest."""

    name: str
    meaning: str
    amount: str
    share_pct: float
    gain: bool


TERMS: dict[CostTerm, tuple[str, str]] = {
    "wage": ("Wages", "paid time"),
    "overtime": ("Overtime", "surcharge on time after the shift's end"),
    "distance": ("Kilometres", "distance driven"),
    "callout": ("Call-out", "price of using a technician or provider, and of each visit"),
    "response": ("Late starts", "against response deadlines"),
    "restore": ("Late completions", "against restore deadlines"),
    "buffer": ("Too little buffer", "lateness that is to be reckoned with at the wanted probability"),
    "downtime": ("Downtime", "of customers' machines until completion"),
    "preference": ("Preferred technicians", "gain where a preferred technician is sent"),
    "territory": ("Outside territory", "technicians sent from elsewhere"),
    "reassigned": ("Reassigned", "another technician than promised"),
    "retimed": ("Retimed", "start outside the promised window"),
    "courier": ("Couriers", "parcels to customers' sites"),
    "substitute": ("Substitutes", "extra price of parts in place of others"),
    "revisit": ("Second visits", "expected, where not every cause can be mended at once"),
    "reserve": ("Reserve missing", "technicians who are not kept free"),
    "fairness": ("Uneven workload", "deviation from the workload target"),
    "unplanned": ("Unplanned calls", "price of leaving them out"),
    "promise_dropped": ("Promises dropped", "unplanned calls that were promised"),
    "deferred": ("Put off", "lateness and downtime of unplanned calls until the end of the horizon"),
}

ENDED_BY: dict[StopReason, str] = {
    "time_limit": "the time limit",
    "iterations": "the limit of iterations",
    "gap": "the wanted closeness to the best possible plan",
    "optimal": "a proof that no plan is cheaper",
    "interrupted": "a person who interrupted it",
    "no_calls": "having no calls to plan",
}


def headline(plan: PlanDocument) -> tuple[Figure, ...]:
    """Return the figures that a dispatcher looks at first."""
    kpis = plan.kpis
    return (
        Figure("Planned", f"{kpis.planned} of {kpis.calls}", "calls", "" if kpis.unplanned else "good"),
        Figure("Unplanned", str(kpis.unplanned), _by_priority(kpis), "bad" if kpis.unplanned else "good"),
        Figure("Routes", str(kpis.routes), f"of {counted(kpis.shifts, 'shift')}"),
        _deadline_figure("Started in time", kpis.response),
        _deadline_figure("Completed in time", kpis.restore),
        _promise_figure(kpis),
        Figure("Driving", length_of_time(kpis.driving_s), kilometres(kpis.distance_m)),
        Figure("Service", length_of_time(kpis.service_s), f"{kpis.utilisation:.0%} of paid time"),
        Figure("Waiting", length_of_time(kpis.waiting_s), ""),
        *([] if kpis.robustness is None else [Figure("Robustness", f"{kpis.robustness:.0%}", _in_time_words(plan))]),
        *_parts_figures(plan),
        *_reserve_figures(kpis),
        Figure("Overtime", length_of_time(kpis.overtime_s), f"of {length_of_time(kpis.paid_s)} paid"),
        Figure(f"Cost, {plan.currency}", money(plan.cost.total), _bound_text(plan)),
    )


def _reserve_figures(kpis: Kpis) -> Iterator[Figure]:
    """Yield what is missing of the reserve of each territory that has one."""
    for territory, (wanted_s, missing_s) in reserve_by_territory(kpis).items():
        missing = f"{length_of_time(missing_s)} missing" if missing_s else "nothing missing"
        kept = f"{length_of_time(wanted_s - missing_s)} of {length_of_time(wanted_s)}"
        yield Figure(f"Reserve of {territory}", kept, missing, "bad" if missing_s else "good")


def cost_lines(plan: PlanDocument) -> tuple[CostLine, ...]:
    """Return the terms of the cost that are not zero, the largest first."""
    terms = sorted(plan.cost.by_term.items(), key=lambda item: -abs(item[1]))
    largest = abs(terms[0][1]) if terms else 0
    return tuple(
        CostLine(*TERMS[term], money(amount), round(float(abs(amount) / largest) * 100, 1), amount < 0)
        for term, amount in terms
        if amount
    )


def provenance(view: PlanView) -> tuple[tuple[str, str], ...]:
    """Return how the plan was found, as names and values."""
    plan, effort = view.plan, view.plan.effort
    threads = counted(effort.threads, "thread")
    return (
        ("Problem", f"{plan.problem_id} (sha256 {plan.problem_sha256})"),
        ("Created", moment(view.local(plan.created_at))),
        ("Engine", f"dispatch-engine {plan.engine_version}"),
        ("Seed", str(plan.seed)),
        ("Effort", f"{effort.iterations:,} iterations in {effort.seconds:.1f} s on {threads}"),
        ("Ended by", ENDED_BY[effort.stopped_by]),
        *(
            [("Limit of time", length_of_time(effort.time_limit.total_seconds()))]
            if effort.time_limit is not None
            else []
        ),
        *([("Limit of iterations", f"{effort.iteration_limit:,}")] if effort.iteration_limit is not None else []),
        *([("Proven bound", f"{money(plan.bound.lower)} {plan.currency}: {_bound_text(plan)}")] if plan.bound else []),
        ("Travel times", plan.travel.source),
        *((f"Travel: {name}", str(value)) for name, value in plan.travel.detail.items()),
        ("Time zone", plan.time_zone),
    )


def policy_lines(plan: PlanDocument) -> tuple[tuple[str, str], ...]:
    """Return the effective policy, a line for each value, named by its path in the document."""
    return tuple(_flat(plan.policy.model_dump(mode="json", exclude_none=True), ""))


def _flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for key, child in value.items():
            yield from _flat(child, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list) and value:
        yield name, "; ".join(", ".join(f"{key} {child}" for key, child in _items(each)) for each in value)
    else:
        yield name, "none" if value in ([], {}) else str(value)


def _items(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from value.items()


def _in_time_words(plan: PlanDocument) -> str:
    chances = [stop.on_time for route in plan.routes for stop in route.stops if stop.on_time is not None]
    late = sum(1 - chance for chance in chances)
    return f"mean chance to start in time, {late:.1f} of {len(chances)} expected late"


def _parts_figures(plan: PlanDocument) -> Iterator[Figure]:
    """Yield the figures on parts that say something about this plan."""
    kpis = plan.kpis
    if any(stop.first_time_fix is not None for route in plan.routes for stop in route.stops):
        revisits = f"{kpis.expected_revisits:.1f} second visits expected"
        yield Figure("First-time fix", f"{kpis.first_time_fix:.0%}", revisits)
    if kpis.restock_stops or kpis.parcels or kpis.transfers:
        others = f"{counted(kpis.parcels, 'parcel')}, {counted(kpis.transfers, 'transfer')}"
        yield Figure("Restocks", str(kpis.restock_stops), f"{others}, {length_of_time(kpis.handling_s)} of handling")


def _by_priority(kpis: Kpis) -> str:
    counts = sorted((priority, count) for priority, count in kpis.unplanned_by_priority.items() if count)
    return ", ".join(f"{count} of priority {priority}" for priority, count in counts) or "calls"


def _deadline_figure(name: str, deadlines: Deadlines) -> Figure:
    total = deadlines.on_time + deadlines.late
    if not total:
        return Figure(name, "–", "no deadlines")
    late = f"{deadlines.late} late, {length_of_time(deadlines.lateness_s)} in all" if deadlines.late else "none late"
    return Figure(name, f"{deadlines.on_time} of {total}", late, "bad" if deadlines.late else "good")


def _promise_figure(kpis: Kpis) -> Figure:
    total = kpis.promises_kept + kpis.promises_broken
    if not total:
        return Figure("Promises kept", "–", "none given")
    broken = f"{kpis.promises_broken} broken" if kpis.promises_broken else "none broken"
    return Figure(
        "Promises kept", f"{kpis.promises_kept} of {total}", broken, "bad" if kpis.promises_broken else "good"
    )


def _bound_text(plan: PlanDocument) -> str:
    return f"at most {plan.bound.gap_pct:.1f} % above the best possible" if plan.bound else ""
