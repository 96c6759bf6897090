"""Writers who wait while another one writes are served together, and none of them for another's fault."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, make_url

from dispatch_engine.event_log.entries import Entry
from dispatch_engine.event_log.errors import DatabaseLockedError, KeyReusedError, RevisionConflictError
from dispatch_engine.event_log.sql.log import SqlEventLog
from dispatch_engine.event_log.sql.sqlite import SqliteDatabase
from tests.event_logs import OTHER_DIGEST, draft, fill, opened
from tests.programs import ROOT

WRITERS = 6


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    url = f"sqlite:///{tmp_path / 'dispatch.db'}"
    with closing(opened(url)) as log:
        fill(log, 1, "taken")
    made = SqliteDatabase(make_url(url), create=False)
    yield made
    made.close()


def waiting(database: SqliteDatabase, count: int) -> bool:
    """Whether so many writers wait for their turn."""
    return len(database._group._waiting) == count


def while_another_writes(
    database: SqliteDatabase, orders: list[tuple[str, int, str | None, str]]
) -> list[Future[Entry]]:
    """Order appends while the turn is taken, let it go once all of them wait, and return what became of them."""
    log, pause = SqlEventLog(database), threading.Event()
    with ThreadPoolExecutor(len(orders)) as pool, database.writing():
        told = [
            pool.submit(log.append, board, revision, draft(key=key, request_sha256=digest))
            for board, revision, key, digest in orders
        ]
        while not waiting(database, len(orders)):
            pause.wait(0.001)
    return told


def test_those_who_wait_share_one_transaction(database: SqliteDatabase) -> None:
    commits: list[Connection] = []
    event.listen(database._engine, "commit", commits.append)
    told = while_another_writes(database, [(f"b{place}", 0, None, "") for place in range(WRITERS)])
    assert [each.result().revision for each in told] == [1] * WRITERS
    assert len(commits) == 2  # that of the writer who held them up, and theirs
    log = SqlEventLog(database)
    assert [log.verify(f"b{place}").revision for place in range(WRITERS)] == [1] * WRITERS


def test_who_has_to_wait_for_another_says_so_first(database: SqliteDatabase) -> None:
    said = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        with database.writing():
            told = pool.submit(database.written, lambda _: "written", said.set)
            assert said.wait(10)
        assert told.result() == "written"


def test_who_need_not_wait_for_another_says_so_between_writing_and_the_disk(database: SqliteDatabase) -> None:
    steps: list[str] = []
    event.listen(database._engine, "commit", lambda _: steps.append("disk"))
    database.written(lambda _: steps.append("written"), lambda: steps.append("waits"))
    assert steps == ["written", "waits", "disk"]


def test_who_fails_does_not_take_the_others_along(database: SqliteDatabase) -> None:
    orders = [("b1", 0, None, ""), ("taken", 0, None, ""), ("b2", 0, None, ""), ("taken", 1, "key-0", OTHER_DIGEST)]
    told = while_another_writes(database, orders)
    assert [type(each.exception()) for each in told] == [type(None), RevisionConflictError, type(None), KeyReusedError]
    log = SqlEventLog(database)
    assert log.boards() == ["b1", "b2", "taken"]
    assert [log.verify(board).revision for board in log.boards()] == [1, 1, 1]


def test_of_those_who_wait_for_one_board_the_first_wins(database: SqliteDatabase) -> None:
    told = while_another_writes(database, [("b", 0, f"k{place}", "a" * 64) for place in range(WRITERS)])
    assert [type(each.exception()) for each in told].count(RevisionConflictError) == WRITERS - 1
    assert SqlEventLog(database).verify("b").revision == 1


def test_where_the_transaction_cannot_begin_all_are_told(tmp_path: Path) -> None:
    url = make_url(f"sqlite:///{tmp_path / 'dispatch.db'}")
    opened(str(url)).close()
    mine, theirs = SqliteDatabase(url, create=False, wait_s=0.3), SqliteDatabase(url, create=False)
    with theirs.writing(), ThreadPoolExecutor(WRITERS) as pool:
        log = SqlEventLog(mine)
        told = list(pool.map(lambda place: pool_error(log, place), range(WRITERS)))
    assert [type(each) for each in told] == [DatabaseLockedError] * WRITERS
    assert log.append("b0", 0, draft()).revision == 1
    mine.close()
    theirs.close()


def pool_error(log: SqlEventLog, place: int) -> Exception | None:
    try:
        log.append(f"b{place}", 0, draft())
    except DatabaseLockedError as error:
        return error
    return None


FULL_DISK = """
import resource, signal, sys, threading
from concurrent.futures import ThreadPoolExecutor
from sqlalchemy import make_url
from dispatch_engine.event_log.sql.log import SqlEventLog
from dispatch_engine.event_log.sql.sqlite import SqliteDatabase
from tests.event_logs import draft

database = SqliteDatabase(make_url(sys.argv[1]), create=False)
log, pause = SqlEventLog(database), threading.Event()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with ThreadPoolExecutor(3) as pool, database.writing():
    told = []
    for place, length in enumerate([1, 8_000_000, 1]):
        told.append(pool.submit(log.append, f"b{place}", 0, draft(0, {"text": "x" * length})))
        while len(database._group._waiting) <= place:
            pause.wait(0.001)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
for place, each in enumerate(told):
    error = each.exception()
    print(f"b{place}", "kept" if error is None else error.code)
"""


def test_where_the_disk_fails_in_the_middle_what_is_told_is_what_is_kept(database: SqliteDatabase) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, database.name], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    told = dict(line.split() for line in done.stdout.splitlines())
    log = SqlEventLog(database)
    assert told["b1"] == "database_unwritable"
    assert {board for board, word in told.items() if word == "kept"} == set(log.boards()) - {"taken"}
    assert [log.verify(board).revision for board in log.boards()] == [1] * len(log.boards())
