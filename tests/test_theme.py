from __future__ import annotations

from theme import LOG, THEME
from theme.icons import IconSet, icon_styles

SCRIPT = '''x={bars:[448,512,["navicon"],"f0c9","M0 96C0 78"],"circle-info":[512,512,["info-circle"],"f05a","M256 512A256"]}'''


def test_an_icon_is_found_by_its_name_its_alias_and_its_code():
    icons = IconSet(SCRIPT)
    assert icons["bars"] == icons["navicon"] == icons["f0c9"] == (
        "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 448 512'%3E"
        "%3Cpath d='M0 96C0 78'/%3E%3C/svg%3E\")")


def test_the_icons_that_pages_and_rules_name_get_a_mask_and_no_others_do():
    css = ':root{--pst-icon-info:"\uf05a";--pst-icon-note:var(--pst-icon-info)}.note:after{content:var(--pst-icon-note)}.tip:after{content:"\\f0c9"}'
    used = icon_styles('<i class="fas fa-info-circle fa-lg"><p class="note">', css, IconSet(SCRIPT))
    assert ".fa-info-circle{--icon:url(" in used
    assert ".note:after{content:''!important" in used
    assert "fa-bars" not in used and "fa-lg" not in used and ".tip" not in used


def test_the_themes_own_script_still_has_what_is_taken_out_of_it():
    script = (THEME / "static" / "scripts" / "pydata-sphinx-theme.js").read_text(encoding="utf-8")
    assert LOG.search(script)
