from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
import yaml

from quizzes import Faulty, load_bank
from quizzes.bank import schema
from quizzes.types import TYPES

ROOT = Path(__file__).parent.parent
FAULTY = ROOT / "tests" / "banks" / "faulty"
EXPECTED = (ROOT / "tests" / "banks" / "faulty.txt").read_text(encoding="utf-8").replace("{types}", ", ".join(TYPES)).splitlines()


@pytest.mark.parametrize("path", sorted(FAULTY.glob("*.yml")), ids=lambda path: path.stem)
def test_every_fault_of_a_file_is_reported_in_one_go_with_its_line(path):
    with pytest.raises(Faulty) as error:
        load_bank(path)
    found = [str(fault).removeprefix(f"{FAULTY.as_posix()}/") for fault in error.value.faults]
    assert found == [line for line in EXPECTED if line.startswith(f"{path.name}:")]
    assert found


def test_the_expected_messages_belong_to_files_that_exist():
    assert {line.split(":")[0] for line in EXPECTED} == {path.name for path in FAULTY.glob("*.yml")}


def test_a_question_that_does_not_exist_is_answered_with_those_that_do(bank):
    with pytest.raises(KeyError) as error:
        bank["peeple"]
    assert error.value.args[0] == ("bank 'every-type': found question 'peeple'; "
                                   "accepted: one, many, worst, strict, statement, people")


def test_a_group_that_does_not_exist_is_answered_with_those_that_do(bank):
    assert [question.id for question in bank.pick(group="first")] == ["one", "many"]
    with pytest.raises(KeyError) as error:
        bank.pick(group="third")
    assert error.value.args[0] == "bank 'every-type': found group 'third'; accepted: first, second"


def test_a_question_is_asked_in_the_banks_language_unless_it_says_another(tmp_path):
    text = (ROOT / "tests" / "banks" / "every-type.yml").read_text(encoding="utf-8")
    path = tmp_path / "en.yml"
    path.write_text(text.replace("    points: 2\n    answer", "    language: en\n    answer"), encoding="utf-8")
    assert {question.language for question in load_bank(path)} == {"en"}


def test_words_of_yaml_1_1_stay_words(tmp_path):
    text = (ROOT / "tests" / "banks" / "every-type.yml").read_text(encoding="utf-8")
    path = tmp_path / "norway.yml"
    path.write_text(text.replace("id: izmir", "id: no").replace("text: İzmir", "text: 2008-02-17"), encoding="utf-8")
    choice = load_bank(path)["one"].choices[2]
    assert (choice.id, choice.text) == ("no", "2008-02-17")


def test_the_published_schema_is_the_models_own():
    assert json.loads((ROOT / "quizzes" / "bank.schema.json").read_text(encoding="utf-8")) == schema(), \
        "write it anew: python -m quizzes schema > quizzes/bank.schema.json"


def test_an_editor_accepts_the_banks_by_the_schema():
    paths = [*sorted((ROOT / "quizzes" / "bank").glob("*.yml")), ROOT / "tests" / "banks" / "every-type.yml"]
    assert len(paths) > 1
    for path in paths:
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema())


def test_a_question_asked_for_twice_is_refused(bank):
    with pytest.raises(KeyError) as error:
        bank.pick("one", "many", "one")
    assert error.value.args[0] == "bank 'every-type': found question 'one' twice; accepted: each question once"


def test_a_broken_bibliography_is_a_fault_with_its_line(tmp_path):
    shutil.copy(FAULTY / "unknown-source.yml", tmp_path / "bank.yml")
    (tmp_path / "references.bib").write_text("@book{a,\n  title = {A},\n}\n@book{b, title = }\n", encoding="utf-8")
    with pytest.raises(Faulty) as error:
        load_bank(tmp_path / "bank.yml")
    (fault,) = error.value.faults
    assert (Path(fault.file).name, fault.line) == ("references.bib", 4)
    assert str(fault).endswith("; accepted: BibTeX")


def test_a_title_that_is_no_latex_is_a_fault_with_its_line(tmp_path):
    shutil.copy(FAULTY / "unknown-source.yml", tmp_path / "bank.yml")
    (tmp_path / "references.bib").write_text("@misc{a,\n  title = {{A}},\n}\n@misc{b,\n  title = {{Up by 18%}},\n}\n", encoding="utf-8")
    with pytest.raises(Faulty) as error:
        load_bank(tmp_path / "bank.yml")
    (fault,) = error.value.faults
    assert (Path(fault.file).name, fault.line) == ("references.bib", 4)
    assert fault.message == "found the title of 'b', which is no LaTeX (a % is written \\%); accepted: BibTeX"


def test_without_a_bibliography_sources_are_not_checked(tmp_path):
    shutil.copy(FAULTY / "unknown-source.yml", tmp_path / "bank.yml")
    assert load_bank(tmp_path / "bank.yml")["one"].sources == ("constitution-1925",)
