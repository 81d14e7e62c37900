"""What there is to take along: the packages for other systems that the site offers, the site as a zip."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from quizzes.downloads import FORMATS
from quizzes.exchange import exporting

sys.path.insert(0, str(Path(__file__).parent.parent))
import make_zip  # noqa: E402

BANKS = ("introduction", "history", "diplomacy", "economy", "energy", "security", "weighing-the-argument")


def test_every_format_is_offered_under_its_name():
    assert {form: suffix for form, (_, suffix) in FORMATS.items()} == {form: module.SUFFIX for form, module in exporting().items()} | {"paper": ".zip"}


def test_the_page_for_teachers_offers_every_bank_in_every_format(site):
    page = (site / "chapters" / "teaching.html").read_text(encoding="utf-8")
    offered = re.findall(r'<a href="\.\./packages/([^"]+)" download>', page)
    assert {tuple(file.split(".")[:2]) for file in offered} == {(bank, form) for bank in BANKS for form in exporting()}
    assert len(offered) == len(BANKS) * len(exporting())
    for file in offered:
        assert (site / "packages" / file).stat().st_size > 1000, file


@pytest.mark.parametrize("form", sorted(exporting().keys() - {"paper"}))
def test_a_package_is_what_the_command_makes(site, form, tmp_path):
    from quizzes.__main__ import main

    (offered,) = (site / "packages").glob(f"energy.{form}.*")
    assert main(["export", "quizzes/bank/energy.yml", "--format", form, "--out", str(tmp_path / offered.name)]) == 0
    assert (tmp_path / offered.name).read_bytes() == offered.read_bytes()


def test_a_sheet_of_paper_goes_with_its_key(site):
    with ZipFile(site / "packages" / "energy.paper.zip") as packed:
        assert packed.namelist() == ["energy.paper-key.html", "energy.paper.html"]


def test_a_book_that_is_not_built_is_not_packed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(make_zip, "SITE", tmp_path / "html")
    assert make_zip.main() == 1
    assert capsys.readouterr().err == f"{tmp_path / 'html'}: found no index.html; accepted: a built book (make site)\n"
    assert list(tmp_path.iterdir()) == []
