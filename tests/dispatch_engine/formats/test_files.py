import io
import os
import sys
from pathlib import Path

import pytest

from dispatch_engine.errors import (
    DispatchError,
    FileKindError,
    FileMissingError,
    FileReadError,
    FileTooLargeError,
    FileWriteError,
)
from dispatch_engine.formats.files import read_bytes, write_atomically


def test_a_missing_file_is_a_coded_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError, match=r"none\.json.*Maybe") as caught:
        read_bytes(tmp_path / "none.json")
    assert caught.value.code == "file_missing"


def test_a_directory_is_not_read_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(FileKindError, match="is a directory"):
        read_bytes(tmp_path)


def test_a_name_that_no_file_can_have_is_a_coded_error() -> None:
    with pytest.raises(FileReadError, match="cannot be read"):
        read_bytes("a\0b")


def test_a_file_of_exactly_the_allowed_size_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "four"
    path.write_bytes(b"1234")
    assert read_bytes(path, max_bytes=4) == b"1234"
    with pytest.raises(FileTooLargeError, match="larger than 3 bytes"):
        read_bytes(path, max_bytes=3)


def test_an_endless_device_is_refused_for_its_size() -> None:
    with pytest.raises(FileTooLargeError):
        read_bytes("/dev/zero", max_bytes=1000)


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
    assert read_bytes("-") == b"{}"


def test_a_dash_writes_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_atomically("-", b"plan\n")
    assert capfdbinary.readouterr().out == b"plan\n"


def test_writing_replaces_the_whole_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"an older and longer plan")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_writing_keeps_the_permissions_of_an_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_writing_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_device_is_written_and_not_replaced() -> None:
    write_atomically("/dev/null", b"gone")
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("name", [".", "none/plan.json", "file/plan.json", "x" * 300, "a\0b"])
def test_an_unwritable_output_is_a_coded_error_and_nothing_is_left_behind(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"untouched")
    with pytest.raises(FileWriteError, match="cannot be written") as caught:
        write_atomically(f"{tmp_path}/{name}", b"plan")
    assert caught.value.code == "file_unwritable"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"untouched"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_a_coded_error() -> None:
    with pytest.raises(FileWriteError, match="No space left"):
        write_atomically("/dev/full", b"x" * 100_000)


def test_a_failing_rename_leaves_the_earlier_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"old")

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(FileWriteError):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_that_went_away_is_not_an_error_of_the_file(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        with pytest.raises(BrokenPipeError):
            write_atomically(f"/dev/fd/{write_end}", b"x" * 100_000)
    finally:
        os.close(write_end)


def test_every_error_of_a_file_is_a_dispatch_error() -> None:
    assert issubclass(FileMissingError, DispatchError)
