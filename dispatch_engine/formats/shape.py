"""Pydantic's errors in the words of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from dispatch_engine.catalogue.faults import fault, suggestion
from dispatch_engine.model.fields import CURRENCY_PATTERN, ID_PATTERN
from dispatch_engine.model.spread import QUANTILE_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails

    from dispatch_engine.catalogue.faults import Path
    from dispatch_engine.errors import Fault

CODE_BY_PATTERN = {
    ID_PATTERN: "id_syntax",
    CURRENCY_PATTERN: "currency_syntax",
    QUANTILE_PATTERN: "quantile_name",
}
WORDING = {
    "Input should be": "The value is",
    "Decimal input should have": "The value has",
    "String should have": "The text has",
    "Tuple should have": "The list has",
}
MISSING = {"missing", "default_factory_not_called"}
"""Types of error. The latter: what a default would follow from is faulty."""
KEY_MARK = "[key]"
NO_KEY_ADVICE = "Maybe it belongs to another object, or to a newer version."


def shape_fault(model: type[BaseModel], error: ErrorDetails) -> Fault:
    """Return one error of validating ``model`` as a fault."""
    path = path_of(error)
    kind = error["type"]
    if kind == "extra_forbidden":
        return _unknown_key(model, path, error["input"])
    if kind in MISSING:
        return fault("missing_field", path)
    if kind in DETAIL_BY_TYPE:
        code, detail = DETAIL_BY_TYPE[kind]
        return fault(code, path, error["input"], **detail(error))
    if kind == "string_pattern_mismatch" and error["ctx"]["pattern"] in CODE_BY_PATTERN:
        return fault(CODE_BY_PATTERN[error["ctx"]["pattern"]], path, error["input"])
    return fault("wrong_type", path, error["input"], wanted=_sentence(error["msg"]))


def _unknown_key(model: type[BaseModel], path: Path, value: object) -> Fault:
    *holder, key = path
    known = _model_at(model, tuple(holder)).model_fields
    return fault("unknown_key", path, value, suggestion=suggestion(str(key), known, NO_KEY_ADVICE))


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel]:
    """Return the model of the object at ``path``; positions in lists and keys of maps stay within one model."""
    for part in path:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        model = (_model_in(field.annotation) if field else None) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in found if model is not None), None)


def path_of(error: ErrorDetails) -> Path:
    """Return where the error is; a fault of a key is at that key."""
    return tuple(part for part in error["loc"] if part != KEY_MARK)


def _nothing(_: ErrorDetails) -> dict[str, object]:
    return {}


def _limit(error: ErrorDetails) -> dict[str, object]:
    return {"limit": _sentence(error["msg"])}


def _sentence(message: str) -> str:
    for theirs, ours in WORDING.items():
        message = message.replace(theirs, ours)
    return message[0].upper() + message[1:]


def _choice(error: ErrorDetails) -> dict[str, object]:
    allowed = str(error["ctx"]["expected"]).replace(" or ", ", ")
    words = [word.strip("'") for word in allowed.split(", ")]
    return {"allowed": allowed, "suggestion": suggestion(str(error["input"]), words, "Maybe it is not needed at all.")}


DETAIL_BY_TYPE: dict[str, tuple[str, Callable[[ErrorDetails], dict[str, object]]]] = {
    "literal_error": ("unknown_choice", _choice),
    "greater_than_equal": ("out_of_range", _limit),
    "less_than_equal": ("out_of_range", _limit),
    "less_than": ("out_of_range", _limit),
    "out_of_range": ("out_of_range", _limit),
    "finite_number": ("not_finite", _nothing),
    "decimal_max_places": ("too_precise", _limit),
    "string_too_short": ("empty_value", _nothing),
    "too_short": ("empty_value", _nothing),
    "string_too_long": ("too_long", _limit),
    "too_long": ("too_long", _limit),
    "quantity_negative": ("quantity_negative", _nothing),
    "quantity_fractional": ("quantity_fractional", _nothing),
    "probability_range": ("probability_range", _nothing),
    "spread_negative": ("spread_negative", _nothing),
    "time_syntax": ("time_syntax", _nothing),
    "naive_time": ("naive_time", _nothing),
    "duration_syntax": ("duration_syntax", _nothing),
    "not_whole_seconds": ("not_whole_seconds", _nothing),
}
