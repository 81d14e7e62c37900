"""Moodle's list of grades: an answer can earn or cost one of these parts of the points, and a file with another one is refused.

Written as Moodle writes them (question_bank::fraction_options_full; MoodleDocs, "Moodle XML format"). GIFT has the same list.
"""

from __future__ import annotations

import re
from fractions import Fraction

# per cent as it is written -> the share that is meant
GRADES: dict[str, Fraction] = {
    "100": Fraction(1), "90": Fraction(9, 10), "83.33333": Fraction(5, 6), "80": Fraction(4, 5), "75": Fraction(3, 4), "70": Fraction(7, 10),
    "66.66667": Fraction(2, 3), "60": Fraction(3, 5), "50": Fraction(1, 2), "40": Fraction(2, 5), "33.33333": Fraction(1, 3), "30": Fraction(3, 10),
    "25": Fraction(1, 4), "20": Fraction(1, 5), "16.66667": Fraction(1, 6), "14.28571": Fraction(1, 7), "12.5": Fraction(1, 8),
    "11.11111": Fraction(1, 9), "10": Fraction(1, 10), "5": Fraction(1, 20), "0": Fraction(0)}
ROUNDED = Fraction(1, 100_000)  # shares nearer than this are the same to Moodle


def grade(share: Fraction) -> tuple[str, bool]:
    """The nearest grade, as it is written, and whether it is the share itself."""
    written, nearest = min(GRADES.items(), key=lambda item: abs(item[1] - abs(share)))
    return ("-" if share < 0 and nearest else "") + written, abs(nearest - abs(share)) < ROUNDED


def share(written: str) -> Fraction:
    """The share that a grade in per cent means: a third for 33.33333 or 33.333, whatever it says for one that is not in the list.

    Raises ValueError for what is no number.
    """
    if not re.fullmatch(r"-?[0-9]{1,6}(\.[0-9]{0,20})?", plain := written.strip().replace(",", ".")):
        raise ValueError(written)
    exact = Fraction(plain) / 100
    nearest = min(GRADES.values(), key=lambda one: abs(one - abs(exact)))
    return exact if abs(nearest - abs(exact)) >= 10 * ROUNDED else nearest if exact >= 0 else -nearest
