"""One attempt to deliver one message."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from dispatch_engine import __version__
from dispatch_engine.clock import Stopwatch, now_at
from dispatch_engine.webhooks.addresses import require_address
from dispatch_engine.webhooks.errors import WebhookUrlError
from dispatch_engine.webhooks.signing import signed_headers

if TYPE_CHECKING:
    from collections.abc import Collection

    from dispatch_engine.webhooks.hook import Webhook
    from dispatch_engine.webhooks.messages import Message

JSON = "application/json"


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt.

    Attributes
    ----------
    status
        Of the receiver's answer; None: there was none.
    trouble
        Why it counts as failed; None: it was delivered.
    seconds
        How long it took.
    """

    status: int | None
    trouble: str | None
    seconds: float

    @property
    def is_delivered(self) -> bool:
        """Whether the receiver took the message."""
        return self.trouble is None


class Sender:
    """Sends messages; safe to use from several threads.

    Parameters
    ----------
    allowed_hosts
        Names to which plain http is allowed.
    timeout_s
        For a whole attempt, however slowly the receiver answers.
    """

    def __init__(self, allowed_hosts: Collection[str] = (), timeout_s: float = 10.0) -> None:
        self.allowed_hosts, self.timeout_s = frozenset(allowed_hosts), timeout_s
        self._certificates = httpx.create_ssl_context(trust_env=False)

    def send(self, hook: Webhook, message: Message) -> Outcome:
        """Attempt once. Only a status of 2xx counts as delivered; the body of the answer is not read."""
        watch = Stopwatch()
        headers = {"Content-Type": JSON, "User-Agent": f"dispatch-engine/{__version__}"}
        headers |= signed_headers(hook.secret, message.id, int(now_at().timestamp()), message.body)
        try:
            require_address(hook.url, self.allowed_hosts)
            status = asyncio.run(self._status(hook.url, message.body, headers))
        except WebhookUrlError as error:
            return Outcome(None, str(error), watch.elapsed_s)
        except TimeoutError:
            return Outcome(None, f"the receiver took more than {self.timeout_s:g} s", watch.elapsed_s)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            said = f"the receiver cannot be reached ({type(error).__name__}: {error})"
            return Outcome(None, said, watch.elapsed_s)
        trouble = None if 200 <= status < 300 else f"the receiver answered with status {status}"
        return Outcome(status, trouble, watch.elapsed_s)

    async def _status(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """Post, and return the status of the answer."""
        async with (
            asyncio.timeout(self.timeout_s),
            self._client() as client,
            client.stream("POST", url, content=body, headers=headers) as answer,
        ):
            return answer.status_code

    def _client(self) -> httpx.AsyncClient:
        """Return a client that follows no redirect, which would lead around the rule for addresses."""
        return httpx.AsyncClient(verify=self._certificates, timeout=None, follow_redirects=False, trust_env=False)
