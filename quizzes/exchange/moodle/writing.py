"""A bank as Moodle XML. Every type has a question of Moodle's that is the same or the nearest; what it cannot say is a loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import Markup

from quizzes.drawing import explanation
from quizzes.exchange import Asked, Loss, Made
from quizzes.exchange.moodle.embedded import starred, write_gap
from quizzes.exchange.moodle.fractions import grade
from quizzes.exchange.moodle.tags import write_tags
from quizzes.exchange.simpler import Choices, Forms, Gap, Left, Pairs, as_choices, as_forms, as_gaps, as_intervals, as_pairs, shown
from quizzes.model import Question, plain
from quizzes.text import block, inline, stem
from quizzes.types import number, open_answer, order, short_text, true_false

LONGEST_NAME = 80  # characters; a longer one is hard to read in a list
GRADING = {"absolute-position": "ABSOLUTE_POSITION", "relative-to-next": "RELATIVE_NEXT_EXCLUDE_LAST", "all-or-nothing": "ALL_OR_NOTHING"}
FEWEST_PAIRS = 3
UNIT_OPTIONAL = "0"  # a unit may be typed or left out
Lost = list[tuple[str, str]]  # what is lost, what is done instead


def make(asked: Asked, out: Path) -> Made:
    """One XML file: a category of the bank with its objectives, in it a category a group, and in that the group's questions."""
    bank, quiz, losses = asked.bank, Element("quiz"), list(_of_the_bank(asked))
    _category(quiz, (bank.title,), bank.name, _objectives(asked))
    for group, questions in groupby(asked.questions, key=lambda question: question.group):
        _category(quiz, (bank.title, group), f"{bank.name}-{group}", "")
        for question in questions:
            made, lost = _question(asked, question)
            losses += [Loss(question=question.id, lost=what, instead=instead) for what, instead in lost]
            quiz.extend(made)
    indent(quiz)
    return Made(files={out: tostring(quiz, encoding="utf-8", xml_declaration=True) + b"\n"}, losses=tuple(losses))


def _of_the_bank(asked: Asked) -> Iterator[Loss]:
    if asked.bank.sections:
        yield Loss(question="", lost="where to read again after a wrong answer", instead="left out")
    if any(isinstance(question, number.QuestionType) for question in asked.questions):
        yield Loss(question="", lost="ways to write a number (18 %, 1 234,5)", instead="numbers are read as Moodle's language has them")


def _category(quiz: Element, path: Iterable[str], id_: str, info: str) -> None:
    made = SubElement(quiz, "question", type="category")
    _text(SubElement(made, "category"), "/".join(("$course$", "top", *(name.replace("/", "//") for name in path))))
    _html(made, "info", info)
    SubElement(made, "idnumber").text = id_


def _objectives(asked: Asked) -> str:
    used = {question.objective for question in asked.questions}
    lines = (Markup("<li><b>{}</b>: {}</li>").format(id_, inline(text)) for id_, text in asked.bank.objectives.items() if id_ in used)
    return Markup('<ul class="quiz-objectives">{}</ul>').format(Markup().join(lines))


def _question(asked: Asked, question: Question) -> tuple[list[Element], Lost]:
    """The element of a question, or none where Moodle has nothing near it; and what is lost."""
    made, lost = Element("question"), []
    _text(SubElement(made, "name"), name_of(question))
    text = _html(made, "questiontext", shown(question))
    _html(made, "generalfeedback", explanation(asked.bank, question))
    SubElement(made, "defaultgrade").text = f"{question.points:.12g}"
    SubElement(made, "penalty").text = f"{question.penalty:.7f}".rstrip("0").rstrip(".")
    SubElement(made, "hidden").text = "0"
    SubElement(made, "idnumber").text = question.id
    kind = _fill(made, text, question, lost)
    if not kind:
        return [], lost or [("question", "left out, as Moodle has none like it")]
    made.set("type", kind)
    for hint in question.hints:
        _html(made, "hint", block(hint))
    tags, cut = write_tags(question)
    holder = SubElement(made, "tags")
    for tag in tags:
        _text(SubElement(holder, "tag"), tag)
    return [made], [*lost, *cut]


