"""HTML of others as the Markdown of a bank: what Markdown can say is kept, what could run or reach elsewhere is left out and named."""

from __future__ import annotations

import html as entities
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup, Comment, MarkupResemblesLocatorWarning, Tag
from bs4.element import PageElement, PreformattedString

from quizzes.positions import NO_TEXT
from quizzes.text import block, inline, is_address

BLOCKS = {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "caption", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
          "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
          "thead", "tr", "ul"}
SILENT = {"head", "link", "meta", "title"}  # nothing that a reader would see
REFUSED = {"applet", "audio", "base", "button", "canvas", "embed", "iframe", "img", "input", "math", "object", "picture", "script", "select",
           "style", "svg", "template", "textarea", "video"}
MARKS = {"b": "**", "strong": "**", "em": "*", "i": "*", "s": "~~", "del": "~~", "strike": "~~"}
COUNTED = ("strong", "em", "s", "code", "a", "li", "td", "th")  # what must be there again when the Markdown is rendered
SHAPED = {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "pre", "table", "ul"}
SPACES = " \t\n\r\f"
BREAK = "\ue000"  # the end of a line, while a paragraph is put together


class Tangled(ValueError):
    """HTML that is nested deeper than any text."""


@dataclass(frozen=True, kw_only=True)
class Converted:
    """Markdown, and what of the HTML is not in it."""

    text: str
    lost: tuple[str, ...] = ()  # "img", "a link to javascript:"


def to_markdown(html: str) -> Converted:
    """HTML as paragraphs, lists and tables of Markdown. Raises Tangled where it is nested too deep."""
    return _convert(html, block)


def to_line(html: str) -> Converted:
    """HTML as one run of Markdown: its blocks become lines."""
    return _convert(html, inline)


def from_plain(text: str) -> str:
    """Text without any markup as Markdown that shows it as it stands."""
    return to_markdown("".join(f"<p>{entities.escape(part)}</p>" for part in re.split(r"\n[ \t]*\n", text))).text


