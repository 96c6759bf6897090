import logging
import os
from pathlib import Path

import numpy as np
import pytest

from dispatch_engine.travel.cache import CACHE_DIR_VARIABLE, MatrixCache, StoredMatrix, default_cache_dir


def stored(n_places: int = 3) -> StoredMatrix:
    numbers = np.arange(n_places**2, dtype=np.int32).reshape(n_places, n_places)
    return StoredMatrix(numbers, numbers * 2, np.zeros(n_places))


def test_what_is_kept_is_what_comes_back(tmp_path: Path) -> None:
    MatrixCache(tmp_path).put("k", stored())
    found = MatrixCache(tmp_path).get("k", 3)
    assert found is not None
    assert np.array_equal(found.distance_m, stored().distance_m)


def test_an_unknown_key_gives_nothing(tmp_path: Path) -> None:
    assert MatrixCache(tmp_path).get("k", 3) is None


@pytest.mark.parametrize("keep", [0, 50, 400])
def test_a_damaged_file_counts_as_absent_and_is_written_again(
    keep: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = MatrixCache(tmp_path)
    cache.put("k", stored())
    cache.path("k").write_bytes(cache.path("k").read_bytes()[:keep])
    with caplog.at_level(logging.WARNING):
        assert cache.get("k", 3) is None
    assert "damaged" in caplog.text
    cache.put("k", stored())
    assert cache.get("k", 3) is not None


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    cache = MatrixCache(tmp_path)
    cache.put("k", stored(30))
    content = bytearray(cache.path("k").read_bytes())
    content[len(content) // 2] ^= 1
    cache.path("k").write_bytes(content)
    assert cache.get("k", 30) is None


def test_a_matrix_of_another_size_counts_as_absent(tmp_path: Path) -> None:
    MatrixCache(tmp_path).put("k", stored(3))
    assert MatrixCache(tmp_path).get("k", 4) is None


def test_a_folder_that_cannot_be_written_is_logged_and_not_fatal(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "matrices").write_text("a file in the way", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        MatrixCache(tmp_path).put("k", stored())
    assert "cannot be written" in caplog.text


def test_the_matrix_that_was_not_used_longest_goes_first(tmp_path: Path) -> None:
    cache = MatrixCache(tmp_path)
    for age, key in enumerate(("newest", "older", "oldest")):
        cache.put(key, stored(20))
        os.utime(cache.path(key), (1_000_000 - age, 1_000_000 - age))
    size = cache.path("oldest").stat().st_size
    MatrixCache(tmp_path, max_bytes=3 * size).put("added", stored(20))
    kept = {path.stem for path in (tmp_path / "matrices").iterdir()}
    assert kept == {"newest", "older", "added"}


def test_the_folder_is_named_by_the_environment_or_is_the_user_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_DIR_VARIABLE, "/somewhere/else")
    assert default_cache_dir() == Path("/somewhere/else")
    monkeypatch.delenv(CACHE_DIR_VARIABLE)
    assert default_cache_dir().name == "dispatch-engine"
