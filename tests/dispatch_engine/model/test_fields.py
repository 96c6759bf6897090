import json
import math
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from dispatch_engine.model.fields import (
    Duration,
    Factor,
    HandlingDuration,
    Id,
    Instant,
    Latitude,
    Money,
    Pieces,
    Probability,
    Quantity,
    Size,
)


def read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_json(json.dumps(value), strict=True)


def refusal(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    return caught.value.errors()[0]["type"]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("PT45M", 2_700),
        ("PT1H30M", 5_400),
        ("P1DT1S", 86_401),
        ("P2W", 1_209_600),
        ("PT0S", 0),
        (90, 90),
        (90.0, 90),
        (366 * 86_400, 366 * 86_400),
    ],
)
def test_a_duration_is_iso_8601_or_seconds(written: object, seconds: int) -> None:
    assert read(Duration, written) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "written", ["P1M", "P1Y", "PT", "P", "P1DT", "45", "45 min", "-PT5M", "PT1.5H", "", None, True, [5]]
)
def test_what_has_no_fixed_length_is_no_duration(written: object) -> None:
    assert refusal(Duration, written) == "duration_syntax"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (-1, "out_of_range"),
        (366 * 86_400 + 1, "out_of_range"),
        ("P9W" + "9" * 9, "duration_syntax"),
        (0.5, "not_whole_seconds"),
        (float("nan"), "finite_number"),
        (float("inf"), "finite_number"),
    ],
)
def test_a_duration_is_whole_finite_and_at_most_a_year(written: object, code: str) -> None:
    assert refusal(Duration, written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2026-03-02T08:00:00", "naive_time"),
        ("2026-03-02", "naive_time"),
        ("2026-02-30T08:00:00Z", "time_syntax"),
        ("tomorrow", "time_syntax"),
        (1_772_438_400, "time_syntax"),
        (None, "time_syntax"),
        ("2026-03-02T08:00:00.5Z", "not_whole_seconds"),
        ("1969-12-31T23:59:59Z", "out_of_range"),
        ("2200-01-01T00:00:00Z", "out_of_range"),
    ],
)
def test_a_time_is_iso_8601_with_offset_in_whole_seconds(written: object, code: str) -> None:
    assert refusal(Instant, written) == code


def test_a_time_keeps_its_offset() -> None:
    assert read(Instant, "2026-03-02T08:00:00.000-03:00").utcoffset() == timedelta(hours=-3)


@given(st.integers(86_400, 7_258_032_000), st.integers(-14 * 60, 14 * 60))
def test_times_round_trip(seconds: int, offset_minutes: int) -> None:
    moment = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=offset_minutes)))
    adapter: TypeAdapter[datetime] = TypeAdapter(Instant)
    assert adapter.validate_json(adapter.dump_json(moment), strict=True) == moment


@given(st.integers(0, 366 * 86_400))
@example(365 * 86_400)
def test_durations_round_trip(seconds: int) -> None:
    adapter: TypeAdapter[timedelta] = TypeAdapter(Duration)
    span = timedelta(seconds=seconds)
    assert adapter.validate_json(adapter.dump_json(span), strict=True) == span


@pytest.mark.parametrize("written", [0.35, "0.35", 35, "1E+2", 1e7])
def test_money_is_a_number_or_a_text(written: object) -> None:
    assert read(Money, written) == Decimal(str(written))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (0.0001, "decimal_max_places"),
        (-0.001, "greater_than_equal"),
        (10_000_000.001, "less_than_equal"),
        ("Infinity", "finite_number"),
        ("free", "decimal_parsing"),
        (True, "decimal_type"),
    ],
)
def test_money_is_finite_not_negative_and_exact_to_the_thousandth(written: object, code: str) -> None:
    assert refusal(Money, written) == code


@pytest.mark.parametrize("name", ["C-1", "Kälte 7", "ü", "x" * 200])
def test_an_id_is_any_text_of_up_to_200_characters(name: str) -> None:
    assert read(Id, name) == name


@pytest.mark.parametrize("name", ["", " ", " a", "a ", "a\nb", "\x7f", "x" * 201])
def test_an_id_is_neither_empty_nor_padded_nor_broken_over_lines(name: str) -> None:
    assert refusal(Id, name).startswith("string_")


@pytest.mark.parametrize(
    ("kind", "value"), [(Quantity, 0), (Quantity, 1_000_001), (Latitude, 90.1), (Factor, 0.099), (Factor, 10.1)]
)
def test_numbers_beyond_their_limits_are_refused(kind: Any, value: float) -> None:
    assert refusal(kind, value) in {"greater_than_equal", "less_than_equal"}


@pytest.mark.parametrize(
    ("kind", "value"), [(Quantity, 1), (Quantity, 1_000_000), (Latitude, -90), (Factor, 0.1), (Factor, 10)]
)
def test_limits_themselves_are_allowed(kind: Any, value: float) -> None:
    assert float(read(kind, value)) == value


@pytest.mark.parametrize("kind", [Quantity, Pieces])
def test_a_fraction_of_a_piece_is_refused_in_words_of_its_own(kind: Any) -> None:
    assert refusal(kind, 1.5) == "quantity_fractional"


@pytest.mark.parametrize("kind", [Quantity, Pieces])
@pytest.mark.parametrize("value", [-1, -0.5])
def test_less_than_no_pieces_is_refused_in_words_of_its_own(kind: Any, value: float) -> None:
    assert refusal(kind, value) == "quantity_negative"


@pytest.mark.parametrize("value", ["1", True, None, math.inf])
def test_what_is_no_number_is_no_quantity(value: object) -> None:
    assert refusal(Quantity, value) in {"int_type", "finite_number"}


def test_stock_may_be_nothing_and_a_need_may_not() -> None:
    assert read(Pieces, 0) == 0
    assert refusal(Quantity, 0) == "greater_than_equal"


@pytest.mark.parametrize("value", [0, 1, 0.4])
def test_a_probability_lies_from_never_to_always(value: float) -> None:
    assert read(Probability, value) == value


@pytest.mark.parametrize("value", [-0.001, 1.001, 40])
def test_what_is_beyond_is_no_probability(value: float) -> None:
    assert refusal(Probability, value) == "probability_range"


@pytest.mark.parametrize("value", ["0.4", True, None])
def test_what_is_no_number_is_no_probability(value: object) -> None:
    assert refusal(Probability, value) == "float_type"


def test_a_size_is_exact_to_the_thousandth() -> None:
    assert read(Size, "0.125") == Decimal("0.125")
    assert refusal(Size, "0.1255") == "decimal_max_places"
    assert refusal(Size, 100_000.001) == "less_than_equal"


def test_handling_takes_a_day_at_most() -> None:
    assert read(HandlingDuration, "P1D") == timedelta(days=1)
    assert refusal(HandlingDuration, 86_401) == "out_of_range"
