"""The gradebook and the lists beside it, as CSV and as a workbook: the same bytes from the same class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from quizzes.classroom.csvs import cell, readable, to_csv
from quizzes.classroom.grading import Grading, Student, in_order, read_class
from quizzes.classroom.words import GRADEBOOK
from quizzes.model import plain

MADE = datetime(2000, 1, 1)  # a workbook carries a time; always this one


def percent(points: float, out_of: float) -> float:
    return round(100 * points / out_of, 2) if out_of else 0.0


def table(grading: Grading) -> tuple[list[str], list[list[Any]]]:
    """Head and rows: a column a question; whoever is on the class's list and handed nothing in has a row without points."""
    ids = [question.id for question in grading.questions]
    head = [GRADEBOOK["number"], GRADEBOOK["name"], *ids, *(GRADEBOOK[name] for name in ("total", "out_of", "percent", "late", "attempts", "waiting", "file"))]
    rows = {student.number: _row(student, ids, grading.out_of) for student in grading.students}
    for number, name in (read_class(grading.assignment) or {}).items():
        rows.setdefault(number, [number, name, *(None for _ in ids), None, plain(grading.out_of), None, None, 0, None, None])
    return head, [rows[number] for number in sorted(rows, key=in_order)]


def _row(student: Student, ids: Sequence[str], out_of: float) -> list[Any]:
    hand_in = student.hand_in
    return [hand_in.as_typed, hand_in.name, *(student.marks[id_].points for id_ in ids), student.total, out_of, percent(student.total, out_of),
            hand_in.late, student.attempts, " ".join(sorted(student.waiting)), hand_in.file]


def gradebook_csv(grading: Grading) -> bytes:
    return to_csv(*table(grading))


def problems_csv(grading: Grading) -> bytes:
    return to_csv(["file", "reason"], [(problem.file, problem.reason) for problem in grading.problems])


def hand_ins_csv(grading: Grading) -> bytes:
    """Everything that was handed in, file by file, and what became of it."""
    rows = [[one.file, one.status, *((one.hand_in.as_typed, one.hand_in.name, one.hand_in.started.isoformat(), one.hand_in.saved.isoformat(), one.hand_in.late)
                                     if one.hand_in else (None,) * 5)] for one in grading.listed]
    return to_csv(["file", "status", "number", "name", "started", "saved", "late"], rows)


def gradebook_xlsx(grading: Grading) -> bytes:
    """The gradebook as a workbook: text stays text, numbers are numbers, nothing is a formula or a link."""
    import xlsxwriter

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": grading.assignment.specification.title, "created": MADE})
    sheet = book.add_worksheet("gradebook")
    bold = book.add_format({"bold": True})
    head, rows = table(grading)
    for n, name in enumerate(head):
        sheet.write_string(0, n, name, bold)
    for line, row in enumerate(rows, 1):
        for n, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(line, n, value)
            elif value is not None:
                sheet.write_string(line, n, readable(value) if isinstance(value, str) else cell(value))
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 1, 24)
    sheet.set_column(len(head) - 1, len(head) - 1, 40)
    book.close()
    return file.getvalue()
