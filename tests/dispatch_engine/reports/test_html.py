"""The report is one file, complete and safe, and shows what the plan holds."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dispatch_engine.errors import FileWriteError
from dispatch_engine.reports.html import dump_report, report_html
from tests.dispatch_engine.island import at, documents, island, parsed, stocked

LOADING = ("src", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href")


class Page(HTMLParser):
    """The tags, attributes and visible words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


@pytest.fixture(scope="module")
def html() -> str:
    return report_html(*island())


def changed_report(**changes: object) -> str:
    """Return the report of the island with top-level keys of the problem replaced."""
    problem, plan = documents()
    return report_html(*parsed(problem | changes, plan))


def test_the_report_loads_nothing(html: str) -> None:
    links = [attrs.get("href", "") for tag, attrs in Page(html).tags if tag in ("link", "use")]
    assert all(not set(LOADING) & attrs.keys() for _, attrs in Page(html).tags)
    assert set(links) == {"data:,", "#streets"}
    assert "@import" not in html


def test_only_links_that_a_person_follows_lead_elsewhere(html: str) -> None:
    outside = {tag for tag, attrs in Page(html).tags for value in attrs.values() if value.startswith("http")}
    assert outside == {"a"}


def test_no_other_script_than_the_report_s_own_may_run(html: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in html


def test_each_technician_and_call_is_named(html: str) -> None:
    words = Page(html).words
    assert all(name in words for name in ("Van one", "T-2", "T-3", "C-1", "C-2", "C-3", "C-4", "C-5"))


def test_an_unplanned_call_is_shown_with_its_reasons(html: str) -> None:
    words = Page(html).words
    assert "A skill is missing: T-2, T-3" in " ".join(words.split())
    assert "T-1 would end 25 minutes too late." in words


def test_warnings_are_shown(html: str) -> None:
    assert "Call C-5 is 312 m from the nearest road." in html


def test_a_plan_with_every_call_says_so() -> None:
    problem, plan = documents()
    plan["unplanned"] = []
    assert "Every call is planned." in report_html(*parsed(problem, plan))


def test_the_report_says_how_the_plan_was_found(html: str) -> None:
    words = Page(html).words
    assert all(
        text in words for text in ("1,200 iterations in 1.5 s on 2 threads", "the time limit", "prices.per_hour")
    )


def test_openstreetmap_and_its_licence_are_named(html: str) -> None:
    links = {attrs["href"] for tag, attrs in Page(html).tags if tag == "a"}
    assert {"https://www.openstreetmap.org/copyright", "https://opendatacommons.org/licenses/odbl/1-0/"} <= links


def test_text_of_a_document_is_never_markup() -> None:
    attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    problem, plan = documents()
    problem["name"] = problem["calls"][1]["name"] = problem["technicians"][0]["name"] = attack
    plan["unplanned"][0]["reasons"][0]["message"] = plan["warnings"][0]["message"] = attack
    plan["travel"] |= {"attribution": attack, "detail": {attack: attack}}
    page = Page(report_html(*parsed(problem, plan)))
    assert page.count("script") == 1
    assert page.count("img") == 0
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert attack in page.words


def test_an_id_is_never_markup() -> None:
    problem, plan = documents()
    problem["technicians"][1]["id"] = plan["routes"][1]["technician"] = '"><script>alert(1)</script>'
    assert Page(report_html(*parsed(problem, plan))).count("script") == 1


def test_routes_are_drawn_over_streets(html: str) -> None:
    assert 'class="major" d="M' in html
    assert "straight lines" not in html


def test_without_a_road_network_ways_are_straight_and_the_report_says_so() -> None:
    problem, plan = documents()
    problem["travel"] = {"source": "geodesic"}
    plan["travel"] = {"source": "geodesic"}
    html = report_html(*parsed(problem, plan))
    assert "ways are drawn as straight lines" in html
    assert 'class="major"' not in html


def test_a_network_that_is_not_found_is_named() -> None:
    html = changed_report(travel={"source": "road", "network": "atlantis"})
    assert "there is no road network &#39;atlantis&#39;" in html


def test_another_travel_source_than_the_plan_s_is_named() -> None:
    assert "Maybe name the source with --travel." in changed_report(travel={"source": "geodesic"})


def test_a_newer_road_network_is_noticed() -> None:
    problem, plan = documents()
    plan["travel"]["detail"] = {"version": "sha256:other"}
    assert "another version than those that the plan was made with" in report_html(*parsed(problem, plan))


def test_without_coordinates_there_is_a_sentence_in_place_of_the_map() -> None:
    html = without_coordinates()
    assert "There is no map: the places have no coordinates" in html
    assert "<use" not in html


def without_coordinates() -> str:
    problem, plan = documents()
    ids = ["home", "a", "b", "c", "d", "e"]
    numbers = [[0 if row == column else 600 for column in range(6)] for row in range(6)]
    problem["travel"] = {
        "source": "matrix",
        "matrices": [{"places": ids, "duration_s": numbers, "distance_m": numbers}],
    }
    plan["travel"] = {"source": "matrix"}
    for technician in problem["technicians"]:
        technician["home"] = "home"
    for call, place in zip(problem["calls"], ids[1:], strict=True):
        call["place"] = place
    for route in plan["routes"]:
        route["start_place"] = route["end_place"] = {"id": "home"}
        for stop in route["stops"]:
            stop.pop("place", None)
    return report_html(*parsed(problem, plan))


def test_each_day_of_several_has_its_own_chart_and_map() -> None:
    problem, plan = documents()
    tuesday = {"id": "tue", "start": at("08:00", "2026-03-03"), "end": at("16:00", "2026-03-03")}
    problem["technicians"][1]["shifts"].append(tuesday)
    html = report_html(*parsed(problem, plan))
    assert html.count('class="gantt"') == html.count('class="ground"') == 2
    assert "Tuesday 3 March 2026" in html


def test_streets_are_in_the_file_once_for_all_days() -> None:
    problem, plan = documents()
    tuesday = {"id": "tue", "start": at("08:00", "2026-03-03"), "end": at("16:00", "2026-03-03")}
    problem["technicians"][1]["shifts"].append(tuesday)
    assert report_html(*parsed(problem, plan)).count('id="streets"') == 1


def test_a_problem_that_was_changed_since_is_noticed() -> None:
    problem, plan = documents()
    assert "has been changed since" not in report_html(*parsed(problem, plan))
    assert "has been changed since" in report_html(*parsed(problem, plan | {"problem_sha256": "0" * 64}))


def test_what_only_the_plan_knows_is_named_and_shown() -> None:
    problem, plan = documents()
    problem["calls"] = [call for call in problem["calls"] if call["id"] != "C-4"]
    html = report_html(*parsed(problem, plan))
    assert "does not have: call C-4." in html
    assert "stop 1: C-4" in html


def test_a_visit_is_listed_with_its_parcels_substitutes_and_chance_of_a_first_time_fix() -> None:
    words = " ".join(Page(report_html(*parsed(*stocked()))).words.split())
    assert "parts: VALVE × 1; SEAL × 1 by courier from depot, there at 08:10; VALVE for TAP × 1" in words
    assert "first-time fix 80%" in words


def test_restocks_and_meetings_are_listed_and_have_a_symbol_in_the_keys_where_there_are_some(html: str) -> None:
    page = Page(report_html(*parsed(*stocked())))
    words = " ".join(page.words.split())
    assert "depot The harbour store (restock)" in words
    assert "takes on: SEAL × 2, VALVE × 1; borrows crane" in words
    assert "M-1 (meeting)" in words
    assert words.count("restock at a stock location") == words.count("meeting of two vans") == 2
    assert "restock at a stock location" not in Page(html).words


def test_a_location_that_only_the_plan_knows_is_named() -> None:
    problem, plan = stocked()
    problem["stock_locations"] = []
    assert "does not have: stock location depot." in report_html(*parsed(problem, plan))


def test_the_same_plan_gives_the_same_file(html: str) -> None:
    assert report_html(*island()) == html


def test_a_problem_without_any_shift_has_a_report() -> None:
    problem, plan = documents()
    problem |= {"technicians": [], "calls": []}
    plan |= {"routes": [], "unplanned": []}
    plan["kpis"] = {"calls": 0, "planned": 0, "unplanned": 0}
    plan["cost"] = {"total": "0", "by_term": {}}
    assert "0 of 0" in report_html(*parsed(problem, plan))


def test_an_unwritable_place_is_a_file_error(tmp_path: Path) -> None:
    with pytest.raises(FileWriteError):
        dump_report(*island(), tmp_path / "missing" / "plan.html")


def test_a_small_day_is_a_small_file(html: str) -> None:
    assert len(html.encode()) < 100_000


def test_a_server_that_does_not_answer_leaves_straight_lines_and_says_so() -> None:
    problem, plan = documents()
    problem["travel"] = {"source": "osrm", "url": "http://127.0.0.1:9"}
    plan["travel"] = {"source": "osrm"}
    html = report_html(*parsed(problem, plan))
    assert "Ways are drawn as straight lines: " in html
    assert "127.0.0.1:9" in html


def test_times_are_local_to_the_problem_whatever_the_plan_calls_its_zone() -> None:
    problem, plan = documents()
    assert "10:00–11:00" in report_html(*parsed(problem, plan | {"time_zone": "Nowhere/Else"}))
