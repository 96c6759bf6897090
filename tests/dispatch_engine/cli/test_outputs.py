"""A place that cannot be written is refused before the work."""

import os
from pathlib import Path

import pytest

from dispatch_engine.cli.outputs import require_inputs_apart, require_writable
from dispatch_engine.errors import FileConflictError, FileKindError, FileWriteError


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


def test_a_result_does_not_replace_what_is_read(tmp_path: Path) -> None:
    day = tmp_path / "day.json"
    day.write_text("{}")
    with pytest.raises(FileConflictError, match=r"is read, and the result would replace it\. Maybe"):
        require_writable(str(tmp_path / "." / "day.json"), kept=(None, str(day)))


def test_a_link_to_what_is_read_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "day.json").write_text("{}")
    (tmp_path / "link.json").symlink_to(tmp_path / "day.json")
    with pytest.raises(FileConflictError):
        require_writable(str(tmp_path / "link.json"), kept=(str(tmp_path / "day.json"),))


@pytest.mark.parametrize("place", ["-", "plan.json"])
def test_two_results_do_not_go_to_one_place(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileConflictError, match="two results are to be written to"):
        require_writable(place, place)


def test_two_results_may_be_thrown_away() -> None:
    require_writable(os.devnull, os.devnull)


def test_standard_input_may_be_read_while_standard_output_is_written() -> None:
    require_writable("-", kept=("-",))


def test_one_document_comes_from_standard_input() -> None:
    require_inputs_apart("-", "plan.json", None)
    with pytest.raises(FileConflictError, match=r"- names it for two\. Maybe"):
        require_inputs_apart("-", None, "-")
