"""Text that would run if it could: in every field of a bank, and typed by a reader. It is shown, and never runs."""

from __future__ import annotations

import json

from bare_page import PAGE

from quizzes import front_end, load_bank
from quizzes.drawing import draw_quiz
from quizzes.text import block

BANG = "window.ran = true"
HOSTILE = [
    f"<script>{BANG}</script>", f"<ScRiPt >{BANG}</sCrIpT>", f"<scr<script>ipt>{BANG}</script>", f"<svg><script>{BANG}</script></svg>",
    f"<img src=x onerror=\"{BANG}\">", f"<img src=x onerror={BANG.replace(' ', '')}//", f"<svg onload=\"{BANG}\">", f"<svg/onload='{BANG}'>", f"<body onload=\"{BANG}\">",
    f"<input autofocus onfocus=\"{BANG}\">", f"<details open ontoggle=\"{BANG}\">", f"<video><source onerror=\"{BANG}\"></video>", f"<math><mi//xlink:href=\"javascript:{BANG}\">",
    f"<iframe src=\"javascript:{BANG}\"></iframe>", f"<iframe srcdoc=\"<script>parent.{BANG}</script>\"></iframe>", f"<object data=\"javascript:{BANG}\"></object>",
    f"<embed src=\"javascript:{BANG}\">", f"<form action=\"javascript:{BANG}\"><button>x</button></form>", f"<a href=\"javascript:{BANG}\">x</a>", f"<base href=\"javascript:{BANG}//\">",
    f"<meta http-equiv=\"refresh\" content=\"0;url=javascript:{BANG}\">", f"<link rel=\"stylesheet\" href=\"data:text/css,*{{}}\" onload=\"{BANG}\">", f"<style onload=\"{BANG}\"></style>",
    f"[x](javascript:{BANG})", f"[x](JaVaScRiPt:{BANG})", f"[x](java\tscript:{BANG})", f"[x](  javascript:{BANG})", f"[x](&#106;avascript:{BANG})", f"[x](\\x01javascript:{BANG})",
    f"[x](vbscript:{BANG})", f"[x](data:text/html,<script>{BANG}</script>)", f"<javascript:{BANG}>", f"[x]: javascript:{BANG}\n\n[x]", f"![x](javascript:{BANG})",
    f"![x](x\" onerror=\"{BANG})", f"[x](https://example.org\" onmouseover=\"{BANG})", f"[x](https://example.org '\" autofocus onfocus=\"{BANG}')", f"`<img src=x onerror={BANG}>`",
    f"</script><script>{BANG}</script>", f"</textarea><script>{BANG}</script>", f"</legend></fieldset></form><script>{BANG}</script>", f"\"><script>{BANG}</script>", f"'-{BANG}-'", "{{constructor.constructor('window.ran=true')()}}",
    f"<!--><script>{BANG}</script>-->", f"<![CDATA[<script>{BANG}</script>]]>", f"\u003cscript\u003e{BANG}\u003c/script\u003e", f"&lt;script&gt;{BANG}&lt;/script&gt;", f"<p style=\"background:url(javascript:{BANG})\">",
    f"| a |\n|---|\n| <img src=x onerror={BANG}> |", f"```\n<script>{BANG}</script>\n```", f"<noscript><p title=\"</noscript><img src=x onerror={BANG}>\">",
]
FOUND = """() => ({
  ran: window.ran === true,
  elements: [...document.querySelectorAll('.quiz :is(script:not(.quiz-data), iframe, img, object, embed, base, meta, link, style, video, math)')].map((one) => one.outerHTML),
  handlers: [...document.querySelectorAll('.quiz *')].flatMap((one) => [...one.attributes].filter((a) => a.name.startsWith('on') || a.name === 'srcdoc').map((a) => a.name)),
  addresses: [...document.querySelectorAll('.quiz :is([href], [src], [action])')].map((one) => one.getAttribute('href') ?? one.getAttribute('src') ?? one.action)
    .filter((address) => !/^(https?:|mailto:|#|[^:]*$)/i.test(address)),
})"""
ANSWER_ALL = """(texts) => {
  [...document.querySelectorAll('.quiz')].forEach((quiz, n) => quiz.querySelectorAll('form').forEach((form) => {
    const box = form.querySelector('.quiz-inputs :is(input, select, textarea)');
    if (box.type === 'radio' || box.type === 'checkbox') box.click();
    else if (box.type === 'select-one') box.selectedIndex = 1;
    else box.value = texts[n].slice(0, 90); // what a reader types is shown again, too
    box.dispatchEvent(new Event('input', { bubbles: true }));
    form.requestSubmit();
    form.querySelectorAll('details').forEach((one) => { one.open = true; });
  }));
  return document.querySelectorAll('.quiz-state').length;
}"""
NOTHING = {"ran": False, "elements": [], "handlers": [], "addresses": []}


