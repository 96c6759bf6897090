"""Events are read for ever: those of old versions, and those of today, whatever the shapes of tomorrow."""

import copy
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dispatch_engine.board.errors import EventBrokenError, EventUnknownError
from dispatch_engine.board.events import TYPES, BoardOpened, Event
from dispatch_engine.board.evolve import folded
from dispatch_engine.board.snapshots import bytes_of
from dispatch_engine.board.state import BoardState
from dispatch_engine.board.upcasting import STEPS, event_of
from dispatch_engine.board.versions import VERSION_BY_TYPE, data_of, version_of
from dispatch_engine.model.territories import Territory
from tests.dispatch_engine.board.desk import moment
from tests.dispatch_engine.board.histories import small_day
from tests.dispatch_engine.board.shapes import breaks, shapes, stored_shapes
from tests.dispatch_engine.planner.days import at, call, location, meeting, shift, technician

OLD_LOG = Path(__file__).with_name("log_of_first_versions.json")

RESUME = {"place": {"id": "P1"}, "at": at(9)}
ROUTE = {
    "technician": "T-1",
    "shift": "mon",
    "departure": at(8),
    "end": at(10),
    "start_place": {"id": "P0"},
    "stops": [{"kind": "visit", "call": "C-0", "arrival": at(9), "start": at(9), "end": at(10)}],
    "totals": {"visits": 1},
}
SAMPLES: dict[str, dict[str, Any]] = {
    "board_opened": {"document": small_day().model_dump(mode="json", exclude_unset=True), "rules": {"least_gain": "3"}},
    "call_created": {"call": call("N-1")},
    "call_changed": {"call": call("C-0", priority=1)},
    "call_cancelled": {"call": "C-0", "at": at(9), "reason": "runs again", "merged_into": "C-1"},
    "technician_set": {"technician": technician("T-3")},
    "provider_set": {"provider": technician("X-2")},
    "technician_removed": {"technician": "T-2"},
    "shift_set": {"technician": "T-1", "shift": shift("late", 18, 20)},
    "shift_cancelled": {"technician": "T-1", "shift": "mon"},
    "signed_on": {"technician": "T-1", "shift": "mon", "at": at(8)},
    "signed_off": {"technician": "T-1", "shift": "mon", "at": at(16)},
    "absence_set": {"technician": "T-1", "absences": [{"since": at(9), "until": at(10), "reason": "doctor"}]},
    "visit_reported": {
        "call": "C-0", "technician": "T-1", "shift": "mon", "status": "unable", "at": at(9), "sequence": 4,
        "reason": "no access", "follow_up": "C-0-2", "parts": {"KIT": 1}, "expected_at": at(10),
    },
    "estimated": {"call": "C-0", "at": at(9), "ends_at": at(10), "arrives_at": at(9, 30)},
    "delay_reported": {"technician": "T-1", "shift": "mon", "at": at(8), "free": RESUME},
    "position_reported": {"technician": "T-1", "position": {"lat": 1.5, "lon": 2.5, "at": at(9)}, "sequence": 5},
    "break_taken": {"technician": "T-1", "shift": "mon", "at": at(8, 30), "resume": RESUME},
    "restock_begun": {"technician": "T-1", "shift": "mon", "location": "L-1", "at": at(8, 30), "free": RESUME},
    "stock_moved": {"technician": "T-1", "source": "L-1", "pieces": {"KIT": 2}, "cause": "received", "call": "C-0"},
    "stock_counted": {"location": "L-1", "stock": {"KIT": 0}, "at": at(9)},
    "location_set": {"location": location()},
    "location_removed": {"location": "L-1"},
    "contract_set": {"contract": {"id": "gold", "response_within": "PT4H"}},
    "territory_set": {"territory": {"id": "north"}},
    "part_set": {"part": {"id": "KIT", "volume": "1.5"}},
    "meeting_set": {"meeting": meeting()},
    "meeting_removed": {"meeting": "M-1"},
    "call_pinned": {
        "call": "C-0", "pin": {"level": "start", "technician": "T-1", "shift": "mon", "rank": 0, "start": at(9)},
        "override": "knows the way",
    },
    "policy_set": {"policy": {"retimed": "12.5"}},
    "rules_set": {"rules": {"freeze_horizon": "PT10M"}},
    "promised": {"promises": {"C-0": {"technician": "T-1", "start": at(9)}, "C-1": None}},
    "recalled": {"calls": ["C-0"], "at": at(9)},
    "visit_due": {"call": "C-0", "technician": "T-1", "at": at(8, 50)},
    "time_passed": {},
    "day_ended": {"calls": ["C-0"], "shifts": [["T-1", "mon"]]},
    "plan_published": {
        "cause": "repair",
        "routes": [ROUTE],
        "gone": [["T-2", "mon"]],
        "unplanned": [{"call": "C-1", "priority": 2, "reasons": [{"code": "skill", "message": "nobody"}]}],
        "no_longer_unplanned": ["C-2"],
        "cost": {"total": "12.345", "by_term": {"wage": "12.345"}},
    },
}  # fmt: skip


def event(kind: str) -> Event:
    return event_of(kind, VERSION_BY_TYPE.get(kind, 1), SAMPLES[kind])


