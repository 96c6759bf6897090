"""The figures a dispatcher looks at first, from a problem document and the routes of its plan."""

from __future__ import annotations

from collections import Counter
from statistics import fmean
from typing import TYPE_CHECKING, Any

from dispatch_engine.kept_reserves import kept_reserves
from dispatch_engine.model.effective import contract_of, promises_of, response_of, restore_of, shifts_of
from dispatch_engine.model.plan import Deadlines, Kpis, RouteTotals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.contracts import Contract
    from dispatch_engine.model.effective import Deadline, EffectivePromise
    from dispatch_engine.model.plan import Route, Stop, UnplannedCall
    from dispatch_engine.model.policy import Policy
    from dispatch_engine.model.problem import ProblemDocument

DIGITS = 6
"""Of probabilities, which count to the millionth."""


def kpis_of(problem: ProblemDocument, routes: Sequence[Route], unplanned: Sequence[UnplannedCall]) -> Kpis:
    """Return the figures of a plan. Calls that are facts count as planned."""
    served = _served(routes)
    totals = [route.totals for route in routes]
    kept = _promises_kept(promises_of(problem), served)
    service_s, paid_s = _sum(totals, "service_s"), _sum(totals, "paid_s")
    return Kpis(
        calls=len(problem.calls),
        planned=len(served),
        unplanned=len(unplanned),
        unplanned_by_priority=dict(sorted(Counter(call.priority for call in unplanned).items())),
        routes=len(routes),
        shifts=sum(1 for _ in shifts_of(problem)),
        response=_deadlines(problem, served, response_of, "response_late_s"),
        restore=_deadlines(problem, served, restore_of, "restore_late_s"),
        promises_kept=sum(kept),
        promises_broken=len(kept) - sum(kept),
        driving_s=_sum(totals, "driving_s"),
        distance_m=_sum(totals, "distance_m"),
        service_s=service_s,
        waiting_s=_sum(totals, "waiting_s"),
        paid_s=paid_s,
        overtime_s=_sum(totals, "overtime_s"),
        utilisation=round(service_s / paid_s, 4) if paid_s else 0.0,
        handling_s=_sum(totals, "handling_s"),
        reserve=kept_reserves(problem, routes),
        robustness=_robustness([stop for route in routes for stop in route.stops]),
        **_parts_figures([stop for route in routes for stop in route.stops]),
    )


def _robustness(stops: Sequence[Stop]) -> float | None:
    """Return the mean probability to begin in time; None where nothing is said to vary."""
    chances = [stop.on_time for stop in stops if stop.on_time is not None]
    return round(fmean(chances), DIGITS) if chances else None


def _parts_figures(stops: Sequence[Stop]) -> dict[str, Any]:
    """Return how calls with uncertain needs fare, and by which means parts are had."""
    chances = [1.0 if stop.first_time_fix is None else stop.first_time_fix for stop in stops if stop.kind == "visit"]
    revisits = sum(1 - chance for chance in chances)
    return {
        "first_time_fix": round(1 - revisits / len(chances), DIGITS) if chances else 1.0,
        "expected_revisits": round(revisits, DIGITS),
        "restock_stops": sum(stop.kind == "restock" for stop in stops),
        "parcels": sum(len(stop.sourcing.parcels) for stop in stops if stop.sourcing is not None),
        "transfers": sum(stop.kind == "meeting" and bool(stop.loads) for stop in stops),
    }


def _served(routes: Sequence[Route]) -> dict[str, tuple[str, Stop]]:
    """Return technician and stop of each call that is served."""
    return {stop.call: (route.technician, stop) for route in routes for stop in route.stops if stop.call is not None}


def _sum(totals: Sequence[RouteTotals], name: str) -> int:
    return sum(getattr(each, name) for each in totals)


def _deadlines(
    problem: ProblemDocument,
    served: Mapping[str, tuple[str, Stop]],
    deadline_of: Callable[[Call, Contract | None, Policy], Deadline | None],
    late: str,
) -> Deadlines:
    """Return how the calls with a deadline fare; ``late`` names the lateness of a stop."""
    due = [call.id for call in problem.calls if deadline_of(call, contract_of(problem, call), problem.policy)]
    lateness_s = [int(getattr(served[call][1], late)) for call in due if call in served]
    n_late = sum(seconds > 0 for seconds in lateness_s)
    return Deadlines(
        on_time=len(lateness_s) - n_late,
        late=n_late,
        unplanned=len(due) - len(lateness_s),
        lateness_s=sum(lateness_s),
    )


def _promises_kept(promises: Mapping[str, EffectivePromise], served: Mapping[str, tuple[str, Stop]]) -> list[bool]:
    """Return for each promise whether it is kept: by the technician and in the interval that were promised."""
    stated = {call: p for call, p in promises.items() if p.technician is not None or p.interval is not None}
    return [call in served and _is_kept(promise, *served[call]) for call, promise in stated.items()]


def _is_kept(promise: EffectivePromise, technician: str, stop: Stop) -> bool:
    by_whom = promise.technician in (None, technician)
    when = promise.interval is None or promise.interval[0] <= stop.start <= promise.interval[1]
    return by_whom and when
