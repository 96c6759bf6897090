"""A road network as arrays: nodes where roads meet, segments between them, the points that draw them.

Every segment has one speed a direction, one class and one name. A node's delay is charged on entering it.
"""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dispatch_engine.travel.network.ground import E7
from dispatch_engine.travel.network.tags import ROAD_CLASSES

if TYPE_CHECKING:
    from numpy.typing import DTypeLike


@dataclass(frozen=True, slots=True)
class BoundingBox:
    """A rectangle of WGS 84 degrees, bounds included."""

    south: float
    west: float
    north: float
    east: float

    @property
    def middle_lat(self) -> float:
        """Latitude halfway between south and north."""
        return (self.south + self.north) / 2


@dataclass(frozen=True, slots=True, eq=False)
class Street:
    """A drawn segment: its class and name, and its points in degrees, shape `(n_points,)` each."""

    road_class: str
    name: str
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a network was built from.

    Parameters
    ----------
    file_name
        Of the OpenStreetMap file, without its folder.
    file_sha256
        Digest of that file.
    attribution
        What must be shown beside a map or report.
    """

    file_name: str
    file_sha256: str
    attribution: str


@dataclass(frozen=True, eq=False)
class RoadArrays:
    """The numbers of a network.

    Parameters
    ----------
    node_lat_e7, node_lon_e7
        Shape `(n_nodes,)`, 1e-7 degrees.
    node_delay_ms
        Shape `(n_nodes,)`, milliseconds lost on entering the node.
    segment_from, segment_to
        Shape `(n_segments,)`, nodes at the two ends.
    segment_class, segment_name
        Shape `(n_segments,)`, index into `ROAD_CLASSES` and into the names.
    segment_length_dm
        Shape `(n_segments,)`, decimetres.
    segment_forward_ms, segment_backward_ms
        Shape `(n_segments,)`, milliseconds from end to end; 0 closes the direction.
    segment_first_point
        Shape `(n_segments + 1,)`; segment k has the points `first[k]` up to but not including `first[k + 1]`.
    point_lat_e7, point_lon_e7
        Shape `(n_points,)`, 1e-7 degrees.
    """

    node_lat_e7: NDArray[np.int32]
    node_lon_e7: NDArray[np.int32]
    node_delay_ms: NDArray[np.int32]
    segment_from: NDArray[np.int32]
    segment_to: NDArray[np.int32]
    segment_class: NDArray[np.uint8]
    segment_name: NDArray[np.int32]
    segment_length_dm: NDArray[np.int32]
    segment_forward_ms: NDArray[np.int32]
    segment_backward_ms: NDArray[np.int32]
    segment_first_point: NDArray[np.int32]
    point_lat_e7: NDArray[np.int32]
    point_lon_e7: NDArray[np.int32]


ARRAY_TYPES: dict[str, "DTypeLike"] = {
    name.name: np.uint8 if name.name == "segment_class" else np.int32 for name in fields(RoadArrays)
}


@dataclass(frozen=True, eq=False)
class Network:
    """A drivable road network in which every node can be reached from every other.

    Parameters
    ----------
    arrays
        The numbers.
    names
        Street names by index; index 0 is the empty name.
    origin
        What it was built from.
    sha256
        Digest of the arrays and names: the version of the network.
    """

    arrays: RoadArrays
    names: tuple[str, ...]
    origin: Origin
    sha256: str

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.arrays.node_lat_e7)

    @property
    def n_segments(self) -> int:
        """Number of segments."""
        return len(self.arrays.segment_from)

    @cached_property
    def bbox(self) -> BoundingBox:
        """The rectangle around every point."""
        lat, lon = self.arrays.point_lat_e7 / E7, self.arrays.point_lon_e7 / E7
        return BoundingBox(float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max()))

    @cached_property
    def lat_lon(self) -> NDArray[np.float64]:
        """All points in degrees, shape `(n_points, 2)`."""
        return np.column_stack((self.arrays.point_lat_e7, self.arrays.point_lon_e7)) / E7

    def line(self, segment: int) -> NDArray[np.float64]:
        """Return the points of one segment from its first node to its last, in degrees, shape `(n_points, 2)`."""
        first = self.arrays.segment_first_point
        return self.lat_lon[first[segment] : first[segment + 1]]

    def street(self, segment: int) -> Street:
        """Return one segment as it is drawn, from its first node to its last."""
        lat, lon = self.line(segment).T
        arrays = self.arrays
        return Street(ROAD_CLASSES[arrays.segment_class[segment]], self.names[arrays.segment_name[segment]], lat, lon)

    def segments_in(self, bbox: BoundingBox) -> NDArray[np.int64]:
        """Return the segments of which a point lies in the box or that span it, ascending."""
        return np.flatnonzero(self._touches(bbox))

    def lines(self, segments: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return the points of many segments in degrees, `(n_points, 2)`, and the row in ``segments`` of each point."""
        first, last = self.arrays.segment_first_point[segments], self.arrays.segment_first_point[segments + 1]
        owner = np.repeat(np.arange(len(segments)), last - first)
        steps = np.arange(len(owner)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
        return self.lat_lon[np.repeat(first, last - first) + steps], owner

    def _touches(self, bbox: BoundingBox) -> NDArray[np.bool_]:
        arrays, first = self.arrays, self.arrays.segment_first_point[:-1]
        south = np.minimum.reduceat(arrays.point_lat_e7, first) / E7
        north = np.maximum.reduceat(arrays.point_lat_e7, first) / E7
        west = np.minimum.reduceat(arrays.point_lon_e7, first) / E7
        east = np.maximum.reduceat(arrays.point_lon_e7, first) / E7
        touches: NDArray[np.bool_] = (
            (south <= bbox.north) & (north >= bbox.south) & (west <= bbox.east) & (east >= bbox.west)
        )
        return touches
