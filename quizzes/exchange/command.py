"""`python -m quizzes export` and `import`: their words, and what they print. The formats are loaded only when one is called."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizzes.bank import Bank, load_bank
from quizzes.behaviours import manner
from quizzes.lots import paper

if TYPE_CHECKING:
    from quizzes.exchange import Asked, Loss, Made

FORMATS = "{formats}"  # where the help lists them


def add_export(commands: Any, example: Callable[[str], str], banks: Path) -> None:
    """Add the command to those of the command line; `banks` is the folder of the book's own."""
    give = commands.add_parser("export", help="write a bank for another place", formatter_class=argparse.RawDescriptionHelpFormatter, epilog=(
        example("export quizzes/bank/energy.yml --format paper --out energy.html --draw 10 --seed 7") + "\n"
        + example("export --all-formats --out packages")), description=(
        f"Write a bank for another place. What the format cannot say is reported, and written beside the file (...-losses.csv).\n\n{FORMATS}"))
    _list_formats(give, "exporting")
    give.add_argument("banks", type=Path, nargs="*", metavar="BANK", help="the bank's file; with --all-formats as many as wanted, all of the book's without any")
    which = give.add_mutually_exclusive_group(required=True)
    which.add_argument("--format", type=_format("exporting"), metavar="F", help="one of those above")
    which.add_argument("--all-formats", action="store_true", help="every bank in every format, with one report for all: losses.csv")
    give.add_argument("--out", required=True, type=Path, metavar="FILE", help="where to write it; with --all-formats a folder")
    give.add_argument("--strict", action="store_true", help="a loss is an error: write nothing, end with 1")
    give.add_argument("--group", metavar="GROUP", help="the questions of one group; all of the bank's without it")
    give.add_argument("--draw", metavar="N", help="so many of the questions")
    give.add_argument("--shuffle", action="store_true", help="in another order, their choices too where they may be shuffled")
    give.add_argument("--seed", metavar="N", help="which paper: the same seed asks the same questions as on the page; 1 without it")
    give.add_argument("--address", type=_address, metavar="URL", help="where the book stands on the web: cc11, scorm12 and scorm2004 then link to its pages")
    give.add_argument("--pass", dest="mastery", type=_per_cent, metavar="N", help="per cent of the points that are enough to pass, for scorm12 and scorm2004")
    give.set_defaults(run=_export, usage=give.error, book=banks)


def add_import(commands: Any, example: Callable[[str], str]) -> None:
    """Add the command to those of the command line."""
    take = commands.add_parser("import", help="take in questions from another place", formatter_class=argparse.RawDescriptionHelpFormatter,
                               epilog=example("import quiz.xml --format moodle --out quizzes/bank/quiz.yml"), description=(
        "Take in questions from another place as a bank that `check` accepts. What a bank cannot say is reported and written beside it\n"
        "(...-losses.csv), the original text of it too (...-originals.txt). What every question of a bank has and the file says nothing of\n"
        "(objective, level, sources, explanation, feedback) is filled in, for an author to write.\n\n" + FORMATS))
    _list_formats(take, "importing")
    take.add_argument("file", type=Path, metavar="FILE", help="what is taken in")
    take.add_argument("--format", required=True, type=_format("importing"), metavar="F", help="one of those above")
    take.add_argument("--out", required=True, type=Path, metavar="BANK", help="the bank to write")
    take.add_argument("--language", metavar="L", help="the language that the questions are asked in, like tr; as the file says without it, or en")
    take.add_argument("--strict", action="store_true", help="a loss is an error: write nothing, end with 1")
    take.set_defaults(run=_import)


def _list_formats(parser: argparse.ArgumentParser, which: str) -> None:
    """Has the help of a command list the formats, which are loaded only then."""
    def format_help() -> str:
        formats = _formats(which)
        listed = "\n".join(f"  {name:<12} {module.ABOUT}" for name, module in formats.items())
        return argparse.ArgumentParser.format_help(parser).replace(FORMATS, f"formats:\n{listed}")
    parser.format_help = format_help


def _formats(which: str) -> dict[str, Any]:
    from quizzes import exchange

    return getattr(exchange, which)()


