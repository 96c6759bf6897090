from pathlib import Path

import pytest

from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.network import Network


@pytest.fixture(scope="session")
def networks(root: Path) -> dict[str, Network]:
    return {name: load_network(root / "data" / name / "network.npz") for name in ("coquimbo", "nauru")}
