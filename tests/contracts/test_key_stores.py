"""What every store of API keys promises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from dispatch_engine.access.errors import KeyUnknownError
from dispatch_engine.access.keys import ApiKey, KeyRequest, make_key
from dispatch_engine.access.roles import Role
from dispatch_engine.access.sql_store import SqlKeyStore
from dispatch_engine.access.store import KeyStore, MemoryKeyStore
from tests.event_logs import DATABASES, new_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


@pytest.fixture(params=["memory", *DATABASES])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeyStore]:
    if request.param == "memory":
        yield MemoryKeyStore()
        return
    with new_database(request, tmp_path) as database:
        yield SqlKeyStore(database)


def key(minute: int = 0, role: Role = Role.PLANNER) -> ApiKey:
    technician = "T-1" if role is Role.TECHNICIAN else None
    made_at = NOON + timedelta(minutes=minute)
    return make_key(KeyRequest(role, made_at, technician, f"desk {minute}", made_at + timedelta(days=90))).key


@pytest.mark.parametrize("role", Role)
def test_a_key_is_read_as_it_was_added(store: KeyStore, role: Role) -> None:
    added = key(role=role)
    store.add(added)
    assert store.get(added.id) == added


def test_a_key_that_was_not_added_is_not_there(store: KeyStore) -> None:
    assert store.get("nobody") is None


def test_keys_are_listed_with_the_oldest_first(store: KeyStore) -> None:
    keys = [key(minute) for minute in (2, 0, 1)]
    for each in keys:
        store.add(each)
    assert [each.name for each in store.all()] == ["desk 0", "desk 1", "desk 2"]


def test_a_key_that_is_revoked_stays_so_from_the_first_moment_on(store: KeyStore) -> None:
    added = key()
    store.add(added)
    assert store.revoke(added.id, LATER).revoked_at == LATER
    assert store.revoke(added.id, LATER + timedelta(hours=1)).revoked_at == LATER
    found = store.get(added.id)
    assert found is not None
    assert found.revoked_at == LATER


def test_a_key_that_is_not_there_cannot_be_revoked(store: KeyStore) -> None:
    with pytest.raises(KeyUnknownError):
        store.revoke("nobody", NOON)
