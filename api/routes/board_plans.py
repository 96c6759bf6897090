"""The plan of a board, now or at any revision, and what changed between two."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.contract import Body, route
from api.errors import RequestError
from api.live import READERS, BoardId, board_of, read, state_at
from api.queries import DifferenceQuery, RevisionQuery
from api.services import Services
from dispatch_engine.board.differences import PlanDifference
from dispatch_engine.board.document import problem_of
from dispatch_engine.board.views.documents import BoardPlan
from dispatch_engine.board.views.view import plan_view
from dispatch_engine.catalogue.faults import fault
from dispatch_engine.formats.documents import problem_text
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.service.history import plan_difference

router = APIRouter(prefix="/v1/boards/{board}", tags=["boards"])


@router.get("/plan", **route(*READERS, answers={200: Body(BoardPlan, "The plan."), 304: "It is as known."}))
async def get_plan(request: Request, board: BoardId, query: Annotated[RevisionQuery, Query()]) -> Response:
    """Return the plan of a board; it has passed the checker. To follow it, go on with the stream from its revision."""
    return await read(request, lambda services: _planned(services, board, query.revision))


@router.get(
    "/plan/diff",
    **route(*READERS, answers={200: Body(PlanDifference, "What changed."), 304: "It is as known."}),
)
async def get_difference(request: Request, board: BoardId, query: Annotated[DifferenceQuery, Query()]) -> Response:
    """Return what changed from one revision to another, why, what was gained, and which customers are to be called."""
    return await read(request, lambda services: _compared(services, board, query))


@router.get(
    "/problem",
    **route(*READERS, answers={200: Body(ProblemDocument, "The problem document."), 304: "It is as known."}),
)
async def get_problem(request: Request, board: BoardId, query: Annotated[RevisionQuery, Query()]) -> Response:
    """Return the problem document that the plan of the revision was made for: facts, pins and promises filled in.

    It is ready for `/v1/plan`.
    """
    return await read(request, lambda services: _stated(services, board, query.revision))


def _planned(services: Services, board: str, revision: int | None) -> tuple[bytes, int]:
    state = state_at(services, board, revision)
    return plan_view(board, state).model_dump_json(exclude_none=True).encode(), state.revision


def _compared(services: Services, board: str, query: DifferenceQuery) -> tuple[bytes, str]:
    found = difference_asked(services, board, query)
    return found.model_dump_json(exclude_none=True).encode(), f"{found.from_revision}-{found.to_revision}"


def difference_asked(services: Services, board: str, query: DifferenceQuery) -> PlanDifference:
    """Return what changed between two revisions of a board.

    Raises
    ------
    RequestError
        The earlier one does not come first.
    RevisionUnknownError
    """
    latest = board_of(services, board).state.revision
    before, after = query.from_revision, query.to_revision or latest
    if before > after:
        limit = f"The earlier revision comes first; {after} is not after it"
        raise RequestError("parameter_faults", faults=(fault("out_of_range", ("query", "from"), before, limit=limit),))
    return plan_difference(services.boards.log, board, before, after)


def _stated(services: Services, board: str, revision: int | None) -> tuple[bytes, int]:
    state = state_at(services, board, revision)
    return problem_text(problem_of(state.as_planned())), state.revision
