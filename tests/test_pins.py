"""The pinned packages install on every Python that the project says it runs on, Debian's too."""

from __future__ import annotations

import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parent.parent
PINS = dict(line.split("==") for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").split())
OLDEST = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"].removeprefix(">=") + ".0"


@pytest.mark.parametrize("name", PINS)
def test_a_pinned_package_is_the_one_installed_and_takes_the_oldest_python(name):
    about = metadata(name)
    assert about["Version"] == PINS[name]
    needs = about.get("Requires-Python") or ""
    assert SpecifierSet(needs).contains(OLDEST), f"{name} {PINS[name]} needs Python {needs}"
