"""What a database does not do is told with a code; the log goes on once the database does."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from dispatch_engine.event_log.errors import DatabaseLockedError, DatabaseUnwritableError
from dispatch_engine.event_log.sql.log import SqlEventLog
from dispatch_engine.event_log.sql.postgresql import PostgresDatabase
from dispatch_engine.event_log.sql.sqlite import SqliteDatabase
from tests.event_logs import draft, fill, opened
from tests.postgres_server import PostgresServer
from tests.programs import ROOT

WAIT_S = 0.05


@pytest.fixture
def impatient(url: str, sql_log: SqlEventLog) -> Iterator[SqlEventLog]:
    """Open the log so that its writers hardly wait for others."""
    fill(sql_log, 1)
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    log = SqlEventLog(
        SqliteDatabase(parsed, create=False, wait_s=WAIT_S) if sqlite else PostgresDatabase(parsed, wait_s=WAIT_S)
    )
    yield log
    log.close()


@contextmanager
def another_writer(url: str) -> Iterator[Connection]:
    """Write to the board in a transaction that does not come to its end."""
    engine = create_engine(make_url(url))
    with engine.connect() as connection:
        connection.execute(text("UPDATE boards SET hash = hash"))
        yield connection
        connection.rollback()
    engine.dispose()


def test_a_writer_who_waits_too_long_is_told_and_nothing_is_written(impatient: SqlEventLog, url: str) -> None:
    with another_writer(url):
        with pytest.raises(DatabaseLockedError, match=r"cannot be used.*Maybe try again"):
            impatient.append("north", 1, draft(1))
        assert impatient.head("north").revision == 1  # readers do not wait
    assert impatient.append("north", 1, draft(1)).revision == 2


def test_a_thread_who_waits_too_long_for_others_of_its_process_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dispatch.db'}"
    opened(url).close()
    database = SqliteDatabase(make_url(url), create=False, wait_s=WAIT_S)
    with database.writing(), ThreadPoolExecutor(1) as pool:
        told = pool.submit(SqlEventLog(database).append, "north", 0, draft()).exception()
    assert isinstance(told, DatabaseLockedError)
    assert "other threads" in str(told)
    database.close()


def test_more_readers_than_connections_wait_and_are_then_told(impatient: SqlEventLog) -> None:
    readers = 40
    together, told = threading.Barrier(readers), []

    def hold(_: int) -> None:
        try:
            with impatient._database.reading():
                together.wait(10)
        except DatabaseLockedError as error:
            told.append(error)
            together.wait(10)

    with ThreadPoolExecutor(readers) as pool:
        list(pool.map(hold, range(readers)))
    assert told
    assert "all its connections are in use" in str(told[0])
    assert impatient.head("north").revision == 1


def test_a_disk_that_is_full_is_told_and_what_was_acknowledged_stays(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dispatch.db'}"
    with closing(opened(url)) as log:
        fill(log, 3)
    program = (
        "import resource, signal, sys\n"
        "from tests.event_logs import draft, opened\n"
        "log = opened(sys.argv[1])\n"
        "log.head('north')\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try:\n"
        "    log.append('north', 3, draft(3, {'text': 'x' * 200_000}))\n"
        "except Exception as error:\n"
        "    print(error.code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, url], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "database_unwritable\n"
    with closing(opened(url)) as log:
        assert log.verify("north").revision == 3
        assert log.append("north", 3, draft(3)).revision == 4


def test_a_database_that_may_only_be_read_is_told(postgres: PostgresServer) -> None:
    url = postgres.new_schema()
    with closing(opened(url)) as log:
        fill(log, 1)
    with closing(opened(f"{url} -cdefault_transaction_read_only%3Don")) as log:
        assert log.verify("north").revision == 1
        with pytest.raises(DatabaseUnwritableError, match="read-only"):
            log.append("north", 1, draft(1))


def test_an_append_is_synchronised_whatever_the_default_is(postgres: PostgresServer, tmp_path: Path) -> None:
    for setting, wanted in (("off", "on"), ("remote_apply", "remote_apply")):
        url = f"{postgres.new_schema()} -csynchronous_commit%3D{setting}"
        with closing(opened(url)) as log, log._database.writing() as connection:
            assert connection.scalar(text("SHOW synchronous_commit")) == wanted
    with closing(opened(f"sqlite:///{tmp_path / 'dispatch.db'}")) as log, log._database.writing() as connection:
        assert connection.scalar(text("PRAGMA synchronous")) == 2  # FULL
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_the_log_goes_on_after_the_server_ended_its_connections(postgres: PostgresServer) -> None:
    with closing(opened(postgres.new_schema())) as log:
        fill(log, 2)
        postgres.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'dispatch' AND pid <> pg_backend_pid()"
        )
        fill(log, 1)
        assert log.verify("north").revision == 3
