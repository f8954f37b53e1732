"""In: a resolved document, its theme and language, a medium, the layout's style sheet. Out: one HTML file as text.

One writer, two media. `web` is a single accessible page that asks for nothing else; `print` is what WeasyPrint
lays out. Both have the same elements, ids and words; they differ in where notes stand, in page numbers, and in the
data tables of charts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from icat_reports.document.nodes import Block, Contents, Division
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.document.walk import blocks as walk
from icat_reports.language import Language
from icat_reports.theme import Theme
from icat_reports.write_html.blocks import blocks, contents
from icat_reports.write_html.inline import footnote
from icat_reports.write_html.job import Job, Medium
from icat_reports.write_html.markup import element, text
from icat_reports.write_html.style import flatten, theme_css

__all__ = ["write_html"]

_DEPTH = 3
"""Levels of headings in the web page's contents where the document has none of its own."""


def write_html(
    resolved: ResolvedDocument,
    theme: Theme,
    language: Language,
    *,
    medium: Medium,
    css: str = "",
    assets: Mapping[str, bytes] | None = None,
) -> str:
    """Write `resolved` as HTML for `medium`.

    Args:
        resolved: the document and its numbers.
        theme: the looks, from which the first half of the style sheet is made.
        language: the version's language, for direction, fonts and the marks of lists.
        medium: `web` or `print`.
        css: what layouts add to the theme: the shared style sheet of the medium, then the layout's own.
        assets: files that image nodes name, by path from the project's root; where one is missing
            a neutral mark stands.

    Returns:
        The whole file; equal input gives equal text.

    Raises:
        KeyError: the layout's words lack one that the document needs.
    """
    job = Job(resolved, theme, language, medium, assets or {})
    through = resolved.document.pages == "through"
    style = theme_css(theme, language, medium, through=through) + css
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{language.code}" dir="{language.direction}">',
            _head(job, flatten(style) if medium == "print" else style),
            _web_body(job) if medium == "web" else _print_body(job),
            "</html>",
            "",
        )
    )


def _head(job: Job, style: str) -> str:
    metadata = job.resolved.document.metadata
    named = (
        ("author", metadata.author),
        ("description", metadata.subject),
        ("keywords", ", ".join(metadata.keywords)),
    )
    return element(
        "head",
        {},
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("title", {}, text(metadata.title)),
        *(element("meta", {"name": name, "content": content}) for name, content in named if content),
        element("style", {}, style),
    )


# ---------------------------------------------------------------- print


def _print_body(job: Job) -> str:
    document = job.resolved.document
    divisions = (
        element("div", {"class": division.kind, "id": f"part-{division.kind}"}, "\n", blocks(job, division.children))
        for division in document.divisions
    )
    title = document.metadata.running_title or document.metadata.title
    return element("body", {"class": f"{document.pages} {document.chapters}", "data-title": title}, "\n", *divisions)


# ---------------------------------------------------------------- web


def _web_body(job: Job) -> str:
    """Skip link, cover as banner, contents as navigation, text, notes (WCAG 2.2: 1.3.1, 2.4.1, 2.4.5)."""
    divisions = job.resolved.document.divisions
    covers = (element("header", {"class": d.kind}, blocks(job, d.children)) for d in divisions if d.kind == "cover")
    skip = element("a", {"class": "skip", "href": "#text"}, text(job.words["skip-to-content"]))
    navigation = [b for d in divisions for b in d.children if _lists_sections(b)]
    listed = blocks(job, navigation) if navigation else contents(job, _DEPTH)
    parts = (_division(job, d, navigation) for d in divisions if d.kind != "cover")
    return element(
        "body",
        {},
        skip,
        *covers,
        "\n",
        element("div", {"class": "navigation"}, listed),
        "\n",
        element("main", {"id": "text", "tabindex": -1}, "\n", *parts, _endnotes(job)),
    )


def _lists_sections(block: Block) -> bool:
    """Whether a block holds the contents: it stands before the text then, beside it where there is room."""
    return any(isinstance(b, Contents) and b.of == "sections" for b in walk([block]))


def _division(job: Job, division: Division, navigation: Sequence[Block]) -> str:
    children = [child for child in division.children if child not in navigation]
    return element("div", {"class": division.kind}, "\n", blocks(job, children), "\n")


def _endnotes(job: Job) -> str:
    """The notes of the text in a list at its end (DPUB-ARIA 1.1, doc-endnotes)."""
    notes = job.resolved.document.notes
    if not notes:
        return ""
    title = element("h2", {"id": "notes"}, text(job.words["notes"]))
    items = (element("li", {}, footnote(job, note, "div", {})) for note in notes)
    return element(
        "section",
        {"class": "endnotes", "role": "doc-endnotes", "aria-labelledby": "notes"},
        title,
        element("ol", {}, *items),
    )
