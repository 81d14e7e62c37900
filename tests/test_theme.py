"""What the theme works out for its templates."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from theme import TABLE, _scrolling, about, sections

HEADING = "=" * 20


def page(words: int) -> nodes.document:
    text = "word\n" * words
    return publish_doctree(f"Title\n{HEADING}\n\nOne\n---\n\n{text}\n\n    code that is not read\n\nTwo <b>\n-------\n\nEnd.\n\nThree\n-----\n\nEnd.\n",
                           settings_overrides={"doctitle_xform": False})


@pytest.mark.parametrize(("words", "said"), [(20, ""), (470, "2 minutes to read"), (2380, "10 minutes to read")])
def test_the_time_to_read_is_of_the_words_of_the_text(words, said):
    assert about(page(words)).striptags() == said


def test_the_sections_of_a_page_are_links_to_its_headings():
    assert sections(page(5)) == ('<ul><li><a href="#one">One</a></li><li><a href="#two-b">Two &lt;b&gt;</a></li>'
                                 '<li><a href="#three">Three</a></li></ul>')
    assert sections(None) == ""


def test_a_table_scrolls_by_itself_and_says_what_it_is():
    table = '<table class="docutils align-default"><caption><span>Trade &amp; "gas"</span></caption><tr><td>1</td></tr></table>'
    assert TABLE.sub(_scrolling, f"<p>Before</p>{table}") == f'<p>Before</p><div class="scroll" role="group" tabindex="0" aria-label="Trade &amp; &quot;gas&quot;">{table}</div>'
