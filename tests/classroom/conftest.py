"""An assignment to be graded, made once for all tests of the grading side."""

from __future__ import annotations

from pathlib import Path

import pytest
from a_class import make_assignment

from quizzes.classroom.specification import Assignment


@pytest.fixture(scope="session")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """Twenty questions, nobody's list of the class."""
    return make_assignment(tmp_path_factory.mktemp("assignment"))


@pytest.fixture
def own_monday(tmp_path: Path) -> Assignment:
    """Twelve questions, in a folder that a test may change."""
    return make_assignment(tmp_path / "assignment", 12)
