"""Every way to today's tables leads to the same tables."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, make_url, text

from dispatch_engine.event_log.errors import DatabaseForeignError, DatabaseNewerError, DatabaseOlderError
from dispatch_engine.event_log.opening import open_database, open_event_log
from dispatch_engine.event_log.sql import migrating
from dispatch_engine.event_log.sql.database import Database
from dispatch_engine.event_log.sql.tables import SCHEMA_REVISION, metadata
from tests.event_logs import fill, new_url, opened
from tests.programs import line_of, running

SCRIPTS = ScriptDirectory(str(Path(migrating.__file__).parent / "migrations"))
REVISIONS = [script.revision for script in SCRIPTS.walk_revisions()]


def tables_of(database: Database) -> dict[str, object]:
    """Return all that the database says about its tables, in a form that can be compared."""
    with database.reading() as connection:
        found = inspect(connection)
        return {
            name: [
                sorted((column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(name)),
                found.get_pk_constraint(name),
                sorted(map(str, found.get_foreign_keys(name))),
                sorted(map(str, found.get_unique_constraints(name))),
                sorted(map(str, found.get_indexes(name))),
                sorted(map(str, found.get_check_constraints(name))),
            ]
            for name in found.get_table_names()
            if name != migrating.VERSION_TABLE
        }


@pytest.fixture
def wanted(request: pytest.FixtureRequest, url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Return what a database of the same kind says when the tables are made without any history."""
    kind = "sqlite" if url.startswith("sqlite") else "postgresql"
    postgres = request.getfixturevalue("postgres") if kind == "postgresql" else None
    database = open_database(new_url(kind, tmp_path_factory.mktemp("wanted"), postgres), create=True)
    with database.writing() as connection:
        metadata.create_all(connection)
    said = tables_of(database)
    database.close()
    return said


@pytest.mark.parametrize("begin", [None, *REVISIONS])
def test_an_upgrade_from_any_revision_gives_the_tables_of_today(
    url: str, begin: str | None, wanted: dict[str, object]
) -> None:
    database = open_database(url, create=True)
    if begin is not None:
        migrating.upgrade(database, begin)
    assert migrating.upgrade(database) == (begin != SCHEMA_REVISION)
    assert tables_of(database) == wanted
    assert not migrating.upgrade(database)
    database.close()


def test_the_latest_revision_is_the_one_that_the_program_wants() -> None:
    assert SCRIPTS.get_heads() == [SCHEMA_REVISION]


def test_an_upgrade_that_fails_leaves_nothing_behind(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(url, create=True)
    monkeypatch.setattr(migrating, "_require_no_others", lambda *_: None)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE snapshots (id INTEGER)"))
    with pytest.raises(Exception, match="snapshots"):
        migrating.upgrade(database)
    assert list(tables_of(database)) == ["snapshots"]
    database.close()


def test_tables_of_another_program_are_left_alone(url: str) -> None:
    database = open_database(url, create=True)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE entries (id INTEGER)"))
    with pytest.raises(DatabaseForeignError, match=r"another program: entries.*Maybe"):
        open_event_log(url)
    assert list(tables_of(database)) == ["entries"]
    database.close()


def test_tables_of_a_later_version_are_refused(url: str) -> None:
    opened(url).close()
    database = open_database(url, create=False)
    with database.writing() as connection:
        connection.execute(text(f"UPDATE {migrating.VERSION_TABLE} SET version_num = '9999'"))
    database.close()
    for upgrade in (True, False):
        with pytest.raises(DatabaseNewerError, match=r"version 9999.*Maybe update"):
            open_event_log(url, upgrade=upgrade)


def test_tables_that_are_not_there_yet_are_made_only_where_that_is_asked_for(url: str) -> None:
    open_database(url, create=True).close()
    if url.startswith("sqlite"):
        engine = create_engine(make_url(url))
        engine.connect().close()
        engine.dispose()
    with pytest.raises(DatabaseOlderError, match=r"no tables.*dispatch db upgrade"):
        open_event_log(url, upgrade=False)


def test_what_was_logged_before_an_upgrade_is_there_after_it(url: str) -> None:
    log = opened(url)
    entries = fill(log, 3)
    log.close()
    log = opened(url)
    assert list(log.read("north")) == entries
    log.close()


def test_several_processes_may_open_an_empty_database_at_once(url: str) -> None:
    boards = ["b1", "b2", "b3"]
    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(lambda board: first_line(url, board), boards))
    assert all(line.startswith("1 ") for line in told)
    log = opened(url)
    assert log.boards() == boards
    log.close()


def first_line(url: str, board: str) -> str:
    with running("tests.appending", url, board, "1") as writer:
        return line_of(writer)
