"""A server that is killed while its webhooks are behind loses none of what they are to be told."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from dispatch_engine import kernels
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from tests.api.serving import serving
from tests.api.world import NEW_CALL
from tests.webhook_receiver import receiving

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = "/v1/boards/north/webhooks"


@pytest.mark.slow
def test_a_webhook_gets_all_revisions_in_order_though_server_and_receiver_die(tmp_path: Path) -> None:
    if not kernels.is_warm():
        kernels.warmup()
    with receiving() as receiver:
        pass  # its port is known, and nobody listens
    quick = {"webhook_first_wait_seconds": "0.05", "webhook_longest_wait_seconds": "0.1", "webhook_attempts": "100"}
    with serving(tmp_path / "d.db", **quick) as server, server.client() as client:
        key = server.key
        client.put("/v1/boards/north", json={"document": SAMPLE_DAY}).raise_for_status()
        client.post(HOOKS, json={"url": receiver.url, "after": 0}).raise_for_status()
        for number in range(5):
            call = NEW_CALL | {"id": f"N-{number}"}
            client.post("/v1/boards/north/calls", json=call).raise_for_status()
        acknowledged = client.get("/v1/boards/north").json()["revision"]
        server.stop(signal.SIGKILL)
    with receiving(port=receiver.port) as again, serving(tmp_path / "d.db", **quick) as server:
        again.wait_for(acknowledged)
        assert again.revisions[:acknowledged] == list(range(1, acknowledged + 1))
        with server.client(key) as client:
            (hook,) = client.get(HOOKS).json()["items"]
            assert client.get(f"{HOOKS}/{hook['id']}/dead-letters").json()["items"] == []
