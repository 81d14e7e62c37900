"""A Sphinx extension: a second build does what has changed, and gives the same pages as a first.

Sphinx reads a page again when its files have changed. What a page shows of other pages (their titles in its margin, the
number of a figure, the meaning of a term, an entry of the bibliography) it does not follow; here that is kept for each
page and compared. Pages that a stopped build left unwritten, and pages with a warning, are done again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pybtex.plugin
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.citation_target import parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain, get_docnames

from theme.terms import meanings

Link = tuple[str, str, str]  # the domain, the kind and the name of what is linked to

LEFT = "left-to-do.json"  # in the folder of the doctrees
EVERY = "*"


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> set[str]:
    """The pages to be read again though their files are the same; what was made of a removed page goes."""
    for page in removed:
        Path(app.builder.get_outfilename(page)).unlink(missing_ok=True)
    made_by = fingerprint(Path(app.srcdir), app.config.rebuilding_all)
    if getattr(env, "made_by", None) != made_by:
        env.made_by = made_by
        return set(env.found_docs)
    file = Path(app.doctreedir, LEFT)
    left = set(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else set()
    return set(env.found_docs) if EVERY in left else left & env.found_docs


def fingerprint(folder: Path, patterns: Iterable[str]) -> str:
    """One text for the contents of all files that match."""
    total = sha256()
    for path in sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file() and "__pycache__" not in path.parts}):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return total.hexdigest()


def note_links(app: Sphinx, doctree: nodes.document) -> None:
    """Keeps what a page links to while its links are still names."""
    _links(app.env)[app.env.docname] = {
        (str(link.get("refdomain")), str(link.get("reftype")), str(link.get("reftarget"))) for link in doctree.findall(addnodes.pending_xref)}


def forget_links(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """Called where a page is about to be read again, or is gone."""
    _links(env).pop(page, None)


def merge_links(app: Sphinx, env: BuildEnvironment, pages: Iterable[str], other: BuildEnvironment) -> None:
    """Called where pages were read by another process."""
    _links(env).update({page: _links(other)[page] for page in pages})


def _links(env: BuildEnvironment) -> dict[str, set[Link]]:
    if not hasattr(env, "links_of_pages"):
        env.links_of_pages = {}
    return env.links_of_pages


def to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages whose files are the same, while something that they show of another page is not."""
    shown = Shown(env)
    before: dict[str, Any] = getattr(env, "shown_of_others", {})
    now = {page: shown.by(page, links) for page, links in _links(env).items()}
    now[EVERY] = shown.book()
    env.shown_of_others = now
    changed = {page for page in now if before.get(page) != now[page]}
    changed = set(env.found_docs) if EVERY in changed else changed
    Path(app.doctreedir, LEFT).write_text(json.dumps(sorted(changed | app.pages_to_read)), encoding="utf-8")
    return sorted(changed)


class Bibliography(BibtexDomain):
    """The bibliography, put into words anew only where something of it has changed."""

    def clear_doc(self, docname: str) -> None:
        """Called where a page is about to be read again."""
        if any(key.docname == docname for key in self.bibliographies):
            self.data["made_of"] = None
        super().clear_doc(docname)

    def env_updated(self) -> Iterable[str]:
        """Called when every page is read."""
        pages = list(get_docnames(self.env))
        made_of = repr([[key, [(name, str(entry)) for name, entry in self.get_sorted_entries(key, pages)]] for key in self.bibliographies])
        if self.data.get("made_of") == made_of:
            return []
        self.data["made_of"] = made_of
        return super().env_updated()


class Shown:
    """What pages show of one another."""

    def __init__(self, env: BuildEnvironment) -> None:
        self.env, self.std, self.cite = env, env.get_domain("std"), env.get_domain("cite")
        self.meanings = meanings(env)
        self.cited: dict[str, str] = {}
        for one in self.cite.citations:
            entry = f"{one.bibliography_key} {one.citation_id} {one.formatted_entry.label} {one.entry!r}"
            self.cited[one.key] = self.cited.get(one.key, "") + entry

    def book(self) -> str:
        """What stands in the margin of every page: all titles, in their order."""
        return _digest(sorted((page, str(title), str(self.env.longtitles.get(page)), self.env.toctree_includes.get(page))
                              for page, title in self.env.titles.items()))

    def by(self, page: str, links: set[Link]) -> str:
        """All that a page shows of others, as one short text."""
        listed = self.cited if any(key.docname == page for key in self.cite.bibliographies) else None
        return _digest([[link, self._behind(*link)] for link in sorted(links)], listed)

    def _behind(self, domain: str, kind: str, name: str) -> Any:
        """What a link shows of that to which it leads."""
        if domain == "cite":
            return [self.cited.get(target.key) for target in parse_citation_targets(name)]
        if domain == "std" and kind == "term":
            found = [self.std.objects.get(("term", name)), self.std._terms.get(name.lower())]
            return [found, [self.meanings.get("#".join(place)) for place in found if place]]
        if domain == "std":
            label = name.lower()
            place = self.std.labels.get(label) or self.std.anonlabels.get(label) or ("",)
            return [place, self.env.toc_fignumbers.get(place[0]), self.env.toc_secnumbers.get(place[0])]
        return [self.env.metadata.get(name, {}).get("myst_slugs"), sorted(self.std.labels.items()), sorted(self.std.anonlabels.items())]


def _digest(*parts: Any) -> str:
    return sha256(repr(parts).encode()).hexdigest()


class Warned(logging.Handler):
    """Hears which pages had a warning, so that the next build says it again."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.app, self.pages = app, set()

    def emit(self, record: logging.LogRecord) -> None:
        place = getattr(record, "location", None)
        if isinstance(place, nodes.Node):
            place = place.source or (place.document or {}).get("source")
        page = place[0] if isinstance(place, tuple) else place
        if page and page not in self.app.env.found_docs:
            page = self.app.env.path2doc(str(page).rsplit(":", 1)[0] if ":" in Path(str(page)).name else str(page))
        self.pages.add(page or EVERY)


def start(app: Sphinx) -> None:
    """Listens to what the build says."""
    app.warned = Warned(app)
    app.pages_to_read = set()
    logging.getLogger("sphinx").addHandler(app.warned)


def note_pages(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Keeps which pages are read, until they are written."""
    app.pages_to_read = set(pages)


def finish(app: Sphinx, error: Exception | None) -> None:
    """Leaves word of what the next build has to do again."""
    logging.getLogger("sphinx").removeHandler(app.warned)
    if error is None:
        Path(app.doctreedir, LEFT).write_text(json.dumps(sorted(app.warned.pages)), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    # For every citation pybtex looks through all that is installed for the same few plugins; the answer stays the same.
    if not hasattr(pybtex.plugin.find_plugin, "cache_info"):
        pybtex.plugin.find_plugin = lru_cache(pybtex.plugin.find_plugin)
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(Bibliography, override=True)
    app.add_config_value("rebuilding_all", [], "")
    app.connect("builder-inited", start)
    app.connect("env-get-outdated", outdated)
    app.connect("env-before-read-docs", note_pages)
    app.connect("doctree-read", note_links)
    app.connect("env-purge-doc", forget_links)
    app.connect("env-merge-info", merge_links)
    app.connect("env-get-updated", to_write, priority=900)  # after figures have their numbers
    app.connect("build-finished", finish, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
