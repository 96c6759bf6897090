"""What every source of travel times keeps to, whoever computes them."""

import json

import numpy as np
import pytest
from geopy.distance import geodesic

from dispatch_engine.travel.errors import ProfileUnknownError
from dispatch_engine.travel.road import RoadSource
from dispatch_engine.travel.source import CAR, FAR_FROM_ROAD, OUTSIDE_NETWORK, UNREACHABLE_S, Place, TravelSource

Places = tuple[Place, ...]


def test_both_matrices_are_square_and_of_whole_numbers(source: TravelSource, places: Places) -> None:
    matrix = source.matrix(places, CAR)
    for values in (matrix.duration_s, matrix.distance_m):
        assert values.shape == (len(places), len(places))
        assert values.dtype == np.int32


def test_staying_takes_no_time_and_no_way(source: TravelSource, places: Places) -> None:
    matrix = source.matrix(places, CAR)
    assert not matrix.duration_s.diagonal().any()
    assert not matrix.distance_m.diagonal().any()


def test_no_drive_is_negative_or_beyond_unreachable(source: TravelSource, places: Places) -> None:
    matrix = source.matrix(places, CAR)
    for values in (matrix.duration_s, matrix.distance_m):
        assert values.min() >= 0
        assert values.max() <= UNREACHABLE_S


def test_what_is_unreachable_is_so_in_seconds_and_in_metres(source: TravelSource, places: Places) -> None:
    matrix = source.matrix(places, CAR)
    assert np.array_equal(matrix.duration_s == UNREACHABLE_S, matrix.distance_m == UNREACHABLE_S)


def test_places_that_lie_apart_are_apart(source: TravelSource, places: Places) -> None:
    matrix = source.matrix(places[:6], CAR)
    apart = ~np.eye(6, dtype=bool)
    assert matrix.duration_s[apart].min() > 30
    assert matrix.distance_m[apart].min() > 500


def test_driving_is_never_shorter_than_the_crow_flies(source: TravelSource, places: Places) -> None:
    matrix = source.matrix(places[:6], CAR)
    for i, a in enumerate(places[:6]):
        for j, b in enumerate(places[:6]):
            assert matrix.distance_m[i, j] >= geodesic(a.located(), b.located()).m - 300


def test_the_same_question_gets_the_same_answer(source: TravelSource, places: Places) -> None:
    first, second = source.matrix(places, CAR), source.matrix(places, CAR)
    assert np.array_equal(first.duration_s, second.duration_s)
    assert np.array_equal(first.distance_m, second.distance_m)
    assert first.warnings == second.warnings
    assert first.provenance == second.provenance


def test_the_matrices_follow_the_order_of_the_places(source: TravelSource, places: Places) -> None:
    straight, turned = source.matrix(places, CAR), source.matrix(places[::-1], CAR)
    assert np.array_equal(turned.duration_s, straight.duration_s[::-1, ::-1])
    assert np.array_equal(turned.distance_m, straight.distance_m[::-1, ::-1])


def test_fewer_places_give_a_part_of_the_same_matrix(source: TravelSource, places: Places) -> None:
    some, everyone = source.matrix(places[1:4], CAR), source.matrix(places, CAR)
    assert np.array_equal(some.duration_s, everyone.duration_s[1:4, 1:4])


@pytest.mark.parametrize("n_places", [0, 1])
def test_no_place_and_one_place_are_no_special_cases(n_places: int, source: TravelSource, places: Places) -> None:
    matrix = source.matrix(places[:n_places], CAR)
    assert matrix.duration_s.shape == matrix.distance_m.shape == (n_places, n_places)
    assert matrix.warnings == ()


def test_a_place_that_stands_twice_is_at_no_distance_from_itself(source: TravelSource, places: Places) -> None:
    matrix = source.matrix([places[0], places[1], places[0]], CAR)
    assert matrix.duration_s[0, 2] == matrix.distance_m[2, 0] == 0


def test_a_profile_that_the_source_lacks_is_refused_with_those_it_has(source: TravelSource, places: Places) -> None:
    with pytest.raises(ProfileUnknownError, match=r"'hovercraft' is unknown.*it has car.*Maybe"):
        source.matrix(places, "hovercraft")
    with pytest.raises(ProfileUnknownError):
        source.geometry(places[0], places[1], "hovercraft")


def test_warnings_name_places_in_their_order_once_each(source: TravelSource, places: Places) -> None:
    warned = [warning.place_id for warning in source.matrix(places, CAR).warnings]
    assert warned == [place.id for place in places if place.id in warned]


def test_warnings_tell_the_place_and_a_way_out(source: TravelSource, places: Places) -> None:
    for warning in source.matrix(places, CAR).warnings:
        assert repr(warning.place_id) in warning.message
        assert "Maybe" in warning.message


def test_where_the_numbers_come_from_is_told_and_fits_in_json(source: TravelSource, places: Places) -> None:
    provenance = source.matrix(places, CAR).provenance
    assert provenance.source in {"road", "osrm", "matrix", "geodesic"}
    assert provenance.version
    assert json.loads(json.dumps(dict(provenance.parameters))) == dict(provenance.parameters)
    assert source.provenance() == provenance


def test_a_line_leads_from_one_place_to_the_other_or_is_absent(source: TravelSource, places: Places) -> None:
    line = source.geometry(places[0], places[4], CAR)
    if line is not None:
        assert geodesic(line[0], places[0].located()).m < 300
        assert geodesic(line[-1], places[4].located()).m < 300


def test_roads_have_lines_and_an_attribution(source_with_roads: TravelSource, places: Places) -> None:
    line = source_with_roads.geometry(places[0], places[4], CAR)
    assert line is not None
    assert len(line) > 20
    assert "© OpenStreetMap contributors" in source_with_roads.provenance().attribution


def test_a_place_far_from_the_road_is_reported_and_served(source_with_roads: TravelSource, places: Places) -> None:
    matrix = source_with_roads.matrix(places, CAR)
    warning = next(warning for warning in matrix.warnings if warning.place_id == "boat")
    assert warning.code == FAR_FROM_ROAD
    assert warning.distance_m == pytest.approx(1_000, rel=0.5)
    assert matrix.duration_s[6, :6].max() < UNREACHABLE_S


def test_a_place_outside_the_roads_is_reported_and_unreachable(source_with_roads: TravelSource, places: Places) -> None:
    matrix = source_with_roads.matrix(places, CAR)
    assert [warning.code for warning in matrix.warnings if warning.place_id == "ship"] == [OUTSIDE_NETWORK]
    assert (matrix.duration_s[7, :7] == UNREACHABLE_S).all()
    assert (matrix.duration_s[:7, 7] == UNREACHABLE_S).all()
    assert source_with_roads.geometry(places[0], places[7], CAR) is None


def test_roads_agree_with_each_other(source_with_roads: TravelSource, road_source: RoadSource, places: Places) -> None:
    ours, theirs = road_source.matrix(places[:6], CAR), source_with_roads.matrix(places[:6], CAR)
    mean_difference_s = np.abs(ours.duration_s - theirs.duration_s).mean()
    assert mean_difference_s < 0.04 * ours.duration_s.mean()
