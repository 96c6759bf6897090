from pathlib import Path

import pytest

from dispatch_engine.travel.errors import NetworkNotFoundError
from dispatch_engine.travel.network import locate
from dispatch_engine.travel.network.locate import locate_network


def make(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_a_path_is_relative_to_the_document(tmp_path: Path) -> None:
    expected = make(tmp_path / "roads" / "city.npz")
    assert locate_network("roads/city.npz", tmp_path) == expected


@pytest.mark.parametrize("tail", ["city.npz", "city/network.npz"])
def test_a_name_is_looked_for_beside_the_document(tail: str, tmp_path: Path) -> None:
    expected = make(tmp_path / tail)
    assert locate_network("city", tmp_path) == expected


def test_the_sample_city_is_found_from_any_folder(tmp_path: Path) -> None:
    assert locate_network("coquimbo", tmp_path).is_file()


def test_a_network_beside_the_document_goes_before_the_one_that_comes_with_the_program(tmp_path: Path) -> None:
    beside = make(tmp_path / "coquimbo.npz")
    assert locate_network("coquimbo", tmp_path) == beside


def test_an_installed_package_brings_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged = make(tmp_path / "package" / "_data" / "town" / "network.npz")
    monkeypatch.setattr(locate, "SHIPPED", (tmp_path / "package" / "_data",))
    assert locate_network("town", tmp_path / "elsewhere") == packaged


def test_an_unknown_name_tells_every_place_that_was_searched(tmp_path: Path) -> None:
    with pytest.raises(NetworkNotFoundError) as caught:
        locate_network("atlantis", tmp_path)
    for folder in (tmp_path, *locate.SHIPPED):
        assert str(folder / "atlantis.npz") in str(caught.value)
        assert str(folder / "atlantis" / "network.npz") in str(caught.value)
    assert "Maybe" in str(caught.value)


def test_a_raw_map_is_refused_with_the_command_that_builds_it(tmp_path: Path) -> None:
    make(tmp_path / "city.osm.pbf")
    with pytest.raises(NetworkNotFoundError, match="dispatch network build"):
        locate_network("city.osm.pbf", tmp_path)
