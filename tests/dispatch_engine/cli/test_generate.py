"""`dispatch generate` from the command line."""

from pathlib import Path

from typer.testing import CliRunner, Result

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.formats.documents import load_problem


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["generate", *map(str, arguments)])


def test_a_preset_writes_the_shipped_day(root: Path) -> None:
    assert run("--preset", "nauru").stdout_bytes == (root / "data/nauru/day.json").read_bytes()


def test_options_change_a_preset(tmp_path: Path) -> None:
    target = tmp_path / "day.json"
    result = run("--network", "nauru", "--technicians", "2", "--calls", "5", "--territories", "1", "-o", target)
    assert result.exit_code == ExitCode.OK
    day = load_problem(target)
    assert (len(day.technicians), len(day.calls), day.time_zone) == (2, 5, "Pacific/Nauru")


def test_ids_of_technicians_begin_as_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "day.json"
    run("--preset", "nauru", "--technician-prefix", "west-", "-o", target)
    assert [each.id for each in load_problem(target).technicians] == ["west-01", "west-02", "west-03"]


def test_a_network_file_is_named_as_seen_from_the_document(root: Path, tmp_path: Path) -> None:
    network = root / "data/nauru/network.npz"
    run("--network", network, "--territories", "1", "-o", tmp_path / "day.json")
    named = load_problem(tmp_path / "day.json").travel.network
    assert named is not None
    assert (tmp_path / named).resolve() == network


def test_a_network_that_does_not_exist_is_a_file_error() -> None:
    assert run("--network", "atlantis").exit_code == ExitCode.FILE


def test_a_time_zone_that_does_not_exist_is_refused() -> None:
    result = run("--network", "nauru", "--time-zone", "Atlantis")
    assert result.exit_code == ExitCode.DOCUMENT
    assert "generator_time_zone" in result.stderr
