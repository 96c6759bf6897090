"""What a JSON schema asks for, in a few words that may lead on to other shapes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NULL = {"type": "null"}


@dataclass(frozen=True)
class Piece:
    """A piece of text; ``shape`` names the shape that it leads to, where it leads anywhere."""

    text: str
    shape: str = ""


def kind_of(schema: dict[str, Any]) -> tuple[Piece, ...]:
    """Return what may stand there, such as "list of Call or null"."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return (Piece(name, name),)
    if "const" in schema:
        return (Piece(json.dumps(schema["const"])),)
    if "enum" in schema:
        return (Piece(" | ".join(json.dumps(each) for each in schema["enum"])),)
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return tuple(_joined([kind_of(each) for each in schema[choice]], " or "))
    return _of_type(schema)


def limits_of(schema: dict[str, Any]) -> str:
    """Return how large it may be, such as "1 to 1,000"; empty where nothing is said."""
    inner = next((each for each in schema.get("anyOf", ()) if each != NULL), schema)
    said = (
        _range(inner.get("minimum"), inner.get("maximum"), ""),
        _range(None, inner.get("exclusiveMaximum"), "", "below"),
        _range(inner.get("exclusiveMinimum"), None, "", "above"),
        _range(None, inner.get("maxLength"), " characters"),
        _range(inner.get("minItems"), inner.get("maxItems"), " entries"),
    )
    return ", ".join(each for each in said if each)


def _of_type(schema: dict[str, Any]) -> tuple[Piece, ...]:
    match schema.get("type"):
        case "array":
            return (Piece("list of "), *kind_of(schema.get("items", {})))
        case "object":
            return _of_object(schema)
        case "string" if "format" in schema:
            return (Piece(schema["format"]),)
        case None:
            return (Piece("anything"),)
        case kind:
            return (Piece(kind),)


def _of_object(schema: dict[str, Any]) -> tuple[Piece, ...]:
    values = [*schema.get("patternProperties", {}).values()]
    if isinstance(more := schema.get("additionalProperties"), dict):
        values.append(more)
    if not values:
        return (Piece("object"),)
    return (Piece("object of "), *_joined([kind_of(each) for each in values], " or "))


def _joined(kinds: list[tuple[Piece, ...]], word: str) -> Iterator[Piece]:
    """Yield alternatives, each once."""
    for number, kind in enumerate(dict.fromkeys(kinds)):
        if number:
            yield Piece(word)
        yield from kind


def _range(least: float | None, most: float | None, unit: str, word: str = "") -> str:
    if least is not None and most is not None:
        return f"{least:,} to {most:,}{unit}"
    if most is not None:
        return f"{word or 'at most'} {most:,}{unit}"
    if least is not None:
        return f"{word or 'at least'} {least:,}{unit}"
    return ""
