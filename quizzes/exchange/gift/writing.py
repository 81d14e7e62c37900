"""A bank as GIFT. What the notation has no words for (points, penalties, hints, gaps in a text) is a loss."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from itertools import groupby
from pathlib import Path

from markupsafe import Markup

from quizzes.drawing import explanation
from quizzes.exchange import Asked, Loss, Made
from quizzes.exchange.gift.signs import escape
from quizzes.exchange.moodle.embedded import starred
from quizzes.exchange.moodle.fractions import grade
from quizzes.exchange.moodle.tags import write_tags
from quizzes.exchange.moodle.writing import GRADING, name_of
from quizzes.exchange.simpler import Choices, Forms, Pairs, as_choices, as_forms, as_intervals, as_pairs, as_years, shown
from quizzes.model import Question
from quizzes.text import inline
from quizzes.types import number, open_answer, order, timeline, true_false
from quizzes.words import in_points
from quizzes.words import words as words_of

FEWEST_PAIRS = 2
Lost = list[tuple[str, str]]


def make(asked: Asked, out: Path) -> Made:
    """One text file: a category a group, and its questions."""
    bank = asked.bank
    losses = [Loss(question="", lost="the words of the objectives", instead="left out; their ids are tags")]
    if bank.sections:
        losses.append(Loss(question="", lost="where to read again after a wrong answer", instead="left out"))
    blocks = []
    for group, questions in groupby(asked.questions, key=lambda question: question.group):
        blocks.append(f"$CATEGORY: $course$/top/{bank.title.replace('/', '//')}/{group}")
        for question in questions:
            lost: Lost = []
            if answers := _answers(question, lost, str(explanation(bank, question))):
                tags, cut = write_tags(question)
                marks = " ".join([f"[id:{question.id}]", *(f"[tag:{tag}]" for tag in tags)])
                blocks.append(f"// {marks}\n::{escape(name_of(question))}::[html]{escape(shown(question))}{{{answers}}}")
                lost += [*_common(question), *cut]
            losses += [Loss(question=question.id, lost=what, instead=instead) for what, instead in lost]
    return Made(files={out: ("\n\n".join(blocks) + "\n").encode()}, losses=tuple(losses))


def _common(question: Question) -> Lost:
    """What GIFT cannot say of any question."""
    usual = 1 if question.type == "true-false" else 1 / 3
    lost = [(in_points(question.points, words_of("en")), "1 point")] if question.points != 1 else []
    if question.penalty != usual:
        lost.append((f"a penalty of {question.penalty:.7g} for another try", f"{usual:.7g}"))
    if question.hints:
        lost.append(("hints", "left out"))
    if not getattr(question, "shuffle", True):
        lost.append(("choices in their own order", "shuffled as the system has it"))
    return lost


def _answers(question: Question, lost: Lost, said: str) -> str:
    """What stands in the braces, with the general feedback at its end; nothing where GIFT has no such question."""
    last = f"\t####{escape(said)}"
    if isinstance(question, true_false.QuestionType):
        wrong, right = (escape(str(inline(text))) for text in (question.feedback.wrong, question.feedback.right))
        return f"{str(question.answer).upper()}#{wrong}#{right}####{escape(said)}"
    if choices := as_choices(question):
        return _lines(_choices(choices, lost), last)
    if isinstance(question, timeline.QuestionType) or (pairs := as_pairs(question)):
        return _matching(as_years(question) if isinstance(question, timeline.QuestionType) else pairs, lost, last)
    if isinstance(question, order.QuestionType):
        return _ordering(question, lost)
    if isinstance(question, number.QuestionType):
        return "#" + _lines(_numerical(question, lost), last)
    if forms := as_forms(question, any_case=True):
        return _lines(_shortanswer(forms, question, lost), last)
    if isinstance(question, open_answer.QuestionType):
        lost.append(("model answer and rubric", "left out"))
        return f"####{escape(said)}"
    lost.append(("question", "left out, as GIFT has none like it"))
    return ""


def _lines(answers: Iterable[str], last: str) -> str:
    return "\n" + "".join(f"\t{answer}\n" for answer in answers) + f"{last}\n"


def _answer(mark: str, text: str, feedback: str) -> str:
    return mark + escape(str(text)) + (f"#{escape(str(feedback))}" if feedback else "")


def _weight(share: Fraction, lost: Lost) -> str:
    written, exact = grade(share)
    if not exact:
        lost.append((f"{float(share * 100):.6g} % of the points", f"{written} %, the nearest that Moodle has"))
    return f"%{written}%"


def _choices(choices: Choices, lost: Lost) -> list[str]:
    lost += choices.losses
    if choices.several and choices.credit != "multiple-choice":
        lost.append((f"the rule '{choices.credit}' for several picks", "each right one earns an equal share, each wrong one costs one"))
    marks = ["=" if option.share == 1 and not choices.several else "~" + _weight(option.share, lost) if option.share or option.text.startswith("%") else "~"
             for option in choices.options]
    return [_answer(mark, option.text, option.feedback) for mark, option in zip(marks, choices.options, strict=True)]


def _matching(pairs: Pairs, lost: Lost, last: str) -> str:
    if len(pairs.lefts) < FEWEST_PAIRS:
        lost.append(("question", f"left out, as GIFT matches {FEWEST_PAIRS} pairs or more"))
        return ""
    used = [left.right for left in pairs.lefts]
    alone = [("", id_) for id_ in pairs.rights if id_ not in used]
    lost += [*pairs.losses, ("feedback to what is in a wrong place", "left out")]
    if any("<" in right for right in pairs.rights.values()):
        lost.append(("emphasis and links on the right side", "plain text"))
    if pairs.all_or_nothing:
        lost.append(("all or nothing", "every pair earns an equal share"))
    return _lines([f"={escape(str(left))} -> {escape(pairs.rights[right].striptags())}"
                   for left, right in (*((left.text, left.right) for left in pairs.lefts), *alone)], last)


def _ordering(question: order.QuestionType, lost: Lost) -> str:
    """One item a line; the notation has room for nothing else, and escapes nothing but braces, as signs of HTML."""
    lost += [("feedback to what is in a wrong place", "left out"), ("explanation", "left out")]
    items = (re.sub(r"[{}]", lambda brace: f"&#{ord(brace[0])};", " ".join(inline(item.text).split())) for item in question.items)
    return f">{len(question.items)} ALL VERTICAL {GRADING[question.credit]} SHOW\n" + "\n".join(items) + "\n"


def _numerical(question: number.QuestionType, lost: Lost) -> list[str]:
    if question.unit:
        lost.append((f"the unit ({question.unit})", "left out"))
    answers = [f"={_weight(one.share, lost)}{one.middle:f}:{one.off:f}" + (f"#{escape(str(one.feedback))}" if one.feedback else "")
               for one in as_intervals(question)]
    return [*answers, f"~#{escape(str(inline(question.feedback.wrong)))}"]


def _shortanswer(forms: Forms, question: Question, lost: Lost) -> list[str]:
    lost.append(("spellings that are forgiven by rule", "the likely ones are listed as answers"))
    if question.nearly:
        lost.append(("points for an answer with one letter wrong", "no points"))
    if not as_forms(question).any_case:
        lost.append(("ı and i told apart", "taken for the same by a system that looks at no case"))
    answers = [_answer("=" + _weight(form.share, lost), starred(form.text), form.feedback) for form in forms.forms]
    return [*answers, _answer("=%0%", Markup("*"), forms.otherwise)]
