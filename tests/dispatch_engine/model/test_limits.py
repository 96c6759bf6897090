"""What a document may state, the solver can count."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from dispatch_engine.model import fields
from dispatch_engine.model.checks import costs, far, stock, times
from solver import money, validation


def test_every_amount_and_rate_of_a_document_fits_the_solver() -> None:
    assert fields.MAX_MONEY * money.TICKS_PER_UNIT <= validation.MAX_PRICE_TICKS
    assert fields.MAX_PER_HOUR * 1000 * money.TICKS_PER_S_FROM_MILLI_PER_H <= validation.MAX_RATE_TICKS
    assert fields.MAX_PER_KM * 1000 * money.TICKS_PER_M_FROM_MILLI_PER_KM <= validation.MAX_RATE_TICKS


def test_the_cost_of_any_plan_stays_below_what_the_solver_calls_impossible() -> None:
    assert 2 * costs.MAX_COST * money.TICKS_PER_UNIT <= money.FORBIDDEN


def test_all_times_fit_the_solver_even_where_facts_come_before_the_planning_period() -> None:
    assert far.NEAR + max(times.MAX_HORIZON, far.NEAR) <= timedelta(seconds=validation.MAX_TIME_S)
    assert timedelta(seconds=validation.MAX_TIME_S) >= far.RECORDED


def test_the_longest_work_of_the_slowest_technician_fits_the_solver() -> None:
    assert timedelta(seconds=validation.MAX_TIME_S) >= fields.MAX_WORK * 10


def most(kind: Any) -> Decimal:
    return Decimal(next(limit.le for limit in kind.__metadata__[0].metadata if hasattr(limit, "le")))


def test_every_size_and_room_fits_the_solver_in_thousandths() -> None:
    assert most(fields.Size) * 1000 <= validation.ranges.MAX_TRAVEL
    assert most(fields.Pieces) * 1000 <= validation.ranges.MAX_TRAVEL
    assert most(fields.Room) * 1000 <= validation.ranges.MAX_SIZE


def test_whatever_a_van_holds_fits_the_solver_in_thousandths() -> None:
    assert stock.MAX_HELD * 1000 <= validation.ranges.MAX_SIZE


def test_every_number_of_pieces_fits_the_solver() -> None:
    assert most(fields.Pieces) <= validation.ranges.MAX_COUNT
