"""`python -m quizzes`: what an author, a teacher or a script asks of the engine on a command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from quizzes.bank import Bank, Fault, Faulty, load_bank, schema
from quizzes.behaviours import manner
from quizzes.classroom import command as classroom
from quizzes.exchange import command as exchange
from quizzes.flaws import Flaw, find_flaws
from quizzes.model import Refused

BANKS = Path(__file__).parent / "bank"


def parser() -> argparse.ArgumentParser:
    """The commands and their words."""
    top = argparse.ArgumentParser(prog="python -m quizzes", description="Check banks of questions and mark answers.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="report every fault and flaw of the banks", epilog=_example("check quizzes/bank/diplomacy.yml"),
                                description="Report every fault of the banks as file:line: found ...; accepted: ... and every flaw of item "
                                "writing as file:line: warning: found ...; better: ... with the number of the guideline in Haladyna, Downing "
                                "and Rodriguez (2002). Ends with 1 where there is a fault.")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="banks; all of the book's without any")
    check.add_argument("--strict", action="store_true", help="end with 1 where there is a warning, too")
    check.set_defaults(run=_check)

    mark = commands.add_parser("mark", help="mark one answer", epilog=_example("mark quizzes/bank/diplomacy.yml platform-chair '\"fidan\"'"),
                               description="Mark one answer and print the mark as JSON.")
    mark.add_argument("bank", type=Path, metavar="BANK", help="the bank's file")
    mark.add_argument("id", metavar="ID", help="the question's id")
    mark.add_argument("answer", metavar="ANSWER", help='JSON: "id", ["id", "id"], true, 12.5, "12,5" or null')
    mark.set_defaults(run=_mark)

    exchange.add_export(commands, _example, BANKS)
    exchange.add_import(commands, _example)

    assign = commands.add_parser("assign", help="make an assignment to hand out", epilog=_example('assign quizzes/bank/diplomacy.yml --out monday --questions 12 --due 2026-05-08'),
                                 description="Make an assignment of a bank's questions. FOLDER/hand-out has a page and a notebook for the students, "
                                 "who need nothing else and find no key in them; FOLDER/keep has the key, which stays with you.")
    assign.add_argument("bank", type=Path, metavar="BANK", help="the bank's file")
    assign.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="a new folder or an empty one")
    assign.add_argument("--questions", nargs="+", default=(), metavar="N", help='how many questions to draw ("12", or "12 of 30" where the bank has 30), or '
                        "the ids of those that are asked, in their order; all of the bank's that earn points without it")
    assign.add_argument("--group", help="only the questions of this group")
    assign.add_argument("--draw", metavar="N", help="how many of the questions named to draw")
    assign.add_argument("--seed", metavar="N", help="another number draws other questions and another order; 1 without it")
    assign.add_argument("--due", metavar="TIME", help="a day (2026-05-08) or a time (2026-05-08T18:00, of this computer's clock) until which it is to be handed in")
    assign.add_argument("--title", help="what students see as its title; the bank's own without it")
    assign.add_argument("--language", help="the language of all that is not a question, like tr; the bank's own without it")
    assign.add_argument("--for", dest="tool", choices=("nbgrader", "otter"), help="also make a source notebook for nbgrader (FOLDER/keep/nbgrader is a folder "
                        "of a course) or otter-grader (FOLDER/keep/otter); given again, from the key as it was corrected")
    assign.set_defaults(run=_assign)

    classroom.add_grade(commands, _example("grade monday hand-ins.zip --out results"))
    classroom.add_simulate(commands, _example("simulate monday --out hand-ins"))

    shape = commands.add_parser("schema", help="print the JSON Schema of a bank", epilog=_example("schema > quizzes/bank.schema.json"),
                                description="Print the JSON Schema of a bank, with which an editor completes and checks one.")
    shape.set_defaults(run=_schema)
    return top


def _example(line: str) -> str:
    return f"example: python -m quizzes {line}"


def _check(options: argparse.Namespace) -> int:
    files = options.files or sorted(BANKS.glob("*.yml"))
    if not files:
        raise ValueError(f"{BANKS}: found no bank; accepted: a bank or more, *.yml")
    faults: list[Fault] = []
    flaws: list[Flaw] = []
    asked = 0
    for file in files:
        try:
            bank = load_bank(file)
        except Faulty as error:
            faults += error.faults
        except OSError as error:
            faults.append(Fault(file.as_posix(), 1, _unreadable(error)))
        else:
            asked += len(bank)
            flaws += find_flaws(bank)
    for found in sorted([*faults, *flaws], key=lambda one: (one.file, one.line, one.message)):
        print(found, file=sys.stderr)
    read = _counted(len(files), "bank") if faults else f"{_counted(asked, 'question')} in {_counted(len(files), 'bank')}"
    print(f"{read}: {_counted(len(faults), 'fault')}, {_counted(len(flaws), 'warning')}")
    return int(bool(faults or (options.strict and flaws)))


def _counted(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}" + ("s" if number > 1 else "")


def _mark(options: argparse.Namespace) -> None:
    question = _load(options.bank)[options.id]
    try:
        answer = json.loads(options.answer)
    except (ValueError, RecursionError):
        raise ValueError(f"answer: found {options.answer[:60]}; accepted: JSON, like \"id\" or 12.5") from None
    print(json.dumps(question.mark(answer).as_json(), ensure_ascii=False))


def _assign(options: argparse.Namespace) -> None:
    from quizzes.classroom.assign import assign  # draws and packs; other commands need none of it

    how = manner({"draw": options.draw, "seed": options.seed})
    try:
        made = assign(options.bank, options.out, questions=options.questions, group=options.group, draw=how.draw, seed=how.seed,
                      due=options.due, title=options.title, language=options.language, tool=options.tool)
    except OSError as error:
        raise ValueError(f"{options.bank.as_posix()}: {_unreadable(error)}") from None
    about = made.sealed.specification
    for warning in made.warnings:
        print(f"{options.bank.as_posix()}: warning: {warning}", file=sys.stderr)
    if about.until and about.until < datetime.now(UTC):
        print(f"--due: warning: found {about.due}, which has passed; better: a time to come", file=sys.stderr)
    print(f"{_counted(len(about.questions), 'question')}, assignment {about.id}" + (f", due {about.due}" if about.due else ""))
    for name, content in made.files.items():
        print(f"{(options.out / name).as_posix()} ({len(content) / 1000:.0f} kB)" + (": never hand this out" if name.endswith(("key.yml", ".ipynb")) and name.startswith("keep/") else ""))


def _schema(_: argparse.Namespace) -> None:
    print(json.dumps(schema(), indent=2, ensure_ascii=False))


def _load(file: Path) -> Bank:
    try:
        return load_bank(file)
    except OSError as error:
        raise ValueError(f"{file.as_posix()}: {_unreadable(error)}") from None


def _unreadable(error: OSError) -> str:
    return f"found {error.strerror or error}; accepted: a bank's file"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0; 1 where the input is at fault, which is then said; 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except KeyError as error:
        print(error.args[0], file=sys.stderr)
    except (Faulty, Refused, ValueError) as error:
        print(error, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
