"""The report in a real browser: it opens from a file, asks for nothing, and its clicks do what they say."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from dispatch_engine.reports.html import dump_report
from tests.dispatch_engine.island import island

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium, which is not installed")


class Opened:
    """A page with what it said and asked for."""

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(path.as_uri())

    def shown(self, selector: str) -> int:
        """Return how many of the elements are visible."""
        return sum(element.is_visible() for element in self.page.query_selector_all(selector))

    def view_box(self) -> list[float]:
        """Return x, y, width and height of the part of the map that is shown."""
        return [float(part) for part in (self.page.get_attribute("svg.ground", "viewBox") or "").split()]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "plan.html"
    dump_report(*island(), path)
    return path


@pytest.fixture
def opened(browser: Browser, report: Path) -> Iterator[Opened]:
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    yield Opened(page, report)
    page.close()


def test_the_page_opens_without_a_complaint_and_without_a_request(opened: Opened, report: Path) -> None:
    opened.page.click("button[data-zoom='1.5']")
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("data:")] == [report.as_uri()]


def test_a_click_on_a_technician_shows_that_one_alone(opened: Opened) -> None:
    assert opened.shown(".routes [data-t]") == 2
    opened.page.click(".crew button[data-pick='1']")
    assert opened.shown(".routes [data-t='0']") == 0
    assert opened.shown(".routes [data-t='1']") == 1
    assert opened.shown("section.route") == 1
    assert opened.page.get_attribute(".crew button[data-pick='1']", "aria-pressed") == "true"


@pytest.mark.parametrize("way_back", ["same", "everyone", "escape"])
def test_everyone_comes_back(opened: Opened, way_back: str) -> None:
    opened.page.click(".crew button[data-pick='1']")
    if way_back == "escape":
        opened.page.keyboard.press("Escape")
    else:
        opened.page.click(f".crew button[data-pick='{'1' if way_back == 'same' else 'all'}']")
    assert opened.shown(".routes [data-t]") == 2
    assert opened.page.get_attribute(".crew button[data-pick='all']", "aria-pressed") == "true"


def test_a_click_on_a_route_of_the_map_picks_its_technician(opened: Opened) -> None:
    opened.page.dispatch_event(".routes [data-pick='1'] path", "click")
    assert opened.shown(".routes [data-t='0']") == 0


def test_the_map_zooms_in_and_out_within_its_frame(opened: Opened) -> None:
    whole = opened.view_box()
    opened.page.click("button[data-zoom='1.5']")
    assert opened.view_box()[2] == pytest.approx(whole[2] / 1.5)
    opened.page.click("button[data-zoom='0']")
    assert opened.view_box() == pytest.approx(whole, abs=0.1)


def test_markers_keep_their_size_when_the_map_zooms(opened: Opened) -> None:
    marker = ".markers .visit circle"
    before = opened.page.locator(marker).first.bounding_box()
    opened.page.click("button[data-zoom='1.5']")
    after = opened.page.locator(marker).first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(before["width"], rel=0.05)


def test_the_map_moves_under_the_mouse(opened: Opened) -> None:
    opened.page.click("button[data-zoom='1.5']")
    before = opened.view_box()
    opened.page.locator("svg.ground").scroll_into_view_if_needed()
    box = opened.page.locator("svg.ground").bounding_box()
    assert box is not None
    opened.page.mouse.move(box["x"] + 300, box["y"] + 300)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + 250, box["y"] + 260)
    opened.page.mouse.up()
    after = opened.view_box()
    assert after[0] > before[0]
    assert after[1] > before[1]


def test_paper_has_no_controls_and_everything_else(opened: Opened) -> None:
    opened.page.emulate_media(media="print")
    assert opened.shown(".controls, nav, .everyone") == 0
    assert opened.shown("#summary, .gantt, .ground, #unplanned, #cost, #stops, #found") == 7


LINES_OF_WORDS = """headings => headings.filter(each => !each.textContent.trim().includes(" ")).map(each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return [each.textContent, range.getClientRects().length];
})"""


def test_paper_breaks_no_word_of_a_heading(opened: Opened) -> None:
    opened.page.emulate_media(media="print")
    opened.page.set_viewport_size({"width": 703, "height": 1000})  # an A4 page within its margins
    found = opened.page.eval_on_selector_all("#unplanned > table > thead th", LINES_OF_WORDS)
    assert found == [[heading, 1] for heading in ("Call", "Priority", "Due", "Why")]


def test_without_script_the_page_is_a_picture(browser: Browser, report: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        opened = Opened(context.new_page(), report)
        assert opened.shown(".routes [data-t]") == 2
        assert opened.shown(".controls, .everyone button") == 0
