"""In: a table or figure. Out: its caption, numbered by a field that Word counts (ECMA-376 part 1, 17.16.56)."""

from __future__ import annotations

from icat_reports.document.nodes import Figure, Table
from icat_reports.ooxml.markup import field, paragraph, style_of
from icat_reports.ooxml.names import bookmark
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.inline import text, title_words, words

SEQUENCES: dict[str, str] = {"figure": "Figure", "table": "Table"}
"""Names of the counts, by kind of caption: the same in every language, as no reader sees them."""


def caption(build: Build, node: Table | Figure) -> str:
    """The caption; bookmarks stand round its number, for references, and round all, for the list of captions."""
    number = build.resolved.captions[node.id]
    before, _, after = build.resolved.words[number.kind].partition("{n}")
    count = number.label.removeprefix(before).removesuffix(after)
    sequence = field(rf"SEQ {SEQUENCES[number.kind]} \* ARABIC", text(build, count))
    label = text(build, before) + build.bookmark(bookmark("Ref", node.id), sequence)
    if after:
        label += text(build, after)
    title = title_words(node.caption)
    marks = [child for child in node.caption if child not in title]
    if title:
        label += text(build, build.resolved.words["caption-separator"])
    whole = build.bookmark(bookmark("Toc", node.id), label + words(build, build.main, title))
    return paragraph(style_of("Caption"), build.traced(node.origin, whole + words(build, build.main, marks)))
