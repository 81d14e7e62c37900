"""What a class's answers say of the questions and of the test; the formulas are in `statistics`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from markupsafe import Markup

from quizzes.classroom import statistics
from quizzes.classroom.answers import in_words, names_of
from quizzes.classroom.grading import Grading, Student
from quizzes.classroom.words import FLAGS, REPORT
from quizzes.model import Question, to_json
from quizzes.words import words as words_of

FEW = 30  # students; below, figures are rough (Moodle's report says the same of small classes)
TOO_FEW = 10  # students; below, nobody is called strong or weak
MOST_ANSWERS = 8  # typed answers that are listed, the most frequent ones
WEAK, HARD, EASY, UNUSED, SKIPPED, SLOW = 0.1, 0.25, 0.95, 0.05, 0.2, 3


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One option, or one typed answer, or all the rarer ones: whether it is of the key (None for the rarer ones), and its share of each third by total and of all, in per cent."""

    text: Markup
    key: bool | None
    all: float
    top: float
    middle: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class Item:
    """The figures of one question."""

    question: Question
    number: int
    facility: float
    deviation: float | None
    item_rest: float | None
    upper_lower: float | None
    efficiency: float | None
    unanswered: float
    seconds: float | None
    answers: tuple[Answered, ...]
    single: bool  # whether one option was to be picked


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """The figures of the test and of its questions."""

    items: tuple[Item, ...]
    figures: dict[str, float | None]
    histogram: list[int]
    left_out: tuple[str, ...]  # questions with answers that nobody has marked yet
    students: int


def analyse(grading: Grading) -> Analysis:
    """The figures of everybody whose hand-in counts."""
    students = grading.students
    waiting = set().union(*(student.waiting for student in students))
    questions = [question for question in grading.questions if question.id not in waiting]
    rows = [[student.marks[question.id].points for question in questions] for student in students]
    totals = statistics.totals(rows)
    out_of = statistics.total(question.points for question in questions)
    many = len(students) > 1 and bool(questions)
    figures = {
        "students": len(students), "questions": len(questions),
        "mean": statistics.mean(totals) if totals and questions else None, "median": statistics.middle(totals) if questions else None,
        "deviation": statistics.deviation(totals) if many else None, "alpha": statistics.alpha(rows), "alpha_error": statistics.alpha_error(rows),
        "measurement_error": statistics.measurement_error(rows)}
    numbers = {question.id: n for n, question in enumerate(grading.questions, 1)}
    items = tuple(_item(students, question, rows, n, numbers[question.id]) for n, question in enumerate(questions)) if students else ()
    return Analysis(items=items, figures=figures, histogram=statistics.histogram([100 * total / out_of for total in totals]) if out_of else [],
                    left_out=tuple(id_ for id_ in numbers if id_ in waiting), students=len(students))


def _item(students: Sequence[Student], question: Question, rows: statistics.Rows, n: int, number: int) -> Item:
    given = [student.hand_in.answers[question.id] for student in students]
    seconds = [student.hand_in.seconds[question.id] for student in students if question.id in student.hand_in.seconds]
    return Item(
        question=question, number=number, facility=statistics.facility(rows, n, question.points), deviation=statistics.deviation(statistics.column(rows, n)),
        item_rest=statistics.item_rest(rows, n), upper_lower=statistics.upper_lower(rows, n, question.points), efficiency=statistics.efficiency(rows, n),
        unanswered=sum(student.marks[question.id].state == "unanswered" for student in students) / len(students),
        seconds=statistics.middle(seconds), answers=_answers(question, given, statistics.totals(rows)), single=_is_single(question))


def _is_single(question: Question) -> bool:
    """Whether it is answered by one option out of a few."""
    return bool(options_of(question)) and not isinstance(_key(question), frozenset)


def options_of(question: Question) -> tuple[Any, ...]:
    """The options a question offers to be picked; none where the answer is typed or put together."""
    if question.type == "true-false":
        return (True, False)
    return tuple(getattr(question, "places", None) or getattr(question, "ids", ())) if _is_picked(question) else ()


def _is_picked(question: Question) -> bool:
    return any(question.found_wrong(answer) is None for id_ in list(getattr(question, "places", None) or getattr(question, "ids", ()))[:1]
               for answer in (id_, [id_])) and not hasattr(question, "rubric") and not hasattr(question, "gaps")


def _key(question: Question) -> Any:
    """The ids of the key where several are to be picked; None where it is one option."""
    several = question.found_wrong([]) is None  # none of them is an answer only where several can be picked
    return frozenset(question.marking_part().get("right") or ()) if several else None


