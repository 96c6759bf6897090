"""GeoJSON as RFC 7946 has it."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from dispatch_engine.exports.geojson import cut_at_antimeridian, geojson_text
from dispatch_engine.exports.lines import driven_lines
from dispatch_engine.exports.view import PlanView
from tests.dispatch_engine.island import Document, documents, parsed, stocked


def exported(problem: Document, plan: Document) -> dict[str, Any]:
    view = PlanView(*parsed(problem, plan))
    whole: dict[str, Any] = json.loads(geojson_text(view, driven_lines(view, Path())))
    return whole


@pytest.fixture(scope="module")
def features() -> list[dict[str, Any]]:
    whole: list[dict[str, Any]] = exported(*documents())["features"]
    return whole


def of_kind(features: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [feature for feature in features if feature["properties"]["kind"] == kind]


def test_another_library_reads_every_geometry(features: list[dict[str, Any]]) -> None:
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    assert all(shape.is_valid for shape in shapes)
    assert [shape.geom_type for shape in shapes] == ["LineString"] * 2 + ["Point"] * 5


def test_longitude_comes_before_latitude(features: list[dict[str, Any]]) -> None:
    assert of_kind(features, "fact")[0]["geometry"]["coordinates"] == [166.9117, -0.5265]


def test_a_route_is_a_line_along_the_roads_from_home_to_home(features: list[dict[str, Any]]) -> None:
    route = of_kind(features, "route")[0]
    line = route["geometry"]["coordinates"]
    assert len(line) > 50
    assert line[0] == line[-1] == [166.9168, -0.5453]
    assert route["properties"]["along_roads"] is True


def test_no_point_of_a_line_repeats_the_one_before(features: list[dict[str, Any]]) -> None:
    line = of_kind(features, "route")[0]["geometry"]["coordinates"]
    assert all(one != other for one, other in itertools.pairwise(line))


def test_a_route_says_whose_it_is_and_what_it_adds_up_to(features: list[dict[str, Any]]) -> None:
    properties = of_kind(features, "route")[0]["properties"]
    assert properties["technician_name"] == "Van one"
    assert (properties["visits"], properties["distance_m"]) == (3, 14500)


def test_an_unplanned_call_is_a_point_with_its_reasons(features: list[dict[str, Any]]) -> None:
    (unplanned,) = of_kind(features, "unplanned")
    assert unplanned["properties"]["reasons"] == ["skill", "shift"]
    assert unplanned["geometry"]["coordinates"] == [166.9354, -0.5215]


def test_breaks_have_no_place_and_are_left_out(features: list[dict[str, Any]]) -> None:
    assert of_kind(features, "break") == []


def test_the_attribution_travels_with_the_lines() -> None:
    assert "OpenStreetMap" in exported(*documents())["attribution"]


def test_straight_lines_say_that_they_are() -> None:
    problem, plan = documents()
    problem["travel"] = plan["travel"] = {"source": "geodesic"}
    route = exported(problem, plan)["features"][0]
    assert route["properties"]["along_roads"] is False
    assert len(route["geometry"]["coordinates"]) == 5


def test_what_has_no_coordinates_has_no_geometry() -> None:
    problem, plan = documents()
    plan["routes"] = []
    problem["calls"] = problem["calls"][:4]
    assert exported(problem, plan)["features"][-1]["geometry"] is None


def test_a_route_with_one_place_alone_has_no_line() -> None:
    problem, plan = documents()
    problem["calls"] = [call for call in problem["calls"] if call["id"] != "C-4"]
    route = plan["routes"][1]
    del route["end_place"], route["stops"][0]["place"]
    plan["routes"] = [route]
    assert exported(problem, plan)["features"][0]["geometry"] is None


@pytest.mark.parametrize("sign", [1, -1])
def test_a_line_over_the_antimeridian_is_cut_there(sign: int) -> None:
    parts = cut_at_antimeridian([(sign * 179.0, -17.0), (sign * -179.0, -18.0), (sign * -178.0, -18.0)])
    assert parts == [
        [(sign * 179.0, -17.0), (sign * 180.0, -17.5)],
        [(sign * -180.0, -17.5), (sign * -179.0, -18.0), (sign * -178.0, -18.0)],
    ]


def test_other_lines_stay_whole() -> None:
    assert cut_at_antimeridian([(-1.0, 0.0), (1.0, 0.0)]) == [[(-1.0, 0.0), (1.0, 0.0)]]


def test_a_restock_and_a_meeting_are_points_at_their_places() -> None:
    found = exported(*stocked())["features"]
    assert [each["geometry"]["coordinates"] for each in of_kind(found, "restock")] == [[166.9117, -0.5265]]
    assert [each["properties"]["meeting"] for each in of_kind(found, "meeting")] == ["M-1", "M-1"]
