"""What of a page can be found: its sections' text, terms, the stems of its questions, figures, tables and sources, each with its anchor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

UNSAID = ("iframe, noscript, select, button, label, .headerlink, .bibtex-citation, .cell_input, details.hide, .highlight, "
          ".toctree-wrapper, .label, .quiz-head, .quiz-dock, .quiz-foot, .quiz-progress table, .atlas-switch, .atlas-status, .atlas-source")
PARTS = "section[id], form.quiz-question, figure, table, dl.glossary, .citation"
SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
QUESTION = re.compile(r'(<form class="quiz-question"[^>]*>).*?(<span class="quiz-stem">.*?</span>)\s*<span class="quiz-how">.*?</form>', re.DOTALL)
CODE = re.compile(r'<details class="admonition hide.*?</details>', re.DOTALL)
TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.DOTALL)
HEADING = re.compile("h[1-6]")
KEYS = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)+([,;]? [a-z][a-z0-9]*([-_][a-z0-9]+)+)*")  # what a table holds for machines, such as keys of sources
NO_SOURCE = re.compile(r"\s*\bSources?:[\s.,;]*$")  # of a caption, when its citations are out
ADDRESS = re.compile(r"\s*URL: \S+")


class Entry(NamedTuple):
    """One place of a page. Its text has a line for each paragraph and each row of a table."""

    kind: str  # text, term, question, figure, table or source
    anchor: str
    heading: str  # of the section in which it stands, or the term
    text: str


class Place(NamedTuple):
    """The section in which something stands."""

    anchor: str
    heading: str


def entries(body: str, leaves_out: str = "") -> list[Entry]:
    """All of a page's places in its order; those that match the selectors `leaves_out` are not looked at."""
    page = BeautifulSoup(_lighter(body), "html.parser")
    for part in page.select(f"{UNSAID}, {leaves_out}".rstrip(", ")):
        part.decompose()
    for part in page.find_all(["p", "li", "dt", "dd", "div", "br", "h2", "h3"]):  # the words of two of them are apart
        part.insert_after(" ")
    return [entry for section in page.find_all("section", id=True, recursive=False) for entry in _section(section)]


def _lighter(body: str) -> str:
    """A page without most of its bytes, of which nothing is to be found: parsing them takes longer than all the rest."""
    body = QUESTION.sub(r"\1\2</form>", CODE.sub("", SCRIPT.sub("", body)))
    return DRAWING.sub(_title, body)


def _title(drawing: re.Match[str]) -> str:
    """What a drawing says in words, as a paragraph."""
    title = TITLE.search(drawing[0])
    return f"<p>{title[1]}</p>" if title else ""


def _section(section: Tag) -> Iterator[Entry]:
    heading = section.find(HEADING, recursive=False)
    place, lines = Place(section["id"], words(heading) if heading else ""), []
    found = list(_parts(section, place, lines))
    yield Entry("text", place.anchor, place.heading, "\n".join(lines))
    yield from found


def _parts(parent: Tag, place: Place, lines: list[str]) -> Iterator[Entry]:
    """The places below an element; its own text is added to `lines`."""
    for part in parent.find_all(True, recursive=False):
        names = part.get("class", [])
        if part.name == "section" and part.get("id"):
            yield from _section(part)
        elif "quiz-question" in names:
            yield Entry("question", part["id"], place.heading, words(part.select_one(".quiz-stem")))
        elif part.name == "figure":
            yield _figure(part, place)
        elif part.name == "table":
            yield Entry("table", part.get("id") or place.anchor, place.heading, "\n".join(_rows(part)))
        elif "glossary" in names:
            yield from _terms(part)
        elif "citation" in names:
            yield Entry("source", part["id"], place.heading, ADDRESS.sub("", words(part)))
        elif part.select_one(PARTS):
            yield from _parts(part, place, lines)
        elif not HEADING.fullmatch(part.name) and (said := words(part)):
            lines.append(said)


def _figure(figure: Tag, place: Place) -> Entry:
    """A figure by its caption, then what it says instead of a picture, then the rows of its data; without a picture it is a table."""
    caption = figure.find("figcaption")
    lines = [NO_SOURCE.sub("", words(caption.extract()))] if caption else []
    rows = [row for table in figure.find_all("table") for row in _rows(table.extract())]
    folded = figure.find("details")
    kind = "table" if rows and not folded else "figure"
    if folded:
        folded.decompose()
    lines += [words(part) for part in figure.find_all("p")]
    return Entry(kind, figure.get("id") or place.anchor, place.heading, "\n".join(filter(None, lines + rows)))


def _rows(table: Tag) -> Iterator[str]:
    for row in table.find_all("tr"):
        cells = [words(cell) for cell in row.find_all(["th", "td"])]
        yield " · ".join(cell for cell in cells if cell and not KEYS.fullmatch(cell))


def _terms(glossary: Tag) -> Iterator[Entry]:
    for term in glossary.find_all("dt", recursive=False):
        yield Entry("term", term["id"], words(term), words(term.find_next_sibling("dd")))


def words(part: Tag) -> str:
    """The text of an element in one line."""
    return re.sub(r"\s+([.,;:?!])", r"\1", " ".join(part.get_text().split()))
