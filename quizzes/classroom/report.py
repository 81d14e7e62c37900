"""The item report: which questions worked, as a page with charts and as tables."""

from __future__ import annotations

from markupsafe import Markup

from quizzes.classroom.analysis import FEW, TOO_FEW, Analysis, Item, flags
from quizzes.classroom.csvs import to_csv
from quizzes.classroom.grading import Grading
from quizzes.classroom.pages import page
from quizzes.classroom.words import ITEM_FIGURES, REPORT, TEST_FIGURES, counted
from quizzes.text import stem

BAR = Markup('<rect class="mark" x="{x}" y="{y}" width="{width}" height="{height}"><title>{title}</title></rect>')
LABEL = Markup('<text x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>')
DOT = Markup('<circle class="mark" cx="{x}" cy="{y}" r="5"><title>{title}</title></circle>')
LINE = Markup('<path class="line" d="{}"/>')
SVG = Markup('<figure><svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{label}">{inside}</svg><figcaption>{label}</figcaption></figure>')
ROW = Markup('<tr><th scope="row">{}</th><td class="number">{}</td><td>{}</td></tr>')
CHOSEN = Markup('<tr><th scope="row" dir="auto">{text}{key}</th>{cells}</tr>')
CELL = Markup('<td class="number">{percent} <span class="track"><span class="bar" style="width:{width}px"></span></span></td>')


def report_page(grading: Grading, analysis: Analysis) -> bytes:
    title = REPORT["title"].replace("{title}", grading.assignment.specification.title)
    if not analysis.items:
        return page(title, Markup("<p>{}</p>").format(REPORT["nobody"]))
    found = flags(analysis)
    notes = Markup().join(Markup("<p>{}</p>").format(note) for note in _notes(analysis))
    parts = [notes, _section("flags", _flags(analysis, found)), _section("test", _test(analysis)), _section("distribution", _histogram(analysis)),
             _section("map", _map(analysis)), _section("questions", Markup().join(_question(item, found.get(item.question.id, [])) for item in analysis.items)),
             _section("formulas", _formulas())]
    return page(title, Markup().join(parts))


def _section(name: str, inside: Markup) -> Markup:
    return Markup("<section><h2>{}</h2>\n{}</section>\n").format(REPORT[name], inside)


def _notes(analysis: Analysis) -> list[str]:
    notes = [counted(analysis.students, "student", "students")]
    if analysis.students < FEW:
        notes.append(REPORT["few"])
    if analysis.students < TOO_FEW:
        notes.append(REPORT["too-few"])
    if analysis.left_out:
        notes.append(REPORT["left-out"].replace("{ids}", ", ".join(analysis.left_out)))
    return notes


def _flags(analysis: Analysis, found: dict[str, list[str]]) -> Markup:
    if not found:
        return Markup("<p>{}</p>").format(REPORT["no-flags"])
    lines = Markup().join(Markup('<li><a href="#{0}">{1}. {0}</a>: {2}</li>').format(item.question.id, item.number, " ".join(found[item.question.id]))
                          for item in analysis.items if item.question.id in found)
    return Markup("<ul>{}</ul>").format(lines)


def _test(analysis: Analysis) -> Markup:
    rows = Markup().join(ROW.format(name, _figure(analysis.figures[figure], 3 if "alpha" in figure else 2), says) for figure, (name, says) in TEST_FIGURES.items())
    return Markup('<div class="scroll"><table>{}</table></div>').format(rows)


def _figure(value: float | None, digits: int = 2) -> str:
    if value is None:
        return REPORT["not-there"]
    return str(value) if isinstance(value, int) else f"{value + 0.0:.{digits}f}"


