"""Whatever is changed behind the log's back is found, and the first revision that is not as it was written is named."""

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Table, create_engine, delete, insert, make_url, select, text

from dispatch_engine.event_log.entries import Snapshot
from dispatch_engine.event_log.errors import EventLogError, LogTamperedError
from dispatch_engine.event_log.opening import open_event_log
from dispatch_engine.event_log.sql.log import SqlEventLog
from dispatch_engine.event_log.sql.tables import boards, entries, snapshots
from tests.event_logs import draft, fill, opened

Row = dict[str, Any]

TAMPERED = 2
"""The revision of the entry, of three, that is tampered with."""

TABLES = (boards, entries, snapshots)
COLUMNS: list[Any] = [column for table in TABLES for column in table.columns]
OF_ENTRIES = [column for column in entries.columns if column.name != "board"]


@contextmanager
def behind_the_back(url: str) -> Iterator[Connection]:
    """Open a transaction in which no rule between the tables holds."""
    parsed = make_url(url)
    engine = create_engine(parsed)
    with engine.begin() as connection:
        if parsed.get_backend_name() == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        yield connection
    engine.dispose()


@pytest.fixture
def log(sql_log: SqlEventLog) -> SqlEventLog:
    """Three entries, the last without a key, and two snapshots."""
    made = [*fill(sql_log, 2), sql_log.append("north", 2, draft(2))]
    for version in (1, 5):
        snapshot = Snapshot(TAMPERED, made[TAMPERED - 1].hash, version, b"\x00state\xff")
        sql_log.save_snapshot("north", snapshot)
    return sql_log


def verify_all(log: SqlEventLog) -> None:
    for board in log.boards_mentioned():
        log.verify(board)


def changes_of(value: object) -> list[Any]:
    """Return the value with each of its characters or bytes changed, one dropped and one added."""
    if value is None:
        return ["", "x"]
    if isinstance(value, int):
        return [value + 10, -value, value + 2**20]
    if isinstance(value, bytes):
        flipped = [value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :] for place in range(len(value))]
        return [*flipped, value[:-1], value + b"\x00", b""]
    assert isinstance(value, str)
    other = [value[:place] + "~" + value[place + 1 :] for place in range(len(value))]
    return [*other, value[:-1], value + " ", value.replace(",", ", ", 1) + " ", ""]


def place_of(column: Column[Any]) -> int:
    """Return which row is tampered with: that of the revision meant, or the first."""
    return TAMPERED - 1 if column.table is entries else 0


def put(url: str, table: Table, rows: list[Row]) -> None:
    """Put rows in place of those of a table."""
    with behind_the_back(url) as connection:
        connection.execute(delete(table))
        if rows:
            connection.execute(insert(table), rows)


def rows_of(url: str, table: Table) -> list[Row]:
    with behind_the_back(url) as connection:
        return [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]


def said_of(log: SqlEventLog) -> LogTamperedError | None:
    try:
        verify_all(log)
    except LogTamperedError as error:
        return error
    return None


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_a_change_of_any_byte_of_any_column_is_found(log: SqlEventLog, url: str, column: Column[Any]) -> None:
    table, place = column.table, place_of(column)
    rows = rows_of(url, table)
    missed = []
    for value in changes_of(rows[place][column.name]):
        put(url, table, [*rows[:place], rows[place] | {column.name: value}, *rows[place + 1 :]])
        if said_of(log) is None:
            missed.append(value)
    assert missed == []
    put(url, table, rows)
    assert said_of(log) is None


@pytest.mark.parametrize("column", OF_ENTRIES, ids=str)
def test_the_revision_that_was_changed_is_named(log: SqlEventLog, url: str, column: Column[Any]) -> None:
    rows = rows_of(url, entries)
    place = place_of(column)
    put(url, entries, [*rows[:place], rows[place] | {column.name: changes_of(rows[place][column.name])[0]}, rows[-1]])
    with pytest.raises(LogTamperedError, match=r"revision 2 of board north is not as it was written.*Maybe") as caught:
        log.verify("north")
    assert caught.value.revision == TAMPERED


@pytest.mark.parametrize("column", OF_ENTRIES, ids=str)
def test_a_reader_gets_the_sound_entries_and_stops_at_the_one_that_was_changed(
    log: SqlEventLog, url: str, column: Column[Any]
) -> None:
    rows = rows_of(url, entries)
    put(url, entries, [rows[0], rows[1] | {column.name: changes_of(rows[1][column.name])[0]}, rows[2]])
    reader = log.read("north")
    assert next(reader).revision == 1
    with pytest.raises(LogTamperedError):
        next(reader)


