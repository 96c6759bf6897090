import copy
import json
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.errors import Fault
from dispatch_engine.model.checks.run import faults_of
from dispatch_engine.model.problem import ProblemDocument

Found: TypeAlias = list[tuple[str, str]]


@pytest.fixture
def day() -> dict[str, Any]:
    """A small valid day, to be changed by a test."""
    return copy.deepcopy(SAMPLE_DAY)


@pytest.fixture
def read() -> Callable[[dict[str, Any]], ProblemDocument]:
    """Read a document without checking its meaning."""
    return lambda document: ProblemDocument.model_validate_json(json.dumps(document), strict=True)


@pytest.fixture
def faults(read: Callable[[dict[str, Any]], ProblemDocument]) -> Callable[[dict[str, Any]], tuple[Fault, ...]]:
    """Return every fault of meaning."""
    return lambda document: faults_of(read(document))


@pytest.fixture
def found(faults: Callable[[dict[str, Any]], tuple[Fault, ...]]) -> Callable[[dict[str, Any]], Found]:
    """Return code and pointer of every fault of meaning."""
    return lambda document: [(fault.code, fault.pointer) for fault in faults(document)]
