"""Small hand-drawn maps and the network of Nauru, for tests of travel times."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
import pytest

from dispatch_engine.travel.network.build import network_of
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.network import Network
from dispatch_engine.travel.source import Place

Tags = Mapping[str, str]
Nodes = Mapping[int, tuple[float, float]]
Ways = Sequence[tuple[Sequence[int], Tags]]
Draw = Callable[..., Path]


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    """Return a function that writes an OpenStreetMap file of nodes (east and north in 0.001 degrees) and ways."""

    def write(nodes: Nodes, ways: Ways, node_tags: Mapping[int, Tags] | None = None) -> Path:
        node_tags = node_tags or {}
        lines = [
            f'<node id="{node}" version="1" lat="{north / 1000:.7f}" lon="{east / 1000:.7f}">'
            f"{_tags(node_tags.get(node, {}))}</node>"
            for node, (east, north) in nodes.items()
        ]
        for number, (refs, tags) in enumerate(ways, start=1):
            line = "".join(f'<nd ref="{ref}"/>' for ref in refs)
            lines.append(f'<way id="{number}" version="1">{line}{_tags(tags)}</way>')
        path = tmp_path / "map.osm"
        path.write_text(f'<osm version="0.6">{"".join(lines)}</osm>', encoding="utf-8")
        return path

    return write


@pytest.fixture
def network_from(draw: Draw) -> Callable[..., Network]:
    """Return a function that builds the network of a hand-drawn map."""
    return lambda nodes, ways, node_tags=None: network_of(draw(nodes, ways, node_tags), lambda _stage, _count: None)


@pytest.fixture(scope="session")
def nauru(root: Path) -> Network:
    return load_network(root / "data/nauru/network.npz")


@pytest.fixture(scope="session")
def coquimbo(root: Path) -> Network:
    return load_network(root / "data/coquimbo/network.npz")


@pytest.fixture(scope="session")
def scatter() -> Callable[[Network, int], list[Place]]:
    """Return a function that puts places at random along the streets of a network, some metres off."""

    def places(network: Network, n_places: int) -> list[Place]:
        random = np.random.default_rng(20)
        points = random.integers(len(network.arrays.point_lat_e7), size=n_places)
        lat = network.arrays.point_lat_e7[points] / 1e7 + random.normal(0, 2e-4, n_places)
        lon = network.arrays.point_lon_e7[points] / 1e7 + random.normal(0, 2e-4, n_places)
        return [Place(f"P{i}", float(lat[i]), float(lon[i])) for i in range(n_places)]

    return places
