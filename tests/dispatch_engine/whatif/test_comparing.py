"""Scenarios solved and compared with their base."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.planner import PlanOptions, effective_options
from dispatch_engine.scale_out.choice import executor_choice
from dispatch_engine.scale_out.pool import open_pool
from dispatch_engine.travel.errors import NetworkNotFoundError
from dispatch_engine.whatif.comparing import Compared, Question, compare
from dispatch_engine.whatif.comparison import ComparisonDocument, Difference, comparison_schema
from dispatch_engine.whatif.runs import FolderSources
from tests.dispatch_engine.scale_out.tasks import nothing
from tests.dispatch_engine.whatif.sample import at, changed, day, scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispatch_engine.whatif.scenario import ScenarioDocument

SEEDS = (1, 2, 3)
PLACES = [{"lat": 52.45 + 0.013 * (k * 7 % 10), "lon": 13.30 + 0.02 * (k * 3 % 10)} for k in range(12)]
BUSY = day(
    calls=[{"id": f"C-{k}", "place": place, "duration": "PT50M", "priority": 3} for k, place in enumerate(PLACES)]
)
SICK = scenario({"type": "absence", "technician": "T-2"}, id="sick", name="T-2 is sick")
SAME = scenario(id="same")


def question(*scenarios: ScenarioDocument, **options: Any) -> Question:
    effort = effective_options(PlanOptions(**{"iterations": 150, **options}), BUSY.policy)
    return Question(BUSY, scenarios, effort, SEEDS, FolderSources(Path()))


def compared(asked: Question, asked_to_stop: Callable[[], bool] | None = None, executor: str = "threads:1") -> Compared:
    with open_pool(executor_choice(executor), nothing) as pool:
        return compare(asked, pool, asked_to_stop=asked_to_stop)


@pytest.fixture(scope="module")
def found() -> Compared:
    return compared(question(SICK, SAME))


def difference(document: ComparisonDocument, key: str, name: str) -> Difference:
    (row,) = [row for row in document.figures if row.key == key]
    told = row.scenarios[name].difference
    assert told is not None
    return told


def test_a_scenario_without_changes_shows_no_significant_difference(found: Compared) -> None:
    rows = found.document.figures
    told = [row.scenarios["same"].difference for row in rows]
    assert len(told) > 30
    assert {(each.mean, each.significant, each.verdict) for each in told if each is not None} == {(0, False, "same")}


def test_what_a_scenario_makes_worse_is_told(found: Compared) -> None:
    for key in ("cost", "planned"):
        told = difference(found.document, key, "sick")
        assert (told.verdict, told.significant, told.n) == ("worse", True, 3)
    assert difference(found.document, "routes", "sick").mean == -1


def test_the_document_tells_what_was_compared_and_comes_back_as_it_was(found: Compared) -> None:
    document = found.document
    assert (document.seeds, document.effort.iterations, document.is_whole) == (SEEDS, 150, True)
    assert [side.name for side in document.scenarios] == ["T-2 is sick", None]
    assert ComparisonDocument.model_validate_json(document.model_dump_json()) == document
    assert comparison_schema()["title"] == "ComparisonDocument"


def test_the_plan_that_is_shown_is_the_one_whose_cost_is_in_the_middle(found: Compared) -> None:
    (row,) = [row for row in found.document.figures if row.key == "cost"]
    assert row.base is not None
    assert row.base.low <= float(found.plans["base"].cost.total) <= row.base.high
    assert found.plans.keys() == found.problems.keys() == {"base", "sick", "same"}


def test_processes_find_what_threads_find(found: Compared) -> None:
    other = compared(question(SICK, SAME), executor="processes:1")
    assert other.document.figures == found.document.figures


def test_a_scenario_that_is_based_on_another_is_compared_with_the_base() -> None:
    worse = scenario({"type": "absence", "technician": "T-1", "since": at(12)}, id="worse", based_on="sick")
    document = compared(question(SICK, worse)).document
    assert difference(document, "planned", "worse").mean < difference(document, "planned", "sick").mean


def test_what_is_done_is_kept_when_the_rest_is_called_off_and_the_document_says_what_is_missing() -> None:
    ended: list[tuple[str, int]] = []
    with open_pool(executor_choice("threads:1"), nothing) as pool:
        document = compare(question(SICK), pool, lambda key, _: ended.append(key), lambda: len(ended) >= 3).document
    assert ended[:3] == [("base", 1), ("sick", 1), ("base", 2)]
    assert not document.is_whole
    assert (document.base.seeds_done[:2], document.scenarios[0].seeds_missing[-1:]) == ((1, 2), (3,))
    assert difference(document, "cost", "sick").verdict == "unknown"


def test_the_effort_is_told_as_it_was_asked_for() -> None:
    effort = compared(question(SAME, iterations=5, time_limit_s=1.5)).document.effort
    assert (effort.time_limit_s, effort.iterations) == (1.5, 5)


def test_nothing_is_solved_where_a_scenario_has_faults() -> None:
    gone = scenario({"type": "remove_call", "call": "C-99"}, id="gone")
    with pytest.raises(DocumentErrors):
        compared(question(SICK, gone))


def test_a_scenario_that_cannot_be_solved_fails_alone() -> None:
    lost = scenario({"type": "change_travel", "set": {"source": "road", "network": "atlantis"}}, id="lost")
    document = compared(question(lost, SAME)).document
    assert [(failed.seed, failed.code) for failed in document.scenarios[0].failed] == [
        (seed, NetworkNotFoundError.code) for seed in SEEDS
    ]
    assert document.scenarios[1].seeds_done == SEEDS


def test_where_nothing_can_be_solved_the_reason_is_told() -> None:
    lost = changed(BUSY, {"type": "change_travel", "set": {"source": "road", "network": "atlantis"}})
    asked = question(SAME)
    with pytest.raises(NetworkNotFoundError):
        compared(Question(lost, asked.scenarios, asked.options, SEEDS, asked.sources))
