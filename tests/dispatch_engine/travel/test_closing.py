"""Areas that are closed to traffic: nobody drives through, nobody gets in, everything else is as before."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely

from dispatch_engine.model.travel import Travel
from dispatch_engine.travel.cache import MatrixCache
from dispatch_engine.travel.network.closing import ClosedAreas
from dispatch_engine.travel.network.network import Network
from dispatch_engine.travel.open import open_travel
from dispatch_engine.travel.permitted import PermittedSources, TravelPermit
from dispatch_engine.travel.road import RoadSource
from dispatch_engine.travel.source import CLOSED_AREA, UNREACHABLE_S, Place

Scatter = Callable[[Network, int], list[Place]]
ROAD = {"highway": "residential"}
SQUARE = {1: (0, 0), 2: (10, 0), 3: (10, 10), 4: (0, 10), 5: (-1, -1), 6: (11, -1), 7: (11, 11), 8: (-1, 11)}
"""The corners of a block, whose streets go round it, and the ends of a street that leads away from each."""
START, END, MIDDLE = Place("start", 0.0, 0.0), Place("end", 0.010, 0.010), Place("middle", 0.0, 0.005)
SOUTH = shapely.box(0.004, -0.001, 0.006, 0.001)
"""Holds the middle of the southern street."""


@pytest.fixture
def block(network_from: Callable[..., Network]) -> Network:
    ways = [([1, 2], ROAD), ([2, 3], ROAD), ([3, 4], ROAD), ([4, 1], ROAD), *(([k, k + 4], ROAD) for k in (1, 2, 3, 4))]
    return network_from(SQUARE, ways)


def closing(*areas: shapely.Polygon) -> ClosedAreas:
    return ClosedAreas(areas)


def test_drives_lead_round_a_closed_area(block: Network) -> None:
    corner = Place("corner", 0.0, 0.010)
    open_m = RoadSource(block).matrix([START, corner]).distance_m[0, 1]
    closed_m = RoadSource(block, areas=closing(SOUTH)).matrix([START, corner]).distance_m[0, 1]
    assert closed_m == pytest.approx(3 * open_m, rel=0.01)


def test_a_place_in_a_closed_area_is_not_reached_and_says_so(block: Network) -> None:
    matrix = RoadSource(block, areas=closing(SOUTH)).matrix([START, MIDDLE, END])
    assert (matrix.duration_s[[0, 1, 2], [1, 2, 1]] == UNREACHABLE_S).all()
    assert matrix.duration_s[0, 2] < UNREACHABLE_S
    assert [(each.place_id, each.code) for each in matrix.warnings] == [("middle", CLOSED_AREA)]


def test_a_place_beside_a_closed_street_is_reached_from_the_nearest_open_one(block: Network) -> None:
    beside = Place("beside", 0.0, 0.002)
    matrix = RoadSource(block, areas=closing(SOUTH)).matrix([beside, END])
    assert matrix.duration_s[0, 1] < UNREACHABLE_S


def test_an_area_without_roads_changes_nothing(nauru: Network, scatter: Scatter) -> None:
    places, away = scatter(nauru, 12), closing(shapely.box(10, 10, 11, 11))
    one, other = RoadSource(nauru).matrix(places), RoadSource(nauru, areas=away).matrix(places)
    assert np.array_equal(one.duration_s, other.duration_s)


def test_where_everything_is_closed_nothing_is_reached(block: Network) -> None:
    matrix = RoadSource(block, areas=closing(shapely.box(-1, -1, 1, 1))).matrix([START, END])
    assert matrix.duration_s.tolist() == [[0, UNREACHABLE_S], [UNREACHABLE_S, 0]]
    assert {each.code for each in matrix.warnings} == {CLOSED_AREA}


def test_no_line_leads_through_a_closed_area(block: Network) -> None:
    line = RoadSource(block, areas=closing(SOUTH)).geometry(START, Place("corner", 0.0, 0.010))
    assert line is not None
    assert not shapely.LineString([(p.lon, p.lat) for p in line]).intersects(SOUTH)


def test_added_places_give_the_matrix_of_all_places(nauru: Network, scatter: Scatter) -> None:
    places = scatter(nauru, 14)
    lat, lon = places[11].lat, places[11].lon
    assert lat is not None
    assert lon is not None
    source = RoadSource(nauru, areas=closing(shapely.Point(lon, lat).buffer(0.003)))
    extended, whole = source.extended(source.matrix(places[:9]), places[:9], places[9:]), source.matrix(places)
    assert np.array_equal(extended.duration_s, whole.duration_s)
    assert extended.warnings == whole.warnings


def test_a_kept_matrix_is_not_that_of_other_areas(block: Network, tmp_path: Path) -> None:
    corner, cache = Place("corner", 0.0, 0.010), MatrixCache(tmp_path)
    free_s = RoadSource(block, cache).matrix([START, corner]).duration_s[0, 1]
    assert RoadSource(block, cache, areas=closing(SOUTH)).matrix([START, corner]).duration_s[0, 1] > free_s
    assert RoadSource(block, cache).matrix([START, corner]).duration_s[0, 1] == free_s


def test_the_document_closes_areas_and_the_plan_says_so() -> None:
    corners = [(-29.95, -71.34), (-29.95, -71.33), (-29.94, -71.33)]
    polygon = [{"lat": lat, "lon": lon} for lat, lon in corners]
    travel = Travel.model_validate({"source": "road", "network": "coquimbo", "closed_areas": [{"polygon": polygon}]})
    assert open_travel(travel, Path()).provenance().parameters["closed_areas"] == 1
    sources = PermittedSources(TravelPermit())
    opened = sources.open(travel.model_copy(update={"closed_areas": ()})), sources.open(travel), sources.open(travel)
    assert opened[0] is not opened[1]
    assert opened[1] is opened[2]
