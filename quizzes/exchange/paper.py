"""A sheet for a room without devices, and its key: each one file of HTML that prints to A4 and to Letter.

The sheet is made of what the types draw, in the look that they have in print; it holds no key, no feedback and no explanation.
"""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup
from rcssmin import cssmin

from quizzes import front_end
from quizzes.drawing import explanation
from quizzes.exchange import Asked, Made
from quizzes.model import Question, plain
from quizzes.text import stem
from quizzes.words import in_points
from quizzes.words import words as words_of

SUFFIX = ".html"
ABOUT = "a sheet to print, one file of HTML that holds no answer, and beside it the key, whose name ends in -key"
STYLE = Path(__file__).with_suffix(".css")
PAGE = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{css}</style>
</head>
<body>
<main class="quiz sheet">
<header><h1>{title}</h1>{head}</header>
{questions}
{foot}
</main>
</body>
</html>
""")
LINES = Markup('<p class="sheet-lines"><span>{}</span><span>{}</span></p>{}')
SEED = Markup('<p class="quiz-how">{} {}</p>')
QUESTION = Markup("""<section class="quiz-question" data-quiz-type="{type}" lang="{language}">
<fieldset>
<legend><span class="quiz-number">{number}</span> <span class="quiz-stem">{stem}</span> <span class="quiz-how">{how}</span></legend>
{earned}{more}<div class="quiz-inputs">{inputs}</div>
</fieldset>
</section>""")
EARNED = Markup('<p class="sheet-points"><span></span> / {}</p>')
TOTAL = Markup('<p class="sheet-total">{}: <span></span> / {}</p>')
KEY = Markup("""<section class="sheet-key" lang="{language}">
<h2><span class="quiz-number">{number}</span> {stem} <span class="quiz-how">{points}</span></h2>
<ul>{lines}</ul>
{explanation}
</section>""")
LINE = Markup("<li><b>{}</b> {}</li>")


def make(asked: Asked, out: Path) -> Made:
    """The sheet, and beside it the key."""
    key = out.with_name(f"{out.stem}-key{out.suffix}")
    return Made(files={out: draw_sheet(asked).encode(), key: draw_key(asked).encode()})


def draw_sheet(asked: Asked) -> str:
    """What is handed out."""
    words = words_of(asked.bank.language)
    total = sum(question.points for question in asked.questions)
    head = LINES.format(words["sheet-name"], words["sheet-date"], _seed(asked, words))
    foot = TOTAL.format(words["sheet-total"], _number(total, words)) if total else ""
    return _page(asked, asked.bank.title, head, Markup("\n").join(map(_draw, *zip(*enumerate(asked.questions, 1)))), foot)


def draw_key(asked: Asked) -> str:
    """What stays with whoever marks."""
    words = words_of(asked.bank.language)
    lines = (_draw_key(asked, number, question) for number, question in enumerate(asked.questions, 1))
    return _page(asked, words["sheet-key"].replace("{title}", asked.bank.title), _seed(asked, words), Markup("\n").join(lines), "")


def _page(asked: Asked, title: str, head: Markup, questions: Markup, foot: Markup | str) -> str:
    css = front_end.styles().replace("@media print", "@media all") + cssmin(STYLE.read_text(encoding="utf-8"))
    return str(PAGE.format(language=asked.bank.language, title=title, css=Markup(css), head=head, questions=questions, foot=foot))


def _draw(number: int, question: Question) -> Markup:
    words = words_of(question.language)
    first, more = stem(question.prompt)
    earned = EARNED.format(_number(question.points, words)) if question.points else ""
    return QUESTION.format(type=question.type, language=question.language, number=f"{number}.", stem=first, how=_how(question, words),
                           earned=earned, more=more, inputs=question.draw(words, f"quiz-{question.id}"))


def _draw_key(asked: Asked, number: int, question: Question) -> Markup:
    words = words_of(question.language)
    lines = question.solution(words) or ((words[question.how], ""),)
    return KEY.format(language=question.language, number=f"{number}.", stem=stem(question.prompt)[0], points=in_points(question.points, words),
                      lines=Markup().join(LINE.format(right, Markup(said)) for right, said in lines), explanation=explanation(asked.bank, question))


def _how(question: Question, words: dict[str, str]) -> str:
    """How to answer with a pen, where that is otherwise than on a screen."""
    on_paper = {"put-in-order": words["sheet-order"], "match-each": words["sheet-match"], "type-number": words["sheet-number"],
                "type-text": words["sheet-text"], "write-text": words["sheet-write"]}
    return on_paper.get(question.how, words[question.how])


def _seed(asked: Asked, words: dict[str, str]) -> Markup:
    return Markup() if asked.seed is None else SEED.format(words["paper"], asked.seed)


def _number(points: float, words: dict[str, str]) -> str:
    return f"{plain(points):.12g}".replace(".", words["decimal"])
