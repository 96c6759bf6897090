"""Entries as JSON values, as all who read a log from outside see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dispatch_engine.event_log.canonical import canonical

if TYPE_CHECKING:
    from dispatch_engine.event_log.entries import Entry


def entry_text(entry: Entry) -> str:
    """Return an entry as JSON text: that of ``entry_document``, its events as they are stored."""
    head = f'"board":{canonical(entry.board)},"revision":{entry.revision},"at":"{entry.at.isoformat()}"'
    hashes = f'"previous_hash":"{entry.previous_hash}","hash":"{entry.hash}"'
    return f'{{{head},"actor":{canonical(entry.actor)},"events":{entry.events_text},{hashes}}}'


def entry_document(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON values."""
    return {
        "board": entry.board,
        "revision": entry.revision,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "events": [{"type": each.type, "version": each.version, "data": each.data} for each in entry.events],
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }
