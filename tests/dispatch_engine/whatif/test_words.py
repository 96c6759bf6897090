"""Figures as people read them."""

from __future__ import annotations

import pytest

from dispatch_engine.whatif.comparison import Difference, Side, Spread
from dispatch_engine.whatif.words import changes_text, difference_text, spread_text, value_text
from tests.dispatch_engine.whatif.sample import at, scenario


@pytest.mark.parametrize(
    ("value", "unit", "beside", "text"),
    [
        (0.923, "%", (), "92.3"),
        (1234.56, "money", (), "1,235"),
        (12.5, "money", (), "12.50"),
        (3.0, "", (), "3"),
        (3.0, "", (0.5,), "3.0"),
        (0.0716, "", (), "0.072"),
        (0.25, "h", (4.8,), "0.2"),
        (0.02, "h", (4.8,), "0.02"),
        (1e-9, "h", (), "0.000000"),
        (0.0, "h", (4.8,), "0.0"),
    ],
)
def test_a_value_has_the_digits_that_it_deserves(value: float, unit: str, beside: tuple[float, ...], text: str) -> None:
    assert value_text(value, unit, *beside) == text


def test_a_spread_and_its_difference_have_the_same_digits() -> None:
    spread = Spread(mean=4.75, sd=0.5, low=4, high=5, n=4)
    assert spread_text(spread, "") == "4.8 ± 0.5"
    assert difference_text(Difference(mean=-0.25, n=4, verdict="worse"), spread, "") == "−0.2 ✗"
    assert difference_text(Difference(mean=0, n=4, verdict="same"), spread, "") == ""


def test_changes_are_told_in_a_line_each() -> None:
    stated = scenario(
        {"type": "absence", "technician": "T-1", "since": at(11)},
        {"type": "change_contract", "contract": "gold", "set": {"response_within": "PT2H"}},
    )
    assert changes_text(Side(id="a", changes=stated.changes)) == [
        f"absence: technician T-1, since {at(11)}",
        "change contract: contract gold, set {response_within: PT2H}",
    ]
