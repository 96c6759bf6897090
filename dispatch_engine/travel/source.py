"""What every source of travel times offers, and the values that go in and out.

The module is free of heavy imports, so that the command line can name places and sources at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from dispatch_engine.travel.errors import PlaceInvalidError, ProfileUnknownError

if TYPE_CHECKING:
    from dispatch_engine.travel.arrays import Int32Matrix

UNREACHABLE_S = 10_000_000
"""Stands for "no way" in both matrices, seconds and metres alike: 116 days, beyond every planning horizon."""

OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"
"""What whoever shows OpenStreetMap's data must show beside it."""

CAR = "car"
"""The profile that every source knows."""

FAR_FROM_ROAD = "far_from_road"
OUTSIDE_NETWORK = "outside_network"
NO_ROUTE = "no_route"
CLOSED_AREA = "closed_area"


class LatLon(NamedTuple):
    """A point on the ground in WGS 84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Place:
    """A point that technicians leave from or drive to.

    Parameters
    ----------
    id
        Names the place in warnings and in a given matrix.
    lat, lon
        WGS 84 degrees; None where only a given matrix knows the place.

    Raises
    ------
    PlaceInvalidError
        A coordinate is not a number or off the globe.
    """

    id: str
    lat: float | None = None
    lon: float | None = None

    def __post_init__(self) -> None:
        for name, value, limit in (("lat", self.lat, 90.0), ("lon", self.lon, 180.0)):
            if value is not None and not abs(value) <= limit:
                raise PlaceInvalidError(
                    f"place {self.id!r} has {name} {value}; it must lie between {-limit:g} and {limit:g} degrees",
                    value=value,
                    advice="Maybe lat and lon are swapped, or given in metres.",
                )

    def located(self) -> LatLon:
        """Return the coordinates.

        Raises
        ------
        PlaceInvalidError
            The place has none.
        """
        if self.lat is None or self.lon is None:
            raise PlaceInvalidError(
                f"place {self.id!r} has no coordinates, which the travel source needs",
                value=self.id,
                advice="Maybe give it lat and lon, or use a given matrix that names it.",
            )
        return LatLon(self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class PlaceWarning:
    """Something a dispatcher should know about a place; never fatal.

    Parameters
    ----------
    place_id
        The place meant.
    code
        `far_from_road`, `outside_network`, `no_route` or `closed_area`.
    message
        A sentence with the value in it.
    distance_m
        Metres from the place to the nearest road, where that is what the warning is about.
    """

    place_id: str
    code: str
    message: str
    distance_m: int | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where travel times came from, complete enough to get them again.

    Parameters
    ----------
    source
        `road`, `osrm`, `matrix` or `geodesic`.
    version
        Version or digest of the data behind the source.
    attribution
        What must be shown beside a map or report; empty where nobody needs naming.
    parameters
        JSON values that shape the answer: speeds, limits, the address of a server.
    """

    source: str
    version: str
    attribution: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class TravelMatrix:
    """Travel between each two of a list of places, asymmetric.

    Parameters
    ----------
    duration_s
        `duration_s[i, j]` seconds of driving from place i to place j, shape `(n_places, n_places)`, int32,
        zero on the diagonal, `UNREACHABLE_S` where there is no way.
    distance_m
        The metres of the same drive, `UNREACHABLE_S` where there is no way.
    warnings
        In the order of the places.
    provenance
        Of both matrices.
    """

    duration_s: Int32Matrix
    distance_m: Int32Matrix
    warnings: tuple[PlaceWarning, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True, eq=False)
class AddedTravel:
    """Travel from places that are added to every place, and from every place to them.

    Parameters
    ----------
    from_added_s, from_added_m
        Seconds and metres from each added place, shape `(n_added, n_places + n_added)`: to those that were there, then
        to the added ones.
    to_added_s, to_added_m
        Seconds and metres from those that were there, shape `(n_places, n_added)`.
    warnings
        About the added places.
    """

    from_added_s: Int32Matrix
    from_added_m: Int32Matrix
    to_added_s: Int32Matrix
    to_added_m: Int32Matrix
    warnings: tuple[PlaceWarning, ...]


class TravelSource(Protocol):
    """Something that knows how long drives take."""

    def matrix(self, places: Sequence[Place], profile: str) -> TravelMatrix:
        """Return durations and distances between each two places, in the order given.

        Raises
        ------
        TravelError
            The source cannot answer at all; a single place that cannot be reached is a warning instead.
        """

    def geometry(self, origin: Place, destination: Place, profile: str = CAR) -> list[LatLon] | None:
        """Return the line of the drive from origin to destination; None where no line is known."""

    def provenance(self) -> Provenance:
        """Return where the answers come from."""


def require_profile(profile: str, known: Sequence[str], source: str) -> None:
    """Refuse a profile that a source does not have.

    Raises
    ------
    ProfileUnknownError
        `profile` is none of `known`.
    """
    if profile not in known:
        raise ProfileUnknownError(
            f"profile {profile!r} is unknown to the travel source {source!r}; it has {', '.join(known)}",
            value=profile,
            advice=f"Maybe use {known[0]!r} and a travel speed factor for the technician.",
        )


@runtime_checkable
class GrowingSource(TravelSource, Protocol):
    """A source that knows a quicker way to the drives of a few places more than the whole matrix."""

    def added(self, places: Sequence[Place], added: Sequence[Place], profile: str) -> AddedTravel:
        """Return what `matrix` of all of them says of the added places.

        Raises
        ------
        TravelError
            As `matrix`.
        """


@runtime_checkable
class PreparedSource(TravelSource, Protocol):
    """A source that can load ahead what its first answer would have to wait for."""

    def get_ready(self) -> None:
        """Load it now."""


def get_ready(source: TravelSource) -> None:
    """Load ahead what the first answer of a source would have to wait for, where it can."""
    if isinstance(source, PreparedSource):
        source.get_ready()


def added_travel(source: TravelSource, places: Sequence[Place], added: Sequence[Place], profile: str) -> AddedTravel:
    """Return travel from and to places that are added, by the quickest way that the source has.

    Raises
    ------
    TravelError
        The source cannot answer.
    """
    if isinstance(source, GrowingSource):
        return source.added(places, added, profile)
    whole, n = source.matrix([*places, *added], profile), len(places)
    names = {place.id for place in added}
    return AddedTravel(
        from_added_s=whole.duration_s[n:],
        from_added_m=whole.distance_m[n:],
        to_added_s=whole.duration_s[:n, n:],
        to_added_m=whole.distance_m[:n, n:],
        warnings=tuple(each for each in whole.warnings if each.place_id in names),
    )
