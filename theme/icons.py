"""Icons out of the theme's icon script, as CSS masks in the colour of the text."""

from __future__ import annotations

import re
from urllib.parse import quote

from sphinx.errors import ExtensionError

ENTRY = re.compile(r'(?:"([a-z0-9-]+)"|\b([a-z0-9]+)):\[(\d+),(\d+),\[([^\]]*)\],"([0-9a-f]+)","([^"]+)"\]')
ON_PAGE = re.compile(r'class="[^"]*\b(?:fas|far|fab|fa-solid|fa-regular|fa-brands)\b[^"]*"')
ANY = ":is(.fas,.far,.fab,.fa-solid,.fa-regular,.fa-brands)"
NOT_ICONS = {"solid", "regular", "brands", "lg", "xs", "sm", "xl", "2xl", "fw", "spin"}
GLYPH = re.compile(r'(--pst-[a-z-]+):"(.)"')
ALIAS = re.compile(r"(--pst-[a-z-]+):var\((--pst-[a-z-]+)\)")
RULE = re.compile(r'([^{}]+)\{[^{}]*content:\s*(?:var\((--pst-[a-z-]+)\)|"\\(f[0-9a-f]{3})")[^{}]*\}')


class IconSet:
    """Every icon of the script, by name, by alias and by the code that its font has for it."""

    def __init__(self, script: str) -> None:
        self._icons: dict[str, str] = {}
        for quoted, bare, width, height, aliases, code, path in ENTRY.findall(script):
            svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><path d="{path}"/></svg>'
            address = "url(\"data:image/svg+xml," + quote(svg.replace('"', "'"), safe=" =:/'") + "\")"
            for name in (quoted or bare, code, *re.findall(r'"([a-z0-9-]+)"', aliases)):
                self._icons.setdefault(name, address)

    def __contains__(self, name: str) -> bool:
        return name in self._icons

    def __getitem__(self, name: str) -> str:
        """The icon as a CSS address. Raises KeyError for one that the script lacks."""
        return self._icons[name]


def icon_styles(pages: str, css: str, icons: IconSet) -> str:
    """The style sheet for the icons that these pages name and those that this CSS puts before or after text."""
    used = sorted({name for found in ON_PAGE.findall(pages) for name in re.findall(r"\bfa-([a-z0-9-]+)", found)} - NOT_ICONS)
    codes = {name: f"{ord(glyph):x}" for name, glyph in GLYPH.findall(css)}
    codes |= {name: codes[other] for name, other in ALIAS.findall(css) if other in codes}
    lines = [
        f"{ANY}::before{{content:none!important}}",
        f"{ANY}{{display:inline-block;width:1em;height:1em;vertical-align:-.125em;"
        "background:currentColor;mask:var(--icon) center/contain no-repeat}",
        f"@media (forced-colors:active){{{ANY}{{forced-color-adjust:none;background:CanvasText}}}}",
    ]
    if unknown := [name for name in used if name not in icons]:
        raise ExtensionError(f"found icon '{unknown[0]}'; accepted: one that the theme's icon script has")
    lines += [f".fa-{name}{{--icon:{icons[name]}}}" for name in used]
    shown = set(re.findall(r"[a-z0-9_-]+", pages))
    for selectors, variable, code in RULE.findall(css):
        code = code or codes.get(variable, "")
        selector = ",".join(one for one in selectors.strip().split(",") if set(re.findall(r"\.([a-z0-9_-]+)", one)) <= shown)
        if code in icons and selector and ".fa-" not in selector:
            lines.append(f"{selector}{{content:''!important;display:inline-block;width:1em;height:1em;"
                         f"background:currentColor;mask:{icons[code]} center/contain no-repeat}}")
    return "\n".join(lines) + "\n"
