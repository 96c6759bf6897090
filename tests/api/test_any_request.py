"""Requests of any kind that the description allows, and many that it does not: no fault of the program, no answer
that the description does not have."""

from __future__ import annotations

import os
from math import ceil
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

CASES = int(os.environ.get("TEST_API_CASES", "2000"))
"""At least so many of all routes together."""
DOCUMENTS = {"POST /v1/plan", "POST /v1/check", "PUT /v1/boards/{board}"}
CASES_OF_A_DOCUMENT = 20
"""Whole problem documents take fifty times as long to make up as any other request."""
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
    tried = sorted((each for each in operations if each.path != ENDLESS), key=lambda each: each.label not in DOCUMENTS)
    assert {each.label for each in tried} > DOCUMENTS
    asked = 0
    for place, operation in enumerate(tried):
        share = CASES_OF_A_DOCUMENT if operation.label in DOCUMENTS else ceil((CASES - asked) / (len(tried) - place))
        asked += cases_asked(operation, server.address, headers, max(1, share))
    assert asked >= CASES


def cases_asked(operation: APIOperation[Any, Any, Any, Any], address: str, headers: dict[str, str], most: int) -> int:
    """Ask ``most`` different requests of a route, or all that there are where they are fewer, and return how many."""
    asked = 0

    @settings(max_examples=most, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answered(case: schemathesis.Case[Any]) -> None:
        nonlocal asked
        asked += 1
        case.call_and_validate(base_url=address, headers=headers, checks=CHECKS, timeout=60)

    answered()
    return asked
