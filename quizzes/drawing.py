"""A question as semantic HTML: the same markup on a page, in a notebook, in an assignment and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from quizzes.bank import Bank, Section
from quizzes.front_end import words_used
from quizzes.model import Question, to_json
from quizzes.sources import Source, find_bibliography, load_bibliography
from quizzes.text import block, stem
from quizzes.words import in_points
from quizzes.words import words as words_of

FORM = Markup("""
<form class="quiz-question" data-quiz-question="{id}" data-quiz-type="{type}" lang="{language}" autocomplete="off" novalidate>
<fieldset>
<legend><span class="quiz-number">{number}</span> <span class="quiz-stem">{stem}</span> <span class="quiz-how">{how} · {points}</span></legend>
{more}<div class="quiz-inputs">{inputs}</div>
</fieldset>
<div class="quiz-actions"><button type="submit">{check}</button> <button type="button" data-quiz-do="again" hidden>{again}</button></div>
<div class="quiz-result" role="status"></div>
</form>
""")

FOOT = Markup("""
<div class="quiz-foot">
<p class="quiz-total"></p>
<p class="quiz-notice" role="status"></p>
<details><summary>{your_answers}</summary>
<p>{kept}</p>
<p><button type="button" data-quiz-do="export">{export}</button> <button type="button" data-quiz-do="clear">{clear}</button></p>
</details>
<noscript><p>{no_script}</p></noscript>
</div>
""")

QUIZ = Markup("""<div class="quiz" role="group" data-quiz="{bank}" data-quiz-book="{book}" lang="{language}" aria-label="{label}">
{questions}{foot}<script type="application/json" class="quiz-data">{data}</script>
</div>
""")


def draw_question(question: Question, number: int) -> Markup:
    """One question's form. Holds no key and no feedback."""
    words = words_of(question.language)
    first, more = stem(question.prompt)
    return FORM.format(
        id=question.id, type=question.type, language=question.language, stem=first, more=more,
        number=words["question"].replace("{number}", str(number)), how=words[question.how], points=in_points(question.points, words),
        inputs=question.draw(words, f"quiz-{question.id}"), check=words["check"], again=words["again"])


def draw_quiz(bank: Bank, questions: Iterable[Question], *, book: str, tools: bool, first: int = 1) -> Markup:
    """Questions with what marks them: for learning. `tools` adds saving to a file, clearing and links into the book, which
    only a page has; `first` is the first's number."""
    questions = tuple(questions)
    words = words_of(bank.language)
    label = words["quiz"].replace("{title}", bank.title)
    foot = FOOT.format(your_answers=words["your-answers"], kept=words["kept"], export=words["export"],
                       clear=words["clear"], no_script=words["no-script"])
    return QUIZ.format(
        bank=bank.name, book=book, language=bank.language, label=label, data=_data(bank, questions, words, links=tools),
        questions=Markup().join(draw_question(question, n) for n, question in enumerate(questions, first)),
        foot=foot if tools else Markup('<p class="quiz-total"></p>\n'))


def _data(bank: Bank, questions: Iterable[Question], words: Mapping[str, str], *, links: bool) -> Markup:
    """What the script looks things up in, as JSON that cannot end its own element."""
    known = _bibliography(bank)
    said = {name: text for name, text in words.items() if name in words_used()}
    data = {"words": said, "questions": {question.id: {
        "part": question.public_part(),
        "marking": question.marking_part() | {"explanation": _explanation(question, known, words)}
        | _read_again(bank.section_of(question), words, links),
    } for question in questions}}
    return Markup(to_json(data).replace("<", "\\u003c"))


def _read_again(section: Section | None, words: Mapping[str, str], links: bool) -> dict[str, Markup]:
    """Where an answer that is not right sends the reader; nothing for a bank that does not say."""
    if section is None:
        return {}
    link = Markup('<a href="{}">{}</a>' if links else "{1}").format(section.address, section.title)
    return {"readAgain": Markup(words["read-again"]).replace("{section}", link)}


def _bibliography(bank: Bank) -> Mapping[str, Source]:
    path = find_bibliography(bank.path)
    return load_bibliography(path) if path else {}


def _explanation(question: Question, known: Mapping[str, Source], words: Mapping[str, Any]) -> Markup:
    sources = Markup("; ").join(_reference(key, known.get(key)) for key in question.sources)
    return Markup('{}<p class="quiz-sources">{}: {}</p>').format(block(question.explanation), words["sources"], sources)


def _reference(key: str, source: Source | None) -> Markup:
    if source is None:
        return Markup("{}").format(key)
    title = Markup("<cite>{}</cite>").format(source.title)
    if source.url.startswith(("https://", "http://")):
        title = Markup('<a href="{}" rel="noreferrer">{}</a>').format(source.url, title)
    return Markup("{}, {}{}").format(source.who, title, f" ({source.date})" if source.date else "")
