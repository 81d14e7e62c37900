"""The classroom: an assignment is handed out without its key, collected as files, and graded on the teacher's machine."""

from quizzes.classroom.table import mark_table

__all__ = ["mark_table"]
