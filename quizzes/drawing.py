"""A question as semantic HTML: the same markup on a page, in a notebook, in an assignment and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from quizzes import controls
from quizzes.bank import Bank, Section
from quizzes.behaviours import Manner
from quizzes.front_end import words_used
from quizzes.lots import paper
from quizzes.model import Question, to_json
from quizzes.sources import Source, find_bibliography, load_bibliography
from quizzes.text import block, stem
from quizzes.words import in_points
from quizzes.words import words as words_of

FORM = Markup("""
<form class="quiz-question" id="{anchor}" data-quiz-question="{id}" data-quiz-type="{type}" lang="{language}" autocomplete="off" novalidate{out}>
<fieldset>
{asked}{sure}</fieldset>
{hints}<div class="quiz-actions"><button type="submit"{held}>{check}</button> <button type="button" data-quiz-do="again" hidden>{again}</button>{hint}</div>
<div class="quiz-result" role="status"></div>
</form>
""")

ASKED = Markup("""<legend><span class="quiz-number">{number}</span> <span class="quiz-stem">{stem}</span>
<span class="quiz-how">{how} · <span>{points}</span></span></legend>
{more}<div class="quiz-inputs">{inputs}</div>
""")

FOOT = Markup("""
<div class="quiz-foot">
<p class="quiz-total"></p>
<p class="quiz-notice" role="status"></p>
{calibration}<details><summary>{your_answers}</summary>
<p>{kept}</p>
<p class="quiz-tools"><button type="button" data-quiz-do="export">{export}</button> <button type="button" data-quiz-do="clear">{clear}</button></p>
</details>
<noscript><p>{no_script}</p></noscript>
</div>
""")

QUIZ = Markup("""<div class="quiz" role="group" data-quiz="{bank}" data-quiz-book="{book}" lang="{language}" aria-label="{label}">
{head}{questions}{bar}{foot}<script type="application/json" class="quiz-data">{data}</script>
</div>
""")


def anchor(bank: str, question_id: str) -> str:
    """Where a link to a question leads on the page that asks it."""
    return f"quiz-{bank}-{question_id}"


def draw_question(question: Question, number: int, bank: str = "", how: Manner = Manner(), *, out: bool = False) -> Markup:
    """One question's form, with an anchor that names its bank; hidden where it is `out` of the paper. Holds no key and no feedback."""
    words = words_of(question.language)
    return FORM.format(
        anchor=anchor(bank, question.id), id=question.id, type=question.type, language=question.language,
        asked=draw_asked(question, number), check=words["check"], again=words["again"],
        out=controls.HIDDEN if out else "", **controls.question_parts(question, how, words))


def draw_asked(question: Question, number: int) -> Markup:
    """What every surface shows of a question: its number, what is asked, and the inputs. Holds no key and no feedback."""
    words = words_of(question.language)
    first, more = stem(question.prompt)
    return ASKED.format(number=words["question"].replace("{number}", str(number)), stem=first, how=words[question.how],
                        points=in_points(question.points, words), more=more, inputs=question.draw(words, f"quiz-{question.id}"))


def draw_quiz(bank: Bank, questions: Iterable[Question], *, book: str, tools: bool, links: bool | None = None, first: int = 1,
              how: Manner = Manner(), name: str = "") -> Markup:
    """Questions with what marks them: for learning. `tools` adds saving to a file and clearing, which only a page has, and `links`
    into the book unless they are asked for or not; `first` is the first's number; `how` the quiz is taken, and under which `name`
    its own record is kept."""
    questions = tuple(questions)
    words = words_of(bank.language)
    label = words["quiz"].replace("{title}", bank.title)
    foot = FOOT.format(your_answers=words["your-answers"], kept=words["kept"], export=words["export"],
                       clear=words["clear"], no_script=words["no-script"], calibration=controls.calibration(how, words))
    data = _data(bank, questions, words, how, links=tools if links is None else links)
    if how != Manner():
        data["manner"] = controls.data(how, questions, name=name, first=first)
    return QUIZ.format(
        bank=bank.name, book=book, language=bank.language, label=label, data=Markup(to_json(data).replace("<", "\\u003c")),
        head=controls.head(how, words), bar=controls.bar(how, words), questions=_draw_questions(bank, questions, how, first),
        foot=foot if tools else Markup('<p class="quiz-total"></p>\n'))


def _draw_questions(bank: Bank, questions: tuple[Question, ...], how: Manner, first: int) -> Markup:
    """The questions of the paper in its order, then, hidden, those that another paper could ask."""
    drawn = paper(questions, how.seed, draw=how.draw, shuffle=how.shuffle)
    forms = [draw_question(question.moved(drawn.choices[question.id]) if question.id in drawn.choices else question, n, bank.name, how)
             for n, question in enumerate(drawn.questions, first)]
    forms += [draw_question(question, first, bank.name, how, out=True) for question in questions if question not in drawn.questions]
    return Markup().join(forms)


def _data(bank: Bank, questions: tuple[Question, ...], words: Mapping[str, str], how: Manner, *, links: bool) -> dict[str, Any]:
    """What the script looks things up in."""
    known = _bibliography(bank)
    others = {question.language for question in questions} - {bank.language}
    return {"words": _said(words, how), "others": {language: _said(words_of(language), how) for language in sorted(others)}, "questions": {question.id: {
        "part": question.public_part(), "version": question.version,
        "marking": question.marking_part() | {"explanation": _explanation(question, known)}
        | _read_again(bank.section_of(question), words_of(question.language), links) | controls.marking(question, how),
    } for question in questions}}


def _said(words: Mapping[str, str], how: Manner) -> dict[str, str]:
    """What the script says of a table."""
    used = words_used(behaving=how != Manner())
    return {name: text for name, text in words.items() if name in used}


def _read_again(section: Section | None, words: Mapping[str, str], links: bool) -> dict[str, Markup]:
    """Where an answer that is not right sends the reader; nothing for a bank that does not say."""
    if section is None:
        return {}
    link = Markup('<a href="{}">{}</a>' if links else "{1}").format(section.address, section.title)
    return {"readAgain": Markup(words["read-again"]).replace("{section}", link)}


def _bibliography(bank: Bank) -> Mapping[str, Source]:
    path = find_bibliography(bank.path)
    return load_bibliography(path) if path else {}


def explanation(bank: Bank, question: Question) -> Markup:
    """Why the key is right, and where that stands."""
    return _explanation(question, _bibliography(bank))


def _explanation(question: Question, known: Mapping[str, Source]) -> Markup:
    sources = Markup("; ").join(_reference(key, known.get(key)) for key in question.sources)
    return Markup('{}<p class="quiz-sources">{}: {}</p>').format(block(question.explanation), words_of(question.language)["sources"], sources)


def _reference(key: str, source: Source | None) -> Markup:
    if source is None:
        return Markup("{}").format(key)
    title = Markup("<cite>{}</cite>").format(source.title)
    if source.url.startswith(("https://", "http://")):
        title = Markup('<a href="{}" rel="noreferrer">{}</a>').format(source.url, title)
    return Markup("{}, {}{}").format(source.who, title, f" ({source.date})" if source.date else "")
