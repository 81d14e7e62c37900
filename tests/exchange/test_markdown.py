"""HTML of others as Markdown: what was written is read, what could run is left out, and our own comes back as it was."""

from __future__ import annotations

import time
from html import escape
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.exchange.markdown import Tangled, from_plain, to_line, to_markdown
from quizzes.text import block, inline

ROOT = Path(__file__).parent.parent.parent
BANKS = sorted((ROOT / "quizzes" / "bank").glob("*.yml"))
TEXT = st.text(st.sampled_from("ab1 \n*_`~[]()<>#|-+=\\!&;:.{}ışЖ"), max_size=40) | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Co", "Zs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"))


def texts(value: object) -> set[str]:
    if isinstance(value, dict | list):
        return {text for part in (value.values() if isinstance(value, dict) else value) for text in texts(part)}
    return {value} if isinstance(value, str) else set()


def shown(html: str) -> str:
    return " ".join(html.striptags().split())


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_every_text_of_the_book_comes_back_as_it_was(path):
    for text in texts(yaml.safe_load(path.read_text(encoding="utf-8"))):
        for render, read in ((block, to_markdown), (inline, to_line)):
            back = read(render(text))
            assert (render(back.text), back.lost) == (render(text), ())


@given(TEXT)
@settings(max_examples=400, deadline=None)
def test_any_text_is_shown_as_it_stands(text):
    assert shown(block(from_plain(text))) == " ".join(text.split())
    assert shown(inline(to_line(escape(text)).text)) == " ".join(text.split())


@pytest.mark.parametrize(("html", "markdown"), [
    pytest.param("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\\\nlines", id="paragraphs"),
    pytest.param("<b> bold </b>and<i>italics</i>", "**bold** and*italics*", id="spaces outside of emphasis"),
    pytest.param("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n  1. c", id="lists in lists"),
    pytest.param("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n+ b", id="two lists"),
    pytest.param('<ol start="3"><li>c</li></ol>', "3. c", id="numbers"),
    pytest.param("<table><tr><th>a|b</th></tr><tr><td>c</td></tr></table>", "| a\\|b |\n| --- |\n| c |", id="a table"),
    pytest.param("<table><caption>Gas</caption><tr><td>a<td>b</table>", "Gas\n\n| ab | b |\n| --- | --- |", id="cells without an end"),
    pytest.param("<table><caption>Gas</caption><tr><table><tr><td>a</td></tr></table></tr></table>", "Gas\n\n| a |\n| --- |", id="a table without cells"),
    pytest.param("<pre>x = 1\ny</pre>", "```\nx = 1\ny\n```", id="code"),
    pytest.param("<code>a`b</code>", "``a`b``", id="a backtick in code"),
    pytest.param("<h2>Head</h2><blockquote>said</blockquote><hr>", "## Head\n\n> said\n\n***", id="other blocks"),
    pytest.param('<a href="https://example.org/a(b)">x</a>', "[x](<https://example.org/a(b)>)", id="a link"),
    pytest.param("1. one\n- two\n# three", "1\\. one\n\\- two\n\\# three", id="what would begin a list or a heading"),
    pytest.param("2 * 3 * 4 and snake_case and _x_", "2 \\* 3 \\* 4 and snake_case and \\_x\\_", id="signs"),
])
def test_what_markdown_can_say_is_kept(html, markdown):
    assert to_markdown(html).text == markdown


@pytest.mark.parametrize(("html", "text", "lost"), [
    pytest.param("a<script>run()</script>b", "ab", ("script",), id="a script"),
    pytest.param('<img src=x onerror="run()" alt="A map">', "A map", ("img",), id="a picture"),
    pytest.param('<a href="javascript:run()">x</a>', "x", ("a link to javascript:run()",), id="a link that runs"),
    pytest.param('<a href="https://example.org/a b">x</a>', "x", ("a link to https://example.org/a b",), id="a broken link"),
    pytest.param("H<sub>2</sub>O", "H2O", ("sub",), id="small letters"),
    pytest.param('<table><tr><td colspan="2">a</td></tr></table>', "| a |\n| --- |", ("cells over several rows or columns",), id="wide cells"),
    pytest.param("<table><tr><th>a</th></tr><tr><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>", "| a |\n| --- |\n| b, c |",
                 ("lists, tables and headings in a line",), id="a table in a table"),
    pytest.param("<b>“x”</b>y", "“x”y", ("emphasis",), id="emphasis that Markdown would not show"),
    pytest.param("<svg><script>run()</script></svg><iframe src='x'></iframe>", "", ("svg", "iframe"), id="drawings and frames"),
    pytest.param("a&#7;<code>b&#127;</code>", "a`b`", ("characters that are no text",), id="a bell"),
    pytest.param("a<!-- note --><?php run() ?>b", "ab", (), id="notes"),
])
def test_what_it_cannot_say_or_must_not_run_is_left_out_and_named(html, text, lost):
    converted = to_markdown(html)
    assert (converted.text, converted.lost) == (text, lost)
    assert "<script" not in block(converted.text) and "javascript:" not in block(converted.text)


def test_in_a_line_blocks_become_lines():
    assert to_line("<p>One</p><p>two</p>").text == "One\\\ntwo"
    converted = to_line("<ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table>")
    assert (converted.text, converted.lost) == ("a\\\nb\\\nc, d", ("lists, tables and headings in a line",))


def test_html_nested_deeper_than_any_text_is_refused():
    with pytest.raises(Tangled, match="HTML nested too deep"):
        to_markdown("<div>" * 5000 + "x")


@pytest.mark.parametrize("level", ["<table><tr><td>{}</td><td>b</td></tr></table>", "<table><tr><td><table><caption>{}</caption></table></td></tr></table>",
                                   "<table><tr><td>a<td>b<tr><td>{}</table>"])
def test_tables_in_tables_take_no_longer_than_their_text(level):
    html = "x"
    for _ in range(30):
        html = level.format(html)
    start = time.perf_counter()
    assert len(to_markdown(html).text) < 10_000 and len(to_line(html).text) < 10_000
    assert time.perf_counter() - start < 10
