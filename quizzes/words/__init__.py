"""The words of the interface, one JSON table a language (how to add one: chapters/authors/languages.md).

A table that is `"like"` another holds only what it says otherwise. A question type may bring words of its own beside its
module: `types/<name>.words.json`, a table for each language. English says which words there are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import get_decimal_symbol

FOLDER = Path(__file__).parent
OF_TYPES = FOLDER.parent / "types"
ENGLISH = "en"
LOCALES = {"en": "en-GB", "cnr": "sr-Latn-ME"}  # whose numbers and dates a language has, where its code does not say it
CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # of plurals, in CLDR's order
PLACEHOLDER = re.compile(r"\{\w+\}")
DATES = {"EEEE": "{weekday}", "MMMM": "{month}", "d": "{day}", "y": "{year}"}  # CLDR's patterns as texts to fill in


class BadWords(ValueError):
    """Tables that lack something: a line for each fault, with file, what was found and what is accepted."""


def languages() -> list[str]:
    """The languages there is a table for."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def locale(language: str) -> Locale:
    """How a language counts, and writes numbers and dates."""
    return Locale.parse(LOCALES.get(language, language), sep="-")


def plurals(language: str) -> list[str]:
    """The forms of a word beside a number that a language has, in the order in which a table gives them."""
    return [name for name in CATEGORIES if name in {*locale(language).plural_form.tags, "other"}]


def of_locale(language: str) -> dict[str, str]:
    """How a language writes numbers and dates, as texts to fill in: browsers do not know all of these languages."""
    here = locale(language)
    full, long, short = here.date_formats["full"].pattern, here.date_formats["long"].pattern, here.datetime_skeletons["MMMMd"].pattern
    months, days = here.months["format"]["wide"], here.days["format"]["wide"]

    def filled(pattern: str) -> str:
        return re.sub("'([^']*)'|EEEE|MMMM|d|y", lambda found: found[1] or DATES[found[0]], pattern)

    return {"language": language, "decimal": get_decimal_symbol(here), "percent": re.sub("[#,0]+", "{number}", here.percent_formats[None].pattern),
            "date": filled(long), "weekday-date": filled(full.replace(long, short)),
            "months": "|".join(months[n] for n in range(1, 13)), "weekdays": "|".join(days[n] for n in (6, 0, 1, 2, 3, 4, 5))}


def in_figures(number: float, words: dict[str, str]) -> str:
    """A number as the language writes it, with as many decimals as it has and no signs between thousands."""
    return f"{number:.12g}".replace(".", words["decimal"])


def in_points(points: float, words: dict[str, str]) -> str:
    """A number of points in words: "no points", "1 point", "2.5 points"."""
    if points == 0:
        return words["no-points"]
    language = words["language"]
    form = plurals(language).index(locale(language).plural_form(points))
    return words["points"].split("|")[form].replace("{points}", in_figures(points, words))


@cache
def words(language: str) -> dict[str, str]:
    """The table of a language, and what `of_locale` says of it.

    Raises KeyError, with the languages there are, for another; BadWords for a table that lacks something.
    """
    if language not in languages():
        raise KeyError(f"found language '{language}'; accepted: {', '.join(languages())}")
    file, english = FOLDER / f"{language}.json", _read(FOLDER / f"{ENGLISH}.json")
    own = _read(file)
    like = own.pop("like", language)
    if like not in languages():
        raise BadWords(f"{_short(file)}: found 'like' with '{like}'; accepted: {', '.join(languages())}")
    tables = [(file, _read(FOLDER / f"{like}.json") | own, english)]
    for file in sorted(OF_TYPES.glob("*.words.json")):
        of_type = _read(file)
        tables.append((file, of_type.get(like, {}) | of_type.get(language, {}), of_type[ENGLISH]))
    if faults := [f"{_short(file)}: {fault}" for file, table, wanted in tables for fault in _faults(table, wanted, language)]:
        raise BadWords("\n".join(faults))
    whole = {key: text for _, table, _ in tables for key, text in table.items()}
    return whole | of_locale(language)


def _faults(table: dict[str, Any], english: dict[str, str], language: str) -> Iterator[str]:
    """What keeps a table from standing for the English one."""
    own = f" for '{language}'"
    if missing := english.keys() - table.keys():
        yield f"found no {_listed(missing)}{own}; accepted: every key that there is for '{ENGLISH}'"
    if surplus := table.keys() - english.keys():
        yield f"found {_listed(surplus)}{own}; accepted: the keys that there are for '{ENGLISH}'"
    for key in english.keys() & table.keys():
        text = table[key]
        if not isinstance(text, str) or not text.strip() or re.search("[<>&]", text):
            yield f"found {json.dumps(text, ensure_ascii=False)} as '{key}'{own}; accepted: text without <, > and &"
            continue
        forms, named = text.split("|"), set(PLACEHOLDER.findall(english[key]))
        accepted = plurals(language) if "|" in english[key] else ["other"]
        if len(forms) != len(accepted):
            yield f"found {len(forms)} forms in '{key}'{own}; accepted: {len(accepted)}, for {', '.join(accepted)}"
        for form in forms:
            if different := named ^ set(PLACEHOLDER.findall(form)):
                what = "no" if different & named else "also"
                yield f"found {what} {', '.join(sorted(different & named or different))} in '{key}'{own}; accepted: {' and '.join(sorted(named)) or 'no braces'}"
                break


def _listed(keys: set[str]) -> str:
    return ", ".join(f"'{key}'" for key in sorted(keys))


def _read(file: Path) -> dict[str, Any]:
    """A file of words. Raises BadWords, with the line, for what is no JSON object or has a key twice."""
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise BadWords(f"{_short(file)}: found {_listed(twice)} a second time; accepted: each key once")
        return dict(pairs)

    try:
        table = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise BadWords(f"{_short(file)}:{error.lineno}: found no JSON ({error.msg}); accepted: JSON") from None
    except UnicodeDecodeError:
        raise BadWords(f"{_short(file)}: found bytes that are no UTF-8; accepted: JSON in UTF-8") from None
    if not isinstance(table, dict):
        raise BadWords(f"{_short(file)}: found no object; accepted: an object, key to text")
    return table


def _short(file: Path) -> str:
    return "/".join(file.parts[-3:])
