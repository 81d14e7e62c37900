"""atlas.data: tables come typed as they are described."""

from __future__ import annotations

import json

import pytest

from atlas.data import describe, read_table, table_names

FIELDS = {"name": "string", "n": "integer", "year": "year", "share": "number", "eu": "boolean", "day": "date"}


@pytest.fixture
def folder(tmp_path):
    fields = [{"name": name, "type": kind, "description": f"<{name}>"} for name, kind in FIELDS.items()]
    resource = {"name": "small", "path": "small.csv", "title": "A small table", "description": "Made up.",
                "licenses": [{"name": "CC0-1.0", "title": "Public domain"}],
                "sources": [{"title": "Nobody, 2026"}], "schema": {"fields": fields}}
    outlines = {"name": "outlines", "path": "outlines.json"}
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [resource, outlines]}))
    (tmp_path / "small.csv").write_text(
        "name,n,year,share,eu,day\nNA,1,2024,0.5,true,2024-02-29\n,,,,,\n", encoding="utf-8"
    )
    return tmp_path


def test_columns_have_the_described_types(folder):
    types = read_table("small", folder).dtypes.astype(str).to_dict()
    assert types.pop("day").startswith("datetime64")
    assert types == {"name": "str", "n": "Int64", "year": "Int64", "share": "float64", "eu": "boolean"}


def test_an_empty_cell_is_missing_and_the_letters_na_are_text(folder):
    table = read_table("small", folder)
    assert table["name"][0] == "NA"
    assert table.iloc[1].isna().all()


def test_an_unknown_table_is_told_which_there_are(folder):
    for ask in (read_table, describe):
        with pytest.raises(ValueError) as failure:
            ask("smal", folder)
        assert str(failure.value) == "table: found 'smal'; accepted: ['small']"


def test_a_description_shows_title_licence_source_and_columns_escaped(folder):
    shown = describe("small", folder)
    assert (shown.title, shown.licences, shown.sources) == (
        "A small table", ("Public domain",), ("Nobody, 2026",))
    assert list(shown.columns["name"]) == list(FIELDS)
    assert "&lt;year&gt;" in shown._repr_html_() and "<year>" not in shown._repr_html_()
    assert repr(shown) == "Description('small', 6 columns)"


def test_every_table_of_the_book_can_be_read():
    assert table_names() == sorted(table_names()) != []
    for name in table_names():
        assert list(read_table(name).columns) == list(describe(name).columns["name"])
