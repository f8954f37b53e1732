"""In: a `Document`, its language, the counters and words of its layout. Out: a `ResolvedDocument`.

Numbers of headings, captions, paragraphs and notes, contents rows and the words of cross references are
computed once, here, and read by every writer: PDF and Word agree because they cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.diagnostics import Sink, Span, nearest
from icat_reports.document import walk
from icat_reports.document.nodes import (
    Block,
    Document,
    Figure,
    Inline,
    Note,
    NoteMark,
    Paragraph,
    Reference,
    Section,
    Table,
)
from icat_reports.document.resolved import (
    CaptionNumber,
    ContentsRow,
    Counter,
    HeadingNumber,
    NoteNumber,
    ResolvedDocument,
)
from icat_reports.language import Language
from icat_reports.resolve.counting import count_in

__all__ = ["resolve"]

_NOWHERE = Span("")
_UP = re.compile(r"\{up\}([^{]*)")
"""The counts above, and what joins the count to them."""


def resolve(
    document: Document, language: Language, counters: Mapping[str, Counter], words: Mapping[str, str], sink: Sink
) -> ResolvedDocument:
    """Compute every number and reference of `document`; findings go to `sink`."""
    work = _Work(document, language, counters, words, sink)
    for division in document.divisions:
        work.visit(division.children, ())
    work.number_notes()
    work.check_references()
    return work.result()


class _Work(Struct):
    """What accumulates while the document is read once in order."""

    document: Document
    language: Language
    counters: Mapping[str, Counter]
    words: Mapping[str, str]
    sink: Sink
    headings: dict[str, HeadingNumber] = field(default_factory=dict)
    captions: dict[str, CaptionNumber] = field(default_factory=dict)
    paragraphs: dict[str, int] = field(default_factory=dict)
    notes: dict[str, NoteNumber] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    contents: list[ContentsRow] = field(default_factory=list)
    ranges: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lists: dict[str, list[ContentsRow]] = field(default_factory=lambda: {"figure": [], "table": []})
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)
    _places: dict[str, Span | None] = field(default_factory=dict)
    _order: list[NoteMark] = field(default_factory=list)
    _cited: list[Reference] = field(default_factory=list)

    def visit(self, blocks: Iterable[Block], above: tuple[Section, ...]) -> None:
        """Number blocks in reading order; `above` holds the sections they stand in, the outermost first."""
        for block in blocks:
            self._gather(walk.own_inlines(block))
            if isinstance(block, Section):
                self._section(block, above)
                first = len(self.paragraphs)
                self.visit(block.children, (*above, block))
                self.ranges[block.id] = self._ends([*self.paragraphs][first:])
                continue
            if isinstance(block, Table | Figure) and block.caption:
                self._caption(block)
            elif isinstance(block, Paragraph) and block.number:
                self._paragraph(block)
            self.visit(walk.inner_blocks(block), above)
            for note in walk.table_notes(block):
                self._gather(note.children)

    def _gather(self, children: tuple[Inline, ...]) -> None:
        for child in walk.inlines(children):
            if isinstance(child, NoteMark):
                self._order.append(child)
            elif isinstance(child, Reference):
                self._cited.append(child)

    def _section(self, section: Section, above: tuple[Section, ...]) -> None:
        level = len(above) + 1
        counter = self.counters.get(section.numbering)
        if section.numbering and counter is None:
            self._error(
                "numbering-known",
                f"there is no numbering scheme `{section.numbering}`",
                section.origin.span,
                nearest(section.numbering, self.counters),
            )
        title = walk.plain(section.heading.children)
        if counter is None:
            opening, closing = self.language.quotes
            number = HeadingNumber(level, "", 0, "", "", f"{opening}{title}{closing}")
        else:
            number = self._numbered(section.id, counter, above)
        self._once(section.id, section.origin.span)
        self.headings[section.id] = number
        self.references[section.id] = number.reference
        if section.in_contents:
            shown = _without_marks(section.heading.children)
            self.contents.append(ContentsRow(section.id, level, number.label, number.separator, shown))

    def _numbered(self, section: str, counter: Counter, above: tuple[Section, ...]) -> HeadingNumber:
        parent = above[-1].id if above else ""
        key = (counter.name, parent if counter.restarts else "")
        count = self._counts[key] = self.document.numbers.get(section, self._counts.get(key, 0) + 1)
        up = self._counts_above(above, counter)
        reference = counter.reference if up else _UP.sub("", counter.reference)
        return HeadingNumber(
            len(above) + 1,
            counter.name,
            count,
            counter.pattern.replace("{n}", count_in(self.language, counter.format, count)),
            counter.separator,
            reference.replace("{n}", self._read(counter, count)).replace("{up}", up),
        )

    def _read(self, counter: Counter, count: int, *, among: bool = False) -> str:
        """A count as a reference has it: in figures where the heading has “one”, and among others where “the first”."""
        words = counter.format == "cardinalText" or (among and counter.format == "ordinalText")
        return count_in(self.language, "decimal" if words else counter.format, count)

    def _counts_above(self, above: tuple[Section, ...], counter: Counter) -> str:
        """The counts above a heading, joined as its counter joins its own to them."""
        numbers = [self.headings[s.id] for s in above if self.headings[s.id].count]
        joint = _UP.search(counter.reference)
        shown = (self._read(self.counters[n.counter], n.count, among=True) for n in numbers)
        return (joint[1] if joint else ".").join(shown)

    def _caption(self, block: Table | Figure) -> None:
        kind = "table" if isinstance(block, Table) else "figure"
        count = len(self.lists[kind]) + 1
        label = self.words[kind].replace("{n}", count_in(self.language, "decimal", count))
        self._once(block.id, block.origin.span)
        self.captions[block.id] = CaptionNumber(kind, count, label)  # type: ignore[arg-type]
        self.references[block.id] = self.words[f"{kind}-reference"].replace(
            "{n}", count_in(self.language, "decimal", count)
        )
        row = ContentsRow(block.id, 1, label, self.words["caption-separator"], _without_marks(block.caption))
        self.lists[kind].append(row)

    def _paragraph(self, block: Paragraph) -> None:
        """[M] Paragraphs are numbered straight through, so that a reference is the same in every language."""
        self._once(block.id, block.origin.span)
        last = next(reversed(self.paragraphs.values()), 0)
        count = self.paragraphs[block.id] = self.document.numbers.get(block.id, last + 1)
        shown = count_in(self.language, "decimal", count)
        self.references[block.id] = self.words["paragraph-reference"].replace("{n}", shown)

    def _ends(self, ids: list[str]) -> tuple[str, ...]:
        """The first and the last of some paragraphs; the only one; none, and none for what a range would not be true of."""
        ends = tuple(dict.fromkeys((*ids[:1], *ids[-1:])))
        whole = not ids or self.paragraphs[ends[-1]] - self.paragraphs[ends[0]] == len(ids) - 1
        return ends if whole else ()

    def _once(self, target: str, span: Span | None) -> None:
        first = self._places.setdefault(target, span)
        if first is not span or target in self.references:
            self._error("id-unique", f"the id `{target}` stands a second time; the first is at {first}", span,
                        "rename one of them")  # fmt: skip

    def number_notes(self) -> None:
        """Give each note its mark; each series counts by itself, letters anew in each table."""
        defined = {note.id: note for note in self.document.notes}
        for block in walk.document_blocks(self.document):
            places: dict[str, int] = {}
            for note in walk.table_notes(block):
                defined[note.id] = note
                places[note.series] = places.get(note.series, 0) + 1
                self.notes[note.id] = self._number(note, places[note.series])
        for note in self.document.notes:
            self._gather(note.children)
        for mark in self._order:
            self.marks[mark.note] = self.marks.get(mark.note, 0) + 1
            note_defined = defined.get(mark.note)
            if note_defined is None:
                self._error(
                    "note-defined",
                    f"the note `{_local(mark.note)}` has a mark but no text",
                    mark.origin.span,
                    nearest(_local(mark.note), map(_local, _beside(mark.note, defined)))
                    or f"write it under `notes:` in the same file, as `{_local(mark.note)}: |`",
                )
            elif mark.note not in self.notes:
                taken = sum(n.series == note_defined.series for n in self.notes.values() if n.series != "letter")
                place = 1 + (taken if note_defined.series == "number" else self._stars())
                self.notes[mark.note] = self._number(note_defined, place)
            elif self.marks[mark.note] > 1 and note_defined.series == "number":
                self._error(
                    "note-marked-once",
                    f"the note `{_local(mark.note)}` is marked a second time; the first is at {self._first(mark)}",
                    mark.origin.span,
                    "write a note of its own for the second place, or say “see note …” with `{ref:…}`",
                )
        for note in defined.values():
            if note.id not in self.marks:
                self._error(
                    "note-marked",
                    f"the note `{_local(note.id)}` has a text but no mark",
                    note.origin.span,
                    f"set `[^{_local(note.id)}]` where it belongs, or delete it",
                )

    def _first(self, mark: NoteMark) -> Span | None:
        return next(m.origin.span for m in self._order if m.note == mark.note)

    def _stars(self) -> int:
        texts = {note.id for note in self.document.notes}
        return sum(n.series == "asterisk" and id_ in texts for id_, n in self.notes.items())

    def _number(self, note: Note, place: int) -> NoteNumber:
        if note.series == "asterisk":
            return NoteNumber("asterisk", place, "*" * place)
        shape = "decimal" if note.series == "number" else self.language.letters
        return NoteNumber(note.series, place, count_in(self.language, shape, place))

    def check_references(self) -> None:
        """Report each cross reference whose target is not in the document."""
        for reference in self._cited:
            if reference.target not in self.references:
                self._error(
                    "cross-reference-known",
                    f"there is nothing with the id `{reference.target}` to refer to",
                    reference.origin.span,
                    nearest(reference.target, self.references) or "./icat show lists what there is",
                )

    def _error(self, code: str, message: str, span: Span | None, hint: str = "") -> None:
        self.sink.error(code, message, span or _NOWHERE, hint)

    def result(self) -> ResolvedDocument:
        """Freeze the tables."""
        return ResolvedDocument(
            self.document,
            self.counters,
            self.headings,
            self.captions,
            self.notes,
            self.paragraphs,
            tuple(replace(row, paragraphs=self.ranges[row.target]) for row in self.contents),
            tuple(self.lists["figure"]),
            tuple(self.lists["table"]),
            self.references,
            self.marks,
            self.words,
            self.language.paragraph_mark,
        )


def _local(note: str) -> str:
    """A note's id as its own file has it; `Document` has the file's name before it."""
    return note.rpartition(".")[2]


def _beside(note: str, defined: Iterable[str]) -> list[str]:
    """Ids of the notes of the same file."""
    file = note.rpartition(".")[0]
    return [other for other in defined if other.rpartition(".")[0] == file]


def _without_marks(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(child for child in children if not isinstance(child, NoteMark))
