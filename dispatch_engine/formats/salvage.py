"""What is left of a document when faulty values are set aside, so that all its faults can be reported at once.

Values of the wrong shape are left out, with the object around them where they are needed. What remains is checked
for meaning, and the faults found there are translated back to their places in the whole document. Faults that may
only follow from what was set aside are not reported.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from dispatch_engine.catalogue.faults import Path, pointer_of, shown
from dispatch_engine.formats.shape import MISSING, path_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from dispatch_engine.errors import Fault

M = TypeVar("M", bound=BaseModel)
Check: TypeAlias = Callable[[M], tuple["Fault", ...]]

MAX_ROUNDS = 12
"""More than a document is deep: each round may set aside the object around a needed value."""


NAMES_NOTHING = {"unknown_reference", "unknown_part"}
"""Faults that may follow from setting aside what was named."""

LISTS_OF_NAMED = {
    "technicians",
    "providers",
    "shifts",
    "calls",
    "contracts",
    "territories",
    "places",
    "matrices",
    "parts",
    "stock_locations",
    "meetings",
}
"""Lists whose items have ids that other fields refer to."""

RESERVED = "reserved_beyond_stock"
"""May follow from setting aside the stock of the part that its place names."""

STOCK = "stock"
"""A map of pieces by part: who loses it loses names."""


@dataclass(frozen=True)
class Remains:
    """A whole document and the paths in it that are set aside."""

    whole: Any
    removed: frozenset[Path]
    _kept: dict[Path, list[int]] = field(default_factory=dict)

    def document(self) -> Any:
        """Return a copy without what is set aside."""
        return self._copy(self.whole, ())

    def _copy(self, value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            return {k: self._copy(v, (*path, k)) for k, v in value.items() if (*path, k) not in self.removed}
        if isinstance(value, list):
            return [self._copy(v, (*path, i)) for i, v in enumerate(value) if (*path, i) not in self.removed]
        return value

    def original(self, path: Path) -> Path:
        """Translate a path in the remains to the whole document, as far as it leads there."""
        value, found = self.whole, Path()
        for part in path:
            if isinstance(value, list):
                index = self._kept_indices(value, found)[int(part)]
                value, found = value[index], (*found, index)
            elif isinstance(value, dict):
                value, found = value.get(str(part)), (*found, part)
        return found

    def _kept_indices(self, values: list[Any], path: Path) -> list[int]:
        if path not in self._kept:
            self._kept[path] = [i for i in range(len(values)) if (*path, i) not in self.removed]
        return self._kept[path]


def faults_of_remains(
    model: type[M], whole: Any, error: ValidationError, stand_ins: Mapping[str, Any], check: Check[M]
) -> tuple[Fault, ...]:
    """Return the faults of meaning in what is left of ``whole`` without the values that ``error`` refuses.

    ``stand_ins`` replace needed keys of the whole that are set aside. Nothing is returned where too little is left.
    """
    remains = Remains(whole, frozenset())
    for _ in range(MAX_ROUNDS):
        remains = Remains(whole, remains.removed | {_to_remove(remains, each) for each in error.errors()})
        if Path() in remains.removed:
            return ()
        try:
            document = model.model_validate_json(json.dumps({**stand_ins, **remains.document()}), strict=True)
        except ValidationError as next_error:
            error = next_error
        else:
            return tuple(_independent(check(document), remains))
    return ()


def _to_remove(remains: Remains, error: ErrorDetails) -> Path:
    path = path_of(error)
    return remains.original(path[:-1] if error["type"] in MISSING else path)


def _independent(faults: tuple[Fault, ...], remains: Remains) -> Iterator[Fault]:
    """Yield the faults, in terms of the whole, that do not follow from what is set aside."""
    scopes = {_scope(path) for path in remains.removed}
    above_scopes = {above for scope in scopes for above in _prefixes(scope)}
    gone = [(path, _at(remains.whole, path)) for path in remains.removed]
    names = {shown(name) for path, value in gone for name in (path[-1], *_ids(value), *_keys(value))}
    blind = any(_may_hide_an_id(path, value) for path, value in gone)
    for fault in faults:
        path = remains.original(_path_of_pointer(fault.pointer))
        named = fault.value if fault.code in NAMES_NOTHING else shown(path[-1]) if fault.code == RESERVED else None
        unknown = named is not None and (blind or named in names)
        if not unknown and path not in above_scopes and scopes.isdisjoint(_prefixes(path)):
            yield replace(fault, pointer=pointer_of(path))


def _scope(path: Path) -> Path:
    """Return the object that lost a field, or the list item or top-level field that is gone."""
    return path[:-1] if len(path) > 1 and isinstance(path[-1], str) else path


def _prefixes(path: Path) -> list[Path]:
    return [path[:length] for length in range(len(path) + 1)]


def _may_hide_an_id(path: Path, value: Any) -> bool:
    """Whether an id may be meant that cannot be read: a whole list or stock is gone, or an item that has one."""
    whole = len(path) == 1 or path[-1] in {STOCK, "shifts", "deliveries"} or path[-3:-2] == ("deliveries",)
    return whole or (path[-2] in LISTS_OF_NAMED and isinstance(path[-1], int) and not any(_ids(value)))


def _path_of_pointer(pointer: str) -> Path:
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def _at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


def _keys(value: Any) -> Iterator[str]:
    for key, child in value.items() if isinstance(value, dict) else ():
        yield key
        yield from _keys(child)


def _ids(value: Any) -> Iterator[str]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        if key == "id" and isinstance(child, str):
            yield child
        yield from _ids(child)
