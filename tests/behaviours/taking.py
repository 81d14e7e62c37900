"""What a reader does with a quiz, and what the browser keeps of it."""

from __future__ import annotations

import json
import re


def kept(page) -> dict:
    """What the browser keeps: the name of an entry below the bank to its record."""
    entries = page.evaluate("Object.entries(localStorage)")
    return {key.split("/", 1)[1]: json.loads(text) for key, text in entries if re.match(r"quizzes:test:[a-z-]+/", key)}


def press(page, name: str) -> None:
    page.locator(f"[data-quiz-do={name}]:visible").click()
