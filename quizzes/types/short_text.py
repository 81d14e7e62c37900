"""A word or a name, typed; fair to how people spell (the rules: spelling.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from markupsafe import Markup
from pydantic import Field, field_validator, model_validator

from quizzes import spelling
from quizzes.model import Mark, Part, Question, Text, fault, kind, row
from quizzes.text import inline
from quizzes.words import words as words_of

LONGEST = 200  # characters of an answer that is read at all

Share = Annotated[float, Field(ge=0, le=1, description="Share of the points, 0 to 1")]
Form = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Case(Part):
    """A wrong answer that the question expects, and what the book says to it."""

    answer: Form
    credit: Share = 0
    feedback: Text


class Feedback(Part):
    right: Text
    wrong: Text


class Compared(NamedTuple):
    """A form that an answer is compared with; `rows` are the numbers of its marks, from WRONG to RIGHT."""

    exact: str
    fold: str
    rows: tuple[int, int, int, int]


class QuestionType(Question):
    """Answered by text. The form that it is nearest to gives the mark; the author's own come before the cases."""

    how = "type-text"
    type: Literal["short-text"]
    answer: Annotated[Form, Field(description="The answer as the book writes it")]
    accept: Annotated[tuple[Form, ...], Field(description="Other answers that are right: other names, other alphabets")] = ()
    text_language: Annotated[str, Field(description="The language of the answer, like tr or bg; the question's own where it says none")] | None = None
    nearly: Annotated[Share, Field(description="Share of the points for an answer with one letter wrong, 0 to 1")] = 0
    feedback: Feedback
    cases: Annotated[tuple[Case, ...], Field(description="Known confusions, each with its own feedback")] = ()

    @field_validator("text_language")
    @classmethod
    def _is_language(cls, language: str | None) -> str | None:
        if language is not None and not re.fullmatch("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
            raise fault((), f"'{language}'", "a language's code, like tr or bg")
        return language

    @model_validator(mode="after")
    def _forms_differ(self) -> QuestionType:
        seen: dict[tuple[str, str], str] = {}
        for at, text in self._places():
            fold = spelling.folding(text, self.of_language)
            exact = spelling.exact(text, fold)
            if not exact:
                raise fault(at, f"'{text}'", "text with a letter or a digit")
            if (exact, fold) in seen:
                raise fault(at, f"'{text}', which counts as the same as '{seen[exact, fold]}'", "each form once")
            seen[exact, fold] = text
        return self

    def _places(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield ("answer",), self.answer
        yield from ((("accept", n), text) for n, text in enumerate(self.accept))
        yield from ((("cases", n, "answer"), case.answer) for n, case in enumerate(self.cases))

    @property
    def of_language(self) -> str:
        return self.text_language or self.language

    @property
    def accepts(self) -> str:
        return f"text of at most {LONGEST} characters, or null"

    @property
    def cyrillic(self) -> str | None:
        """The table that a Cyrillic answer is read with; None where the author's own Cyrillic forms are to be met."""
        forms = (self.answer, *self.accept, *(case.answer for case in self.cases))
        return None if any(map(spelling.CYRILLIC.search, forms)) else spelling.cyrillic(self.of_language)

    def found_wrong(self, answer: Any) -> str | None:
        if not isinstance(answer, str):
            return kind(answer)
        if len(answer) > LONGEST:
            return f"text of more than {LONGEST} characters"
        return "text with a character that nobody can type" if spelling.NO_TEXT.search(answer) else None

    def judge(self, answer: str) -> Mark:
        marks, forms = self._compiled
        table = self.cyrillic if spelling.CYRILLIC.search(answer) else None
        readings = {fold: tuple(spelling.read(answer, fold, table)) for fold in {form.fold for form in forms}}
        found = ((spelling.compare(typed, form.exact, form.fold), form) for form in forms for typed in readings[form.fold])
        outcome, form = max(found, key=lambda pair: pair[0])
        return marks[form.rows[outcome]]

    @cached_property
    def _compiled(self) -> tuple[list[Mark], list[Compared]]:
        """Every mark, the wrong and the nearly first, and every form with the numbers of its marks.

        What the author wrote goes before another spelling of it; of two equally near, an answer before a case.
        Only what the author wrote can be nearly met.
        """
        words, right = words_of(self.language), inline(self.feedback.right)
        marks = [self.award(0, (inline(self.feedback.wrong),)), self.award(Fraction(str(self.nearly)), (words["nearly"],))]
        answers: dict[bool, list[Compared]] = {True: [], False: []}  # by whether it is as the author wrote it
        cases: dict[bool, list[Compared]] = {True: [], False: []}

        def number(share: Fraction | int, *said: str) -> int:
            mark = self.award(share, said)
            if mark not in marks[2:]:
                marks.append(mark)
            return marks.index(mark, 2)

        for text in (self.answer, *self.accept):
            for written, exact, fold, own in spelling.spellings(text, self.of_language):
                shown = Markup('<b lang="{}">{}</b>').format(self.of_language, written)
                note = number(1, right, words["we-write"].replace("{text}", shown))
                answers[own].append(Compared(exact, fold, (0, 1, note, number(1, right)) if own else (0, 0, note, note)))
        for case in self.cases:
            at = number(Fraction(str(case.credit)), inline(case.feedback))
            for _, exact, fold, own in spelling.spellings(case.answer, self.of_language):
                cases[own].append(Compared(exact, fold, (0, 0, at, at)))
        first = {form[:2]: form for form in reversed(answers[True] + cases[True] + answers[False] + cases[False])}
        return marks, [form for form in (*answers[True], *answers[False], *cases[True], *cases[False]) if first[form[:2]] is form]

    def marking_part(self) -> dict[str, Any]:
        marks, forms = self._compiled
        said = list(dict.fromkeys(line for mark in marks for line in mark.feedback))
        return {"feedback": said, "cyrillic": self.cyrillic, "forms": forms, "rows": [row(mark, said) for mark in marks]}

    def solution(self, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
        return ((Markup(" / ").join((self.answer, *self.accept)), inline(self.feedback.right)),)

    def draw(self, words: dict[str, str], field: str) -> Markup:
        return Markup('<label class="quiz-box quiz-text"><span>{}</span> <input type="text" name="{}" lang="{}" dir="auto" autocomplete="off" '
                      'autocapitalize="off" autocorrect="off" spellcheck="false" maxlength="{}"></label>').format(
                          words["your-text"], field, self.of_language, LONGEST)
