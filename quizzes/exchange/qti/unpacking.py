"""Packages and items of QTI 2 and 3 as a bank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, tostring

from quizzes.exchange import Loss, Read
from quizzes.exchange.naming import Names, slug
from quizzes.exchange.opening import open_bytes, read_xml
from quizzes.exchange.packages import MAGIC, Package, beside, climbs
from quizzes.exchange.qti.about import About, about, classic_paths, field_of, fields_of
from quizzes.exchange.qti.given import Given
from quizzes.exchange.qti.reading import name_of, to_question
from quizzes.exchange.qti.run import Unknown
from quizzes.exchange.qti.translating import Translator
from quizzes.exchange.qti.xml import from_foreign
from quizzes.exchange.rebuilding import Unasked, asking
from quizzes.words import languages

MANIFEST = "imsmanifest.xml"


def read_classic(source: Path) -> Read:
    """The questions of a package of QTI 1.2 or of one file. Raises ValueError for what is neither."""
    return _Reader(source).classic()


def read_package(source: Path) -> Read:
    """The questions of a package, or of one item in a file. Raises ValueError for what is neither."""
    if not open_bytes(source).startswith(MAGIC):
        return _Reader(source).single()
    return _Reader(source).package(Package(source))


class _Reader:
    """Takes in items one by one."""

    def __init__(self, source: Path) -> None:
        self._source, self._names = source, Names()
        self.questions: list[dict[str, Any]] = []
        self.losses: list[Loss] = []
        self.places: dict[str, str] = {}
        self.originals: dict[str, str] = {}

    def single(self) -> Read:
        content = open_bytes(self._source)
        root = from_foreign(read_xml(content, self._source.as_posix()))
        if root.tag != "assessmentItem":
            raise ValueError(f"{self._source.as_posix()}:{root.line}: found <{root.tag}>; accepted: a package (.zip) or an item of QTI 2 or 3")
        self._take(root, self._source.name, content, {}, lambda: Given(root))
        return self._read(self._source.stem, {}, {})

    def package(self, package: Package) -> Read:
        if MANIFEST not in package:
            raise ValueError(f"{package.name}: found no {MANIFEST}; accepted: a content package of QTI 2 or 3")
        manifest = read_xml(package.read(MANIFEST), f"{package.name}/{MANIFEST}")
        told = about(manifest)
        test = _test(package, told)
        for path, more in _order(package, told, test):
            content = package.read(path)
            root = from_foreign(read_xml(content, f"{package.name}/{path}"))
            if root.tag == "assessmentItem":
                self._take(root, path, content, told.items.get(path, {}) | more, lambda root=root: Given(root))
            else:
                self.losses.append(Loss(question="", lost=f"<{root.tag[:40]}>", instead="left out, as it is no item", place=f"{path}:{root.line}"))
        title = (test.get("title", "") if test is not None else "") or told.title or self._source.stem
        return self._read(title, told.objectives, told.sections, told.language)

    def classic(self) -> Read:
        title, language = "", ""
        told = About()
        for path, root in _classic_files(self._source):
            for part in root.iter("assessment"):
                title = title or part.get("title", "")
            language = language or next((field_of(one, "quiz_language") for one in root.iter("assessment")), "")
            for item in root.iter("item"):
                self._take(item, path, tostring(item), fields_of(item, told), lambda item=item, path=path: Translator(item).given(path))
        return self._read(title or self._source.stem, told.objectives, told.sections, language)

    def _take(self, root: Element, path: str, content: bytes, more: dict[str, Any], given: Callable[[], Given]) -> None:
        id_ = self._names.take(name_of(root, Path(path).stem))
        self.places[id_] = f"{path}:{root.line}"
        self.originals[id_] = content.decode("utf-8", "replace")
        try:
            with asking():
                keys, losses = to_question(given(), id_)
        except Unknown as unknown:
            self._refuse(id_, str(unknown), f"{path}:{unknown.line}")
        except Unasked as unasked:
            self._refuse(id_, str(unasked), self.places[id_])
        else:
            self.questions.append(keys | more)
            self.losses += losses

    def _refuse(self, id_: str, found: str, place: str) -> None:
        self.losses.append(Loss(question=id_, lost=found, instead="the question is left out", original=self.originals[id_], place=place))

    def _read(self, title: str, objectives: dict[str, str], sections: dict[str, Any], language: str = "") -> Read:
        spoken = Counter(question["language"] for question in self.questions if "language" in question).most_common(1)
        main = language if language in languages() else spoken[0][0] if spoken else "en"
        for question in self.questions:
            if question.get("language") == main:
                del question["language"]
        bank = {"title": title, "language": main, "objectives": objectives} | ({"sections": sections} if sections else {}) | {"questions": self.questions}
        return Read(bank=bank, losses=tuple(self.losses), places=self.places, originals=self.originals)


def _classic_files(source: Path) -> Iterator[tuple[str, Element]]:
    """The files of QTI 1.2 in a package, in the order of its manifest, or the one file that there is."""
    if not open_bytes(source).startswith(MAGIC):
        yield source.name, _classic(read_xml(open_bytes(source), source.as_posix()), source.as_posix())
        return
    package = Package(source)
    if MANIFEST not in package:
        raise ValueError(f"{package.name}: found no {MANIFEST}; accepted: a package of QTI 1.2")
    for path in classic_paths(read_xml(package.read(MANIFEST), f"{package.name}/{MANIFEST}")):
        if _there(package, path):
            yield path, _classic(read_xml(package.read(path), f"{package.name}/{path}"), f"{package.name}/{path}")


def _classic(root: Element, name: str) -> Element:
    """A file of QTI 1.2 without its namespace."""
    for part in root.iter():
        part.tag = part.tag.rsplit("}", 1)[-1] if isinstance(part.tag, str) else ""
    if root.tag != "questestinterop":
        raise ValueError(f"{name}:{root.line}: found <{root.tag}>; accepted: <questestinterop>, as QTI 1.2 begins")
    return root


def _test(package: Package, told: About) -> Element | None:
    path = next((path for path in told.tests if path in package), None)
    return None if path is None else from_foreign(read_xml(package.read(path), f"{package.name}/{path}"))


def _order(package: Package, told: About, test: Element | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The items in the order of the test, each with its group; then those that no test asks."""
    seen = set()
    base = next(iter(told.tests), MANIFEST)
    for section in test.iter("assessmentSection") if test is not None else ():
        for ref in section:
            path = beside(base, ref.get("href", ""))
            if ref.tag == "assessmentItemRef" and path not in seen and _there(package, path):
                seen.add(path)
                yield path, _grouped(section, ref)
    for path in told.items:
        if path not in seen and _there(package, path):
            yield path, {}


def _there(package: Package, path: str) -> bool:
    """Whether a file that is named lies in the package. Raises ValueError for one that is missing or lies outside."""
    if climbs(path):
        raise ValueError(f"{package.name}: found an item '{path[:60]}' that lies outside of the package; accepted: files inside it")
    if path not in package:
        raise ValueError(f"{package.name}: found no item '{path[:60]}', which the manifest or the test names; accepted: a whole package")
    return True


def _grouped(section: Element, ref: Element) -> dict[str, Any]:
    name = (ref.get("category", "").split() or [section.get("identifier", "")])[0]
    name = slug(name[1:] if name[:1] == "_" and name[1:2].isdigit() else name.removeprefix("section-"))
    return {"group": name} if name else {}


