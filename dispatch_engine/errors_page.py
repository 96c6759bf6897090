"""The page ``docs/errors.md``: every code with what it means, a broken sample, what is said of it, and its mend.

``python -m dispatch_engine.errors_page [PATH]`` writes it anew; a test holds it against the catalogue.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import sys
from typing import TYPE_CHECKING, Any

import dispatch_engine
from dispatch_engine.catalogue.entries import BOARD_WARNINGS, PLAN_WARNINGS, REASONS, REQUESTS, WARNINGS, WAYS
from dispatch_engine.catalogue.entry import ABSENT, Change, RawText, ScenarioText, TableText
from dispatch_engine.catalogue.meaning_entries import MEANING_ENTRIES
from dispatch_engine.catalogue.reserve_entries import RESERVE_ENTRIES
from dispatch_engine.catalogue.restock_entries import RESTOCK_ENTRIES, SAMPLE_HISTORY
from dispatch_engine.catalogue.rule_entries import RULE_ENTRIES
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.catalogue.scenario_entries import SCENARIO_ENTRIES
from dispatch_engine.catalogue.shape_entries import SHAPE_ENTRIES
from dispatch_engine.catalogue.spread_entries import SPREAD_ENTRIES
from dispatch_engine.catalogue.stock_entries import STOCK_ENTRIES
from dispatch_engine.catalogue.table_entries import SAMPLE_TABLES, TABLE_ENTRIES
from dispatch_engine.catalogue.text_entries import TEXT_ENTRIES
from dispatch_engine.errors import DispatchError, DocumentErrors
from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.formats.files import write_atomically
from dispatch_engine.importer.samples import said_of_sample
from dispatch_engine.model.checks.warnings import warnings_of
from dispatch_engine.restock.history import TABLE as HISTORY
from dispatch_engine.restock.samples import said_of_history
from dispatch_engine.whatif.samples import said_of_scenarios

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dispatch_engine.catalogue.entry import Entry
    from dispatch_engine.errors import Fault

DEFAULT_PATH = "docs/errors.md"
MAX_SAMPLE = 320

INTRODUCTION = """# Codes: faults, warnings, reasons and errors

This page is written by `python -m dispatch_engine.errors_page` from the catalogue in `dispatch_engine/catalogue/`.

