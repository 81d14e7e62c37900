"""Marking as a table operation gives the marks of the bank, each distinct answer marked once, on pandas and on Dask."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
from pathlib import Path

import dask.dataframe as dd
import pandas as pd
import pytest
from a_class import hand_in
from bare_page import ROOT, guide_bank
from test_answers import an_answer

from quizzes.classroom import mark_table
from quizzes.types.one_choice import QuestionType as OneChoice

CLUSTER = """
import sys
import dask
import dask.dataframe as dd
from dask.distributed import Client, LocalCluster
from quizzes import load_bank
from quizzes.classroom import mark_table

if __name__ == "__main__":
    bank, answers, points = sys.argv[1:]
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, Client(cluster) as client:
        assert len({worker["pid"] for worker in client.run(lambda: {"pid": __import__("os").getpid()}).values()}) == 2
        mark_table(dd.read_parquet(answers), load_bank(bank)).to_parquet(points)
"""


def frame_of(assignment, students: int = 60) -> pd.DataFrame:
    given = [hand_in(assignment, n)["answers"] for n in range(students)]
    return pd.DataFrame({id_: [json.dumps(one[id_]) if id_ in one else None for one in given] for id_ in assignment.specification.questions})


def test_every_cell_has_the_mark_of_its_answer(monday):
    frame = frame_of(monday)
    points = mark_table(frame, monday.bank)
    assert list(points.columns) == list(frame.columns) and points.index.equals(frame.index) and set(points.dtypes.astype(str)) == {"float64"}
    for question in monday.questions:
        assert points[question.id].tolist() == [question.mark(hand_in(monday, n)["answers"].get(question.id)).points for n in range(60)]


def test_every_type_of_question_can_be_marked(tmp_path):
    bank = guide_bank()
    frame = pd.DataFrame({question.id: [json.dumps(an_answer(question)), "null", None] for question in bank}, index=["a", "b", "c"])
    points = mark_table(frame, bank)
    for question in bank:
        assert points[question.id].tolist() == [question.mark(an_answer(question)).points, 0, 0]


def test_each_distinct_answer_is_marked_once(monday, monkeypatch):
    judged = []
    judge = OneChoice.judge
    monkeypatch.setattr(OneChoice, "judge", lambda self, answer: judged.append(answer) or judge(self, answer))
    ids = monday.bank["q0"].ids
    mark_table(pd.DataFrame({"q0": [json.dumps(random.Random(n).choice(ids)) for n in range(1000)]}), monday.bank)
    assert sorted(judged) == sorted(ids)


@pytest.mark.parametrize("cell", ["no JSON", '{"a": 1}', '"no-such-choice"', "[" * 100_000, ""])
def test_what_is_no_answer_is_missing_and_stops_nothing(monday, cell):
    points = mark_table(pd.DataFrame({"q0": [cell, None], "remark": ["kept out", ""]}), monday.bank)
    assert points["q0"].isna().tolist() == [True, False] and list(points.columns) == ["q0"]


def test_a_frame_of_something_else_is_refused(monday):
    with pytest.raises(KeyError) as said:
        mark_table(pd.DataFrame({"name": ["Ana"]}), monday.bank)
    assert said.value.args[0] == "found columns name; accepted: a column a question, like q0"


@pytest.mark.parametrize("dtype", ["object", "str", "category"])
def test_any_way_to_hold_text_will_do(monday, dtype):
    frame = frame_of(monday, 20)
    pd.testing.assert_frame_equal(mark_table(frame.astype(dtype), monday.bank), mark_table(frame, monday.bank))


def test_every_question_can_be_sent_to_another_process():
    for question in guide_bank():
        answer = an_answer(question)
        question.mark(answer)
        sent = pickle.loads(pickle.dumps(question))
        assert sent.model_dump() == question.model_dump() and sent.mark(answer) == question.mark(answer)


def test_dask_gives_what_pandas_gives(monday):
    frame = frame_of(monday)
    lazy = mark_table(dd.from_pandas(frame, npartitions=3), monday.bank)
    assert list(lazy.columns) == list(frame.columns) and set(lazy.dtypes.astype(str)) == {"float64"}
    pd.testing.assert_frame_equal(lazy.compute(scheduler="synchronous"), mark_table(frame, monday.bank))


def test_two_worker_processes_mark_from_parquet_to_parquet(monday, tmp_path):
    frame = frame_of(monday)
    (tmp_path / "answers").mkdir()
    for part in range(4):
        frame[part * 15:part * 15 + 15].to_parquet(tmp_path / "answers" / f"part-{part}.parquet")
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER, encoding="utf-8")
    done = subprocess.run([sys.executable, script, monday.keep / "key.yml", tmp_path / "answers", tmp_path / "points"], cwd=ROOT, capture_output=True, text=True, timeout=300,
                          env={"PYTHONPATH": str(ROOT), "PATH": str(Path(sys.executable).parent), "HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "points").rename_axis(None), mark_table(frame, monday.bank))
