"""Refusing before the work, not after: a place that cannot be written, and one place for two things."""

from __future__ import annotations

import os
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_engine.errors import FileConflictError, FileKindError, FileWriteError

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDARD_STREAM = "-"

Name = str | Path | None
"""A file or `-`; None where an option is not given."""


def require_inputs_apart(*inputs: Name) -> None:
    """Refuse to read more than one document from standard input.

    Raises
    ------
    FileConflictError
        `-` stands for two of them.
    """
    if sum(str(each) == STANDARD_STREAM for each in inputs) > 1:
        message = "standard input holds one document, and - names it for two"
        raise FileConflictError(message, value=STANDARD_STREAM, advice="Maybe put one of them into a file.")


def require_writable(*targets: Name, kept: Iterable[Name] = ()) -> None:
    """Refuse files that could not be written, or that would take the place of something else.

    Parameters
    ----------
    targets
        Where results go; None is no target, `-` standard output.
    kept
        Inputs that no result may replace.

    Raises
    ------
    FileKindError
        A target is a directory.
    FileWriteError
        The folder of a target does not exist, or nothing may be written there.
    FileConflictError
        Two results go to one place, or one would replace an input.
    """
    wanted = [str(target) for target in targets if target is not None]
    for one, other in combinations(wanted, 2):
        if _is_same(one, other):
            advice = "Maybe give one of them another name."
            raise FileConflictError(f"two results are to be written to {_shown(one)}", value=one, advice=advice)
    for target in wanted:
        if target == STANDARD_STREAM:
            continue
        _require(Path(target))
        for each in kept:
            if each is not None and str(each) != STANDARD_STREAM and _is_same(target, str(each)):
                advice = "Maybe choose another name for the result."
                raise FileConflictError(
                    f"{target} is read, and the result would replace it", value=target, advice=advice
                )


def _require(path: Path) -> None:
    if path.is_dir():
        raise FileKindError(f"{path} is a directory", value=str(path), advice="Maybe name a file in it.")
    if not path.parent.is_dir():
        message = f"{path} cannot be written: there is no folder {path.parent}"
        raise FileWriteError(message, value=str(path), advice="Maybe create it first, or choose another place.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        message = f"{path} cannot be written: permission is missing"
        raise FileWriteError(message, value=str(path), advice="Maybe choose another place.")


def _is_same(one: str, other: str) -> bool:
    """Whether two names are one regular file, or both standard output; a device may be named twice."""
    if STANDARD_STREAM in (one, other):
        return one == other
    path = Path(os.path.realpath(one))
    return path == Path(os.path.realpath(other)) and (path.is_file() or not path.exists())


def _shown(name: str) -> str:
    return "standard output" if name == STANDARD_STREAM else name
