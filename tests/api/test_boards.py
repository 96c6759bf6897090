"""Live boards over HTTP: opened, read, told of events, each taken once and only from who may."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.settings import Settings
from dispatch_engine.access.roles import Role
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from tests.api.world import MORNING, NEW_CALL, TECHNICIAN, World, code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx2 import Response

CALLS = "/v1/boards/north/calls"


def report(status: str, call: str = "C-1", technician: str = TECHNICIAN, **more: Any) -> dict[str, Any]:
    return {"type": "report_visit", "call": call, "technician": technician, "status": status, **more}


def revision(world: World) -> int:
    found: int = world.get("/v1/boards/north").json()["revision"]
    return found


def refused(board: World, answer: Response) -> tuple[int, str]:
    """Return status and code of a request that left the board as it was."""
    assert revision(board) == 1
    return code_of(answer)


def test_a_board_is_opened_with_a_document_and_planned_at_once(board: World) -> None:
    seen = board.get("/v1/boards/north").json()
    assert (seen["revision"], seen["calls_by_status"]) == (1, {"planned": 2})
    assert board.get("/v1/boards").json() == {"items": [{"id": "north"}], "next": None}


def test_a_board_is_opened_once(board: World) -> None:
    assert refused(board, board.open_board()) == (409, "board_exists")


def test_opening_a_board_is_done_once_however_often_it_is_sent_with_its_key(world: World, compiled: None) -> None:
    answers = [
        world.ask("PUT", "/v1/boards/north", json={"document": SAMPLE_DAY}, Idempotency_Key="k") for _ in range(2)
    ]
    assert [(each.status_code, each.json()["repeated"]) for each in answers] == [(201, False), (201, True)]


def test_faults_of_the_document_of_a_board_are_all_told(world: World) -> None:
    answer = world.ask("PUT", "/v1/boards/north", json={"document": SAMPLE_DAY | {"currency": "e"}, "rules": {"x": 1}})
    assert code_of(answer) == (422, "document_faults")
    assert [each["pointer"] for each in answer.json()["faults"]] == ["/document/currency", "/rules/x"]
    assert code_of(world.get("/v1/boards/north")) == (404, "board_not_open")


def test_the_name_of_a_board_that_was_only_tried_is_not_kept(world: World) -> None:
    for name in ("a", "b"):
        assert code_of(world.get(f"/v1/boards/{name}")) == (404, "board_not_open")
    world.open_board("c", travel={"source": "road", "network": "atlantis"})
    assert world.app.state.services.boards.loaded() == []


def test_a_call_that_comes_in_is_planned_when_the_answer_is_there(board: World) -> None:
    answer = board.post(CALLS, NEW_CALL)
    assert answer.status_code == 201
    assert (answer.json()["revision"], answer.headers["ETag"]) == (2, '"2"')
    assert [each["type"] for each in answer.json()["entry"]["events"]] == ["call_created", "plan_published"]
    assert board.get(f"{CALLS}/C-9").json()["planned"]["technician"] in {"T-1", "T-2"}


def test_a_request_that_is_repeated_with_its_key_is_answered_as_the_first_time(board: World) -> None:
    first, second = (board.post(CALLS, NEW_CALL, Idempotency_Key="k-1") for _ in range(2))
    assert second.json() == first.json() | {"repeated": True}
    assert revision(board) == 2


def test_a_key_that_comes_again_with_another_body_is_refused(board: World) -> None:
    board.post(CALLS, NEW_CALL, Idempotency_Key="k-1")
    answer = board.post(CALLS, NEW_CALL | {"id": "C-10"}, Idempotency_Key="k-1")
    assert code_of(answer) == (422, "key_reused")
    assert revision(board) == 2


def test_a_request_on_a_revision_that_is_not_the_latest_is_refused(board: World) -> None:
    assert board.post(CALLS, NEW_CALL, If_Match='"1"').status_code == 201
    assert code_of(board.post(CALLS, NEW_CALL | {"id": "C-10"}, If_Match='"1"')) == (412, "revision_conflict")
    assert board.post(CALLS, NEW_CALL | {"id": "C-10"}, If_Match="*").status_code == 201


@pytest.mark.parametrize("etag", ["one", '"-1"', 'W/"1"'])
def test_a_revision_that_is_none_is_a_fault_of_its_header(board: World, etag: str) -> None:
    answer = board.post(CALLS, NEW_CALL, If_Match=etag)
    assert refused(board, answer) == (422, "parameter_faults")
    assert answer.json()["faults"][0]["pointer"] == "/header/If-Match"


def test_fields_of_a_call_are_changed_and_taken_back(board: World) -> None:
    assert board.ask("PATCH", f"{CALLS}/C-1", json={"duration": "PT2H", "contract": None}).status_code == 200
    call = board.get(f"{CALLS}/C-1").json()["call"]
    assert (call["duration"], "contract" in call) == ("PT2H", False)


def test_a_call_is_cancelled_with_its_reason(board: World) -> None:
    assert board.ask("DELETE", f"{CALLS}/C-1?reason=mended").status_code == 200
    seen = board.get(f"{CALLS}/C-1").json()
    assert (seen["status"], seen["visit"]["reason"]) == ("cancelled", "mended")


@pytest.mark.parametrize("call", ["%10", "%20x", "%00"])
def test_an_id_that_none_can_be_is_a_fault_of_the_path(board: World, call: str) -> None:
    assert refused(board, board.ask("DELETE", f"{CALLS}/{call}")) == (422, "parameter_faults")


def test_commands_in_a_list_are_taken_together(board: World) -> None:
    answer = board.report(report("dispatched"), report("accepted"), report("en_route"))
    assert answer.json()["revision"] == 2
    assert board.get(f"{CALLS}/C-1").json()["status"] == "en_route"


def test_of_a_list_with_a_command_that_is_refused_nothing_is_taken(board: World) -> None:
    answer = board.report(report("en_route"), {"type": "cancel_call", "call": "C-7"})
    assert refused(board, answer) == (404, "call_not_there")


def test_faults_of_commands_are_told_with_their_positions(board: World) -> None:
    answer = board.report(report("arrived"), {"type": "cancel_call"})
    assert refused(board, answer) == (422, "document_faults")
    assert [each["pointer"] for each in answer.json()["faults"]] == ["/0/status", "/1/call"]


CHANGED = {"type": "change_call", "call": "C-2", "changes": {"priority": 1}}
NO_NETWORK = {"source": "road", "network": "x"}
UNKNOWN_CONTRACT = {"type": "create_call", "call": NEW_CALL | {"contract": "platinum"}}
CANCELLED_UNKNOWN = {"type": "cancel_call", "call": "C-7"}
BREAKS_RULE = "assignment_breaks_rule"


@pytest.fixture(scope="module")
def shared_out(compiled: None) -> Iterator[World]:
    """Yield a world whose board is at revision 2, with the second technician on the second call."""
    world = World()
    with world.client:
        opening = {"document": SAMPLE_DAY, "rules": {"least_gain": "1000000"}}
        assert world.ask("PUT", "/v1/boards/north", json=opening).status_code == 201
        assert world.report({"type": "assign_call", "call": "C-2", "technician": "T-2"}).status_code == 200
        yield world


@pytest.mark.parametrize(
    ("command", "role", "code", "pointer"),
    [
        (CANCELLED_UNKNOWN, Role.DISPATCHER, "call_not_there", "/1/call"),
        ({"type": "fly"}, Role.DISPATCHER, "command_unknown", "/1/type"),
        ({"type": "pass_time"}, Role.ADMIN, "command_forbidden", "/1/type"),
        ({"type": "pin_call", "call": "C-1", "level": "technician"}, Role.INTEGRATION, "command_forbidden", "/1/type"),
        (CANCELLED_UNKNOWN, Role.TECHNICIAN, "command_forbidden", "/1/type"),
        (report("en_route", technician="T-2"), Role.TECHNICIAN, "not_own", "/1/technician"),
        (report("en_route", call="C-2"), Role.TECHNICIAN, "not_own", "/1/call"),
        ({"type": "assign_call", "call": "C-1", "technician": "T-2"}, Role.DISPATCHER, BREAKS_RULE, "/1/technician"),
        (report("en_route", at=(MORNING + timedelta(hours=1)).isoformat()), Role.DISPATCHER, "clock_ahead", "/1/at"),
        (UNKNOWN_CONTRACT, Role.DISPATCHER, "document_faults", "/1"),
        ({"type": "create_call", "call": NEW_CALL | {"id": "C-1"}}, Role.DISPATCHER, "call_exists", "/1/call/id"),
        ({"type": "open_board", "document": SAMPLE_DAY}, Role.DISPATCHER, "board_exists", "/1"),
    ],
)
def test_an_error_says_which_command_of_a_list_is_refused(
    shared_out: World, command: dict[str, Any], role: Role, code: str, pointer: str
) -> None:
    good = CHANGED if role is Role.INTEGRATION else report("accepted")
    answer = shared_out.report(good, command, role=role)
    assert code_of(answer)[1] == code
    assert answer.json()["pointer"] == pointer
    assert [each["pointer"] for each in answer.json().get("faults", ())] == (
        ["/1/call/contract"] if command is UNKNOWN_CONTRACT else []
    )
    assert revision(shared_out) == 2


def test_an_error_of_a_list_of_one_has_its_position_and_that_of_a_single_command_has_none(board: World) -> None:
    path, headers = "/v1/boards/north/events", board.headers(Role.DISPATCHER)
    single = board.client.post(path, json=CANCELLED_UNKNOWN, headers=headers)
    listed = board.client.post(path, json=[CANCELLED_UNKNOWN], headers=headers)
    assert (single.json()["pointer"], listed.json()["pointer"]) == ("/call", "/0/call")


@pytest.mark.parametrize(
    ("method", "path", "body", "pointers"),
    [
        ("POST", CALLS, NEW_CALL | {"contract": "platinum"}, ["/contract"]),
        ("POST", CALLS, NEW_CALL | {"id": "C-1"}, ["/id"]),
        ("PATCH", f"{CALLS}/C-1", {"contract": "platinum"}, ["/contract"]),
        ("PATCH", f"{CALLS}/C-1", {"priority": "high"}, ["/priority"]),
        ("PATCH", f"{CALLS}/C-7", {"priority": 1}, [None]),
        ("DELETE", f"{CALLS}/C-7", None, [None]),
        (
            "PUT",
            "/v1/boards/south",
            {"document": SAMPLE_DAY | {"calls": [UNKNOWN_CONTRACT["call"]]}},
            ["/document/calls/0/contract"],
        ),
        (
            "PUT",
            "/v1/boards/south",
            {"document": SAMPLE_DAY | {"travel": NO_NETWORK}},
            ["/document/travel/network"],
        ),
    ],
)
def test_an_error_points_into_the_body_that_was_sent(
    board: World, method: str, path: str, body: Any, pointers: list[str | None]
) -> None:
    problem = board.ask(method, path, json=body).json()
    found = [each["pointer"] for each in problem.get("faults", ())] or [problem.get("pointer")]
    assert found == pointers


def test_more_commands_than_the_server_takes_at_once_are_refused() -> None:
    world = World(Settings(max_batch=2))
    with world.client:
        assert world.open_board().status_code == 201
        assert refused(world, world.report(*[report("en_route")] * 3)) == (422, "too_many")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (report("en_route", call="C-7"), (404, "call_not_there")),
        (report("en_route", technician="T-7"), (404, "technician_not_there")),
        ({"type": "fly"}, (422, "command_unknown")),
        ({"type": "pass_time"}, (403, "command_forbidden")),
        ({"type": "open_board", "document": SAMPLE_DAY}, (409, "board_exists")),
        ({"type": "create_call", "call": NEW_CALL | {"id": "C-1"}}, (409, "call_exists")),
        (report("en_route", at="2026-03-02T07:30:00"), (422, "document_faults")),
        (report("en_route", at=(MORNING + timedelta(hours=1)).isoformat()), (422, "clock_ahead")),
        (report("en_route", at=(MORNING - timedelta(days=2)).isoformat()), (422, "report_too_old")),
        ({"type": "estimate", "call": "C-1", "ends_at": MORNING.isoformat()}, (409, "visit_not_begun")),
        ([], (422, "document_faults")),
        ([[]], (422, "document_faults")),
        ("text", (422, "document_faults")),
    ],
)
def test_a_command_that_cannot_be_is_refused_and_changes_nothing(
    board: World, command: Any, code: tuple[int, str]
) -> None:
    answer = board.client.post("/v1/boards/north/events", json=command, headers=board.headers(Role.DISPATCHER))
    assert refused(board, answer) == code


def test_a_technician_reports_the_own_visits_and_sees_nothing_of_others(board: World) -> None:
    answer = board.report(report("en_route"), role=Role.TECHNICIAN)
    assert answer.json() == {"board": "north", "revision": 2, "repeated": False, "entry": None}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (report("en_route", technician="T-2"), "not_own"),
        ({"type": "report_position", "technician": "T-2", "lat": 1, "lon": 1}, "not_own"),
        ({"type": "count_stock", "location": "depot", "stock": {"KIT-7": 1}}, "not_own"),
        ({"type": "cancel_call", "call": "C-1"}, "command_forbidden"),
        ({"type": "assign_call", "call": "C-1", "technician": "T-1"}, "command_forbidden"),
    ],
)
def test_a_technician_sends_nothing_about_others(board: World, command: dict[str, Any], code: str) -> None:
    assert refused(board, board.report(command, role=Role.TECHNICIAN)) == (403, code)


def test_a_technician_does_not_report_a_visit_that_somebody_else_has(board: World) -> None:
    board.report({"type": "assign_call", "call": "C-2", "technician": "T-2"})
    assert board.get(f"{CALLS}/C-2").json()["planned"]["technician"] == "T-2"
    assert code_of(board.report(report("en_route", call="C-2"), role=Role.TECHNICIAN)) == (403, "not_own")
    assert code_of(board.report({"type": "estimate", "call": "C-2", "duration": "PT1H"}, role=Role.TECHNICIAN)) == (
        403,
        "not_own",
    )
    assert code_of(board.get(f"{CALLS}/C-2", Role.TECHNICIAN)) == (404, "call_not_there")


def test_a_technician_reads_the_own_day_only(board: World) -> None:
    day = board.get(f"/v1/boards/north/technicians/{TECHNICIAN}/day", Role.TECHNICIAN).json()
    assert {each["id"] for each in day["calls"]} == {"C-1", "C-2"}
    assert {route["technician"] for route in day["routes"]} == {TECHNICIAN}
    assert code_of(board.get("/v1/boards/north/technicians/T-2/day", Role.TECHNICIAN)) == (403, "not_own")


def test_another_program_sends_calls_and_no_reports_of_visits(board: World) -> None:
    assert board.post(CALLS, NEW_CALL, Role.INTEGRATION).status_code == 201
    assert code_of(board.report(report("en_route"), role=Role.INTEGRATION)) == (403, "command_forbidden")


def test_the_audit_trail_says_who_did_what(board: World) -> None:
    board.report(report("en_route"), role=Role.TECHNICIAN)
    entries = board.get("/v1/boards/north/events").json()["items"]
    dispatcher, technician = (board.key_by_role[role].key.id for role in (Role.DISPATCHER, Role.TECHNICIAN))
    assert [each["actor"] for each in entries] == [f"dispatcher:{dispatcher}", f"technician:{technician}:T-1"]
    assert entries[1]["previous_hash"] == entries[0]["hash"]


def test_what_one_has_is_not_sent_again_until_it_changes(board: World) -> None:
    paths = ["/v1/boards/north", "/v1/boards/north/plan", CALLS, "/v1/boards/north/stock", "/v1/boards/north/problem"]
    assert [board.get(path, If_None_Match='"1"').status_code for path in paths] == [304] * len(paths)
    board.post(CALLS, NEW_CALL)
    assert [board.get(path, If_None_Match='"1"').status_code for path in paths] == [200] * len(paths)


@pytest.mark.parametrize("path", ["calls", "technicians", "stock"])
def test_pages_hold_each_thing_once(board: World, path: str) -> None:
    seen, after = [], ""
    for _ in range(5):
        page = board.get(f"/v1/boards/north/{path}?limit=1{after}").json()
        seen += [each["id"] for each in page["items"]]
        if page.get("next") is None:
            break
        after = f"&after={page['next']}"
    whole = board.get(f"/v1/boards/north/{path}").json()["items"]
    assert seen == [each["id"] for each in whole] == sorted(seen)


def test_entries_come_in_pages_by_revision(board: World) -> None:
    board.report(report("en_route"))
    first = board.get("/v1/boards/north/events?limit=1").json()
    second = board.get(f"/v1/boards/north/events?limit=1&after={first['next']}").json()
    assert [page["items"][0]["revision"] for page in (first, second)] == [1, 2]
    assert second["next"] is None


def test_calls_are_found_by_status_and_technician(board: World) -> None:
    board.report(report("en_route"))
    found = {
        query: [each["id"] for each in board.get(f"{CALLS}?{query}").json()["items"]]
        for query in ("status=en_route", "status=planned", "technician=T-1", "technician=T-2")
    }
    assert found == {
        "status=en_route": ["C-1"],
        "status=planned": ["C-2"],
        "technician=T-1": ["C-1", "C-2"],
        "technician=T-2": [],
    }


def test_the_plan_of_any_revision_is_there(board: World) -> None:
    before = board.get("/v1/boards/north/plan").json()
    board.post(CALLS, NEW_CALL)
    assert board.get("/v1/boards/north/plan?revision=1").json() == before
    assert board.get("/v1/boards/north/plan").json()["kpis"]["calls"] == 3
    assert code_of(board.get("/v1/boards/north/plan?revision=3")) == (404, "revision_unknown")


def test_the_difference_between_two_revisions_is_told_with_its_causes(board: World) -> None:
    board.post(CALLS, NEW_CALL)
    found = board.get("/v1/boards/north/plan/diff?from=1").json()
    assert ("C-9", "planned") in [(each["call"], each["change"]) for each in found["calls"]]
    assert [each["events"] for each in found["causes"]] == [["call_created", "plan_published"]]
    assert code_of(board.get("/v1/boards/north/plan/diff?from=2&to=1")) == (422, "parameter_faults")
    assert code_of(board.get("/v1/boards/north/plan/diff")) == (422, "parameter_faults")


def test_a_technician_is_told_what_changed_of_the_own_day(board: World) -> None:
    board.report(report("declined"), role=Role.TECHNICIAN)
    technicians = "/v1/boards/north/technicians"
    mine = board.get(f"{technicians}/{TECHNICIAN}/day/diff?from=1", Role.TECHNICIAN).json()
    assert [(each["call"], each["technician_before"]) for each in mine["calls"]] == [("C-1", TECHNICIAN)]
    assert [(each["calls_before"], each["calls"]) for each in mine["routes"]] == [(["C-2", "C-1"], ["C-2"])]
    assert [each["events"] for each in mine["causes"]] == [["visit_reported", "plan_published"]]
    assert code_of(board.get(f"{technicians}/T-2/day/diff?from=1", Role.TECHNICIAN)) == (403, "not_own")
    assert code_of(board.get(f"{technicians}/T-7/day/diff?from=1")) == (404, "technician_not_there")


def test_the_board_as_a_problem_document_can_be_planned(board: World) -> None:
    document = board.get("/v1/boards/north/problem").json()
    assert board.post("/v1/plan?iterations=10", document).json()["kpis"]["planned"] == 2


def test_a_technician_is_added_under_the_id_of_the_path(board: World) -> None:
    new = {"id": "T-3", "home": {"lat": 52.5, "lon": 13.4}, "shifts": []}
    assert code_of(board.ask("PUT", "/v1/boards/north/technicians/T-4", json=new)) == (422, "parameter_faults")
    assert board.ask("PUT", "/v1/boards/north/technicians/T-3", json=new).status_code == 200
    assert board.get("/v1/boards/north/technicians/T-3").json()["kind"] == "technician"
    assert code_of(board.get("/v1/boards/north/technicians/T-4")) == (404, "technician_not_there")


def test_counted_stock_is_what_is_shown(board: World) -> None:
    board.report({"type": "count_stock", "technician": TECHNICIAN, "stock": {"KIT-7": 5}}, role=Role.TECHNICIAN)
    shown = {each["id"]: each["stock"] for each in board.get("/v1/boards/north/stock").json()["items"]}
    assert shown[TECHNICIAN] == {"KIT-7": 5}


def test_time_passes_on_its_own(board: World) -> None:
    board.now = MORNING + timedelta(hours=4)
    from dispatch_engine.service.ticker import tick

    tick(board.app.state.services.boards)
    (entry,) = board.get("/v1/boards/north/events?after=1").json()["items"][:1]
    assert entry["actor"] == "clock"


def test_candidates_for_a_call_are_ranked_and_who_cannot_says_why(board: World) -> None:
    items = board.get(f"{CALLS}/C-1/candidates").json()["items"]
    assert {each["technician"] for each in items if each["is_present"]} == {TECHNICIAN}
    assert all(("added" in each) != ("code" in each) for each in items)
    assert code_of(board.get(f"{CALLS}/C-99/candidates")) == (404, "call_not_there")


def test_what_deserves_a_look_is_listed(board: World) -> None:
    assert board.get("/v1/boards/north/warnings").json() == {"items": []}
    late = report("en_route", at=(MORNING - timedelta(minutes=1)).isoformat(), expected_at="2026-03-02T23:00:00+01:00")
    assert board.post("/v1/boards/north/events", late).status_code == 200
    assert board.get("/v1/boards/north/warnings").status_code == 200


@pytest.mark.parametrize(
    "what", ["", "/north/calls", "/north/technicians", "/north/stock", "/north/events", "/north/webhooks"]
)
def test_the_last_page_of_every_list_says_that_there_is_no_next_one(board: World, what: str) -> None:
    page = board.get(f"/v1/boards{what}?limit=1000", Role.ADMIN).json()
    assert page["next"] is None
