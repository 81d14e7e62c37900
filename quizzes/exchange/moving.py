"""A bank written in a format, and a file of a format taken in as a bank: with a report of what was lost, all files or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from quizzes.classroom.csvs import readable, to_csv
from quizzes.exchange import Asked, Loss, Made, Read, exporting, importing, write
from quizzes.exchange.filling import ENTRY, IMPORTED, fill
from quizzes.positions import to_yaml
from quizzes.sources import find_bibliography, load_bibliography

HEAD = ("file", "question", "place", "lost", "instead")


class Lossy(ValueError):
    """What cannot be said in full, where nothing may be lost."""


def lines(file: str, losses: Iterable[Loss]) -> list[str]:
    """A loss report for a terminal: `energy.yml: gas-share: hints: left out`."""
    return [": ".join(filter(None, (file, loss.place, loss.question, _short(loss.lost), _short(loss.instead)))) for loss in losses]


def _short(text: str) -> str:
    text = readable(text).replace("\n", " ")
    return text if len(text) <= 200 else text[:197] + "..."


def table(losses: Iterable[tuple[str, Loss]]) -> bytes:
    """A loss report as CSV; each loss with the file that it was found in."""
    return to_csv(HEAD, ((file, loss.question, loss.place, loss.lost, loss.instead) for file, loss in losses))


def beside(out: Path, name: str) -> Path:
    """Where the loss report of a file is written."""
    return out.with_name(f"{out.stem}-{name}")


def export(asked: Asked, form: str, out: Path, *, strict: bool = False) -> Made:
    """Write questions in a format, with a loss report where there is anything to report; one of an earlier export is removed where there is not.

    Raises Lossy where something is lost and `strict` allows nothing to be, ValueError where it would take the place of a bank or of any other
    file that is no export in this format by its name; raises OSError. Nothing is written then.
    """
    _check_place(out)
    if out.resolve() == asked.bank.path.resolve():
        raise ValueError(f"{out.as_posix()}: found the bank itself; accepted: another file")
    if out.exists() and out.suffix.lower() != (suffix := exporting()[form].SUFFIX):
        raise ValueError(f"{out.as_posix()}: found {out.name}, which is no {form} file; accepted: a file ending in {suffix}")
    made = exporting()[form].make(asked, out)
    _check(asked.bank.path.name, made.losses, strict)
    report = {beside(out, "losses.csv"): table((asked.bank.path.name, loss) for loss in made.losses)} if made.losses else {}
    made = replace(made, files={**made.files, **report})
    write(made.files, stale=[beside(out, "losses.csv")])
    return made


def take_in(source: Path, form: str, out: Path, *, strict: bool = False, language: str | None = None) -> tuple[Read, list[Path]]:
    """Read a file of a format and write it as a bank, with a loss report and the original text of what was lost, or without those of an earlier import.

    Returns what was read and the files. Raises ValueError where the source is at fault or leaves no question, or where a file is there already (it
    may be a bank that somebody wrote); Lossy and OSError as `export` does.
    """
    _check_place(out)
    if out.exists():
        raise ValueError(f"{out.as_posix()}: found a file; accepted: a new one, so that no bank is lost")
    read = importing()[form].read(source)
    if language:
        read = replace(read, bank=read.bank | {"language": language})
    read = fill(read, out)
    read = replace(read, losses=tuple(_placed(loss, read.places) for loss in read.losses))
    _check(source.name, read.losses, strict)
    if not read.bank["questions"]:
        raise ValueError("\n".join((*lines(source.name, read.losses), f"{source.as_posix()}: found no question that a bank can hold; accepted: one or more")))
    files = {out: to_yaml(read.bank).encode()} | _bibliography(read, out)
    if read.losses:
        files[beside(out, "losses.csv")] = table((source.name, loss) for loss in read.losses)
    if kept := _originals(read.losses):
        files[beside(out, "originals.txt")] = kept.encode(errors="backslashreplace")
    write(files, stale=[beside(out, name) for name in ("losses.csv", "originals.txt")])
    return read, list(files)


def _check_place(out: Path) -> None:
    """Raises OSError for a path that cannot be a file's, like `.`, which has no name."""
    if out.resolve().is_dir():
        raise IsADirectoryError(21, "Is a directory", str(out))


def _check(file: str, losses: tuple[Loss, ...], strict: bool) -> None:
    if strict and losses:
        raise Lossy("\n".join(lines(file, losses)))


def _placed(loss: Loss, places: Mapping[str, str]) -> Loss:
    return loss if loss.place else replace(loss, place=places.get(loss.question, ""))


def _originals(losses: Iterable[Loss]) -> str:
    """The text of what was lost, once, under the places where it stood."""
    found: dict[str, list[str]] = {}
    for loss in losses:
        if loss.original:
            found.setdefault(loss.original.strip(), []).append(f"## {': '.join(filter(None, (loss.place, loss.question, loss.lost)))}\n")
    return "\n".join(f"{''.join(heads)}\n{original}\n" for original, heads in found.items())


def _bibliography(read: Read, out: Path) -> dict[Path, bytes]:
    """The bibliography with an entry for what was imported, where a question names it and it has none."""
    path = find_bibliography(out)
    used = any(IMPORTED in question["sources"] for question in read.bank["questions"])
    if path is None or not used or IMPORTED in load_bibliography(path):
        return {}
    return {path: path.read_bytes().rstrip() + b"\n\n" + ENTRY.encode()}
