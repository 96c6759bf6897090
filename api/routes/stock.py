"""What the vans and stock locations of a board hold."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.board_schemas import StockPage
from api.contract import Body, route
from api.live import READERS, BoardId, board_of, read
from api.paging import page_of, page_text
from api.queries import PageQuery
from api.services import Services
from dispatch_engine.board.views.view import stock_views

router = APIRouter(prefix="/v1/boards/{board}/stock", tags=["boards"])


@router.get("", **route(*READERS, answers={200: Body(StockPage, "By id."), 304: "It is as known."}))
async def list_stock(request: Request, board: BoardId, query: Annotated[PageQuery, Query()]) -> Response:
    """List what every van and stock location holds now. It is changed by events such as `count_stock`."""
    return await read(request, lambda services: _listed(services, board, query))


def _listed(services: Services, board: str, query: PageQuery) -> tuple[bytes, int]:
    state = board_of(services, board).state
    view_by_id = {f"{view.kind}:{view.id}": view for view in stock_views(state)}
    page, following = page_of(view_by_id, query)
    found = StockPage(items=tuple(view_by_id[name] for name in page), next=following)
    return page_text(found), state.revision
