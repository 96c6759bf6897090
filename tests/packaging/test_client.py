"""A generator makes a typed client of the description, all of it, and the client speaks with the server."""

from __future__ import annotations

import json
import venv
from typing import TYPE_CHECKING

import pytest

from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from tests.api.serving import Serving, serving
from tests.packaging.outside import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.packaging, pytest.mark.slow]

SPEAK = """
import sys
from dispatch_engine_client import AuthenticatedClient
from dispatch_engine_client.api.boards import get_call, post_events
from dispatch_engine_client.models import CancelCall

address, key = sys.argv[1:]
with AuthenticatedClient(address, key) as client:
    before = get_call.sync("north", "C-1", client=client)
    done = post_events.sync("north", client=client, body=CancelCall(type_="cancel_call", call="C-1"))
    after = get_call.sync("north", "C-1", client=client)
print(before.status, after.status, done.revision > 1)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("client") / "boards.db") as running:
        with running.client() as client:
            assert client.put("/v1/boards/north", json={"document": SAMPLE_DAY}).status_code == 201
        yield running


def test_a_generated_client_lacks_nothing_and_speaks_with_the_server(server: Serving, tmp_path: Path) -> None:
    with server.client() as client:
        (tmp_path / "openapi.json").write_text(json.dumps(client.get("/openapi.json").json()))
    venv.create(tmp_path / "venv", with_pip=True)
    bin_ = tmp_path / "venv" / "bin"
    run(bin_ / "pip", "install", "--quiet", "openapi-python-client>=0.29", cwd=tmp_path)
    (tmp_path / "plain.yml").write_text("post_hooks: []")  # formatting what it writes needs more programs
    options = ("--path", "openapi.json", "--config", "plain.yml", "--fail-on-warning")
    run(bin_ / "openapi-python-client", "generate", *options, cwd=tmp_path)
    said = run(bin_ / "python", "-c", SPEAK, server.address, server.key, cwd=tmp_path / "dispatch-engine-client")
    assert said.split() == ["new", "cancelled", "True"]
