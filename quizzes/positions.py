"""YAML: read with the line of everything in it, and written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

DEEPEST = 20
NO_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # what XML cannot hold, and a page does not show
PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}
Place = tuple[str | int, ...]  # ("questions", 3, "prompt")


@dataclass(frozen=True, order=True)
class Fault:
    """Something an author has to mend."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Faulty(ValueError):
    """A file with faults; `faults` has all of them, in the order of their lines."""

    def __init__(self, faults: list[Fault]) -> None:
        assert faults, "a file without a fault is not faulty"
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2's core types only: `no` is a word, `2008-02-17` is text, `1:30` is no number."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", "-+.0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"),
                                  [c if c != "\0" else "" for c in _first])
_RESOLVERS = _Loader.yaml_implicit_resolvers  # first character -> what it may begin that is no text


class _Dumper(yaml.SafeDumper):
    """YAML that a person mends: texts over several lines as blocks, and quotes wherever a reader of YAML could see no text."""


_Dumper.yaml_implicit_resolvers = {
    first: [*yaml.SafeDumper.yaml_implicit_resolvers.get(first, []), *_RESOLVERS.get(first, [])]
    for first in {*yaml.SafeDumper.yaml_implicit_resolvers, *_RESOLVERS}}
_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar(
    "tag:yaml.org,2002:str", text, style="|" if "\n" in text.strip("\n") and not any(line.endswith(" ") for line in text.split("\n")) else None))
_Dumper.ignore_aliases = lambda self, data: True


def to_yaml(value: Any) -> str:
    """Plain values as YAML, keys in the order they have."""
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=160)


@dataclass
class Document:
    """A YAML file as plain values, the line of every key and item, and what was wrong with its form."""

    file: str
    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[Place] = field(default_factory=set)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, message: str) -> None:
        """Note a fault at a place, unless what stands there could not even be read."""
        if place not in self.unread:
            self.faults.append(Fault(self.file, self.line(place), message))

    def unreadable(self, place: Place, message: str) -> None:
        """Note a fault of form at a place; what else might be said of it follows from that."""
        self.fault(place, message)
        self.unread.add(place)


def read(path: Path) -> Document:
    """Read a YAML file. Faults of form are in `faults`, the first of them ends the reading where YAML must."""
    document = Document(path.as_posix())
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[:error.start].count(b"\n") + 1
        document.faults.append(Fault(document.file, line, "found a byte that is not UTF-8; accepted: text in UTF-8"))
        return document
    try:
        if line := _too_deep(text):
            document.faults.append(Fault(document.file, line, f"found lists or keys more than {DEEPEST} deep; accepted: at most {DEEPEST}"))
            return document
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        document.faults.append(Fault(document.file, mark.line + 1, _form(error, text.splitlines(), mark)))
        return document
    except yaml.reader.ReaderError as error:
        line = text.encode()[:error.position].count(b"\n") + 1
        document.faults.append(Fault(document.file, line, f"found character {error.character:#x}; accepted: printable text"))
        return document
    if node is None or node.tag == "tag:yaml.org,2002:null":
        document.faults.append(Fault(document.file, 1, "found an empty file; accepted: a bank (title, objectives, questions)"))
        return document
    document.value = _value(loader, node, (), document, set())
    return document


def _too_deep(text: str) -> int | None:
    """The line where a file nests deeper than a bank ever does, or None; found without recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return event.start_mark.line + 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _form(error: yaml.MarkedYAMLError, lines: list[str], mark: yaml.Mark) -> str:
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in line[:mark.column + 1]:
        return "found a tab; accepted: spaces"
    problem = error.problem or error.context or ""
    hint = " (a text with a colon stands in quotes)" if problem.startswith("mapping values are not allowed") else ""
    return f"found a fault of form ({problem}); accepted: YAML{hint}"


def _value(loader: _Loader, node: yaml.Node, place: Place, document: Document, seen: set[int]) -> Any:
    document.lines.setdefault(place, node.start_mark.line + 1)
    if not isinstance(node, yaml.ScalarNode):
        if id(node) in seen:
            document.unreadable(place, "found an alias (*); accepted: the thing itself, written out")
            return None
        seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, (*place, n), document, seen) for n, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, place, document, seen)
    try:
        if found := NO_TEXT.search(node.value):
            return document.unreadable(place, _unprintable(found))
        if node.tag in PLAIN_TAGS:
            return loader.construct_object(node)
    except (yaml.YAMLError, ValueError, KeyError, IndexError):
        pass
    document.unreadable(place, f"found {node.tag} '{node.value[:40]}'; accepted: text, a number, true or false")
    return None


def _unprintable(found: re.Match[str]) -> str:
    return f"found character {ord(found[0]):#x}; accepted: printable text"


def _mapping(loader: _Loader, node: yaml.MappingNode, place: Place, document: Document, seen: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        line = key_node.start_mark.line + 1
        if key is None:
            document.faults.append(Fault(document.file, line, "found a key that is no word; accepted: a word"))
        elif strange := NO_TEXT.search(key):
            document.faults.append(Fault(document.file, line, _unprintable(strange)))
        elif key in found:
            document.faults.append(Fault(document.file, line, f"found key '{key}' a second time; accepted: each key once"))
        else:
            document.lines[*place, key] = line
            found[key] = _value(loader, value_node, (*place, key), document, seen)
    return found
