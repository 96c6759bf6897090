"""Forty technicians can be told apart."""

from itertools import combinations

import pytest

from dispatch_engine.reports.palette import COLOURS, style_of


def channels(colour: str) -> list[float]:
    """Return red, green and blue in linear light (WCAG 2.2, relative luminance)."""
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def luminance(colour: str) -> float:
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", COLOURS)
def test_white_text_can_be_read_on_each_colour(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_forty_technicians_have_forty_styles() -> None:
    assert len({style_of(number) for number in range(40)}) == 40


def test_technicians_of_one_colour_differ_in_dash_and_pattern() -> None:
    for one, other in combinations((style_of(number) for number in range(0, 40, len(COLOURS))), 2):
        assert one.colour == other.colour
        assert one.dash != other.dash
        assert one.pattern != other.pattern


def test_colours_differ_clearly() -> None:
    for one, other in combinations(COLOURS, 2):
        assert sum(abs(a - b) for a, b in zip(channels(one), channels(other), strict=True)) > 0.08
