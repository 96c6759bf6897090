"""What the command line changes in a problem document before it is read: policy and travel source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from dispatch_engine.formats.merging import merged

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dispatch_engine.model.problem import ProblemDocument

KEY_BY_TRAVEL_SOURCE = {"road": "network", "osrm": "url"}
FIELD_BY_TRAVEL_SOURCE = KEY_BY_TRAVEL_SOURCE | {"matrix": "matrices"}
"""What of a document's travel belongs to one source alone."""


def load_changed_problem(path: str, policy: Path | None, travel: str | None) -> ProblemDocument:
    """Read and check a problem document as the options change it.

    Parameters
    ----------
    path
        The document, or `-` for standard input.
    policy
        A JSON object whose keys replace those of the document's policy, at any depth; null takes one away.
    travel
        A travel source; see `travel_of`. What the document states for another source is left out.

    Raises
    ------
    FileError, DocumentErrors
        A file cannot be read; the document has faults, as it is or as it is changed.
    """
    from dispatch_engine.formats.documents import parse_problem
    from dispatch_engine.formats.files import read_bytes

    data = read_bytes(path)
    changes: dict[str, Any] = {}
    if policy is not None:
        changes["policy"] = read_object(policy)
    if travel is not None:
        wanted = travel_of(travel)
        others = {key: None for source, key in FIELD_BY_TRAVEL_SOURCE.items() if source != wanted["source"]}
        changes["travel"] = others | wanted
    if not changes:
        return parse_problem(data, str(path))
    return parse_problem(changed(data, changes), f"{path}, changed by options,")


def changed(data: bytes, changes: Mapping[str, Any]) -> bytes:
    """Return a JSON object with keys replaced; faulty text is returned as it is, for its reader to refuse."""
    from dispatch_engine.formats.json_text import read_json

    text = read_json(data)
    if text.faults or not isinstance(text.value, dict):
        return data
    return json.dumps(merged(text.value, changes)).encode()


def read_object(path: Path) -> dict[str, Any]:
    """Read a JSON object from a file.

    Raises
    ------
    FileError, DocumentErrors
        The file cannot be read; it holds no JSON object.
    """
    from dispatch_engine.catalogue.faults import fault
    from dispatch_engine.errors import DocumentErrors
    from dispatch_engine.formats.files import read_bytes
    from dispatch_engine.formats.json_text import read_json

    text = read_json(read_bytes(path))
    if text.faults:
        raise DocumentErrors(text.faults, str(path))
    if not isinstance(text.value, dict):
        raise DocumentErrors((fault("not_an_object", (), text.value),), str(path))
    return dict(text.value)


def travel_of(source: str) -> dict[str, str]:
    """Return the `travel` object for a source as it is typed.

    Parameters
    ----------
    source
        `geodesic`, `matrix`, `road`, `road:NETWORK` or `osrm:URL`.

    Raises
    ------
    typer.BadParameter
        Something follows a source that takes nothing.
    """
    name, colon, rest = source.partition(":")
    if not colon:
        return {"source": name}
    if name not in KEY_BY_TRAVEL_SOURCE:
        raise typer.BadParameter(
            f"{source!r}: only {' and '.join(KEY_BY_TRAVEL_SOURCE)} take something behind a colon",
            param_hint="--travel",
        )
    return {"source": name, KEY_BY_TRAVEL_SOURCE[name]: rest}
