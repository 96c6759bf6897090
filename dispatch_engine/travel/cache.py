"""Matrices on disk, so that the same places are computed once.

A file that cannot be read counts as absent and is written again; a folder that cannot be written costs time, never
an answer, and is logged.
"""

import hashlib
import io
import json
import logging
import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from dispatch_engine.errors import FileWriteError
from dispatch_engine.formats.files import write_atomically
from dispatch_engine.travel.arrays import Int32Matrix
from dispatch_engine.travel.source import Place

CACHE_DIR_VARIABLE = "DISPATCH_CACHE_DIR"
MAX_BYTES = 512 * 2**20

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class StoredMatrix:
    """What is kept of a matrix: durations and distances `(n, n)`, metres to the road `(n,)`."""

    duration_s: Int32Matrix
    distance_m: Int32Matrix
    snap_m: NDArray[np.float64]


def default_cache_dir() -> Path:
    """Return the folder named by DISPATCH_CACHE_DIR, or else the user's cache folder."""
    named = os.environ.get(CACHE_DIR_VARIABLE)
    return Path(named) if named else platformdirs.user_cache_path("dispatch-engine")


def matrix_key(parameters: Mapping[str, object], places: Sequence[Place]) -> str:
    """Return a digest of everything that the matrix depends on: parameters, and coordinates in order."""
    summary = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode())
    summary.update(np.array([place.located() for place in places], dtype="<f8").tobytes())
    return summary.hexdigest()


class MatrixCache:
    """A folder of matrices, the oldest used of which go first when it grows too large.

    Parameters
    ----------
    folder
        Created when first written to.
    max_bytes
        Size that the folder is kept within.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder / "matrices"
        self._max_bytes = max_bytes

    def path(self, key: str) -> Path:
        """Return the file of a key, whether it exists or not."""
        return self._folder / f"{key}.npz"

    def get(self, key: str, n_places: int) -> StoredMatrix | None:
        """Return the stored matrix; None where there is none, or none that can be used."""
        path = self.path(key)
        if not path.exists():
            return None
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as archive:
                stored = StoredMatrix(archive["duration_s"], archive["distance_m"], archive["snap_m"])
            os.utime(path)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            _log.warning("matrix cache: %s is damaged and will be written again: %s", path, error)
            return None
        return stored if _fits(stored, n_places) else None

    def put(self, key: str, stored: StoredMatrix) -> None:
        """Keep a matrix; a folder that cannot be written is logged and otherwise ignored."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path(key), _packed(stored))
            self._make_room()
        except (OSError, FileWriteError) as error:
            _log.warning("matrix cache: %s cannot be written, so matrices are not kept: %s", self._folder, error)

    def _make_room(self) -> None:
        files = sorted(self._folder.glob("*.npz"), key=lambda path: path.stat().st_mtime_ns)
        excess = sum(path.stat().st_size for path in files) - self._max_bytes
        for path in files[:-1]:
            if excess <= 0:
                return
            excess -= path.stat().st_size
            path.unlink(missing_ok=True)


def _packed(stored: StoredMatrix) -> bytes:
    content = io.BytesIO()
    np.savez(content, duration_s=stored.duration_s, distance_m=stored.distance_m, snap_m=stored.snap_m)
    return content.getvalue()


def _fits(stored: StoredMatrix, n_places: int) -> bool:
    square = (n_places, n_places)
    return (
        stored.duration_s.shape == stored.distance_m.shape == square
        and stored.snap_m.shape == (n_places,)
        and stored.duration_s.dtype == stored.distance_m.dtype == np.int32
    )
