from pathlib import Path

import numpy as np
import pytest

from dispatch_engine.travel.errors import NetworkUnreadableError
from dispatch_engine.travel.network.file import load_network, network_info, save_network
from dispatch_engine.travel.network.network import Network


def test_a_saved_network_loads_as_it_was(nauru: Network, tmp_path: Path) -> None:
    save_network(nauru, tmp_path / "copy.npz")
    copy = load_network(tmp_path / "copy.npz")
    assert (copy.sha256, copy.names, copy.origin) == (nauru.sha256, nauru.names, nauru.origin)
    assert np.array_equal(copy.arrays.point_lat_e7, nauru.arrays.point_lat_e7)


@pytest.mark.parametrize("keep", [0, 10, 5_000])
def test_a_file_cut_short_is_refused(keep: int, root: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.npz"
    path.write_bytes((root / "data/nauru/network.npz").read_bytes()[:keep])
    with pytest.raises(NetworkUnreadableError, match=r"not a usable road network.*Maybe build it again"):
        load_network(path)


def test_a_file_with_one_changed_number_is_refused(nauru: Network, tmp_path: Path) -> None:
    path = tmp_path / "changed.npz"
    save_network(nauru, path)
    with np.load(path) as archive:
        parts = {key: archive[key] for key in archive.files}
    parts["segment_forward_ms"][3] += 1
    np.savez(path, **parts)
    with pytest.raises(NetworkUnreadableError, match="does not match its digest"):
        load_network(path)


def test_a_file_of_another_version_is_refused(nauru: Network, tmp_path: Path) -> None:
    path = tmp_path / "other.npz"
    save_network(nauru, path)
    with np.load(path) as archive:
        parts = {key: archive[key] for key in archive.files}
    parts["header"] = np.frombuffer(b'{"format": "dispatch-network-0"}', dtype=np.uint8)
    np.savez(path, **parts)
    with pytest.raises(NetworkUnreadableError, match="dispatch-network-0"):
        load_network(path)


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "else.npz", a=np.zeros(3))
    with pytest.raises(NetworkUnreadableError):
        load_network(tmp_path / "else.npz")


def test_a_folder_is_refused_as_a_network(tmp_path: Path) -> None:
    with pytest.raises(NetworkUnreadableError):
        load_network(tmp_path)


def test_the_description_counts_each_road_once(root: Path, nauru: Network) -> None:
    info = network_info(root / "data/nauru/network.npz")
    assert info.length_km == pytest.approx(nauru.arrays.segment_length_dm.sum() / 10_000, abs=1e-3)
    assert sum(info.length_km_by_class.values()) == pytest.approx(info.length_km, abs=0.01)
    assert (info.nodes, info.segments) == (nauru.n_nodes, nauru.n_segments)
    assert "OpenStreetMap" in info.origin.attribution
