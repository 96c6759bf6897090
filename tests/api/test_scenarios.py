"""Scenarios of a board over HTTP: kept, solved, compared and applied, and the board is never touched before."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from api.settings import Settings
from dispatch_engine.access.roles import Role
from dispatch_engine.whatif.comparison import ComparisonDocument
from tests.api.world import World, code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx2 import Response

PATH = "/v1/boards/north/scenarios"
SICK = {"version": 1, "id": "sick", "changes": [{"type": "absence", "technician": "T-2"}]}
WORSE = {"version": 1, "id": "worse", "based_on": "sick", "changes": [{"type": "train", "skills": {"lift": 3}}]}


@pytest.fixture
def board() -> Iterator[World]:
    world = World(Settings(max_scenarios=3))
    with world.client:
        assert world.open_board().status_code == 201
        yield world


def planned(world: World, path: str, json: Any = None, **headers: str) -> Response:
    return world.post(path, json, Role.PLANNER, **headers)


def test_a_scenario_is_kept_and_the_board_is_not_touched(board: World) -> None:
    before = board.get("/v1/boards/north").json()
    made = planned(board, PATH, SICK)
    assert made.status_code == 201
    assert made.json()["scenario"] == SICK
    assert board.get(f"{PATH}/sick").json() == made.json()
    assert [each["scenario"]["id"] for each in board.get(PATH).json()["items"]] == ["sick"]
    assert board.get("/v1/boards/north").json() == before


def test_a_scenario_that_does_not_fit_the_board_is_refused_with_all_its_faults(board: World) -> None:
    changes = [{"type": "absence", "technician": "T-9"}, {"type": "remove_call", "call": "C-9"}]
    answer = planned(board, PATH, {"version": 1, "id": "lost", "changes": changes})
    assert code_of(answer) == (422, "document_faults")
    assert [each["pointer"] for each in answer.json()["faults"]] == ["/changes/0/technician", "/changes/1/call"]
    assert board.get(PATH).json()["items"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({**SICK, "base": {"board": "south"}}, 422, "document_faults"),
        ({**SICK, "base": {"problem": "sample-day"}}, 422, "document_faults"),
        ({**SICK, "base": {"board": "north", "revision": 99}}, 404, "revision_unknown"),
        ({**SICK, "id": "a/b"}, 422, "document_faults"),
        (WORSE, 422, "document_faults"),
        ([], 422, "document_faults"),
    ],
)
def test_a_scenario_for_something_else_is_refused(board: World, body: Any, status: int, code: str) -> None:
    assert code_of(planned(board, PATH, body)) == (status, code)


def test_ids_are_taken_once_and_a_board_has_room_for_so_many(board: World) -> None:
    planned(board, PATH, SICK)
    assert code_of(planned(board, PATH, SICK)) == (409, "scenario_exists")
    for name in ("b", "c"):
        planned(board, PATH, {**SICK, "id": name})
    assert code_of(planned(board, PATH, {**SICK, "id": "d"})) == (409, "scenarios_full")


def test_a_scenario_on_which_another_is_based_stays(board: World) -> None:
    planned(board, PATH, SICK)
    planned(board, PATH, WORSE)
    assert code_of(board.ask("DELETE", f"{PATH}/sick", Role.PLANNER)) == (409, "scenario_in_use")
    for name in ("worse", "sick"):
        assert board.ask("DELETE", f"{PATH}/{name}", Role.PLANNER).status_code == 204
    assert code_of(board.get(f"{PATH}/sick")) == (404, "scenario_not_kept")


def ended(world: World, job: Response) -> dict[str, Any]:
    """Wait for a job and return it."""
    for _ in range(6_000):
        found: dict[str, Any] = world.get(job.headers["Location"], Role.PLANNER).json()
        if found["status"] not in ("queued", "running"):
            return found
        time.sleep(0.02)
    raise AssertionError("the job does not end")


def test_a_run_compares_the_board_with_the_scenario_and_what_it_is_based_on(board: World) -> None:
    planned(board, PATH, SICK)
    planned(board, PATH, WORSE)
    assert code_of(board.get(f"{PATH}/worse/compare")) == (404, "scenario_not_run")
    job = planned(board, f"{PATH}/worse/run?seeds=3&iterations=50")
    assert job.status_code == 202
    found = ended(board, job)
    assert found["status"] == "done"
    assert (found["progress"]["runs_done"], found["progress"]["runs"]) == (9, 9)
    kept = board.get(f"{PATH}/worse/compare").json()
    assert kept == found["comparison"]
    document = ComparisonDocument.model_validate(kept)
    assert [side.id for side in document.scenarios] == ["sick", "worse"]
    (shifts,) = [row for row in document.figures if row.key == "calls"]
    assert shifts.base is not None
    assert board.get(f"{PATH}/worse").json()["has_comparison"]


def test_a_scenario_names_the_revision_that_it_is_for(board: World) -> None:
    board.report({"type": "create_call", "call": {"id": "C-9", "place": {"lat": 52.5, "lon": 13.4}, "duration": 600}})
    planned(board, PATH, {**SICK, "base": {"board": "north", "revision": 1}})
    job = planned(board, f"{PATH}/sick/run?seeds=1&iterations=10")
    document = ComparisonDocument.model_validate(ended(board, job)["comparison"])
    (calls,) = [row for row in document.figures if row.key == "calls"]
    assert calls.base is not None
    assert calls.base.mean == 2


def test_more_effort_than_the_server_allows_is_refused(board: World) -> None:
    planned(board, PATH, SICK)
    assert code_of(planned(board, f"{PATH}/sick/run?time_limit_s=80000")) == (422, "effort_too_large")
    assert code_of(planned(board, f"{PATH}/sick/run?seeds=0")) == (422, "parameter_faults")


def test_a_scenario_comes_true_at_the_revision_of_its_preview_and_only_there(board: World) -> None:
    planned(board, PATH, SICK)
    preview = board.get(f"{PATH}/sick/preview", Role.PLANNER).json()
    assert preview["commands"] == [{"type": "report_absence", "technician": "T-2"}]
    revision = str(preview["revision"])
    assert code_of(board.post(f"{PATH}/sick/apply", None)) == (422, "parameter_faults")
    assert code_of(board.post(f"{PATH}/sick/apply", None, If_Match='"99"')) == (412, "revision_conflict")
    done = board.post(f"{PATH}/sick/apply", None, If_Match=f'"{revision}"')
    assert done.status_code == 200
    assert done.json()["revision"] > preview["revision"]
    assert "T-2" in str(board.get("/v1/boards/north/technicians/T-2").json())
    assert code_of(board.post(f"{PATH}/sick/apply", None, If_Match=f'"{revision}"')) == (412, "revision_conflict")


def test_a_preview_foretells_the_plan_that_follows_and_leaves_the_board_as_it_is(board: World) -> None:
    planned(board, PATH, {**SICK, "id": "first", "changes": [{"type": "absence", "technician": "T-1"}]})
    before = board.get("/v1/boards/north").json()
    preview = board.get(f"{PATH}/first/preview", Role.PLANNER).json()
    assert board.get("/v1/boards/north").json() == before
    foretold = preview["difference"]
    assert "T-1" in {each["technician"] for each in foretold["routes"]}
    board.post(f"{PATH}/first/apply", None, If_Match=f'"{preview["revision"]}"')
    span = f"from={preview['revision']}&to={preview['revision'] + 1}"
    came = board.get(f"/v1/boards/north/plan/diff?{span}").json()
    assert {**came, "causes": []} == foretold


def test_a_preview_tells_what_the_board_would_refuse(board: World) -> None:
    changes = [*SICK["changes"], {"type": "scale_demand", "factor": 2}]  # type: ignore[misc]
    planned(board, PATH, {"version": 1, "id": "more", "changes": changes})
    answer = board.get(f"{PATH}/more/preview", Role.PLANNER)
    assert code_of(answer) == (422, "document_faults")
    assert answer.json()["faults"][0]["code"] == "change_unfit_for_board"


def test_what_cannot_come_true_is_refused_as_a_whole(board: World) -> None:
    changes = [*SICK["changes"], {"type": "scale_demand", "factor": 2}]  # type: ignore[misc]
    planned(board, PATH, {"version": 1, "id": "more", "changes": changes})
    before = board.get("/v1/boards/north").json()
    answer = board.post(f"{PATH}/more/apply", None, If_Match=f'"{before["revision"]}"')
    assert code_of(answer) == (422, "document_faults")
    assert answer.json()["faults"][0]["code"] == "change_unfit_for_board"
    assert board.get("/v1/boards/north").json() == before


def test_a_scenario_without_changes_has_nothing_to_apply(board: World) -> None:
    planned(board, PATH, {"version": 1, "id": "same"})
    revision = board.get("/v1/boards/north").json()["revision"]
    answer = board.post(f"{PATH}/same/apply", None, If_Match=f'"{revision}"')
    assert (answer.status_code, answer.json()["revision"], answer.json()["entry"]) == (200, revision, None)
