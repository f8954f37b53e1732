"""In: a resolved document. Out: findings about headings: lone ones, and ones whose numbers do not follow."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from icat_reports.diagnostics import Sink, Span
from icat_reports.document import walk
from icat_reports.document.nodes import Section
from icat_reports.document.resolved import ResolvedDocument

_TEXT = ("body", "back")
"""Divisions whose headings house style speaks of; the front matter is the layout's."""


def check_headings(resolved: ResolvedDocument, sink: Sink) -> None:
    """Report what is amiss with the headings of the text and its annexes."""
    levels = {name: counter.level for name, counter in resolved.counters.items()}
    for division in resolved.document.divisions:
        if division.kind in _TEXT:
            for child in division.children:
                if isinstance(child, Section):
                    _Headings(levels, sink).check(child, None)


class _Headings(Struct, frozen=True):
    """Checks a heading and those below it."""

    levels: Mapping[str, int]
    sink: Sink

    def check(self, section: Section, parent: Section | None) -> None:
        self._in_order(section, parent)
        below = [child for child in section.children if isinstance(child, Section)]
        if len(below) == 1:
            # [M] United Nations Editorial Manual: if there is an A there is a B
            self.sink.error("subheading-accompanied", f"“{_title(below[0])}” is the only heading below “{_title(section)}”",
                            _place(below[0], section), "give it a companion, or take it away and keep its text; "
                            "if it is right so, say why under `accept:`")  # fmt: skip
        for child in below:
            self.check(child, section)

    def _in_order(self, section: Section, parent: Section | None) -> None:
        level = self.levels.get(section.numbering)
        above = self.levels.get(parent.numbering, 0) if parent else 0
        if level is None or level == above + 1:
            return
        wanted = " or ".join(f"`{name}`" for name, at in self.levels.items() if at == above + 1)
        where = f"below “{_title(parent)}”" if parent else "outermost"
        self.sink.error("heading-in-order", f"“{_title(section)}” is numbered as `{section.numbering}`, but stands {where}",
                        _place(section, parent), f"its numbering here is {wanted}" if wanted and (above or not parent)
                        else "number the heading above it, or leave this one without a number")  # fmt: skip


def _title(section: Section) -> str:
    return walk.plain(section.heading.children)


def _place(section: Section, parent: Section | None) -> Span:
    """Where the heading is written: in the content, or in the content that the layout made it from."""
    for found in (section, parent):
        if found and found.origin.kind == "content" and found.origin.span:
            return found.origin.span
    return section.origin.span or Span("")
