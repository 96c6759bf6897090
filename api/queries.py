"""What requests may ask for behind the question mark of their address."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from dispatch_engine.board.views.documents import ShownStatus
from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Id

MAX_SEEDS = 50
AnyRevision = Annotated[int, Field(ge=0, le=2**53)]


class QueryModel(Model):
    """The parameters of a request; what stands below each is its description."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class PlanQuery(QueryModel):
    """How hard to search; what is not given is taken from the document's policy."""

    time_limit_s: Annotated[float, Field(ge=0, le=86_400)] | None = None
    """Seconds of search; 10 where nothing limits the search."""
    iterations: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None
    """Of each thread; the same seed and iterations give the same plan."""
    gap_pct: Annotated[float, Field(ge=0, le=100)] | None = None
    """End once the plan is proven this close to the best."""
    bound: bool = False
    """Prove how far the plan is from the best possible, which takes half of the time; else a quick bound does."""
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] | None = None
    """Of the random numbers."""
    threads: Annotated[int, Field(ge=1, le=256)] | None = None
    """That work together on the plan."""


class PageQuery(QueryModel):
    """Which page of a list."""

    limit: Annotated[int, Field(ge=1, le=1_000)] = 100
    """At most so many."""
    after: Annotated[str, Field(max_length=200)] | None = None
    """What `next` of the page before says."""


class CallQuery(PageQuery):
    """Which calls."""

    status: ShownStatus | None = None
    """Those that have come so far."""
    technician: Id | None = None
    """Those planned on or given to this technician."""


class EntryQuery(QueryModel):
    """Which entries."""

    limit: Annotated[int, Field(ge=1, le=1_000)] = 100
    """At most so many."""
    after: AnyRevision = 0
    """A revision; the first entry is that of the next."""


class RevisionQuery(QueryModel):
    """Of which revision."""

    revision: Annotated[int, Field(ge=1, le=2**53)] | None = None
    """As it was then; default: the latest."""


class StreamQuery(QueryModel):
    """From where on to follow."""

    after: AnyRevision | None = None
    """The revision that the client has read; default: the latest."""


class DifferenceQuery(QueryModel):
    """Between which revisions."""

    from_revision: Annotated[int, Field(ge=1, le=2**53, alias="from")]
    """The earlier revision."""
    to_revision: Annotated[int | None, Field(ge=1, le=2**53, alias="to")] = None
    """The later revision; default: the latest."""


class RunQuery(QueryModel):
    """How a scenario is solved: effort and seeds are the same for it, those that it is based on, and the board."""

    seeds: Annotated[int, Field(ge=1, le=MAX_SEEDS)] = 5
    """How many; of fewer than three nothing is said of noise."""
    first_seed: Annotated[int, Field(ge=0, le=2**31)] = 0
    """The others follow it."""
    time_limit_s: Annotated[float, Field(ge=0, le=86_400)] | None = None
    """Seconds of each search."""
    iterations: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None
    """Of each search; the same seeds and iterations give the same comparison."""
    threads: Annotated[int, Field(ge=1, le=256)] | None = None
    """Of each search."""
