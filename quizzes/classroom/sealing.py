"""Sealing: what students see of some questions, and nothing of what marks them.

Nothing is taken out of a page that has the key: a sealed assignment is made of each question's public part alone. What remains is
order. Cards, events, list boxes and choices are drawn in an order that hangs on a secret, so that whoever knows the engine cannot
count back to the order in which the key was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from string import ascii_lowercase
from typing import Any

from babel.dates import format_date, format_time, get_timezone_gmt
from markupsafe import Markup

from quizzes.classroom.specification import LONGEST_NAME, NUMBER_IN_HTML, Specification, identity
from quizzes.drawing import draw_asked
from quizzes.front_end import sealed_words
from quizzes.model import Question, to_json
from quizzes.words import locale
from quizzes.words import words as words_of

UNSAID = frozenset({"accepts", "out_of", "units", "decimal"})  # of a public part: what only a mark needs

ASSIGNMENT = Markup("""<div class="quiz sealed" data-assignment="{id}" data-quiz="{bank}" data-due="{due}" lang="{language}" role="group" aria-label="{title}">
<div class="sealed-intro">
{until}<p>{how}</p>
<noscript><p><strong>{no_script}</strong></p></noscript>
</div>
<p class="sealed-notice" role="alert"></p>
<form class="sealed-who" novalidate{elsewhere}>
<fieldset><legend>{who}</legend>
<p class="sealed-field"><label for="sealed-name">{name}</label>
<input type="text" id="sealed-name" name="name" autocomplete="name" autocapitalize="words" spellcheck="false" maxlength="{longest}" aria-describedby="sealed-name-wrong">
<span class="sealed-wrong" id="sealed-name-wrong"></span></p>
<p class="sealed-field"><label for="sealed-number">{number}</label>
<input type="text" id="sealed-number" name="number" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" aria-describedby="sealed-number-is sealed-number-wrong">
<span class="sealed-help" id="sealed-number-is">{number_is}</span>
<span class="sealed-wrong" id="sealed-number-wrong"></span></p>
</fieldset>
</form>
{questions}<div class="sealed-end" role="region" aria-labelledby="sealed-hand-in">
<h2 id="sealed-hand-in">{hand_in_title}</h2>
<p class="sealed-open"></p>
<p class="sealed-as"{elsewhere}></p>
<p{elsewhere}><button type="button" class="sealed-go" data-sealed-do="hand-in">{hand_in}</button></p>
<p class="sealed-handed" role="status"></p>
<p class="sealed-said" role="status"></p>
<p class="sealed-file" role="status"></p>
<details class="sealed-copy" hidden><summary>{no_file}</summary>
<label><span>{copy}</span> <textarea readonly rows="6" spellcheck="false"></textarea></label></details>
</div>
<div class="sealed-bar"><span class="sealed-count"></span> <span class="sealed-kept"></span> <button type="button" data-sealed-do="next">{next}</button></div>
<script type="application/json" class="quiz-data">{data}</script>
</div>
""")
QUESTION = Markup("""<form class="quiz-question" id="question-{id}" data-quiz-question="{id}" data-quiz-type="{type}" lang="{language}" autocomplete="off" novalidate>
<fieldset>
{asked}</fieldset>
<p class="sealed-state" lang="{own}"><span></span> <button type="button" data-sealed-do="clear" hidden>{clear}</button></p>
</form>
""")
UNTIL = Markup('<p class="sealed-due"><time datetime="{}">{}</time> <span class="sealed-late" role="status" hidden>{}</span></p>\n')


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """An assignment as its students get it."""

    specification: Specification
    questions: tuple[Question, ...]  # in the order of the paper, their things in the order in which students see them

    def draw(self, *, how: str, file: str | None = None) -> Markup:
        """The whole as HTML, with what the script needs; `how` names the words that say how to hand in.

        With a `file`, in which the answers are, somebody else collects it and knows whose it is.
        """
        about = self.specification
        words = words_of(about.language)
        return ASSIGNMENT.format(
            id=about.id, bank=about.bank, due=about.due or "", language=about.language, title=about.title, until=self._until(words),
            how=words[how].replace("{file}", file or ""), elsewhere=Markup(" hidden") if file else "",
            no_script=words["assignment-no-script"], who=words["assignment-who"], name=words["assignment-name"], number=words["assignment-number"],
            number_is=words["assignment-number-is"], longest=LONGEST_NAME, hand_in_title=words["assignment-hand-in"], hand_in=words["hand-in"],
            no_file=words["assignment-no-file"], copy=words["assignment-copy"], next=words["assignment-next"],
            questions=Markup().join(self._draw_question(question, n) for n, question in enumerate(self.questions, 1)),
            data=Markup(to_json(self._data(words)).replace("<", "\\u003c")))

    def _draw_question(self, question: Question, number: int) -> Markup:
        own = self.specification.language
        return QUESTION.format(id=question.id, type=question.type, language=question.language, asked=_asked(question, number),
                               own=own, clear=words_of(own)["assignment-clear"])

    def _until(self, words: Mapping[str, str]) -> Markup:
        if (until := self.specification.until) is None:
            return Markup()
        said = words["assignment-due"].replace("{time}", in_words(until, self.specification.language))
        return UNTIL.format(self.specification.due, said, words["assignment-late"])

    def _data(self, words: Mapping[str, str]) -> dict[str, Any]:
        """What the script needs to read, keep and hand in answers."""
        about = self.specification
        return {"id": about.id, "bank": about.bank, "number": NUMBER_IN_HTML, "longest": LONGEST_NAME,
                "words": {name: text for name, text in words.items() if name in sealed_words()},
                "questions": {question.id: bare(question.public_part()) for question in self.questions}}


def _asked(question: Question, number: int) -> Markup:
    """A question as every surface shows it, but that an open one says only to write: no model answer is handed out."""
    asked = draw_asked(question, number)
    if question.how != "write-text":
        return asked
    words = words_of(question.language)
    page, here = (Markup('<span class="quiz-how">{}').format(words[name]) for name in (question.how, "sheet-write"))
    return asked.replace(page, here)


def secret_of(questions: Iterable[Question], seed: int) -> str:
    """What orders hang on: the same whenever the same questions are sealed, and known to nobody who has not got the key."""
    return sha256(to_json([seed, [question.model_dump(mode="json") for question in questions]]).encode()).hexdigest()


def seal(questions: Iterable[Question], secret: str, *, title: str, bank: str, language: str, seed: int, due: str | None) -> Sealed:
    """Questions, in the order of the paper, as an assignment."""
    drawn = tuple(question.drawn_by(f"{secret}/{question.id}") for question in questions)
    specification = Specification(id=identity(title, drawn), title=title, bank=bank, language=language, seed=seed, due=due,
                                  questions=tuple(question.id for question in drawn))
    return Sealed(specification=specification, questions=drawn)


TELLING = re.compile(r"(^|-)(right|correct|wrong|incorrect|false|true|key|answer|solution|distractor)(-|$)")


def telling_ids(questions: Iterable[Question]) -> Iterator[str]:
    """Warnings of ids that students see and that could tell the key: an author's own, which are left as they are."""
    for question in questions:
        if found := next(_telling(question), None):
            yield f"question '{question.id}': found {found}, which students can see; better: ids that do not tell what is right"


