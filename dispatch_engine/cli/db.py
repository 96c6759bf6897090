"""`dispatch db`: the database in which the logs of the boards are."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from dispatch_engine.cli.options import DEFAULT_DATABASE, DatabaseUrl

if TYPE_CHECKING:
    from dispatch_engine.event_log.sql.log import SqlEventLog

db = typer.Typer(no_args_is_help=True, help="Bring the database to this version, or verify what it holds.")


@db.command()
def upgrade(database: DatabaseUrl = DEFAULT_DATABASE) -> None:
    """Make the database where it is not there, and bring its tables to this version of the program."""
    from dispatch_engine.event_log.opening import open_database
    from dispatch_engine.event_log.sql import migrating
    from dispatch_engine.event_log.sql.tables import SCHEMA_REVISION

    with closing(open_database(database, create=True)) as opened:
        changed = migrating.upgrade(opened)
        state = "is now" if changed else "was already"
        typer.echo(f"{opened.name} {state} at version {SCHEMA_REVISION}")


@db.command()
def verify(
    database: DatabaseUrl = DEFAULT_DATABASE,
    board: Annotated[
        list[str] | None, typer.Option("--board", metavar="BOARD", help="Only this board; may be repeated.")
    ] = None,
) -> None:
    """Read all that is kept, and print the revision and hash that each board ends with.

    Every change, removal or insertion is found, unless someone wrote the whole rest of a log anew. That shows in the
    hash: keep what this prints in another place, and compare.
    """
    from dispatch_engine.event_log.opening import open_event_log

    with closing(open_event_log(database, upgrade=False)) as log:
        broken = [error for name in board or log.boards_mentioned() if (error := _told(log, name)) is not None]
    if broken:
        raise broken[0]


def _told(log: SqlEventLog, board: str) -> Exception | None:
    """Print what became of a board; return what is wrong with it."""
    from dispatch_engine.event_log.errors import LogTamperedError

    try:
        head = log.verify(board)
    except LogTamperedError as error:
        typer.echo(f"{board}  tampered with at revision {error.revision}")
        return error
    typer.echo(f"{board}  revision {head.revision}  {head.hash}")
    return None
