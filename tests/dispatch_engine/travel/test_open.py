from pathlib import Path

import pytest

from dispatch_engine.model.travel import Matrix, Travel
from dispatch_engine.travel.errors import NetworkNotFoundError, OsrmUnreachableError
from dispatch_engine.travel.open import open_travel

HERE = Path(__file__).parent


def test_a_shipped_network_is_opened_by_its_name() -> None:
    source = open_travel(Travel(source="road", network="nauru"), HERE)
    assert source.provenance().source == "road"


def test_a_given_matrix_is_opened_with_its_profile() -> None:
    matrix = Matrix(profile="bike", places=("A",), duration_s=((0,),), distance_m=((0,),))
    source = open_travel(Travel(source="matrix", matrices=(matrix,)), HERE)
    assert source.provenance().parameters == {"profiles": ["bike"]}


def test_the_crows_flight_needs_nothing() -> None:
    assert open_travel(Travel(), HERE).provenance().source == "geodesic"


def test_a_server_is_opened_by_its_address_without_being_asked() -> None:
    assert open_travel(Travel(source="osrm", url="http://localhost:9"), HERE).provenance().source == "osrm"


def test_a_road_source_without_a_network_is_refused() -> None:
    with pytest.raises(NetworkNotFoundError, match="names no network") as caught:
        open_travel(Travel(source="road"), HERE)
    assert caught.value.pointer == "/travel/network"


def test_a_server_without_an_address_is_refused() -> None:
    with pytest.raises(OsrmUnreachableError, match="names no server"):
        open_travel(Travel(source="osrm"), HERE)
