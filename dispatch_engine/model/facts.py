"""What has happened on a shift: the head of its route, no longer decided."""

from __future__ import annotations

from typing import Literal

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Id, Instant
from dispatch_engine.model.places import Place

FactStatus = Literal["on_site", "completed", "unable", "awaiting_parts"]


class VisitFact(Model):
    """A visit that has happened or is happening, with the times as they were."""

    call: Id
    status: FactStatus = "completed"
    arrived_at: Instant | None = None
    """Default: ``started_at``."""
    started_at: Instant
    completed_at: Instant
    """When work ended; for a visit that is still going on, when it is expected to."""


class Resume(Model):
    """Where and when the rest of the route begins, if not at the end of the last fact."""

    place: Place
    at: Instant


class Facts(Model):
    """The head of a route: departure, visits in order, breaks behind, and where the rest begins."""

    departed_at: Instant
    visits: tuple[VisitFact, ...] = ()
    resume: Resume | None = None
    breaks_taken: Count = 0
    """How many of the shift's breaks, from the first, are behind."""

    @property
    def going_on(self) -> tuple[VisitFact, ...]:
        """The visits that are still going on."""
        return tuple(fact for fact in self.visits if fact.status == "on_site")
