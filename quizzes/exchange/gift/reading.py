"""GIFT as a bank, read as Moodle reads it: blank lines part the questions, signs with a backslash are letters, lines with // are notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from quizzes.exchange import Loss, Read
from quizzes.exchange.gift.answers import FORMAT, Answers
from quizzes.exchange.gift.signs import hold, release
from quizzes.exchange.moodle.tags import common_language, language_of, read_tags
from quizzes.exchange.moodle.texts import SOURCES, category, lost_name
from quizzes.exchange.naming import Names, slug
from quizzes.exchange.opening import open_text
from quizzes.exchange.rebuilding import Keys, Losses, Unasked, asking

CATEGORY = re.compile(r"\$CATEGORY:(.*)", re.DOTALL)
NAMED = re.compile(r"::(.*?)::(.*)", re.DOTALL)
BRACKETED = re.compile(r"\[(id|tag):([^\]]*)\]")
BLANK = "_____"  # where the answers stood in the middle of a sentence


@dataclass(frozen=True, kw_only=True)
class Block:
    """What stood between two blank lines: its first line, its notes, and the rest with escaped signs held back."""

    line: int
    notes: str
    text: str
    original: str

    def marks(self, kind: str) -> list[str]:
        """What notes say in brackets: `// [id:gas] [tag:energy]`."""
        return [value for name, value in BRACKETED.findall(self.notes) if name == kind]


def read(source: Path) -> Read:
    """The questions of a GIFT file. Raises ValueError for a file that is no text."""
    path: list[str] = []
    titles = []  # the first name in the category of every question
    names, questions, losses, places, originals = Names(), [], [], {}, {}
    text = open_text(source)
    if text.lstrip().startswith("<?xml"):
        raise ValueError(f"{source.as_posix()}:1: found XML; accepted: GIFT, which is plain text")
    for block in _blocks(text):
        if found := CATEGORY.match(block.text):
            path = category(release(found[1]))
            continue
        name, text = (found[1], found[2]) if (found := NAMED.match(block.text)) else ("", block.text)
        id_ = names.take(*block.marks("id"), release(name), FORMAT.sub("", release(text.partition("{")[0]), count=1))
        places[id_], originals[id_] = f"line {block.line}", block.original
        try:
            with asking():
                question, lost = _question(text.strip(), block.marks("tag"))
        except Unasked as error:
            losses.append(Loss(question=id_, lost="question", instead=f"left out ({error})", original=block.original))
        else:
            questions.append({"id": id_, "group": slug("".join(path[-1:]))} | question)
            titles.append("".join(path[:1]))
            lost += lost_name(release(name), question["prompt"]) if block.marks("id") else []
            losses += [Loss(question=id_, lost=what, instead=instead, original=block.original) for what, instead in dict.fromkeys(lost)]
    bank = {"title": next(iter(titles), "") or source.stem, "language": common_language(questions), "questions": questions}
    return Read(bank=bank, losses=tuple(losses), places=places, originals=originals)


def _blocks(text: str) -> Iterator[Block]:
    """The blocks that hold more than notes."""
    lines: list[str] = []
    for number, line in enumerate((*text.split("\n"), ""), 1):
        if line.strip():
            lines.append(line)
        elif lines:
            asked = [" " if one.strip().startswith("//") else one for one in lines]
            first = next((n for n, one in enumerate(asked) if one.strip()), None)
            if first is not None:
                yield Block(line=number - len(lines) + first, text=hold("\n".join(asked)).strip(), original="\n".join(lines),
                            notes="\n".join(one for one in lines if one.strip().startswith("//")))
            lines = []


def _question(text: str, tags: list[str]) -> tuple[Keys, Losses]:
    """A question without its name, signs held back; what of it is lost."""
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        raise Unasked("a description, which asks nothing")
    if start < 0 or end < start:
        raise Unasked("a { without a }" if end < 0 else "a } without a {")
    stem, inside, after = text[:start], text[start + 1:end].strip(), text[end + 1:]
    answered, mark, general = inside.rpartition("####")
    found = FORMAT.match(stem)
    answers = Answers(found[1] if found else "moodle", tags)
    keys = answers.read(answered.strip() if mark else inside)
    prompt = answers.blocks(stem.rstrip() + f" {BLANK}{after}" if after.strip() else stem, "question")
    if not prompt:
        raise Unasked("it asks nothing")
    said, lost = read_tags(tags)
    explanation = answers.blocks(SOURCES.sub("", release(general)) if mark else "", "general feedback")
    return keys | {"prompt": prompt, "explanation": explanation, "language": language_of(tags)} | said, [*answers.lost, *lost]
