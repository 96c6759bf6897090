"""Databases that cannot be used say so with a code and a way out; passwords are never shown."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

from dispatch_engine.errors import DispatchError
from dispatch_engine.event_log.errors import (
    DatabaseDamagedError,
    DatabaseDriverError,
    DatabaseUnreachableError,
    DatabaseUrlError,
)
from dispatch_engine.event_log.opening import open_event_log
from tests.event_logs import fill, opened
from tests.postgres_server import PostgresServer


@pytest.mark.parametrize(
    "url",
    [
        "",
        "dispatch.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///x.db?mode=ro",
        "mysql://host/name",
        "postgresql+asyncpg://h/n",
        "://",
    ],
)
def test_a_url_that_names_no_usable_database_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUrlError, match="Maybe"):
        open_event_log(url)


@pytest.mark.parametrize("upgrade", [True, False])
def test_a_file_in_a_folder_that_does_not_exist_is_unreachable(tmp_path: Path, upgrade: bool) -> None:
    with pytest.raises(DatabaseUnreachableError, match="Maybe"):
        open_event_log(f"sqlite:///{tmp_path / 'nowhere' / 'dispatch.db'}", upgrade=upgrade)


def test_a_file_that_is_not_there_is_made_only_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "dispatch.db"
    with pytest.raises(DatabaseUnreachableError, match="there is no database"):
        open_event_log(f"sqlite:///{path}", upgrade=False)
    assert not path.exists()
    open_event_log(f"sqlite:///{path}").close()
    assert path.exists()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachableError):
        open_event_log(f"sqlite:///{tmp_path}")


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    path.write_text('{"version": 1}' * 100)
    with pytest.raises(DatabaseDamagedError, match=r"not a database.*Maybe"):
        open_event_log(f"sqlite:///{path}")
    assert path.read_text() == '{"version": 1}' * 100


def test_a_server_that_does_not_answer_is_unreachable_and_the_password_is_not_told() -> None:
    with pytest.raises(DatabaseUnreachableError, match="Maybe") as caught:
        open_event_log("postgresql://dispatch:hunter2@127.0.0.1:1/dispatch")
    told = str(caught.value)
    assert "postgresql://dispatch:***@127.0.0.1:1/dispatch" in told
    assert "hunter2" not in told


@pytest.mark.parametrize("change", [("/postgres?", "/nowhere?"), ("dispatch@", "stranger@")])
def test_a_database_or_user_that_does_not_exist_is_unreachable(
    postgres: PostgresServer, change: tuple[str, str]
) -> None:
    with pytest.raises(DatabaseUnreachableError, match="does not exist"):
        open_event_log(postgres.url.replace(*change))


def test_a_schema_that_does_not_exist_is_unreachable(postgres: PostgresServer) -> None:
    with pytest.raises(DatabaseUnreachableError, match="no schema"):
        open_event_log(f"{postgres.url}&options=-csearch_path%3Dnowhere")


def test_without_its_driver_postgresql_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseDriverError, match=r"dispatch-engine\[postgres\]"):
        open_event_log("postgresql://host/name")


def test_a_relative_path_stays_what_it_was_when_the_process_changes_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(opened("sqlite:///dispatch.db")) as log:
        fill(log, 1)
        monkeypatch.chdir(tmp_path.parent)
        with log.lead("north", "improve") as leads:
            assert leads
    with closing(opened(f"sqlite:///{tmp_path / 'dispatch.db'}")) as log:
        assert log.head("north").revision == 1


def test_every_error_of_the_log_is_of_one_tree() -> None:
    with pytest.raises(DispatchError):
        open_event_log("nothing")
