"""What the book states is cited, and what it cites is in references.bib."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pybtex.database import parse_file

ROOT = Path(__file__).parent.parent
CHAPTERS = sorted(path for kind in ("*.md", "*.ipynb") for path in (ROOT / "chapters").glob(kind))
GUIDE = sorted((ROOT / "chapters" / "authors").glob("*.md"))
BANKS = sorted((ROOT / "quizzes" / "bank").glob("*.yml"))
PACKS = sorted((ROOT.parent / "shared" / "facts").glob("*.md"))

CITE = re.compile(r"\{cite(?::[a-z]+)?\}`([^`]*)`")
ANCHOR = re.compile(r"^\([a-z0-9-]+\)=$", re.MULTILINE)
ASIDE = re.compile(r"^```\{(?:note|tip|important|admonition)\}[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)
FIGURE = re.compile(
    r"\b(?:1[2-9]|20)\d\d\b"  # a year
    r"|\d ?(?:%|per cent)"  # a share
    r"|\d (?:million|billion|dollars?|euros?|lira)"  # a sum
)
END_OF_RECORD = "April 2026"  # how far the book was read up to, not a fact of it
RUN = 8  # words in a row that make a sentence somebody else's
NAMES = 2  # words of a run that may be names or numbers


def cells(path: Path) -> list[dict]:
    """The cells of a chapter; a Markdown file counts as one."""
    if path.suffix == ".md":
        return [{"cell_type": "markdown", "source": path.read_text(encoding="utf-8"), "metadata": {}}]
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def prose(path: Path) -> str:
    """All text of a chapter, captions included, without code."""
    texts = []
    for cell in cells(path):
        if cell["cell_type"] == "markdown":
            texts.append("".join(cell["source"]))
        elif figure := cell["metadata"].get("mystnb", {}).get("figure"):
            texts.append(figure.get("caption", ""))
    return "\n\n".join(texts)


def paragraphs(text: str) -> Iterator[str]:
    """Blocks of running text: no headings, tables, code, or lists of objectives."""
    before = ""
    text = FENCE.sub("", ASIDE.sub(r"\1", ANCHOR.sub("", text)))
    for block in (block.strip() for block in re.split(r"\n\s*\n", text)):
        objectives = block.startswith("- ") and before.endswith("you can")
        if block and not block.startswith(("#", "|")) and not objectives:
            yield block
        before = block


def strings(value: object) -> Iterator[str]:
    """Every text in a bank, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in strings(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in strings(part))


def states_a_figure(block: str) -> bool:
    """Whether a paragraph gives a year, a share or a sum of its own."""
    return bool(FIGURE.search(CITE.sub("", block).replace(END_OF_RECORD, "")))


def bank(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def keys_in(text: str) -> set[str]:
    return {key.strip() for keys in CITE.findall(text) for key in keys.split(",")}


def cited() -> dict[str, set[str]]:
    """Every key in use, by the file that uses it."""
    uses = {str(path.relative_to(ROOT)): keys_in(prose(path)) for path in (*CHAPTERS, *GUIDE)}
    for path in BANKS:
        named = {key for question in bank(path)["questions"] for key in question.get("sources", [])}
        uses[str(path.relative_to(ROOT))] = named | {key for text in strings(bank(path)) for key in keys_in(text)}
    for path in sorted((ROOT / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            uses[str(path.relative_to(ROOT))] = {key for row in csv.DictReader(lines) for key in row["source"].split()}
    return uses


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of words that is long and plain enough to be somebody's sentence.

    Citations, words in quotation marks and titles in italics do not count,
    and neither does a run that is mostly names and numbers.
    """
    text = CITE.sub(" | ", text)
    text = re.sub(r"“[^”]*”|\"[^\"\n]*\"|(?<!\*)\*[^*\n]+\*(?!\*)", " | ", text)
    found = set()
    for piece in re.split(r"[|\n]{1,}", text.replace("\n\n", "|").replace("\n", " ")):
        words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", piece)
        for start in range(len(words) - RUN + 1):
            run = words[start : start + RUN]
            if sum(word[0].isupper() or word[0].isdigit() for word in run) <= NAMES:
                found.add(tuple(word.lower() for word in run))
    return found


def test_every_key_in_use_is_in_the_references():
    known = set(parse_file(ROOT / "references.bib", "bibtex").entries)
    assert {path: keys - known for path, keys in cited().items() if keys - known} == {}


def test_every_reference_is_used():
    used = set().union(*cited().values())
    assert [key for key in parse_file(ROOT / "references.bib", "bibtex").entries if key not in used] == []


def test_every_reference_names_an_author_a_title_and_a_year():
    entries = parse_file(ROOT / "references.bib", "bibtex").entries
    lacking = [
        key
        for key, entry in entries.items()
        if not (entry.persons.get("author") and entry.fields.get("title") and entry.fields.get("year"))
    ]
    assert lacking == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_paragraph_with_a_year_a_share_or_a_sum_says_where_it_is_from(path):
    """A citation, a glued number or a figure that is named; a restated claim is the article's own."""
    unsourced = [
        block
        for block in paragraphs(prose(path))
        if states_a_figure(block)
        and not re.search(r"\{cite|\{glue|\{(?:num)?ref\}`fig-", block)
        and not block.startswith("**Claim.**")
    ]
    assert unsourced == []


def test_a_paragraph_without_its_source_would_be_found():
    text = "# In 1999\n\nTrade came to 7 billion dollars.\n\n```\n2001\n```\n\nNobody was asked."
    assert [block for block in paragraphs(text) if states_a_figure(block)] == ["Trade came to 7 billion dollars."]


@pytest.mark.parametrize("path", [*CHAPTERS, *BANKS], ids=lambda path: path.name)
def test_no_sentence_is_taken_from_the_notes(path):
    """Compares with the notes beside the repository; where there are none, nothing can be shared."""
    text = prose(path) if path in CHAPTERS else "\n\n".join(strings(bank(path)))
    shared = {
        (pack.name, " ".join(run)) for pack in PACKS for run in runs(text) & runs(pack.read_text(encoding="utf-8"))
    }
    assert shared == set()


def test_a_sentence_taken_over_would_be_found():
    ours = "The whole region agreed that none of these old roads would be built again."
    theirs = "They said that none of these old roads would be built again, ever."
    assert runs(ours) & runs(theirs) == {
        ("that", "none", "of", "these", "old", "roads", "would", "be"),
        ("none", "of", "these", "old", "roads", "would", "be", "built"),
        ("of", "these", "old", "roads", "would", "be", "built", "again"),
    }
