"""A place that cannot be written is refused before the work."""

import os
from pathlib import Path

import pytest

from dispatch_engine.cli.outputs import require_writable
from dispatch_engine.errors import FileKindError, FileWriteError


def test_a_new_file_in_an_existing_folder_passes(tmp_path: Path) -> None:
    require_writable(str(tmp_path / "plan.json"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_working_folder_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    require_writable("plan.json")


def test_standard_output_and_no_output_at_all_pass() -> None:
    require_writable("-", None)


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileKindError, match="is a directory"):
        require_writable(str(tmp_path))


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileWriteError, match="no folder"):
        require_writable(str(tmp_path / "plans" / "plan.json"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(FileWriteError, match="permission"):
        require_writable(str(tmp_path / "plan.json"))


def test_any_of_several_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileKindError):
        require_writable(str(tmp_path / "plan.json"), str(tmp_path))
