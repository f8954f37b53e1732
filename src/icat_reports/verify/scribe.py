"""In: what a reader of a format comes upon, in order. Out: a `Reading`: one bookkeeping for all formats."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.verify.reading import (
    Block,
    Figure,
    Format,
    Heading,
    Kind,
    Link,
    ListOf,
    Mark,
    Note,
    Reading,
    Row,
    Table,
)
from icat_reports.verify.words import FROM_RIGHT, LINE_END, normal

_BEFORE = 240
"""Characters that are kept of the words before a mark: more than a line."""

_ALWAYS = frozenset({"heading", "table", "figure"})
"""Kinds of blocks that stand for something which is kept elsewhere."""


class _Link(Struct):
    words: str
    target: str
    place: str
    inside: bool


class _Note(Struct):
    mark: str
    words: str
    place: str
    page: str
    links: list[_Link]
    opening: str = ""
    """The mark as far as it stands among the words."""
    under: bool = False
    """Whether it stands under a table or figure."""
    back: str = ""
    """Number of the page to which it leads back."""


class Scribe(Struct):
    """Takes down words as they come; `place` and `page` say where the reader stands."""

    place: str = ""
    page: str = ""
    outline: list[Heading] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    """Their targets are names in the file until `reading` puts words in their place."""
    targets: dict[str, str] = field(default_factory=dict)
    """Words of headings and captions by the names that links lead to."""
    _flow: list[Block] = field(default_factory=list)
    _links: list[_Link] = field(default_factory=list)
    _notes: dict[str, _Note] = field(default_factory=dict)
    _marks: dict[str, list[Mark]] = field(default_factory=dict)
    _buffer: list[str] = field(default_factory=list)
    _opening: str | None = None
    _listed: int = -1
    """How many blocks stood before the rows of the last list."""

    # ------------------------------------------------------------ words

    def text(self, text: str) -> None:
        """Take words of the block that is going on."""
        self._buffer.append(text)

    def words(self) -> str:
        """The words of the block that is going on, so far."""
        return normal("".join(self._buffer))

    def take(self) -> str:
        """The words of the block, which ends here."""
        words = self.words()
        self._buffer.clear()
        return words

    def forget(self, start: int) -> None:
        """Drop the words taken since `start`."""
        del self._buffer[start:]

    def mark(self, note: str, shown: str) -> None:
        """A mark of the note of that name."""
        found = Mark(normal(shown), self.words()[-_BEFORE:], self.place, self.page)
        self._marks.setdefault(note, []).append(found)

    def here(self) -> int:
        """Where the words stand now, for `since` and `link`."""
        return len(self._buffer)

    def since(self, start: int) -> str:
        """The words taken since `start`."""
        return normal("".join(self._buffer[start:]))

    def link(self, start: int, target: str, *, inside: bool) -> None:
        """The words taken since `start` are a link to an address, or to a name inside the file."""
        self._links.append(_Link(self.since(start), target, self.place, inside))

    # ------------------------------------------------------------ blocks

    def open_item(self, label: str) -> None:
        """The next block is the first of a list item."""
        self._opening = label

    def close_item(self) -> None:
        """The item is over, even if it held no words."""
        self._opening = None

    def block(self, kind: Kind = "paragraph", place: str = "") -> None:
        """End a block; one without words leaves no trace."""
        words = self.take() if kind not in _ALWAYS else ""
        if not words and kind not in _ALWAYS:
            return
        label = ""
        if kind == "paragraph" and self._opening is not None:
            kind, label, self._opening = "item", self._opening, None
        self._flow.append(Block(kind, label, words, place or self.place))

    @contextmanager
    def apart(self) -> Iterator[list[Block]]:
        """The blocks taken meanwhile are not running text, but the caller's: a cell's, a note's."""
        flow, opening, buffer = self._flow, self._opening, self._buffer
        self._flow, self._opening, self._buffer = [], None, []
        try:
            yield self._flow
        finally:
            self._flow, self._opening, self._buffer = flow, opening, buffer

    @contextmanager
    def note(self, name: str) -> Iterator[_Note]:
        """What is taken meanwhile is a note; the reader sets its mark."""
        links = self._links
        found = _Note("", "", self.place, self.page, [])
        self._links = found.links
        with self.apart() as blocks:
            yield found
            self.block()
            found.words = joined(blocks).removeprefix(found.opening).lstrip()
        self._links = links
        self._notes[name] = found

    def heading(self, level: int, label: str, name: str = "") -> None:
        """End a heading, whose words begin with `label`."""
        number = normal(label)
        words = self.take().removeprefix(number).lstrip()
        spaced = number and label[-1:].isspace()
        found = Heading(level, f"{number} " if spaced else number, words, self.place, self.page)
        self.outline.append(found)
        if name:
            self.targets[name] = found.shown
        self.block("heading")

    def list_heading(self, of: ListOf = "sections") -> Row | None:
        """Take the heading before a list of headings or captions out of the text: its place is the list's.

        A paragraph between them says what stands in the list's columns, and goes with it. Asked at each row, it looks
        before the first one only.
        """
        if len(self._flow) == self._listed:
            return None
        self._listed = len(self._flow)
        kinds = [block.kind for block in self._flow[-2:]]
        if kinds[-1:] != ["heading"] and kinds != ["heading", "paragraph"]:
            return None
        del self._flow[-1 if kinds[-1] == "heading" else -2 :]
        self._listed = len(self._flow)
        heading = self.outline.pop()
        name = f"{heading.shown} {heading.place}"
        self.targets[name] = heading.shown
        return Row(of, 0, heading.shown, "", name, heading.place)

    # ------------------------------------------------------------ the whole

    def reading(self, format_: Format, title: str, language: str) -> Reading:
        """All that was taken, with the words that links lead to."""
        notes = [self._note(name, note) for name, note in self._in_order()]
        drafts = [*self._links, *(link for _, note in self._in_order() for link in note.links)]
        dangling = [Link(d.words, d.target, d.place) for d in drafts if d.inside and d.target not in self.targets]
        dangling += [Link(row.words, row.target, row.place) for row in self.rows if row.target not in self.targets]
        dangling += [
            Link(mark.shown, name, mark.place)
            for name, marks in self._marks.items()
            if name not in self._notes
            for mark in marks
        ]
        return Reading(
            format_,
            normal(title),
            language,
            tuple(self.outline),
            tuple(self._flow),
            tuple(notes),
            tuple(self.tables),
            tuple(self.figures),
            tuple(Link(d.words, self._target(d), d.place, d.inside) for d in drafts),
            tuple(replace(row, target=self.targets.get(row.target, "")) for row in self.rows),
            tuple(dangling),
        )

    def _in_order(self) -> list[tuple[str, _Note]]:
        """Notes by name in the order of their first marks, then those without a mark."""
        names = [
            *(name for name in self._marks if name in self._notes),
            *(n for n in self._notes if n not in self._marks),
        ]
        return [(name, self._notes[name]) for name in names]

    def _note(self, name: str, note: _Note) -> Note:
        return Note(
            note.mark, note.words, tuple(self._marks.get(name, ())), note.place, note.page, note.back, note.under
        )

    def _target(self, link: _Link) -> str:
        return self.targets.get(link.target, link.target) if link.inside else link.target


def joined(blocks: list[Block]) -> str:
    """Blocks of a cell or note as one text."""
    words = [block.shown for block in blocks]
    return (LINE_END if any(FROM_RIGHT in one for one in words) else " ").join(words)
