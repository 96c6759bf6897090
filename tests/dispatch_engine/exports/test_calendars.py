"""Calendars as RFC 5545 has them, read back by the library that phones' servers use."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar, Component

from dispatch_engine.exports.calendars import calendars, file_names
from dispatch_engine.exports.view import PlanView
from tests.dispatch_engine.island import Document, at, documents, parsed, stocked


def exported(problem: Document, plan: Document) -> dict[str, bytes]:
    return calendars(PlanView(*parsed(problem, plan)))


def events(text: bytes) -> list[Component]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return exported(*documents())


def test_each_technician_has_a_file(files: dict[str, bytes]) -> None:
    assert sorted(files) == ["T-1.ics", "T-2.ics", "T-3.ics"]


def test_each_stop_is_an_event_with_its_times(files: dict[str, bytes]) -> None:
    found = [
        (str(each["summary"]), each.decoded("dtstart"), each.decoded("dtend")) for each in events(files["T-1.ics"])
    ]
    assert [(name, start.isoformat(), end - start) for name, start, end in found] == [
        ("C-1 Lift at the harbour", at("08:05"), timedelta(minutes=25)),
        ("C-2 Cold room north", at("10:00"), timedelta(hours=1)),
        ("Break", at("11:00"), timedelta(minutes=30)),
        ("C-3 Boiler south", at("15:20"), timedelta(hours=1)),
    ]


def test_a_restock_is_an_event_with_its_pick_list() -> None:
    restock = events(exported(*stocked())["T-2.ics"])[1]
    assert str(restock["summary"]) == "Restock: depot The harbour store"
    assert str(restock["location"]) == "The harbour store"
    lines = str(restock["description"]).splitlines()
    assert lines[1:] == ["Take on SEAL × 2", "Take on VALVE × 1", "Borrow crane"]


def test_a_meeting_is_an_event_of_both() -> None:
    files = exported(*stocked())
    both = [*events(files["T-1.ics"]), *events(files["T-2.ics"])]
    found = [each for each in both if "Meeting" in str(each["summary"])]
    assert [str(each["description"]).splitlines()[1:] for each in found] == [
        ["Hand over KIT-7 × 1"],
        ["Take on KIT-7 × 1"],
    ]
    assert len({str(each["uid"]) for each in found}) == 2


def test_a_visit_says_where_its_parts_come_from_and_the_first_one_what_the_night_brought() -> None:
    lines = str(events(exported(*stocked())["T-2.ics"])[0]["description"]).splitlines()
    assert lines[0] == "Loaded overnight at depot: SEAL × 2"
    assert lines[3:] == [
        "Parts: VALVE × 1",
        "By courier from depot, there at 08:10: SEAL × 1",
        "Use VALVE for TAP × 1",
        "First-time fix 80%",
    ]


def test_who_has_no_route_has_a_valid_calendar_without_events(files: dict[str, bytes]) -> None:
    assert events(files["T-3.ics"]) == []
    assert Calendar.from_ical(files["T-3.ics"]).subcomponents


def test_an_event_names_a_time_zone_that_the_file_defines(files: dict[str, bytes]) -> None:
    assert b"DTSTART;TZID=Pacific/Nauru:20260302T100000" in files["T-1.ics"]
    assert b"BEGIN:VTIMEZONE\r\nTZID:Pacific/Nauru" in files["T-1.ics"]


def test_times_hold_over_a_change_of_the_clocks() -> None:
    problem, plan = documents()
    berlin: Document = {"time_zone": "Europe/Berlin"}
    stop = plan["routes"][1]["stops"][0]
    stop["start"], stop["end"] = "2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"
    plan["routes"] = [plan["routes"][1]]
    text = exported(problem | berlin, plan | berlin)["T-2.ics"]
    (event,) = events(text)
    assert b"DTSTART;TZID=Europe/Berlin:20260329T013000" in text
    assert b"DTEND;TZID=Europe/Berlin:20260329T033000" in text
    assert event.decoded("dtstart") == datetime.fromisoformat(stop["start"])
    assert event.decoded("dtend") == datetime.fromisoformat(stop["end"])


def test_every_event_has_a_uid_of_its_own(files: dict[str, bytes]) -> None:
    uids = [event["uid"] for text in files.values() for event in events(text)]
    assert len(uids) == len(set(uids)) == 5


def test_a_newer_plan_moves_an_event_instead_of_adding_one(files: dict[str, bytes]) -> None:
    problem, plan = documents()
    plan["created_at"] = at("21:00", "2026-03-01")
    plan["routes"][1]["stops"][0] |= {"arrival": at("09:10"), "start": at("09:10"), "end": at("09:55")}
    (before,), (after,) = events(files["T-2.ics"]), events(exported(problem, plan)["T-2.ics"])
    assert before["uid"] == after["uid"]
    assert before.decoded("dtstamp") < after.decoded("dtstamp")


def test_an_event_says_where_to_go_and_what_to_bring(files: dict[str, bytes]) -> None:
    event: Any = events(files["T-1.ics"])[1]
    assert (event["geo"].latitude, event["geo"].longitude) == (-0.5081, 166.9329)
    assert "Promised 10:00 to 12:00" in event["description"]
    assert "Parts: KIT-7 × 1" in event["description"]


def test_the_most_urgent_call_has_the_highest_priority(files: dict[str, bytes]) -> None:
    assert [event.get("priority") for event in events(files["T-1.ics"])] == [5, 1, None, 5]


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    problem, plan = documents()
    problem["calls"][1]["name"] = "Kühlraum " * 30
    text = exported(problem, plan)["T-1.ics"]
    lines = text.split(b"\r\n")
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75


def test_text_of_a_document_cannot_add_lines_to_the_file() -> None:
    problem, plan = documents()
    problem["calls"][1]["name"] = 'Lift; a, b\\c\r\nEND:VEVENT\x00\x07 "x"'
    text = exported(problem, plan)["T-1.ics"]
    assert [str(event["summary"]) for event in events(text)][1] == 'C-2 Lift; a, b\\c\nEND:VEVENT "x"'
    assert b"\x00" not in text


def test_a_visit_that_takes_no_time_has_no_end() -> None:
    problem, plan = documents()
    plan["routes"][1]["stops"][0]["end"] = plan["routes"][1]["stops"][0]["start"]
    (event,) = events(exported(problem, plan)["T-2.ics"])
    assert "dtend" not in event


def test_a_file_name_stays_in_its_folder() -> None:
    names = file_names(["../../etc/passwd", "..", "/", "a/b", "x" * 200, "Nº 1"]).values()
    assert all("/" not in name and not name.startswith(".") and len(name) < 100 for name in names)


def test_ids_that_look_alike_to_a_file_system_get_different_names() -> None:
    names = file_names(["van", "VAN", "a/b", "a:b", "a_b"]).values()
    assert len({name.casefold() for name in names}) == 5
