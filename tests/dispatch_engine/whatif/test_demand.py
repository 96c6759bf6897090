"""More, fewer and other calls: by the seed alone, and comparable."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.model.problem import ProblemDocument
from tests.dispatch_engine.whatif.sample import at, changed, day

PLACE = {"lat": 52.5, "lon": 13.4}
CALLS = [
    {"id": f"C-{k}", "place": PLACE, "duration": 600, "kind": "lift" if k % 2 else "door", "priority": 1 + k % 5}
    for k in range(10)
]
MANY = day(calls=CALLS)
PIN = {"level": "technician", "technician": "T-1"}


def scaled(factor: float, **more: Any) -> list[str]:
    return [call.id for call in changed(MANY, {"type": "scale_demand", "factor": factor, **more}).calls]


@pytest.mark.parametrize(("factor", "count"), [(1, 10), (1.2, 12), (2.04, 20), (2.05, 21), (0.94, 9), (0, 0)])
def test_there_are_so_many_times_as_many_calls(factor: float, count: int) -> None:
    assert len(scaled(factor)) == count


@settings(max_examples=25, deadline=None)
@given(st.floats(1, 3), st.floats(1, 3), st.integers(0, 9))
def test_a_larger_growth_has_the_calls_of_a_smaller_one(one: float, other: float, seed: int) -> None:
    smaller, larger = sorted((round(one, 3), round(other, 3)))
    assert set(scaled(smaller, seed=seed)) <= set(scaled(larger, seed=seed))


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 9))
def test_a_smaller_shrinking_has_the_calls_of_a_larger_one(one: float, other: float, seed: int) -> None:
    smaller, larger = sorted((round(one, 3), round(other, 3)))
    assert set(scaled(smaller, seed=seed)) <= set(scaled(larger, seed=seed))


def test_the_same_seed_draws_the_same_calls_and_another_others() -> None:
    assert scaled(1.5, seed=1) == scaled(1.5, seed=1)
    assert scaled(1.5, seed=1) != scaled(1.5, seed=2)


def test_only_the_calls_that_are_meant_grow() -> None:
    more = scaled(3, which={"kinds": ["lift"], "priorities": [2]})
    assert more[10:] == ["C-1~1", "C-1~2"]


def test_the_territory_of_a_call_is_the_one_that_holds_its_place() -> None:
    assert len(changed(day(), {"type": "scale_demand", "factor": 2, "which": {"territories": ["north"]}}).calls) == 3


def test_copies_have_new_ids_and_neither_pin_nor_promise() -> None:
    pinned = changed(day(), {"type": "change_call", "call": "C-2", "set": {"pin": PIN, "promise": {"start": at(9)}}})
    copied = changed(pinned, {"type": "scale_demand", "factor": 5})
    assert len({call.id for call in copied.calls}) == 10
    assert all(call.pin is None and call.promise is None for call in copied.calls[2:])


def test_pinned_and_begun_calls_stay_whatever_is_drawn() -> None:
    begun = changed(
        changed(MANY, {"type": "change_call", "call": "C-1", "set": {"pin": PIN}}),
        {
            "type": "change_shift",
            "technician": "T-2",
            "shift": "mon",
            "set": {
                "facts": {
                    "departed_at": at(8),
                    "visits": [{"call": "C-0", "started_at": at(9), "completed_at": at(10)}],
                }
            },
        },
    )
    assert ids(changed(begun, {"type": "scale_demand", "factor": 0})) == ["C-0", "C-1"]
    resampled = changed(begun, {"type": "resample_demand", "seed": 3})
    assert ids(resampled)[:2] == ["C-0", "C-1"]
    assert len(resampled.calls) == 10


def test_a_resampled_day_is_a_document_without_faults() -> None:
    resampled = changed(MANY, {"type": "resample_demand", "seed": 3})
    assert {call.id.split("~")[0] for call in resampled.calls} < {call.id for call in MANY.calls}
    assert parse_problem(json.dumps(resampled.model_dump(mode="json", exclude_unset=True)).encode()) == resampled


def ids(problem: ProblemDocument) -> list[str]:
    return [call.id for call in problem.calls]