@pytest.mark.parametrize(("gone", "named"), [(0, 1), (1, 2), (2, 3)])
def test_an_entry_that_was_removed_is_missed(log: SqlEventLog, url: str, gone: int, named: int) -> None:
    rows = rows_of(url, entries)
    put(url, entries, [row for place, row in enumerate(rows) if place != gone])
    with pytest.raises(LogTamperedError) as caught:
        log.verify("north")
    assert caught.value.revision == named


def test_an_entry_that_was_slipped_in_at_the_end_is_found(log: SqlEventLog, url: str) -> None:
    last = log.head("north")
    from_elsewhere = log.append("north", 3, draft(3))
    put(url, boards, [{"board": "north", "revision": last.revision, "hash": last.hash}])
    with pytest.raises(LogTamperedError) as caught:
        log.verify("north")
    assert caught.value.revision == from_elsewhere.revision
    with pytest.raises(LogTamperedError):
        log.append("north", 3, draft(4))


def test_entries_that_changed_places_are_found(log: SqlEventLog, url: str) -> None:
    first, second, third = rows_of(url, entries)
    put(url, entries, [first | {"revision": 2}, second | {"revision": 1}, third])
    with pytest.raises(LogTamperedError) as caught:
        log.verify("north")
    assert caught.value.revision == 1


def test_an_entry_of_another_board_is_found(log: SqlEventLog, url: str) -> None:
    fill(log, 3, "south")
    rows = rows_of(url, entries)
    put(url, entries, [row for row in rows if row["board"] == "north"] + moved(rows))
    with pytest.raises(LogTamperedError):
        verify_all(log)


def moved(rows: list[Row]) -> list[Row]:
    """Return the entries of the one board as if they were of the other."""
    return [row | {"board": "south"} for row in rows if row["board"] == "north"]


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_only_a_snapshot_may_be_gone(log: SqlEventLog, url: str, table: Table) -> None:
    put(url, table, [])
    assert (said_of(log) is None) == (table is snapshots)


def test_a_snapshot_that_was_changed_is_not_handed_out(log: SqlEventLog, url: str) -> None:
    rows = rows_of(url, snapshots)
    put(url, snapshots, [rows[0] | {"data": b"another state"}, rows[1]])
    with pytest.raises(LogTamperedError, match="snapshot"):
        log.latest_snapshot("north", 1)
    assert log.latest_snapshot("north", 5) is not None


@pytest.mark.parametrize("column", COLUMNS, ids=str)
@pytest.mark.parametrize("value", [b"\xff\xfe", b"", 1.5, "text", 7], ids=repr)
def test_values_of_a_type_that_only_sqlite_would_store_are_found(
    sqlite_log: tuple[SqlEventLog, str], column: Column[Any], value: object
) -> None:
    log, url = sqlite_log
    table = column.table
    row = {"boards": "1", "entries": f"revision = {TAMPERED}", "snapshots": "version = 1"}[table.name]
    with behind_the_back(url) as connection:
        connection.exec_driver_sql(f"UPDATE {table.name} SET {column.name} = ? WHERE {row}", (value,))
    with pytest.raises(LogTamperedError):
        verify_all(log)


@pytest.fixture
def sqlite_log(tmp_path: Path) -> Iterator[tuple[SqlEventLog, str]]:
    url = f"sqlite:///{tmp_path / 'typeless.db'}"
    with closing(opened(url)) as log:
        fill(log, 3)
        log.save_snapshot("north", Snapshot(3, log.head("north").hash, 1, b"state"))
        yield log, url


def test_a_flipped_bit_anywhere_in_the_file_is_found_or_changes_nothing(tmp_path: Path) -> None:
    sound = tmp_path / "sound.db"
    with closing(opened(f"sqlite:///{sound}")) as log:
        fill(log, 20)
        told = list(log.read("north"))
    data = sound.read_bytes()
    chance = random.Random(7)
    outcomes = []
    for trial in range(150):
        place = chance.randrange(len(data))
        damaged = tmp_path / f"{trial}.db"
        damaged.write_bytes(data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :])
        outcomes.append(outcome_of(damaged, told))
    assert set(outcomes) == {"found", "unchanged"}


def outcome_of(path: Path, told: list[Any]) -> str:
    """Return what verifying a file says; a mistaken silence fails the test."""
    try:
        with closing(open_event_log(f"sqlite:///{path}", upgrade=False)) as log:
            verify_all(log)
            return "unchanged" if list(log.read("north")) == told else "missed"
    except EventLogError:
        return "found"
