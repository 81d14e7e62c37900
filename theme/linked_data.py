"""What pages are, in the words of schema.org, as JSON-LD: a book, its chapters, their quizzes and the stems of their questions.

Data only, which no browser runs. The keys to questions are left out: what is told here is meant for those who look for a quiz.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, SoupStrainer, Tag

Data = dict[str, Any]

CONTEXT = {"@context": "https://schema.org"}
QUIZ = SoupStrainer("div", attrs={"data-quiz": True})


def book(name: str, author: str, address: str, about: Mapping[str, Any]) -> Data:
    """The book."""
    return CONTEXT | {
        "@type": ["Book", "LearningResource"], "name": name, "url": address, "author": {"@type": "Organization", "name": author},
        "license": about.get("license"), "isAccessibleForFree": True, "learningResourceType": "textbook", "educationalLevel": about.get("level")}


def chapter(own: Data, number: int, whole: Data | None = None, body: str = "") -> Data:
    """A chapter; on its own page with the book that it is a part of, and its quizzes."""
    part = {"@type": ["Chapter", "LearningResource"], **own, "position": number, "learningResourceType": "chapter"}
    return _in_book(part, whole) | {"hasPart": quizzes(body, own)} if whole else part


def page_of_book(own: Data, whole: Data) -> Data:
    """Any other page."""
    return _in_book({"@type": "WebPage", **own}, whole)


def _in_book(part: Data, whole: Data) -> Data:
    return CONTEXT | part | {"isPartOf": {"@type": "Book", "name": whole["name"], "url": whole["url"]}} | {
        key: whole[key] for key in ("license", "isAccessibleForFree", "educationalLevel")}


def quizzes(body: str, own: Data) -> list[Data]:
    """The quizzes of a page, one for each bank, with their questions in the page's order."""
    found: dict[str, Data] = {}
    for quiz in BeautifulSoup(body, "html.parser", parse_only=QUIZ).select("[data-quiz]"):
        one = found.setdefault(quiz["data-quiz"], {
            "@type": "Quiz", "name": quiz["aria-label"], "inLanguage": own["inLanguage"],
            "learningResourceType": "quiz", "educationalUse": "self-assessment", "hasPart": []})
        one["hasPart"] += [question(form) for form in quiz.select("[data-quiz-question]")]
    return list(found.values())


def question(form: Tag) -> Data:
    """A question: its type in words, and its stem."""
    stem = " ".join(form.select_one(".quiz-stem").get_text().split())
    return {"@type": "Question", "eduQuestionType": form["data-quiz-type"].replace("-", " "), "text": stem}


def as_script(data: Data) -> str:
    """The data as an element of a page; what is not known is left out."""
    text = json.dumps(_known(data), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _known(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _known(value) for key, value in data.items() if value not in (None, "")}
    return [_known(one) for one in data] if isinstance(data, list) else data
