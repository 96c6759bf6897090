import pytest

from dispatch_engine.travel.errors import MatrixInvalidError, MatrixPlaceMissingError
from dispatch_engine.travel.given import GivenSource, GivenTable
from dispatch_engine.travel.source import NO_ROUTE, UNREACHABLE_S, Place

IDS = ("a", "b", "c")
SECONDS = ((0, 10, 20), (11, 0, 21), (12, 22, 0))
METRES = ((0, 100, 200), (110, 0, 210), (120, 220, 0))


def source(ids: tuple[str, ...] = IDS, seconds: object = SECONDS, metres: object = METRES) -> GivenSource:
    return GivenSource({"car": GivenTable(ids, seconds, metres)})  # type: ignore[arg-type] # faulty tables on purpose


def test_rows_are_picked_by_id_in_the_order_asked_for() -> None:
    matrix = source().matrix([Place("c"), Place("a")])
    assert matrix.duration_s.tolist() == [[0, 12], [20, 0]]
    assert matrix.distance_m.tolist() == [[0, 120], [200, 0]]


def test_a_place_that_the_matrix_lacks_is_named() -> None:
    with pytest.raises(MatrixPlaceMissingError, match=r"no row for 'x', 'y'.*Maybe"):
        source().matrix([Place("x"), Place("a"), Place("y")])


def test_null_means_no_way_and_a_place_cut_off_is_reported() -> None:
    cut_off = ((0, 10, None), (11, 0, None), (12, 22, 0))
    matrix = source(seconds=cut_off, metres=cut_off).matrix([Place(place_id) for place_id in IDS])
    assert matrix.duration_s[0, 2] == matrix.distance_m[0, 2] == UNREACHABLE_S
    assert [(warning.place_id, warning.code) for warning in matrix.warnings] == [("c", NO_ROUTE)]


def test_one_missing_way_is_no_warning() -> None:
    one_missing = ((0, 10, None), (11, 0, 21), (12, 22, 0))
    assert source(seconds=one_missing).matrix([Place(place_id) for place_id in IDS]).warnings == ()


def test_a_diagonal_that_is_not_zero_is_taken_as_zero() -> None:
    matrix = source(seconds=((5, 10, 20), (11, 5, 21), (12, 22, 5))).matrix([Place("a"), Place("b")])
    assert matrix.duration_s.diagonal().tolist() == [0, 0]


@pytest.mark.parametrize(
    ("faulty", "said"),
    [
        (((0, 10), (11, 0)), "has 3 places"),
        (((0, 10, 20), (11, 0), (12, 22, 0)), "has 3 places"),
        (((0, -1, 20), (11, 0, 21), (12, 22, 0)), "-1 from 'a' to 'b'"),
        (((0, float("nan"), 20), (11, 0, 21), (12, 22, 0)), "nan from 'a' to 'b'"),
        (((0, float("inf"), 20), (11, 0, 21), (12, 22, 0)), "inf from 'a' to 'b'"),
    ],
)
def test_a_matrix_that_is_none_is_refused_with_the_entry(faulty: object, said: str) -> None:
    with pytest.raises(MatrixInvalidError, match=said):
        source(seconds=faulty)


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(MatrixInvalidError, match="names 'a' twice"):
        source(ids=("a", "b", "a"))


def test_no_matrix_at_all_is_refused() -> None:
    with pytest.raises(MatrixInvalidError, match="has no matrix"):
        GivenSource({})


def test_the_version_is_a_digest_of_the_numbers() -> None:
    other = ((0, 10, 20), (11, 0, 21), (12, 23, 0))
    assert source().provenance().version == source().provenance().version
    assert source().provenance().version != source(seconds=other).provenance().version
