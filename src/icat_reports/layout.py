"""In: nothing. Out: a layout as a frozen value: templates, looks, counters and words, all of it data."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from icat_reports.document.resolved import Counter
from icat_reports.theme import Theme
from icat_reports.words import Words

WORDS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            *("contents", "figures", "tables", "notes", "skip-to-content", "caption-separator"),
            *("category", "value", "no-value", "paragraphs", "page"),
        ),
        "",
    ),
    **dict.fromkeys(
        (
            *("figure", "table", "figure-reference", "table-reference", "paragraph-reference"),
            *("note", "back-to-text", "data-of-figure"),
        ),
        "{n}",
    ),
    "opens-website": "{address}",
    "absent-reference": "{reference}",
    "excerpt": "{parts}",
    "distribution": "{level}",
    "original": "{language}",
}
"""Words that the program sets by itself, so that every layout must have them, each with the place for what is set in it;
templates name the others."""


class Layout(Struct, frozen=True):
    """What turns content into a document and gives it its looks."""

    id: str
    templates: Mapping[str, str]
    """Jinja2 sources of all layouts by path from `layouts/`, such as `mapping/layout.xml.j2`."""
    theme: Theme
    counters: Mapping[str, Counter]
    words: Mapping[str, Words]
    """The layout's own words by key, in the language of the version."""
    css: Mapping[str, str]
    """By medium, `print` and `web`: the shared style sheet followed by the layout's own."""
    assets: Mapping[str, bytes]
    """Pictures by the name that a template gives, such as `assets/mark.svg`; the user's own win."""

    def in_language(self, code: str, words: Mapping[str, Words]) -> Layout:
        """The layout with the words of a language, in the numbers of headings too."""
        counters = {name: counter.in_language(code, words) for name, counter in self.counters.items()}
        return replace(self, words=words, counters=counters)

    @property
    def template(self) -> str:
        """Path of the template that makes the document."""
        return f"{self.id}/layout.xml.j2"
