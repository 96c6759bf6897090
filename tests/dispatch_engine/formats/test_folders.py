"""Folders of files."""

from pathlib import Path

import pytest

from dispatch_engine.errors import FileWriteError
from dispatch_engine.formats.files import write_folder


def test_files_go_into_a_folder_that_is_made_or_there_already(tmp_path: Path) -> None:
    write_folder(tmp_path / "new", {"a": b"1", "b": b"2"})
    write_folder(tmp_path / "new", {"b": b"3"})
    assert [path.read_bytes() for path in sorted((tmp_path / "new").iterdir())] == [b"1", b"3"]


def test_a_folder_in_a_folder_that_is_not_there_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(FileWriteError, match=r"cannot be made.*Maybe create the folder around it first"):
        write_folder(tmp_path / "none" / "new", {})
