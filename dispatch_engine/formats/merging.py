"""JSON merge patches (RFC 7396)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def merged(whole: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy with the changes laid over it: null takes a key away."""
    result = dict(whole)
    for key, change in changes.items():
        if isinstance(change, dict):
            old = result.get(key)
            result[key] = merged(old if isinstance(old, dict) else {}, change)
        elif change is None:
            result.pop(key, None)
        else:
            result[key] = change
    return result
