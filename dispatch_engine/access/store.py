"""Where keys are kept, and a store in memory for tests and tries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from dispatch_engine.access.errors import KeyUnknownError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from dispatch_engine.access.keys import ApiKey


class KeyStore(Protocol):
    """Keeps API keys; safe to use from several threads."""

    def add(self, key: ApiKey) -> None:
        """Keep a new key; it is durable when this returns, as far as the store is."""

    def get(self, key_id: str) -> ApiKey | None:
        """Return the key of this id, whether it still works or not."""

    def all(self) -> list[ApiKey]:
        """Return all keys, the oldest first."""

    def revoke(self, key_id: str, at: datetime) -> ApiKey:
        """Take a key back for good; one that is revoked already stays as it is.

        Raises
        ------
        KeyUnknownError
            No key has this id.
        """


class MemoryKeyStore:
    """Keeps keys as long as the process lives."""

    def __init__(self, keys: Iterable[ApiKey] = ()) -> None:
        self._key_by_id = {key.id: key for key in keys}

    def add(self, key: ApiKey) -> None:
        """Keep a new key."""
        self._key_by_id[key.id] = key

    def get(self, key_id: str) -> ApiKey | None:
        """Return the key of this id."""
        return self._key_by_id.get(key_id)

    def all(self) -> list[ApiKey]:
        """Return all keys, the oldest first."""
        return sorted(self._key_by_id.values(), key=lambda key: (key.created_at, key.id))

    def revoke(self, key_id: str, at: datetime) -> ApiKey:
        """Take a key back; see ``KeyStore.revoke``."""
        key = self._key_by_id.get(key_id)
        if key is None:
            raise KeyUnknownError(key_id)
        if key.revoked_at is None:
            key = self._key_by_id[key_id] = replace(key, revoked_at=at)
        return key
