"""The scenarios of a board: what if. They are kept with it and never touch it, until one is applied."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.board_schemas import AcceptedDocument
from api.bodies import json_answer, json_body
from api.contract import Body, route
from api.errors import RequestError
from api.live import (
    READERS,
    WRITERS,
    BoardId,
    IfMatch,
    Sent,
    board_of,
    commanded,
    pointing_into_body,
    sent,
    state_at,
    write,
)
from api.paging import page_of
from api.queries import PageQuery, RunQuery
from api.routes.jobs import JOB, job_answer
from api.scenario_schemas import KeptScenarioDocument, ScenarioPage, ScenarioPreview
from api.services import Services, key_of, services_of
from dispatch_engine.access.roles import Role
from dispatch_engine.board.differences import difference
from dispatch_engine.board.document import problem_of
from dispatch_engine.catalogue.faults import fault
from dispatch_engine.clock import now_at
from dispatch_engine.errors import DispatchError
from dispatch_engine.event_log.errors import RevisionConflictError
from dispatch_engine.planner.options import PlanOptions, effective_options
from dispatch_engine.service.requests import Request as BoardRequest
from dispatch_engine.whatif.commands import commands_of
from dispatch_engine.whatif.comparison import ComparisonDocument
from dispatch_engine.whatif.kept import ScenarioWork
from dispatch_engine.whatif.reading import parse_scenario
from dispatch_engine.whatif.scenario import ScenarioDocument

if TYPE_CHECKING:
    from concurrent.futures import Future

    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.kept import ProblemAt

ScenarioId = Annotated[
    str, Path(min_length=1, max_length=100, pattern=r"^[0-9A-Za-z._-]+$", description="Id of the scenario.")
]
SAMPLE = {"version": 1, "id": "sick", "changes": [{"type": "absence", "technician": "T-2"}]}
NEW = Body(ScenarioDocument, "A scenario.", SAMPLE)
KEPT = Body(KeptScenarioDocument, "The scenario.")
ACCEPTED = Body(AcceptedDocument, "The scenario has come true: durable, planned and checked.")
PREVIEW = "preview"
"""The actor of what is only foreseen; no log ever has it."""
_log = logging.getLogger("api.scenarios")

router = APIRouter(prefix="/v1/boards/{board}/scenarios", tags=["scenarios"])


@router.get("", **route(*READERS, answers={200: Body(ScenarioPage, "Scenarios by id.")}))
async def list_scenarios(request: Request, board: BoardId, query: Annotated[PageQuery, Query()]) -> Response:
    """List the scenarios of a board."""
    services = services_of(request)
    return json_answer(await services.aside(lambda: _listed(services, board, query)))


@router.post(
    "",
    **route(Role.DISPATCHER, Role.PLANNER, Role.INTEGRATION, reads=NEW, answers={201: KEPT}, code=201, refusals=(409,)),
)
async def create_scenario(request: Request, board: BoardId) -> Response:
    """Keep a scenario with a board. It is tried on a copy at once: a fault of any change refuses it."""
    services, data, actor = services_of(request), await json_body(request), key_of(request).actor
    return json_answer(await services.aside(lambda: _created(services, board, data, actor)), 201)


@router.get("/{scenario}", **route(*READERS, answers={200: KEPT}))
async def get_scenario(request: Request, board: BoardId, scenario: ScenarioId) -> Response:
    """Return a scenario."""
    services = services_of(request)
    return json_answer(await services.aside(lambda: _shown(services, board, scenario)))


@router.delete(
    "/{scenario}",
    **route(
        Role.DISPATCHER,
        Role.PLANNER,
        Role.INTEGRATION,
        answers={204: "It is gone, and so is its comparison."},
        code=204,
        refusals=(409,),
    ),
)
async def delete_scenario(request: Request, board: BoardId, scenario: ScenarioId) -> Response:
    """Delete a scenario on which no other is based."""
    services = services_of(request)
    await services.aside(lambda: _removed(services, board, scenario))
    return Response(status_code=204)


@router.post(
    "/{scenario}/run",
    **route(Role.DISPATCHER, Role.PLANNER, Role.INTEGRATION, answers={202: JOB}, code=202),
)
async def run_scenario(
    request: Request, board: BoardId, scenario: ScenarioId, query: Annotated[RunQuery, Query()]
) -> Response:
    """Solve the board as it is, or as it was at the revision that the scenario names, and the scenario, seed by seed.

    Answers with a job, whose progress tells how many runs are done. Called off, it keeps what it has.
    """
    services, owner = services_of(request), key_of(request).id
    work = await services.aside(lambda: _work(services, board, scenario, query))
    job = services.jobs.submit(owner, work, "comparison")
    job.future.add_done_callback(partial(_keep, services, board, scenario))
    return job_answer(job, 202)


@router.get("/{scenario}/compare", **route(*READERS, answers={200: Body(ComparisonDocument, "The comparison.")}))
async def compare_scenario(request: Request, board: BoardId, scenario: ScenarioId) -> Response:
    """Return how the scenario differs from the board: the comparison of its latest run."""
    services = services_of(request)
    return json_answer(await services.aside(lambda: _compared(services, board, scenario)))


@router.get("/{scenario}/preview", **route(*READERS, answers={200: Body(ScenarioPreview, "What would be done.")}))
async def preview_scenario(request: Request, board: BoardId, scenario: ScenarioId) -> Response:
    """Return what the board would be asked for, if the scenario were applied now."""
    work = partial(_previewed, board=board, scenario=scenario)
    return json_answer(await services_of(request).commanding(board, work))


@router.post("/{scenario}/apply", **route(*WRITERS, answers={200: ACCEPTED}, refusals=(409, 412)))
async def apply_scenario(
    request: Request,
    board: BoardId,
    scenario: ScenarioId,
    if_match: IfMatch = None,
) -> Response:
    """Have the scenario come true on the board, as a whole or not at all, at the revision of the preview.

    The revision stands in If-Match, which this request needs. So a request that is sent again is refused: the board has
    moved on.
    """
    asked = sent(request, b"", None, if_match)
    if asked.expected_revision is None:
        raise RequestError("parameter_faults", faults=(fault("missing_field", ("header", "If-Match")),))
    return await write(request, board, partial(_applied, board=board, scenario=scenario, asked=asked))


def _listed(services: Services, board: str, query: PageQuery) -> bytes:
    services.boards.board(board)
    kept = {each.id: each for each in services.scenarios.store.all(board)}
    page, following = page_of(kept, query)
    items = tuple(KeptScenarioDocument.of(kept[name]) for name in page)
    return ScenarioPage(items=items, next=following).model_dump_json(exclude_unset=True).encode()


def _created(services: Services, board: str, data: bytes, actor: str) -> bytes:
    services.boards.board(board)
    document = parse_scenario(data, "the scenario")
    kept = services.scenarios.create(board, document, (now_at(), actor), _problems(services, board))
    return KeptScenarioDocument.of(kept).model_dump_json(exclude_unset=True).encode()


def _shown(services: Services, board: str, scenario: str) -> bytes:
    services.boards.board(board)
    kept = services.scenarios.store.get(board, scenario)
    return KeptScenarioDocument.of(kept).model_dump_json(exclude_unset=True).encode()


def _removed(services: Services, board: str, scenario: str) -> None:
    services.boards.board(board)
    services.scenarios.remove(board, scenario)


def _work(services: Services, board: str, scenario: str, query: RunQuery) -> ScenarioWork:
    services.boards.board(board)
    chain = services.scenarios.chain(board, scenario)
    problem = services.scenarios.problem(board, scenario, _problems(services, board))
    asked = PlanOptions(time_limit_s=query.time_limit_s, iterations=query.iterations, seed=0, threads=query.threads)
    options = effective_options(asked, problem.policy)
    seeds = tuple(range(query.first_seed, query.first_seed + query.seeds))
    return ScenarioWork.of(problem, chain, seeds, options, (services.limits, services.sources))


def _keep(services: Services, board: str, scenario: str, future: Future[bytes]) -> None:
    """Keep what came of a run with the scenario."""
    if future.cancelled() or future.exception() is not None:
        return
    try:
        services.scenarios.store.keep_comparison(board, scenario, future.result())
    except DispatchError:
        _log.exception("a comparison cannot be kept", extra={"board": board})


def _compared(services: Services, board: str, scenario: str) -> bytes:
    services.boards.board(board)
    return services.scenarios.comparison(board, scenario)


def _previewed(services: Services, board: str, scenario: str) -> bytes:
    before, commands, after = _foreseen(services, board, scenario)
    stated = tuple(each.model_dump(mode="json", exclude_unset=True) for each in commands)
    found = ScenarioPreview(
        board=board, revision=before.revision, commands=stated, difference=difference(before, after)
    )
    return found.model_dump_json(exclude_none=True).encode()


def _foreseen(services: Services, board: str, scenario: str) -> tuple[BoardState, tuple[Command, ...], BoardState]:
    """Return a board as it is, what it would be asked for, and as it would be; anew where it has moved on meanwhile."""
    while True:
        before = board_of(services, board).state
        commands = commands_of(before, services.scenarios.chain(board, scenario))
        asked = BoardRequest(commands, PREVIEW, expected_revision=before.revision)
        with suppress(RevisionConflictError), pointing_into_body(None):
            return before, commands, services.boards.board(board).foreseen(asked)


def _applied(services: Services, board: str, scenario: str, asked: Sent) -> tuple[bytes, int]:
    state = board_of(services, board).state
    if asked.expected_revision != state.revision:
        raise RevisionConflictError(board, asked.expected_revision or 0, state.revision)
    commands = commands_of(state, services.scenarios.chain(board, scenario))
    return commanded(services, board, asked, commands, None)


def _problems(services: Services, board: str) -> ProblemAt:
    def problem_at(revision: int | None) -> ProblemDocument:
        return problem_of(state_at(services, board, revision).as_planned())

    return problem_at
