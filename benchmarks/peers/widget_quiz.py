"""A quiz of plain ipywidgets, as a teacher writes one. Copied beside a stock book's notebook.

Reads the same JSON files as jupyterquiz, so that both show the same questions.
"""

import html
import json
import re
from pathlib import Path

import ipywidgets as widgets

WIDE = widgets.Layout(width="auto")


def widget_quiz(file):
    """One box for every question of a file: prompt, inputs, Check, feedback."""
    return widgets.VBox([question_box(question) for question in json.loads(Path(file).read_text(encoding="utf-8"))])


def question_box(question):
    inputs, feedback_for = {"multiple_choice": radio, "many_choice": checkboxes, "numeric": number}[question["type"]](
        question["answers"])
    check, said = widgets.Button(description="Check"), widgets.HTML()

    def mark(_):
        said.value = feedback_for()

    check.on_click(mark)
    return widgets.VBox([widgets.HTML(question["question"]), inputs, check, said])


def radio(answers):
    box = widgets.RadioButtons(options=[(plain(a["answer"]), n) for n, a in enumerate(answers)], index=None, layout=WIDE)
    return box, lambda: "Choose one." if box.value is None else answers[box.value]["feedback"]


def checkboxes(answers):
    boxes = [widgets.Checkbox(description=plain(a["answer"]), indent=False, layout=WIDE) for a in answers]
    return widgets.VBox(boxes), lambda: "<br>".join(a["feedback"] for a, box in zip(answers, boxes) if box.value)


def number(answers):
    box = widgets.FloatText()

    def feedback():
        for answer in answers:
            low, high = answer.get("range", [answer.get("value")] * 2)
            if low is None or low <= box.value <= high:
                return answer["feedback"]

    return box, feedback


def plain(text):
    return html.unescape(re.sub("<[^>]+>", "", text))
