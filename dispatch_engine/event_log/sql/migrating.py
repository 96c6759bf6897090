"""Bringing the tables of a database to this version, and refusing those of a later one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from dispatch_engine.event_log.errors import DatabaseForeignError, DatabaseNewerError, DatabaseOlderError
from dispatch_engine.event_log.sql.tables import SCHEMA_REVISION, metadata
from dispatch_engine.listing import names_listed

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

    from dispatch_engine.event_log.sql.database import Database

LOCATION = "dispatch_engine.event_log.sql:migrations"
VERSION_TABLE = "alembic_version"
_FOUND = text(f"SELECT version_num FROM {VERSION_TABLE}")


def upgrade(database: Database, revision: str = SCHEMA_REVISION) -> bool:
    """Bring the tables to a revision; return whether anything had to be done.

    Raises
    ------
    DatabaseNewerError
        The tables are of a later version of this program.
    """
    with database.reading() as connection:
        if revision_of(connection) == revision:
            return False
    from alembic import command

    with database.migrating() as connection:
        before = revision_of(connection)
        require_known(database.name, before)
        if before is None:
            _require_no_others(database.name, connection)
        if before != revision:
            command.upgrade(_config(connection), revision)
        return before != revision


def require_current(database: Database) -> None:
    """Refuse tables of another version.

    Raises
    ------
    DatabaseOlderError
        They are of an earlier version, or not there.
    DatabaseNewerError
        They are of a later version.
    """
    with database.reading() as connection:
        found = revision_of(connection)
    if found == SCHEMA_REVISION:
        return
    require_known(database.name, found)
    state = "has no tables of this program yet" if found is None else f"has tables of version {found}"
    raise DatabaseOlderError(
        f"the database {database.name} {state}; this program needs version {SCHEMA_REVISION}",
        value=found,
        advice="Maybe run `dispatch db upgrade`.",
    )


def require_known(name: str, revision: str | None) -> None:
    """Refuse a revision that this version of the program does not know."""
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(_config(None)).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseNewerError(
            f"the database {name} has tables of version {revision}; this program knows them up to {SCHEMA_REVISION}",
            value=revision,
            advice="Maybe update this program; an older one must not write there.",
        )


def _require_no_others(name: str, connection: Connection) -> None:
    taken = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
    if taken:
        raise DatabaseForeignError(
            f"the database {name} has tables of another program: {names_listed(taken)}",
            value=taken[0],
            advice="Maybe give this program a database or a schema of its own.",
        )


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the tables; None where there are none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(_FOUND)
    return found


def _config(connection: Connection | None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", LOCATION)
    config.attributes["connection"] = connection
    return config
