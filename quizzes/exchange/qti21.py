"""QTI 2.1: a content package for TAO, OpenOlat, ONYX and other systems that play the standard of 2012."""

from __future__ import annotations

from pathlib import Path

from quizzes.exchange import Asked, Made, Read
from quizzes.exchange.qti.package import make_package
from quizzes.exchange.qti.unpacking import read_package
from quizzes.exchange.qti.xml import VERSIONS

SUFFIX = ".zip"
ABOUT = "QTI 2.1, a content package: a test, an item for every question, pictures"


def make(asked: Asked, out: Path) -> Made:
    """The package."""
    return make_package(asked, out, VERSIONS["2.1"])


def read(source: Path) -> Read:
    """The bank of a package, or of one item; of QTI 3.0 as well."""
    return read_package(source)
