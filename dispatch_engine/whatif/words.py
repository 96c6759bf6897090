"""Figures of a comparison as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dispatch_engine.catalogue.faults import shown
from dispatch_engine.listing import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.whatif.comparison import ComparisonDocument, Difference, FigureRow, Side, Spread

MARK = {"better": "✓", "worse": "✗", "different": "≠", "same": "", "unknown": "?"}
LEGEND = (
    "Mean ± standard deviation over the seeds; behind it the difference from the base. "
    "✓ better, ✗ worse, ≠ different: beyond the noise; no mark: within it; ? too few seeds to tell."
)
PERCENT = 100
MOST_DECIMALS = 6
COST = "cost"
QUOTE = '"'


def value_text(value: float, unit: str, *beside: float) -> str:
    """Return a value with as many digits as it deserves, the same as values beside it, without the unit."""
    scale = PERCENT if unit == "%" else 1
    decimals = _decimals([abs(each) for each in (value, *beside)], unit)
    while value and decimals < MOST_DECIMALS and not round(abs(value) * scale, decimals):
        decimals += 1
    return f"{value * scale:,.{decimals}f}"


def _decimals(values: Sequence[float], unit: str) -> int:
    if unit == "%":
        return 1
    if unit == "money":
        return 0 if max(values) >= 1000 else 2
    if all(value == round(value) for value in values):
        return 0
    return 3 if max(values) < 1 else 1


def spread_text(spread: Spread, unit: str) -> str:
    """Return the mean, with the standard deviation where there is any."""
    mean = value_text(spread.mean, unit, spread.sd)
    return mean if not spread.sd else f"{mean} ± {value_text(spread.sd, unit, spread.mean)}"


def difference_text(difference: Difference, spread: Spread, unit: str) -> str:
    """Return the difference that leads to a value, with its sign and mark; nothing where there is none at all."""
    if not difference.mean:
        return ""
    sign = "+" if difference.mean > 0 else "−"
    return f"{sign}{value_text(abs(difference.mean), unit, spread.mean)} {MARK[difference.verdict]}".strip()


def unit_text(row: FigureRow, currency: str) -> str:
    """Return the unit of a figure for people."""
    return currency if row.unit == "money" else row.unit


def title_text(row: FigureRow, currency: str) -> str:
    """Return the title of a figure with its unit."""
    unit = unit_text(row, currency)
    return f"{row.title}, {unit}" if unit else row.title


def cell_texts(row: FigureRow, name: str) -> tuple[str, str]:
    """Return spread and difference of a scenario; both empty where it does not have the figure."""
    found = row.scenarios.get(name)
    if found is None:
        return "", ""
    told = "" if found.difference is None else difference_text(found.difference, found.spread, row.unit)
    return spread_text(found.spread, row.unit), told


def short_rows(document: ComparisonDocument, every: bool = False) -> list[FigureRow]:
    """Return the figures worth showing: headlines, and costs that differ beyond the noise; all where wanted."""
    return [row for row in document.figures if every or row.headline or (row.group == COST and _differs(row))]


def _differs(row: FigureRow) -> bool:
    told = (each.difference for each in row.scenarios.values())
    return any(each is not None and each.significant for each in told)


def name_of(side: Side) -> str:
    """Return what people call a side."""
    return side.name or side.id


def effort_line(document: ComparisonDocument) -> str:
    """Return how much was done to find out."""
    effort = document.effort
    limit = f"{effort.iterations:,} iterations" if effort.iterations is not None else ""
    if effort.time_limit_s is not None:
        limit = " or ".join(filter(None, (limit, f"{effort.time_limit_s:g} s")))
    done = sum(len(side.seeds_done) for side in (document.base, *document.scenarios))
    seeds = counted(len(document.seeds), "seed")
    return f"{counted(done, 'run')} of {limit} each, {seeds}; {effort.seconds:,.1f} s of search in all"


def missing_lines(document: ComparisonDocument) -> list[str]:
    """Return what is missing, a line for each side of which some is."""
    lines = []
    for side in (document.base, *document.scenarios):
        wanted = len(document.seeds)
        if side.seeds_missing:
            lines.append(
                f"{side.id}: {len(side.seeds_done)} of {counted(wanted, 'seed')} done, the rest was called off"
            )
        for code, message in dict.fromkeys((failed.code, failed.message) for failed in side.failed):
            count = sum(failed.code == code for failed in side.failed)
            lines.append(f"{side.id}: {count} of {counted(wanted, 'run')} failed, {code}: {message}")
    return lines


def changes_text(side: Side) -> list[str]:
    """Return the changes of a scenario, a line each."""
    return [_change_text(change.model_dump(mode="json", exclude_unset=True)) for change in side.changes]


def _change_text(stated: dict[str, Any]) -> str:
    kind = str(stated.pop("type")).replace("_", " ")
    last = {key: stated.pop(key) for key in ("set",) if key in stated}
    said = ", ".join(f"{key.replace('_', ' ')} {shown(value)}" for key, value in (stated | last).items())
    return f"{kind}: {said.replace(QUOTE, '')}" if said else kind
