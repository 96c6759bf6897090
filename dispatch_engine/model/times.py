"""Windows: intervals of time with both ends included."""

from __future__ import annotations

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Instant


class Window(Model):
    """From start to end, both included. For a visit: when work may begin."""

    start: Instant
    end: Instant
