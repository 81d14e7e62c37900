"""An assignment in a notebook: a widget that keeps the answers beside the notebook and hands them in."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from quizzes import front_end
from quizzes.classroom.notebook import unpack
from quizzes.classroom.specification import HAND_IN
from quizzes.words import words as words_of

DRAFT = "quizzes-draft"
FILE = re.compile(r"[A-Za-z0-9-]{1,200}\.json")


class AssignmentWidget(anywidget.AnyWidget):
    """The questions of an assignment. What is answered is kept in a file beside the notebook, and found again."""

    _esm = front_end.sealed_module()
    _css = front_end.sealed_styles()
    markup = traitlets.Unicode().tag(sync=True)
    kept = traitlets.Dict().tag(sync=True)  # question id -> {answer, ...}; "@who", "@time" and "@handed" beside them
    handed_in = traitlets.Dict().tag(sync=True)  # what was handed in last, and the `file` it goes into
    said = traitlets.Unicode().tag(sync=True)  # what came of it

    def __init__(self, sealed: dict[str, Any], folder: Path) -> None:
        self._sealed, self._folder, self._words = sealed, folder, words_of(sealed["language"])
        draft = self._read_draft()
        super().__init__(markup=sealed["markup"], kept=draft.get("kept", {}), handed_in=draft.get("handed_in", {}))
        self._output, self._keeps = None, True
        self.observe(lambda _: self._write_draft(), "kept")
        self.observe(lambda _: self._hand_in(), "handed_in")

    def show(self) -> None:
        """Lay out what the notebook keeps of a hand-in: an output with it in its metadata, so that it is saved with the notebook."""
        if "file" in self._sealed:  # which is collected with the notebook
            return
        self._output = display(*self._as_output()[:1], raw=True, metadata=self._as_output()[1], display_id=True)

    def begin_file(self) -> None:
        """See that the file is there which the notebook is collected with, before there is an answer in it."""
        self._write_draft()

    def keep_nothing(self) -> None:
        """Write no file from now on: where a teacher tries the answers out, in a folder that students get, or a program marks them."""
        self._keeps = False

    def __getitem__(self, id_: str) -> Any:
        """The answer to a question; None where there is none yet."""
        return self.kept.get(self._known(id_), {}).get("answer")

    def __setitem__(self, id_: str, answer: Any) -> None:
        """Give an answer in Python: it shows in the form, and is kept. `...`, as a template has it, changes nothing. Raises KeyError, TypeError."""
        if answer is not ...:
            self.kept = self.kept | {self._known(id_): {"answer": json.loads(json.dumps(answer))}}

    def _known(self, id_: str) -> str:
        if id_ not in self._sealed["questions"]:
            raise KeyError(f"found question '{id_}'; accepted: {', '.join(self._sealed['questions'])}")
        return id_

    @property
    def _draft(self) -> Path:
        return self._folder / self._sealed.get("file", f".assignment-{self._sealed['id']}.draft.json")

    def _read_draft(self) -> dict[str, Any]:
        """What was kept before; nothing where there is no draft, or none that can be read."""
        try:
            draft = json.loads(self._draft.read_bytes())
            return draft if draft["format"] == DRAFT and isinstance(draft["kept"], dict) and isinstance(draft["handed_in"], dict) else {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return {}

    def _write_draft(self) -> None:
        if not self._keeps:
            return
        try:
            write_whole(self._draft, {"format": DRAFT, "version": 1, "kept": self.kept, "handed_in": self.handed_in})
        except OSError as error:
            self.said = self._words["assignment-not-written"].replace("{why}", str(error.strerror))

    def _hand_in(self) -> None:
        """Write the file of answers, and put the same into the notebook."""
        file = self.handed_in.get("file", "")
        handed = {key: value for key, value in self.handed_in.items() if key != "file"}
        if not FILE.fullmatch(file) or handed.get("format") != HAND_IN:
            return
        self._write_draft()
        try:
            write_whole(self._folder / file, handed)
            said = self._words["assignment-written"].replace("{file}", file)
        except OSError as error:
            said = self._words["assignment-not-written"].replace("{why}", str(error.strerror))
        if self._output:
            data, metadata = self._as_output()
            self._output.update(data, raw=True, metadata=metadata)
        self.said = said

    def _as_output(self) -> tuple[dict[str, str], dict[str, Any]]:
        if not self.handed_in:
            return {"text/plain": self._words["assignment-not-yet"]}, {}
        handed = {key: value for key, value in self.handed_in.items() if key != "file"}
        return {"text/plain": self._words["assignment-holds"].replace("{file}", str(self.handed_in.get("file", "")))}, {HAND_IN: handed}

    def __repr__(self) -> str:  # no address, so that stored notebooks compare equal
        return f"AssignmentWidget('{self._sealed['bank']}', '{self._sealed['id']}')"


def write_whole(file: Path, content: dict[str, Any]) -> None:
    """Write JSON so that a file is never half there."""
    making = file.with_name(f".{file.name}.{os.getpid()}.part")
    making.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(making, file)


def assignment(packed: str) -> AssignmentWidget:
    """The assignment that a notebook carries, as the last line of its cell. Raises ValueError where it was damaged."""
    widget = AssignmentWidget(unpack(packed), Path.cwd())
    widget.show()
    return widget
