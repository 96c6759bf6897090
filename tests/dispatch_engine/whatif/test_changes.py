"""What each change does to a document."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.documents import parse_problem, problem_text
from dispatch_engine.whatif.scenario import MODEL_BY_TYPE
from tests.dispatch_engine.whatif.sample import at, changed, day

if TYPE_CHECKING:
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Technician

SHIFT = {"id": "tue", "start": "2026-03-02T16:30:00+01:00", "end": "2026-03-02T17:30:00+01:00"}
HOME = {"lat": 52.5, "lon": 13.4}
CALL = {"id": "C-3", "place": HOME, "duration": "PT30M"}
SQUARE = SAMPLE_DAY["territories"][0]["polygon"]
DEPOT = {"id": "depot", "place": HOME, "opening": [{"start": at(7), "end": at(17)}], "stock": {"KIT-7": 3}}
RESERVE = {"start": at(8), "end": at(10), "hours": "1.500"}
STOCKED = day(
    stock_locations=[DEPOT],
    parts=[{"id": "KIT-7"}],
    places=[{"id": "yard", **HOME}],
    meetings=[{"id": "M-1", "place": HOME, "at": at(12), "duration": "PT10M", "technicians": ["T-1", "T-2"]}],
    travel={"source": "road", "network": "coquimbo"},
)

CHANGES: dict[str, tuple[dict[str, Any], str, Any]] = {
    "add_technician": ({"technician": {"id": "T-3", "home": HOME}}, "technicians/2/id", "T-3"),
    "add_provider": ({"provider": {"id": "P-1", "home": HOME}}, "providers/0/id", "P-1"),
    "remove_technician": ({"technician": "T-1"}, "technicians/0/id", "T-2"),
    "change_technician": (
        {"technician": "T-1", "set": {"prices": {"per_hour": 50}, "skills": {"lift": None, "boiler": 2}}},
        "technicians/0/skills",
        {"boiler": 2},
    ),
    "absence": ({"technician": "T-1", "since": at(11)}, "technicians/0/shifts/0/end", at(11)),
    "train": ({"technicians": ["T-1"], "skills": {"lift": 1, "b": 1}}, "technicians/0/skills", {"lift": 2, "b": 1}),
    "add_shift": ({"technician": "T-1", "shift": {**SHIFT, "start": at(17, 10)}}, "technicians/0/shifts/1/id", "tue"),
    "remove_shift": ({"technician": "T-2", "shift": "mon"}, "technicians/1/shifts", []),
    "change_shift": (
        {"technician": "T-2", "shift": "mon", "set": {"overtime_cap": "PT1H"}},
        "technicians/1/shifts/0/overtime_cap",
        "PT1H",
    ),
    "add_call": ({"call": CALL}, "calls/2/id", "C-3"),
    "remove_call": ({"call": "C-1"}, "calls/0/id", "C-2"),
    "change_call": ({"call": "C-2", "set": {"priority": 1}}, "calls/1/priority", 1),
    "scale_demand": ({"factor": 1.5}, "calls/2/id", "C-2~1"),
    "resample_demand": ({"seed": 1}, "calls/0/id", "C-1~1"),
    "stock": ({"add": {"KIT-7": 1}}, "technicians/1/stock", {"KIT-7": 1}),
    "add_location": ({"location": {**DEPOT, "id": "locker"}}, "stock_locations/1/id", "locker"),
    "remove_location": ({"location": "depot"}, "stock_locations", []),
    "change_location": ({"location": "depot", "set": {"place": {"lat": 52.6}}}, "stock_locations/0/place/lat", 52.6),
    "add_part": ({"part": {"id": "KIT-8"}}, "parts/1/id", "KIT-8"),
    "remove_part": ({"part": "KIT-7"}, "parts", []),
    "change_part": ({"part": "KIT-7", "set": {"slots": 2}}, "parts/0/slots", 2),
    "add_meeting": ({"meeting": {"id": "M-2", "place": HOME, "at": at(13), "duration": 60}}, "meetings/1/id", "M-2"),
    "remove_meeting": ({"meeting": "M-1"}, "meetings", []),
    "change_meeting": ({"meeting": "M-1", "set": {"at": at(14)}}, "meetings/0/at", at(14)),
    "add_place": ({"place": {"id": "pub", **HOME}}, "places/1/id", "pub"),
    "remove_place": ({"place": "yard"}, "places", []),
    "change_place": ({"place": "yard", "set": {"lat": 52.6}}, "places/0/lat", 52.6),
    "add_contract": ({"contract": {"id": "silver"}}, "contracts/1/id", "silver"),
    "remove_contract": ({"contract": "gold"}, "contracts", []),
    "change_contract": ({"contract": "gold", "set": {"name": "Gold"}}, "contracts/0/name", "Gold"),
    "add_territory": ({"territory": {"id": "south"}}, "territories/1/id", "south"),
    "remove_territory": ({"territory": "north"}, "territories", []),
    "change_territory": ({"territory": "north", "set": {"rule": "required"}}, "territories/0/rule", "required"),
    "set_reserve": ({"territory": "north", "reserve": [RESERVE]}, "territories/0/reserve", [RESERVE]),
    "change_policy": ({"set": {"prices": {"per_km": 1}}}, "policy/prices/per_km", "1"),
    "travel_times": ({"factor": 1.25}, "technicians/1/travel_factor", "1.250"),
    "change_travel": ({"set": {"network": "nauru"}}, "travel/network", "nauru"),
    "close_area": ({"area": {"name": "Centre", "polygon": SQUARE}}, "travel/closed_areas/0/name", "Centre"),
}  # fmt: skip
"""Of each type of change what it says, and what then stands where."""

FREE = {
    "remove_contract": {"type": "change_call", "call": "C-1", "set": {"contract": None}},
    "remove_territory": {"type": "change_technician", "technician": "T-1", "set": {"home_territories": None}},
}
"""What else has to be changed, so that nothing refers to what is removed."""


def test_there_is_a_case_of_every_type() -> None:
    assert CHANGES.keys() == MODEL_BY_TYPE.keys()


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_does_what_it_says_and_the_rest_stays(kind: str) -> None:
    said, place, expected = CHANGES[kind]
    before = json.loads(problem_text(STOCKED))
    changes = [{"type": kind, **said}, *([FREE[kind]] if kind in FREE else [])]
    after = changed(STOCKED, *changes)
    assert problem_text(STOCKED) == json.dumps(before, indent=2, ensure_ascii=False).encode() + b"\n"
    stated = json.loads(problem_text(after))
    assert value_at(stated, place) == expected
    assert parse_problem(problem_text(after)) == after


def value_at(value: Any, place: str) -> Any:
    for part in place.split("/"):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def whole(problem: ProblemDocument, name: str) -> Technician:
    return next(each for each in problem.technicians if each.id == name)


def codes(*changes: dict[str, Any], of: ProblemDocument | None = None) -> list[tuple[str, str]]:
    with pytest.raises(DocumentErrors) as caught:
        changed(day() if of is None else of, *changes)
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


def test_who_comes_back_within_a_shift_has_a_break_without_pay_meanwhile() -> None:
    away = changed(day(), {"type": "absence", "technician": "T-2", "since": at(11), "until": at(12)})
    (rest,) = whole(away, "T-2").shifts[0].breaks
    assert (rest.earliest, rest.duration, rest.paid) == (datetime.fromisoformat(at(11)), timedelta(hours=1), False)


def test_who_is_sick_all_day_has_no_shift_and_stays_a_technician() -> None:
    sick = changed(day(), {"type": "absence", "technician": "T-1"})
    assert whole(sick, "T-1").shifts == ()


@pytest.mark.parametrize(
    ("pin", "is_kept"),
    [
        ({"level": "technician", "technician": "T-2"}, True),
        ({"level": "order", "technician": "T-2", "shift": "mon"}, True),
        ({"level": "start", "technician": "T-2", "shift": "mon", "start": at(10)}, True),
        ({"level": "start", "technician": "T-2", "shift": "mon", "start": at(12)}, False),
        ({"level": "technician", "technician": "T-1"}, True),
    ],
)
def test_pins_that_an_absence_leaves_no_room_for_are_free(pin: dict[str, Any], is_kept: bool) -> None:
    pinned = changed(day(), {"type": "change_call", "call": "C-2", "set": {"pin": pin}})
    away = changed(pinned, {"type": "absence", "technician": "T-2", "since": at(11)})
    assert (away.calls[1].pin is not None) == is_kept


def test_a_shift_that_is_not_worked_frees_the_calls_that_are_pinned_to_it() -> None:
    pin = {"level": "order", "technician": "T-2", "shift": "mon"}
    pinned = changed(day(), {"type": "change_call", "call": "C-2", "set": {"pin": pin}})
    assert changed(pinned, {"type": "remove_shift", "technician": "T-2", "shift": "mon"}).calls[1].pin is None


def test_wishes_go_with_the_technician_whom_they_are_about() -> None:
    wishes = {"preferred_technicians": ["T-2"], "required_technicians": ["T-1", "T-2"], "durations": {"T-2": 60}}
    wished = changed(STOCKED, {"type": "change_call", "call": "C-2", "set": wishes})
    call = changed(wished, {"type": "remove_technician", "technician": "T-2"}).calls[1]
    assert (call.preferred_technicians, call.required_technicians, call.durations) == ((), ("T-1",), {})


def test_a_skill_is_never_lowered_by_training() -> None:
    assert whole(changed(day(), {"type": "train", "skills": {"lift": 1}}), "T-1").skills == {"lift": 2}


def test_stock_locations_are_meant_where_they_are_named_and_vans_where_they_are() -> None:
    more = {"type": "stock", "locations": ["depot"], "add": {"KIT-7": 1}}
    located = changed(STOCKED, more)
    assert located.stock_locations[0].stock == {"KIT-7": 4}
    assert located.technicians == STOCKED.technicians
    both = changed(STOCKED, {**more, "technicians": ["T-1"]})
    assert (both.stock_locations[0].stock, whole(both, "T-1").stock) == ({"KIT-7": 4}, {"KIT-7": 3})


def test_slower_travel_multiplies_what_is_slow_already() -> None:
    slow = changed(day(), {"type": "travel_times", "factor": 1.5}, {"type": "travel_times", "factor": 1.2})
    assert {each.travel_factor for each in slow.technicians} == {Decimal("1.8")}


def test_every_fault_of_every_change_is_told_at_once() -> None:
    assert codes(
        {"type": "remove_technician", "technician": "T-9"},
        {"type": "change_call", "call": "C-1", "set": {"priority": 9, "duration": -1}},
        {"type": "train", "technicians": ["T-1", "T-8"], "skills": {"lift": 1}},
    ) == [
        ("/changes/0/technician", "change_unknown_id"),
        ("/changes/1/set/duration", "out_of_range"),
        ("/changes/1/set/priority", "out_of_range"),
        ("/changes/2/technicians/1", "change_unknown_id"),
    ]


def test_a_fault_of_what_a_change_states_stands_where_it_states_it() -> None:
    technician = {"id": "T-3", "home": HOME, "shifts": [{**SHIFT, "end": SHIFT["start"]}]}
    assert codes({"type": "add_technician", "technician": technician}) == [
        ("/changes/0/technician/shifts/0", "shift_order")
    ]
    crossing = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]
    change = {"type": "change_territory", "territory": "north", "set": {"polygon": crossing}}
    assert codes(change) == [("/changes/0", "polygon_crossing")]


def test_an_area_that_crosses_itself_cannot_be_closed() -> None:
    crossing = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]
    ok = {"type": "travel_times", "factor": 1.1}
    assert codes(ok, {"type": "close_area", "area": {"polygon": crossing}}, of=STOCKED) == [
        ("/changes/1", "polygon_crossing")
    ]


def test_areas_are_closed_on_roads_alone() -> None:
    assert codes({"type": "close_area", "area": {"polygon": SQUARE}}) == [("/changes/0", "closed_area_source")]


def test_a_fault_elsewhere_stands_at_the_change_that_brought_it_in() -> None:
    ok = {"type": "remove_call", "call": "C-2"}
    with pytest.raises(DocumentErrors) as caught:
        changed(day(), ok, {"type": "remove_contract", "contract": "gold"}, {"type": "train", "skills": {"a": 1}})
    (fault,) = caught.value.faults
    assert (fault.pointer, fault.code) == ("/changes/1", "unknown_reference")
    assert fault.rule.startswith("In the document with the change, /calls/0/contract: ")


def test_what_the_document_had_before_is_no_fault_of_a_change() -> None:
    gone_by = day().model_copy(update={"now": day().technicians[0].shifts[0].end + timedelta(days=9)})
    assert changed(gone_by) == gone_by
    assert whole(changed(gone_by, {"type": "train", "skills": {"lift": 3}}), "T-2").skills == {"lift": 3}


def test_what_a_later_change_mends_is_no_fault() -> None:
    mend = {"type": "change_call", "call": "C-1", "set": {"contract": None}}
    assert changed(day(), {"type": "remove_contract", "contract": "gold"}, mend).contracts == ()


PRICE = {"type": "change_policy", "set": {"prices": {"per_km": 1}}}


@pytest.mark.parametrize(
    ("first", "second", "pointer"),
    [
        (PRICE, {"type": "change_policy", "set": {"prices": {"per_km": 2}}}, "/set/prices/per_km"),
        (PRICE, {"type": "change_policy", "set": {"prices": None}}, "/set/prices"),
        (
            {"type": "change_technician", "technician": "T-2", "set": {"name": "Van 2"}},
            {"type": "remove_technician", "technician": "T-2"},
            "/technician",
        ),
        (
            {"type": "add_call", "call": CALL},
            {"type": "remove_call", "call": "C-3"},
            "/call",
        ),
        (
            {"type": "change_shift", "technician": "T-2", "shift": "mon", "set": {"max_visits": 3}},
            {"type": "remove_shift", "technician": "T-2", "shift": "mon"},
            "/shift",
        ),
    ],
)
def test_changes_that_say_different_things_of_one_place_contradict(
    first: dict[str, Any], second: dict[str, Any], pointer: str
) -> None:
    assert (f"/changes/1{pointer}", "changes_contradict") in codes(first, second)


def test_saying_the_same_twice_or_changing_what_was_added_is_no_contradiction() -> None:
    named = {"type": "change_call", "call": "C-3", "set": {"name": "Lift 3"}}
    after = changed(day(), PRICE, PRICE, {"type": "add_call", "call": CALL}, named)
    assert after.calls[-1].name == "Lift 3"
