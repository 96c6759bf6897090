"""What the strings below fields say, for the JSON Schema.

Pydantic can collect them itself, while the classes are made; that reads every source file at each start of the program,
for descriptions that hardly any start needs.
"""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from textwrap import dedent


def field_descriptions(model: type) -> dict[str, str]:
    """Return the string below each field of a class and of those that it derives from, by the field's name.

    A class whose source is not to be had has none.
    """
    found: dict[str, str] = {}
    for part in reversed(model.__mro__):
        found |= _own_descriptions(part)
    return found


def _own_descriptions(model: type) -> dict[str, str]:
    try:
        source = inspect.getsource(model)
    except (OSError, TypeError):
        return {}
    (definition,) = ast.parse(dedent(source)).body
    steps = pairwise(definition.body) if isinstance(definition, ast.ClassDef) else ()
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in steps
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
