"""What an unplanned call lacks, as the report shows it: who has it, the ways to get it, the smallest changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.listing import counted
from dispatch_engine.missing_words import goes_words, holder_words, lacking_words, obstacle_title, way_words
from dispatch_engine.reports.wording import money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.missing_parts import MissingPart, MissingParts, PartsWay


@dataclass(frozen=True)
class Line:
    """A row of the small table: a way, its cost, and how that compares or what is in the way."""

    way: str
    cost: str
    outcome: str
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Missing:
    """Parts with who has them, ways, changes, and how many ways were not tried."""

    lacking: str
    parts: tuple[tuple[str, str], ...]
    ways: tuple[Line, ...]
    changes: tuple[str, ...]
    untried: str


def missing_of(view: PlanView, missing: MissingParts | None) -> Missing | None:
    """Return what is shown of a call that lacks parts."""
    if missing is None:
        return None
    return Missing(
        lacking=lacking_words(missing),
        parts=tuple(_part(view, part) for part in missing.parts),
        ways=tuple(_lines(missing)),
        changes=tuple(change.message for change in missing.changes),
        untried=f"{counted(missing.untried, 'way')} not tried" if missing.untried else "",
    )


def _part(view: PlanView, part: MissingPart) -> tuple[str, str]:
    name = part.part + (f" (in place of {part.stands_in_for})" if part.stands_in_for else "")
    holders = [holder_words(each, _clock(view, each.since)) for each in part.holders]
    return name, "; ".join(holders) or "nobody has it"


def _clock(view: PlanView, at: datetime | None) -> str | None:
    return None if at is None else f"{view.local(at):%d %b %H:%M}"


def _lines(missing: MissingParts) -> Iterator[Line]:
    """Yield the ways that can be done, then the others, those of a kind with the same obstacle together."""
    alike: dict[tuple[str, str], list[PartsWay]] = {}
    for way in missing.ways:
        if way.cost is not None and way.dearer is not None:
            compared = f"{money(abs(way.dearer))} {'more' if way.dearer >= 0 else 'less'} than leaving it out"
            yield Line(_capital(way_words(way) + goes_words(way)), money(way.cost), compared)
        elif way.code is not None:
            alike.setdefault((way.kind, way.code), []).append(way)
    for (_, code), ways in alike.items():
        said = tuple(dict.fromkeys(way.message.split(": ", 1)[-1] for way in ways))
        yield Line(_capital(", ".join(way_words(way) for way in ways)), "", obstacle_title(code), said)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
