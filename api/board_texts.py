"""Entries of a board's log as JSON text, each written once however many want it."""

from __future__ import annotations

import json
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

from dispatch_engine.event_log.written import entry_text

if TYPE_CHECKING:
    from dispatch_engine.event_log.entries import Entry

KEPT = 2_000

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class EntryTexts:
    """The texts of the latest entries that anybody asked for; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._text_by_hash: OrderedDict[str, bytes] = OrderedDict()

    def text(self, entry: Entry) -> bytes:
        """Return an entry as JSON."""
        with self._lock:
            known = self._text_by_hash.get(entry.hash)
        return known or self._kept(entry)

    def _kept(self, entry: Entry) -> bytes:
        text = entry_text(entry).encode(errors="surrogatepass")
        with self._lock:
            self._text_by_hash[entry.hash] = text
            if len(self._text_by_hash) > KEPT:
                self._text_by_hash.popitem(last=False)
        return text


def own_part(entry: Entry, technician: str) -> bytes | None:
    """Return what of an entry concerns one technician, as JSON; None where nothing does."""
    own = [each for event in entry.events if (each := _own_event(event.type, event.data, technician)) is not None]
    if not own:
        return None
    whole = {"board": entry.board, "revision": entry.revision, "at": entry.at.isoformat(), "events": own}
    return _encode(whole).encode(errors="surrogatepass")


def _own_event(kind: str, data: Any, technician: str) -> dict[str, Any] | None:
    if kind != "plan_published":
        return {"type": kind, "data": data} if data.get("technician") == technician else None
    routes = [route for route in data.get("routes", ()) if route["technician"] == technician]
    gone = [key for key in data.get("gone", ()) if key[0] == technician]
    if not routes and not gone:
        return None
    return {"type": kind, "data": {"routes": routes, "gone": gone}}
