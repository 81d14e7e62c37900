"""`python -m quizzes`: what an author, a teacher or a script asks of the engine on a command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from quizzes.bank import Bank, Fault, Faulty, load_bank, schema
from quizzes.model import Refused

BANKS = Path(__file__).parent / "bank"


def parser() -> argparse.ArgumentParser:
    """The commands and their words."""
    top = argparse.ArgumentParser(prog="python -m quizzes", description="Check banks of questions and mark answers.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="report every fault of the banks", epilog=_example("check quizzes/bank/diplomacy.yml"),
                                description="Report every fault of the banks as file:line: found ...; accepted ...")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="banks; all of the book's without any")
    check.set_defaults(run=_check)

    mark = commands.add_parser("mark", help="mark one answer", epilog=_example("mark quizzes/bank/diplomacy.yml platform-chair '\"fidan\"'"),
                               description="Mark one answer and print the mark as JSON.")
    mark.add_argument("bank", type=Path, metavar="BANK", help="the bank's file")
    mark.add_argument("id", metavar="ID", help="the question's id")
    mark.add_argument("answer", metavar="ANSWER", help='JSON: "id", ["id", "id"], true, 12.5, "12,5" or null')
    mark.set_defaults(run=_mark)

    shape = commands.add_parser("schema", help="print the JSON Schema of a bank", epilog=_example("schema > quizzes/bank.schema.json"),
                                description="Print the JSON Schema of a bank, with which an editor completes and checks one.")
    shape.set_defaults(run=_schema)
    return top


def _example(line: str) -> str:
    return f"example: python -m quizzes {line}"


def _check(options: argparse.Namespace) -> None:
    files = options.files or sorted(BANKS.glob("*.yml"))
    faults, asked = [], 0
    for file in files:
        try:
            asked += len(load_bank(file))
        except Faulty as error:
            faults += error.faults
        except OSError as error:
            faults.append(Fault(file.as_posix(), 1, _unreadable(error)))
    if not files:
        raise ValueError(f"{BANKS}: found no bank; accepted: a bank or more, *.yml")
    if faults:
        raise Faulty(faults)
    print(f"{asked} questions in {len(files)} {'bank' if len(files) == 1 else 'banks'}: no fault")


def _mark(options: argparse.Namespace) -> None:
    question = _load(options.bank)[options.id]
    try:
        answer = json.loads(options.answer)
    except (ValueError, RecursionError):
        raise ValueError(f"answer: found {options.answer[:60]}; accepted: JSON, like \"id\" or 12.5") from None
    print(json.dumps(question.mark(answer).as_json(), ensure_ascii=False))


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
        options.run(options)
    except KeyError as error:
        print(error.args[0], file=sys.stderr)
    except (Faulty, Refused, ValueError) as error:
        print(error, file=sys.stderr)
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
