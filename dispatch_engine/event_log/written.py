"""Entries as JSON values, as all who read a log from outside see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dispatch_engine.event_log.canonical import canonical

if TYPE_CHECKING:
    from dispatch_engine.event_log.entries import Entry


def entry_text(entry: Entry) -> str:
    """Return an entry as JSON text: that of ``entry_document``, its events as they are stored."""
    members = _members(entry, events=_Stored(entry.events_text))
    texts = (f'"{name}":{value if isinstance(value, _Stored) else canonical(value)}' for name, value in members.items())
    return f"{{{','.join(texts)}}}"


def entry_document(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON values."""
    events = [{"type": each.type, "version": each.version, "data": each.data} for each in entry.events]
    return _members(entry, events)


class _Stored(str):
    """Is JSON text already."""

    __slots__ = ()


def _members(entry: Entry, events: object) -> dict[str, Any]:
    """Return what is said of an entry, its events in whatever form they are given."""
    return {
        "board": entry.board,
        "revision": entry.revision,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "events": events,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }
