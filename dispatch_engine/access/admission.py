"""Whether a key opens the door: known, right secret, neither revoked nor expired, of a role that may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.access.errors import KeyExpiredError, KeyInvalidError, KeyRevokedError, RoleForbiddenError
from dispatch_engine.access.keys import NO_SECRET, is_secret
from dispatch_engine.access.roles import Role

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from dispatch_engine.access.keys import ApiKey


def require_valid(key: ApiKey | None, secret: str, at: datetime) -> ApiKey:
    """Return the key if the secret is its own and its time is not over.

    What is wrong with a key is told only to those who have its secret.

    Raises
    ------
    AccessError
        The key is unknown, has another secret, is revoked or expired.
    """
    expected = NO_SECRET if key is None else key.secret_sha256
    if not is_secret(secret, expected) or key is None:
        raise KeyInvalidError
    if key.revoked_at is not None:
        raise KeyRevokedError(key.id)
    if key.expires_at is not None and key.is_expired(at):
        raise KeyExpiredError(key.id, key.expires_at.isoformat())
    return key


def require_role(key: ApiKey, allowed: Collection[Role]) -> None:
    """Refuse a key whose role is not among the allowed ones; an admin may do everything.

    Raises
    ------
    RoleForbiddenError
        The role of the key does not include this.
    """
    if key.role is not Role.ADMIN and key.role not in allowed:
        raise RoleForbiddenError(key.role, [Role.ADMIN, *(role for role in allowed if role is not Role.ADMIN)])
