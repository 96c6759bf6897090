"""Colours and patterns that keep forty technicians apart, also for the colour-blind and on a grey printer."""

from __future__ import annotations

from dataclasses import dataclass

COLOURS = (
    "#1d5fc4",
    "#b8450b",
    "#11773a",
    "#a3186f",
    "#0b7285",
    "#6d3fd6",
    "#8a6100",
    "#c0202c",
    "#3f4f6e",
    "#5e7300",
)
"""Each carries white text with a contrast of 4.5 to 1 or more (WCAG 2.2, level AA)."""

DASHES = ("", "9 4", "2 4", "12 4 2 4")
"""Of lines on the map, as in SVG's ``stroke-dasharray``; the first is a full line."""

PATTERNS = ("", "stripes", "dots", "bars")
"""Of bars in the charts, laid over the colour; the first is plain."""


@dataclass(frozen=True)
class Style:
    """How one technician is drawn everywhere in a report."""

    colour: str
    dash: str
    pattern: str


def style_of(number: int) -> Style:
    """Return the style of the technician with this number, from 0; forty differ, then they repeat."""
    kind = number // len(COLOURS) % len(DASHES)
    return Style(COLOURS[number % len(COLOURS)], DASHES[kind], PATTERNS[kind])
