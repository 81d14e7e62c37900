"""The package: a manifest, the page that asks a bank's questions, its script and its style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin
from zlib import crc32

from markupsafe import Markup

from quizzes import front_end
from quizzes.drawing import draw_quiz
from quizzes.exchange import Asked, Loss, Made
from quizzes.exchange.naming import slug
from quizzes.exchange.packages import pack
from quizzes.exchange.scorm.interactions import TYPES, Form, Interaction, interaction
from quizzes.model import Question, to_json
from quizzes.words import words as words_of

PAGE = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<base target="_blank">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="quiz.css">
<script src="quiz.js" defer></script>
</head>
<body>
<main>
<h1>{title}</h1>
<p class="scorm-said" role="status"></p>
<noscript><p><strong>{no_script}</strong></p></noscript>
{quiz}
<p class="scorm-trouble" role="alert"></p>
</main>
<script type="application/json" class="scorm-data">{data}</script>
</body>
</html>
""")
FILE = Markup('<file href="{}"/>')
OPENED = "index.html"
WRITTEN = ":/?#[]@!$&()*+,;=%~"  # what may stand in an address as it is, beside letters and digits
# A link to a page of the book, in the page's HTML or in the HTML inside its data
BOOK = re.compile(r'(<|\\u003c)a href=(\\?")(?!https?:|mailto:)([^"\\]*)\2([^>]*)>(.*?)\1/a>', re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What tells the editions apart."""

    name: str  # by which the script knows it
    manifest: Markup
    passing: Markup  # what the manifest says where a part of the points is enough to pass
    whole: int  # how it says all of the points there
    form: Form


def make_package(asked: Asked, out: Path, edition: Edition) -> Made:
    """The zip with all of it."""
    known = {question.id: interaction(question, edition.form) for question in asked.questions}
    quiz, lost = _linked(draw_quiz(asked.bank, asked.questions, book="package", tools=False, links=True), asked.address)
    files = {OPENED: _page(asked, edition, Markup(quiz), known).encode(), "quiz.css": front_end.scorm_styles().encode(),
             "quiz.js": front_end.scorm_script().encode()}
    files["imsmanifest.xml"] = _manifest(asked, edition, sorted(files)).encode()
    return Made(files={out: pack(files)}, losses=tuple(_lost(asked, edition, known, lost)))


def _linked(html: str, address: str) -> tuple[str, int]:
    """HTML whose links to the book lead there, or are no links where its address is not known; and how many were lost."""
    lost, address = 0, quote(address, safe=WRITTEN)

    def link(found: re.Match[str]) -> str:
        nonlocal lost
        start, mark, path, more, text = found.groups()
        if address:
            return f"{start}a href={mark}{urljoin(address, path)}{mark}{more}>{text}{start}/a>"
        lost += 1
        return text
    return BOOK.sub(link, html), lost


def _page(asked: Asked, edition: Edition, quiz: Markup, known: dict[str, Interaction]) -> str:
    words = words_of(asked.bank.language)
    data = {"edition": edition.name, "version": _version(asked), "words": {name: words[name] for name in sorted(front_end.scorm_words())},
            "questions": {question.id: {"objective": question.objective} | vars(known[question.id]) for question in asked.questions}}
    return str(PAGE.format(language=asked.bank.language, title=asked.bank.title, no_script=words["no-script"], quiz=quiz,
                           data=Markup(to_json(data).replace("<", "\\u003c"))))


def _version(asked: Asked) -> str:
    """A short name of the questions and their order; a better explanation or feedback leaves it as it is."""
    return f"{crc32(' '.join(question.version for question in asked.questions).encode()):08x}"


def _manifest(asked: Asked, edition: Edition, files: list[str]) -> str:
    passing = Markup() if asked.mastery is None else edition.passing.format(f"{asked.mastery * edition.whole / 100:.12g}")
    return str(edition.manifest.format(id=f"quiz-{slug(asked.bank.name)}-{_version(asked)}", title=asked.bank.title, passing=passing, opened=OPENED,
                                       files=Markup("\n").join(map(FILE.format, files))))


def _lost(asked: Asked, edition: Edition, known: dict[str, Interaction], links: int) -> Iterator[Loss]:
    yield Loss(question="", lost="penalties for further tries", instead="left out: an answer can be given anew, and the last one counts")
    yield Loss(question="", lost="levels, claims and groups", instead="left out")
    if edition.form.lettered:
        yield Loss(question="", lost="words of questions and choices in the system's report",
                   instead="ids of questions; letters and digits of choices, in the order of the page")
    if links:
        yield Loss(question="", lost="links to the book, whose address is not known", instead="left as text (--address URL makes links)")
    for question in asked.questions:
        yield from _lost_of(question, edition.form, known[question.id])


def _lost_of(question: Question, form: Form, known: Interaction) -> Iterator[Loss]:
    if question.hints:
        yield Loss(question=question.id, lost="hints", instead="left out")
    if TYPES.get(question.type) == "long-fill-in":
        yield Loss(question=question.id, lost=f"a text of more than {form.longest} characters in the system's report", instead="its beginning")
    elif not known.patterns and question.points:
        yield Loss(question=question.id, lost="the right answer in the system's report", instead="left out")