def name_of(question: Question) -> str:
    """The beginning of what it asks, for a list of questions."""
    name = stem(question.prompt)[0].striptags()
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME - 1].rstrip() + "…"


def _fill(made: Element, text: Element, question: Question, lost: Lost) -> str:
    """Adds what is special to a kind of question; returns the kind's name in Moodle, or nothing."""
    if isinstance(question, true_false.QuestionType):
        for option in as_choices(question).options:
            _answer(made, option.id, option.share, option.feedback, lost, "moodle_auto_format")
        return "truefalse"
    if choices := as_choices(question):
        return _multichoice(made, choices, lost)
    if pairs := as_pairs(question):
        return _matching(made, pairs, lost)
    if isinstance(question, order.QuestionType):
        return _ordering(made, question)
    if intervals := as_intervals(question):
        for one in intervals:
            SubElement(_answer(made, f"{one.middle:f}", one.share, one.feedback, lost, "moodle_auto_format"), "tolerance").text = f"{one.off:f}"
        SubElement(_answer(made, "*", Fraction(0), inline(question.feedback.wrong), lost, "moodle_auto_format"), "tolerance").text = "0"
        _units(made, question, lost)
        return "numerical"
    if forms := as_forms(question):
        return _shortanswer(made, forms, question, lost)
    if gaps := as_gaps(question):
        return _cloze(made, text, question, gaps, lost)
    return _essay(made, question) if isinstance(question, open_answer.QuestionType) else ""


def _multichoice(made: Element, choices: Choices, lost: Lost) -> str:
    SubElement(made, "single").text = str(not choices.several).lower()
    SubElement(made, "shuffleanswers").text = str(choices.shuffle).lower()
    SubElement(made, "answernumbering").text = "abc"
    _combined(made, ())
    for option in choices.options:
        _answer(made, option.text, option.share, option.feedback, lost, "html")
    lost += choices.losses
    if choices.credit != "multiple-choice" and choices.several:
        lost.append((f"the rule '{choices.credit}' for several picks", "each right one earns an equal share, each wrong one costs one"))
    return "multichoice"


def _matching(made: Element, pairs: Pairs, lost: Lost) -> str:
    used = [left.right for left in pairs.lefts]
    alone = [id_ for id_ in pairs.rights if id_ not in used]
    if len(used) + len(alone) < FEWEST_PAIRS:
        lost.append(("question", f"left out, as Moodle matches {FEWEST_PAIRS} pairs or more"))
        return ""
    SubElement(made, "shuffleanswers").text = "true"
    _combined(made, pairs.lefts)
    for left, right in (*((left.text, left.right) for left in pairs.lefts), *(("", id_) for id_ in alone)):
        _text(SubElement(_html(made, "subquestion", left), "answer"), pairs.rights[right].striptags())
    lost += pairs.losses
    if any("<" in right for right in pairs.rights.values()):
        lost.append(("emphasis and links on the right side", "plain text"))
    if pairs.all_or_nothing:
        lost.append(("all or nothing", "every pair earns an equal share"))
    return "matching"


def _ordering(made: Element, question: order.QuestionType) -> str:
    for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", "0"), ("gradingtype", GRADING[question.credit]),
                        ("showgrading", "SHOW"), ("numberingstyle", "none")):
        SubElement(made, name).text = value
    _combined(made, [Left(id=item.id, text=inline(item.text), right="", feedback=inline(item.feedback)) for item in question.items])
    for n, item in enumerate(question.items, 1):
        _text(SubElement(made, "answer", fraction=f"{n}", format="html"), inline(item.text))
    return "ordering"


def _units(made: Element, question: number.QuestionType, lost: Lost) -> None:
    if not question.unit:
        return
    units = SubElement(made, "units")
    for name in (question.unit, *question.also):
        unit = SubElement(units, "unit")
        SubElement(unit, "multiplier").text = "1"
        SubElement(unit, "unit_name").text = name
    for name, value in (("unitgradingtype", "0"), ("unitpenalty", "0"), ("showunits", UNIT_OPTIONAL), ("unitsleft", "0")):
        SubElement(made, name).text = value
    lost.append((f"the unit beside the box ({question.unit})", "it may be typed"))


