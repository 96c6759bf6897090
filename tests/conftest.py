"""What every test shares: a steady Hypothesis profile, visible skips where something outside is absent, and workers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dispatch_engine.kernels import prepare
from tests import workers
from tests.postgres_server import PostgresServer, running_server

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# Before any test loads a kernel: those compiled from other sources are stale.
prepare()

# The same examples on every run and no deadline: a compiled kernel's first call takes seconds.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Share the whole suite among processes; single files and folders are quicker in one."""
    return workers.workers_for(config)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> workers.ByFile:
    """Leave together what belongs together."""
    return workers.ByFile(config, log)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the kernels once for all workers."""
    if workers.is_shared(session.config):
        workers.compile_ahead()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    workers.by_length(items)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, with the reason, a test whose outside part is absent."""
    if item.get_closest_marker("needs_shared") and not SHARED.is_dir():
        pytest.skip(f"needs the benchmark instances in {SHARED}, which does not exist")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of benchmark instances beside the checkout; mark the test `needs_shared`."""
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start a real PostgreSQL, once for all tests that need one."""
    with running_server() as server:
        yield server
