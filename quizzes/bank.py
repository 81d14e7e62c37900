"""Banks: a chapter's questions, read from YAML, every fault reported with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, create_model

from quizzes.building import build, short
from quizzes.model import Id, Language, Part, Question, Text, fault
from quizzes.positions import Document, Fault, Faulty, Place, read
from quizzes.sources import BadBibliography, find_bibliography, load_bibliography
from quizzes.text import is_address
from quizzes.types import TYPES


def _address(address: str) -> str:
    if not is_address(address):
        raise fault((), f"'{address}'", "an address that begins with https:// or is a page of the book")
    return address


class Section(Part):
    """A part of the chapter, to be read again after an answer that is not right."""

    title: Text
    address: Annotated[Text, AfterValidator(_address), Field(description="As on the page that asks: history.html#history-ottoman")]


class Head(Part):
    """What a bank says of itself."""

    title: Text
    language: Annotated[Language, Field(description="The language that the questions are asked in")] = "en"
    objectives: Annotated[dict[Id, Text], Field(min_length=1, description="What a reader can do: id, then a sentence")]
    sections: Annotated[dict[Id, Section], Field(description="Where a group of questions is answered: id of a group, then the place")] = {}
    questions: Annotated[list[Any], Field(min_length=1)]


class Borrowed(Part):
    """A question that stands in another bank of the same folder, asked here as it is."""

    borrow: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$", description="bank/question")]
    group: Id


class Bank:
    """A chapter's questions, in order. Raises KeyError, with what there is, for one that does not exist."""

    def __init__(self, name: str, head: Head, questions: tuple[Question, ...], path: Path, lenders: Iterable[Bank] = ()) -> None:
        self.name, self.title, self.language = name, head.title, head.language
        self.questions, self.path, self.lenders = questions, path, tuple(lenders)
        self.objectives = head.objectives | lent("objectives", self.lenders)
        self.sections = head.sections | lent("sections", self.lenders)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.questions)

    def __len__(self) -> int:
        return len(self.questions)

    def __getitem__(self, question_id: str) -> Question:
        for question in self.questions:
            if question.id == question_id:
                return question
        ids = ", ".join(question.id for question in self.questions)
        raise KeyError(f"bank '{self.name}': found question '{question_id}'; accepted: {ids}")

    def section_of(self, question: Question) -> Section | None:
        """What to read again where the answer to a question is not right."""
        return self.sections.get(question.section or question.group)

    def pick(self, *ids: str, group: str | None = None) -> tuple[Question, ...]:
        """The questions of these ids, or of a group, or all; in the bank's order unless ids are given."""
        if twice := [id_ for n, id_ in enumerate(ids) if id_ in ids[:n]]:
            raise KeyError(f"bank '{self.name}': found question '{twice[0]}' twice; accepted: each question once")
        if ids:
            return tuple(self[id_] for id_ in ids)
        if group is None:
            return self.questions
        if picked := tuple(question for question in self.questions if question.group == group):
            return picked
        groups = ", ".join(dict.fromkeys(question.group for question in self.questions))
        raise KeyError(f"bank '{self.name}': found group '{group}'; accepted: {groups}")


def load_bank(path: Path | str) -> Bank:
    """Read a bank. Raises Faulty with every fault in it, FileNotFoundError where there is no such file."""
    return _load(Path(path), may_borrow=True)


def _load(path: Path, *, may_borrow: bool) -> Bank:
    document = read(path)
    if document.value is None:
        raise Faulty(document.faults)
    head = build(Head, document.value, (), document)
    items = head.questions if head else _list_of_questions(document.value)
    language = head.language if head else "en"
    lenders: dict[str, Bank] = {}
    questions = [
        _borrow(item, ("questions", n), lenders, document) if may_borrow and isinstance(item, dict) and "borrow" in item
        else _question(item, ("questions", n), language, document) for n, item in enumerate(items)]
    if head:
        _check_names(questions, "objective", head.objectives | lent("objectives", lenders.values()), document)
        _check_names(questions, "section", head.sections | lent("sections", lenders.values()), document)
    _cross_check(questions, document)
    if document.faults:
        raise Faulty(document.faults)
    return Bank(path.stem, head, tuple(question for question in questions if question), path, lenders.values())