def test_there_is_a_sample_of_every_type_that_says_all_it_can() -> None:
    assert SAMPLES.keys() == TYPES
    alone = {"stock_moved": {"location"}, "stock_counted": {"technician"}}
    for kind in SAMPLES:
        said = event(kind)
        left_out = type(said).model_fields.keys() - said.model_fields_set - {"type"}
        assert left_out == alone.get(kind, set())


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_an_event_comes_back_from_json_as_it_was(kind: str) -> None:
    said = event(kind)
    stored = json.loads(json.dumps(data_of(said)))
    assert stored == data_of(said)
    again = event_of(kind, version_of(said), stored)
    assert again == said
    assert data_of(again) == stored


def test_the_shapes_of_events_are_those_of_the_file() -> None:
    assert shapes() == stored_shapes(), "Maybe run `python -m tests.dispatch_engine.board.shapes`."


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda shape: shape["properties"].pop("reason"), "call_cancelled.reason is gone"),
        (lambda shape: shape["required"].append("reason"), "call_cancelled.reason is required by now"),
        (lambda shape: shape["properties"].update(call={"type": "integer"}), "call_cancelled.call is another"),
    ],
)
def test_a_shape_that_old_events_do_not_have_needs_a_new_version(change: Any, found: str) -> None:
    old, new = stored_shapes(), copy.deepcopy(stored_shapes())
    change(new["events"]["call_cancelled"]["shape"])
    assert breaks(old, new) == [found]
    new["events"]["call_cancelled"]["version"] = 2
    assert breaks(old, new) == []


def test_a_shared_shape_of_another_form_needs_new_versions_of_all_events_that_hold_it() -> None:
    old, new = stored_shapes(), copy.deepcopy(stored_shapes())
    new["shared"]["Territory"]["properties"].pop("name")
    assert breaks(old, new) == ["Territory.name is gone"]
    new["events"]["territory_set"]["version"] += 1
    assert breaks(old, new) == ["Territory.name is gone"]
    new["events"]["board_opened"]["version"] += 1
    assert breaks(old, new) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda shape: shape["properties"].update(more={"type": "string"}),
        lambda shape: shape["properties"]["status"]["enum"].append("lost"),
        lambda shape: shape["required"].remove("shift"),
    ],
)
def test_a_shape_that_takes_more_than_before_needs_no_new_version(change: Any) -> None:
    old, new = stored_shapes(), copy.deepcopy(stored_shapes())
    change(new["events"]["visit_reported"]["shape"])
    assert new != old
    assert breaks(old, new) == []


def test_there_is_a_step_from_every_old_version_to_the_next() -> None:
    assert STEPS.keys() == {(kind, old) for kind, version in VERSION_BY_TYPE.items() for old in range(1, version)}


@pytest.mark.parametrize(("kind", "version"), [("time_passed", 2), ("time_passed", 0), ("call_lost", 1)])
def test_what_a_later_engine_wrote_is_refused(kind: str, version: int) -> None:
    with pytest.raises(EventUnknownError):
        event_of(kind, version, {})


@pytest.mark.parametrize(("kind", "version"), [("absence_set", 1), ("absence_set", 2), ("call_created", 1)])
def test_an_event_that_is_not_in_its_shape_is_refused(kind: str, version: int) -> None:
    with pytest.raises(EventBrokenError):
        event_of(kind, version, {"technician": "T-1"})


def old_board() -> BoardState:
    """Return the board of a log that the first versions of events were written to."""
    state: BoardState | None = None
    for entry in json.loads(OLD_LOG.read_text()):
        events = [event_of(each["type"], each["version"], each["data"]) for each in entry["events"]]
        state = folded(state, entry["revision"], datetime.fromisoformat(entry["at"]), events)
    assert state is not None
    return state


class TestAnOldLog:
    def test_a_report_that_was_marked_as_late_finds_its_place(self) -> None:
        visit = old_board().visits["C-0"]
        assert visit.status == "completed"
        assert (visit.departed_at, visit.started_at) == (moment(at(8)), moment(at(8, 10)))
        assert visit.ended_at == moment(at(8, 40))

    def test_absences_that_took_each_other_s_place_do_so_still(self) -> None:
        (absence,) = old_board().crew["T-2"].absences
        assert (absence.since, absence.until) == (moment(at(13)), None)

    def test_parts_that_were_received_left_the_location_they_came_from(self) -> None:
        state = old_board()
        assert (state.technicians["T-1"].stock, state.setup.stock_locations[0].stock) == ({"KIT": 4}, {"KIT": 3})

    def test_a_territory_whose_reserve_was_a_number_has_none(self) -> None:
        said = {"territory": {"id": "north", "reserve": 0}}
        assert event_of("territory_set", 1, said) == event_of("territory_set", 2, {"territory": {"id": "north"}})
        document = small_day().model_dump(mode="json", exclude_unset=True) | {"territories": [said["territory"]]}
        opened = event_of("board_opened", 1, {"document": document, "rules": {}})
        assert isinstance(opened, BoardOpened)
        assert opened.document.territories == (Territory(id="north"),)

    def test_the_second_visit_and_the_cancelled_call_are_there(self) -> None:
        state = old_board()
        assert (state.visits["C-1"].status, state.visits["C-1"].follow_up) == ("awaiting_parts", "C-1-2")
        assert "C-1-2" in state.calls
        assert (state.visits["C-2"].status, state.visits["C-2"].reason) == ("cancelled", "runs again")

    def test_it_folds_to_the_same_bytes_every_time(self) -> None:
        assert bytes_of(old_board()) == bytes_of(old_board())
