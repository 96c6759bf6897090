"""Travel times over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from api.settings import Settings
from tests.api.world import World, code_of

A = {"id": "A", "lat": -29.95, "lon": -71.34}
B = {"id": "B", "lat": -29.91, "lon": -71.25}
ROAD = {"source": "road", "network": "coquimbo"}


def question(**changes: Any) -> dict[str, Any]:
    return {"travel": ROAD, "places": [A, B], "lines": [{"origin": "A", "destination": "B"}]} | changes


def test_durations_distances_and_the_line_of_a_drive_are_answered(shared_world: World) -> None:
    answer = shared_world.post("/v1/travel", question())
    assert answer.status_code == 200
    found = answer.json()
    assert [found["duration_s"][i][i] for i in range(2)] == [0, 0]
    assert found["distance_m"][0][1] > 10_000
    (line,) = found["lines"]
    assert line["points"][0]["lat"] == pytest.approx(A["lat"], abs=0.01)
    assert "OpenStreetMap" in found["travel"]["attribution"]


def test_where_there_is_no_way_the_answer_says_so_with_null(shared_world: World) -> None:
    far = {"id": "far", "lat": 52.5, "lon": 13.4}
    found = shared_world.post("/v1/travel", question(places=[A, far], lines=[])).json()
    assert found["duration_s"][0][1] is None
    assert [each["place"] for each in found["warnings"]] == ["far"]


def test_as_the_crow_flies_there_is_no_line(shared_world: World) -> None:
    found = shared_world.post("/v1/travel", question(travel={"source": "geodesic"})).json()
    assert found["lines"][0]["points"] is None


def test_places_that_repeat_or_are_not_there_are_all_told(shared_world: World) -> None:
    answer = shared_world.post("/v1/travel", question(places=[A, A], lines=[{"origin": "A", "destination": "X"}]))
    assert code_of(answer) == (422, "document_faults")
    found = [(each["pointer"], each["code"]) for each in answer.json()["faults"]]
    assert found == [("/lines/0/destination", "unknown_reference"), ("/places/1/id", "duplicate_id")]


def test_a_question_about_nothing_is_refused(shared_world: World) -> None:
    assert code_of(shared_world.post("/v1/travel", question(places=[], lines=[]))) == (422, "document_faults")


def test_more_places_than_the_server_answers_for_are_refused() -> None:
    world = World(Settings(max_travel_places=1))
    with world.client:
        assert code_of(world.post("/v1/travel", question())) == (422, "too_many")
