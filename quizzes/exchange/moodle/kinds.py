"""Each kind of question that Moodle has, as the keys of the type that asks the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from quizzes.exchange.markdown import to_line, to_markdown
from quizzes.exchange.moodle.embedded import unstarred
from quizzes.exchange.moodle.gaps import cloze, missing_words
from quizzes.exchange.moodle.source import Source, fraction, text_in
from quizzes.exchange.moodle.tags import tagged
from quizzes.exchange.moodle.writing import GRADING
from quizzes.exchange.naming import lettered, lettered_by_text
from quizzes.exchange.rebuilding import Counted, Keys, Losses, Said, Unasked, choices, number_in, numbers, pairs, texts

ITEM = re.compile(r"<li><b>.*?</b>: (.*?)</li>", re.DOTALL)
CRITERION = re.compile(r"<li><b>([\d.]+)</b>: (.*?)</li>", re.DOTALL)
RUBRIC = re.compile(r'<ul class="quiz-rubric">(.*?)</ul>(.*)', re.DOTALL)
COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def multichoice(source: Source) -> Keys:
    if about := tagged(source.tags, "about"):
        return _survey(source, about)
    several = source.value("single", "true") in ("false", "0")
    keys = _told(source, choices(_options(source), several=several))
    _combined(source)
    if source.value("shuffleanswers", "false") in ("false", "0") and keys["type"] != "mark-text":
        keys["shuffle"] = False
    return keys


def _survey(source: Source, about: str) -> Keys:
    """A choice of which we said in a tag what it is about: every answer is right and none earns anything."""
    _combined(source)
    source.value("single"), source.value("shuffleanswers")
    scale = ({"text": option.text} | ({"feedback": option.feedback} if option.feedback else {}) for option in _options(source))
    return {"type": "survey", "about": about, "moment": tagged(source.tags, "moment") or "after", "scale": lettered(scale)}


def _options(source: Source) -> list[Said]:
    return [Said(text=source.line(answer, "choices"), share=fraction(answer), feedback=source.line(answer.find("feedback"), "feedback of a choice"))
            for answer in source.all("answer")]


def _by_rule(rule: str) -> Callable[[Source], Keys]:
    """A plugin's choice question, whose answers are only right or wrong."""
    def read(source: Source) -> Keys:
        found = _options(source)
        each = Fraction(1, sum(option.share > 0 for option in found) or 1)
        options = [replace(option, share=each if option.share > 0 else -each) for option in found]
        keys = _told(source, choices(options, several=True)) | {"credit": rule}
        _combined(source)
        return keys | ({"shuffle": False} if source.value("shuffleanswers", "false") in ("false", "0") and keys["type"] != "mark-text" else {})
    return read


def truefalse(source: Source) -> Keys:
    """As Moodle reads it: answers called neither `true` nor `false` are the true one, then the false one."""
    said: dict[bool, str] = {}
    answer = None
    for n, element in enumerate(source.all("answer")):
        name = text_in(element).lower()
        value = name == "true" if name in ("true", "false") else n == 0
        said[value] = source.line(element.find("feedback"), "feedback")
        if fraction(element) == 1:
            answer = value
    if answer is None:
        raise Unasked("neither true nor false is right")
    return {"type": "true-false", "answer": answer, "feedback": {"right": said.get(answer, ""), "wrong": said.get(not answer, "")}}


def numerical(source: Source) -> Keys:
    found, otherwise = [], ""
    for answer in source.all("answer"):
        feedback = source.line(answer.find("feedback"), "feedback")
        if text_in(answer) == "*":
            otherwise = feedback
            if fraction(answer) > 0:
                source.lose("points for any number", "no points")
        else:
            found.append(Counted(middle=number_in(text_in(answer)), off=abs(number_in((answer.findtext("tolerance") or "").strip() or "0")),
                                 share=fraction(answer), feedback=feedback))
    return _told(source, numbers(found, otherwise)) | _unit(source)


def _unit(source: Source) -> Keys:
    units = [(unit.findtext("unit_name", "").strip(), unit.findtext("multiplier", "1").strip()) for units in source.all("units") for unit in units]
    same = [name for name, multiplier in units if name and number_in(multiplier) == 1]
    for name, multiplier in units:
        if name not in same:
            source.lose(f"unit '{name}', {multiplier} times the first", "left out")
    if source.value("unitgradingtype", "0") != "0":
        source.lose("points for the unit", "the unit may be left out")
    source.value("unitpenalty")
    return ({"unit": same[0]} if same else {}) | ({"also": same[1:]} if same[1:] else {})


