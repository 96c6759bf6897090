"""API keys in a database, beside the log of the boards."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from dispatch_engine.access.errors import KeyUnknownError
from dispatch_engine.access.keys import ApiKey
from dispatch_engine.access.roles import Role
from dispatch_engine.event_log.sql.tables import api_keys
from dispatch_engine.formats.moments import moment_of, moment_text

if TYPE_CHECKING:
    from sqlalchemy import Row

    from dispatch_engine.event_log.sql.database import Database


class SqlKeyStore:
    """Keeps keys in a database whose tables are as this version wants them; see ``KeyStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, key: ApiKey) -> None:
        """Keep a new key; it is durable when this returns."""
        row = {
            "id": key.id,
            "secret_sha256": key.secret_sha256,
            "role": str(key.role),
            "technician": key.technician,
            "name": key.name,
            "created_at": key.created_at.isoformat(),
            "expires_at": moment_text(key.expires_at),
            "revoked_at": moment_text(key.revoked_at),
        }
        with self._database.writing() as connection:
            connection.execute(insert(api_keys), row)

    def get(self, key_id: str) -> ApiKey | None:
        """Return the key of this id."""
        with self._database.reading() as connection:
            row = connection.execute(select(api_keys).where(api_keys.c.id == key_id)).one_or_none()
        return None if row is None else _key(row)

    def all(self) -> list[ApiKey]:
        """Return all keys, the oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id)).all()
        return [_key(row) for row in rows]

    def revoke(self, key_id: str, at: datetime) -> ApiKey:
        """Take a key back for good; it is durable when this returns."""
        still_works = (api_keys.c.id == key_id) & api_keys.c.revoked_at.is_(None)
        with self._database.writing() as connection:
            connection.execute(update(api_keys).where(still_works).values(revoked_at=at.isoformat()))
        key = self.get(key_id)
        if key is None:
            raise KeyUnknownError(key_id)
        return key


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        secret_sha256=row.secret_sha256,
        role=Role(row.role),
        technician=row.technician,
        name=row.name,
        created_at=datetime.fromisoformat(row.created_at),
        expires_at=moment_of(row.expires_at),
        revoked_at=moment_of(row.revoked_at),
    )