def _shortanswer(made: Element, forms: Forms, question: short_text.QuestionType, lost: Lost) -> str:
    SubElement(made, "usecase").text = "0" if forms.any_case else "1"
    for form in forms.forms:
        _answer(made, starred(form.text), form.share, form.feedback, lost, "moodle_auto_format")
    _answer(made, "*", Fraction(0), forms.otherwise, lost, "moodle_auto_format")
    lost += _spellings(question)
    return "shortanswer"


def _spellings(question: short_text.QuestionType) -> Lost:
    nearly = [("points for an answer with one letter wrong", "no points")] if question.nearly else []
    return [("spellings that are forgiven by rule", "the likely ones are listed as answers"), *nearly]


def _cloze(made: Element, text: Element, question: Question, gaps: tuple[Markup | Gap, ...], lost: Lost) -> str:
    """Every gap weighs the same; weights are whole, so that the points of all may be others than the question's."""
    number = sum(isinstance(part, Gap) for part in gaps)
    weight = max(1, round(question.points / number))
    if weight * number != question.points:
        lost.append((f"{plain(question.points)} points for {number} gaps", f"{weight * number} points, as Moodle counts whole points a gap"))
    written, unlisted = [], []
    for part in gaps:
        piece, odd = write_gap(part, weight) if isinstance(part, Gap) else (str(part).replace("{", "&#123;"), [])
        written.append(piece)
        unlisted += odd
    lost += [_graded(share) for share in unlisted]
    text.find("text").text = f'<div class="quiz-stem">{shown(question)}</div>\n{"".join(written)}'
    if question.type == "timeline":
        lost.append(("time line", "asked as years to be typed"))
        if question.credit == "all-or-nothing":
            lost.append(("all or nothing", "every year earns an equal share"))
    lost += [loss for gap in getattr(question, "gaps", ()) if isinstance(gap, short_text.QuestionType) for loss in _spellings(gap)]
    lost += [(f"the unit beside gap '{gap.id}' ({gap.unit})", "left out") for gap in getattr(question, "gaps", ()) if getattr(gap, "unit", None)]
    return "cloze"


def _essay(made: Element, question: open_answer.QuestionType) -> str:
    for name, value in (("responseformat", "editor"), ("responserequired", "1"), ("responsefieldlines", "15"), ("attachments", "0")):
        SubElement(made, name).text = value
    if question.limit:
        SubElement(made, "maxwordlimit").text = str(question.limit)
    criteria = (Markup("<li><b>{:g}</b>: {}</li>").format(criterion.points, inline(criterion.text)) for criterion in question.rubric)
    _html(made, "graderinfo", Markup('<ul class="quiz-rubric">{}</ul>\n{}').format(Markup().join(criteria), block(question.model)))
    return "essay"


def _combined(made: Element, lefts: Iterable[Left]) -> None:
    """What Moodle says to a whole answer; to one that is not right, what the book says to each item in a wrong place.

    Moodle ends the import of an ordering question without `shownumcorrect`.
    """
    lines = Markup().join(Markup("<li><b>{}</b>: {}</li>").format(left.text, left.feedback) for left in lefts)
    said = Markup('<ul class="quiz-items">{}</ul>').format(lines) if lines else ""
    for name, text in (("correctfeedback", ""), ("partiallycorrectfeedback", said), ("incorrectfeedback", said)):
        _html(made, name, text)
    SubElement(made, "shownumcorrect").text = "1"


def _answer(made: Element, text: str, share: Fraction, feedback: str, lost: Lost, form: str) -> Element:
    written, exact = grade(share)
    if not exact:
        lost.append(_graded(share))
    answer = SubElement(made, "answer", fraction=written, format=form)
    _text(answer, text)
    _html(answer, "feedback", feedback)
    return answer


def _graded(share: Fraction) -> tuple[str, str]:
    return f"{float(share * 100):.6g} % of the points", f"{grade(share)[0]} %, the nearest that Moodle has"


def _html(parent: Element, name: str, text: str) -> Element:
    made = SubElement(parent, name, format="html")
    _text(made, text)
    return made


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = str(text)
