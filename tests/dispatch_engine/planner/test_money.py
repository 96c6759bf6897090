from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_engine.planner.money import amount, amounts, ticks, ticks_per_m, ticks_per_s
from solver.money import TICKS_PER_UNIT

MONEY = st.decimals(0, 10_000_000, places=3)


@given(MONEY)
def test_an_amount_survives_the_way_to_ticks_and_back(money: Decimal) -> None:
    assert amount(ticks(money)) == money


@given(MONEY)
def test_an_hour_at_an_hourly_price_costs_exactly_that_price(price: Decimal) -> None:
    assert ticks_per_s(price) * 3600 == ticks(price)


@given(MONEY)
def test_a_kilometre_at_a_kilometre_price_costs_exactly_that_price(price: Decimal) -> None:
    assert ticks_per_m(price) * 1000 == ticks(price)


@pytest.mark.parametrize(
    ("share", "rounded"), [(Decimal("0.0005"), "0.001"), (Decimal("-0.0005"), "-0.001"), (Decimal("0.00049"), "0.000")]
)
def test_ticks_are_rounded_to_the_thousandth_a_half_away_from_zero(share: Decimal, rounded: str) -> None:
    assert amount(int(share * TICKS_PER_UNIT)) == Decimal(rounded)


def test_terms_of_zero_are_left_out() -> None:
    assert amounts({"wage": TICKS_PER_UNIT, "overtime": 0}) == {"wage": Decimal(1)}
