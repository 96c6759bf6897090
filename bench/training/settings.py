"""Settings of the search as words of the command line: ``master.at=0.5,0.8``."""

from __future__ import annotations

from argparse import ArgumentTypeError
from dataclasses import fields, is_dataclass, replace
from typing import Any

from solver.params import Params


def assignment(text: str) -> tuple[str, str]:
    """Return (name, value) of a word such as ``search.hot=0.4``; the name is one that there is."""
    name, _, value = text.partition("=")
    try:
        with_settings(Params(), [(name, value)])
    except (KeyError, ValueError) as error:
        raise ArgumentTypeError(f"{text!r} sets nothing. Maybe search.hot=0.4 or master.at=0.5,0.8.") from error
    return name, value


def with_settings(params: Params, settings: list[tuple[str, str]]) -> Params:
    """Return the parameters with these settings in place of their own.

    Raises
    ------
    KeyError
        There is no setting of a name.
    ValueError
        A value is not of its setting's type.
    """
    for name, value in settings:
        params = _with(params, name.split("."), value)
    return params


def _with(part: Any, way: list[str], value: str) -> Any:
    name, *further = way
    if not is_dataclass(part) or name not in {field.name for field in fields(part)}:
        raise KeyError(name)
    own = getattr(part, name)
    return replace(part, **{name: _with(own, further, value) if further else _read(own, value)})  # type: ignore[type-var]


def _read(own: object, value: str) -> object:
    if isinstance(own, tuple):
        return tuple(float(word) for word in value.split(",") if word)
    if isinstance(own, int | float):
        return type(own)(value)
    raise KeyError(value)
