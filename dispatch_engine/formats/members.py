"""A JSON object whose members are documents of their own: all faults of all of them at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from dispatch_engine.catalogue.faults import fault, pointer_of, suggestion
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.json_text import read_json

if TYPE_CHECKING:
    from dispatch_engine.errors import Fault

Parse: TypeAlias = Callable[[bytes, str], Any]


def parse_members(
    data: bytes, needed: Mapping[str, Parse], name: str = "the document", optional: Mapping[str, Parse] | None = None
) -> dict[str, Any]:
    """Read an object that has these members and no others, each by its own function.

    Parameters
    ----------
    data
        The text of the object.
    needed
        For each member what reads its text, given what messages call it.
    name
        What messages call the whole.
    optional
        The same for members that may be absent.

    Raises
    ------
    DocumentErrors
        With every fault of the object and of its members, at their places in the whole.
    """
    whole, parse_by_name = object_of(data, name), {**needed, **(optional or {})}
    faults = [fault("missing_field", (member,)) for member in needed if member not in whole]
    faults += [_unknown(member, whole[member], parse_by_name) for member in whole if member not in parse_by_name]
    parsed: dict[str, Any] = {}
    for member in [member for member in parse_by_name if member in whole]:
        try:
            parsed[member] = parse_by_name[member](json.dumps(whole[member]).encode(), f"{name}, {member},")
        except DocumentErrors as error:
            faults += [_within(member, each) for each in error.faults]
    if faults:
        raise DocumentErrors(tuple(sorted({*faults})), name)
    return parsed


def object_of(data: bytes, name: str) -> dict[str, Any]:
    """Return the object in a text.

    Raises
    ------
    DocumentErrors
        The text is not that of one object.
    """
    text = read_json(data)
    if text.faults:
        raise DocumentErrors(text.faults, name)
    if not isinstance(text.value, dict):
        raise DocumentErrors((fault("not_an_object", (), text.value),), name)
    return text.value


def _unknown(member: str, value: Any, known: Mapping[str, Parse]) -> Fault:
    return fault("unknown_key", (member,), value, suggestion=suggestion(member, known, "Maybe it is not needed."))


def _within(member: str, found: Fault) -> Fault:
    return replace(found, pointer=pointer_of((member,)) + found.pointer)
