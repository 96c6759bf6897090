"""One leader of a board over all processes, and another one when the leader dies, however it dies."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from dispatch_engine.event_log.sql.log import SqlEventLog
from tests.event_logs import opened
from tests.postgres_server import PostgresServer
from tests.programs import line_of, running

PAUSE_S, TRIES = 0.01, 2_000


def granted(log: SqlEventLog) -> bool:
    with log.lead("north", "improve") as leads:
        return leads


def comes_to_lead(log: SqlEventLog) -> bool:
    """Try again and again, as an improver in waiting does."""
    waiting = threading.Event()
    return any(granted(log) or waiting.wait(PAUSE_S) for _ in range(TRIES))


def test_leadership_passes_on_when_the_process_that_holds_it_is_killed(sql_log: SqlEventLog, url: str) -> None:
    with running("tests.leading", url, "north", "improve") as leader:
        assert line_of(leader) == "True"
        assert not granted(sql_log)
        with (
            running("tests.leading", url, "north", "improve") as second,
            running("tests.leading", url, "south", "improve") as other,
        ):
            assert (line_of(second), line_of(other)) == ("False", "True")
        leader.kill()
        leader.wait()
        assert comes_to_lead(sql_log)


def test_the_lock_of_sqlite_leaves_no_file_behind(tmp_path: Path) -> None:
    log = opened(f"sqlite:///{tmp_path / 'dispatch.db'}")
    with log.lead("north", "improve"):
        assert list(tmp_path.glob("*lead*")) != []
    assert list(tmp_path.glob("*lead*")) == []
    log.close()


def test_leadership_that_the_server_ended_ends_quietly_and_can_be_had_again(postgres: PostgresServer) -> None:
    log = opened(postgres.new_schema())
    with log.lead("north", "improve") as leads:
        assert leads
        postgres.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
        assert comes_to_lead(log)
    assert granted(log)
    log.close()


def test_a_leader_who_stops_leaves_no_lock_on_the_server(postgres: PostgresServer) -> None:
    log = opened(postgres.new_schema())
    with psycopg.connect(postgres.url, autocommit=True) as session:
        locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
        for _ in range(3):
            with log.lead("north", "improve"):
                assert session.execute(locks).fetchone() == (1,)
            assert session.execute(locks).fetchone() == (0,)
    log.close()


def test_logs_in_two_schemas_of_one_database_have_a_leader_each(postgres: PostgresServer) -> None:
    here, there = opened(postgres.new_schema()), opened(postgres.new_schema())
    with here.lead("north", "improve") as first, there.lead("north", "improve") as second:
        assert first
        assert second
    here.close()
    there.close()


def test_no_two_threads_lead_at_once_while_leadership_goes_round(sql_log: SqlEventLog) -> None:
    leaders: list[int] = []
    most: list[int] = []

    def try_often(number: int) -> None:
        for _ in range(40):
            with sql_log.lead("north", "improve") as leads:
                if leads:
                    leaders.append(number)
                    most.append(len(leaders))
                    leaders.remove(number)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(try_often, range(4)))
    assert set(most) == {1}
