"""What every store of scenarios promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from dispatch_engine.event_log.sql.log import SqlEventLog
from dispatch_engine.whatif.errors import ScenarioExistsError, ScenarioNotKeptError
from dispatch_engine.whatif.sql_store import SqlScenarioStore
from dispatch_engine.whatif.store import KeptScenario, MemoryScenarioStore, ScenarioStore
from tests.dispatch_engine.whatif.sample import scenario
from tests.event_logs import DATABASES, fill, new_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SICK = KeptScenario("north", scenario({"type": "absence", "technician": "T-1"}, id="sick"), NOON, "planner:1")


@pytest.fixture(params=["memory", *DATABASES])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ScenarioStore]:
    if request.param == "memory":
        yield MemoryScenarioStore()
        return
    with new_database(request, tmp_path) as database:
        for board in ("north", "south"):
            fill(SqlEventLog(database), 3, board)
        yield SqlScenarioStore(database)


def named(name: str, board: str = "north") -> KeptScenario:
    return replace(SICK, board=board, document=SICK.document.model_copy(update={"id": name}))


def test_a_scenario_is_read_as_it_was_added(store: ScenarioStore) -> None:
    store.add(SICK)
    assert store.get("north", "sick") == SICK


def test_an_id_is_there_once_on_each_board(store: ScenarioStore) -> None:
    store.add(SICK)
    store.add(named("sick", "south"))
    with pytest.raises(ScenarioExistsError):
        store.add(SICK)


def test_scenarios_of_a_board_are_listed_by_id(store: ScenarioStore) -> None:
    for each in (named("b"), named("a"), named("c", "south")):
        store.add(each)
    assert [each.id for each in store.all("north")] == ["a", "b"]
    assert store.all("west") == []


@pytest.mark.parametrize(("board", "name"), [("north", "well"), ("south", "sick")])
def test_a_scenario_that_the_board_does_not_have_is_unknown(store: ScenarioStore, board: str, name: str) -> None:
    store.add(SICK)
    with pytest.raises(ScenarioNotKeptError):
        store.get(board, name)
    with pytest.raises(ScenarioNotKeptError):
        store.remove(board, name)
    assert store.all("north") == [SICK]


def test_what_came_of_the_latest_run_is_kept_with_the_scenario(store: ScenarioStore) -> None:
    store.add(SICK)
    for text in (b"{}", '{"title":"é"}'.encode()):
        store.keep_comparison("north", "sick", text)
        assert store.get("north", "sick") == replace(SICK, comparison=text)


def test_of_a_scenario_that_was_deleted_meanwhile_nothing_is_kept(store: ScenarioStore) -> None:
    store.add(SICK)
    store.remove("north", "sick")
    store.keep_comparison("north", "sick", b"{}")
    assert store.all("north") == []
