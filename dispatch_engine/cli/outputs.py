"""Refusing a place that cannot be written before the work is done, not after."""

import os
from pathlib import Path

from dispatch_engine.errors import FileKindError, FileWriteError

STANDARD_STREAM = "-"


def require_writable(*targets: str | None) -> None:
    """Refuse files that could not be written; None and `-` always pass.

    Raises
    ------
    FileKindError
        A target is a directory.
    FileWriteError
        The folder of a target does not exist, or nothing may be written there.
    """
    for target in targets:
        if target is not None and target != STANDARD_STREAM:
            _require(Path(target))


def _require(path: Path) -> None:
    if path.is_dir():
        raise FileKindError(f"{path} is a directory", value=str(path), advice=f"Maybe {path / 'plan.json'} is meant.")
    if not path.parent.is_dir():
        message = f"{path} cannot be written: there is no folder {path.parent}"
        raise FileWriteError(message, value=str(path), advice="Maybe create it first, or choose another place.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        message = f"{path} cannot be written: permission is missing"
        raise FileWriteError(message, value=str(path), advice="Maybe choose another place.")