def lent(what: str, lenders: Iterable[Bank]) -> dict[Id, Any]:
    """The objectives or sections of banks under the ids that they have in the bank that borrows."""
    return {_of(bank, id_): value for bank in lenders for id_, value in getattr(bank, what).items()}


def _of(bank: Bank, id_: str) -> str:
    return f"{bank.name}-{id_}"


def _borrow(item: dict[str, Any], place: Place, lenders: dict[str, Bank], document: Document) -> Question | None:
    """The question of another bank that an item names; its bank goes among the lenders."""
    borrowed = build(Borrowed, item, place, document)
    if borrowed is None:
        return None
    name, id_ = borrowed.borrow.split("/")
    try:
        if name not in lenders:
            lenders[name] = _load(Path(document.file).with_name(f"{name}.yml"), may_borrow=False)
        bank = lenders[name]
        question = bank[id_]
    except (KeyError, Faulty, OSError):
        return document.fault((*place, "borrow"), f"found '{borrowed.borrow}'; accepted: bank/question of a bank in this folder that "
                                                  "has no fault and borrows nothing")
    section = question.section or question.group
    return question.model_copy(update={
        "group": borrowed.group, "objective": _of(bank, question.objective),
        "section": _of(bank, section) if section in bank.sections else None})


def _list_of_questions(value: Any) -> list[Any]:
    """What there is of questions in a bank whose head is at fault, so that theirs are reported too."""
    questions = value.get("questions") if isinstance(value, dict) else None
    return questions if isinstance(questions, list) else []


def _question(item: Any, place: Place, language: str, document: Document) -> Question | None:
    if not isinstance(item, dict):
        return document.fault(place, f"found {short(item)}; accepted: a question (id, type, prompt, ...)")
    name = item.get("type")
    if not isinstance(name, str) or name not in TYPES:
        found = f"found type {short(name)}" if "type" in item else "found no 'type'"
        return document.fault((*place, "type"), f"{found}; accepted: {', '.join(TYPES)}")
    return build(TYPES[name], {"language": language} | item, place, document)


def _check_names(questions: list[Question | None], what: str, known: Mapping[Id, Any], document: Document) -> None:
    """That the objective or the section which a question names is one of the bank's."""
    for n, question in enumerate(questions):
        name = getattr(question, what, None)
        if name is not None and name not in known:
            document.fault(("questions", n, what), f"found {what} '{name}'; accepted: {', '.join(known) or f'no {what}'}")


def _cross_check(questions: list[Question | None], document: Document) -> None:
    """What no question can know alone: ids that differ, sources that exist."""
    seen: set[str] = set()
    bibliography = find_bibliography(Path(document.file))
    try:
        known = load_bibliography(bibliography) if bibliography else None
    except BadBibliography as error:
        known = None
        document.faults.append(Fault(bibliography.as_posix(), error.line, f"found {error}; accepted: BibTeX"))
    for n, question in enumerate(questions):
        if question is None:
            continue
        place: Place = ("questions", n)
        if question.id in seen:
            document.fault((*place, "id"), f"found question id '{question.id}' a second time; accepted: each id once in a bank")
        seen.add(question.id)
        for i, key in enumerate(question.sources if known is not None else ()):
            if key not in known:
                document.fault((*place, "sources", i), f"found source '{key}'; accepted: a key of {bibliography.name}")


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a bank, for an editor to complete and check while it is written."""
    union = None
    for cls in TYPES.values():
        union = cls if union is None else union | cls
    asked = Annotated[union, Field(discriminator="type")]
    whole = create_model("Bank", __base__=Head, questions=(Annotated[list[asked | Borrowed], Field(min_length=1)], ...))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | whole.model_json_schema()


__all__ = ["Bank", "Fault", "Faulty", "Head", "load_bank", "schema"]
