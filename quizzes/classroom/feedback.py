"""Feedback for one student: a page with the own answers, what each earned and why, the right ones, and what to read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from quizzes.bank import Section
from quizzes.classroom.answers import in_words, parts_of
from quizzes.classroom.gradebook import percent
from quizzes.classroom.grading import Grading, Student
from quizzes.classroom.pages import page
from quizzes.model import Question, to_json
from quizzes.sources import Source, find_bibliography, load_bibliography
from quizzes.text import block, inline, stem
from quizzes.words import in_figures
from quizzes.words import words as words_of

RESERVED = re.compile("(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])$")  # names that no file has on Windows

HEAD = Markup('<p><span dir="auto">{name}</span>, {number}</p>\n<p><strong>{total}</strong></p>\n<p class="small">{saved}{late}</p>\n{waiting}')
READ = Markup("<h2>{title}</h2>\n{list}\n")
ARTICLE = Markup("""<article lang="{language}">
<h2>{number}</h2>
<div dir="auto"><p>{stem}</p>{more}</div>
<h3>{your_answer}</h3>
<div class="answer" dir="auto">{answer}</div>
<p><strong>{state}</strong> – {points}</p>
{criteria}{right}{said}{explanation}
</article>
""")


def file_name(number: str) -> str:
    """Where a student's feedback goes; `number` is as numbers are compared: letters, digits and hyphens."""
    return f"feedback/{'number-' if RESERVED.match(number) else ''}{number}.html"


def feedback_pages(grading: Grading) -> dict[str, bytes]:
    """A page for every student, by the name of its file; what several answered alike is drawn once."""
    known, drawn = bibliography(grading), {}
    return {file_name(student.number): _page(grading, student, known, drawn) for student in grading.students}


def _page(grading: Grading, student: Student, known: Mapping[str, Source], drawn: dict[tuple[str, str], Markup]) -> bytes:
    specification = grading.assignment.specification
    words = words_of(specification.language)
    articles = Markup()
    for n, question in enumerate(grading.questions, 1):
        key = (question.id, to_json(student.hand_in.answers[question.id]))
        if hasattr(question, "rubric"):  # marked by the teacher, one by one
            key = (question.id, student.number)
        if key not in drawn:
            drawn[key] = _article(grading, student, question, n, known)
        articles += drawn[key]
    title = words["feedback-title"].replace("{title}", specification.title)
    return page(title, _head(grading, student, words) + _read_again(grading, student, words) + articles, specification.language)


def bibliography(grading: Grading) -> Mapping[str, Source]:
    path = find_bibliography(grading.assignment.keep / "key.yml")
    return load_bibliography(path) if path else {}


def _head(grading: Grading, student: Student, words: Mapping[str, str]) -> Markup:
    hand_in, total = student.hand_in, student.total
    share = words["percent"].replace("{number}", in_figures(percent(total, grading.out_of), words))
    return HEAD.format(
        name=hand_in.name, number=hand_in.as_typed,
        total=words["feedback-total"].format(points=in_figures(total, words), out_of=in_figures(grading.out_of, words), percent=share),
        saved=words["feedback-saved"].replace("{time}", hand_in.saved.strftime("%Y-%m-%d %H:%M %Z")), late=" " + words["feedback-late"] if hand_in.late else "",
        waiting=Markup("<p>{}</p>\n").format(words["feedback-waiting"]) if student.waiting else "")


def _read_again(grading: Grading, student: Student, words: Mapping[str, str]) -> Markup:
    """The sections of the answers that are not right, each once, most points lost first."""
    bank = grading.assignment.bank
    lost: dict[tuple[str, str], float] = {}
    asked: dict[tuple[str, str], list[int]] = {}
    for n, question in enumerate(grading.questions, 1):
        mark, section = student.marks[question.id], bank.section_of(question)
        if section and mark.state != "right" and question.id not in student.waiting:
            at = (section.title, section.address)
            lost[at] = lost.get(at, 0) + mark.out_of - mark.points
            asked.setdefault(at, []).append(n)
    if not any(bank.section_of(question) for question in grading.questions):
        return Markup()
    lines = Markup().join(Markup("<li>{} ({})</li>").format(_place(Section(title=at[0], address=at[1])), _of_questions(asked[at], words))
                          for at in sorted(lost, key=lambda at: (-lost[at], asked[at])))
    whole = Markup("<ul>{}</ul>").format(lines) if lines else Markup("<p>{}</p>").format(words["feedback-nothing"])
    return READ.format(title=words["feedback-read-again"], list=whole)


