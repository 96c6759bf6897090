"""Lists in pages: by id, so that what is added or removed meanwhile neither hides nor repeats anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.queries import PageQuery
from api.board_schemas import CallPage, StockPage, TechnicianPage


def page_of(ids: Iterable[str], query: PageQuery) -> tuple[list[str], str | None]:
    """Return the ids of a page in order, and where the next page begins; None: there is none."""
    rest = sorted(name for name in ids if query.after is None or name > query.after)
    page = rest[: query.limit]
    return page, page[-1] if len(rest) > query.limit else None


def page_text(page: CallPage | StockPage | TechnicianPage) -> bytes:
    """Return a page as JSON: what its items do not have is left out, but that there is no next page is said."""
    text = page.model_dump_json(exclude_none=True)
    return (text if page.next is not None else f'{text[:-1]},"next":null}}').encode()
