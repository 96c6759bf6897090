from datetime import timedelta
from pathlib import Path

import pytest

from bench.families.family import InstanceError, MadeFamily
from bench.families.field import DAYS, Field
from dispatch_engine.model.problem import ProblemDocument


def day(name: str) -> ProblemDocument:
    return Field().read(Path(name)).document()


def has_breaks(document: ProblemDocument) -> bool:
    return any(shift.breaks for each in document.technicians for shift in each.shifts)


def has_overtime(document: ProblemDocument) -> bool:
    return any(shift.overtime_cap > timedelta() for each in document.technicians for shift in each.shifts)


def has_parts(document: ProblemDocument) -> bool:
    return bool(document.parts) or any(call.parts for call in document.calls)


@pytest.mark.parametrize(
    ("variant", "parts", "breaks", "overtime"),
    [
        ("plain", False, False, False),
        ("full", True, True, True),
        ("parts", True, False, False),
        ("breaks+overtime", False, True, True),
    ],
)
def test_a_day_has_what_its_name_says(variant: str, parts: bool, breaks: bool, overtime: bool) -> None:
    document = day(f"10x60-{variant}")
    assert (len(document.technicians), len(document.calls)) == (10, 60)
    assert (has_parts(document), has_breaks(document), has_overtime(document)) == (parts, breaks, overtime)


def test_days_of_a_size_have_the_same_calls() -> None:
    plain, full = day("10x60-plain"), day("10x60-full")
    assert [(call.id, call.place, call.duration) for call in plain.calls] == [
        (call.id, call.place, call.duration) for call in full.calls
    ]


def test_a_day_is_the_same_whenever_it_is_made() -> None:
    assert day("10x60-full") == day("10x60-full")


def test_there_are_five_sizes_with_and_without_each() -> None:
    assert len(DAYS) == 5 * 2**3
    assert isinstance(Field(), MadeFamily)


def test_a_day_that_is_not_there_is_told() -> None:
    with pytest.raises(InstanceError, match="no day '10x60-easy'"):
        Field().read(Path("10x60-easy"))
