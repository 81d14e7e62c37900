"""Values made into models, with a message for every fault: what was found, what is accepted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from quizzes.positions import Document, Place


def build(model: type[BaseModel], value: Any, place: Place, document: Document) -> Any:
    """The model made of a value; or None, and its faults noted."""
    try:
        return model.model_validate(value, context={"folder": Path(document.file).parent})
    except ValidationError as error:
        found = error.errors(include_url=False)
    for one in found:
        if not _follows(one, found):
            at = (*_withouttags(one["loc"], value), *one.get("ctx", {}).get("at", ()))
            document.fault((*place, *(step for step in at if step != "[key]")), _message(one, model))
    return None


def _withouttags(loc: Place, value: Any) -> Place:
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
    loc, value = error["loc"], short(error["input"])
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
            return f"found type {short(error['ctx']['tag'])}; accepted: {error['ctx']['expected_tags'].replace(chr(39), '')}"
        case "union_tag_not_found":
            return f"found no 'type'; accepted: {', '.join(tag for one in models_in(model.model_fields[loc[0]].annotation) for tag in tags(one))}"
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
             r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case ASCII letters, digits and single hyphens",
             r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$": "bank/question, in lower-case ASCII letters, digits and single hyphens"}
    return names.get(pattern, pattern)


def _needed(model: type[BaseModel], missing: Any) -> list[str]:
    return [name for name, info in model.model_fields.items() if info.is_required() and name != missing]


def _model_at(model: type[BaseModel], loc: Place) -> type[BaseModel]:
    """The model that stands at a place inside another one; of several, the one whose `type` the place names."""
    several: list[type[BaseModel]] = []
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            several = list(models_in(model.model_fields[step].annotation))
            model = next(iter(several), model)
        else:
            model = next((one for one in several if step in tags(one)), model)
    return model


def tags(model: type[BaseModel]) -> tuple[Any, ...]:
    return get_args(model.model_fields["type"].annotation) if "type" in model.model_fields else ()


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)


def short(value: Any) -> str:
    if isinstance(value, dict):
        return "keys " + ", ".join(map(str, list(value)[:6]))
    if isinstance(value, list):
        return f"a list of {len(value)}"
    text = repr(value) if isinstance(value, str) else "nothing" if value is None else json.dumps(value)
    return text if len(text) <= 60 else text[:57] + "..."
