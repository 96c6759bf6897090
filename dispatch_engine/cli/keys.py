"""`dispatch keys`: who may use the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dispatch_engine.access.roles import Role
from dispatch_engine.cli.options import DEFAULT_DATABASE, DatabaseUrl
from dispatch_engine.cli.terminal import say

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from dispatch_engine.access.keys import ApiKey
    from dispatch_engine.access.store import KeyStore

keys = typer.Typer(no_args_is_help=True, help="Make, list and take back the API keys of the server.")

RoleName = Annotated[Role, typer.Option("--role", help="What the key may do.")]
TechnicianId = Annotated[str | None, typer.Option("--technician", metavar="ID", help="Whose; with role technician.")]
Name = Annotated[str, typer.Option("--name", help="What people call it.")]
Expires = Annotated[
    str | None, typer.Option("--expires", metavar="DURATION", help="Such as P90D; default: it does not expire.")
]
KeyId = Annotated[str, typer.Argument(metavar="ID", help="Id of the key, as listed.")]


@keys.command()
def create(
    role: RoleName,
    technician: TechnicianId = None,
    name: Name = "",
    expires: Expires = None,
    database: DatabaseUrl = DEFAULT_DATABASE,
) -> None:
    """Make a key and print it, this once: only its hash is kept."""
    from dispatch_engine.access.keys import KeyRequest, make_key
    from dispatch_engine.clock import now_at

    created = now_at()
    ends = None if expires is None else created + _duration(expires)
    made = make_key(KeyRequest(role, created, technician, name, ends))
    with key_store(database) as store:
        store.add(made.key)
    typer.echo(made.text)
    say(f"key {made.key.id}, {_described(made.key)}; keep it now, it is not shown again")


@keys.command("list")
def list_keys(database: DatabaseUrl = DEFAULT_DATABASE) -> None:
    """List all keys: id, role, whose, and whether each still works."""
    from dispatch_engine.clock import now_at

    at = now_at()
    with key_store(database) as store:
        for key in store.all():
            typer.echo(f"{key.id}  {_described(key)}, {_status(key, at)}")


@keys.command()
def revoke(key: KeyId, database: DatabaseUrl = DEFAULT_DATABASE) -> None:
    """Take a key back for good; running servers stop taking it within seconds."""
    from dispatch_engine.clock import now_at

    with key_store(database) as store:
        store.revoke(key, now_at())
    say(f"key {key} is revoked")


@contextmanager
def key_store(url: str) -> Iterator[KeyStore]:
    """Open the keys of a database, which is made if it is not there."""
    from dispatch_engine.access.sql_store import SqlKeyStore
    from dispatch_engine.event_log.opening import open_database
    from dispatch_engine.event_log.sql.migrating import upgrade

    database = open_database(url, create=True)
    try:
        upgrade(database)
        yield SqlKeyStore(database)
    finally:
        database.close()


def _duration(text: str) -> timedelta:
    from pydantic import TypeAdapter, ValidationError

    from dispatch_engine.model.fields import Duration

    try:
        return TypeAdapter(Duration).validate_python(text)
    except ValidationError as error:
        raise typer.BadParameter("a duration is such as P90D or PT12H", param_hint="--expires") from error


def _described(key: ApiKey) -> str:
    whose = f" of {key.technician}" if key.technician else ""
    called = f" ({key.name})" if key.name else ""
    return f"{key.role}{whose}{called}, made {key.created_at:%Y-%m-%d %H:%M} UTC"


def _status(key: ApiKey, at: datetime) -> str:
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at:%Y-%m-%d %H:%M} UTC"
    if key.expires_at is None:
        return "works"
    return f"{'expired' if key.is_expired(at) else 'works until'} {key.expires_at:%Y-%m-%d %H:%M} UTC"
