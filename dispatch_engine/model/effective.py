"""What holds once defaults are filled in: one definition of each default that depends on another field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dispatch_engine.model.paths import moment_paths
from dispatch_engine.model.times import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.contracts import Contract
    from dispatch_engine.model.places import Place
    from dispatch_engine.model.policy import Policy, Prices
    from dispatch_engine.model.prices import LatenessStep
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.stock import Meeting, StockLocation
    from dispatch_engine.model.technicians import Capacity, Shift
    from dispatch_engine.model.territories import Reserve

DEFAULT_PRIORITY = 3
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Deadline:
    """When something was agreed to happen, and the price of lateness."""

    at: datetime
    steps: tuple[LatenessStep, ...]


@dataclass(frozen=True)
class EffectivePromise:
    """What a customer was told; the interval is None where no time was given. Both ends included.

    ``changes`` is how often another technician was told of.
    """

    technician: str | None
    interval: tuple[datetime, datetime] | None
    changes: int = 0


def shifts_of(problem: ProblemDocument) -> Iterator[tuple[Capacity, Shift]]:
    """Yield every shift with its technician or provider, in the order of the document, technicians first."""
    for capacity in problem.capacities:
        for shift in capacity.shifts:
            yield capacity, shift


def horizon_of(problem: ProblemDocument) -> Window:
    """Return the planning period: as given, else from the first shift's start to the last end, overtime included.

    Without any shift it is one moment: ``now``, else the latest time at which a call was reported, else the earliest
    time that the document states, else the epoch.
    """
    if problem.horizon is not None:
        return problem.horizon
    shifts = [shift for _, shift in shifts_of(problem)]
    if shifts:
        return Window(
            start=min(shift.start for shift in shifts), end=max(shift.end + shift.overtime_cap for shift in shifts)
        )
    reported = [call.reported_at for call in problem.calls if call.reported_at is not None]
    stated = reported or [min((moment for _, moment in moment_paths(problem)), default=EPOCH)]
    moment = problem.now or max(stated)
    return Window(start=moment, end=moment)


def contract_of(problem: ProblemDocument, call: Call) -> Contract | None:
    """Return the call's contract, where it has one."""
    if call.contract is None:
        return None
    return next((contract for contract in problem.contracts if contract.id == call.contract), None)


def priority_of(call: Call, contract: Contract | None) -> int:
    """Return 1 (most urgent) to 5: the call's, else the contract's, else 3."""
    return call.priority or (contract.priority if contract else None) or DEFAULT_PRIORITY


def response_of(call: Call, contract: Contract | None, policy: Policy) -> Deadline | None:
    """Return the agreed start of work, where there is one."""
    within = contract.response_within if contract else None
    steps = (call.response_steps, contract.response_steps if contract else None, policy.response_steps)
    return _deadline(call.response_deadline, call.reported_at, within, steps)


def restore_of(call: Call, contract: Contract | None, policy: Policy) -> Deadline | None:
    """Return the agreed completion, where there is one."""
    within = contract.restore_within if contract else None
    steps = (call.restore_steps, contract.restore_steps if contract else None, policy.restore_steps)
    return _deadline(call.restore_deadline, call.reported_at, within, steps)


def _deadline(
    own: datetime | None,
    reported_at: datetime | None,
    within: timedelta | None,
    steps: tuple[tuple[LatenessStep, ...] | None, ...],
) -> Deadline | None:
    agreed = reported_at + within if reported_at is not None and within is not None else None
    at = own if own is not None else agreed
    return Deadline(at, next(choice for choice in steps if choice is not None)) if at is not None else None


def downtime_of(call: Call, contract: Contract | None, horizon: Window) -> tuple[datetime, Decimal] | None:
    """Return since when the customer's machine is down and the price per hour, where there is one."""
    rate = call.downtime_per_hour
    if rate is None and contract is not None:
        rate = contract.downtime_per_hour
    return (call.down_since or call.reported_at or horizon.start, rate) if rate else None


