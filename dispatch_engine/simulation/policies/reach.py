"""Whether a technician who is free can take a call, and how: straight away, or by a stock location for its parts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board.pairs import broken_rules
from dispatch_engine.model.effective import duration_of, end_place_of
from dispatch_engine.simulation.policies.policy import Order
from dispatch_engine.simulation.windows import begins_in_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.stock import StockLocation
    from dispatch_engine.simulation.policies.policy import Free
    from dispatch_engine.simulation.ways import Ways


@dataclass(frozen=True)
class Reach:
    """A way to take a call now: when the site is reached, and what is to be done first."""

    technician: str
    arrives_at: datetime
    order: Order


def reach(state: BoardState, ways: Ways, call: Call, at: Free, now: datetime) -> Reach | None:
    """Return the quickest way of a free technician to a call; None: a rule, a part or the shift speaks against it."""
    if at.capacity.id in state.visits[call.id].declined_by or broken_rules(state, call, at.capacity):
        return None
    lacking = Counter(call.parts) - Counter(state.capacities[at.capacity.id].stock)
    found = _by_depots(state, ways, call, at, lacking, now) if lacking else _directly(ways, call, at, now)
    in_time = [each for each in found if _fits(ways, call, at, each)]
    return min(in_time, key=lambda each: each.arrives_at, default=None)


def _directly(ways: Ways, call: Call, at: Free, now: datetime) -> Iterator[Reach]:
    travel = ways.leg(at.capacity, at.place, call.place).travel
    yield Reach(at.capacity.id, now + travel, Order("visit", now, call.place, call.id, parts=dict(call.parts)))


def _by_depots(
    state: BoardState, ways: Ways, call: Call, at: Free, lacking: Counter[str], now: datetime
) -> Iterator[Reach]:
    is_technician = at.capacity.id in state.technicians
    for location in state.setup.stock_locations:
        is_open = is_technician if location.open_to is None else at.capacity.id in location.open_to
        if not is_open or not lacking <= Counter(location.stock):
            continue
        order = _restock(ways, at, location, dict(lacking), now)
        if order is not None:
            there = now + ways.leg(at.capacity, at.place, location.place).travel
            on = ways.leg(at.capacity, location.place, call.place).travel
            yield Reach(at.capacity.id, there + order.lasts + on, order)


def _restock(ways: Ways, at: Free, location: StockLocation, loads: dict[str, int], now: datetime) -> Order | None:
    there = now + ways.leg(at.capacity, at.place, location.place).travel
    lasts = location.handling + len(loads) * location.handling_per_line
    if not any(each.start <= there and there + lasts <= each.end for each in location.opening):
        return None
    return Order("restock", now, location.place, location=location.id, loads=loads, lasts=lasts)


def _fits(ways: Ways, call: Call, at: Free, found: Reach) -> bool:
    """Whether the work is expected to begin in a window, and the technician to be home before the shift is over."""
    begins_at = begins_in_window(call, found.arrives_at)
    if begins_at is None:
        return False
    home = end_place_of(at.capacity, at.shift)
    back = timedelta(0) if home is None else ways.leg(at.capacity, call.place, home).travel
    return begins_at + duration_of(call, at.capacity) + back <= at.shift.end + at.shift.overtime_cap


def break_due(at: Free, now: datetime) -> Order | None:
    """Return the next break of a shift where its time has come: rules take it as soon as it may be taken."""
    rest = next(iter(at.shift.breaks[at.breaks_taken :]), None)
    return None if rest is None or now < rest.earliest else Order("break", now, lasts=rest.duration)
