"""The page that explains the API: everything is on it, and a browser shows it as it comes, with nothing else."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from api.manual.kinds import Piece, kind_of, limits_of
from api.manual.wording import prose, words
from api.openapi import operations
from tests.api.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.world import World

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def test_the_page_has_every_route_and_shape_and_no_link_leads_nowhere(shared_world: World) -> None:
    page = shared_world.client.get("/docs").text
    described = shared_world.app.openapi()
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert ids >= {each["operationId"] for _, each in operations(described)}
    assert ids >= {f"shape-{name}" for name in described["components"]["schemas"]}
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


def test_the_page_is_not_sent_again_to_who_has_it(shared_world: World) -> None:
    etag = shared_world.client.get("/docs").headers["ETag"]
    again = shared_world.client.get("/docs", headers={"If-None-Match": etag})
    assert (again.status_code, again.text) == (304, "")


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "string", "format": "date-time"}, "date-time"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Call"}}, "list of Call"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "integer or null"),
        ({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "integer"}]}, "integer"),
        ({"type": "object", "patternProperties": {"^a": {"type": "number"}}}, "object of number"),
        ({"enum": ["a", "b"]}, '"a" | "b"'),
        ({"const": 1}, "1"),
        ({}, "anything"),
    ],
)
def test_a_kind_is_said_in_words(schema: dict[str, Any], said: str) -> None:
    assert "".join(piece.text for piece in kind_of(schema)) == said


def test_a_kind_leads_to_the_shape_that_it_names() -> None:
    assert kind_of({"$ref": "#/components/schemas/Call"}) == (Piece("Call", "Call"),)


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"minimum": 1, "maximum": 1000}, "1 to 1,000"),
        ({"exclusiveMinimum": 0}, "above 0"),
        ({"anyOf": [{"maxLength": 40}, {"type": "null"}]}, "at most 40 characters"),
        ({"minItems": 2}, "at least 2 entries"),
        ({}, ""),
    ],
)
def test_limits_are_said_in_words(schema: dict[str, Any], said: str) -> None:
    assert limits_of(schema) == said


def test_descriptions_are_text_and_never_markup_of_their_own() -> None:
    assert words("``a<b`` & `c`") == "<code>a&lt;b</code> &amp; <code>c</code>"
    assert prose("one\n\n<two>") == "<p>one</p><p>&lt;two&gt;</p>"


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium, which is not installed")
@pytest.mark.usefixtures("compiled")
def test_a_browser_opens_the_address_that_the_server_prints_and_asks_for_nothing_else(tmp_path: Path) -> None:
    complaints: list[str] = []
    requests: list[str] = []
    with serving(tmp_path / "d.db") as server, sync_playwright() as playwright:
        (printed,) = [line for line in server.lines if "documentation of the API" in line]
        address = re.findall(r"http://\S+/docs", printed)[0]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        page.click("nav a[href='#post_events']")
        page.click("#post_events a[href='#shape-CommandList']")
        page.click("#shape-CommandList a[href='#shape-ReportVisit']")
        assert page.locator("#shape-ReportVisit").bounding_box()["y"] < 900  # type: ignore[index]
        assert page.evaluate("getComputedStyle(document.querySelector('nav')).position") == "fixed"
        browser.close()
    assert complaints == []
    assert [url for url in requests if not url.startswith("data:")] == [address]
