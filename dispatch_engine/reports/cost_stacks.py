"""The cost of base and scenarios by term, as bars of parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.reports.palette import COLOURS
from dispatch_engine.whatif.nesting import BASE_ID
from dispatch_engine.whatif.words import value_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.whatif.comparison import ComparisonDocument, FigureRow

TERM = "cost.term."
SHOWN_TERMS = len(COLOURS) - 1
"""The largest have a colour of their own, all others share the last one."""

OTHER = "all other terms"
PERCENT = 100


@dataclass(frozen=True)
class Part:
    """A part of a bar: its colour, its width in percent of the longest bar, and what it says."""

    colour: str
    width: float
    title: str


@dataclass(frozen=True)
class Bar:
    """The cost of one side."""

    side: str
    total: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class CostStacks:
    """The bars, and the colour of each term."""

    bars: tuple[Bar, ...]
    key: tuple[tuple[str, str], ...]


def cost_stacks(document: ComparisonDocument) -> CostStacks:
    """Return the mean cost of each side by term; gains, which take something off, are not drawn."""
    means = {row.key.removeprefix(TERM): _means(row) for row in document.figures if row.key.startswith(TERM)}
    totals = next((_means(row) for row in document.figures if row.key == "cost"), {})
    ranked = sorted(means, key=lambda term: -max(means[term].values(), default=0.0))
    shown = [term for term in ranked[:SHOWN_TERMS] if max(means[term].values(), default=0.0) > 0]
    colours = dict(zip(shown, COLOURS, strict=False))
    longest = max((sum(each[name] for each in means.values() if each[name] > 0) for name in totals), default=0.0)
    bars = tuple(
        Bar(name, value_text(total, "money"), tuple(_parts(name, means, colours, longest)))
        for name, total in totals.items()
    )
    others = any(part.colour == COLOURS[-1] for bar in bars for part in bar.parts)
    key = [(term.replace("_", " "), colour) for term, colour in colours.items()]
    return CostStacks(bars, tuple([*key, (OTHER, COLOURS[-1])] if others else key))


def _means(row: FigureRow) -> dict[str, float]:
    base = {} if row.base is None else {BASE_ID: row.base.mean}
    return base | {name: found.spread.mean for name, found in row.scenarios.items()}


def _parts(name: str, means: dict[str, dict[str, float]], colours: dict[str, str], longest: float) -> Iterator[Part]:
    rest = sum(each[name] for term, each in means.items() if term not in colours and each[name] > 0)
    amounts = [(term, means[term][name], colour) for term, colour in colours.items()]
    for term, amount, colour in (*amounts, (OTHER, rest, COLOURS[-1])):
        if amount > 0:
            title = f"{term.replace('_', ' ')}: {value_text(amount, 'money')}"
            yield Part(colour, round(amount / longest * PERCENT, 2), title)
