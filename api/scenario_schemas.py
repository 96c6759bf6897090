"""The documents of a board's scenarios over HTTP."""

from __future__ import annotations

from typing import Any

from api.board_schemas import Moment
from dispatch_engine.board.differences import PlanDifference
from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Id
from dispatch_engine.whatif.scenario import ScenarioDocument
from dispatch_engine.whatif.store import KeptScenario


class KeptScenarioDocument(Model):
    """A scenario that is kept with a board."""

    board: Id
    created_at: Moment
    created_by: str
    """The actor: role and id of the key."""
    has_comparison: bool
    """Whether a run has ended."""
    scenario: ScenarioDocument

    @classmethod
    def of(cls, kept: KeptScenario) -> KeptScenarioDocument:
        """Return a scenario as it is shown."""
        return cls(
            board=kept.board,
            created_at=kept.created_at.isoformat(),
            created_by=kept.created_by,
            has_comparison=kept.comparison is not None,
            scenario=kept.document,
        )


class ScenarioPage(Model):
    """Some of a board's scenarios."""

    items: tuple[KeptScenarioDocument, ...]
    next: str | None = None
    """What to ask for as `after` to go on; null: there are no more."""


class ScenarioPreview(Model):
    """What applying a scenario would do to the board."""

    board: Id
    revision: Count
    """Of the board; send it as If-Match to apply just this."""
    commands: tuple[dict[str, Any], ...]
    """What the board would be asked for, in order, as it could be sent to `/events`."""
    difference: PlanDifference
    """What would become of the plan at once, before it is improved; without causes, for nothing has happened."""
