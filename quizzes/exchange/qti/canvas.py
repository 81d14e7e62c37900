"""Questions as items of QTI 1.2 that Canvas takes for its own kinds: the names and conditions are those of its exports."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from html import escape

from markupsafe import Markup

from quizzes.bank import Bank
from quizzes.drawing import explanation
from quizzes.exchange import Loss
from quizzes.exchange.qti.classic import ALL, ONE, Classic, between, choose, equals, html, material, other, plain, plain_material, when, write
from quizzes.exchange.qti.item import title
from quizzes.exchange.qti.xml import lost_in, make
from quizzes.exchange.simpler import Choices, Forms, Gap, Left, Pairs, as_choices, as_forms, as_gaps, as_intervals, as_pairs, as_years, shown
from quizzes.model import Question
from quizzes.model import plain as plain_number
from quizzes.text import block, inline
from quizzes.types import cloze, number, open_answer, order, short_text, timeline, true_false

NAMED = re.compile(r"\[([^\s\[\]]+)\]")  # what Canvas takes for a gap
PARTLY = ("parts of the points for an answer", "only what is wholly right earns points")
KNOWN = ("what is said to known wrong answers", "what is said to any other")
SPELT = ("spelling: nearly right forms, others than those listed, and notes on it", "marked wrong, capitals apart; no notes")
UNSAID = ("what is said to what stands in a gap", "left out")


def item(bank: Bank, question: Question) -> tuple[Classic, list[Loss]]:
    """The item of a question, and what it cannot say."""
    made = Classic(ident=question.id, title=title(question), stem=shown(question))
    made.conditions.append(when(other(), said=made.said_as("general_fb", _general(bank, question)), more=True))
    _fill(made, question)
    made.fields = {"question_type": made.fields["question_type"], "points_possible": f"{plain_number(question.points)}",
                   **{name: value for name, value in made.fields.items() if name != "question_type"}, **about(bank, question)}
    lost = [*made.losses, *([("hints", "left out")] if question.hints else []), *lost_in("".join((made.stem, *made.said.values())))]
    return made, [Loss(question=question.id, lost=lost, instead=instead) for lost, instead in lost]


def about(bank: Bank, question: Question) -> dict[str, str]:
    """What other systems pass over: fields that an import of ours reads again."""
    section = bank.section_of(question)
    return {"quiz_language": question.language, "quiz_group": question.group, "quiz_objective": question.objective,
            "quiz_objective_text": bank.objectives[question.objective], "quiz_level": question.level, "quiz_claims": " ".join(question.claims),
            "quiz_sources": " ".join(question.sources), "quiz_section": question.section or "",
            "quiz_section_title": section.title if section else "", "quiz_section_address": section.address if section else ""}


def _general(bank: Bank, question: Question) -> str:
    """What is said to every answer: to an open one the model first."""
    model = f'<div class="quiz-model">{block(question.model)}</div>' if isinstance(question, open_answer.QuestionType) else ""
    return html(model, explanation(bank, question))


def _fill(made: Classic, question: Question) -> None:
    special: dict[type, Callable[[Classic, Question], None]] = {
        short_text.QuestionType: _text, number.QuestionType: _number, order.QuestionType: _places, cloze.QuestionType: _gaps, open_answer.QuestionType: _essay}
    pairs = as_years(question) if isinstance(question, timeline.QuestionType) else as_pairs(question)
    if type(question) in special:
        special[type(question)](made, question)
    elif pairs:
        _match(made, pairs)
    else:
        _choose(made, question, as_choices(question))


def _choose(made: Classic, question: Question, asked: Choices) -> None:
    kind = "multiple_answers" if asked.several else "true_false" if isinstance(question, true_false.QuestionType) else "multiple_choice"
    made.fields["question_type"] = f"{kind}_question"
    made.losses += asked.losses
    made.responses.append(choose(ONE, [(option.id, material(option.text)) for option in asked.options], several=asked.several))
    made.conditions += [when(equals(option.id), said=name, more=True) for option in asked.options if (name := made.say(option.feedback))]
    if not asked.several:
        best = [option for option in asked.options if option.share == 1]
        made.losses += [PARTLY] if any(0 < option.share < 1 for option in asked.options) else []
        made.conditions += [when(equals(option.id), score=ALL) for option in best]
        return
    if asked.credit != "multiple-choice":
        made.losses.append((f"the rule '{asked.credit}'", "each right pick earns an equal share, each wrong one costs one"))
    tests = [equals(option.id) if option.share > 0 else make("not", None, equals(option.id)) for option in asked.options]
    made.conditions.append(when(make("and", None, tests), score=ALL))


def _text(made: Classic, question: short_text.QuestionType) -> None:
    forms = as_forms(question)
    made.fields |= {"question_type": "short_answer_question", "quiz_text_language": question.text_language or ""}
    made.responses.append(write())
    made.losses += [SPELT, *([PARTLY] if any(0 < form.share < 1 for form in forms.forms) else []), *([KNOWN] if any(not form.share for form in forms.forms) else [])]
    made.conditions += [when([equals(text) for text in _in_any_case(forms)], score=ALL, said=made.said_as("correct_fb", inline(question.feedback.right))),
                        when(other(), said=made.said_as("general_incorrect_fb", forms.otherwise), more=True)]


def _in_any_case(forms: Forms) -> list[str]:
    """What is wholly right: Canvas takes capitals for small letters, so that each text stands once."""
    texts: dict[str, str] = {}
    for form in forms.forms:
        if form.share == 1:
            texts.setdefault(form.text.lower(), form.text)
    return list(texts.values())


def _number(made: Classic, question: number.QuestionType) -> None:
    made.fields["question_type"] = "numerical_question"
    made.responses.append(write(numeric=True))
    made.stem = html(made.stem, f'<p class="quiz-unit">({escape(question.unit)})</p>') if question.unit else made.stem
    intervals = as_intervals(question)
    made.losses.append(("how numbers are written (decimal comma, thousands, units)", "read as Canvas reads a number"))
    if any(one.share < 1 for one in intervals):
        made.losses.append(("known wrong or half right numbers, and what is said to them", "wrong like any other"))
    for one in intervals:
        if one.share == 1:
            made.conditions.append(when(_interval(one.middle, one.off), score=ALL, said=made.say(one.feedback)))
    made.conditions.append(when(other(), said=made.said_as("general_incorrect_fb", inline(question.feedback.wrong)), more=True))


def _interval(middle: Decimal, off: Decimal) -> list:
    """As Canvas writes an answer with a margin."""
    return [make("or", None, equals(f"{middle:f}"), make("and", None, between(f"{middle - off:f}", f"{middle + off:f}")))]


def _match(made: Classic, asked: Pairs) -> None:
    """Every thing on the left has a list of all on the right."""
    made.fields["question_type"] = "matching_question"
    made.losses += asked.losses
    if asked.all_or_nothing:
        made.losses.append(("all or nothing", "every pair earns an equal share"))
    names = {id_: f"match{n}" for n, id_ in enumerate(sorted(asked.rights, key=lambda id_: _rank(asked.rights[id_])), 1)}
    if any("<" in text for text in asked.rights.values()):
        made.losses.append(("emphasis on the right", "plain text"))
    rights = [(name, plain(asked.rights[id_])) for id_, name in names.items()]
    for left in asked.lefts:
        made.responses.append(choose(f"response_{left.id}", [(name, plain_material(text)) for name, text in rights], label=material(left.text)))
        made.conditions += _pair(made, left, names[left.right], ALL / len(asked.lefts))


def _rank(text: str) -> tuple[float, str]:
    """Numbers by their size, then texts by their letters: an order that tells nothing."""
    return (float(text), "") if text.replace("-", "", 1).isdigit() else (float("inf"), plain(text))


def _pair(made: Classic, left: Left, right: str, worth: float) -> list:
    test = equals(right, f"response_{left.id}")
    name = made.say(left.feedback)
    return [when(test, score=worth, add=True, more=True)] + ([when(make("not", None, test), said=name, more=True)] if name else [])


def _places(made: Classic, question: order.QuestionType) -> None:
    """An order as matching: every thing with its place."""
    right = {item.id: str(n) for n, item in enumerate(question.items, 1)}
    lefts = (Left(id=item.id, text=inline(item.text), right=right[item.id], feedback=inline(item.feedback)) for item in question.drawn)
    lost = [("putting in order", "asked as matching, each with its place")]
    if question.credit != "absolute-position":
        lost.append((f"the rule '{question.credit}'", "every item in its place earns an equal share"))
    _match(made, Pairs(lefts=tuple(lefts), rights={place: Markup(place) for place in right.values()}, all_or_nothing=False, losses=tuple(lost)))


def _gaps(made: Classic, question: cloze.QuestionType) -> None:
    """List boxes where every gap is one; otherwise boxes to write in, with what is right in each."""
    pieces = as_gaps(question)
    gaps = [piece for piece in pieces if isinstance(piece, Gap)]
    listed = all(gap.choices for gap in gaps)
    made.fields["question_type"] = "multiple_dropdowns_question" if listed else "fill_in_multiple_blanks_question"
    text = "".join(f"[{piece.id}]{_named(piece, listed)}" if isinstance(piece, Gap) else _unnamed(made, piece) for piece in pieces)
    made.stem = f'<div class="quiz-stem">{made.stem}</div><div>{text}</div>'
    made.fields |= {f"quiz_text_language_{gap.id}": gap.text_language or "" for gap in question.gaps if isinstance(gap, cloze.TextGap)}
    for gap in gaps:
        _gap(made, gap if listed else _typed(gap, question.language), 100 / len(gaps), listed)
    if not listed:
        made.losses += [loss for there, loss in (
            (any(gap.choices for gap in gaps), ("list boxes among other gaps", "boxes to write in, the choices in brackets behind")),
            (any(gap.intervals for gap in gaps), ("numbers with a tolerance, and how numbers are written", "the number itself, with a point or a comma")),
            (any(gap.forms for gap in gaps), SPELT), (True, UNSAID)) if there]


def _unnamed(made: Classic, html: str) -> str:
    """A text in which Canvas takes nothing for the name of a gap."""
    parts = cloze.TAG.split(html)
    if found := [name[0] for text in parts[::2] for name in NAMED.finditer(text)]:
        made.losses.append((f"square brackets around a word ({', '.join(found)})", "round ones, as Canvas has gaps in square ones"))
    parts[::2] = [NAMED.sub(r"(\1)", text) for text in parts[::2]]
    return "".join(parts)


def _typed(gap: Gap, language: str) -> Gap:
    """A gap with a list as one to write in, where the right choice may be spelt as any text may."""
    if not gap.choices:
        return gap
    right = next(plain(option.text) for option in gap.choices.options if option.share == 1)
    text = cloze.TextGap(id=gap.id, type="text", language=language, answer=right, feedback={"right": right, "wrong": right})
    return Gap(id=gap.id, forms=as_forms(text))


def _named(gap: Gap, listed: bool) -> str:
    """The choices of a gap that becomes a box to write in."""
    return "" if listed or not gap.choices else f" ({' / '.join(option.text for option in gap.choices.options)})"


def _gap(made: Classic, gap: Gap, worth: float, listed: bool) -> None:
    """Canvas lists what is right in a box to write in as it lists the options of a list box."""
    name = f"response_{gap.id}"
    options = gap.choices.options if gap.choices else ()
    if listed:
        answers = [(option.id, plain(option.text), option.share) for option in options]
        made.conditions += [when(equals(option.id, name), said=said, more=True) for option in options if (said := made.say(option.feedback))]
    else:
        answers = [(f"{gap.id}{n}", text, 1) for n, text in enumerate(_right(gap), 1)]
    made.losses += [PARTLY] if any(0 < share < 1 for *_, share in answers) and PARTLY not in made.losses else []
    label = make("material", None, make("mattext", None, gap.id))
    made.responses.append(choose(name, [(ident, plain_material(text)) for ident, text, _ in answers], label=label))
    made.conditions += [when(equals(ident, name), score=worth, add=True, more=True) for ident, _, share in answers if share == 1][:1 if listed else None]


def _right(gap: Gap) -> list[str]:
    """The texts that are right in a gap."""
    if gap.forms:
        return _in_any_case(gap.forms)
    numbers = [f"{one.middle:f}" for one in gap.intervals if one.share == 1]
    return list(dict.fromkeys(text for number in numbers for text in (number, number.replace(".", ","))))


def _essay(made: Classic, question: open_answer.QuestionType) -> None:
    made.fields["question_type"] = "essay_question"
    made.responses.append(write())
    criteria = "".join(f'<li id="criterion-{one.id}"><span>{inline(one.text)}</span> (<span class="quiz-points">{plain_number(one.points)}</span>)</li>'
                       for one in question.rubric)
    made.said["general_fb"] = html(made.said["general_fb"], f'<ul class="quiz-rubric">{criteria}</ul>')
    made.losses.append(("marking by the writer, who ticks the criteria", "a person gives the points; the criteria stand in the feedback"))
    if question.limit:
        made.stem = html(made.stem, f'<p class="quiz-limit">{escape(str(question.limit))}</p>')
