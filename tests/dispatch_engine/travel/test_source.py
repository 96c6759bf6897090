import math
import subprocess
import sys

import pytest

from dispatch_engine.travel.errors import PlaceInvalidError
from dispatch_engine.travel.source import LatLon, Place


@pytest.mark.parametrize(("lat", "lon"), [(90, 180), (-90, -180), (0, 0)])
def test_every_point_of_the_globe_is_a_place(lat: float, lon: float) -> None:
    assert Place("p", lat, lon).located() == LatLon(lat, lon)


@pytest.mark.parametrize(("lat", "lon"), [(200, 0), (90.1, 0), (0, -180.1), (math.nan, 0), (0, math.inf)])
def test_a_coordinate_off_the_globe_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(PlaceInvalidError, match=r"place 'p' has l.*Maybe"):
        Place("p", lat, lon)


def test_a_place_without_coordinates_says_so_when_they_are_needed() -> None:
    with pytest.raises(PlaceInvalidError, match=r"place 'p' has no coordinates.*Maybe"):
        Place("p").located()


def test_naming_places_and_sources_loads_nothing_heavy() -> None:
    heavy = ["numpy", "scipy", "shapely", "networkx", "geopy", "httpx", "osmium", "pydantic"]
    code = "import sys, dispatch_engine.travel.source; print([name for name in sys.argv[1:] if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
