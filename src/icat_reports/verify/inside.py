"""In: one reading. Out: what is wrong inside the file: links that lead nowhere, wrong page numbers, notes on other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from icat_reports.diagnostics import Diagnostic, Span
from icat_reports.verify.reading import Format, Note, Reading, Row
from icat_reports.verify.words import letters, readable

_WITH_PAGES: frozenset[Format] = frozenset({"pdf", "docx"})
_NUMBER = re.compile(r"\d+|[ivxlcdm]+")


def faults(reading: Reading, name: str) -> Iterator[Diagnostic]:
    """Everything that is wrong in the file of that name."""
    yield from _links(reading, name)
    yield from _rows(reading, name)
    for note in reading.notes:
        yield from _marks(note, name)
        if reading.format == "pdf":
            yield from _pages(note, name)


def _links(reading: Reading, name: str) -> Iterator[Diagnostic]:
    for link in reading.dangling:
        message = f"“{readable(link.words)}” ({link.place}) names `{link.target}`, of which there is none, or two"
        yield Diagnostic("links-resolve", message, Span(name))
    for link in reading.stale:
        message = f"a field stores “{link.words}”, but Word will make it “{link.target}” ({link.place})"
        yield Diagnostic("fields-right", message, Span(name))


# ---------------------------------------------------------------- contents


def _rows(reading: Reading, name: str) -> Iterator[Diagnostic]:
    """Rows that lead elsewhere than they say, or tell another page than that of what they name."""
    things = {
        "sections": [(letters(heading.shown), heading.page) for heading in reading.outline],
        "figures": [(letters(figure.caption), figure.page) for figure in reading.figures],
        "tables": [(letters(table.caption), table.page) for table in reading.tables],
    }
    done = dict.fromkeys(things, 0)
    for row in (row for row in reading.rows if row.level):
        if row.target and letters(row.words) != letters(row.target):
            yield _wrong(row, f"leads to “{readable(row.target)}”", "contents-lead-right", name)
        following = enumerate(things[row.of][done[row.of] :], done[row.of])
        at, page = next(((at, page) for at, (says, page) in following if says == letters(row.words)), (-1, ""))
        if at < 0:
            yield _wrong(row, "names nothing in the text, or not in its order", "contents-lead-right", name)
            continue
        done[row.of] = at + 1
        if reading.format == "pdf" and row.page != page:
            yield _wrong(row, f"says page {row.page or '?'}; it stands on page {page}", "contents-pages-right", name)
        elif reading.format in _WITH_PAGES and not _NUMBER.fullmatch(row.page):
            yield _wrong(row, f"has “{row.page}” for a page", "contents-pages-right", name)


def _wrong(row: Row, what: str, code: str, name: str) -> Diagnostic:
    return Diagnostic(code, f"the contents row “{readable(row.words)}” ({row.place}) {what}", Span(name))


# ---------------------------------------------------------------- notes


def _marks(note: Note, name: str) -> Iterator[Diagnostic]:
    """[M] Every indicator has its note and every note its indicator."""
    if not note.marks:
        message = f"the note “{note.mark} {readable(note.words)}” ({note.place}) has no mark"
        yield Diagnostic("note-marked", message, Span(name))
    for mark in note.marks:
        if mark.shown != note.mark:
            message = f"the note marked “{mark.shown}” ({mark.place}) is itself marked “{note.mark}” ({note.place})"
            yield Diagnostic("note-shows-its-mark", message, Span(name))


def _pages(note: Note, name: str) -> Iterator[Diagnostic]:
    """Pages of a note and its first mark; a note to a table stands under it, which may be on a later page."""
    if not note.marks:
        return
    page = note.marks[0].page
    told = f"the note {note.mark} “{readable(note.words)}”"
    if not note.under and note.page != page:
        message = f"{told} stands on page {note.page}, its mark on page {page}"
        yield Diagnostic("note-on-page-of-mark", message, Span(name))
    if note.back != page:
        message = f"{told} leads back to page {note.back or '?'}, its mark is on page {page}"
        yield Diagnostic("note-leads-back", message, Span(name))