A document is checked as a whole and all its faults are reported at once. Each has a code, the JSON pointer (RFC 6901)
to its place, the value found, the rule, and a way out. The samples are changes of the small day at the end of this
page: the value at the pointer is set as shown under *broken*; *mended* is one way to put it right. Faults of
tables name the table, row and column instead; their samples replace one of the small tables at the very end. The
samples of scenarios are made for the same day; where there are several, pointers begin with the position of one."""

PLAN_WARNING_HEAD = "## Warnings of a plan\n\nWhat a person should know about how a plan came to be."
BOARD_WARNING_HEAD = "## Warnings of a live board\n\nWhat a dispatcher should look at; nothing is refused for it."
REASON_HEAD = "## Reasons\n\nWhy a call stays unplanned, or a technician cannot take it. A result, not an error."
REQUEST_HEAD = "## Requests\n\nWhat can be wrong with a request over HTTP, besides all of the above."
WAY_HEAD = "## Ways to get a part\n\nWhy a way to get a missing part cannot be had. A result, not an error."

SECTIONS = (
    ("The text of a document", TEXT_ENTRIES),
    ("The shape of single values", SHAPE_ENTRIES),
    ("Ids, places, territories and travel", MEANING_ENTRIES),
    ("Times, prices, pins and facts", RULE_ENTRIES),
    ("How drives and work vary", SPREAD_ENTRIES),
    ("Parts, stock locations and meetings", STOCK_ENTRIES),
    ("Time that is kept free", RESERVE_ENTRIES),
    ("Tables that are imported", TABLE_ENTRIES),
    ("Histories of use", RESTOCK_ENTRIES),
    ("Scenarios and their changes", SCENARIO_ENTRIES),
)


def page() -> str:
    """Return the whole page as Markdown."""
    parts = [INTRODUCTION]
    for title, entries in SECTIONS:
        parts += [f"## Faults: {title[0].lower()}{title[1:]}", *map(_entry_part, entries)]
    parts += ["## Warnings\n\nThe document is used as it is.", *map(_entry_part, WARNINGS.values())]
    parts += [_table_of(PLAN_WARNING_HEAD, PLAN_WARNINGS.values())]
    parts += [_table_of(BOARD_WARNING_HEAD, BOARD_WARNINGS.values()), _table_of(REASON_HEAD, REASONS.values())]
    parts += [
        _table_of(WAY_HEAD, WAYS.values()),
        _error_part(),
        _table_of(REQUEST_HEAD, REQUESTS.values()),
        _day_part(),
    ]
    return "\n\n".join(parts) + "\n"


def said_of(data: bytes) -> tuple[Fault, ...]:
    """Return the faults of a problem document, or its warnings where it has no faults."""
    try:
        return warnings_of(parse_problem(data))
    except DocumentErrors as error:
        return error.faults


def error_classes() -> list[type[DispatchError]]:
    """Return the exceptions of all modules named ``errors``, in the order in which they are drawn there."""
    modules = pkgutil.walk_packages(dispatch_engine.__path__, "dispatch_engine.")
    names = [module.name for module in modules if module.name.endswith(".errors")]
    found = (each for name in names for each in vars(importlib.import_module(name)).values())
    return list(dict.fromkeys(each for each in found if inspect.isclass(each) and issubclass(each, DispatchError)))


def _entry_part(entry: Entry) -> str:
    head = f"### `{entry.code}`\n\n{entry.title}."
    if entry.sample is None:
        return f"{head} {entry.rule} {entry.advice}"
    said = "\n".join(f"> {fault}" for fault in _said_of(entry.sample))
    return f"{head}\n\n{said}\n\n{_sample_part(entry.sample)}"


def _said_of(sample: Change | RawText | TableText | ScenarioText) -> tuple[Fault, ...]:
    if isinstance(sample, ScenarioText):
        return said_of_scenarios(sample)
    if not isinstance(sample, TableText):
        return said_of(sample.broken_text())
    return said_of_history(sample) if sample.table == HISTORY else said_of_sample(sample)


def _sample_part(sample: Change | RawText | TableText | ScenarioText) -> str:
    if isinstance(sample, ScenarioText):
        return f"Broken:{_scenario_part(sample.broken)}\n\nMended:{_scenario_part(sample.mend)}"
    if isinstance(sample, TableText):
        return _table_part(sample)
    if isinstance(sample, RawText):
        return f"Broken: the text\n\n{_fenced(sample.broken.decode('utf-8', 'backslashreplace'))}"
    where = f"at `{sample.pointer}`" if sample.pointer else "the whole document"
    return f"Broken, {where}:{_value_part(sample.broken)}\n\nMended:{_value_part(sample.mend)}"


def _table_part(sample: TableText) -> str:
    if sample.mapping is not None:
        return f"Broken mapping file:{_value_part(sample.mapping)}\n\nMended:{_value_part(sample.mended_mapping)}"
    return f"Broken, `{sample.table}.csv`:{_csv_part(sample.broken)}\n\nMended:{_csv_part(sample.mend)}"


def _scenario_part(scenarios: list[Any] | str) -> str:
    if isinstance(scenarios, str):
        return f"\n\n```yaml\n{scenarios.strip()}\n```"
    changes = [each for scenario in scenarios for each in scenario.get("changes", ())]
    return _value_part(changes or scenarios)


def _csv_part(text: str | None) -> str:
    return " (no such file)" if text is None else f"\n\n```csv\n{text.strip()}\n```"


def _value_part(value: Any) -> str:
    return " (nothing)" if value is ABSENT else f"\n\n{_fenced(json.dumps(value, ensure_ascii=False))}"


def _fenced(text: str) -> str:
    shown = text if len(text) <= MAX_SAMPLE else text[:MAX_SAMPLE] + " …"
    return f"```json\n{shown.strip() or '(only white space)'}\n```"


def _table_of(head: str, entries: Iterable[Entry]) -> str:
    lines = ["| code | meaning | way out |", "|---|---|---|"]
    lines += [f"| `{entry.code}` | {entry.rule} | {entry.advice} |" for entry in entries]
    return f"{head}\n\n" + "\n".join(lines)


def _error_part() -> str:
    lines = ["| code | meaning |", "|---|---|", *_error_lines()]
    head = "## Errors\n\nWhat can go wrong around the documents: files, travel times, the program itself."
    return f"{head}\n\n" + "\n".join(lines)


def _error_lines() -> Iterator[str]:
    for each in error_classes():
        meaning = (inspect.getdoc(each) or "").split("\n\n")[0].replace("\n", " ")
        yield f"| `{each.code}` | {meaning} |"


def _day_part() -> str:
    samples = SAMPLE_TABLES | {HISTORY: SAMPLE_HISTORY}
    tables = "\n\n".join(f"`{name}.csv`:{_csv_part(text)}" for name, text in samples.items())
    day = f"## The sample day\n\n```json\n{json.dumps(SAMPLE_DAY, indent=2)}\n```"
    return f"{day}\n\n## The sample tables\n\n{tables}"


if __name__ == "__main__":
    write_atomically(sys.argv[1] if len(sys.argv) > 1 else DEFAULT_PATH, page().encode())
