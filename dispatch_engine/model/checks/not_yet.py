"""Rules that have their place in the document and are not honoured yet: refused, never ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault
from dispatch_engine.model.base import NOT_YET_KEY, Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument


def check_not_yet(problem: ProblemDocument) -> Iterator[Fault]:
    """Find fields in use that are declared with ``base.not_yet``."""
    yield from _not_yet_faults(problem, ())


def _not_yet_faults(model: Model, path: Path) -> Iterator[Fault]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        rule = _not_yet_rule(type(model), name)
        if rule is None:
            yield from _nested_faults(value, (*path, name))
        elif value != type(model).model_fields[name].get_default(call_default_factory=True):
            yield fault("not_yet_supported", (*path, name), value, rule=rule, field=name)


def _nested_faults(value: object, path: Path) -> Iterator[Fault]:
    if isinstance(value, Model):
        yield from _not_yet_faults(value, path)
    elif isinstance(value, tuple) and value and isinstance(value[0], Model):
        for i, item in enumerate(value):
            yield from _not_yet_faults(item, (*path, i))


def _not_yet_rule(model: type[Model], name: str) -> str | None:
    extra = model.model_fields[name].json_schema_extra
    rule = extra.get(NOT_YET_KEY) if isinstance(extra, dict) else None
    return rule if isinstance(rule, str) else None
