"""Says how large each chapter is and what its questions ask; `python make.py report` calls it.

Ends with 1 where a chapter falls short of what a chapter of this book is: 2,500 to 4,000 words of prose, two maps and
two charts, thirty questions of eight types, two in five above recall, three for every objective, two for every claim.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from atlas import read_table
from quizzes import Bank, Question, load_bank
from quizzes.positions import Faulty

ROOT = Path(__file__).resolve().parent
MAIN = ("history", "diplomacy", "economy", "energy", "security")
RECORD = re.compile(r"^## The claim and the record", re.MULTILINE)  # from here on a chapter weighs and looks things up
BLOCK = re.compile(r"^ *(`{3,}|~{3,}|:{3,})(\{(?!code|math|raw)[\w-]+\})?[^`\n]*\n((?:.*\n)*?) *\1[`~:]* *$", re.MULTILINE)  # 2: a directive's name, 3: what it says
MARKUP = re.compile(r"\{cite[^}]*\}`[^`]*`|\{[a-z-]+\}`([^`<]*)[^`]*`|^\([a-z0-9-]+\)=$|^#+ .*$|^\|.*$|^ *:[\w-]+:.*$|\]\([^)]*\)", re.MULTILINE)
WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
FIGURE = re.compile(r'class="atlas-figure atlas-(map|chart)"')


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """What there is of a chapter."""

    name: str
    words: int  # of prose, before the claims are weighed
    words_in_all: int
    figures: Counter[str]  # map, chart
    bank: Bank | None

    def count(self, key: str) -> Counter[str]:
        """How many of the chapter's own questions there are of each type, level or objective."""
        return Counter(getattr(question, key) for question in own(self.bank))


def own(bank: Bank | None) -> list[Question]:
    """The questions of a bank that it has not borrowed."""
    lent = {question.id for lender in bank.lenders for question in lender} if bank else set()
    return [question for question in bank or () if question.id not in lent]


def words_of(text: str) -> int:
    """Words of running text: no headings, tables, blocks of code, options of directives, citations and addresses."""
    return len(WORD.findall(MARKUP.sub(lambda found: found[1] or " ", without_blocks(text))))


def without_blocks(text: str) -> str:
    """A text in which of each block only what a directive says is left, neither code nor the line that opens it."""
    return BLOCK.sub(lambda block: without_blocks(block[3]) if block[2] else "", text)


def measure(path: Path) -> Chapter:
    """Read a chapter and its bank."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    shown = [output.get("data", {}).get("text/html", "") for cell in cells for output in cell.get("outputs", [])]
    bank = ROOT / "quizzes" / "bank" / f"{path.stem}.yml"
    return Chapter(name=path.stem, words=words_of(RECORD.split(prose)[0]), words_in_all=words_of(prose),
                   figures=Counter(kind for html in shown for kind in FIGURE.findall("".join(html))),
                   bank=load_bank(bank) if bank.exists() else None)


def asked_about(chapters: list[Chapter]) -> Counter[str]:
    """How many questions bear on each claim, whichever chapter asks them."""
    return Counter(claim for chapter in chapters for question in own(chapter.bank) for claim in question.claims)


def shortcomings(chapter: Chapter, claims: list[str], about: Counter[str]) -> list[str]:
    """What a main chapter lacks; `claims` are those that it treats, `about` the questions on each."""
    asked = own(chapter.bank)
    types, levels, objectives = map(chapter.count, ("type", "level", "objective"))
    above = 1 - levels["remember"] / max(len(asked), 1)
    rules = [
        (2500 <= chapter.words <= 4000, f"{chapter.words:,} words of prose; wanted: 2,500 to 4,000"),
        *((chapter.figures[kind] >= 2, f"{chapter.figures[kind]} {kind}s; wanted: 2 or more") for kind in ("map", "chart")),
        (len(asked) >= 30, f"{len(asked)} questions; wanted: 30 or more"),
        (len(types) >= 8, f"{len(types)} types of question; wanted: 8 or more"),
        (above >= 0.4, f"{above:.0%} of the questions above recall; wanted: 40 % or more"),
        *((objectives[one] >= 3, f"{objectives[one]} questions on objective '{one}'; wanted: 3 or more") for one in chapter.bank.objectives),
        *((about[claim] >= 2, f"{about[claim]} questions on claim {claim}; wanted: 2 or more") for claim in claims),
    ]
    return [f"{chapter.name}: found {found}" for met, found in rules if not met]


def lacking(chapters: list[Chapter], claims: pd.DataFrame) -> list[str]:
    """What falls short, over the whole book; `claims` is the table of the article's claims."""
    about = asked_about(chapters)
    of = {name: list(rows["id"]) for name, rows in claims.groupby("chapter")}
    found = [line for chapter in chapters if chapter.name in MAIN for line in shortcomings(chapter, of.get(chapter.name, []), about)]
    elsewhere = claims.loc[~claims["chapter"].isin(MAIN), "id"]
    return found + [f"book: found {about[claim]} questions on claim {claim}; wanted: 2 or more" for claim in elsewhere if about[claim] < 2]


def sizes(chapter: Chapter) -> Counter[str]:
    """The columns of the first table."""
    asked = own(chapter.bank)
    return Counter({"prose": chapter.words, "words in all": chapter.words_in_all, "maps": chapter.figures["map"], "charts": chapter.figures["chart"],
                    "questions": len(asked), "borrowed": len(chapter.bank or ()) - len(asked), "types": len(chapter.count("type"))})


def table(counts: dict[str, Counter[str]]) -> str:
    """Counters side by side, as text."""
    return pd.DataFrame(counts).fillna(0).astype(int).to_string()


def main() -> int:
    """Print the counts, then what falls short; of a faulty bank its faults."""
    try:
        chapters = [measure(path) for path in sorted((ROOT / "chapters").glob("*.ipynb"))]
    except Faulty as error:
        print(error, file=sys.stderr)
        return 1
    asking = [chapter for chapter in chapters if chapter.bank]
    claims = read_table("claims")
    print("Size", table({chapter.name: sizes(chapter) for chapter in chapters}), sep="\n")
    for key in ("type", "level"):
        print(f"\nQuestions by {key}", table({chapter.name: chapter.count(key) for chapter in asking}), sep="\n")
    print("\nQuestions by objective")
    for chapter in asking:
        print(f"{chapter.name}: " + ", ".join(f"{one} {n}" for one, n in chapter.count("objective").items()))
    about = asked_about(chapters)
    print("\nQuestions by claim", ", ".join(f"{claim} {about[claim]}" for claim in claims["id"]), sep="\n")
    found = lacking(chapters, claims)
    print("", *(found or ["Every chapter is what a chapter of this book is."]), sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