def _format(which: str) -> Callable[[str], str]:
    def read(name: str) -> str:
        if name not in (known := _formats(which)):
            raise argparse.ArgumentTypeError(f"found '{name}'; accepted: {', '.join(known)}")
        return name
    return read


def _address(text: str) -> str:
    if not re.match("https?://[^ ]+$", text):
        raise argparse.ArgumentTypeError(f"found '{text}'; accepted: an address that begins with https://")
    return text.rstrip("/") + "/"


def _per_cent(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", text) or float(text) > 100:
        raise argparse.ArgumentTypeError(f"found '{text}'; accepted: a number from 0 to 100")
    return float(text)


def _export(options: argparse.Namespace) -> int:
    if options.all_formats:
        return _export_all(options)
    if len(options.banks) != 1:
        options.usage("--format takes one BANK")
    from quizzes.exchange.moving import export, lines

    (path,) = options.banks
    asked = _asked(options, path)
    with _Writing(options.out):
        made = export(asked, options.format, options.out, strict=options.strict)
    for line in lines(path.name, made.losses):
        print(line, file=sys.stderr)
    print("\n".join(file.as_posix() for file in made.files))
    return 0


def _export_all(options: argparse.Namespace) -> int:
    """Everything is made before anything is written."""
    from quizzes.exchange import write
    from quizzes.exchange.moving import Lossy, lines, table

    banks = options.banks or sorted(options.book.glob("*.yml"))
    files: dict[Path, bytes] = {}
    losses: list[tuple[str, Loss]] = []
    for n, path in enumerate(banks, 1):
        _tell(f"{n} of {len(banks)} banks: {path.name}")
        for out, made in _in_every_format(_asked(options, path), options.out):
            if out in files:
                raise ValueError(f"{path.as_posix()}: found a second bank of this name; accepted: each name once")
            files |= made.files
            losses += [(out.name, loss) for loss in made.losses]
    _tell("")
    if options.strict and losses:
        raise Lossy("\n".join(line for file, loss in losses for line in lines(file, [loss])))
    if losses:
        files[options.out / "losses.csv"] = table(losses)
    with _Writing(options.out):
        options.out.mkdir(parents=True, exist_ok=True)
        write(files, stale=[options.out / "losses.csv"])
    print(f"{len(files)} files, {len(banks)} bank{'' if len(banks) == 1 else 's'}: {options.out.as_posix()}")
    return 0


def _in_every_format(asked: Asked, folder: Path) -> Iterator[tuple[Path, Made]]:
    """Every file to be written, and what is made for it."""
    for name, module in _formats("exporting").items():
        out = folder / f"{asked.bank.name}.{name}{module.SUFFIX}"
        yield out, module.make(asked, out)


def _asked(options: argparse.Namespace, path: Path) -> Asked:
    from quizzes.exchange import Asked

    bank = _load(path)
    questions = bank.pick(group=options.group)
    how = manner({"draw": options.draw, "seed": options.seed, "shuffle": options.shuffle}, len(questions))
    drawn = paper(questions, how.seed, draw=how.draw, shuffle=how.shuffle)
    return Asked(bank=bank, seed=how.seed if how.draws else None, address=options.address or "", mastery=options.mastery,
                 questions=tuple(question.moved(drawn.choices[question.id]) if question.id in drawn.choices else question for question in drawn.questions))


def _load(path: Path) -> Bank:
    try:
        return load_bank(path)
    except OSError as error:
        raise ValueError(f"{path.as_posix()}: found {error.strerror or error}; accepted: a bank's file") from None


def _import(options: argparse.Namespace) -> int:
    from quizzes.exchange.moving import lines, take_in

    with _Writing(options.out):
        read, files = take_in(options.file, options.format, options.out, strict=options.strict, language=options.language)
    for line in lines(options.file.name, read.losses):
        print(line, file=sys.stderr)
    number = len(read.bank["questions"])
    print(f"{number} question{'' if number == 1 else 's'}", *(file.as_posix() for file in files), sep="\n")
    return 0


def _tell(text: str) -> None:
    """A sign of life in one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


class _Writing:
    """Says of what could not be written, and why."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def __enter__(self) -> None:
        pass

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise ValueError(f"{self._out.as_posix()}: found {error.strerror or error}; accepted: a file that can be written") from None
