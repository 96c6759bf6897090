"""Where the compiled kernels of the solver are kept, and compiling them ahead of the first search.

Numba keeps compiled functions on disk and compiles one anew when the file that holds it changes. It does not notice a
change in another file whose functions were compiled into it. So each state of the solver's sources has a folder of
its own, named by a digest.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import stat
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import solver
from dispatch_engine.travel.cache import default_cache_dir

NUMBA_VARIABLE = "NUMBA_CACHE_DIR"
KEPT_FOLDERS = 4
"""The folders of the latest states of the sources stay; older ones are removed once nobody has used them for long."""

IN_USE_S = 24 * 3600
"""A folder that a process has opened since then may be in use by it: to compile into, or to load from."""

COMPILE_S = 30
"""What compiling everything takes on a usual machine, for messages."""

COMPILE_BOUND_S = 15
"""What compiling the proven bound takes there."""


COMPILER = {"NUMBA_LOOP_VECTORIZE": "0", "NUMBA_SLP_VECTORIZE": "0"}
"""How the kernels are compiled unless the environment says otherwise: loops over a stop's few rows gain nothing from
vectors, and looking for them takes a tenth longer."""


def prepare() -> Path:
    """Point numba at the folder of compiled kernels and return it; call it before the kernels are imported."""
    for name, value in COMPILER.items():
        os.environ.setdefault(name, value)
    import numba

    numba.core.config.reload_config()
    folder = kernel_folder()
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined] # numba sets its options at run time
    return folder


@cache
def kernel_folder() -> Path:
    """Return the folder of compiled kernels, which can be written.

    It is the one that NUMBA_CACHE_DIR names, else one in the cache folder of ``dispatch``, else, where nothing can be
    written there, a private one among the temporary files.
    """
    named = os.environ.get(NUMBA_VARIABLE)
    if named:
        return Path(named)
    name = f"kernels-{sources_digest()}"
    for home in _homes():
        folder = home / name
        if _is_usable(folder):
            os.utime(folder)
            _forget_old(home)
            return folder
    return Path(tempfile.mkdtemp(prefix="dispatch-engine-"))


def sources_digest() -> str:
    """Return a short digest of what compiled kernels depend on: the solver's sources, Python, numba, the processor."""
    import llvmlite.binding

    summary = hashlib.sha256()
    about = (platform.python_version(), version("numba"), version("llvmlite"), llvmlite.binding.get_host_cpu_name())
    summary.update("\n".join(about).encode())
    for path in _sources():
        summary.update(f"\n{path}\n".encode() + path.read_bytes())
    return summary.hexdigest()[:16]


def is_warm(*, bound: bool = False) -> bool:
    """Whether all kernels are compiled already: those that every plan needs, or those of the proven ``bound``."""
    return _marker(prepare(), bound=bound).exists()


def warmup(*, bound: bool = False) -> None:
    """Compile all kernels, by planning a tiny day that uses every rule with a kernel of its own.

    Those of the proven ``bound`` are compiled only where it is asked for.
    """
    folder = prepare()
    from dispatch_engine.second_core import second_core
    from dispatch_engine.warmup_day import plan_warmup_day

    with second_core():
        plan_warmup_day(bound=bound)
    folder.mkdir(parents=True, exist_ok=True)
    for compiled in {False, bound}:
        _marker(folder, bound=compiled).touch()


def _sources() -> list[Path]:
    return sorted(Path(solver.__path__[0]).resolve().rglob("*.py"))


def _marker(folder: Path, *, bound: bool) -> Path:
    """Return the file that says that all is compiled; numba compiles again when the files' times have changed."""
    name = "complete-bound" if bound else "complete"
    times = ",".join(str(path.stat().st_mtime_ns) for path in _sources())
    return folder / f"{name}-{sources_digest()}-{hashlib.sha256(times.encode()).hexdigest()[:16]}"


def _homes() -> Iterator[Path]:
    yield default_cache_dir()
    temporary = Path(tempfile.gettempdir(), f"dispatch-engine-{os.getuid()}")
    if _is_usable(temporary):
        yield temporary


def _is_usable(folder: Path) -> bool:
    """Make the folder if need be; it is usable if it can be written, and by nobody else: what is in it is run."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.stat()
    except OSError:
        return False
    is_private = found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return is_private and os.access(folder, os.W_OK | os.X_OK)


def _forget_old(home: Path) -> None:
    """Remove the folders of all but the latest states of the sources, apart from those that may be in use."""
    folders = sorted(home.glob("kernels-*"), key=lambda folder: folder.stat().st_mtime_ns, reverse=True)
    for folder in folders[KEPT_FOLDERS:]:
        if folders[0].stat().st_mtime - folder.stat().st_mtime > IN_USE_S:
            shutil.rmtree(folder, ignore_errors=True)
