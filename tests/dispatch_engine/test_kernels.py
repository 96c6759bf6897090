"""Where compiled kernels are kept, tried in processes of their own: numba reads its folder once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dispatch_engine import kernels

ASK = "from dispatch_engine import kernels; print(kernels.prepare())"
COMPILE_ONE = (
    f"{ASK}; from solver.rules.wage import wage_ticks; import numpy; wage_ticks(numpy.zeros((1, 40), 'int64'), 0, 1)"
)


def folder_of(code: str, **environment: str) -> Path:
    """Return the folder that a fresh process uses."""
    kept = {name: value for name, value in os.environ.items() if name not in {"NUMBA_CACHE_DIR", "DISPATCH_CACHE_DIR"}}
    done = subprocess.run(
        [sys.executable, "-c", code], env=kept | environment, capture_output=True, text=True, check=True, timeout=120
    )
    return Path(done.stdout.strip())


def test_kernels_are_kept_in_a_folder_for_the_state_of_the_sources(tmp_path: Path) -> None:
    folder = folder_of(ASK, DISPATCH_CACHE_DIR=str(tmp_path))
    assert folder == tmp_path / f"kernels-{kernels.sources_digest()}"
    assert folder.is_dir()


def test_a_folder_that_numba_was_given_is_used(tmp_path: Path) -> None:
    assert folder_of(ASK, NUMBA_CACHE_DIR=str(tmp_path), DISPATCH_CACHE_DIR="/elsewhere") == tmp_path


def test_compiled_kernels_end_up_in_the_folder(tmp_path: Path) -> None:
    folder = folder_of(COMPILE_ONE, DISPATCH_CACHE_DIR=str(tmp_path))
    assert [path.name.split(".")[0] for path in folder.rglob("*.nbi")] == ["wage"]


def test_where_the_users_folder_cannot_be_made_a_private_temporary_one_is_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = folder_of(ASK, DISPATCH_CACHE_DIR=str(tmp_path / "file"), TMPDIR=str(tmp_path))
    assert folder.parent == tmp_path / f"dispatch-engine-{os.getuid()}"
    assert folder.parent.stat().st_mode & 0o777 == 0o700


def test_a_temporary_folder_that_others_can_write_to_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    shared = tmp_path / f"dispatch-engine-{os.getuid()}"
    shared.mkdir()
    shared.chmod(0o777)
    folder = folder_of(ASK, DISPATCH_CACHE_DIR=str(tmp_path / "file"), TMPDIR=str(tmp_path))
    assert folder.parent == tmp_path
    assert folder != shared


def test_a_change_of_a_source_is_another_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import solver

    copy = tmp_path / "solver"
    shutil.copytree(solver.__path__[0], copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(solver, "__path__", [str(copy)])
    before = kernels.sources_digest()
    (copy / "rules" / "wage.py").write_text("changed = True\n")
    assert kernels.sources_digest() != before


def test_folders_of_old_states_are_removed_but_the_latest(tmp_path: Path) -> None:
    for age in range(6):
        old = tmp_path / f"kernels-{age}"
        old.mkdir()
        os.utime(old, (1000 - age, 1000 - age))
    folder = folder_of(ASK, DISPATCH_CACHE_DIR=str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == {folder.name, "kernels-0", "kernels-1", "kernels-2"}


def test_folders_that_other_versions_may_be_using_stay(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"kernels-{number}").mkdir()
    folder_of(ASK, DISPATCH_CACHE_DIR=str(tmp_path))
    assert len(list(tmp_path.iterdir())) == 7
