import json
from datetime import UTC, datetime

from dispatch_engine.event_log.entries import Draft, LoggedEvent
from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.event_log.written import entry_document, entry_text


def test_the_text_of_an_entry_is_its_document() -> None:
    event = LoggedEvent("said", 2, {"who": 'Zoë "Z"', "amounts": ["1.5", None, True], "more": {"b": 1, "a": 2}})
    draft = Draft((event, event), datetime(2026, 3, 2, 8, 0, 0, 120, tzinfo=UTC), 'a "tab"\\', "key", "0" * 64)
    entry = MemoryEventLog().append('nörd "1"', 0, draft)
    assert entry.events == (event, event)
    assert json.loads(entry_text(entry)) == entry_document(entry)
