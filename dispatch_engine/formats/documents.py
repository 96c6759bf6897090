"""Problem and plan documents from and to JSON, with all their faults at once."""

from __future__ import annotations

import codecs
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from dispatch_engine.catalogue.faults import fault
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.files import MAX_BYTES, read_bytes, write_atomically
from dispatch_engine.formats.json_text import read_json
from dispatch_engine.formats.salvage import faults_of_remains
from dispatch_engine.formats.shape import shape_fault
from dispatch_engine.model.checks.run import faults_of
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dispatch_engine.errors import Fault
    from dispatch_engine.formats.salvage import Check

M = TypeVar("M", bound=BaseModel)

SUPPORTED_VERSION = 1
KEY_BY_KIND = {"problem": "calls", "plan": "problem_id"}
"""A needed key that only documents of this kind have."""

STAND_INS = {"id": "-", "currency": "XXX", "time_zone": "UTC"}
"""For needed keys of a problem document that are faulty, while the rest is checked."""


def parse_problem(data: bytes, name: str = "the problem document") -> ProblemDocument:
    """Read a problem document and check all of it.

    Raises
    ------
    DocumentErrors
        With every fault found; ``name`` is what the message calls the document.
    """
    whole, faults = _object_of(data, name, wanted="problem", other="plan")
    return _validated(ProblemDocument, data, whole, faults, _Meaning(name, STAND_INS, faults_of))


def load_problem(path: str | Path, max_bytes: int = MAX_BYTES) -> ProblemDocument:
    """Read and check a problem document from a file, or from standard input where the path is ``-``.

    Raises
    ------
    FileError, DocumentErrors
        The file cannot be read; the document has faults.
    """
    return parse_problem(read_bytes(path, max_bytes), str(path))


def parse_plan(data: bytes, name: str = "the plan document") -> PlanDocument:
    """Read a plan document; whether it keeps the rules of its problem is another question.

    Raises
    ------
    DocumentErrors
        With every fault found; ``name`` is what the message calls the document.
    """
    whole, faults = _object_of(data, name, wanted="plan", other="problem")
    return _validated(PlanDocument, data, whole, faults, _Meaning(name, {}, lambda _: ()))


def load_plan(path: str | Path, max_bytes: int = MAX_BYTES) -> PlanDocument:
    """Read a plan document from a file, or from standard input where the path is ``-``.

    Raises
    ------
    FileError, DocumentErrors
        The file cannot be read; the document has faults.
    """
    return parse_plan(read_bytes(path, max_bytes), str(path))


def problem_text(problem: ProblemDocument) -> bytes:
    """Return a problem document as JSON, with what was stated and without the defaults."""
    return _text(problem.model_dump_json(indent=2, exclude_unset=True, exclude_none=True))


def plan_text(plan: PlanDocument) -> bytes:
    """Return a plan document as JSON; what is None is left out."""
    return _text(plan.model_dump_json(indent=2, exclude_none=True))


def dump_problem(problem: ProblemDocument, path: str | Path) -> None:
    """Write a problem document to a file, whole or not at all, or to standard output where the path is ``-``."""
    write_atomically(path, problem_text(problem))


def dump_plan(plan: PlanDocument, path: str | Path) -> None:
    """Write a plan document to a file, whole or not at all, or to standard output where the path is ``-``."""
    write_atomically(path, plan_text(plan))


def problem_sha256(problem: ProblemDocument) -> str:
    """Return the checksum of what a problem document says, whatever the order of keys and the white space."""
    said = problem.model_dump(mode="json", exclude_defaults=True)
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def problem_schema() -> dict[str, Any]:
    """Return the JSON Schema of problem documents."""
    return ProblemDocument.model_json_schema()


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of plan documents, as they are written."""
    return PlanDocument.model_json_schema(mode="serialization")


@dataclass(frozen=True)
class _Meaning(Generic[M]):
    """How the meaning of a document of one kind is checked, and the document's name."""

    name: str
    stand_ins: Mapping[str, Any]
    check: Check[M]


def _object_of(data: bytes, name: str, *, wanted: str, other: str) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Return the object in the text and the faults of the text, if it is a document of the wanted kind."""
    text = read_json(data)
    whole, faults = text.value, text.faults
    if any(each.code != "duplicate_key" for each in faults):
        raise DocumentErrors(tuple(sorted({*faults})), name)
    if not isinstance(whole, dict):
        raise DocumentErrors((fault("not_an_object", (), whole),), name)
    if KEY_BY_KIND[other] in whole and KEY_BY_KIND[wanted] not in whole:
        raise DocumentErrors((fault("wrong_document", (), wanted=wanted, found=other),), name)
    version = whole.get("version", SUPPORTED_VERSION)
    if type(version) is int and version != SUPPORTED_VERSION:
        raise DocumentErrors((fault("version_unsupported", ("version",), version, supported=SUPPORTED_VERSION),), name)
    return whole, faults


def _validated(
    model: type[M], data: bytes, whole: dict[str, Any], faults: tuple[Fault, ...], meaning: _Meaning[M]
) -> M:
    try:
        document = model.model_validate_json(data.removeprefix(codecs.BOM_UTF8), strict=True)
    except ValidationError as error:
        found = _faults_of_error(model, whole, error, meaning)
    else:
        found = meaning.check(document)
        if not faults and not found:
            return document
    raise DocumentErrors(tuple(sorted({*faults, *found})), meaning.name)


def _faults_of_error(
    model: type[M], whole: dict[str, Any], error: ValidationError, meaning: _Meaning[M]
) -> tuple[Fault, ...]:
    errors = error.errors()
    if errors[0]["type"] == "json_invalid":
        return (fault("json_syntax", (), line=1, column=1, problem=errors[0]["msg"]),)
    shape = tuple(shape_fault(model, each) for each in errors)
    return shape + faults_of_remains(model, whole, error, meaning.stand_ins, meaning.check)


def _text(document: str) -> bytes:
    return f"{document}\n".encode()
