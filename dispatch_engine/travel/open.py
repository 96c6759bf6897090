"""Open the travel source that a document names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_engine.travel.cache import MatrixCache, default_cache_dir
from dispatch_engine.travel.errors import NetworkNotFoundError, OsrmUnreachableError
from dispatch_engine.travel.network.locate import locate_network
from dispatch_engine.travel.source import CAR, TravelSource

if TYPE_CHECKING:
    from dispatch_engine.model.travel import Travel, TravelSourceName
    from dispatch_engine.travel.network.closing import ClosedAreas


def open_travel(travel: Travel, base_dir: Path) -> TravelSource:
    """Return the source of travel times.

    Parameters
    ----------
    travel
        What the document says of travel.
    base_dir
        The document's folder, from which a network is looked for first.

    Raises
    ------
    TravelError
        What the source needs is not stated, not found or of no use.
    """
    return OPENERS[travel.source](travel, base_dir)


def _open_road(travel: Travel, base_dir: Path) -> TravelSource:
    from dispatch_engine.travel.road import RoadSource  # with scipy and shapely

    if travel.network is None:
        raise NetworkNotFoundError(
            "the travel source 'road' names no network",
            pointer="/travel/network",
            advice="Maybe name one that comes with the program, such as 'coquimbo', or the path of a network file.",
        )
    path = locate_network(travel.network, base_dir)
    return RoadSource.from_file(path, MatrixCache(default_cache_dir()), areas=_closed_areas(travel))


def _closed_areas(travel: Travel) -> ClosedAreas | None:
    if not travel.closed_areas:
        return None
    from dispatch_engine.model.areas import area_of
    from dispatch_engine.travel.network.closing import ClosedAreas

    outlines = (area_of(each) for each in travel.closed_areas)
    return ClosedAreas([each for each in outlines if each is not None])


def _open_osrm(travel: Travel, base_dir: Path) -> TravelSource:
    from dispatch_engine.travel.osrm import OsrmSource
    from dispatch_engine.travel.osrm_client import OsrmClient

    if travel.url is None:
        raise OsrmUnreachableError(
            "the travel source 'osrm' names no server",
            pointer="/travel/url",
            advice="Maybe give its address as url, such as http://localhost:5000.",
        )
    return OsrmSource(OsrmClient(travel.url), {CAR: "driving"})


def _open_matrix(travel: Travel, base_dir: Path) -> TravelSource:
    from dispatch_engine.travel.given import GivenSource, GivenTable

    tables = {
        matrix.profile: GivenTable(matrix.places, matrix.duration_s, matrix.distance_m) for matrix in travel.matrices
    }
    return GivenSource(tables)


def _open_geodesic(travel: Travel, base_dir: Path) -> TravelSource:
    from dispatch_engine.travel.geodesic import GeodesicSource

    return GeodesicSource()


OPENERS: dict[TravelSourceName, Callable[[Travel, Path], TravelSource]] = {
    "road": _open_road,
    "osrm": _open_osrm,
    "matrix": _open_matrix,
    "geodesic": _open_geodesic,
}
