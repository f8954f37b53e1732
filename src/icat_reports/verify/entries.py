"""In: a reading. Out: what of it is compared, as sequences of entries by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from icat_reports.verify.bidi import is_rtl
from icat_reports.verify.reading import Reading, Table
from icat_reports.verify.words import agree, end_letters, readable

_BEFORE = 24
"""Letters and figures before them by which the places of marks are compared."""
_LISTS = ("sections", "figures", "tables")
"""Order of the lists: a web page has them beside the text, others in it."""


class Entry(Struct, frozen=True):
    """A thing that two files must have alike."""

    fields: tuple[str, ...]
    place: str

    def key(self, alike: Callable[[str], str]) -> tuple[str, ...]:
        """What two formats have alike whatever their lines."""
        return tuple(map(alike, self.fields))

    def agrees(self, other: Entry) -> bool:
        """Whether they say the same."""
        return len(self.fields) == len(other.fields) and all(map(agree, self.fields, other.fields))


class Things(Struct, frozen=True):
    """A kind of things that are compared."""

    code: str
    name: str
    entries: Callable[[Reading], Iterator[Entry]]


def _metadata(reading: Reading) -> Iterator[Entry]:
    yield Entry((reading.title,), "title")
    yield Entry((reading.language,), "language")


def _outline(reading: Reading) -> Iterator[Entry]:
    for heading in reading.outline:
        yield Entry((f"level {heading.level}", heading.shown), heading.place)


def _rows(reading: Reading) -> Iterator[Entry]:
    for row in sorted(reading.rows, key=lambda row: _LISTS.index(row.of)):
        yield Entry((f"level {row.level}", row.words, row.paragraphs, row.target), row.place)


def _notes(reading: Reading) -> Iterator[Entry]:
    rtl = is_rtl(reading.title)
    for note in reading.notes:
        yield Entry((note.mark, note.words), note.place)
        for mark in note.marks:
            yield Entry((mark.shown, "after", end_letters(mark.before, _BEFORE, rtl=rtl)), mark.place)


def _tables(reading: Reading) -> Iterator[Entry]:
    for table in reading.tables:
        yield Entry((table.caption,), table.place)
        yield from (_row(table, at) for at in range(len(table.rows)))


def _row(table: Table, at: int) -> Entry:
    fields = [f"row {at + 1}"]
    for cell in table.rows[at]:
        fields += [f"{'head' if cell.head else 'cell'} {cell.colspan}×{cell.rowspan}", cell.words]
    return Entry(tuple(fields), f"{table.place}, “{readable(table.caption)}”, row {at + 1}")


def _figures(reading: Reading) -> Iterator[Entry]:
    for figure in reading.figures:
        yield Entry((figure.caption, figure.alt), figure.place)
        for row in figure.data:
            yield Entry(("data", *row), f"{figure.place}, “{readable(figure.caption)}”")


def _links(reading: Reading) -> Iterator[Entry]:
    for link in reading.links:
        yield Entry((link.words, "to a part" if link.inside else "to an address", link.target), link.place)


def _text(reading: Reading) -> Iterator[Entry]:
    for block in reading.text:
        yield Entry((block.kind, block.label, block.words), block.place)


THINGS: tuple[Things, ...] = (
    Things("parity-metadata", "titles or languages", _metadata),
    Things("parity-outline", "headings or their numbers", _outline),
    Things("parity-contents", "contents rows", _rows),
    Things("parity-notes", "notes or their marks", _notes),
    Things("parity-tables", "tables", _tables),
    Things("parity-figures", "figures", _figures),
    Things("parity-links", "links", _links),
    Things("parity-text", "blocks of running text", _text),
)
"""All that is compared."""
