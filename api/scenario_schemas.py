"""The documents of a board's scenarios over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from api.board_schemas import Moment
from dispatch_engine.board.differences import PlanDifference
from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Id
from dispatch_engine.whatif.scenario import ScenarioDocument
from dispatch_engine.whatif.store import KeptScenario

MAX_SEEDS = 50


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


class RunQuery(Model):
    """How a scenario is solved: effort and seeds are the same for it, those that it is based on, and the board."""

    seeds: Annotated[int, Field(ge=1, le=MAX_SEEDS)] = 5
    """How many; of fewer than three nothing is said of noise."""
    first_seed: Annotated[int, Field(ge=0, le=2**31)] = 0
    time_limit_s: Annotated[float, Field(ge=0, le=86_400)] | None = None
    """Seconds of each search."""
    iterations: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None
    """Of each search; the same seeds and iterations give the same comparison."""
    threads: Annotated[int, Field(ge=1, le=256)] | None = None


class ScenarioPreview(Model):
    """What applying a scenario would do to the board."""

    board: Id
    revision: Count
    """Of the board; send it as If-Match to apply just this."""
    commands: tuple[dict[str, Any], ...]
    """What the board would be asked for, in order, as it could be sent to `/events`."""
    difference: PlanDifference
    """What would become of the plan at once, before it is improved; without causes, for nothing has happened."""