def drop_price_of(call: Call, priority: int, policy: Policy) -> Decimal:
    """Return the price of leaving the call unplanned."""
    if call.drop_price is not None:
        return call.drop_price
    return policy.pinned_drop_price if call.pin is not None else policy.drop_price(priority)


def revisit_price_of(call: Call, policy: Policy) -> Decimal:
    """Return the price of a second visit: the call's own, else the policy's."""
    return policy.revisit_price if call.revisit_price is None else call.revisit_price


def reserve_price_of(reserve: Reserve, policy: Policy) -> Decimal:
    """Return the price of each hour that is missing of a reserve."""
    return policy.reserve_per_hour if reserve.price_per_hour is None else reserve.price_per_hour


def locations_open_to(problem: ProblemDocument, capacity: Capacity) -> tuple[StockLocation, ...]:
    """Return the stock locations at which a technician or provider may restock, in the order of the document."""
    return tuple(each for each in problem.stock_locations if _is_open(problem, each.open_to, capacity))


def meetings_open_to(problem: ProblemDocument, capacity: Capacity) -> tuple[Meeting, ...]:
    """Return the meetings in which a technician or provider may take part, in the order of the document."""
    return tuple(each for each in problem.meetings if _is_open(problem, each.technicians, capacity))


def _is_open(problem: ProblemDocument, named: tuple[str, ...] | None, capacity: Capacity) -> bool:
    if named is not None:
        return capacity.id in named
    return any(capacity.id == technician.id for technician in problem.technicians)


def prices_of(capacity: Capacity, shift: Shift, policy: Policy) -> Prices:
    """Return the prices of a shift: its own, else its technician's or provider's, else the policy's."""
    given = {name: value for own in (capacity.prices, shift.prices) for name, value in own if value is not None}
    return policy.prices.model_copy(update=given) if given else policy.prices


def start_place_of(capacity: Capacity, shift: Shift) -> Place | None:
    """Return where the route starts; None is a fault of the document."""
    return shift.start_place or capacity.home


def end_place_of(capacity: Capacity, shift: Shift) -> Place | None:
    """Return where the route ends; None where the end is open."""
    return None if shift.open_end else shift.end_place or capacity.home or shift.start_place


def duration_of(call: Call, capacity: Capacity) -> timedelta:
    """Return the work on site by this technician, to the whole second (half up)."""
    if capacity.id in call.durations:
        return call.durations[capacity.id]
    permille = duration_permille_of(call.kind, capacity)
    return timedelta(seconds=(int(call.duration.total_seconds()) * permille + 500) // 1000)


def duration_permille_of(kind: str | None, capacity: Capacity) -> int:
    """Return how long this technician takes for a kind of call, in thousandths of the normal time."""
    factor = capacity.duration_factors.get(kind, capacity.duration_factor) if kind else capacity.duration_factor
    return int(factor * 1000)


def promises_of(problem: ProblemDocument) -> dict[str, EffectivePromise]:
    """Return what customers were told, by call: the call's own promise, else that of the previous plan.

    Calls and technicians of the previous plan that the document does not have are left out.
    """
    tolerance = problem.policy.retime_tolerance
    here = {capacity.id for capacity in problem.capacities}
    earlier = {visit.call: visit for visit in (problem.previous_plan.visits if problem.previous_plan else ())}
    promises: dict[str, EffectivePromise] = {}
    for call in problem.calls:
        if call.promise is not None:
            promises[call.id] = EffectivePromise(
                call.promise.technician, call.promise.interval(tolerance), call.promise.changes
            )
        elif call.id in earlier:
            visit = earlier[call.id]
            technician = visit.technician if visit.technician in here else None
            promises[call.id] = EffectivePromise(technician, (visit.start - tolerance, visit.start + tolerance))
    return promises
