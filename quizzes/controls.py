"""What the manner in which a quiz is taken adds to its markup: buttons and plain sentences, drawn once, brought to life by the script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any
from zlib import crc32

from markupsafe import Markup

from quizzes.behaviours import ASSUMED, CERTAINTY, PAYS_FROM, Manner, cost
from quizzes.model import Question, plain
from quizzes.text import block
from quizzes.words import in_figures

BUTTON = Markup('<button type="button" data-quiz-do="{}"{}>{}</button>')
SURE = Markup('<div class="quiz-sure" role="group" aria-label="{ask}"><span>{ask}</span> {levels}</div>')
LEVEL = Markup('<button type="button" data-quiz-sure="{}" aria-pressed="false">{}</button>')
SEED = Markup('<div class="quiz-seed"><p><label>{paper} <input type="text" inputmode="numeric" maxlength="10" value="{seed}" autocomplete="off"></label> '
              '{enter} {draw}</p><p>{said}</p><p role="status"></p></div>')
TIME = Markup('<span class="quiz-clock" hidden>{left} <span role="timer">{minutes}:00</span></span>')
BAR = Markup('<div class="quiz-dock">{}</div>')
SAID = Markup(' <p class="quiz-said" role="status" tabindex="-1"></p>')
CALIBRATION = Markup('<details class="quiz-calibration"><summary>{}</summary><ul></ul></details>')
HIDDEN = Markup(" hidden")

Words = Mapping[str, str]


def question_parts(question: Question, how: Manner, words: Words) -> dict[str, Any]:
    """What stands in a question's form: beside the inputs, before the buttons, among them, and whether the mark can be asked for."""
    levels = Markup(" ").join(LEVEL.format(level, words[f"sure-{level}"]) for level in CERTAINTY)
    hints = how.behaviour == "practice" and question.hints
    return {
        "sure": SURE.format(ask=words["how-sure"], levels=levels) if how.certainty and question.points else "",
        "hints": Markup('<div class="quiz-hints" aria-live="polite"></div>\n') if hints else "",
        "hint": Markup(" ") + _button("hint", words["next-hint"].replace("{number}", "1").replace("{hints}", str(len(hints)))) if hints else "",
        "held": HIDDEN if how.behaviour == "test" else "",
    }


def head(how: Manner, words: Words) -> Markup:
    """What stands above the questions: how the quiz is taken, in plain sentences, and which paper this is."""
    if how == Manner():
        return Markup()
    said = [words[f"{how.behaviour}-is"]] if how.behaviour != "free" else []
    said += [_minutes("test-minutes", how.minutes, words)] if how.minutes else []
    said += [words["sure-is"]] if how.certainty else []
    lines = Markup("<p>{}</p>").format(" ".join(said)) if said else Markup()
    return Markup('<div class="quiz-head">{}{}{}</div>\n').format(lines, _seed(how, words) if how.draws else "", _start(words) if how.minutes else "")


def _seed(how: Manner, words: Words) -> Markup:
    return SEED.format(paper=words["paper"], seed=how.seed, said=words["paper-is"], enter=_button("enter", words["this-paper"]),
                       draw=_button("draw", words["another-paper"]))


def _start(words: Words) -> Markup:
    return Markup('<p class="quiz-start">{} {}</p>').format(_button("start", words["start"]), _button("start-untimed", words["start-untimed"]))


def bar(how: Manner, words: Words) -> Markup:
    """What stands below the questions: the buttons of a test or of a review."""
    if how.behaviour == "test":
        timed = [TIME.format(left=words["time-left"], minutes=plain(how.minutes)), _button("time", words["hide-time"], hidden=True),
                 _button("extend", _minutes("extend", extra(how), words), hidden=True)] if how.minutes else []
        return BAR.format(Markup(" ").join([*timed, _button("hand-in", words["hand-in"]), _button("restart", words["restart"], hidden=True)]) + SAID)
    if how.behaviour == "review":
        return BAR.format(_button("back", words["back"]) + Markup(' <span class="quiz-place"></span> ') + _button("next", words["next"]))
    return Markup()


def calibration(how: Manner, words: Words) -> Markup:
    """Where the page shows how sure a reader was against how right."""
    return CALIBRATION.format(words["calibration"]) if how.certainty else Markup()


def _button(name: str, text: str, *, hidden: bool = False) -> Markup:
    return BUTTON.format(name, HIDDEN if hidden else "", text)


def _minutes(name: str, minutes: float, words: Words) -> str:
    return words[name].replace("{minutes}", in_figures(minutes, words))


def extra(how: Manner) -> float:
    """The minutes by which a reader can extend a test: half of its own, where the author does not say, in whole minutes."""
    return how.extra or ceil((how.minutes or 0) / 2)


def data(how: Manner, pool: Sequence[Question], *, name: str, first: int) -> dict[str, Any]:
    """What the script needs of the manner; `name` is what the quiz's own record is kept under, `first` the first question's number."""
    levels = {"levels": CERTAINTY, "assumed": ASSUMED, "from": PAYS_FROM}
    return {"behaviour": how.behaviour, "name": f"{name or 'all'}-{how.behaviour}"[:60], "minutes": how.minutes, "extra": extra(how), "seed": how.seed,
            "draw": how.draw, "shuffle": how.shuffle, "certainty": levels if how.certainty else None, "first": first,
            "pool": [[question.id, question.movable] for question in pool] if how.draws else []}


def marking(question: Question, how: Manner) -> dict[str, Any]:
    """What practice adds to a question's marking part."""
    if how.behaviour != "practice":
        return {}
    return {"cost": cost(question), "hints": [block(hint) for hint in question.hints]}


def name_of(ids: Sequence[str], group: str | None) -> str:
    """What a quiz's own record is kept under: its group, or what stands for its questions."""
    return group or (f"ids-{crc32(' '.join(ids).encode())}" if ids else "")
