"""Marking as a table operation: a frame of answers in, a frame of points out, each distinct answer marked once.

pandas is loaded with the first frame, and Dask never: a frame that has `map_partitions` brings its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from quizzes.bank import Bank
from quizzes.model import Question, Refused

if TYPE_CHECKING:
    import pandas as pd

NOTHING = float("nan")  # of what is no JSON or an answer that the question cannot have


def mark_table(frame: Any, bank: Bank | Iterable[Question]) -> Any:
    """Points for a frame with a row a submission and a column a question, whose cells are answers as JSON text.

    A missing cell and `null` are unanswered and earn 0; a cell that is no JSON, or no answer to its question, is NaN. Columns that are no
    question's are left out. Works the same over a Dask DataFrame, partition by partition. Raises KeyError where no column is a question's.
    """
    questions = {question.id: question for question in bank}
    asked = [questions[name] for name in frame.columns if name in questions]
    if not asked:
        raise KeyError(f"found columns {', '.join(map(str, frame.columns[:10]))}; accepted: a column a question, like {next(iter(questions), '')}")
    if hasattr(frame, "map_partitions"):
        return frame.map_partitions(_mark_frame, asked, meta={question.id: "float64" for question in asked})
    return _mark_frame(frame, asked)


def _mark_frame(frame: pd.DataFrame, questions: Iterable[Question]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({question.id: _mark_column(frame[question.id], question) for question in questions}, index=frame.index)


def _mark_column(column: pd.Series, question: Question) -> Any:
    """Number the distinct answers, mark each, and look the rows' points up by the numbers."""
    import numpy as np
    import pandas as pd

    numbers, answers = pd.factorize(column, use_na_sentinel=True)  # a missing cell is number -1: the last of the points
    points = np.array([*(_points(question, answer) for answer in answers), 0.0], dtype="float64")
    return points[numbers]


def _points(question: Question, answer: str) -> float:
    try:
        return question.mark(json.loads(answer)).points
    except (Refused, ValueError, TypeError, RecursionError):
        return NOTHING
