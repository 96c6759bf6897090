"""Each database that can hold the log, real and empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatch_engine.event_log.sql.log import SqlEventLog
from tests.event_logs import DATABASES, new_url, opened


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    postgres = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return new_url(request.param, tmp_path, postgres)


@pytest.fixture
def sql_log(url: str) -> Iterator[SqlEventLog]:
    log = opened(url)
    yield log
    log.close()