def shortanswer(source: Source) -> Keys:
    found, otherwise = [], ""
    for answer in source.all("answer"):
        text, feedback = text_in(answer), source.line(answer.find("feedback"), "feedback")
        if text == "*" and fraction(answer) <= 0:
            otherwise = feedback
            continue
        written, stars = unstarred(text)
        if stars:
            source.lose(f"* for any text in '{text}'", f"'{written}' alone" if written else "the answer is left out", text)
        if written:
            found.append(Said(text=written, share=fraction(answer), feedback=feedback))
    exact = source.value("usecase", "0") == "1"
    if exact and len({one.text.casefold() for one in found}) == len(found):
        source.lose("capitals and small letters told apart", "taken for the same")
    return _told(source, texts(found, otherwise, language=source.language, exact=exact, text_language=tagged(source.tags, "text-language")))


def matching(source: Source) -> Keys:
    found, others = [], []
    for sub in source.all("subquestion"):
        left, right = source.line(sub, "left sides"), source.plain(text_in(sub.find("answer")))
        if left and right:
            found.append((left, right))
        elif right:
            others.append(right)
    source.value("shuffleanswers")
    return _told(source, pairs(found, others, _combined(source)))


def ordering(source: Source) -> Keys:
    said = _combined(source)
    items = [{"text": source.line(answer, "items"), "feedback": source.line(answer.find("feedback"), "feedback of an item")} for answer in source.all("answer")]
    for item, feedback in zip(items, said, strict=False):
        item["feedback"] = item["feedback"] or feedback
    named = source.value("gradingtype", "ABSOLUTE_POSITION")
    rules = {name: rule for rule, name in GRADING.items()}
    if named not in rules:
        source.lose(f"the rule {named}", "every item in its place earns an equal share")
    if (drawn := source.value("selecttype", "ALL")) != "ALL":
        source.lose(f"a part of the items ({drawn})", "all of them")
    return {"type": "order", "items": lettered_by_text(items), "credit": rules.get(named, "absolute-position")}


def essay(source: Source) -> Keys:
    """What graders are told is the model answer, and holds the rubric where we wrote it."""
    info, keys = source.find("graderinfo"), {"type": "open-answer"}
    if found := RUBRIC.match(text_in(info)):
        keys["model"] = source.say(to_markdown(found[2]), "model answer", found[2])
        keys["rubric"] = lettered({"text": source.say(to_line(text), "rubric", text), "points": float(number_in(points))} for points, text in CRITERION.findall(found[1]))
    elif model := source.markdown(info, "model answer"):
        keys["model"] = model
    if limit := source.value("maxwordlimit"):
        keys |= {"limit": int(limit)} if re.fullmatch("[1-9][0-9]{0,2}|1000", limit) else {}
        if "limit" not in keys:
            source.lose(f"at most {limit[:20]} words", "left out")
    if (files := source.value("attachments", "0")) != "0":
        source.lose(f"{files} files to be handed in", "left out")
    return keys


def _combined(source: Source) -> list[str]:
    """What is said to each item in a wrong place, where we wrote it; what else Moodle says to a whole answer is lost."""
    said: list[str] = []
    for name in COMBINED:
        text = text_in(source.find(name))
        if text.startswith('<ul class="quiz-items">'):
            said = [source.say(to_line(item), "feedback of an item", item) for item in ITEM.findall(text)]
        elif text:
            source.lose(f"feedback to a whole answer ({name})", "left out", text)
    return said


def _told(source: Source, made: tuple[Keys, Losses]) -> Keys:
    keys, losses = made
    for lost, instead in losses:
        source.lose(lost, instead)
    return keys


KINDS: dict[str, Callable[[Source], Keys]] = {  # type of Moodle's -> what reads it
    "multichoice": multichoice, "truefalse": truefalse, "numerical": numerical, "shortanswer": shortanswer, "matching": matching, "match": matching,
    "ordering": ordering, "essay": essay, "cloze": cloze, "multianswer": cloze, "gapselect": missing_words, "ddwtos": missing_words,
    "multichoiceset": _by_rule("all-or-nothing"), "oumultiresponse": _by_rule("ou-multiple-response")}
