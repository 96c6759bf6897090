"""A second process that takes a part of the work of compiling over, where the machine has a second core.

Numba's own work is done in Python, that of LLVM is not; they take turns on one core otherwise. The process lives as
long as kernels are compiled, and needs nothing but its input and output; without it everything is compiled here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from struct import Struct
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIZE = Struct("<Q")
_BEGIN = "from dispatch_engine.second_core import serve; serve()"


@contextmanager
def second_core() -> Iterator[None]:
    """Have the parts of the kernels that are compiled meanwhile simplified on a second core, if there is one."""
    process = _begun() if len(os.sched_getaffinity(0)) > 1 else None
    if process is None:
        yield
        return
    from solver.linking import simplified_by

    with _ending(process), ThreadPoolExecutor(1, "second core") as thread:
        try:
            with simplified_by(lambda text: thread.submit(_ask, process, text)):
                yield
        finally:
            thread.shutdown(wait=False, cancel_futures=True)
            process.kill()  # a thread that waits for it waits no longer


@contextmanager
def _ending(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(BrokenPipeError):
            process.__exit__(None, None, None)


def _begun() -> subprocess.Popen[bytes] | None:
    """Begin the process, in a session of its own: an interrupt from the keyboard is for this one, which ends it."""
    command = [sys.executable, "-P", "-c", _BEGIN]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return None


def _ask(process: subprocess.Popen[bytes], text: str) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    _write(process.stdin, text.encode())
    answer = _read(process.stdout)
    if answer is None:
        raise EOFError
    return answer


def serve() -> None:
    """Simplify what comes in until the input ends."""
    from solver.linking import simplified

    while (text := _read(sys.stdin.buffer)) is not None:
        _write(sys.stdout.buffer, simplified(text.decode()))


def _write(stream: IO[bytes], data: bytes) -> None:
    stream.write(_SIZE.pack(len(data)) + data)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes | None:
    """Return what was written at once, None where the other side is gone."""
    size = stream.read(_SIZE.size)
    if len(size) < _SIZE.size:
        return None
    return stream.read(_SIZE.unpack(size)[0])
