"""Whatever is done to a document: it is read, or refused with codes of the catalogue."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_engine.catalogue.entries import FAULTS
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.documents import parse_problem, problem_text

RICH_DAY: dict[str, Any] = copy.deepcopy(SAMPLE_DAY)
RICH_DAY["calls"][1] |= {
    "promise": {"technician": "T-1", "start": "2026-03-02T10:00:00+01:00"},
    "pin": {"level": "order", "technician": "T-1", "shift": "mon", "rank": 1},
}
RICH_DAY["technicians"][1]["shifts"][0]["facts"] = {
    "departed_at": "2026-03-02T08:00:00+01:00",
    "visits": [
        {"call": "C-1", "started_at": "2026-03-02T09:00:00+01:00", "completed_at": "2026-03-02T10:00:00+01:00"},
    ],
    "resume": {"place": "yard", "at": "2026-03-02T10:00:00+01:00"},
}
RICH_DAY |= {
    "places": [{"id": "yard", "lat": 52.5, "lon": 13.4}],
    "policy": {"drop_prices": {"1": 7}, "fairness": {"target": "PT6H", "steps": [{"per_hour": 5}]}},
    "travel": {"matrices": [{"places": ["yard"], "duration_s": [[0]], "distance_m": [[0]]}]},
    "previous_plan": {"visits": [{"call": "C-1", "technician": "T-1", "start": "2026-03-02T10:00:00+01:00"}]},
}
RICH_DAY["calls"][0] |= {
    "substitutes": [{"part": "KIT-7", "substitute": "pump", "price": 5}],
    "parts_cases": [{"probability": 0.5, "parts": {"valve": 1}}],
}
RICH_DAY["technicians"][0] |= {
    "stock_capacity": {"volume": 10, "weight": None, "slots": 4},
    "reserved_stock": {"KIT-7": 1},
    "loadout": {"pump": 1},
    "replenished_at": "depot",
}
RICH_DAY |= {
    "parts": [
        {"id": "KIT-7", "contains": {"pump": 1}, "volume": "2.5", "substitutes": [{"part": "pump"}]},
        {"id": "valve", "superseded_by": "pump"},
        {"id": "pump"},
    ],
    "stock_locations": [
        {
            "id": "depot",
            "place": "yard",
            "opening": [{"start": "2026-03-02T07:00:00+01:00", "end": "2026-03-02T17:00:00+01:00"}],
            "stock": {"pump": 1},
            "tools": {"crane": 1},
            "deliveries": [{"at": "2026-03-02T10:00:00+01:00", "parts": {"valve": 2}}],
            "courier": {"lead_time": "PT1H", "price": 30},
            "open_to": ["T-1"],
        }
    ],
    "meetings": [
        {"id": "noon", "place": "yard", "at": "2026-03-02T12:00:00+01:00", "duration": 600, "technicians": ["T-1"]}
    ],
}


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from paths(child, (*path, key))


PATHS = list(paths(RICH_DAY))[1:]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["T-1", "C-2", "mon", "2026-03-02T25:00:00Z", "0001-01-01T00:00:00+14:00", "P9999W", 1e400, 10**30]
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def is_read_or_refused(data: bytes) -> None:
    try:
        problem = parse_problem(data)
    except DocumentErrors as error:
        refusal = error
    else:
        assert parse_problem(problem_text(problem)) == problem
        return
    assert refusal.faults
    assert {fault.code for fault in refusal.faults} <= set(FAULTS)


def test_the_day_that_is_broken_here_is_valid() -> None:
    assert parse_problem(json.dumps(RICH_DAY).encode()).id == RICH_DAY["id"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PATHS), VALUES | st.none()), min_size=1, max_size=3))
def test_any_value_anywhere_is_read_or_refused_with_a_code(changes: list[tuple[tuple[str | int, ...], Any]]) -> None:
    day: Any = copy.deepcopy(RICH_DAY)
    for path, value in changes:
        holder: Any = day
        for part in path[:-1]:
            holder = holder[part] if _has(holder, part) else None
        if _has(holder, path[-1]):
            holder[path[-1]] = value
    is_read_or_refused(json.dumps(day).encode())


def _has(holder: Any, part: str | int) -> bool:
    if isinstance(holder, dict):
        return part in holder
    return isinstance(holder, list) and isinstance(part, int) and part < len(holder)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: "/".join(map(str, path)))
def test_any_value_may_be_missing_and_is_read_or_refused_with_a_code(path: tuple[str | int, ...]) -> None:
    day: Any = copy.deepcopy(RICH_DAY)
    holder = day
    for part in path[:-1]:
        holder = holder[part]
    del holder[path[-1]]
    is_read_or_refused(json.dumps(day).encode())


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_text_cut_off_or_changed_anywhere_is_read_or_refused_with_a_code(data: st.DataObject) -> None:
    text = bytearray(json.dumps(RICH_DAY).encode())
    at = data.draw(st.integers(0, len(text) - 1))
    if data.draw(st.booleans()):
        del text[at:]
    else:
        text[at] = data.draw(st.integers(0, 255))
    is_read_or_refused(bytes(text))


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused_with_a_code(data: bytes) -> None:
    is_read_or_refused(data)
