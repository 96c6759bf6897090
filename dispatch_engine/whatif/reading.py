"""Scenario documents from YAML or JSON, with all their faults at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from dispatch_engine.catalogue.faults import fault, pointer_of, scenario_fault, suggestion
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.files import MAX_BYTES, read_bytes
from dispatch_engine.formats.json_text import read_json
from dispatch_engine.formats.plain import shape_faults
from dispatch_engine.formats.yaml_text import read_yaml
from dispatch_engine.whatif.scenario import (
    MAX_CHANGES,
    MODEL_BY_TYPE,
    BoardBase,
    ProblemBase,
    ScenarioDocument,
    ScenarioHead,
)

if TYPE_CHECKING:
    from pathlib import Path

    from dispatch_engine.errors import Fault
    from dispatch_engine.formats.json_text import JsonText

SUPPORTED_VERSION = 1


def load_scenarios(path: str | Path, max_bytes: int = MAX_BYTES) -> tuple[ScenarioDocument, ...]:
    """Read the scenarios of a file, or of standard input where the path is ``-``; see ``parse_scenarios``.

    Raises
    ------
    FileError, DocumentErrors
        The file cannot be read; a document has faults.
    """
    return parse_scenarios(read_bytes(path, max_bytes), str(path))


def parse_scenarios(data: bytes, name: str = "the scenario document") -> tuple[ScenarioDocument, ...]:
    """Read one scenario as JSON, or one or more as YAML, each behind a line of three dashes.

    Raises
    ------
    DocumentErrors
        With every fault of shape of all of them; in a text of several each stands under the scenario's position.
    """
    texts = [read_json(data)] if data.lstrip()[:1] in (b"{", b"") else read_yaml(data)
    texts = [text for text in texts if text.value is not None or text.faults]
    if not texts:
        raise DocumentErrors((fault("json_empty", ()),), name)
    found: list[ScenarioDocument] = []
    faults: list[Fault] = []
    for position, text in enumerate(texts):
        try:
            found.append(_scenario_of(text, name))
        except DocumentErrors as error:
            if len(texts) > 1:
                error.repoint(lambda pointer, position=position: f"/{position}{pointer}")  # type: ignore[misc]
            faults += error.faults
    if faults:
        raise DocumentErrors(tuple(faults), name)
    return tuple(found)


def parse_scenario(data: bytes, name: str = "the scenario document") -> ScenarioDocument:
    """Read one scenario as JSON.

    Raises
    ------
    DocumentErrors
        With every fault of its shape.
    """
    return _scenario_of(read_json(data), name)


def scenario_text(scenario: ScenarioDocument) -> bytes:
    """Return a scenario as JSON, with what was stated and without the defaults."""
    return scenario.model_dump_json(exclude_unset=True).encode()


def _scenario_of(text: JsonText, name: str) -> ScenarioDocument:
    if text.faults:
        raise DocumentErrors(tuple(sorted({*text.faults})), name)
    if not isinstance(text.value, dict):
        raise DocumentErrors((fault("not_an_object", (), text.value),), name)
    version = text.value.get("version", SUPPORTED_VERSION)
    if type(version) is int and version != SUPPORTED_VERSION:
        raise DocumentErrors((fault("version_unsupported", ("version",), version, supported=SUPPORTED_VERSION),), name)
    head = {key: value for key, value in text.value.items() if key != "changes"}
    changes = text.value.get("changes", [])
    faults = tuple(sorted({*_head_faults(head), *_changes_faults(changes)}))
    if faults:
        raise DocumentErrors(faults, name)
    return ScenarioDocument.model_validate_json(json.dumps(text.value), strict=True)


def _head_faults(head: dict[str, Any]) -> tuple[Fault, ...]:
    """Return the faults of all but the changes; a base is of the one kind or of the other."""
    base = head.get("base")
    rest = {key: value for key, value in head.items() if key != "base"}
    faults = _faults_of(ScenarioHead, rest)
    if base is None:
        return faults
    if not isinstance(base, dict):
        return (*faults, fault("wrong_type", ("base",), base, wanted="The value is an object"))
    wanted = BoardBase if "board" in base else ProblemBase
    return (*faults, *_below(("base",), _faults_of(wanted, base)))


def _changes_faults(changes: Any) -> Iterator[Fault]:
    if not isinstance(changes, list):
        yield fault("wrong_type", ("changes",), changes, wanted="The value is a list")
        return
    if len(changes) > MAX_CHANGES:
        yield fault("too_long", ("changes",), len(changes), limit=f"The list has at most {MAX_CHANGES:,} items")
    for position, change in enumerate(changes[:MAX_CHANGES]):
        yield from _below(("changes", position), _change_faults(change))


def _change_faults(change: Any) -> tuple[Fault, ...]:
    if not isinstance(change, dict):
        return (fault("wrong_type", (), change, wanted="The value is an object"),)
    kind = change.get("type")
    if kind is None:
        return (fault("missing_field", ("type",)),)
    if not isinstance(kind, str) or kind not in MODEL_BY_TYPE:
        advice = suggestion(str(kind), list(MODEL_BY_TYPE), f"Maybe one of {', '.join(MODEL_BY_TYPE)}.")
        return (scenario_fault("change_type", ("type",), kind, suggestion=advice),)
    return _faults_of(MODEL_BY_TYPE[kind], change)


def _faults_of(model: type[Any], value: dict[str, Any]) -> tuple[Fault, ...]:
    try:
        model.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        return shape_faults(model, error.errors())
    return ()


def _below(path: tuple[str | int, ...], faults: Sequence[Fault]) -> Iterator[Fault]:
    for each in faults:
        yield replace(each, pointer=pointer_of(path) + each.pointer)
