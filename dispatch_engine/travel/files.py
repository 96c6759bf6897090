"""Write a file whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO


def write_whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write beside the target under another name, then rename: a reader never sees half a file.

    Parameters
    ----------
    path
        The file to write or replace; its folder must exist.
    write
        Puts the bytes into the stream it is given.

    Raises
    ------
    OSError
        The folder is missing, full or read-only.
    """
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            write(stream)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise
