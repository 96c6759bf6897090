"""Records of runs as lines of JSON, one object a run: on standard output, in files, and read again."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from dataclasses import Field


class Record(Protocol):
    """What a run came to: a dataclass of values that JSON has."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


R = TypeVar("R", bound=Record)


def line_of(record: Record) -> str:
    """Return a record as a line of JSON, without its end."""
    return json.dumps(asdict(record))


def write_records(records: Iterable[Record], path: Path | None) -> None:
    """Write a file of records, where one is asked for."""
    if path is not None:
        path.write_text("".join(f"{line_of(record)}\n" for record in records), encoding="utf-8")


def append_record(record: Record, path: Path | None) -> None:
    """Write one record behind those that a file has, where one is asked for."""
    if path is not None:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{line_of(record)}\n")


def read_records(kind: type[R], paths: Iterable[str]) -> list[R]:
    """Return the records of all files, one after the other."""
    lines = [line for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines()]
    return [kind(**json.loads(line)) for line in lines]
