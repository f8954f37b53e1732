"""In: one reading. Out: what is wrong inside the file: links that lead nowhere, wrong page numbers, notes on other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from icat_reports.diagnostics import Diagnostic, Span
from icat_reports.verify.reading import Format, Note, Reading, Row
from icat_reports.verify.words import FROM_RIGHT, LINE_END, letters, readable

_WITH_PAGES: frozenset[Format] = frozenset({"pdf", "docx"})
_NUMBER = re.compile(r"\d+|[ivxlcdm]+")
_PARAGRAPH = re.compile(rf"({FROM_RIGHT})?(\d+)[.\-][\s{LINE_END}]")
"""How a numbered paragraph begins; in a line from the right its figures are turned round."""


def faults(reading: Reading, name: str) -> Iterator[Diagnostic]:
    """Everything that is wrong in the file of that name."""
    yield from _links(reading, name)
    yield from _rows(reading, name)
    yield from _ranges(reading, name)
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


def _ranges(reading: Reading, name: str) -> Iterator[Diagnostic]:
    """Rows whose column of paragraphs is not what stands below their headings."""
    rows = [row for row in reading.rows if row.level and row.of == "sections"]
    if not any(row.paragraphs for row in rows):
        return
    found = dict(_paragraphs_below(reading))
    for row in rows:
        there = found.get(letters(row.words), "")
        if row.paragraphs != there:
            told = f"says paragraphs {row.paragraphs or '–'}; below its heading stand {there or 'none'}"
            yield _wrong(row, told, "contents-paragraphs-right", name)


def _paragraphs_below(reading: Reading) -> Iterator[tuple[str, str]]:
    """Letters of each heading, and the numbers of the paragraphs under it and the headings below it."""
    counts = iter(_counted_blocks(reading))
    numbers: list[list[int]] = [[] for _ in reading.outline]
    for at, number in counts:
        numbers[at].append(number)
    for at, heading in enumerate(reading.outline):
        below = takewhile(lambda other: other[1].level > heading.level, enumerate(reading.outline[at + 1 :], at + 1))  # noqa: B023
        inside = [number for place in (at, *(place for place, _ in below)) for number in numbers[place]]
        whole = not inside or inside[-1] - inside[0] == len(inside) - 1
        ends = dict.fromkeys((*inside[:1], *inside[-1:])) if whole else ()
        yield letters(heading.shown), "–".join(map(str, ends))


def _counted_blocks(reading: Reading) -> Iterator[tuple[int, int]]:
    """Numbered paragraphs, each further in the count: place of the heading that they stand under, and number."""
    heading, last = -1, 0
    for block in reading.text:
        heading += block.kind == "heading"
        found = _PARAGRAPH.match(block.words) if block.kind == "paragraph" and heading >= 0 else None
        number = int(found[2][::-1] if found[1] else found[2]) if found else 0
        if number > last:
            last = number
            yield heading, last


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
