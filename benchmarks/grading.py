"""How long grading takes, beside nbgrader and otter-grader, and how long a million submissions take.

    python benchmarks/grading.py
    python benchmarks/grading.py --submissions 100000 --students 5

The same generated answers to the same 20 questions are graded by all, and all must find the same answers right. Prints two Markdown
tables: processor seconds a submission, and the table operation on pandas and on a Dask cluster of two worker processes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "classroom")]  # quizzes and the class made up for its tests are read from the tree

from a_class import answer_of, hand_in, make_assignment, to_bytes  # noqa: E402

from peers import Unavailable, nbgrader, otter, path_of  # noqa: E402
from quizzes.classroom.grading import grade  # noqa: E402
from quizzes.classroom.specification import Assignment, read_assignment  # noqa: E402

CACHE = Path(__file__).parent / ".cache"
PARTS = 8  # files of answers; a worker process takes one after the other
TYPED = 2000  # different answers to a question that is typed

# Each runs in a process of its own, so that its memory can be told apart. Arguments: the key, the answers, the points.
PANDAS = """
import json, resource, sys, time
import pandas as pd
from quizzes import load_bank
from quizzes.classroom import mark_table
key, answers, points = sys.argv[1:]
began = time.perf_counter()
frame = pd.read_parquet(answers)
read = time.perf_counter()
marked = mark_table(frame, load_bank(key))
done = time.perf_counter()
marked.to_parquet(points)
print(json.dumps({"read": read - began, "mark": done - read, "whole": time.perf_counter() - began,
                  "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6}))
"""
DASK = """
import json, os, resource, sys, time
import dask.dataframe as dd
from dask.distributed import Client, LocalCluster
from quizzes import load_bank
from quizzes.classroom import mark_table

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6

if __name__ == "__main__":
    key, answers, points = sys.argv[1:]
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, Client(cluster) as client:
        began = time.perf_counter()
        mark_table(dd.read_parquet(answers), load_bank(key)).to_parquet(points)
        whole = time.perf_counter() - began
        print(json.dumps({"whole": whole, "peak": peak() + sum(client.run(peak).values())}))
"""


def processor_seconds(do: Callable[[], Any]) -> tuple[float, float]:
    """What it took of the processor, in programs that it started too, and of the clock."""
    def used() -> float:
        return sum(spent.ru_utime + spent.ru_stime for spent in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))

    before, began = used(), time.perf_counter()
    do()
    return used() - before, time.perf_counter() - began


def start(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """Run a program to its end; its output. Raises RuntimeError with what it said where it failed."""
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, env=os.environ | environment, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-2000:] or done.stdout[-2000:])
    return done.stdout


def key_of(assignment: Assignment) -> dict[str, Any]:
    return {question.id: answer_of(question, True, random.Random(0)) for question in assignment.questions}


def right_in(assignment: Assignment, handed_in: Sequence[dict[str, Any]]) -> list[int]:
    """How many answers of each the book marks as right."""
    return [sum(question.mark(given.get(question.id)).state == "right" for question in assignment.questions) for given in handed_in]


def compare(folder: Path, students: int) -> None:
    """Ours, nbgrader's and otter-grader's seconds a submission, for the same answers."""
    assignment = make_assignment(folder / "ours")
    many = 50 * students
    submissions = folder / "handed in"
    submissions.mkdir()
    for n in range(many):
        (submissions / f"{n}.json").write_bytes(to_bytes(hand_in(assignment, n)))
    command = [sys.executable, "-m", "quizzes", "grade", assignment.keep.parent, submissions, "--out", folder / "results"]
    rows = [("this book: reading and marking", many, *processor_seconds(lambda: grade(assignment, submissions)), None),
            ("this book: the command, with gradebook, feedback and item report", many, *processor_seconds(lambda: start(command, ROOT)), None)]
    given = [hand_in(assignment, n)["answers"] for n in range(students)]
    key, right = key_of(assignment), right_in(assignment, given)
    for name, measure in (("nbgrader 0.9.6: autograde", _nbgrader), ("otter-grader 7.0.0: run, without a container", _otter)):
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            spent, found = measure(folder, key, given)
            rows.append((name, students, *spent, found == right))
        except (Unavailable, RuntimeError, OSError) as reason:
            print(f"{name}: not run: {reason}", file=sys.stderr)
    ours = rows[0][2] / rows[0][1]
    print("| grading | submissions | processor seconds each | clock seconds each | times ours | same answers right |\n| --- | ---: | ---: | ---: | ---: | --- |")
    for name, number, processor, clock, same in rows:
        print(f"| {name} | {number} | {processor / number:.6f} | {clock / number:.6f} | {processor / number / ours:,.0f} | {'' if same is None else 'yes' if same else 'NO'} |")


def _nbgrader(folder: Path, key: dict[str, Any], given: list[dict[str, Any]]) -> tuple[tuple[float, float], list[float]]:
    program = nbgrader.course(CACHE, folder / "nbgrader", key, given)
    spent = processor_seconds(lambda: start([program, "autograde", "monday"], folder / "nbgrader", PATH=path_of(program)))
    return spent, nbgrader.totals(program, folder / "nbgrader")


def _otter(folder: Path, key: dict[str, Any], given: list[dict[str, Any]]) -> tuple[tuple[float, float], list[float]]:
    commands = otter.course(CACHE, folder / "otter", key, given)
    spent = processor_seconds(lambda: [start(command, folder / "otter", PATH=path_of(command[0])) for command in commands])
    return spent, otter.totals(folder / "otter", len(given))


def write_answers(assignment: Assignment, folder: Path, submissions: int) -> None:
    """Answers of so many students as Parquet, in several files."""
    import numpy as np
    import pandas as pd

    folder.mkdir()
    chance = np.random.default_rng(1)
    for part in range(PARTS):
        rows = submissions * (part + 1) // PARTS - submissions * part // PARTS
        frame = pd.DataFrame({question.id: _pool(question)[chance.integers(0, TYPED, rows)] for question in assignment.questions})
        frame.to_parquet(folder / f"part-{part}.parquet")


def _pool(question: Any) -> Any:
    """Answers to draw from: half of them right, the wrong ones of a typed question all different."""
    import numpy as np

    draw = random.Random(question.id)
    made = [answer_of(question, draw.random() < 0.5, draw) for _ in range(TYPED)]
    if question.type in ("number", "short-text"):
        made = [answer if question.mark(answer).state == "right" else f"{answer}{n}" for n, answer in enumerate(made)]
    return np.array([json.dumps(answer) for answer in made], dtype=object)


def scale(folder: Path, submissions: int) -> None:
    """The table operation on pandas in one process, and on a cluster of two worker processes, from Parquet to Parquet."""
    import pandas as pd

    key = folder / "ours" / "monday" / "keep" / "key.yml"
    print(f"writing {submissions:,} submissions ...", file=sys.stderr, flush=True)
    write_answers(read_assignment(folder / "ours" / "monday"), folder / "answers", submissions)
    found = {}
    for name, script in (("pandas", PANDAS), ("dask", DASK)):
        print(f"{name} ...", file=sys.stderr, flush=True)
        (folder / f"on-{name}.py").write_text(script)
        said = start([sys.executable, folder / f"on-{name}.py", key, folder / "answers", folder / f"points-{name}"], folder, PYTHONPATH=str(ROOT))
        found[name] = json.loads(said.splitlines()[-1])
    one, two = pd.read_parquet(folder / "points-pandas"), pd.read_parquet(folder / "points-dask")
    equal = one.reset_index(drop=True).equals(two.reset_index(drop=True))
    print(f"\n| {submissions:,} submissions of 20 questions | seconds | peak memory, GB |\n| --- | ---: | ---: |")
    print(f"| pandas, one process: mark_table alone | {found['pandas']['mark']:.1f} | |")
    print(f"| pandas, one process: from Parquet to Parquet | {found['pandas']['whole']:.1f} | {found['pandas']['peak']:.2f} |")
    print(f"| Dask, two worker processes: from Parquet to Parquet | {found['dask']['whole']:.1f} | {found['dask']['peak']:.2f} (three processes) |")
    print(f"\nResults of Dask and pandas are {'equal' if equal else 'NOT EQUAL'}.")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--students", type=int, default=10, help="hand-ins that nbgrader and otter-grader grade; 50 times as many are graded here")
    options.add_argument("--submissions", type=int, default=1_000_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder), given.students)
        scale(Path(folder), given.submissions)


if __name__ == "__main__":
    main()
