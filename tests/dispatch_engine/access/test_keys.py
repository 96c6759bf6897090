"""Keys: made at random, kept as hashes, valid for a time and a role."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dispatch_engine.access.admission import require_role, require_valid
from dispatch_engine.access.errors import (
    KeyExpiredError,
    KeyInvalidError,
    KeyRequestError,
    KeyRevokedError,
    RateLimitedError,
    RoleForbiddenError,
)
from dispatch_engine.access.keys import KeyRequest, NewKey, id_and_secret, make_key
from dispatch_engine.access.rates import Rates
from dispatch_engine.access.roles import Role
from dispatch_engine.access.store import MemoryKeyStore

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def made(role: Role = Role.PLANNER, **more: object) -> NewKey:
    return make_key(KeyRequest(role, NOON, **more))  # type: ignore[arg-type] # fields of the request by name


def secret_of(new: NewKey) -> str:
    found = id_and_secret(new.text)
    assert found is not None
    return found[1]


def test_the_text_of_a_key_holds_its_id_and_a_secret_that_is_not_kept() -> None:
    new = made()
    assert new.text.startswith(f"dsp_{new.key.id}_")
    assert secret_of(new) not in repr(new) + str(vars(new.key))
    assert new.key.secret_sha256 not in repr(new.key)


def test_no_two_keys_are_alike() -> None:
    assert len({made().text for _ in range(100)}) == 100


def test_a_key_is_valid_with_its_own_secret_only() -> None:
    new, other = made(), made()
    assert require_valid(new.key, secret_of(new), NOON) == new.key
    for key, secret in ((new.key, secret_of(other)), (None, secret_of(new)), (None, "")):
        with pytest.raises(KeyInvalidError):
            require_valid(key, secret, NOON)


def test_a_key_works_until_the_moment_at_which_it_expires() -> None:
    new = made(expires_at=NOON + HOUR)
    assert require_valid(new.key, secret_of(new), NOON + HOUR - timedelta(seconds=1)) == new.key
    with pytest.raises(KeyExpiredError):
        require_valid(new.key, secret_of(new), NOON + HOUR)


def test_a_key_that_was_taken_back_does_not_work() -> None:
    new = made()
    revoked = MemoryKeyStore([new.key]).revoke(new.key.id, NOON)
    with pytest.raises(KeyRevokedError):
        require_valid(revoked, secret_of(new), NOON)


@pytest.mark.parametrize(("role", "technician"), [(Role.TECHNICIAN, None), (Role.TECHNICIAN, ""), (Role.ADMIN, "T-1")])
def test_a_technicians_key_names_its_technician_and_no_other_does(role: Role, technician: str | None) -> None:
    with pytest.raises(KeyRequestError):
        made(role, technician=technician)


def test_a_key_is_not_made_expired() -> None:
    with pytest.raises(KeyRequestError):
        made(expires_at=NOON)


def test_the_actor_names_role_key_and_technician() -> None:
    assert made().key.actor.startswith("planner:")
    assert made(Role.TECHNICIAN, technician="T-1").key.actor.endswith(":T-1")


def test_a_role_may_what_it_is_listed_for_and_an_admin_everything() -> None:
    require_role(made().key, [Role.PLANNER])
    require_role(made(Role.ADMIN).key, [])
    with pytest.raises(RoleForbiddenError, match="admin or dispatcher"):
        require_role(made().key, [Role.DISPATCHER])


def test_a_bucket_lets_a_burst_through_and_then_so_many_a_second() -> None:
    now = [0.0]
    rates = Rates(2.0, 3, lambda: now[0])
    for _ in range(3):
        rates.take("a")
    with pytest.raises(RateLimitedError) as caught:
        rates.take("a")
    assert caught.value.retry_after_s == pytest.approx(0.5)
    rates.take("b")
    now[0] = 0.5
    rates.take("a")
    with pytest.raises(RateLimitedError):
        rates.take("a")


def test_a_bucket_holds_no_more_than_a_burst() -> None:
    now = [0.0]
    rates = Rates(1.0, 2, lambda: now[0])
    now[0] = 1_000.0
    rates.take("a")
    rates.take("a")
    with pytest.raises(RateLimitedError):
        rates.take("a")
