"""In: one reading. Out: what is wrong inside the file: links that lead nowhere, wrong page numbers, notes on other pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from icat_reports.diagnostics import Diagnostic, Span
from icat_reports.verify.reading import Figure, Heading, Reading, Row, Table
from icat_reports.verify.words import readable


def faults(reading: Reading, name: str) -> Iterator[Diagnostic]:
    """Everything that is wrong in the file of that name."""
    yield from _dangling(reading, name)
    yield from _stale(reading, name)
    yield from _wrong_rows(reading, name)
    yield from _late_notes(reading, name)
    yield from _lost_notes(reading, name)


def _dangling(reading: Reading, name: str) -> Iterator[Diagnostic]:
    for link in reading.dangling:
        message = f"“{readable(link.words)}” ({link.place}) names `{link.target}`, of which {name} has none or two"
        yield Diagnostic("links-resolve", message, Span(name))


def _stale(reading: Reading, name: str) -> Iterator[Diagnostic]:
    for link in reading.stale:
        message = f"the field stores “{link.words}”, but Word will count “{link.target}” ({link.place})"
        yield Diagnostic("fields-right", message, Span(name))


def _lost_notes(reading: Reading, name: str) -> Iterator[Diagnostic]:
    for note in reading.notes:
        if not note.marks:
            message = f"the note “{note.mark} {readable(note.words)}” ({note.place}) has no mark"
            yield Diagnostic("note-marked", message, Span(name))
        for mark in note.marks:
            if mark.shown != note.mark:
                message = f"the note marked “{mark.shown}” ({mark.place}) shows “{note.mark}” ({note.place})"
                yield Diagnostic("note-shows-its-mark", message, Span(name))


# ---------------------------------------------------------------- pages


def _wrong_rows(reading: Reading, name: str) -> Iterator[Diagnostic]:
    """Rows that lead elsewhere than they say, or tell another page than that of what they name."""
    things: Mapping[str, Sequence[Heading | Table | Figure]] = {
        "sections": reading.outline,
        "figures": reading.figures,
        "tables": reading.tables,
    }
    places = dict.fromkeys(things, 0)
    for row in (row for row in reading.rows if row.level):
        if row.target and _letters(row.words) != _letters(row.target):
            message = f"the contents row “{readable(row.words)}” ({row.place}) leads to “{readable(row.target)}”"
            yield Diagnostic("contents-lead-right", message, Span(name))
        found = next(
            (at for at in range(places[row.of], len(things[row.of])) if _says(things[row.of][at]) == _letters(row.words)), None
        )
        if found is None:
            message = f"the contents row “{readable(row.words)}” ({row.place}) names nothing in {name}, or not in its order"
            yield Diagnostic("contents-lead-right", message, Span(name))
            continue
        places[row.of] = found + 1
        yield from _wrong_page(row, things[row.of][found], reading, name)


def _wrong_page(row: Row, thing: Heading | Table | Figure, reading: Reading, name: str) -> Iterator[Diagnostic]:
    if reading.format == "pdf" and row.page != thing.page:
        message = f"the contents row “{readable(row.words)}” ({row.place}) says page {row.page or '?'}; it stands on page {thing.page}"
        yield Diagnostic("contents-pages-right", message, Span(name))


def _says(thing: Heading | Table | Figure) -> str:
    return _letters(thing.shown if isinstance(thing, Heading) else thing.caption)


def _letters(words: str) -> str:
    """Letters and figures alone, as a number on a line of its own has no stop after it, in a fixed order."""
    return "".join(sorted(filter(str.isalnum, words)))


def _late_notes(reading: Reading, name: str) -> Iterator[Diagnostic]:
    """Notes of the text that do not stand on the page of their first mark; notes to tables stand under the table."""
    if reading.format != "pdf":
        return
    for note in reading.notes:
        if note.marks and not note.under and note.page != note.marks[0].page:
            message = (
                f"the note {note.mark} “{readable(note.words)}” stands on page {note.page}, its mark on page {note.marks[0].page}"
            )
            yield Diagnostic("note-on-page-of-mark", message, Span(name))
