"""Prices make sense: lateness never pays, deadlines have a beginning, the sum stays within the solver's numbers."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault
from dispatch_engine.model.effective import (
    contract_of,
    downtime_of,
    drop_price_of,
    horizon_of,
    prices_of,
    priority_of,
    reserve_price_of,
    response_of,
    restore_of,
    revisit_price_of,
    shifts_of,
)
from dispatch_engine.model.times import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.contracts import Contract
    from dispatch_engine.model.prices import LatenessStep
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift

MAX_COST = Decimal(30_000_000_000)
"""Half of what fits below ``solver.money.FORBIDDEN``, in units of the currency."""

SECONDS_PER_HOUR = 3600
KM_PER_HOUR = 180
"""Nobody drives faster."""


def check_slopes(problem: ProblemDocument) -> Iterator[Fault]:
    """Find steps whose rates add up to less than nothing."""
    for path, steps in _step_lists(problem):
        starts = [(step.after, step.per_hour) for step in steps or ()]
        yield from _falling(path, starts)
    fairness = [(step.beyond, step.per_hour) for step in problem.policy.fairness.steps]
    yield from _falling(("policy", "fairness", "steps"), fairness)


def _step_lists(problem: ProblemDocument) -> Iterator[tuple[Path, Sequence[LatenessStep] | None]]:
    yield ("policy", "response_steps"), problem.policy.response_steps
    yield ("policy", "restore_steps"), problem.policy.restore_steps
    holders: list[tuple[Path, Contract | Call]] = [(("contracts", i), each) for i, each in enumerate(problem.contracts)]
    for path, holder in [*holders, *((("calls", i), call) for i, call in enumerate(problem.calls))]:
        yield (*path, "response_steps"), holder.response_steps
        yield (*path, "restore_steps"), holder.restore_steps


def _falling(path: Path, steps: Sequence[tuple[timedelta, Decimal]]) -> Iterator[Fault]:
    slope_by_start: dict[timedelta, Decimal] = {}
    for start, rate in steps:
        slope_by_start[start] = slope_by_start.get(start, Decimal(0)) + rate
    slope = Decimal(0)
    for start in sorted(slope_by_start):
        slope += slope_by_start[start]
        if slope < 0:
            last = max(i for i, step in enumerate(steps) if step[0] == start)
            yield fault("slope_negative", (*path, last), steps[last][1], slope=slope)
            return


def check_reports(problem: ProblemDocument) -> Iterator[Fault]:
    """Find calls whose contract counts from a report that has no time."""
    contracts = {contract.id: contract for contract in problem.contracts}
    for i, call in enumerate(problem.calls):
        contract = contracts.get(call.contract) if call.contract is not None else None
        if contract is None or call.reported_at is not None:
            continue
        response = contract.response_within is not None and call.response_deadline is None
        restore = contract.restore_within is not None and call.restore_deadline is None
        if response or restore:
            yield fault("report_time_missing", ("calls", i, "reported_at"), contract=contract.id)


def check_cost(problem: ProblemDocument) -> Iterator[Fault]:
    """Find prices whose sum would leave the solver's numbers."""
    horizon = horizon_of(problem)
    latest = max([horizon.end, *(shift.end + shift.overtime_cap for _, shift in shifts_of(problem))])
    by_calls = sum(_most_of_call(problem, call, Window(start=horizon.start, end=latest)) for call in problem.calls)
    total = by_calls + sum(_most_of_shift(problem, capacity, shift) for capacity, shift in shifts_of(problem))
    reserves = (each for territory in problem.territories for each in territory.reserve)
    total += sum(each.hours * reserve_price_of(each, problem.policy) for each in reserves)
    if total > MAX_COST:
        yield fault("cost_too_large", (), total=f"{total:,.0f}", limit=f"{MAX_COST:,.0f}")


def _most_of_call(problem: ProblemDocument, call: Call, period: Window) -> Decimal:
    """Return at least what this call can add to the cost of any plan."""
    policy, contract = problem.policy, contract_of(problem, call)
    changes = 0 if call.promise is None else call.promise.changes
    total = policy.promise_dropped + policy.reassigned * (1 + changes) + policy.retimed + policy.outside_territory
    total += drop_price_of(call, priority_of(call, contract), policy)
    total += revisit_price_of(call, policy) if call.parts_cases else 0
    for deadline in (response_of(call, contract, policy), restore_of(call, contract, policy)):
        if deadline is not None:
            total += _rise(step.per_hour for step in deadline.steps) * _hours(period.end - deadline.at)
    downtime = downtime_of(call, contract, period)
    return total + (downtime[1] * _hours(period.end - downtime[0]) if downtime else 0)


def _most_of_shift(problem: ProblemDocument, capacity: Capacity, shift: Shift) -> Decimal:
    """Return at least what this shift can add to the cost of any plan."""
    prices = prices_of(capacity, shift, problem.policy)
    hours = _hours(shift.end + shift.overtime_cap - shift.start)
    by_time = prices.per_hour + prices.overtime_surcharge_per_hour + prices.per_km * KM_PER_HOUR
    fairness = _rise(step.per_hour for step in problem.policy.fairness.steps)
    deviation = hours + _hours(shift.workload_target or problem.policy.fairness.target or timedelta(0))
    return by_time * hours + prices.callout + prices.per_visit * len(problem.calls) + fairness * deviation


def _rise(rates: Iterable[Decimal]) -> Decimal:
    return sum((rate for rate in rates if rate > 0), Decimal(0))


def _hours(span: timedelta) -> Decimal:
    return Decimal(max(0, int(span.total_seconds()))) / SECONDS_PER_HOUR
