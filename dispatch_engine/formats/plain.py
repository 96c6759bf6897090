"""Small documents whose shape says all: read into a model, with all faults of shape at once."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.members import object_of
from dispatch_engine.formats.shape import shape_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from dispatch_engine.errors import Fault

M = TypeVar("M", bound=BaseModel)


def parse_plain(model: type[M], data: bytes, name: str = "the document") -> M:
    """Read an object of JSON as this model.

    Raises
    ------
    DocumentErrors
        With every fault of text and shape.
    """
    object_of(data, name)
    try:
        return model.model_validate_json(data.removeprefix(codecs.BOM_UTF8), strict=True)
    except ValidationError as error:
        raise DocumentErrors(shape_faults(model, error.errors()), name) from error


def shape_faults(model: type[BaseModel], errors: Iterable[ErrorDetails]) -> tuple[Fault, ...]:
    """Return the errors of validating a model as faults, each once, in the order of their places."""
    return tuple(sorted({shape_fault(model, each) for each in errors}))
