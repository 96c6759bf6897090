import numpy as np
import pytest
from geopy.distance import geodesic

from dispatch_engine.travel.ellipsoid import geodesic_m, geodesic_matrix_m
from dispatch_engine.travel.geodesic import GeodesicSource, circuity
from dispatch_engine.travel.source import UNREACHABLE_S, Place

PAIRS = {
    "a street apart": ((-29.9, -71.25), (-29.9007, -71.2512)),
    "a city apart": ((-29.9, -71.25), (-30.08, -71.35)),
    "across the date line": ((-17.0, 179.9), (-17.2, -179.8)),
    "a continent apart": ((52.5, 13.4), (-33.9, 18.4)),
    "along the equator": ((0.0, 0.0), (0.0, 1.0)),
    "over the pole": ((89.9, 0.0), (89.9, 180.0)),
    "at the same spot": ((5.0, 5.0), (5.0, 5.0)),
    "opposite": ((0.0, 0.0), (0.0, 180.0)),
    "nearly opposite": ((0.0, 0.0), (0.5, 179.7)),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_distances_agree_with_geopy_to_the_millimetre(pair: tuple[tuple[float, float], tuple[float, float]]) -> None:
    a, b = pair
    metres = geodesic_m(*(np.array([value]) for value in (*a, *b)))
    assert metres[0] == pytest.approx(geodesic(a, b).m, abs=1e-3)


def test_a_whole_region_agrees_with_geopy_to_the_micrometre() -> None:
    random = np.random.default_rng(1)
    lat, lon = random.uniform(41, 41.4, 30), random.uniform(-8.8, -8.4, 30)
    expected = [[geodesic((lat[i], lon[i]), (lat[j], lon[j])).m for j in range(30)] for i in range(30)]
    assert np.allclose(geodesic_matrix_m(lat, lon), expected, rtol=0, atol=1e-6)


def test_durations_follow_the_fitted_law() -> None:
    a, b = Place("a", -29.9, -71.25), Place("b", -29.95, -71.3)
    metres = geodesic(a.located(), b.located()).m
    matrix = GeodesicSource().matrix([a, b])
    assert matrix.duration_s[0, 1] == matrix.duration_s[1, 0] == round(1.26 * metres**0.725)
    assert matrix.distance_m[0, 1] == round(metres * float(circuity(np.array(metres))))


@pytest.mark.parametrize(
    ("crow_m", "expected"), [(0, 1.45), (2_000, 1.45), (6_000, 1.425), (10_000, 1.40), (20_000, 1.35), (90_000, 1.30)]
)
def test_roads_wind_less_over_longer_distances(crow_m: float, expected: float) -> None:
    assert circuity(np.array(crow_m)) == pytest.approx(expected)


def test_a_place_beyond_every_horizon_is_unreachable_by_no_more_than_the_sentinel() -> None:
    matrix = GeodesicSource().matrix([Place("here", 0, 0), Place("opposite", 0, 180)])
    assert matrix.distance_m[0, 1] == UNREACHABLE_S
