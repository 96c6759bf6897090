"""The shapes in which events are stored, as JSON Schema by type, kept in ``event_shapes.json``.

``python -m tests.dispatch_engine.board.shapes`` writes the file anew. It refuses to where an event that was stored
before could not be read any more: that takes a new version (``VERSION_BY_TYPE``) and a step in `upcasting`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic.json_schema import models_json_schema

from dispatch_engine.board.events import Event
from dispatch_engine.board.versions import VERSION_BY_TYPE
from dispatch_engine.model.base import NOT_YET_KEY

FILE = Path(__file__).with_name("event_shapes.json")
WORDS = {"description", "title", "default", "examples", NOT_YET_KEY}

Schema = dict[str, Any]


def shapes() -> Schema:
    """Return the shapes of today: those of events under ``events``, what they share under ``shared``."""
    models = get_args(Event)
    kinds = {model.__name__: get_args(model.model_fields["type"].annotation)[0] for model in models}
    _, schema = models_json_schema([(model, "validation") for model in models], ref_template="{model}")
    definitions = {name: _bare(each) for name, each in schema["$defs"].items()}
    events = {
        kind: {"version": VERSION_BY_TYPE.get(kind, 1), "shape": definitions.pop(name)} for name, kind in kinds.items()
    }
    return {"events": events, "shared": definitions}


def stored_shapes() -> Schema:
    """Return the shapes of the file."""
    read: Schema = _bare(json.loads(FILE.read_text()))
    return read


def breaks(old: Schema, new: Schema) -> list[str]:
    """Return what events of the old shapes would stumble over, without a new version of theirs."""
    found = [
        f"{kind}{what}" for kind, was in old["events"].items() for what in _event_breaks(was, new["events"].get(kind))
    ]
    for name, was in old["shared"].items():
        now = new["shared"].get(name)
        what = [*_shape_breaks(was, now)] if now else []
        found += [f"{name}{each}" for each in what if _is_used_as_before(old, new, name)]
    return found


def _is_used_as_before(old: Schema, new: Schema, name: str) -> bool:
    """Tell whether an event that holds a shared shape has the version that it had."""
    holding = {name}
    while more := {other for other, shape in old["shared"].items() if _names(shape) & holding} - holding:
        holding |= more
    events = {kind for kind, was in old["events"].items() if _names(was["shape"]) & holding}
    return any(
        kind in new["events"] and new["events"][kind]["version"] == old["events"][kind]["version"] for kind in events
    )


def _names(shape: Any) -> set[str]:
    """Return the shared shapes to which a shape refers."""
    if isinstance(shape, list):
        return {name for each in shape for name in _names(each)}
    if not isinstance(shape, dict):
        return set()
    return {value for key, value in shape.items() if key == "$ref"} | _names(list(shape.values()))


def _event_breaks(was: Schema, now: Schema | None) -> Iterator[str]:
    if now is None:
        yield " is gone"
    elif now["version"] == was["version"]:
        yield from _shape_breaks(was["shape"], now["shape"])


def _shape_breaks(was: Schema, now: Schema) -> Iterator[str]:
    before, after = was.get("properties", {}), now.get("properties", {})
    yield from (f".{name} is gone" for name in before.keys() - after.keys())
    kept = before.keys() & after.keys()
    yield from (f".{name} is another" for name in kept if not _takes(after[name], before[name]))
    yield from (f".{name} is required by now" for name in {*now.get("required", ())} - {*was.get("required", ())})
    rest = {key: value for key, value in was.items() if key not in ("properties", "required")}
    if not _takes({key: value for key, value in now.items() if key not in ("properties", "required")}, rest):
        yield " is another"


def _takes(now: Schema, was: Schema) -> bool:
    """Whether a schema takes all that another one took: it is the same, or has more choices."""
    if now == was or was in now.get("anyOf", ()):
        return True
    for choices in ("enum", "anyOf"):
        if choices in now and choices in was:
            return _without(choices, now) == _without(choices, was) and all(
                each in now[choices] for each in was[choices]
            )
    names = "propertyNames"
    if names in now and names in was:
        return _without(names, now) == _without(names, was) and _takes(now[names], was[names])
    return False


def _without(name: str, schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != name}


def _bare(value: Any) -> Any:
    """Return a schema without words for people and defaults, which change no shape."""
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {name: _bare(each) for name, each in held.items()} if key == "properties" else _bare(held)
        for key, held in value.items()
        if key not in WORDS
    }


def main() -> None:
    new = shapes()
    broken = breaks(stored_shapes(), new) if FILE.exists() else []
    if broken:
        sys.exit("\n".join([*broken, "Maybe give these events a new version, and upcast the old ones."]))
    FILE.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
