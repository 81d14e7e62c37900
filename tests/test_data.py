"""The tables of the book are what their package says they are."""

import csv
from pathlib import Path

import pytest
from frictionless import Package
from pybtex.database import parse_file

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
PACKAGE = Package(str(DATA / "datapackage.json"))
TABLES = [resource.path for resource in PACKAGE.resources if resource.path.endswith(".csv")]


def rows(path: str) -> list[dict[str, str]]:
    """The rows of one table, as text."""
    with (DATA / path).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("path", TABLES)
def test_a_table_keeps_to_its_schema(path):
    resource = next(resource for resource in PACKAGE.resources if resource.path == path)
    faults = resource.validate().flatten(["rowNumber", "fieldName", "message"])
    assert faults == []


def test_every_file_of_the_data_folder_is_described():
    described = {resource.path for resource in PACKAGE.resources}
    assert {path.name for path in DATA.iterdir() if path.is_file()} - {"datapackage.json"} == described


def test_a_table_is_read_by_the_name_of_its_resource():
    assert [resource.name + ".csv" for resource in PACKAGE.resources if resource.path in TABLES] == TABLES


@pytest.mark.parametrize("resource", PACKAGE.resources, ids=lambda resource: resource.name)
def test_every_resource_names_its_title_licence_and_sources(resource):
    assert resource.title
    assert resource.description
    assert all(licence["name"] and licence["title"] for licence in resource.licenses)
    assert resource.licenses
    assert resource.sources
    assert all(source["title"] for source in resource.sources)


@pytest.mark.parametrize("path", TABLES)
def test_every_row_names_its_sources_of_the_references(path):
    """One key, or several with spaces between; a judgement that rests on no record may have none."""
    keys = set(parse_file(ROOT / "references.bib", "bibtex").entries)
    faults = []
    for line, row in enumerate(rows(path), 2):
        named = row["source"].split()
        if not set(named) <= keys or not (named or row.get("verdict") == "a matter of judgement"):
            faults.append((path, line, row["source"]))
    assert faults == []


@pytest.mark.parametrize("path", TABLES)
def test_every_column_says_what_it_holds(path):
    resource = next(resource for resource in PACKAGE.resources if resource.path == path)
    assert [field.name for field in resource.schema.fields if not (field.title and field.description)] == []
