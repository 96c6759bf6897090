"""How often each key may ask: a bucket of tokens that fills again by time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.access.errors import RateLimitedError

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class _Bucket:
    tokens: float
    at_s: float


class Rates:
    """A token bucket for each key.

    Parameters
    ----------
    per_s
        Requests a second in the long run.
    burst
        Requests at once after a rest, at least 1.
    elapsed_s
        Tells the seconds that have gone by; never goes back.
    """

    def __init__(self, per_s: float, burst: int, elapsed_s: Callable[[], float]) -> None:
        self._per_s = per_s
        self._burst = burst
        self._elapsed_s = elapsed_s
        self._bucket_by_key: dict[str, _Bucket] = {}

    def take(self, key_id: str) -> None:
        """Count one request of a key.

        Raises
        ------
        RateLimitedError
            The bucket of the key is empty; the request does not count.
        """
        now_s = self._elapsed_s()
        bucket = self._bucket_by_key.setdefault(key_id, _Bucket(self._burst, now_s))
        bucket.tokens = min(self._burst, bucket.tokens + (now_s - bucket.at_s) * self._per_s)
        bucket.at_s = now_s
        if bucket.tokens < 1:
            raise RateLimitedError(key_id, self._per_s, (1 - bucket.tokens) / self._per_s)
        bucket.tokens -= 1
