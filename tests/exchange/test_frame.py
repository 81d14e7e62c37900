"""Export and import as commands: what is written, what is reported, and that nothing is half done."""

from __future__ import annotations

import csv
import html
import io
import os
import re
import zipfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from formats_table import table

from quizzes import load_bank
from quizzes.__main__ import main
from quizzes.exchange import Asked, Loss, Made, Read, exporting, importing, write
from quizzes.exchange.filling import fill
from quizzes.exchange.moodle.kinds import KINDS
from quizzes.exchange.moving import Lossy, export, take_in
from quizzes.text import stem
from quizzes.types import TYPES

ROOT = Path(__file__).parent.parent.parent
BANK = "tests/banks/every-type.yml"
QUIZ = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="truefalse">
    <name><text>Danube</text></name>
    <questiontext format="html"><text>The Danube flows through Belgrade.</text></questiontext>
    <answer fraction="100"><text>true</text></answer>
    <answer fraction="0"><text>false</text></answer>
  </question>
  <question type="description"><name><text>Words</text></name><questiontext format="html"><text>Three rivers follow.</text></questiontext></question>
</quiz>
"""


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(monkeypatch, capsys):
    """The command line, in this process and from the root of the tree."""
    monkeypatch.chdir(ROOT)

    def run_(*arguments: str) -> Done:
        try:
            code = main(arguments)
        except SystemExit as error:
            code = error.code
        return Done(code, *capsys.readouterr())
    return run_


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def quiz(folder: Path, text: str = QUIZ) -> Path:
    path = folder / "quiz.xml"
    path.write_text(text, encoding="utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_module_is_a_format_by_what_it_can_do():
    assert {"gift", "moodle", "paper"} <= set(exporting())
    assert {"gift", "jupyterquiz", "moodle"} <= set(importing())
    assert not {"command", "filling", "markdown", "moving", "naming", "opening", "rebuilding", "simpler"} & {*exporting(), *importing()}
    for name, module in (exporting() | importing()).items():
        assert module is import_module(f"quizzes.exchange.{name}")
        assert module.SUFFIX.startswith(".") and module.ABOUT


def words(made: Made) -> str:
    """All that is written in the files, and in the files inside them, without tags."""
    contents = []
    for content in made.files.values():
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                contents += [packed.read(name) for name in packed.namelist()]
        else:
            contents.append(content)
    text = html.unescape(html.unescape(" ".join(content.decode("utf-8", "ignore") for content in contents))).replace("\\", "")
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


@pytest.mark.parametrize("type_", sorted(TYPES))
def test_a_question_is_exported_in_every_format_or_stands_in_the_report(type_):
    bank = load_bank(ROOT / "quizzes" / "bank" / f"guide-{type_}.yml")
    for name, module in exporting().items():
        made = module.make(Asked(bank=bank, questions=tuple(bank)), Path(f"x{module.SUFFIX}"))
        dropped = {loss.question for loss in made.losses if loss.lost == "question"}
        for question in bank:
            asked = " ".join(stem(question.prompt)[0].striptags().split())
            assert (asked[:40] in words(made)) is (question.id not in dropped), (name, question.id)


def test_the_command_says_what_was_lost_and_writes_it_beside_the_file(run, tmp_path):
    done = run("export", "quizzes/bank/guide-locate.yml", "--format", "moodle", "--out", str(tmp_path / "map.xml"))
    assert done.returncode == 0
    assert done.stderr.splitlines() == ["guide-locate.yml: no-recognition: map: asked as a list of its names"]
    assert done.stdout.splitlines() == [(tmp_path / name).as_posix() for name in ("map.xml", "map-losses.csv")]
    assert rows(tmp_path / "map-losses.csv") == [["file", "question", "place", "lost", "instead"],
                                                 ["guide-locate.yml", "no-recognition", "", "map", "asked as a list of its names"]]


def test_without_a_loss_there_is_no_report(run, tmp_path):
    done = run("export", "quizzes/bank/guide-one-choice.yml", "--format", "moodle", "--out", str(tmp_path / "one.xml"))
    assert (done.returncode, done.stderr) == (0, "")
    assert names(tmp_path) == ["one.xml"]


def test_strictly_a_loss_is_an_error_and_nothing_is_written(run, tmp_path):
    done = run("export", "quizzes/bank/guide-locate.yml", "--format", "moodle", "--out", str(tmp_path / "map.xml"), "--strict")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "guide-locate.yml: no-recognition: map: asked as a list of its names\n"
    done = run("import", str(quiz(tmp_path)), "--format", "moodle", "--out", str(tmp_path / "quiz.yml"), "--strict")
    assert (done.returncode, done.stdout) == (1, "")
    assert "quiz.xml: line 9: words: question: left out (" in done.stderr
    assert names(tmp_path) == ["quiz.xml"]


def test_all_formats_are_written_for_every_bank_that_is_named(run, tmp_path):
    done = run("export", "--all-formats", "--out", str(tmp_path / "all"), BANK, "quizzes/bank/guide-locate.yml")
    assert (done.returncode, done.stderr) == (0, "")
    written = names(tmp_path / "all")
    assert done.stdout == f"{len(written)} files, 2 banks: {(tmp_path / 'all').as_posix()}\n"
    for name, module in exporting().items():
        assert {f"{bank}.{name}{module.SUFFIX}" for bank in ("every-type", "guide-locate")} <= set(written)
    assert ["guide-locate.moodle.xml", "no-recognition", "", "map", "asked as a list of its names"] in rows(tmp_path / "all" / "losses.csv")
    done = run("export", "--all-formats", "--out", str(tmp_path / "one"), BANK)
    assert re.fullmatch("[0-9]+ files, 1 bank: .*/one\n", done.stdout)
    done = run("export", "--all-formats", "--out", str(tmp_path / "twice"), BANK, BANK)
    assert (done.returncode, done.stderr) == (1, f"{BANK}: found a second bank of this name; accepted: each name once\n")
    done = run("export", "--all-formats", "--out", str(tmp_path / "strict"), BANK, "--strict")
    assert done.returncode == 1
    assert not (tmp_path / "strict").exists()


@pytest.mark.parametrize("arguments", [
    pytest.param(("export", "--format", "moodle", "--out", "x.xml"), id="no bank"),
    pytest.param(("export", BANK, BANK, "--format", "moodle", "--out", "x.xml"), id="two banks in one file"),
    pytest.param(("export", BANK, "--format", "moodle", "--all-formats", "--out", "x"), id="one format and all"),
    pytest.param(("export", BANK, "--out", "x"), id="no format"),
    pytest.param(("import", "x.xml", "--format", "paper", "--out", "x.yml"), id="a format that nothing is read from"),
])
def test_wrong_usage_exits_with_2(run, arguments):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: python -m quizzes")


def test_help_names_every_format(run):
    for command, formats in (("export", exporting()), ("import", importing())):
        shown = run(command, "--help").stdout
        for name, module in formats.items():
            assert re.search(rf"^  {name} +{re.escape(module.ABOUT)}$", shown, re.MULTILINE)


def test_an_import_is_a_bank_that_check_accepts_and_says_what_is_to_be_written(run, tmp_path):
    out = tmp_path / "rivers.yml"
    done = run("import", str(quiz(tmp_path)), "--format", "moodle", "--out", str(out))
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["1 question", *((tmp_path / name).as_posix() for name in ("rivers.yml", "rivers-losses.csv", "rivers-originals.txt"))]
    assert done.stderr.splitlines() == [
        "quiz.xml: line 9: words: question: left out (a question of type 'description', of which there is none here)",
        "quiz.xml: objective (1 times): filled in with 'imported', to be written by the author",
        "quiz.xml: level (1 times): filled in with 'remember', to be written by the author",
        "quiz.xml: sources (1 times): filled in with 'imported', to be written by the author",
        "quiz.xml: explanation (1 times): filled in with 'To be written.', to be written by the author",
        "quiz.xml: feedback (2 times): filled in with 'Right.' and 'Not right.', to be written by the author"]
    assert yaml.safe_load(out.read_text(encoding="utf-8")) == {
        "title": "quiz", "language": "en", "objectives": {"imported": "Answer questions that were imported"},
        "questions": [{"id": "danube", "type": "true-false", "group": "imported", "objective": "imported", "level": "remember",
                       "prompt": "The Danube flows through Belgrade.", "answer": True, "feedback": {"right": "Right.", "wrong": "Not right."},
                       "explanation": "To be written.", "sources": ["imported"]}]}
    assert run("check", str(out)).returncode == 0
    kept = (tmp_path / "rivers-originals.txt").read_text(encoding="utf-8")
    assert kept.startswith("## line 9: words: question\n\n<question type=\"description\">") and "Three rivers follow." in kept


def test_an_import_below_a_bibliography_adds_the_source_that_it_names_once(run, tmp_path):
    bibliography = tmp_path / "references.bib"
    bibliography.write_text("@misc{atlas, title = {An atlas}}\n", encoding="utf-8")
    for name in ("one", "two"):
        done = run("import", str(quiz(tmp_path)), "--format", "moodle", "--out", str(tmp_path / f"{name}.yml"))
        assert done.returncode == 0, done.stderr
        assert run("check", str(tmp_path / f"{name}.yml")).returncode == 0
    assert bibliography.read_text(encoding="utf-8").count("@misc{imported,") == 1


def test_a_source_that_the_bibliography_does_not_have_is_left_out_and_said(tmp_path):
    (tmp_path / "references.bib").write_text("@misc{atlas, title = {An atlas}}\n", encoding="utf-8")
    tags = "<tags><tag><text>source:atlas</text></tag><tag><text>source:strange</text></tag></tags></question>"
    read, _ = take_in(quiz(tmp_path, QUIZ.replace("</question>", tags, 1)), "moodle", tmp_path / "quiz.yml")
    assert read.bank["questions"][0]["sources"] == ["atlas"]
    assert Loss(question="danube", lost="source 'strange'", instead="left out, as the bibliography does not have it", place="line 3") in read.losses


def test_an_import_in_another_language_fills_in_its_words(tmp_path):
    take_in(quiz(tmp_path), "moodle", tmp_path / "quiz.yml", language="tr")
    bank = load_bank(tmp_path / "quiz.yml")
    assert bank.language == "tr"
    assert bank["danube"].feedback.right == "Doğru."
    with pytest.raises(KeyError, match=r"found language 'xx'; accepted: .*\btr\b"):
        take_in(quiz(tmp_path), "moodle", tmp_path / "other.yml", language="xx")
    assert not (tmp_path / "other.yml").exists()


def test_a_question_that_check_would_refuse_is_left_out_with_what_check_would_say(tmp_path):
    question = {"id": "few", "type": "order", "prompt": "Put in order", "items": [{"id": "a", "text": "One"}]}
    read = fill(Read(bank={"title": "Few", "language": "en", "questions": [question]}, originals={"few": "Put in order: One"}), tmp_path / "few.yml")
    assert read.bank["questions"] == []
    assert read.losses[0] == Loss(question="few", lost="question", instead="left out (found 1 in 'items'; accepted: at least 3)", original="Put in order: One")


@pytest.mark.parametrize(("content", "message"), [
    pytest.param("", "quiz.xml:1: found XML with a fault (no element found); accepted: well-formed XML", id="empty"),
    pytest.param(QUIZ[:-20], "quiz.xml:9: found XML with a fault (no element found); accepted: well-formed XML", id="cut off"),
    pytest.param("<quiz>\n<question></quiz>", "quiz.xml:2: found XML with a fault (mismatched tag); accepted: well-formed XML", id="broken"),
    pytest.param("<html></html>", "quiz.xml:1: found <html>; accepted: <quiz>, as Moodle exports questions", id="other XML"),
    pytest.param('<!DOCTYPE quiz [\n<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;&a;&a;">]>\n<quiz>&b;</quiz>',
                 "quiz.xml:2: found an entity of its own; accepted: XML without one", id="entities that grow"),
    pytest.param('<!DOCTYPE quiz [<!ENTITY a SYSTEM "file:///etc/hostname">]><quiz>&a;</quiz>',
                 "quiz.xml:1: found an entity of its own; accepted: XML without one", id="another file"),
    pytest.param("<quiz>" * 200, "quiz.xml:1: found elements more than 100 deep; accepted: at most 100", id="too deep"),
    pytest.param('<?xml version="1.0" encoding="klingon"?><quiz/>', "quiz.xml:1: found an encoding that is not known (unknown encoding: klingon); accepted: UTF-8",
                 id="unknown encoding"),
    pytest.param("<quiz>\n<question>\x7f</question></quiz>", "quiz.xml:2: found the character U+007F; accepted: text", id="no text"),
    pytest.param("<quiz></quiz>", "quiz.xml: found no question that a bank can hold; accepted: one or more", id="no question"),
])
def test_a_hostile_file_gets_one_message_and_nothing_is_written(tmp_path, content, message):
    with pytest.raises(ValueError) as error:
        take_in(quiz(tmp_path, content), "moodle", tmp_path / "quiz.yml")
    assert str(error.value) == f"{tmp_path.as_posix()}/{message}"
    assert names(tmp_path) == ["quiz.xml"]


def test_a_file_larger_than_a_bank_is_not_even_read(tmp_path):
    with (tmp_path / "quiz.xml").open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(ValueError) as error:
        take_in(tmp_path / "quiz.xml", "moodle", tmp_path / "quiz.yml")
    assert str(error.value) == f"{tmp_path.as_posix()}/quiz.xml: found 100 MB; accepted: at most 25 MB"


@pytest.mark.parametrize(("place", "message"), [
    pytest.param("nowhere.xml", "nowhere.xml: found No such file or directory; accepted: a file that can be read", id="no such file"),
    pytest.param(".", ": found Is a directory; accepted: a file that can be read", id="a folder"),
])
def test_a_file_that_cannot_be_read_is_named(run, tmp_path, place, message):
    done = run("import", str(tmp_path / place), "--format", "moodle", "--out", str(tmp_path / "quiz.yml"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.rstrip("\n").endswith(message)
    assert "Traceback" not in done.stderr


def test_a_place_that_cannot_be_written_leaves_every_file_as_it_was(run, tmp_path):
    (tmp_path / "quiz-losses.csv").mkdir()
    done = run("import", str(quiz(tmp_path)), "--format", "moodle", "--out", str(tmp_path / "quiz.yml"))
    assert done.stderr == f"{(tmp_path / 'quiz.yml').as_posix()}: found Is a directory; accepted: a file that can be written\n"
    with pytest.raises(IsADirectoryError):
        write({tmp_path / "one.txt": b"1", tmp_path / "quiz-losses.csv": b"2"})
    with pytest.raises(Lossy):
        export(Asked(bank=(bank := load_bank(ROOT / "quizzes" / "bank" / "guide-locate.yml")), questions=tuple(bank)), "moodle", tmp_path / "x.xml", strict=True)
    assert names(tmp_path) == ["quiz-losses.csv", "quiz.xml"]


@pytest.mark.parametrize("out", [".", "..", "/", "quizzes"])
def test_a_folder_is_no_place_for_a_file(run, out, tmp_path):
    for arguments in (("export", BANK, "--format", "gift"), ("import", str(quiz(tmp_path)), "--format", "moodle")):
        done = run(*arguments, "--out", out)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{out}: found Is a directory; accepted: a file that can be written\n")


def test_no_bank_is_written_over(run, tmp_path):
    """What an import filled in is for an author to write, so a second import may not take its place; no export may take the bank's."""
    own = tmp_path / "own.yml"
    own.write_text("title: Mine\n", encoding="utf-8")
    done = run("import", str(quiz(tmp_path)), "--format", "moodle", "--out", str(own))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{own.as_posix()}: found a file; accepted: a new one, so that no bank is lost\n"
    bank = tmp_path / "guide-order.yml"
    bank.write_bytes((ROOT / "quizzes" / "bank" / "guide-order.yml").read_bytes())
    done = run("export", str(bank), "--format", "gift", "--out", str(tmp_path / ".." / tmp_path.name / "guide-order.yml"))
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.endswith("guide-order.yml: found the bank itself; accepted: another file\n")
    assert own.read_text(encoding="utf-8") == "title: Mine\n" and bank.read_text(encoding="utf-8").startswith("#")
    assert names(tmp_path) == ["guide-order.yml", "own.yml", "quiz.xml"]