def _place(section: Section) -> Markup:
    """A link where the address leads somewhere from any folder; else the title."""
    if section.address.startswith(("https://", "http://")):
        return Markup('<a href="{}" rel="noreferrer">{}</a>').format(section.address, section.title)
    return Markup("{}").format(section.title)


def _of_questions(numbers: list[int], words: Mapping[str, str]) -> str:
    if len(numbers) == 1:
        return words["feedback-question"].replace("{number}", str(numbers[0]))
    return words["feedback-questions"].replace("{numbers}", ", ".join(map(str, numbers)))


def _article(grading: Grading, student: Student, question: Question, n: int, known: Mapping[str, Source]) -> Markup:
    words, mark = words_of(question.language), student.marks[question.id]
    first, more = stem(question.prompt)
    lines = in_words(question, student.hand_in.answers[question.id])
    waiting = question.id in student.waiting
    return ARTICLE.format(
        language=question.language, number=words["question"].replace("{number}", str(n)), stem=first, more=more, your_answer=words["your-text"],
        answer=Markup("<br>").join(lines) or words["feedback-no-answer"], state=words["feedback-not-marked"] if waiting else words[mark.state],
        points=words["mark"].replace("{points}", in_figures(mark.points, words)).replace("{out_of}", in_figures(mark.out_of, words)),
        criteria=_criteria(grading, student, question, words), right=_right(question, words) if mark.state != "right" else "", said=_said(question, student.hand_in.answers[question.id], mark.feedback, words),
        explanation=_explanation(question, known, words))


def _criteria(grading: Grading, student: Student, question: Question, words: Mapping[str, str]) -> Markup:
    """What the teacher found in an open answer."""
    met = grading.marked.get((student.number, question.id))
    if met is None:
        return Markup()
    lines = Markup().join(Markup("<li>{}: {}</li>").format(inline(criterion.text), words["feedback-met" if met[criterion.id] else "feedback-not-met"]) for criterion in question.rubric)
    return Markup("<h3>{}</h3><ul>{}</ul>").format(words["feedback-criteria"], lines)


def _right(question: Question, words: Mapping[str, str]) -> Markup:
    """The right answer, as the paper key has it; of pairs without the letters of the paper. A text has a model answer instead: `_said`."""
    if hasattr(question, "rubric"):
        return Markup()
    if hasattr(question, "rights"):
        lines = in_words(question, {pair.id: question.rights[pair.match.strip()] for pair in question.pairs})
    else:
        lines = [right for right, _ in question.solution(words)]
    return Markup('<h3>{}</h3><ul dir="auto">{}</ul>').format(words["feedback-right"], Markup().join(Markup("<li>{}</li>").format(line) for line in lines))


def _said(question: Question, answer: Any, feedback: tuple[str, ...], words: Mapping[str, str]) -> Markup:
    """What the book says to the answer, with the part of the question that each line is about; to an open one, whether or not there is a text, the model answer."""
    if hasattr(question, "rubric"):
        return Markup('<h3>{}</h3><div dir="auto">{}</div>\n').format(words["model-answer"], block(question.model))
    if not feedback:
        return Markup()
    named = [Markup('<b dir="auto">{}</b>: ').format(part) for part in parts_of(question, answer)] or [Markup()] * len(feedback)
    lines = Markup().join(Markup("<li>{}{}</li>").format(part, Markup(line)) for part, line in zip(named, feedback, strict=True))
    return Markup("<h3>{}</h3><ul>{}</ul>\n").format(words["feedback-said"], lines)


def _explanation(question: Question, known: Mapping[str, Source], words: Mapping[str, str]) -> Markup:
    named = Markup("; ").join(_reference(key, known.get(key)) for key in question.sources)
    return Markup('<h3>{}</h3><div dir="auto">{}</div><p class="small">{}: {}</p>').format(words["explanation"], block(question.explanation), words["sources"], named)


def _reference(key: str, source: Source | None) -> Markup:
    if source is None:
        return Markup("{}").format(key)
    return Markup("{}, <cite>{}</cite>{}").format(source.who, source.title, f" ({source.date})" if source.date else "")
