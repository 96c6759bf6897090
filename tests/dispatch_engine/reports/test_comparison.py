"""The page of a comparison: it loads nothing, shows every side, and draws only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dispatch_engine.formats.documents import load_problem
from dispatch_engine.planner import PlanOptions, effective_options
from dispatch_engine.reports.comparison import comparison_html, dump_comparison
from dispatch_engine.reports.cost_stacks import cost_stacks
from dispatch_engine.reports.intervals import HALF, interval_charts
from dispatch_engine.scale_out.choice import executor_choice
from dispatch_engine.scale_out.pool import open_pool
from dispatch_engine.whatif.comparing import Compared, Question, compare
from dispatch_engine.whatif.runs import FolderSources
from tests.dispatch_engine.scale_out.tasks import nothing
from tests.dispatch_engine.whatif.sample import scenario

NAME = "<b>One is sick</b>"


@pytest.fixture(scope="module")
def asked(root: Path) -> Question:
    problem = load_problem(root / "data/nauru/day.json")
    area = {"polygon": [{"lat": -0.53, "lon": 166.93}, {"lat": -0.53, "lon": 166.935}, {"lat": -0.535, "lon": 166.93}]}
    scenarios = (
        scenario({"type": "absence", "technician": "T01"}, id="sick", name=NAME),
        scenario({"type": "close_area", "area": area}, id="closed"),
        scenario(id="same"),
    )
    options = effective_options(PlanOptions(iterations=60, base_dir=root / "data/nauru"), problem.policy)
    return Question(problem, scenarios, options, (0, 1, 2), FolderSources(root / "data/nauru"))


@pytest.fixture(scope="module")
def found(asked: Question) -> Compared:
    with open_pool(executor_choice("threads:1"), nothing) as pool:
        return compare(asked, pool)


@pytest.fixture(scope="module")
def page(asked: Question, found: Compared) -> str:
    return comparison_html(found, asked.sources)


def test_the_page_loads_nothing_and_takes_no_text_for_markup(page: str) -> None:
    assert set(re.findall(r'(?:src|href)="([^"#]+)"', page)) == {
        "data:,",
        "https://www.openstreetmap.org/copyright",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    }
    assert NAME not in page
    assert "&lt;b&gt;One is sick" in page


def test_every_side_has_a_map_and_a_bar_and_every_scenario_its_changes(page: str, found: Compared) -> None:
    for name in ("base", "sick", "closed", "same"):
        assert f'aria-label="Map of the routes, {name}"' in page
    assert "absence: technician T01" in page
    assert "nothing changes" in page
    assert page.count('class="closed"') == 1
    assert [bar.side for bar in cost_stacks(found.document).bars] == ["base", "sick", "closed", "same"]


ROUTE = re.compile(
    r'<g data-t="([0-9]+)"[^>]*><title>[^<]*</title><path class="halo"[^>]*/><path [^>]*stroke="(#[^"]+)"'
)


def test_a_technician_looks_the_same_on_all_maps(page: str) -> None:
    colours: dict[str, set[str]] = {}
    for number, colour in ROUTE.findall(page):
        colours.setdefault(number, set()).add(colour)
    assert len(colours) >= 3
    assert all(len(each) == 1 for each in colours.values())


def test_an_interval_holds_its_mean_and_no_difference_lies_in_the_middle(found: Compared) -> None:
    charts = interval_charts(found.document)
    assert {"Calls planned", "Driving, h"} <= {chart.title for chart in charts}
    for chart in charts:
        for each in chart.intervals:
            assert each.low <= each.middle <= each.high
            assert each.scenario != "same" or (each.middle == HALF and each.text == "same")


def test_the_parts_of_a_bar_add_up_to_its_share_of_the_longest(found: Compared) -> None:
    widths = [sum(part.width for part in bar.parts) for bar in cost_stacks(found.document).bars]
    assert max(widths) == pytest.approx(100, abs=0.1)


def test_what_is_missing_is_told_on_top(asked: Question, tmp_path: Path) -> None:
    ended: list[object] = []
    with open_pool(executor_choice("threads:1"), nothing) as pool:
        partial = compare(asked, pool, lambda key, _: ended.append(key), lambda: len(ended) >= 5)
    dump_comparison(partial, tmp_path / "page.html", asked.sources)
    assert "the rest was called off" in (tmp_path / "page.html").read_text()


def test_where_nothing_was_done_there_is_a_page_all_the_same(asked: Question) -> None:
    with open_pool(executor_choice("threads:1"), nothing) as pool:
        nothing_done = compare(asked, pool, asked_to_stop=lambda: True)
    assert "There is no map" in comparison_html(nothing_done, asked.sources)