def _histogram(analysis: Analysis) -> Markup:
    most, width = max(analysis.histogram, default=0) or 1, 48
    inside = Markup()
    for n, count in enumerate(analysis.histogram):
        height = round(120 * count / most)
        inside += BAR.format(x=20 + n * width, y=140 - height, width=width - 6, height=height, title=f"{n * 10}-{n * 10 + 10} %: {count}")
        inside += LABEL.format(x=20 + n * width + width // 2 - 3, y=134 - height, anchor="middle", text=count)
        inside += LABEL.format(x=20 + n * width, y=156, anchor="middle", text=n * 10)
    inside += LABEL.format(x=20 + 10 * width, y=156, anchor="middle", text="100 %")
    return SVG.format(width=540, height=165, label=REPORT["distribution-read"], inside=inside)


def _map(analysis: Analysis) -> Markup:
    """Facility to the right, corrected item-total r upwards; the table of every question has the same figures."""
    def across(facility: float) -> float:
        return round(40 + 440 * facility, 1)

    def down(r: float) -> float:
        return round(170 - 150 * max(-0.4, min(1.0, r)), 1)

    inside = LINE.format(f"M40 {down(1)}V{down(-0.4)}") + LINE.format(f"M40 {down(0)}H480")
    for r in (-0.4, 0, 0.5, 1):
        inside += LABEL.format(x=34, y=down(r) + 4, anchor="end", text=f"{r:g}")
    for share in (0, 25, 50, 75, 100):
        inside += LABEL.format(x=across(share / 100), y=down(-0.4) + 18, anchor="middle", text=f"{share} %")
    drawn = [(item, across(item.facility), down(item.item_rest)) for item in analysis.items if item.item_rest is not None]
    taken = [(x, y + 4) for _, x, y in drawn]  # a dot covers what a number on it would
    for item, x, y in drawn:
        taken.append(_free(x, y, taken))
        inside += DOT.format(x=x, y=y, title=f"{item.question.id}: {100 * item.facility:.0f} %, r {item.item_rest:.2f}")
        inside += LABEL.format(x=taken[-1][0], y=taken[-1][1], anchor="middle", text=item.number)
    return SVG.format(width=540, height=255, label=REPORT["map-read"], inside=inside)


def _free(x: float, y: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """A place for a number above or below its dot, where neither another number nor a dot is; right above it where all are taken."""
    places = [(x, round(y + up, 1)) for step in range(1, 7) for up in (-9 - 12 * (step - 1), 18 + 12 * (step - 1))]
    return next(((at, line) for at, line in places if all(abs(at - other) > 16 or abs(line - height) > 11 for other, height in taken)), places[0])


def _question(item: Item, found: list[str]) -> Markup:
    first, _ = stem(item.question.prompt)
    said = Markup().join(Markup('<p class="flag">{}</p>').format(line) for line in found)
    values = {"facility": item.facility, "deviation": item.deviation, "item_rest": item.item_rest, "upper_lower": item.upper_lower, "efficiency": item.efficiency,
              "unanswered": item.unanswered, "seconds": item.seconds}
    head = Markup().join(Markup('<th scope="col">{}</th>').format(ITEM_FIGURES[name][0]) for name in values)
    cells = Markup().join(Markup('<td class="number">{}</td>').format(_figure(value)) for value in values.values())
    return Markup('<article id="{id}" lang="{language}"><h3>{number}. {id}</h3><p dir="auto">{stem}</p><div lang="en">{said}'
                  '<div class="scroll"><table><tr>{head}</tr><tr>{cells}</tr></table></div>{chosen}</div></article>\n').format(
                      id=item.question.id, language=item.question.language, number=item.number, stem=first, said=said, head=head, cells=cells, chosen=_chosen(item))


def _chosen(item: Item) -> Markup:
    if not item.answers:
        return Markup()
    names = ("all", "top", "middle", "bottom")
    head = Markup().join(Markup('<th scope="col">{}</th>').format(REPORT[name]) for name in ("answer", *names))
    rows = Markup().join(CHOSEN.format(
        text=answer.text, key=Markup(" <small>({})</small>").format(REPORT["key"]) if answer.key else "",
        cells=Markup().join(CELL.format(percent=f"{getattr(answer, name):.0f}", width=round(getattr(answer, name) * 0.6)) for name in names)) for answer in item.answers)
    return Markup('<div class="scroll"><table><caption>{}</caption><tr>{}</tr>{}</table></div>').format(REPORT["chosen"], head, rows)


def _formulas() -> Markup:
    return Markup("<dl>{}</dl>").format(Markup().join(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in ITEM_FIGURES.values()))


def items_csv(analysis: Analysis) -> bytes:
    """A row a question: shares and correlations as such, and Moodle's three in per cent as its report shows them."""
    found = flags(analysis)
    head = ["number", "question", "type", "points", "facility", "sd", "item_rest_r", "upper_lower_27", "moodle_facility_index", "moodle_discrimination_index",
            "moodle_discriminative_efficiency", "unanswered", "median_seconds", "flags"]
    rows = [[item.number, item.question.id, item.question.type, item.question.points, *map(_exact, (
        item.facility, item.deviation, item.item_rest, item.upper_lower, 100 * item.facility, _hundred(item.item_rest), _hundred(item.efficiency), item.unanswered, item.seconds)),
             " ".join(found.get(item.question.id, []))] for item in analysis.items]
    return to_csv(head, rows)


def options_csv(analysis: Analysis) -> bytes:
    rows = [[item.question.id, answer.text.striptags(), answer.key, *map(_exact, (answer.all, answer.top, answer.middle, answer.bottom))]
            for item in analysis.items for answer in item.answers]
    return to_csv(["question", "answer", "key", "all_percent", "top_third_percent", "middle_third_percent", "bottom_third_percent"], rows)


def figures_csv(analysis: Analysis) -> bytes:
    return to_csv(["figure", "value", "what it is"], [[name, _exact(analysis.figures[figure]), says] for figure, (name, says) in TEST_FIGURES.items()])


def _hundred(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _exact(value: float | None) -> float | None:
    """Six decimals, and no minus before a zero."""
    return None if value is None else round(value, 6) + 0.0
