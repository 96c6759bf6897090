"""The compact file of a road network: save, load, describe.

A zip of arrays (`.npz`) without pickles. The digest in it is checked on loading, so that a damaged
file is refused instead of giving wrong travel times.
"""

import hashlib
import io
import json
import zipfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dispatch_engine.formats.files import write_atomically
from dispatch_engine.travel.errors import NetworkUnreadableError
from dispatch_engine.travel.network.network import ARRAY_TYPES, BoundingBox, Network, Origin, RoadArrays
from dispatch_engine.travel.network.tags import ROAD_CLASSES

FORMAT = "dispatch-network-1"


@dataclass(frozen=True, slots=True)
class NetworkInfo:
    """What a network file holds, for people.

    Parameters
    ----------
    path
        The file.
    size_bytes
        Its size.
    sha256
        Version of the network; see `Network.sha256`.
    nodes, segments, points
        Counts.
    length_km
        Kilometres of road, each counted once.
    length_km_by_class
        The same by road class, longest first.
    bbox
        The rectangle around it.
    origin
        What it was built from.
    """

    path: Path
    size_bytes: int
    sha256: str
    nodes: int
    segments: int
    points: int
    length_km: float
    length_km_by_class: dict[str, float]
    bbox: BoundingBox
    origin: Origin


def digest(arrays: RoadArrays, names: tuple[str, ...]) -> str:
    """Return the SHA-256 of the content, whatever the file around it looks like."""
    summary = hashlib.sha256(FORMAT.encode())
    for part in fields(arrays):
        values: NDArray[Any] = getattr(arrays, part.name)
        summary.update(f"{part.name}:{values.dtype.str}:{len(values)}".encode())
        summary.update(np.ascontiguousarray(values).tobytes())
    summary.update("\n".join(names).encode())
    return summary.hexdigest()


def save_network(network: Network, path: Path) -> None:
    """Write the file, whole or not at all.

    Raises
    ------
    FileWriteError
        The folder is missing or may not be written to.
    """
    header = {"format": FORMAT, "sha256": network.sha256, "origin": asdict(network.origin)}
    parts: dict[str, NDArray[Any]] = {part.name: getattr(network.arrays, part.name) for part in fields(RoadArrays)}
    parts["names"] = _as_bytes("\n".join(network.names))
    parts["header"] = _as_bytes(json.dumps(header, ensure_ascii=False, sort_keys=True))
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **parts)
    write_atomically(path, content.getvalue())


def load_network(path: Path) -> Network:
    """Read a network file and check that it is whole.

    Raises
    ------
    NetworkUnreadableError
        The file cannot be read, is no network, is damaged, or is of another version.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as archive:
            network = _network_of({key: archive[key] for key in archive.files})
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise _unreadable(path, str(error) or type(error).__name__) from error
    if digest(network.arrays, network.names) != network.sha256:
        raise _unreadable(path, "its content does not match its digest")
    return network


def network_info(path: Path) -> NetworkInfo:
    """Read a network file and describe it.

    Raises
    ------
    NetworkUnreadableError
        As `load_network`.
    """
    network = load_network(path)
    arrays = network.arrays
    km_by_class = np.bincount(arrays.segment_class, arrays.segment_length_dm, len(ROAD_CLASSES)) / 10_000
    by_class = {name: round(float(km), 3) for name, km in zip(ROAD_CLASSES, km_by_class, strict=True) if km}
    return NetworkInfo(
        path=path,
        size_bytes=path.stat().st_size,
        sha256=network.sha256,
        nodes=network.n_nodes,
        segments=network.n_segments,
        points=len(arrays.point_lat_e7),
        length_km=round(float(km_by_class.sum()), 3),
        length_km_by_class=dict(sorted(by_class.items(), key=lambda item: -item[1])),
        bbox=network.bbox,
        origin=network.origin,
    )


def _network_of(parts: dict[str, NDArray[Any]]) -> Network:
    header = json.loads(parts["header"].tobytes().decode())
    if header["format"] != FORMAT:
        raise ValueError(f"its format is {header['format']!r}, this version reads {FORMAT!r}")
    wrong = [name for name, dtype in ARRAY_TYPES.items() if parts[name].dtype != dtype or parts[name].ndim != 1]
    if wrong:
        raise ValueError(f"the arrays {', '.join(wrong)} have another type")
    names = tuple(parts["names"].tobytes().decode().split("\n"))
    arrays = RoadArrays(**{name: parts[name] for name in ARRAY_TYPES})
    return Network(arrays, names, Origin(**header["origin"]), str(header["sha256"]))


def _unreadable(path: Path, reason: str) -> NetworkUnreadableError:
    return NetworkUnreadableError(
        f"{path} is not a usable road network: {reason}",
        value=str(path),
        advice="Maybe build it again: dispatch network build REGION.osm.pbf -o NETWORK.npz.",
    )


def _as_bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)
