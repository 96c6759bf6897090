from collections.abc import Iterator

import pytest

from dispatch_engine import kernels
from tests.api.world import World


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    with made.client:
        yield made


@pytest.fixture(scope="module")
def shared_world() -> Iterator[World]:
    """Yield a world for tests that leave nothing behind."""
    made = World()
    with made.client:
        yield made


@pytest.fixture(scope="session")
def compiled() -> None:
    """Have the solver compiled, so that no request has to wait for it."""
    if not kernels.is_warm():
        kernels.warmup()


@pytest.fixture
def board(compiled: None, world: World) -> World:
    """Return a world with the board ``north``, made of the sample day."""
    assert world.open_board().status_code == 201
    return world