def _convert(html: str, render: Callable[[str], str]) -> Converted:
    """Once with emphasis; without where the Markdown would not show it, as inside a word beside a bracket."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        root = BeautifulSoup(html.replace(BREAK, ""), "html.parser")
    try:
        for marked in (True, False):
            writer = _Writer(marked=marked, flat=render is inline)
            text, strange = NO_TEXT.subn("", ("\\\n" if writer.flat else "\n\n").join(writer.blocks(root.children)))
            if _counted(render(text)) == writer.counted:
                break
    except RecursionError:
        raise Tangled("HTML nested too deep") from None
    return Converted(text=text, lost=(*writer.lost, *(() if marked else ("emphasis",)), *(("characters that are no text",) if strange else ())))


def _counted(html: str) -> Counter[str]:
    return Counter(tag for tag in re.findall(r"<([a-z]+)[ >]", html) if tag in COUNTED)


class _Writer:
    """Writes elements as Markdown; `lost` names what is left out, `counted` what the rendered Markdown must have."""

    def __init__(self, *, marked: bool, flat: bool) -> None:
        self.marked, self.flat = marked, flat
        self.lost: dict[str, None] = {}
        self.counted: Counter[str] = Counter()

    def blocks(self, elements: Iterable[PageElement]) -> list[str]:
        """The blocks of some elements, each as Markdown without a blank line at its ends."""
        found: list[str] = []
        run = ""
        for element in elements:
            if isinstance(element, Tag) and element.name in BLOCKS:
                found += [*_paragraph(run), *self._block(element, found)]
                run = ""
            else:
                run += self._inline(element)
        return [*found, *_paragraph(run)]

    def _block(self, element: Tag, before: list[str]) -> list[str]:
        name = element.name
        if self.flat:
            return self._flat(element)
        if name in ("ul", "ol"):
            return self._list(element, before)
        if name == "table":
            return self._table(element)
        if name == "hr":
            return ["***"]
        if name == "pre":
            return [self._fence(element.get_text().strip("\n"))]
        if name[0] == "h" and name[1:].isdigit():
            return [f"{'#' * int(name[1])} {' '.join(part.split())}" for part in self.blocks(element.children)]
        if name == "blockquote":
            return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(self.blocks(element.children)).split("\n"))]
        return self.blocks(element.children)

    def _flat(self, element: Tag) -> list[str]:
        """A block as lines of one run of text."""
        if element.name in SHAPED:
            self.lost["lists, tables and headings in a line"] = None
        if element.name == "tr":
            return [", ".join(filter(None, (" ".join(self.blocks(cell.children)) for cell in _own(element, "td", "th"))))]
        return self.blocks(element.children)

    def _fence(self, code: str) -> str:
        self.counted["code"] += 1
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        return f"{fence}\n{code}\n{fence}"

    def _list(self, element: Tag, before: list[str]) -> list[str]:
        items = [child for child in element.children if isinstance(child, Tag) and child.name == "li"]
        loose = any(child.name == "p" for item in items for child in item.children if isinstance(child, Tag))
        other = bool(before) and before[-1].startswith("- ")  # another list right before this one
        first = int(element["start"]) if re.fullmatch("[0-9]{1,9}", str(element.get("start", ""))) else 1
        written = []
        for n, item in enumerate(items, first):
            mark = f"{n}. " if element.name == "ol" else "+ " if other else "- "
            content = ("\n\n" if loose else "\n").join(self.blocks(item.children))
            written.append(mark + content.replace("\n", "\n" + " " * len(mark)))
            self.counted["li"] += 1
        return ["\n\n".join(written) if loose else "\n".join(written)] if written else []

    def _table(self, element: Tag) -> list[str]:
        rows = [[self._cell(cell) for cell in _own(row, "td", "th")] for row in _own(element, "tr")]
        rows = [row for row in rows if row]
        if not rows:
            return self.blocks(element.children)
        above = [part for caption in _own(element, "caption")[:1] for part in self.blocks(caption.children)]
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
        self.counted["th"] += width
        self.counted["td"] += width * (len(rows) - 1)
        return [*above, "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ["---"] * width, *rows[1:]))]

    def _cell(self, cell: Tag) -> str:
        """One line, of whatever stands in it."""
        if cell.has_attr("colspan") or cell.has_attr("rowspan"):
            self.lost["cells over several rows or columns"] = None
        self.flat = True
        text = " ".join(self.blocks(cell.children)).replace("\\\n", " ")
        self.flat = False
        return re.sub(r"(?<!\\)\|", r"\|", " ".join(text.split()))

    def _inline(self, element: PageElement) -> str:
        if not isinstance(element, Tag):
            return "" if isinstance(element, (Comment, PreformattedString)) else _escaped(str(element))
        name = element.name
        if name == "br":
            return BREAK
        if name in SILENT:
            return ""
        if name in REFUSED:
            self.lost[name] = None
            return _escaped(str(element.get("alt") or ""))
        if name in ("code", "kbd", "samp", "tt"):
            return self._code(element.get_text())
        inside = "".join(self._inline(child) for child in element.children)
        if name == "a":
            return self._link(inside, str(element.get("href") or ""))
        if name in MARKS and self.marked:
            return self._marked(inside, MARKS[name])
        if name in ("sub", "sup"):
            self.lost[name] = None
        return inside

    def _code(self, text: str) -> str:
        text = re.sub(f"[{SPACES}]+", " ", text)
        if not text.strip():
            return ""
        self.counted["code"] += 1
        fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
        space = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
        return f"{fence}{space}{text}{space}{fence}"

    def _link(self, inside: str, address: str) -> str:
        if not address or not inside.strip():
            return inside
        if not is_address(address) or re.search(r"[\s<>\\]", address):
            self.lost[f"a link to {address[:40]}"] = None
            return inside
        self.counted["a"] += 1
        return f"[{inside}](<{address}>)" if re.search(r"[()]", address) else f"[{inside}]({address})"

    def _marked(self, inside: str, mark: str) -> str:
        """Emphasis; spaces at its ends stand outside of it."""
        middle = inside.strip(SPACES)
        if not middle:
            return inside
        self.counted[{"**": "strong", "*": "em", "~~": "s"}[mark]] += 1
        start = inside.index(middle)
        return inside[:start] + mark + middle + mark + inside[start + len(middle):]


def _own(element: Tag, *names: str) -> list[Tag]:
    """The elements of some names inside of a table or a row, not those of a table that stands in a cell."""
    return [one for one in element.find_all(names) if one.find_parent(element.name) is element]


def _paragraph(run: str) -> list[str]:
    """A run of text as a paragraph, or nothing; what would begin a list, a heading or a table in Markdown is escaped."""
    text = re.sub(f"[{SPACES}]*\n[{SPACES}]*", "\n", re.sub(r"[ \t\r\f]+", " ", run))
    text = re.sub(f"[{SPACES}]*{BREAK}[{SPACES}]*", BREAK, text).strip(SPACES + BREAK)
    return ["\n".join(map(_line, text.replace(BREAK, "\\\n").split("\n")))] if text else []


def _line(line: str) -> str:
    line = re.sub(r"^(?=#{1,6}(?: |$)|>|[+-](?: |$)|=+ *$|-+ *$)", r"\\", line)
    line = re.sub(r"^(\d{1,9})([.)])(?= |$)", r"\1\\\2", line)
    return re.sub(r"^(?=[|:][|:\- ]*$)", r"\\", line)


def _escaped(text: str) -> str:
    """Text as Markdown that shows it as it stands; what begins a line is left to `_line`."""
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~\n]|$)", r"\\\\", text)
    text = re.sub(r"[*`\[\]]|~(?=~)|(?<=~)~", r"\\\g<0>", text)
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)
    return re.sub(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)", r"\\\g<0>", text)