@pytest.mark.parametrize(("form", "name", "suffix"), [("gift", "history.yml", ".gift"), ("paper", "references.bib", ".html")])
def test_an_export_writes_over_no_file_of_another_kind(run, tmp_path, form, name, suffix):
    other = tmp_path / name
    other.write_text("kept")
    done = run("export", BANK, "--format", form, "--out", str(other))
    message = f"{other.as_posix()}: found {name}, which is no {form} file; accepted: a file ending in {suffix}\n"
    assert (done.returncode, done.stderr, other.read_text()) == (1, message, "kept")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    for _ in range(2):
        assert run("export", BANK, "--format", form, "--out", str(tmp_path / f"again{suffix}")).returncode == 0


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_failure_while_files_are_put_in_place_leaves_every_file_as_it_was(tmp_path, monkeypatch, failing):
    (tmp_path / "one.txt").write_bytes(b"old")
    (tmp_path / "stale.txt").write_bytes(b"stale")
    steps = iter(range(1, 4))

    def step(do):
        def done(*arguments, **options):
            if next(steps, 0) == failing:
                raise PermissionError(13, "Permission denied")
            return do(*arguments, **options)
        return done

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", step(os.replace))
        patch.setattr(Path, "unlink", step(Path.unlink))
        with pytest.raises(PermissionError):
            write({tmp_path / "one.txt": b"1", tmp_path / "two.txt": b"2"}, stale=[tmp_path / "stale.txt"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one.txt": b"old", "stale.txt": b"stale"}
    write({tmp_path / "one.txt": b"1", tmp_path / "two.txt": b"2"}, stale=[tmp_path / "stale.txt", tmp_path / "none.txt"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"one.txt": b"1", "two.txt": b"2"}


def test_a_report_of_an_earlier_run_does_not_stay_beside_a_file_that_lost_nothing(run, tmp_path):
    for name in ("one-losses.csv", "quiz-losses.csv", "quiz-originals.txt"):
        (tmp_path / name).write_text("old", encoding="utf-8")
    assert run("export", "quizzes/bank/guide-one-choice.yml", "--format", "moodle", "--out", str(tmp_path / "one.xml")).returncode == 0
    first = QUIZ.split("  <question type=\"description\">")[0]
    assert run("import", str(quiz(tmp_path, first + "</quiz>")), "--format", "moodle", "--out", str(tmp_path / "quiz.yml")).returncode == 0
    assert names(tmp_path) == ["one.xml", "quiz-losses.csv", "quiz.xml", "quiz.yml"]
    assert rows(tmp_path / "quiz-losses.csv")[0] == ["file", "question", "place", "lost", "instead"]


def test_the_guide_says_what_becomes_of_every_type_in_every_format():
    page = (ROOT / "chapters" / "authors" / "exchange.md").read_text(encoding="utf-8")
    assert table() in page, f"chapters/authors/exchange.md lacks this table:\n{table()}"


def test_the_guide_names_every_kind_of_question_that_is_read():
    page = (ROOT / "chapters" / "authors" / "exchange.md").read_text(encoding="utf-8")
    (kinds,) = re.findall(r"^\| `moodle` \| (.*) \|$", page, re.MULTILINE)
    assert set(re.findall(r"[a-z]+", kinds)) - {"the", "plugins", "and"} == KINDS.keys() - {"match", "multianswer"}  # older names of matching and cloze
