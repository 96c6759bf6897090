"""What Prometheus is told of webhooks, so that a receiver that is away is noticed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from api.metrics import Figure
from dispatch_engine.errors import DispatchError
from dispatch_engine.webhooks.hook import HookStatus

if TYPE_CHECKING:
    from dispatch_engine.webhooks.registry import Webhooks

LABELS = ("board", "webhook")

logger = logging.getLogger(__name__)


def webhook_figures(webhooks: Webhooks) -> tuple[Figure, ...]:
    """Return the figures of all webhooks; none where the database does not answer, so that the others are there."""
    try:
        states = webhooks.states()
    except DispatchError:
        logger.exception("the figures of webhooks are not to be had")
        return ()
    named = [((each.hook.board, each.hook.id), each) for each in states]
    return (
        Figure(
            "dispatch_webhook_behind_revisions",
            "Revisions that a webhook is still to be told",
            LABELS,
            [(labels, each.behind) for labels, each in named],
        ),
        Figure(
            "dispatch_webhook_failing_seconds",
            "For so long the receiver of a webhook has taken nothing",
            LABELS,
            [(labels, each.failing_s) for labels, each in named],
        ),
        Figure(
            "dispatch_webhook_dead_letters",
            "Revisions that the receiver of a webhook did not take",
            LABELS,
            [(labels, each.dead_letters) for labels, each in named],
        ),
        Figure(
            "dispatch_webhook_off",
            "Whether a webhook is switched off",
            LABELS,
            [(labels, each.hook.status is HookStatus.OFF) for labels, each in named],
        ),
    )
