"""The bank and the page that the tests of a type share: made of its module's BANK, or of the bank of every type."""

from __future__ import annotations

import pytest
from item_types import make_bank, make_page

from quizzes import Bank


@pytest.fixture(scope="module")
def bank(request: pytest.FixtureRequest, bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> Bank:
    questions = getattr(request.module, "BANK", None)
    return make_bank(tmp_path_factory.mktemp("bank"), questions) if questions else bank


@pytest.fixture(scope="module")
def address(bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_page(tmp_path_factory.mktemp("page"), bank)
