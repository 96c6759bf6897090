"""An API key: a random id and secret, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch_engine.access.errors import KeyRequestError
from dispatch_engine.access.roles import Role

if TYPE_CHECKING:
    from datetime import datetime

PREFIX = "dsp"
ID_BYTES = 6
SECRET_BYTES = 32
"""So many random bytes cannot be guessed, so that one round of SHA-256 keeps them as safe as a slow hash would."""
NO_SECRET = "0" * 64
"""No secret has this hash; what is compared where there is no key, so that it takes as long as where there is one."""


@dataclass(frozen=True)
class ApiKey:
    """A key as it is kept.

    Attributes
    ----------
    id
        Names the key in lists, logs and the audit trail.
    secret_sha256
        Hash of the secret, 64 hexadecimal digits.
    role
        What it may do.
    technician
        Whose key it is, where the role is that of a technician.
    name
        What people call it.
    created_at, expires_at, revoked_at
        Aware times; None: does not expire, is not revoked.
    """

    id: str
    secret_sha256: str = field(repr=False)
    role: Role
    technician: str | None
    name: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def actor(self) -> str:
        """Who did it, for the audit trail: role, id of the key and, of a technician, which one."""
        return f"{self.role}:{self.id}" + (f":{self.technician}" if self.technician else "")

    def is_expired(self, at: datetime) -> bool:
        """Whether the time of the key is over."""
        return self.expires_at is not None and at >= self.expires_at


@dataclass(frozen=True)
class KeyRequest:
    """What a new key is to be.

    Raises
    ------
    KeyRequestError
        A technician's key does not say whose it is, or another one does; or it would be expired from the start.
    """

    role: Role
    created_at: datetime
    technician: str | None = None
    name: str = ""
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        if (self.role is Role.TECHNICIAN) != bool(self.technician):
            rule = "a technician's key names its technician, and no other key does"
            advice = "Maybe give --technician ID together with --role technician."
            raise KeyRequestError(rule, value=self.technician, advice=advice)
        if self.expires_at is not None and self.expires_at <= self.created_at:
            rule = f"a key expires after it is made; {self.expires_at.isoformat()} is over"
            raise KeyRequestError(rule, value=self.expires_at.isoformat(), advice="Maybe a later time was meant.")


@dataclass(frozen=True)
class NewKey:
    """A key that was made just now; ``text`` holds the secret and is shown this once."""

    key: ApiKey
    text: str = field(repr=False)


def make_key(request: KeyRequest) -> NewKey:
    """Make a key with a random id and secret."""
    name, secret = secrets.token_hex(ID_BYTES), secrets.token_urlsafe(SECRET_BYTES)
    key = ApiKey(
        id=name,
        secret_sha256=_hash(secret),
        role=request.role,
        technician=request.technician,
        name=request.name,
        created_at=request.created_at,
        expires_at=request.expires_at,
    )
    return NewKey(key, f"{PREFIX}_{name}_{secret}")


def id_and_secret(text: str) -> tuple[str, str] | None:
    """Take the text of a key apart; None where it is none."""
    prefix, _, rest = text.partition("_")
    name, _, secret = rest.partition("_")
    return (name, secret) if prefix == PREFIX and name and secret else None


def is_secret(secret: str, secret_sha256: str) -> bool:
    """Whether a secret has this hash; takes equally long for every wrong one."""
    return hmac.compare_digest(secret_sha256, _hash(secret))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
