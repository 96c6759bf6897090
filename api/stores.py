"""What a server keeps, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch_engine.access.sql_store import SqlKeyStore
from dispatch_engine.event_log.sql.log import SqlEventLog
from dispatch_engine.webhooks.sql_store import SqlWebhookStore
from dispatch_engine.webhooks.store import MemoryWebhookStore
from dispatch_engine.whatif.sql_store import SqlScenarioStore
from dispatch_engine.whatif.store import MemoryScenarioStore

if TYPE_CHECKING:
    from dispatch_engine.access.store import KeyStore
    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.event_log.sql.database import Database
    from dispatch_engine.webhooks.store import WebhookStore
    from dispatch_engine.whatif.store import ScenarioStore


@dataclass(frozen=True)
class Stores:
    """Keys, the log of boards, webhooks and scenarios; the latter two in memory where nothing else is given."""

    keys: KeyStore
    log: EventLog
    webhooks: WebhookStore = field(default_factory=MemoryWebhookStore)
    scenarios: ScenarioStore = field(default_factory=MemoryScenarioStore)


def stores_of(database: Database) -> Stores:
    """Return the stores of a database."""
    return Stores(SqlKeyStore(database), SqlEventLog(database), SqlWebhookStore(database), SqlScenarioStore(database))
