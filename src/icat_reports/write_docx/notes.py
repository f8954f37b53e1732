"""In: the notes that the main text marked. Out: `footnotes.xml` (ECMA-376 part 1, 17.11)."""

from __future__ import annotations

from icat_reports.document.nodes import Note
from icat_reports.ooxml.markup import paragraph, run, style_of, text_run
from icat_reports.ooxml.namespaces import declare
from icat_reports.ooxml.package import DECLARATION
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.inline import mark_style, words

_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
"""The rule above the notes, and the one where a note goes on (17.11.23)."""


def markup(build: Build) -> str:
    """`footnotes.xml`."""
    rows = "".join(_note(build, id_, note) for id_, note in build.notes.values())
    return f"{DECLARATION}<w:footnotes{declare('w', 'r')}>{_SEPARATORS}{rows}</w:footnotes>"


def _note(build: Build, id_: int, note: Note) -> str:
    """A number is counted by Word; any other mark is words, as Word writes it, and takes no number (17.11.14).

    LibreOffice shows such words once if the document's first note is marked so, in one style in both places, and else
    beside a mark of its own: it reads all notes with the first. The note's origin stands round its mark in the text,
    as LibreOffice loses bookmarks in notes.
    """
    style = mark_style(build, note.id)
    shown = build.resolved.notes[note.id].mark
    mark = run("<w:footnoteRef/>", style) if note.series == "number" else text_run(shown, style)
    body = paragraph(style_of("FootnoteText"), mark, text_run(" "), words(build, build.footnotes, note.children))
    return f'<w:footnote w:id="{id_}">{body}</w:footnote>'
