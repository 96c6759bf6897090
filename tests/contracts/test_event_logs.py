"""What every log of events keeps to, whatever it is kept in."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from dispatch_engine.event_log.entries import GENESIS_HASH, Draft, Head, LoggedEvent, Snapshot
from dispatch_engine.event_log.errors import (
    BoardUnknownError,
    EntryInvalidError,
    KeyReusedError,
    RevisionConflictError,
    SnapshotUnfitError,
)
from dispatch_engine.event_log.log import EventLog
from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.event_log.sql import log as sql_log
from tests.event_logs import BEGAN_AT, DATABASES, OTHER_DIGEST, draft, fill, new_url, opened


@pytest.fixture(params=["memory", *DATABASES])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventLog]:
    kind = request.param
    if kind == "memory":
        yield MemoryEventLog()
        return
    postgres = request.getfixturevalue("postgres") if kind == "postgresql" else None
    made = opened(new_url(kind, tmp_path, postgres))
    yield made
    made.close()


def test_a_board_without_entries_is_at_revision_nought(log: EventLog) -> None:
    assert log.head("north") == Head(0, GENESIS_HASH)
    assert log.boards() == []
    assert list(log.read("north")) == []
    assert log.entry_of_key("north", "key-0") is None
    assert log.latest_snapshot("north", 1) is None


def test_revisions_are_dense_and_each_entry_holds_the_hash_of_the_one_before(log: EventLog) -> None:
    made = fill(log, 3)
    assert [entry.revision for entry in made] == [1, 2, 3]
    assert [entry.previous_hash for entry in made] == [GENESIS_HASH, made[0].hash, made[1].hash]
    assert log.head("north") == Head(3, made[2].hash)


def test_what_is_read_equals_what_append_returned(log: EventLog) -> None:
    assert list(log.read("north")) == fill(log, 5) or fill(log, 0) == []
    assert log.entry_of_key("north", "key-2") == list(log.read("north"))[2]


def test_a_reader_gets_the_entries_after_a_revision_up_to_another(log: EventLog) -> None:
    fill(log, 7)
    assert [entry.revision for entry in log.read("north", after=2)] == [3, 4, 5, 6, 7]
    assert [entry.revision for entry in log.read("north", after=2, upto=4)] == [3, 4]
    assert [entry.revision for entry in log.read("north", upto=99)] == [1, 2, 3, 4, 5, 6, 7]
    assert list(log.read("north", after=7)) == []
    assert list(log.read("north", after=4, upto=4)) == []


@pytest.mark.parametrize("count", [4, 5, 6, 11])
def test_a_reader_crosses_the_borders_of_chunks(log: EventLog, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_log, "CHUNK", 5)
    fill(log, count)
    assert [entry.revision for entry in log.read("north")] == list(range(1, count + 1))
    assert [entry.revision for entry in log.read("north", after=1, upto=count - 1)] == list(range(2, count))
    assert log.verify("north").revision == count


def test_boards_are_told_apart_and_listed_in_order(log: EventLog) -> None:
    fill(log, 2, "south")
    fill(log, 1, "north")
    assert log.boards() == ["north", "south"]
    assert log.head("south").revision == 2
    assert [entry.board for entry in log.read("north")] == ["north"]


@pytest.mark.parametrize("expected", [0, 1, 3, 99])
def test_a_writer_at_another_revision_is_refused_with_both_numbers(log: EventLog, expected: int) -> None:
    fill(log, 2)
    with pytest.raises(RevisionConflictError, match=rf"at revision 2, not at {expected}") as caught:
        log.append("north", expected, draft())
    assert (caught.value.expected, caught.value.actual) == (expected, 2)
    assert log.head("north").revision == 2


def test_the_first_entry_of_a_board_expects_revision_nought(log: EventLog) -> None:
    with pytest.raises(RevisionConflictError) as caught:
        log.append("north", 1, draft())
    assert (caught.value.expected, caught.value.actual) == (1, 0)
    assert log.boards() == []


@pytest.mark.parametrize("start", [0, 1])
def test_of_many_writers_with_the_same_revision_exactly_one_wins(log: EventLog, start: int) -> None:
    fill(log, start)
    writers = 8
    together = threading.Barrier(writers)

    def write(place: int) -> int | tuple[int, int]:
        together.wait()
        try:
            return log.append("north", start, draft(place, key=f"writer-{place}")).revision
        except RevisionConflictError as error:
            return error.expected, error.actual

    with ThreadPoolExecutor(writers) as pool:
        told = list(pool.map(write, range(writers)))
    assert told.count(start + 1) == 1
    assert told.count((start, start + 1)) == writers - 1
    assert log.verify("north").revision == start + 1


def test_writers_who_read_again_after_a_conflict_all_get_their_turn(log: EventLog) -> None:
    def write(writer: int) -> None:
        written = 0
        while written < 10:
            try:
                log.append("north", log.head("north").revision, draft(writer, key=f"{writer}/{written}"))
                written += 1
            except RevisionConflictError:
                continue

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert log.verify("north").revision == 40
    keys = [entry.key for entry in log.read("north")]
    assert len(set(keys)) == 40
    for writer in range(4):
        mine = [key for key in keys if key and key.startswith(f"{writer}/")]
        assert mine == [f"{writer}/{number}" for number in range(10)]


def test_a_repeated_request_gets_the_entry_of_the_first_time(log: EventLog) -> None:
    first, *_ = fill(log, 3)
    assert log.append("north", 0, draft(0, key="key-0")) == first
    assert log.append("north", 3, draft(9, key="key-0")) == first
    assert log.head("north").revision == 3


def test_a_key_with_another_request_is_refused(log: EventLog) -> None:
    fill(log, 2)
    for expected in (0, 2):
        with pytest.raises(KeyReusedError, match=r"key key-0 was used on board north .* revision 1"):
            log.append("north", expected, draft(0, key="key-0", request_sha256=OTHER_DIGEST))
    assert log.head("north").revision == 2


def test_the_same_key_on_another_board_is_another_key(log: EventLog) -> None:
    fill(log, 1, "north")
    assert fill(log, 1, "south")[0].key == "key-0"
    assert log.entry_of_key("south", "key-0") != log.entry_of_key("north", "key-0")


def test_entries_without_a_key_do_not_get_in_each_others_way(log: EventLog) -> None:
    for place in range(3):
        log.append("north", place, draft(place))
    assert [entry.key for entry in log.read("north")] == [None, None, None]


def test_requests_that_come_twice_at_once_become_one_entry(log: EventLog) -> None:
    fill(log, 1)
    together = threading.Barrier(6)

    def send(_: int) -> int:
        together.wait()
        return log.append("north", 1, draft(1, key="twice")).revision

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(send, range(6))) == {2}
    assert log.head("north").revision == 2


def test_several_entries_are_appended_one_behind_the_other(log: EventLog) -> None:
    first, *_ = fill(log, 1)
    made = log.append_all("north", 1, [draft(1), draft(2, key="key-2"), draft(3)])
    assert [(entry.revision, entry.previous_hash) for entry in made] == [
        (2, first.hash), (3, made[0].hash), (4, made[1].hash),
    ]  # fmt: skip
    assert list(log.read("north", after=1)) == made
    assert log.entry_of_key("north", "key-2") == made[1]
    assert log.verify("north") == Head(4, made[2].hash)


def test_several_entries_can_begin_a_board(log: EventLog) -> None:
    made = log.append_all("north", 0, [draft(0), draft(1)])
    assert log.verify("north") == Head(2, made[1].hash)


def test_of_several_entries_all_are_appended_or_none(log: EventLog) -> None:
    fill(log, 2)
    with pytest.raises(KeyReusedError, match="revision 1"):
        log.append_all("north", 2, [draft(2), draft(0, key="key-0")])
    with pytest.raises(EntryInvalidError):
        log.append_all("north", 2, [draft(2), draft(data={"value": float("nan")})])
    with pytest.raises(RevisionConflictError) as caught:
        log.append_all("north", 1, [draft(2), draft(3)])
    assert (caught.value.expected, caught.value.actual) == (1, 2)
    assert log.verify("north").revision == 2


EXACT: list[Any] = [
    0, -1, 2**53 + 1, 10**40, 0.1, 1e-7, 1.7976931348623157e308, 5e-324, -0.0, 1.0, True, None, "12.30", "", "é 漢 🚚",
    "\x00\n\u2028", '"\\', [], {}, [1, [2, {"a": []}]], {"b": 1, "a": 2, "": 3},
]  # fmt: skip


@pytest.mark.parametrize("value", EXACT, ids=repr)
def test_every_json_value_is_read_as_it_was_written(log: EventLog, value: Any) -> None:
    log.append("north", 0, draft(data={"value": value}))
    (entry,) = log.read("north")
    read: Any = entry.events[0].data["value"]
    assert repr(read) == repr(value) or read == value != 0
    assert type(read) is type(value)


NOT_EXACT: list[Any] = [
    float("nan"), float("inf"), -float("inf"), (1, 2), {1: "a"}, {None: 1}, b"bytes", {1, 2}, object(), BEGAN_AT,
    "\ud800", {"\udfff": 1},
]  # fmt: skip


@pytest.mark.parametrize("value", NOT_EXACT, ids=lambda value: "object" if type(value) is object else ascii(value))
def test_a_value_that_would_not_be_read_as_it_was_written_is_refused_with_its_place(log: EventLog, value: Any) -> None:
    with pytest.raises(EntryInvalidError, match="Maybe") as caught:
        log.append("north", 0, draft(data={"found": [1, value]}))
    assert caught.value.pointer.startswith("/events/0/data/found/1")
    assert log.boards() == []


def test_what_nests_too_deeply_is_refused(log: EventLog) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(EntryInvalidError, match="nested"):
        log.append("north", 0, draft(data={"deep": deep}))


def test_times_are_kept_in_utc_to_the_microsecond(log: EventLog) -> None:
    at = datetime(2026, 3, 2, 23, 59, 59, 999999, tzinfo=timezone(-timedelta(hours=3)))
    log.append("north", 0, Draft((), at, "clock"))
    (entry,) = log.read("north")
    assert entry.at == at
    assert entry.at.isoformat() == "2026-03-03T02:59:59.999999+00:00"
    assert entry.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("pointer", "wrong"),
    [
        ("/at", Draft((), BEGAN_AT.replace(tzinfo=None), "clock")),
        ("/at", Draft((), datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))), "clock")),
        ("/actor", Draft((), BEGAN_AT, "")),
        ("/actor", Draft((), BEGAN_AT, "a\x00b")),
        ("/actor", Draft((), BEGAN_AT, "a" * 256)),
        ("/actor", Draft((), BEGAN_AT, "\ud800")),
        ("/key", Draft((), BEGAN_AT, "clock", "", "a" * 64)),
        ("/request_sha256", Draft((), BEGAN_AT, "clock", "key", None)),
        ("/request_sha256", Draft((), BEGAN_AT, "clock", "key", "A" * 64)),
        ("/request_sha256", Draft((), BEGAN_AT, "clock", None, "a" * 64)),
        ("/events/0", Draft((LoggedEvent("", 1, {}),), BEGAN_AT, "clock")),
        ("/events/0", Draft((LoggedEvent("x", 0, {}),), BEGAN_AT, "clock")),
    ],
)
def test_a_draft_that_cannot_be_kept_is_refused(log: EventLog, pointer: str, wrong: Draft) -> None:
    with pytest.raises(EntryInvalidError) as caught:
        log.append("north", 0, wrong)
    assert caught.value.pointer == pointer
    assert log.head("north").revision == 0


@pytest.mark.parametrize("board", ["", "a\nb", "x" * 256])
def test_a_board_has_a_name_that_can_be_printed(log: EventLog, board: str) -> None:
    with pytest.raises(EntryInvalidError):
        log.append(board, 0, draft())


def test_what_the_writer_changes_afterwards_does_not_change_the_log(log: EventLog) -> None:
    data: Any = {"calls": ["C1"]}
    entry = log.append("north", 0, draft(data=data))
    data["calls"].append("C2")
    assert entry.events[0].data == {"calls": ["C1"]}
    assert next(iter(log.read("north"))) == entry


def snapshot(log: EventLog, revision: int, version: int = 1, data: bytes = b"\x00state\xff") -> Snapshot:
    (entry,) = log.read("north", after=revision - 1, upto=revision)
    return Snapshot(revision, entry.hash, version, data)


def test_the_newest_snapshot_of_a_version_is_kept(log: EventLog) -> None:
    fill(log, 5)
    later, other = snapshot(log, 4), snapshot(log, 2, version=2)
    for each in (snapshot(log, 2), later, other, snapshot(log, 3)):
        log.save_snapshot("north", each)
    assert log.latest_snapshot("north", 1) == later
    assert log.latest_snapshot("north", 2) == other
    assert log.latest_snapshot("north", 3) is None
    assert log.latest_snapshot("south", 1) is None


@pytest.mark.parametrize(("revision", "hash_"), [(2, "c" * 64), (9, "c" * 64), (0, GENESIS_HASH), (-1, "c" * 64)])
def test_a_snapshot_of_another_log_is_refused(log: EventLog, revision: int, hash_: str) -> None:
    fill(log, 3)
    with pytest.raises(SnapshotUnfitError):
        log.save_snapshot("north", Snapshot(revision, hash_, 1, b""))
    with pytest.raises(SnapshotUnfitError):
        log.save_snapshot("south", Snapshot(1, hash_, 1, b""))


def test_a_sound_log_is_verified_up_to_its_head(log: EventLog) -> None:
    fill(log, 5)
    log.save_snapshot("north", snapshot(log, 4))
    assert log.verify("north") == log.head("north")


def test_an_unknown_board_is_not_verified_and_the_one_meant_is_named(log: EventLog) -> None:
    fill(log, 1)
    with pytest.raises(BoardUnknownError, match='Maybe "north" was meant'):
        log.verify("nort")


def test_only_one_leads_a_board_for_a_purpose(log: EventLog) -> None:
    with log.lead("north", "improve") as first:
        assert first
        with (
            log.lead("north", "improve") as second,
            log.lead("south", "improve") as south,
            log.lead("north", "tell") as tell,
        ):
            assert (second, south, tell) == (False, True, True)
        with log.lead("north", "improve") as third:
            assert not third


def test_leadership_ends_with_its_block_however_it_ends(log: EventLog) -> None:
    with pytest.raises(KeyError), log.lead("north", "improve"):
        raise KeyError
    with log.lead("north", "improve") as again:
        assert again


def test_of_many_threads_one_leads(log: EventLog) -> None:
    together, done = threading.Barrier(6), threading.Barrier(6)

    def try_to_lead(_: int) -> bool:
        together.wait()
        with log.lead("north", "improve") as granted:
            done.wait()
            return granted

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(try_to_lead, range(6))) == [False] * 5 + [True]
