"""A page of results: one file, no script, nothing from another host, and it prints."""

from __future__ import annotations

from markupsafe import Markup

STYLE = Markup("""
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 25%, transparent); --bar: #1f6f9f; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1.05rem; }
article { border-top: 1px solid var(--line); padding: .5rem 0; break-inside: avoid; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: .2rem .5rem; text-align: start; vertical-align: top; }
table { overflow-wrap: normal; } td.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.track { display: inline-block; width: 60px; text-align: start; }
.scroll { overflow-x: auto; } .answer { border-inline-start: 4px solid var(--line); padding-inline-start: .7rem; white-space: pre-line; }
.flag { border-inline-start: 4px solid #b35900; padding-inline-start: .7rem; } .small { font-size: .9rem; }
.bar { display: inline-block; height: .7em; background: var(--bar); min-width: 1px; } svg { max-width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: currentColor; } svg .mark { fill: var(--bar); } svg .line { stroke: currentColor; fill: none; }
@media (prefers-color-scheme: dark) { :root { --bar: #6db8e0; } .flag { border-color: #f0a050; } }
@media print { body { max-width: none; padding: 0; } a { color: inherit; text-decoration: none; } }
""")

PAGE = Markup("""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
""")


def page(title: str, body: Markup, language: str = "en") -> bytes:
    return PAGE.format(language=language, title=title, style=STYLE, body=body).encode("utf-8", "replace")
