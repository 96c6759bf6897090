"""Lets requests in by their API key, and no more of them than its rate allows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from dispatch_engine.access.admission import require_role, require_valid
from dispatch_engine.access.errors import KeyInvalidError, KeyMissingError
from dispatch_engine.access.keys import id_and_secret
from dispatch_engine.clock import Stopwatch, now_at

if TYPE_CHECKING:
    from collections.abc import Collection
    from concurrent.futures import Executor

    from dispatch_engine.access.keys import ApiKey
    from dispatch_engine.access.rates import Rates
    from dispatch_engine.access.roles import Role
    from dispatch_engine.access.store import KeyStore

SCHEME = "bearer"


class Doorkeeper:
    """Knows the keys; what it has looked up it remembers for a moment.

    Parameters
    ----------
    keys
        Where they are kept.
    rates
        How often each may ask.
    executor
        Where keys are looked up, since that may take a while.
    remembered_s
        Seconds for which a key that was looked up is not looked up again: so long a key that another process takes
        back goes on working.
    """

    def __init__(self, keys: KeyStore, rates: Rates, executor: Executor, remembered_s: float) -> None:
        self._keys = keys
        self._rates = rates
        self._executor = executor
        self._remembered_s = remembered_s
        self._watch = Stopwatch()
        self._found: dict[str, tuple[float, ApiKey]] = {}

    async def admit(self, authorization: str | None, allowed: Collection[Role]) -> ApiKey:
        """Return the key of a request.

        Parameters
        ----------
        authorization
            The header of this name.
        allowed
            Roles that may do what is asked for; an admin always may.

        Raises
        ------
        AccessError
            The key is missing, does not work, may not do this, or asks too often.
        """
        key_id, secret = _credentials(authorization)
        key = require_valid(await self._key(key_id), secret, now_at())
        self._rates.take(key.id)
        require_role(key, allowed)
        return key

    async def _key(self, key_id: str) -> ApiKey | None:
        at_s = self._watch.elapsed_s
        looked_up_s, key = self._found.get(key_id, (0.0, None))
        if key is not None and at_s - looked_up_s < self._remembered_s:
            return key
        found = await asyncio.get_running_loop().run_in_executor(self._executor, self._keys.get, key_id)
        if found is None:
            self._found.pop(key_id, None)
        else:
            self._found[key_id] = (at_s, found)
        return found


def _credentials(authorization: str | None) -> tuple[str, str]:
    scheme, _, text = (authorization or "").partition(" ")
    if scheme.lower() != SCHEME or not text.strip():
        raise KeyMissingError
    found = id_and_secret(text.strip())
    if found is None:
        raise KeyInvalidError
    return found
