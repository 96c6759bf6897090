"""`dispatch network` on the real extract of Nauru."""

from pathlib import Path

from typer.testing import CliRunner

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app


def test_a_network_is_built_from_an_extract_and_described(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "nauru.npz"
    result = CliRunner().invoke(app, ["network", "build", str(root / "data/nauru/nauru.osm.pbf"), "-o", str(target)])
    assert result.exit_code == ExitCode.OK
    assert target.is_file()
    assert "built from   nauru.osm.pbf" in result.stdout


def test_a_shipped_network_is_described_by_its_name() -> None:
    result = CliRunner().invoke(app, ["network", "info", "coquimbo"])
    assert result.exit_code == ExitCode.OK
    assert "OpenStreetMap contributors" in result.stdout


def test_a_network_that_does_not_exist_is_a_file_error() -> None:
    result = CliRunner().invoke(app, ["network", "info", "atlantis"])
    assert result.exit_code == ExitCode.FILE
    assert "atlantis" in result.stderr


def test_a_network_goes_into_a_file(root: Path) -> None:
    result = CliRunner().invoke(app, ["network", "build", str(root / "data/nauru/nauru.osm.pbf"), "-o", "-"])
    assert result.exit_code == ExitCode.USAGE
    assert result.stdout == ""
