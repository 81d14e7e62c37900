"""A class of 200 hand-ins, 20 of them broken, as a teacher grades it; and which hand-in of a student counts."""

from __future__ import annotations

import csv
import html
import json
import os
import random
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from a_class import as_notebook, broken, hand_in, make_assignment, make_class, to_bytes
from bare_page import ROOT
from every_type import make_bank
from test_answers import an_answer

from quizzes.classroom import results
from quizzes.classroom.answers import parts_of
from quizzes.classroom.assign import assign
from quizzes.classroom.grading import CLASS, grade
from quizzes.classroom.handin import read_hand_in
from quizzes.classroom.results import files_of
from quizzes.classroom.simulate import right_answer, wrong_answer
from quizzes.classroom.specification import HAND_IN, read_assignment
from quizzes.text import block
from quizzes.words import words


def command(*arguments: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "quizzes", "grade", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def graded(monday, tmp_path_factory) -> Path:
    """The class of 200, graded through the command, with the seconds it took in `seconds`."""
    folder = tmp_path_factory.mktemp("class")
    make_class(monday, folder / "handed in")
    began = time.perf_counter()
    done = command(monday.keep.parent, folder / "handed in", "--out", folder / "results")
    (folder / "seconds").write_text(str(time.perf_counter() - began))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == f"180 students graded, 20 problems: {(folder / 'results' / 'problems.csv').as_posix()}\n"
    return folder


def test_of_200_hand_ins_180_are_graded_and_20_listed_with_their_reasons(graded, monday):
    assert len(rows(graded / "results" / "gradebook.csv")) == 180
    problems = rows(graded / "results" / "problems.csv")
    assert {problem["file"].split("/")[0] for problem in problems} == set(broken(monday)) and len(problems) == 20
    assert all(re.fullmatch("found .+; accepted: .+|found .+ \\(.+\\)", problem["reason"], re.DOTALL) for problem in problems)
    assert len(list((graded / "results" / "feedback").iterdir())) == 180


def test_it_takes_less_than_10_seconds(graded):
    assert float((graded / "seconds").read_text()) < 10


def test_grading_again_gives_the_same_bytes(graded, monday):
    before = contents(graded / "results")
    assert command(monday.keep.parent, graded / "handed in", "--out", graded / "results").returncode == 1
    assert contents(graded / "results") == before
    assert command(monday.keep.parent, graded / "handed in", "--out", graded / "elsewhere").returncode == 1
    assert contents(graded / "elsewhere") == before


def test_the_marks_are_those_of_the_bank(graded, monday):
    marks = {question.id: question for question in monday.questions}
    for n, row in enumerate(rows(graded / "results" / "gradebook.csv")):
        answers = hand_in(monday, n)["answers"]
        expected = {id_: question.mark(answers.get(id_)).points for id_, question in marks.items()}
        assert {id_: float(row[id_]) for id_ in marks} == expected
        assert float(row["total"]) == pytest.approx(sum(expected.values()))


def test_everything_that_was_handed_in_is_listed(graded):
    listed = rows(graded / "results" / "hand-ins.csv")
    statuses = [row["status"] for row in listed]
    assert (statuses.count("counts"), statuses.count("not graded"), statuses.count("no hand-in (made by an operating system or a mail program)")) == (180, 20, 1)


def test_no_formula_and_no_script_gets_through(graded):
    for path in (graded / "results").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r")) or cell.startswith("-") and not re.fullmatch(r"-[\d.]+", cell)]
    assert (graded / "results" / "gradebook.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    page = (graded / "results" / "feedback" / "2023-0007.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(&#39;name&#39;)&lt;/script&gt; Ana" in page and "<script" not in page


def test_the_workbook_holds_text_and_numbers_and_no_formula(graded):
    with zipfile.ZipFile(graded / "results" / "gradebook.xlsx") as book:
        sheet, texts = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet and sheet.count("<row ") == 181
    assert "=HYPERLINK(" in texts and "'=HYPERLINK" not in texts


def test_a_page_of_feedback_stands_alone(graded, monday):
    page = (graded / "results" / "feedback" / "2023-0003.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page and not re.search(r"<script|<link|<img|<iframe|src=|@import|url\(", page)
    assert all(str(n) in page for n in range(1, len(monday.questions) + 1)) and "Read again" not in page  # the bank names no sections


def test_every_type_gets_feedback_and_the_sections_to_read_again(tmp_path):
    assign(ROOT / "quizzes" / "bank" / "history.yml", tmp_path / "history", questions=())
    history = read_assignment(tmp_path / "history")
    answers = {question.id: an_answer(question) for question in history.questions}
    done = grade(history, put(tmp_path / "in", a=hand_in_to(history, answers), b=hand_in_to(history, {}, number="2", name="Bo Ilić")))
    assert not done.problems
    files = files_of(done)
    page = files["feedback/2.html"].decode()
    read_again = page.split("<h2>Read again</h2>")[1].split("</ul>")[0]
    assert {section.title for section in history.bank.sections.values() if any(history.bank.section_of(question) == section for question in done.questions)} == {
        html.unescape(title) for title in re.findall(r"<li>(.*?) \(questions? [\d, ]+\)</li>", read_again)}
    for question in done.questions:
        assert files["item-report.html"].decode().count(f'id="{question.id}"') == (question.type != "open-answer")  # which waits for the teacher
    assert not [question.id for question in history.questions if question.type == "survey" and question.id in files["gradebook.csv"].decode()]
    assert "<script" not in files["feedback/1.html"].decode() and "&lt;script&gt;" in files["feedback/1.html"].decode()


def test_a_page_of_feedback_tells_what_is_right_where_points_were_lost(tmp_path):
    assign(make_bank(tmp_path), tmp_path / "every", questions=())
    every = read_assignment(tmp_path / "every")
    chance = random.Random(1)
    right, wrong = ({question.id: make(question, chance) for question in every.questions} for make in (right_answer, wrong_answer))
    files = files_of(grade(every, put(tmp_path / "in", a=hand_in_to(every, right), b=hand_in_to(every, wrong, number="2"), c=hand_in_to(every, {}, number="3"))))
    asked = [question for question in every.questions if question.points]
    for number, answers in (("1", right), ("2", wrong), ("3", {})):
        articles = files[f"feedback/{number}.html"].decode().split("<article")[1:]
        for question, article in zip(asked, articles, strict=True):
            if question.type == "open-answer":
                assert article.count("<h3>A model answer</h3>") == 1 and block(question.model) in article
            else:
                lost = question.mark(answers.get(question.id)).state != "right"
                assert article.count("<h3>The right answer</h3>") == lost, question.id
                assert question.type != "match" or "(<code>" not in article  # what only whoever marks on paper needs


def test_feedback_on_one_of_several_parts_names_the_part(tmp_path):
    assign(ROOT / "quizzes" / "bank" / "history.yml", tmp_path / "history", questions=())
    history = read_assignment(tmp_path / "history")
    order = next(question for question in history.questions if question.type == "order")
    turned = [item.id for item in order.items[1:]] + [order.items[0].id]
    page = files_of(grade(history, put(tmp_path / "in", a=hand_in_to(history, {order.id: turned}))))["feedback/1.html"].decode()
    for name, line in zip(parts_of(order, turned), order.mark(turned).feedback, strict=True):
        assert f'<li><b dir="auto">{html.escape(name)}</b>: {line}</li>' in page


def test_feedback_on_a_bank_in_turkish_is_in_turkish(tmp_path):
    turkish = make_assignment(tmp_path, language="tr")
    page = files_of(grade(turkish, put(tmp_path / "in", a=hand_in(turkish, 3), b=hand_in(turkish, 4))))["feedback/2023-0003.html"].decode()
    assert '<html lang="tr">' in page and "<title>Geri bildirim: Monday</title>" in page
    assert re.search(r"<strong>20 puan üzerinden [\d,]+ \(%[\d,]+\)</strong>", page)
    assert "Teslim zamanı: 2026-05-04 08:43 UTC" in page and "<h3>Yanıtınız</h3>" in page and "<h3>Doğru yanıt</h3>" in page
    assert not [text for text in words("en").values() if f">{text}<" in page]


def hand_in_to(assignment, answers, **instead):
    return {"format": HAND_IN, "version": 1, "assignment": assignment.specification.id, "name": "Ana Kaya", "number": "1", "started": "2026-05-04T08:00:00Z",
            "saved": "2026-05-04T09:00:00Z", "answers": answers, "seconds": {}} | instead


# Which hand-in counts


def put(folder: Path, **files: dict | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else to_bytes(content))
    return folder


def test_the_latest_valid_hand_in_counts_and_all_are_listed(monday, tmp_path):
    first, last = hand_in(monday, 3), hand_in(monday, 3, answers={}, saved="2026-05-08T19:00:00+00:00", number="2023 0003")
    done = grade(monday, put(tmp_path / "in", a=last, b=first, c=last, d=as_notebook(first), e=to_bytes(last)[:-5]))
    (student,) = done.students
    assert (student.total, student.attempts, student.hand_in.late, student.hand_in.file) == (0, 2, True, "c")
    assert [(one.file, one.status) for one in done.listed] == [
        ("a", "the same again"), ("b", "earlier"), ("c", "counts"), ("d", "earlier"), ("e", "not graded")]
    assert [problem.file for problem in done.problems] == ["e"]


def test_a_file_that_stops_the_reading_is_one_problem_and_the_others_are_graded(monday, tmp_path, monkeypatch):
    def read(found, assignment):
        return 1 / 0 if found.file == "b" else read_hand_in(found, assignment)

    monkeypatch.setattr("quizzes.classroom.grading.read_hand_in", read)
    done = grade(monday, put(tmp_path / "in", a=hand_in(monday, 3), b=hand_in(monday, 4)))
    assert [student.number for student in done.students] == ["2023-0003"]
    assert [(problem.file, problem.reason) for problem in done.problems] == [
        ("b", "found what stopped the reading (ZeroDivisionError: 'division by zero'); accepted: a file of answers as it was saved (please report this)")]


def test_two_students_with_one_number_are_both_left_to_the_teacher(monday, tmp_path):
    done = grade(monday, put(tmp_path / "in", a=hand_in(monday, 3), b=hand_in(monday, 4, number="2023-0003"), c=hand_in(monday, 5)))
    assert [student.number for student in done.students] == ["2023-0005"]
    assert {problem.reason for problem in done.problems} == {
        f"found number {typed} under the names 'Ilir Arslan' and 'İpek Arslan'; accepted: one student a number (a list class.csv beside the key would decide)"
        for typed in ("'2023/0003'", "'2023-0003'")}


def test_one_page_handed_in_under_two_numbers_is_told_and_both_are_graded(monday, tmp_path):
    typed, corrected = hand_in(monday, 3, number="2023/003"), hand_in(monday, 3, saved="2026-05-08T19:00:00+00:00")
    done = grade(monday, put(tmp_path / "in", a=typed, b=corrected, c=hand_in(monday, 3, saved="2026-05-08T19:30:00+00:00"),
                             d=hand_in(monday, 4, started=typed["started"]), e=hand_in(monday, 3, number="7", started="2026-05-04T08:03:00.001+00:00")))
    assert [student.number for student in done.students] == ["7", "2023-0003", "2023-003", "2023-0004"]
    assert [(problem.file, problem.reason) for problem in done.problems] == [
        ("b", "found number '2023/0003' where 'Ilir Arslan' had typed '2023/003' on the same page before; accepted: one number a student "
              "(both are graded; take the file with the wrong number away)")]
    assert {one.status for one in done.listed if one.file == "b"} == {"earlier"}


def test_a_list_of_the_class_decides_whose_number_it_is(own_monday, tmp_path):
    (own_monday.keep / CLASS).write_text("Seat (row, place, side);Number;Name\n1;2023/0003;Ilir Arslan\n2;2023/0006;Nobody Yet\n", encoding="utf-8")
    done = grade(own_monday, put(tmp_path / "in", a=hand_in(own_monday, 3), b=hand_in(own_monday, 4, number="2023-0003"), c=hand_in(own_monday, 5)))
    assert [student.number for student in done.students] == ["2023-0003"]
    assert [(problem.file, problem.reason) for problem in done.problems] == [
        ("b", "found name 'İpek Arslan' with number '2023-0003'; accepted: the name that class.csv has for it"),
        ("c", "found number '2023/0005'; accepted: the numbers of class.csv")]
    gradebook = files_of(done)["gradebook.csv"].decode("utf-8-sig").splitlines()
    assert gradebook[2].startswith("2023-0006,Nobody Yet,,") and gradebook[2].endswith(",0,,")


def test_faults_of_the_teachers_list_have_their_lines(own_monday, tmp_path):
    (own_monday.keep / CLASS).write_text("number,name\n1,Ana\n1,Bo\n?,Eve\n", encoding="utf-8")
    with pytest.raises(ValueError) as said:
        grade(own_monday, put(tmp_path / "in", a=hand_in(own_monday, 3)))
    file = (own_monday.keep / CLASS).as_posix()
    assert str(said.value) == (f"{file}:3: found number '1' a second time; accepted: each number once\n"
                               f"{file}:4: found number '?'; accepted: 1 to 30 letters and digits, with spaces or ./_- between them")


def test_nobody_handed_anything_in(monday, tmp_path):
    files = files_of(grade(monday, put(tmp_path / "in")))
    assert b"Nobody has handed in" in files["item-report.html"] and files["gradebook.csv"].count(b"\n") == 1


def test_one_student_alone_has_no_statistics_and_no_error(monday, tmp_path):
    files = files_of(grade(monday, put(tmp_path / "in", a=hand_in(monday, 3))))
    assert "Cronbach's alpha" in files["item-report.html"].decode().replace("&#39;", "'")


# The command


def test_a_folder_without_a_hand_in_is_a_problem(monday, tmp_path):
    empty = put(tmp_path / "in", **{".DS_Store": b"made by looking"})
    done = command(monday.keep.parent, empty, "--out", tmp_path / "out")
    said = f"{empty.as_posix()}: found no hand-in in it; accepted: a folder or a zip of hand-ins, as the learning system or the mail program left it\n"
    assert (done.returncode, done.stderr) == (1, said)
    assert done.stdout == f"0 students graded, 1 problem: {(tmp_path / 'out' / 'problems.csv').as_posix()}\n"
    assert [row["file"] for row in rows(tmp_path / "out" / "problems.csv")] == [empty.as_posix()]


def test_whoever_of_the_class_has_no_hand_in_is_counted(own_monday, tmp_path):
    (own_monday.keep / CLASS).write_text("number,name\n2023/0003,\n2023/0006,\n2023/0007,\n", encoding="utf-8")
    done = command(own_monday.keep.parent, put(tmp_path / "in", a=hand_in(own_monday, 3)), "--out", tmp_path / "out")
    assert done.returncode == 0 and done.stdout.splitlines() == ["1 student graded, no problems", "Without a hand-in that counts: 2 of the 3 in class.csv"]


@pytest.mark.parametrize("name", ["class.csv", "keep/Class.CSV"])
def test_a_list_of_the_class_in_another_place_is_told_where_it_belongs(own_monday, tmp_path, name):
    path = own_monday.keep.parent / name
    path.write_text("number,name\n2023/0006,\n", encoding="utf-8")
    done = command(own_monday.keep.parent, put(tmp_path / "in", a=hand_in(own_monday, 3)), "--out", tmp_path / "out")
    assert done.returncode == 0 and done.stderr == f"{path.as_posix()}: found a list of the class that is not read here; accepted: {(own_monday.keep / CLASS).as_posix()}\n"


def test_results_are_not_put_over_anything_else(monday, tmp_path):
    submissions = put(tmp_path / "in", a=hand_in(monday, 3))
    mine = put(tmp_path / "mine", thesis=b"years of work")
    done = command(monday.keep.parent, submissions, "--out", mine)
    assert (done.returncode, done.stderr) == (1, f"{mine.as_posix()}: found a folder that grade did not make; accepted: a new one, an empty one, or that of an earlier grading\n")
    assert contents(mine) == {"thesis": b"years of work"}
    for out in (submissions / "out", submissions, tmp_path, monday.keep, monday.keep.parent):
        assert command(monday.keep.parent, submissions, "--out", out).returncode == 1
    assert contents(submissions) == {"a": to_bytes(hand_in(monday, 3))}


def test_results_that_a_person_changed_are_not_written_over(monday, tmp_path):
    submissions, out = put(tmp_path / "in", a=hand_in(monday, 3)), tmp_path / "out"
    assert command(monday.keep.parent, submissions, "--out", out).returncode == 0
    (out / "gradebook.csv").write_text("my notes")
    (out / "notes.txt").write_text("more")
    done = command(monday.keep.parent, submissions, "--out", out)
    assert done.returncode == 1
    assert done.stderr == (
        f"{(out / 'gradebook.csv').as_posix()}: found changes made since it was graded; accepted: as it was graded (save it under another folder, then delete this one)\n"
        f"{(out / 'notes.txt').as_posix()}: found a file that grade did not make; accepted: your own files in another folder\n")
    assert (out / "gradebook.csv").read_text() == "my notes"
    (out / "gradebook.csv").unlink()
    (out / "notes.txt").unlink()
    assert command(monday.keep.parent, submissions, "--out", out).returncode == 0


def test_what_fails_half_way_leaves_nothing_behind(monday, tmp_path, monkeypatch):
    results.write_whole(tmp_path / "out", {"a": b"old"})
    written = Path.write_bytes

    def full(path, content):
        if path.name == "b":
            raise OSError(28, "No space left on device")
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError):
        results.write_whole(tmp_path / "out", {"a": b"new", "b": b"new"})
    assert {path.name: path.is_dir() for path in tmp_path.iterdir()} == {"out": True} and contents(tmp_path / "out") == {"a": b"old"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_what_is_interrupted_between_the_old_results_and_the_new_leaves_the_old(tmp_path, monkeypatch, error):
    results.write_whole(tmp_path / "out", {"a": b"old"})
    replace = os.replace

    def interrupted(source, target):
        replace(source, target)
        monkeypatch.undo()
        raise error

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(error):
        results.write_whole(tmp_path / "out", {"a": b"new"})
    assert contents(tmp_path) == {"out/a": b"old"}


@pytest.mark.parametrize(("change", "message"), [
    pytest.param(lambda keep: (keep / "specification.json").unlink(), "{keep}/specification.json: found No such file or directory; accepted: a folder that assign made", id="no specification"),
    pytest.param(lambda keep: (keep / "specification.json").write_text("{"), "{keep}/specification.json: found a fault in the whole (", id="no JSON"),
    pytest.param(lambda keep: (keep / "key.yml").write_text("questions: 1"), "{keep}/key.yml:1: found ", id="a key with a fault"),
    pytest.param(lambda keep: (keep / "specification.json").write_text(json.dumps(json.loads((keep / "specification.json").read_text()) | {"questions": ["q0", "gone"]})),
                 "{keep}/key.yml: found no question 'gone'; accepted: every question of specification.json", id="a question that is gone"),
])
def test_faults_of_the_assignment_are_said(own_monday, tmp_path, change, message):
    change(own_monday.keep)
    done = command(own_monday.keep.parent, put(tmp_path / "in", a=b"{}"), "--out", tmp_path / "out")
    assert done.returncode == 1 and done.stderr.startswith(message.replace("{keep}", own_monday.keep.as_posix())), done.stderr
    assert not (tmp_path / "out").exists()


def test_help_has_an_example():
    assert "example: python -m quizzes grade monday hand-ins.zip --out results" in command("--help").stdout


def test_wrong_usage_ends_with_2(monday):
    assert command(monday.keep.parent, "--out", "x").returncode == 2
    assert "the following arguments are required: SUBMISSIONS" in command(monday.keep.parent, "--out", "x").stderr
