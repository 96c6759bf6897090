"""The seal is part of the format: what was sealed by any version is opened by every later one."""

import hashlib
import json
from dataclasses import asdict, replace

import pytest

from dispatch_engine.event_log.entries import JSON, NO_HEAD, Draft, Head, LoggedEvent
from dispatch_engine.event_log.errors import LogTamperedError
from dispatch_engine.event_log.sealing import SealedEntry, checked
from tests.event_logs import BEGAN_AT, draft

EVENTS = (
    LoggedEvent("call_reported", 1, {"call": "C1", "price": "12.30", "at": ["é", 1.5, None]}),
    LoggedEvent("x", 2, {}),
)


def sealed(events: tuple[LoggedEvent, ...] = EVENTS, head: Head = NO_HEAD) -> SealedEntry:
    row, _ = checked("north", Draft(events, BEGAN_AT, "dispatcher-1", "key-1", "a" * 64)).sealed_after(head)
    return row


def test_the_seal_of_a_given_entry_never_changes() -> None:
    assert sealed().hash == "8a01cf1fe1bb0f16e7e425ea9070bcc939e5a47e276e7d943cae21a98e0eff4d"


def test_the_seal_is_the_digest_of_the_canonical_json_of_all_other_columns() -> None:
    row = sealed()
    content = asdict(row) | {"events": json.loads(row.events)}
    del content["hash"]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert row.hash == hashlib.sha256(text.encode()).hexdigest()


def test_the_order_in_which_a_writer_names_things_does_not_matter() -> None:
    straight: dict[str, JSON]
    turned: dict[str, JSON]
    straight, turned = ({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"d": 3, "c": 2}, "a": 1})
    assert sealed((LoggedEvent("x", 1, straight),)) == sealed((LoggedEvent("x", 1, turned),))


def test_the_order_of_events_matters() -> None:
    assert sealed(EVENTS).hash != sealed(EVENTS[::-1]).hash


def test_a_seal_holds_what_came_before() -> None:
    assert sealed(head=Head(4, "b" * 64)).hash != sealed(head=Head(4, "c" * 64)).hash


def test_what_was_sealed_is_opened() -> None:
    entry = sealed().opened()
    assert entry.events == EVENTS
    assert (entry.at, entry.actor, entry.key) == (BEGAN_AT, "dispatcher-1", "key-1")


@pytest.mark.parametrize(
    "change", [{"actor": b"dispatcher-1"}, {"revision": 1.0}, {"events": None}, {"hash": ""}, {"key": 1}]
)
def test_a_row_of_other_types_is_not_opened(change: dict[str, object]) -> None:
    with pytest.raises(LogTamperedError, match="revision 1"):
        replace(sealed(), **change).opened()  # type: ignore[arg-type] # what a database without types can hold


def test_content_cannot_move_from_one_column_to_another() -> None:
    row, _ = checked("north", draft(key="key-1")).sealed_after(NO_HEAD)
    moved = replace(row, events=row.events + ',"key":"key-1"', key=None)
    with pytest.raises(LogTamperedError):
        moved.opened()
