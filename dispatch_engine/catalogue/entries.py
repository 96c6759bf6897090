"""All entries by code, in the order in which the catalogue page shows them."""

from __future__ import annotations

from dispatch_engine.catalogue.board_warning_entries import BOARD_WARNING_ENTRIES
from dispatch_engine.catalogue.meaning_entries import MEANING_ENTRIES
from dispatch_engine.catalogue.plan_warning_entries import PLAN_WARNING_ENTRIES
from dispatch_engine.catalogue.reason_entries import REASON_ENTRIES
from dispatch_engine.catalogue.request_entries import REQUEST_ENTRIES
from dispatch_engine.catalogue.reserve_entries import RESERVE_ENTRIES, RESERVE_WARNING_ENTRIES
from dispatch_engine.catalogue.restock_entries import RESTOCK_ENTRIES
from dispatch_engine.catalogue.rule_entries import RULE_ENTRIES
from dispatch_engine.catalogue.scenario_entries import SCENARIO_ENTRIES
from dispatch_engine.catalogue.shape_entries import SHAPE_ENTRIES
from dispatch_engine.catalogue.spread_entries import SPREAD_ENTRIES
from dispatch_engine.catalogue.stock_entries import STOCK_ENTRIES
from dispatch_engine.catalogue.stock_warning_entries import STOCK_WARNING_ENTRIES
from dispatch_engine.catalogue.table_entries import TABLE_ENTRIES
from dispatch_engine.catalogue.text_entries import TEXT_ENTRIES
from dispatch_engine.catalogue.warning_entries import WARNING_ENTRIES
from dispatch_engine.catalogue.way_entries import WAY_ENTRIES

_OF_DOCUMENTS = (
    *TEXT_ENTRIES,
    *SHAPE_ENTRIES,
    *MEANING_ENTRIES,
    *RULE_ENTRIES,
    *SPREAD_ENTRIES,
    *STOCK_ENTRIES,
    *RESERVE_ENTRIES,
)

FAULTS = {entry.code: entry for entry in _OF_DOCUMENTS}
TABLE_FAULTS = {entry.code: entry for entry in TABLE_ENTRIES}
HISTORY_FAULTS = {entry.code: entry for entry in RESTOCK_ENTRIES}
SCENARIO_FAULTS = {entry.code: entry for entry in SCENARIO_ENTRIES}
WARNINGS = {entry.code: entry for entry in (*WARNING_ENTRIES, *STOCK_WARNING_ENTRIES, *RESERVE_WARNING_ENTRIES)}
PLAN_WARNINGS = {entry.code: entry for entry in PLAN_WARNING_ENTRIES}
BOARD_WARNINGS = {entry.code: entry for entry in BOARD_WARNING_ENTRIES}
REASONS = {entry.code: entry for entry in REASON_ENTRIES}
WAYS = {entry.code: entry for entry in WAY_ENTRIES}
REQUESTS = {entry.code: entry for entry in REQUEST_ENTRIES}
