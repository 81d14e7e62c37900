"""Moodle's texts with gaps as cloze: embedded answers, and the two kinds whose gaps are numbers of words to choose from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from quizzes.exchange.markdown import to_line, to_markdown
from quizzes.exchange.moodle.embedded import Hole, read_gaps
from quizzes.exchange.moodle.source import Source, text_in
from quizzes.exchange.rebuilding import FIRST_MARK, MOST_CHOICES, Counted, Keys, Said, Unasked, choices, number_in, numbers, texts, unnamed
from quizzes.words import words as words_of

STEM = re.compile(r'<div class="quiz-stem">(.*?)</div>\s*(.*)', re.DOTALL)
MOST_GAPS, LONGEST = 20, 100_000  # gaps; characters of a text with gaps


def cloze(source: Source) -> Keys:
    """Every gap earns an equal share; where their weights differ, that is lost."""
    html = text_in(source.find("questiontext"))
    if len(html) > LONGEST:
        raise Unasked(f"a text of {len(html)} characters, of at most {LONGEST}")
    stem, rest = (found[1], found[2]) if (found := STEM.fullmatch(html)) else ("", html)
    parts = list(read_gaps(rest))
    holes = [part for part in parts if isinstance(part, Hole)]
    _check_number(holes)
    if len({hole.weight for hole in holes}) > 1:
        source.lose(f"weights of the gaps ({', '.join(str(hole.weight) for hole in holes)})", "every gap earns an equal share")
    made = _cloze(source, stem, parts, [_gap(source, hole) for hole in holes])
    return made if source.element.find("defaultgrade") is not None else made | {"points": sum(hole.weight for hole in holes)}


def _cloze(source: Source, stem: str, parts: Sequence[object], gaps: list[Keys]) -> Keys:
    """A text, cut where its gaps are; in the place of a text stands anything else."""
    marks = iter(range(FIRST_MARK, FIRST_MARK + len(gaps)))
    html = "".join(part if isinstance(part, str) else chr(next(marks)) for part in parts)
    text, lost = unnamed(source.say(to_markdown(html), "text", html))
    for what, instead in lost:
        source.lose(what, instead, html)
    named = text.translate({FIRST_MARK + n: f"{{gap-{n + 1}}}" for n in range(len(gaps))})
    prompt = source.say(to_markdown(stem), "question", stem) or words_of(source.language)["fill-gaps"]
    return {"type": "cloze", "prompt": prompt, "text": named, "gaps": [{"id": f"gap-{n}"} | gap for n, gap in enumerate(gaps, 1)]}


def _check_number(gaps: Sequence[object]) -> None:
    if not 0 < len(gaps) <= MOST_GAPS:
        raise Unasked(f"{len(gaps)} gaps, of 1 to {MOST_GAPS}")


def _gap(source: Source, hole: Hole) -> Keys:
    if hole.kind == "choices":
        raise Unasked("several picks in one gap")
    said = [Said(text=answer.text, share=answer.share, feedback=source.say(to_line(answer.feedback), "feedback of a gap", answer.feedback))
            for answer in hole.answers]
    if hole.kind == "choice":
        return _choice(source, [Said(text=source.say(to_line(one.text), "choices", one.text), share=one.share, feedback=one.feedback) for one in said])
    otherwise = next((one.feedback for one in said if one.text == "*"), "")
    if hole.kind == "number":
        made, losses = numbers([Counted(middle=number_in(one.text), off=abs(number_in(answer.off)), share=one.share, feedback=one.feedback)
                                for answer, one in zip(hole.answers, said, strict=True) if one.text != "*"], otherwise)
    else:
        plain = [Said(text=one.text.replace(r"\*", "*"), share=one.share, feedback=one.feedback) for one in said if one.text != "*"]
        made, losses = texts(plain, otherwise, language=source.language, exact=hole.kind == "exact text")
    for lost, instead in losses:
        source.lose(lost, instead)
    return made | {"type": "number" if hole.kind == "number" else "text"}


def _choice(source: Source, options: list[Said]) -> Keys:
    """A gap to choose for; of more choices than a list can have, the best and the first others."""
    if len(options) > MOST_CHOICES:
        best = max(options, key=lambda option: option.share)
        kept = [best, *(option for option in options if option is not best)][:MOST_CHOICES]
        source.lose(f"{len(options)} choices for a gap, of at most {MOST_CHOICES}", f"{len(options) - MOST_CHOICES} wrong ones are left out",
                    "\n".join(option.text for option in options if option not in kept))
        options = [option for option in options if option in kept]
    made, losses = choices(options, several=False)
    for lost, instead in losses:
        source.lose(lost, instead)
    return {"type": "choice", "choices": made["choices"]}


def missing_words(source: Source) -> Keys:
    """`[[2]]` is a gap for the second word; the words of its group are what can be chosen."""
    words, groups = [], defaultdict(list)
    for element in (*source.all("selectoption"), *source.all("dragbox")):
        words.append((text_in(element), (element.findtext("group") or "1").strip()))
        groups[words[-1][1]].append(words[-1][0])
    pieces = re.split(r"\[\[([0-9]{1,4})\]\]", text_in(source.find("questiontext")))
    right = [int(number) for number in pieces[1::2]]
    _check_number(right)
    if any(not 0 < number <= len(words) for number in right):
        raise Unasked("a gap for a word that is not there")
    source.value("shuffleanswers")
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        if text := text_in(source.find(name)):
            source.lose(f"feedback to a whole answer ({name})", "left out", text)
    gaps = [_choice(source, [Said(text=source.say(to_line(word), "choices", word), share=Fraction(word == words[number - 1][0]))
                             for word in dict.fromkeys(groups[words[number - 1][1]])]) for number in right]
    return _cloze(source, "", [piece if n % 2 == 0 else None for n, piece in enumerate(pieces)], gaps)
