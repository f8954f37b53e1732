"""In: nothing. Out: a layout as a frozen value: templates, looks, counters and words, all of it data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from icat_reports.document.resolved import Counter
from icat_reports.theme import Theme

WORDS: frozenset[str] = frozenset(
    (
        *("contents", "figures", "tables", "notes", "note", "back-to-text", "skip-to-content", "opens-website"),
        *("figure", "table", "figure-reference", "table-reference", "caption-separator"),
        *("data-of-figure", "category", "value", "no-value"),
    )
)
"""Words that the program sets by itself, so that every layout must have them; templates name the others."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What turns content into a document and gives it its looks."""

    id: str
    templates: Mapping[str, str]
    """Jinja2 sources of all layouts by path from `layouts/`, such as `mapping/layout.xml.j2`."""
    theme: Theme
    counters: Mapping[str, Counter]
    words: Mapping[str, str]
    """The layout's own words by key, in the language of the version."""
    css: Mapping[str, str]
    """By medium, `print` and `web`: the shared style sheet followed by the layout's own."""
    assets: Mapping[str, bytes]
    """Pictures by the name that a template gives, such as `assets/mark.svg`; the user's own win."""

    @property
    def template(self) -> str:
        """Path of the template that makes the document."""
        return f"{self.id}/layout.xml.j2"
