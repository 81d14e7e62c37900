"""Banks: a chapter's questions, read from YAML, every fault reported with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import BaseModel, Field, ValidationError, create_model

from quizzes.model import Id, Language, Part, Question, Text
from quizzes.positions import Document, Fault, Faulty, Place, read
from quizzes.sources import BadBibliography, find_bibliography, load_bibliography
from quizzes.types import TYPES


class Head(Part):
    """What a bank says of itself."""

    title: Text
    language: Annotated[Language, Field(description="The language that the questions are asked in")] = "en"
    objectives: Annotated[dict[Id, Text], Field(min_length=1, description="What a reader can do: id, then a sentence")]
    questions: Annotated[list[Any], Field(min_length=1)]


class Bank:
    """A chapter's questions, in order. Raises KeyError, with what there is, for one that does not exist."""

    def __init__(self, name: str, head: Head, questions: tuple[Question, ...], path: Path) -> None:
        self.name, self.title, self.language = name, head.title, head.language
        self.objectives, self.questions, self.path = head.objectives, questions, path

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
    path = Path(path)
    document = read(path)
    if document.value is None:
        raise Faulty(document.faults)
    head = _build(Head, document.value, (), document)
    items = head.questions if head else _list_of_questions(document.value)
    language = head.language if head else "en"
    questions = [_question(item, ("questions", n), language, document) for n, item in enumerate(items)]
    _cross_check(questions, head, document)
    if document.faults:
        raise Faulty(document.faults)
    return Bank(path.stem, head, tuple(question for question in questions if question), path)


def _list_of_questions(value: Any) -> list[Any]:
    """What there is of questions in a bank whose head is at fault, so that theirs are reported too."""
    questions = value.get("questions") if isinstance(value, dict) else None
    return questions if isinstance(questions, list) else []


def _question(item: Any, place: Place, language: str, document: Document) -> Question | None:
    if not isinstance(item, dict):
        return document.fault(place, f"found {_short(item)}; accepted: a question (id, type, prompt, ...)")
    name = item.get("type")
    if not isinstance(name, str) or name not in TYPES:
        found = f"found type {_short(name)}" if "type" in item else "found no 'type'"
        return document.fault((*place, "type"), f"{found}; accepted: {', '.join(TYPES)}")
    return _build(TYPES[name], {"language": language} | item, place, document)


def _build(model: type[BaseModel], value: Any, place: Place, document: Document) -> Any:
    """The model made of a value; or None, and its faults noted."""
    try:
        return model.model_validate(value, context={"folder": Path(document.file).parent})
    except ValidationError as error:
        found = error.errors(include_url=False)
    for one in found:
        if not _follows(one, found):
            at = (*_without_tags(one["loc"], value), *one.get("ctx", {}).get("at", ()))
            document.fault((*place, *(step for step in at if step != "[key]")), _message(one, model))
    return None


def _without_tags(loc: Place, value: Any) -> Place:
    """A place without the types that pydantic names where one of several models was chosen by its `type`."""
    kept: list[str | int] = []
    for step in loc:
        if isinstance(value, dict) and step not in value and step == value.get("type"):
            continue
        kept.append(step)
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
    return tuple(kept)


def _follows(error: dict[str, Any], others: list[dict[str, Any]]) -> bool:
    """Whether an error only follows from another: a list too short without its faulty items, a key mistyped."""
    loc = error["loc"]
    if error["type"] == "too_short":
        return any(other["loc"][:len(loc)] == loc and len(other["loc"]) > len(loc) for other in others)
    if error["type"] == "missing":
        extra = [str(other["loc"][-1]) for other in others
                 if other["type"] == "extra_forbidden" and other["loc"][:-1] == loc[:-1]]
        return bool(get_close_matches(str(loc[-1]), extra))
    return False


def _message(error: dict[str, Any], model: type[BaseModel]) -> str:
    loc, value = error["loc"], _short(error["input"])
    inner = _model_at(model, loc[:-1])
    match error["type"]:
        case "fault":
            return error["msg"]
        case "model_type":
            return f"found {value}; accepted: the keys {', '.join(inner.model_fields)}"
        case "extra_forbidden":
            return f"found key '{loc[-1]}'; accepted: {', '.join(inner.model_fields)}"
        case "missing":
            return f"found no '{loc[-1]}'; accepted: '{loc[-1]}' is needed beside {', '.join(_needed(inner, loc[-1]))}"
        case "literal_error":
            return f"found {value}; accepted: {error['ctx']['expected']}"
        case "union_tag_invalid":
            return f"found type {_short(error['ctx']['tag'])}; accepted: {error['ctx']['expected_tags'].replace(chr(39), '')}"
        case "union_tag_not_found":
            return f"found no 'type'; accepted: {', '.join(tag for one in _models_in(model.model_fields[loc[0]].annotation) for tag in _tags(one))}"
        case "string_type":
            return f"found {value}; accepted: text (in quotes, if it looks like something else)"
        case "tuple_type" | "list_type":
            return f"found {value}; accepted: a list"
        case "dict_type":
            return f"found {value}; accepted: keys with values"
        case "float_type" | "float_parsing" | "int_type":
            return f"found {value}; accepted: a number"
        case "bool_type" | "bool_parsing":
            return f"found {value}; accepted: true or false"
        case "string_pattern_mismatch":
            return f"found {value}; accepted: {_pattern(error['ctx']['pattern'])}"
        case "too_short" | "too_long":
            bound = error["ctx"].get("min_length") or error["ctx"].get("max_length")
            word = "at least" if error["type"] == "too_short" else "at most"
            return f"found {error['ctx']['actual_length']} in '{loc[-1]}'; accepted: {word} {bound}"
        case _:
            said = error["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
            return f"found {value}; accepted: {said}"


def _pattern(pattern: str) -> str:
    names = {r"\S": "text that is not empty", r"^S\d\d$": "a claim like S04",
             r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case ASCII letters, digits and single hyphens"}
    return names.get(pattern, pattern)


def _needed(model: type[BaseModel], missing: Any) -> list[str]:
    return [name for name, info in model.model_fields.items() if info.is_required() and name != missing]


def _model_at(model: type[BaseModel], loc: Place) -> type[BaseModel]:
    """The model that stands at a place inside another one; of several, the one whose `type` the place names."""
    several: list[type[BaseModel]] = []
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            several = list(_models_in(model.model_fields[step].annotation))
            model = next(iter(several), model)
        else:
            model = next((one for one in several if step in _tags(one)), model)
    return model


def _tags(model: type[BaseModel]) -> tuple[Any, ...]:
    return get_args(model.model_fields["type"].annotation) if "type" in model.model_fields else ()


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "keys " + ", ".join(map(str, list(value)[:6]))
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = repr(value) if isinstance(value, str) else "nothing" if value is None else json.dumps(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _cross_check(questions: list[Question | None], head: Head | None, document: Document) -> None:
    """What no question can know alone: ids that differ, objectives and sources that exist."""
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
        if head and question.objective not in head.objectives:
            document.fault((*place, "objective"),
                           f"found objective '{question.objective}'; accepted: {', '.join(head.objectives)}")
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
    whole = create_model("Bank", __base__=Head, questions=(Annotated[list[asked], Field(min_length=1)], ...))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | whole.model_json_schema()


__all__ = ["Bank", "Fault", "Faulty", "Head", "load_bank", "schema"]
