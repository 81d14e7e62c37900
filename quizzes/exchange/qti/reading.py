"""An item as a question of a bank: which type it is, and what every type has."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from quizzes.exchange import Loss
from quizzes.exchange.naming import slug
from quizzes.exchange.qti.answers import Tried, bare
from quizzes.exchange.qti.given import Box, Given, inner_html, without
from quizzes.exchange.qti.processing import EXPLAINED
from quizzes.exchange.qti.read_gaps import essay, gaps, years
from quizzes.exchange.qti.read_picked import choices, hot
from quizzes.exchange.qti.read_placed import in_order, pairs
from quizzes.exchange.qti.read_typed import NUMERIC, number, text
from quizzes.exchange.qti.run import Unknown
from quizzes.exchange.rebuilding import Keys, Unasked
from quizzes.words import languages
from quizzes.words import words as words_of

MOST_GAPS = 20
FILLED = frozenset(("textEntryInteraction", "inlineChoiceInteraction"))


def to_question(given: Given, id_: str) -> tuple[Keys, list[Loss]]:
    """The keys of the question that asks what an item asks, and what of it is lost. Raises Unknown, and Unasked for what no type can ask."""
    try:
        keys, tried = _of_type(given)
        whole = {"id": id_} | _language(given) | {"prompt": _prompt(given, keys)} | _points(given, keys) | keys | _explanation(given, tried)
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError, AttributeError) as error:
        if isinstance(error, Unasked):
            raise
        raise Unknown("declarations or rules that are not as QTI has them", getattr(given.root, "line", 1)) from error
    if keys["type"] == "survey":
        whole["about"] = id_
    return whole, [Loss(question=id_, lost=lost, instead=instead) for lost, instead in dict.fromkeys(given.lost)]


def _of_type(given: Given) -> tuple[Keys, Tried]:
    if not given.boxes:
        raise Unasked("nothing to answer")
    if len(given.boxes) > MOST_GAPS:
        raise Unasked(f"{len(given.boxes)} things to answer, of at most {MOST_GAPS}")
    kinds = {box.kind for box in given.boxes}
    if any("quiz-timeline" in one.get("class", "").split() for one in given.body):
        return years(given)
    if len(given.boxes) > 1 or kinds == {"inlineChoiceInteraction"}:
        if kinds <= FILLED:
            return gaps(given)
        raise Unasked(f"several things to answer ({', '.join(sorted(kinds))})")
    return _one(given, given.boxes[0])


def _one(given: Given, box: Box) -> tuple[Keys, Tried]:
    if box.kind == "choiceInteraction":
        return choices(given, box)
    if box.kind == "hottextInteraction":
        return hot(given, box)
    if box.kind == "matchInteraction":
        return pairs(given, box)
    if box.kind == "orderInteraction":
        return in_order(given, box)
    if box.kind == "extendedTextInteraction" and not box.correct:
        return essay(given, box)
    if box.kind in ("textEntryInteraction", "extendedTextInteraction"):
        if _amid(given, box):
            return gaps(given)
        return number(given, box) if box.base in NUMERIC else text(given, box)
    raise Unknown(f"a {box.kind}", box.line)


def _amid(given: Given, box: Box) -> bool:
    """Whether a box stands in the middle of a text."""
    around = next((one for one in given.body.iter() if any(part is box.element for part in one)), given.body)
    before = (around.text or "") + "".join("".join(part.itertext()) + (part.tail or "") for part in list(around)[:list(around).index(box.element)])
    after = "".join("".join(part.itertext()) + (part.tail or "") for part in list(around)[list(around).index(box.element) + 1:])
    return around is not given.body and bool(before.strip()) and bool(((box.element.tail or "") + after).strip(" \n.?!"))


def _language(given: Given) -> Keys:
    """The language of an item, where the interface knows it."""
    language = given.language.split("-")[0].lower()
    if language and language not in languages():
        given.lost.append((f"the language '{given.language[:20]}'", "left out, as the interface has no words of it"))
    return {"language": language} if language in languages() else {}


def _points(given: Given, keys: Keys) -> Keys:
    if keys["type"] == "survey":
        return {"points": 0}
    points = given.top if given.points is None else given.points
    if points <= 0:
        given.lost.append(("a question worth no points", "worth 1 point"))
        return {"points": 1}
    return {"points": int(points) if points == int(points) else points}


def _prompt(given: Given, keys: Keys) -> str:
    """The stem: the blocks around the interaction, then its prompt; its first block is a run of text."""
    if any("quiz-stem" in one.get("class", "").split() for one in given.body):
        stem = given.markdown(*(one for one in given.body if "quiz-stem" in one.get("class", "").split()))
    elif keys["type"] == "cloze":
        return _title(given) or words_of(keys.get("language", "en"))["fill-gaps"]
    else:
        rest = without(given.body, *(box.element for box in given.boxes)) if keys["type"] not in ("number", "short-text") else _above(given)
        prompts = [given.line(one) for box in given.boxes for one in box.element.findall("prompt")]
        stem = "\n\n".join(filter(None, (given.markdown(rest), *prompts)))
    plain = stem and not stem.startswith(("|", "- ", "1. ", "> ", "#", "```"))
    return stem if plain else "\n\n".join(filter(None, (_title(given) or "–", stem)))


def _above(given: Given) -> Element:
    """The body without the box and the unit behind it."""
    box = given.boxes[0].element
    holder = next((one for one in given.body if any(part is box for part in one) and not (one.text or "").strip()), box)
    return without(given.body, holder)


def _title(given: Given) -> str:
    return given.root.get("title", "").strip()


def _explanation(given: Given, tried: Tried) -> Keys:
    """What is said to every answer."""
    shown = [one for run in tried.runs.values() for one in run.said if one.get("outcomeIdentifier") == EXPLAINED]
    explained = shown[:1] or tried.common
    text = given.markdown(*explained) if any(inner_html(one).strip() for one in explained) else ""
    return {"explanation": text} if text else {}


def name_of(root: Element, taken: str) -> str:
    """What an item is to be called, before others have that name."""
    return slug(bare(root.get("identifier") or root.get("ident", ""))) or slug(root.get("title", "")) or slug(taken)
