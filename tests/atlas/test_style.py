"""Colours that anybody can tell apart, on light and on dark."""

from __future__ import annotations

import pytest

from atlas.style import MARKS, MOST, PALETTE, SHAPES, STEPS


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of a colour #rrggbb."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("page", ["#ffffff", "#121212"])
@pytest.mark.parametrize("colour", PALETTE)
def test_every_colour_has_a_contrast_of_three_to_one_to_the_page(colour, page):
    low, high = sorted([luminance(colour), luminance(page)])
    assert (high + 0.05) / (low + 0.05) >= 3


def test_every_colour_has_a_pattern_and_a_shape_of_its_own():
    assert len(set(MARKS)) == len(set(SHAPES)) == len(set(PALETTE)) == MOST


def test_a_higher_class_is_painted_more_strongly():
    assert list(STEPS) == sorted(STEPS)
