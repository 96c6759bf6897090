"""Any history, told to logs of every kind: they answer alike, and what they keep is sound."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_engine.event_log.entries import Draft, Head, LoggedEvent, Snapshot
from dispatch_engine.event_log.errors import EventLogError
from dispatch_engine.event_log.log import EventLog
from dispatch_engine.event_log.memory import MemoryEventLog
from tests.event_logs import BEGAN_AT, DATABASES, new_url, opened
from tests.postgres_server import PostgresServer

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
EVENTS = st.builds(
    LoggedEvent,
    st.sampled_from(["call_reported", "plan_published"]),
    st.integers(1, 3),
    st.dictionaries(TEXT, VALUES, max_size=3),
)
KEYS = st.none() | st.tuples(st.sampled_from(["k1", "k2", "k3"]), st.sampled_from(["a" * 64, "b" * 64]))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    key, digest = draw(KEYS) or (None, None)
    at = draw(st.datetimes(timezones=st.timezones()) | st.just(BEGAN_AT))
    return Draft(tuple(draw(st.lists(EVENTS, max_size=3))), at, draw(st.sampled_from(["clock", "é"])), key, digest)


BOARDS = st.sampled_from(["north", "south"])
APPEND = st.tuples(st.just("append"), BOARDS, st.sampled_from([0, 0, 0, -1, 1]), drafts())
SNAPSHOT = st.tuples(st.just("snapshot"), BOARDS, st.integers(0, 4), st.integers(1, 2), st.binary(max_size=6))
HISTORIES = st.lists(APPEND | SNAPSHOT, max_size=12)


def answer(log: EventLog, step: tuple[Any, ...], prefix: str) -> object:
    """Take a step and return what the log says, in a form that can be compared."""
    kind, board, *rest = step
    name = f"{prefix}{board}"
    head = log.head(name)
    try:
        if kind == "append":
            beside, draft = rest
            return log.append(name, head.revision + beside, draft)
        back, version, data = rest
        log.save_snapshot(name, Snapshot(max(head.revision - back, 0), hash_at(log, name, head, back), version, data))
    except EventLogError as error:
        return error.code, str(error)
    return "kept"


def hash_at(log: EventLog, board: str, head: Head, back: int) -> str:
    revision = head.revision - back
    return (
        next((entry.hash for entry in log.read(board, revision - 1, revision)), "c" * 64) if revision > 0 else "c" * 64
    )


def kept(log: EventLog, prefix: str) -> object:
    """Return everything that can be read from a log."""
    names = [f"{prefix}{board}" for board in ("north", "south")]
    keys = [log.entry_of_key(name, key) for name in names for key in ("k1", "k2", "k3")]
    snapshots = [log.latest_snapshot(name, version) for name in names for version in (1, 2)]
    return [list(log.read(name)) for name in names], [log.head(name) for name in names], keys, snapshots


@pytest.fixture(scope="module", params=DATABASES)
def shared_log(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EventLog]:
    """One log for all examples, told apart by the names of their boards."""
    postgres: PostgresServer | None = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    folder: Path = tmp_path_factory.mktemp("log")
    log = opened(new_url(request.param, folder, postgres))
    yield log
    log.close()


numbers = itertools.count()


@settings(max_examples=30)
@given(history=HISTORIES)
def test_a_database_answers_every_history_as_memory_does_and_keeps_the_same(
    history: list[Any], shared_log: EventLog
) -> None:
    prefix = f"{next(numbers)} "
    memory = MemoryEventLog()
    for step in history:
        assert answer(shared_log, step, prefix) == answer(memory, step, prefix)
    assert kept(shared_log, prefix) == kept(memory, prefix)
    for board in memory.boards():
        assert shared_log.verify(board) == memory.verify(board)


@settings(max_examples=30)
@given(events=st.lists(EVENTS, max_size=4), at=st.datetimes(timezones=st.timezones()))
def test_what_is_read_is_what_was_drafted(events: list[LoggedEvent], at: datetime, shared_log: EventLog) -> None:
    board = f"{next(numbers)} alone"
    shared_log.append(board, 0, Draft(tuple(events), at, "clock"))
    (entry,) = shared_log.read(board)
    assert list(entry.events) == events
    assert entry.at == at.astimezone(UTC)