def _telling(question: Question) -> Iterator[str]:
    """What tells: a word, an id for both sides of a pair, ids that sort into the key, ids of another kind than a distractor's."""
    part = question.public_part()
    yield from (f"id '{id_}'" for name in ("ids", "items", "places") for id_ in part.get(name, ()) if TELLING.search(id_))
    if question.type == "match":
        rights = {pair.id: question.rights[pair.match.strip()] for pair in question.pairs}
        yield from (f"id '{left}'" for left, right in rights.items() if left == right)
        if question.distractors and question.rights != dict(zip(sorted(question.rights), ascii_lowercase)):
            yield f"ids of right sides beside the letters of distractors ({', '.join(sorted(set(rights.values())))})"
    elif question.type == "order":
        yield from _in_order({item.id: place for place, item in enumerate(question.items)})
    elif question.type == "timeline":
        yield from _in_order({event.id: event.year for event in question.events})


def _in_order(places: Mapping[str, int]) -> Iterator[str]:
    """Ids that, sorted, are in the order of their places; of two places chance has it every other time."""
    ids = sorted(places, key=_as_counted)
    found = [places[id_] for id_ in ids]
    if found == sorted(found) and len(set(found)) > 2:
        yield f"ids in the right order ({', '.join(ids)})"


def _as_counted(id_: str) -> list[str | int]:
    """A key that sorts ids as people count: item-9 before item-10."""
    return [int(part) if n % 2 else part for n, part in enumerate(re.split("([0-9]+)", id_))]


def bare(part: Any) -> Any:
    """A public part without what only a mark needs."""
    if isinstance(part, Mapping):
        return {key: bare(value) for key, value in part.items() if key not in UNSAID}
    return [bare(value) for value in part] if isinstance(part, list | tuple) else part


def in_words(time: datetime, language: str) -> str:
    """A day and a time as the language writes them, with the offset that is meant."""
    here = locale(language)
    return f"{format_date(time, 'full', here)}, {format_time(time, 'HH:mm', locale=here)} ({get_timezone_gmt(time, 'long', here)})"
