"""What a manifest says of its items: metadata of LOM as an export writes it, and the little of it that others have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from quizzes.exchange.naming import slug
from quizzes.text import is_address

LEVELS = ("remember", "understand", "apply", "analyse", "evaluate")


@dataclass
class About:
    """The items and tests of a package by path, each item with the keys that its question gets."""

    title: str = ""
    language: str = ""
    objectives: dict[str, str] = field(default_factory=dict)
    sections: dict[str, dict[str, str]] = field(default_factory=dict)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    tests: list[str] = field(default_factory=list)


def about(manifest: Element) -> About:
    """What a manifest says."""
    told = About()
    for head in _all(manifest, "metadata")[:1]:
        told.title, told.language = (_text(head, "general", name) for name in ("title", "language"))
        told.objectives |= dict(_taxa(head, "educational objective"))
    for resource in _all(manifest, "resource"):
        kind, path = resource.get("type", ""), resource.get("href", "") or next((one.get("href", "") for one in _all(resource, "file")), "")
        if re.match(r"imsqti_(assessment)?item_|imsqti_item|imsqti_apipitem", kind):
            told.items[path] = _keys(resource, told)
        elif re.match(r"imsqti_(assessment)?test_|imsqti_test|imsqti_assessment_", kind):
            told.tests.append(path)
    return told


def _local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _all(element: Element, name: str) -> list[Element]:
    return [one for one in element.iter() if _local(one) == name]


def _text(element: Element, *path: str) -> str:
    """The text at the end of a path of names, each anywhere below the one before."""
    found = [element]
    for name in path:
        found = _all(found[0], name)[:1]
        if not found:
            return ""
    return " ".join("".join(found[0].itertext()).split())


def _taxa(element: Element, purpose: str) -> Iterator[tuple[str, str]]:
    for classification in _all(element, "classification"):
        if _text(classification, "purpose", "value") == purpose:
            for taxon in _all(classification, "taxon"):
                if id_ := slug(_text(taxon, "id")):
                    yield id_, _text(taxon, "entry")


def _keys(resource: Element, told: About) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    for id_, text in _taxa(resource, "educational objective"):
        told.objectives.setdefault(id_, text)
        keys["objective"] = id_
    for level, _ in _taxa(resource, "skill level"):
        if level in LEVELS:
            keys["level"] = level
    claims = [text for text in (" ".join("".join(one.itertext()).split()) for one in _all(resource, "keyword")) if re.fullmatch(r"S\d\d", text)]
    sources = []
    for relation in _all(resource, "relation"):
        entries = {_text(one, "catalog"): _text(one, "entry") for one in _all(relation, "identifier")}
        if "source" in entries:
            sources.append(entries["source"])
        elif slug(entries.get("section", "")) and is_address(entries.get("URI", "")) and (title := _text(relation, "description")):
            keys["section"] = slug(entries["section"])
            told.sections[keys["section"]] = {"title": title, "address": entries["URI"]}
    return keys | ({"claims": claims} if claims else {}) | ({"sources": sources} if sources else {})


def classic_paths(manifest: Element) -> list[str]:
    """The files of QTI 1.2 that a manifest lists."""
    found = [one for one in _all(manifest, "resource") if one.get("type", "").startswith("imsqti_xmlv1p")]
    return [path for one in found if (path := one.get("href", "") or next((part.get("href", "") for part in _all(one, "file")), ""))]


def field_of(element: Element, label: str) -> str:
    """The entry of a field of metadata, or nothing."""
    for one in element.iter("qtimetadatafield"):
        if _text(one, "fieldlabel") == label:
            return _text(one, "fieldentry")
    return ""


def fields_of(item: Element, told: About) -> dict[str, Any]:
    """The keys that a question gets from the fields which an export of ours wrote into an item of QTI 1.2."""
    named = {name: field_of(item, f"quiz_{name}") for name in ("group", "objective", "section", "objective_text", "section_title", "section_address")}
    keys: dict[str, Any] = {name: id_ for name in ("group", "objective", "section") if (id_ := slug(named[name]))}
    if "objective" in keys and named["objective_text"]:
        told.objectives.setdefault(keys["objective"], named["objective_text"])
    if (place := keys.get("section") or keys.get("group")) and named["section_title"] and is_address(named["section_address"]):
        told.sections[place] = {"title": named["section_title"], "address": named["section_address"]}
    if (level := field_of(item, "quiz_level")) in LEVELS:
        keys["level"] = level
    claims = [claim for claim in field_of(item, "quiz_claims").split() if re.fullmatch(r"S\d\d", claim)]
    sources = field_of(item, "quiz_sources").split()
    return keys | ({"claims": claims} if claims else {}) | ({"sources": sources} if sources else {})
