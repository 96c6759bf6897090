"""Requests of any kind that the description allows, and many that it does not: no fault of the program, no answer
that the description does not have."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from tests.api.serving import Serving, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis.schemas import APIOperation

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("compiled")]

CASES = int(os.environ.get("TEST_API_CASES", "60"))
"""Of all routes together; 2,000 before a release."""
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ENDLESS = "/v1/boards/{board}/stream"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Yield a server that gives little time to searches, with boards whose names are likely to be tried."""
    database = tmp_path_factory.mktemp("any") / "d.db"
    with serving(database, max_seconds="1", sync_seconds="0.5", max_jobs="1000") as running:
        with running.client() as client:
            for name, document in (("0", SAMPLE_DAY), ("00", SAMPLE_DAY | {"technicians": []})):
                assert client.put(f"/v1/boards/{name}", json={"document": document}).status_code == 201
        yield running


def test_every_request_gets_an_answer_of_the_description(server: Serving) -> None:
    with server.client() as client:
        described = client.get("/openapi.json").json()
    headers = {"Authorization": f"Bearer {server.key}"}
    found = list(schemathesis.openapi.from_dict(described).get_all_operations())
    operations = [each.ok() for each in found if isinstance(each, Ok)]
    assert len(operations) == len(found)
    tried = [each for each in operations if each.path != ENDLESS]
    for operation in tried:
        every_case(operation, server.address, headers, max(1, CASES // len(tried)))


def every_case(operation: APIOperation[Any, Any, Any, Any], address: str, headers: dict[str, str], count: int) -> None:
    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answered(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(base_url=address, headers=headers, checks=CHECKS, timeout=60)

    answered()
