"""The wheel is complete, holds nothing else, and works outside the checkout."""

import json
import shutil
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.packaging.outside import run

pytestmark = [pytest.mark.packaging, pytest.mark.slow]

DAY = "data/coquimbo/tomorrow.json"


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a source distribution and, from nothing but it, the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, root, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def dispatch(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in a fresh environment and return its `dispatch` program."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    run(folder / "bin" / "pip", "install", "--quiet", wheel, cwd=folder)
    return folder / "bin" / "dispatch"


def test_wheel_holds_the_three_packages_and_nothing_else(names: list[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"api", "dispatch_engine", "solver"}


def test_wheel_holds_no_compiled_or_cached_file(names: list[str]) -> None:
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".nbi", ".nbc"))] == []


@pytest.mark.parametrize("package", ["api", "dispatch_engine", "solver"])
def test_wheel_says_that_each_package_is_typed(names: list[str], package: str) -> None:
    assert f"{package}/py.typed" in names


@pytest.mark.parametrize("licence", ["LICENSE", "data/LICENSE"])
def test_wheel_carries_the_licences_of_code_and_data(names: list[str], licence: str) -> None:
    assert any(name.endswith(f".dist-info/licenses/{licence}") for name in names)


def test_wheel_carries_the_sample_road_network(names: list[str]) -> None:
    assert "dispatch_engine/_data/coquimbo/network.npz" in names


def test_every_module_of_the_checkout_is_in_the_wheel(root: Path, names: list[str]) -> None:
    modules = {
        path.relative_to(root).as_posix()
        for package in ("api", "dispatch_engine", "solver")
        for path in (root / package).rglob("*.py")
    }
    assert modules - set(names) == set()


def test_installed_program_tells_its_version(dispatch: Path, wheel: Path, tmp_path: Path) -> None:
    assert wheel.name.split("-")[1] in run(dispatch, "version", cwd=tmp_path)


def test_installed_program_plans_a_day_from_another_folder(dispatch: Path, root: Path, tmp_path: Path) -> None:
    shutil.copy(root / DAY, tmp_path / "day.json")
    run(dispatch, "plan", "day.json", "--time-limit", "2", "-o", "plan.json", "--report", "plan.html", cwd=tmp_path)
    assert json.loads((tmp_path / "plan.json").read_text())["routes"]
    assert (tmp_path / "plan.html").stat().st_size > 0
