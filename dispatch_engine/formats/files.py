"""Bytes from and to files, standard input and output: coded errors, and never a half-written file."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dispatch_engine.errors import FileKindError, FileMissingError, FileReadError, FileTooLargeError, FileWriteError

if TYPE_CHECKING:
    from collections.abc import Mapping

STANDARD_STREAM = "-"
MAX_BYTES = 512 * 1024 * 1024


def read_bytes(path: str | Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Read a whole file, or standard input where the path is ``-``.

    Raises
    ------
    FileError
        It is missing, a directory, unreadable, or larger than ``max_bytes``.
    """
    try:
        if str(path) == STANDARD_STREAM:
            data = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise FileMissingError(f"There is no file {path}", value=str(path), advice=_ADVICE_MISSING) from error
    except IsADirectoryError as error:
        raise FileKindError(f"{path} is a directory", value=str(path), advice=_ADVICE_KIND) from error
    except (OSError, ValueError) as error:
        raise FileReadError(f"{path} cannot be read ({_cause(error)})", value=str(path), advice=_ADVICE_READ) from error
    if len(data) > max_bytes:
        message = f"{path} is larger than {max_bytes:,} bytes"
        raise FileTooLargeError(message, value=str(path), advice=_ADVICE_LARGE)
    return data


def write_atomically(path: str | Path, data: bytes) -> None:
    """Write a whole file, or standard output where the path is ``-``.

    A regular file is written beside its place and renamed, so that readers see the old or the new one, never a part.
    A device or pipe is written as it is.

    Raises
    ------
    BrokenPipeError
        The reader of a pipe went away.
    FileWriteError
        It cannot be written; an earlier file of this name is untouched.
    """
    try:
        if str(path) == STANDARD_STREAM:
            _write_all(sys.stdout.buffer, data)
        elif _is_stream(Path(path)):
            with Path(path).open("wb") as file:
                _write_all(file, data)
        else:
            _write_then_rename(Path(os.path.realpath(path)), data)
    except BrokenPipeError:
        raise  # the reader of the pipe has seen enough
    except (OSError, ValueError) as error:
        name = "standard output" if str(path) == STANDARD_STREAM else path
        message = f"{name} cannot be written ({_cause(error)})"
        raise FileWriteError(message, value=str(path), advice=_ADVICE_WRITE) from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by name into a folder, which is made if it is not there.

    Raises
    ------
    FileWriteError
        The folder cannot be made or a file not written; earlier files of these names are whole.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        message = f"the folder {folder} cannot be made ({error.strerror})"
        raise FileWriteError(message, value=str(folder), advice=_ADVICE_FOLDER) from error
    for name, data in files.items():
        write_atomically(folder / name, data)


def _is_stream(path: Path) -> bool:
    """Whether the path is a device, pipe or socket, which a rename would destroy."""
    if not path.exists():
        return False
    mode = path.stat().st_mode
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _write_then_rename(path: Path, data: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory")
    aside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    try:
        with aside.open("xb") as file:
            _write_all(file, data)
            os.fsync(file.fileno())
        if mode is not None:
            aside.chmod(mode)
        aside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise


def _write_all(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()


def _cause(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


_ADVICE_MISSING = "Maybe the name is misspelt, or it is relative to another folder."
_ADVICE_KIND = "Maybe name a file in it."
_ADVICE_READ = "Maybe you lack the permission, or the medium is damaged."
_ADVICE_LARGE = "Maybe it is another file than you meant."
_ADVICE_FOLDER = "Maybe create the folder around it first, or choose another place."
_ADVICE_WRITE = "Maybe the folder does not exist, you lack the permission, or the disk is full; choose another place."