def _answers(question: Question, given: Sequence[Any], totals: Sequence[float]) -> tuple[Answered, ...]:
    """How often each option was picked, or each answer was typed, by every third."""
    if hasattr(question, "rubric"):
        return ()
    groups = statistics.thirds(totals)
    options, names = options_of(question), names_of(question)
    if options:
        words, several = words_of(question.language), _key(question)
        for_all = [[option == answer and type(option) is type(answer) or isinstance(answer, list) and option in answer for answer in given] for option in options]
        shown = [(_name(option, names, words), option in several if several is not None else question.mark(option).state == "right", picked)
                 for option, picked in zip(options, for_all, strict=True)]
    else:
        shown = list(_typed(question, given))
    return tuple(Answered(text=text, key=key, all=_percent(picked, [1.0] * len(given)), **dict(zip(("top", "middle", "bottom"), (_percent(picked, group) for group in groups), strict=True)))
                 for text, key, picked in shown)


def _name(option: Any, names: dict[str, Markup], words: dict[str, str]) -> Markup:
    if isinstance(option, bool):
        return Markup("{}").format(words["true" if option else "false"])
    return names.get(option) or Markup("{}").format(option)


def _typed(question: Question, given: Sequence[Any]) -> Iterator[tuple[Markup, bool | None, list[bool]]]:
    """The most frequent answers, as they were typed or put together, and the others as one."""
    written = [None if answer is None else to_json(answer) for answer in given]
    counts = {text: written.count(text) for text in dict.fromkeys(written) if text is not None}
    ranked = sorted(counts, key=lambda text: (-counts[text], text))
    for text in ranked[:MOST_ANSWERS]:
        answer = given[written.index(text)]
        yield Markup("; ").join(in_words(question, answer)), question.mark(answer).state == "right", [other == text for other in written]
    if others := set(ranked[MOST_ANSWERS:]):
        yield Markup("{}").format(REPORT["others"].replace("{count}", str(len(others)))), None, [text in others for text in written]


def _percent(picked: Sequence[bool], weights: Sequence[float]) -> float:
    return 100 * (statistics.weighted([float(one) for one in picked], weights) or 0.0)


def flags(analysis: Analysis) -> dict[str, list[str]]:
    """What a teacher should look at, in plain words, question by question; only those with a flag."""
    times = [item.seconds for item in analysis.items if item.seconds]
    usual = statistics.middle(times)
    said = {item.question.id: [*_flags_of_r(item, analysis.students), *_flags_of_figures(item, usual, analysis.students),
                               *_flags_of_options(item, analysis.students)] for item in analysis.items}
    return {id_: lines for id_, lines in said.items() if lines}


def _flags_of_r(item: Item, students: int) -> Iterator[str]:
    """Whether strong students do better; below 0 by no more than two standard errors, 1 / sqrt(n - 1) each, may be chance."""
    r = item.item_rest
    if r is None or students < TOO_FEW:
        return
    if r < -2 / sqrt(students - 1):
        yield FLAGS["backwards-open" if hasattr(item.question, "rubric") else "backwards"].format(r=f"{r:.2f}")
    elif r < WEAK and item.facility < EASY:
        yield FLAGS["weak"].format(r=f"{r:.2f}")


def _flags_of_figures(item: Item, usual: float | None, students: int) -> Iterator[str]:
    guess = 1 / len(item.answers) if item.single else 0.0
    below = guess - 2 * sqrt(guess * (1 - guess) / students)  # where a class that only guesses hardly ever gets
    earned = f"{100 * item.facility:.0f}"
    if item.facility < below:
        yield FLAGS["too-hard"].format(percent=earned, guess=f"{100 * guess:.0f}")
    elif item.facility < HARD:
        yield FLAGS["hard"].format(percent=earned)
    elif item.facility > EASY:
        yield FLAGS["easy"].format(percent=earned)
    if item.unanswered > SKIPPED:
        yield FLAGS["skipped"].format(percent=f"{100 * item.unanswered:.0f}")
    if item.seconds and usual and item.seconds > SLOW * usual:
        yield FLAGS["slow"].format(seconds=f"{item.seconds:.0f}", times=f"{item.seconds / usual:.1f}")


def _flags_of_options(item: Item, students: int) -> Iterator[str]:
    """What the options of a question say of it; of several to be picked, each is a question of its own."""
    if not options_of(item.question):
        return
    enough = students >= TOO_FEW
    best = max((option.top for option in item.answers if option.key), default=0.0)
    for option in item.answers:
        if option.key:
            continue
        text = option.text.striptags()
        if enough and item.single and option.top > best:
            yield FLAGS["wrong-key"].format(option=text, percent=f"{option.top:.0f}")
        elif enough and option.top > option.bottom + 5 and option.all >= 100 * UNUSED:
            yield FLAGS["strong-distractor"].format(option=text, top=f"{option.top:.0f}", bottom=f"{option.bottom:.0f}")
        elif option.all < 100 * UNUSED and len(item.answers) <= 6 and item.facility <= EASY:
            yield FLAGS["unused"].format(option=text)
