"""What a bank's sources are: the entries of a BibTeX file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pybtex.database import Entry, parse_file
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text


@dataclass(frozen=True, kw_only=True)
class Source:
    """A work as a reader needs it: who, what, when, where."""

    key: str
    who: str
    title: str
    date: str
    url: str


class BadBibliography(ValueError):
    """A file that is no BibTeX; `line` is where that shows."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def find_bibliography(path: Path) -> Path | None:
    """The `references.bib` nearest above a file."""
    for folder in path.resolve().parents:
        if (folder / "references.bib").is_file():
            return folder / "references.bib"
    return None


def load_bibliography(path: Path) -> dict[str, Source]:
    """The entries of a BibTeX file by key. Read again only when the file has changed."""
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int) -> dict[str, Source]:
    try:
        entries = parse_file(str(path), bib_format="bibtex").entries
    except (PybtexError, UnicodeDecodeError) as error:
        raise BadBibliography(str(error).splitlines()[0], getattr(error, "lineno", None) or 1) from None
    return {key: _source(key, entry, path) for key, entry in entries.items()}


def _source(key: str, entry: Entry, path: Path) -> Source:
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    who = ", ".join(_plain(" ".join(p.first_names + p.middle_names + p.prelast_names + p.last_names)) for p in people)
    fields = entry.fields
    try:
        title = _plain(fields.get("title", ""))
    except PybtexError:
        line = next(n for n, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if f"{{{key}," in text)
        raise BadBibliography(f"the title of '{key}', which is no LaTeX (a % is written \\%)", line) from None
    return Source(key=key, who=who or _plain(fields.get("organization", fields.get("publisher", ""))),
                  title=title, date=fields.get("date", fields.get("year", "")),
                  url=fields.get("url", ""))


def _plain(text: str) -> str:
    return str(Text.from_latex(text)).strip()
