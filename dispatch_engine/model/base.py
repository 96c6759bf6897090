"""The common ground of all document models: closed, frozen, strict about numbers."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

NOT_YET_KEY = "x-not-yet"


class Model(BaseModel):
    """A part of a document. Unknown keys are errors, values never change, no number is NaN or infinite."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True)


def not_yet(rule: str, default: Any = None) -> Any:
    """Declare a field whose rule the engine does not honour yet: any other value than the default is refused.

    Parameters
    ----------
    rule
        The rule in a few words, for the message and the JSON Schema.
    default
        The value that means "not used".
    """
    return Field(default=default, json_schema_extra={NOT_YET_KEY: rule})
