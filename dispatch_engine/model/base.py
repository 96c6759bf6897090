"""The common ground of all document models: closed, frozen, strict about numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

NOT_YET_KEY = "x-not-yet"


class Model(BaseModel):
    """A part of a document. Unknown keys are errors, values never change, no number is NaN or infinite."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /) -> JsonSchemaValue:
        """Add to each property what the string below its field says."""
        from dispatch_engine.model.described import field_descriptions

        reference = handler(core_schema)
        properties = handler.resolve_ref_schema(reference)["properties"]
        said = field_descriptions(cls)
        for name in properties.keys() & said.keys():
            properties[name].setdefault("description", said[name])
        return reference


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
