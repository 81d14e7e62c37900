"""A plugin for otter-grader, whose tests pass or fail: it gives a test that failed partly the points that were earned."""

from __future__ import annotations

import re

from otter.plugins import AbstractOtterPlugin
from otter.test_files import GradingResults

from quizzes.classroom.autograding import Partly

SAID = re.compile(rf"^{Partly.__name__}: ([0-9.e-]+) of ", re.MULTILINE)


class PartialCredit(AbstractOtterPlugin):
    """Reads how much was earned from what the hidden tests say (`autograding.check`)."""

    def after_grading(self, results: GradingResults) -> None:
        for name in results.test_files:
            test = results.get_result(name)
            for case in test.test_case_results:
                if not case.passed and (said := SAID.search(case.message or "")):
                    results.update_score(name, min(float(said[1]), test.possible))
