"""What can go wrong with webhooks.

DispatchError
└── WebhookError               webhook
    ├── WebhookUnknownError    webhook_unknown
    ├── WebhookUrlError        webhook_url
    ├── WebhooksFullError      webhooks_full
    └── DeadLetterUnknownError dead_letter_unknown
"""

from __future__ import annotations

from dispatch_engine.errors import DispatchError


class WebhookError(DispatchError):
    """A webhook cannot be had as asked for."""

    code = "webhook"


class WebhookUnknownError(WebhookError):
    """The board has no webhook with this id."""

    code = "webhook_unknown"

    def __init__(self, board: str, hook: str) -> None:
        super().__init__(
            f"the board {board} has no webhook {hook}", value=hook, advice="Maybe it was deleted; list the webhooks."
        )


class WebhookUrlError(WebhookError):
    """Webhooks are sent to https addresses, and to others only on this machine or to hosts that the server allows."""

    code = "webhook_url"

    def __init__(self, url: str, rule: str) -> None:
        super().__init__(
            f"nothing is sent to {url}: {rule}",
            pointer="/url",
            value=url,
            advice="Maybe use https, or ask whoever runs the server to allow the host.",
        )


class WebhooksFullError(WebhookError):
    """The board has as many webhooks as a board may have."""

    code = "webhooks_full"

    def __init__(self, board: str, most: int) -> None:
        super().__init__(
            f"the board {board} has {most} webhooks already, as many as a board may have",
            value=most,
            advice="Maybe delete those that nobody needs.",
        )


class DeadLetterUnknownError(WebhookError):
    """The webhook has no dead letter of this revision."""

    code = "dead_letter_unknown"

    def __init__(self, hook: str, revision: int) -> None:
        super().__init__(
            f"the webhook {hook} has no dead letter of revision {revision}",
            value=revision,
            advice="Maybe it was sent again meanwhile; list the dead letters.",
        )
