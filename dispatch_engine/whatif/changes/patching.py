"""A thing with some of its fields changed, as a JSON merge patch says (RFC 7396)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import Field, ValidationError

from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.formats.merging import merged
from dispatch_engine.formats.shape import shape_fault
from dispatch_engine.model.base import Model
from dispatch_engine.whatif.changes.change import refused

if TYPE_CHECKING:
    from collections.abc import Mapping

M = TypeVar("M", bound=Model)

Patch = Annotated[dict[str, Any], Field(min_length=1)]
"""Fields as in the document, at any depth; null takes one away. What is not named stays."""


def patched(thing: M, patch: Mapping[str, Any]) -> M:
    """Return a thing with fields changed.

    Raises
    ------
    DocumentErrors
        With all faults of their shape, below ``/set``; another id is one.
    """
    before = getattr(thing, "id", None)
    if before is not None and patch.get("id", before) != before:
        raise refused(scenario_fault("change_of_id", ("set", "id"), patch["id"], id=before))
    stated = merged(thing.model_dump(mode="json", exclude_unset=True), patch)
    try:
        return type(thing).model_validate_json(json.dumps(stated), strict=True)
    except ValidationError as error:
        faults = sorted(shape_fault(type(thing), each) for each in error.errors())
        raise refused(*(replace(each, pointer=f"/set{each.pointer}") for each in faults)) from error