def hostile_bank(folder, number: int, text: str):
    shared = {"group": "first", "objective": "ask", "level": "apply", "prompt": text, "explanation": text, "sources": [text]}
    says = {"right": text, "wrong": text}
    questions = [
        {"id": "one", "type": "one-choice", "choices": [{"id": "a", "text": text, "feedback": text, "correct": True}, {"id": "b", "text": "b", "feedback": text}]},
        {"id": "typed", "type": "short-text", "answer": "Ankara", "feedback": says},
        {"id": "pairs", "type": "match", "pairs": [{"id": "a", "text": text, "match": text, "feedback": text}, {"id": "b", "text": "b", "match": "c", "feedback": text}],
         "distractors": ["d"]},
        {"id": "gaps", "type": "cloze", "text": f"{{a}}\n\n{text.replace('{', '(').replace('}', ')')}", "gaps": [{"id": "a", "type": "text", "answer": "x", "feedback": says}]},
        {"id": "bars", "type": "hotspot", "answer": "a", "feedback": {"other": text, "a": text},
         "bars": {"caption": text, "items": [{"id": "a", "label": text, "value": 1}, {"id": "b", "label": text, "value": 2}]}},
        {"id": "own", "type": "open-answer", "model": text, "rubric": [{"id": "a", "text": text}]},
    ]
    bank = {"title": text, "objectives": {"ask": text}, "sections": {"first": {"title": text, "address": "#x"}}, "questions": [question | shared for question in questions]}
    path = folder / f"hostile-{number}.yml"
    path.write_text(json.dumps(bank), encoding="utf-8")
    return load_bank(path)


def test_no_text_of_a_bank_runs_wherever_it_is_shown(open_page, tmp_path):
    banks = [hostile_bank(tmp_path, n, text) for n, text in enumerate(HOSTILE)]
    quizzes = "".join(draw_quiz(bank, bank, book="test", tools=True) for bank in banks)
    (tmp_path / "page.html").write_text(PAGE.format(css="", script=front_end.script(), quiz=quizzes), encoding="utf-8")
    page = open_page((tmp_path / "page.html").as_uri())
    assert page.evaluate(ANSWER_ALL, HOSTILE) == 6 * len(HOSTILE)
    page.wait_for_timeout(500)
    assert page.evaluate(FOUND) == NOTHING


def test_what_markdown_makes_of_it_holds_no_handler_and_no_address_that_runs(open_page, tmp_path):
    blocks = "".join(f"<div class='quiz'>{block(text)}</div>" for text in HOSTILE)
    (tmp_path / "page.html").write_text(f"<!doctype html><meta charset='utf-8'>{blocks}", encoding="utf-8")
    page = open_page((tmp_path / "page.html").as_uri())
    assert page.locator(".quiz").count() == len(HOSTILE)
    assert page.evaluate(FOUND) == NOTHING


def test_text_that_runs_would_be_found(open_page, tmp_path):
    (tmp_path / "page.html").write_text(f"<!doctype html><div class='quiz'><img src='data:,' onerror='{BANG}'><a href='javascript:{BANG}'>x</a></div>", encoding="utf-8")
    page = open_page((tmp_path / "page.html").as_uri())
    page.wait_for_function("window.ran")
    found = page.evaluate(FOUND)
    assert (found["ran"], found["handlers"], found["addresses"]) == (True, ["onerror"], ["data:,", f"javascript:{BANG}"])
    assert len(found["elements"]) == 1
