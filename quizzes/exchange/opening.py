"""Files of others, opened with care: no larger than a bank ever is, in UTF-8, and XML that can neither grow nor reach for other files."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from quizzes.positions import NO_TEXT

LARGEST = 25_000_000  # bytes of a file
DEEPEST = 100  # elements inside one another


class _TooDeep(DefusedXmlException):
    """Elements nested deeper than in any bank."""


FORBIDDEN = {_TooDeep: (f"elements more than {DEEPEST} deep", f"at most {DEEPEST}"), EntitiesForbidden: ("an entity of its own", "XML without one")}


def open_bytes(source: Path) -> bytes:
    """What a file holds. Raises ValueError where it cannot be read or is larger than a bank ever is."""
    try:
        if (size := source.stat().st_size) > LARGEST:
            raise ValueError(f"{source.as_posix()}: found {size / 1e6:.0f} MB; accepted: at most {LARGEST / 1e6:.0f} MB")
        return source.read_bytes()
    except OSError as error:
        raise ValueError(f"{source.as_posix()}: found {error.strerror or error}; accepted: a file that can be read") from None


def open_text(source: Path) -> str:
    """The text of a file, with `\\n` at the end of every line. Raises ValueError where it is no UTF-8 (or UTF-16 with its mark)."""
    return read_text(open_bytes(source), source.as_posix())


def read_text(content: bytes, name: str) -> str:
    """The text in bytes; `name` is what messages call them."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 if wide else content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{name}:{line}: found a byte that is no {'UTF-16' if wide else 'UTF-8'} (0x{content[error.start]:02x}); "
                         "accepted: a file saved as UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := NO_TEXT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise ValueError(f"{name}:{line}: found the character U+{ord(found[0]):04X}; accepted: text")
    return text


def open_xml(source: Path) -> Element:
    """The root of an XML file; every element has the line of its beginning as `line`. Raises ValueError, with the line, for what is no XML."""
    return read_xml(open_bytes(source), source.as_posix())


def read_xml(content: bytes, name: str) -> Any:
    """The root of the XML in bytes; `name` is what messages call them."""
    parser = _Parser()
    try:
        parser.feed(content)
        root = parser.close()
    except ParseError as error:
        problem = str(error).split(":")[0]
        raise ValueError(f"{name}:{error.position[0]}: found XML with a fault ({problem}); accepted: well-formed XML") from None
    except DefusedXmlException as error:
        found, accepted = FORBIDDEN.get(type(error), ("a reference to another file", "XML without one"))
        raise ValueError(f"{name}:{parser.line}: found {found}; accepted: {accepted}") from None
    except (LookupError, ValueError) as error:
        raise ValueError(f"{name}:1: found an encoding that is not known ({str(error)[:60]}); accepted: UTF-8") from None
    for one in root.iter():
        if found := NO_TEXT.search("".join((one.text or "", one.tail or "", *one.attrib.values()))):
            raise ValueError(f"{name}:{one.line}: found the character U+{ord(found[0]):04X}; accepted: text")
    return root


class _Parser(DefusedXMLParser):
    """Notes the line of every element."""

    def __init__(self) -> None:
        super().__init__()
        self._deep = 0

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def _start(self, tag: str, attributes: Any) -> Element:
        element = super()._start(tag, attributes)
        element.line = self.line
        self._deep += 1
        if self._deep > DEEPEST:
            raise _TooDeep
        return element

    def _end(self, tag: str) -> Element:
        self._deep -= 1
        return super()._end(tag)
