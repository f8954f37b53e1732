"""In: two readings. Out: what differs between them, each difference with both places, the most telling first.

Both are compared as sequences of entries, so that one that is missing does not make all that follow differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from icat_reports.diagnostics import Diagnostic, Span
from icat_reports.verify.reading import Figure, Link, Reading, Table
from icat_reports.verify.bidi import is_rtl
from icat_reports.verify.words import agree, end_letters, gathered, readable, squeezed

_SHOWN = 5
"""Differences of one kind that are told one by one."""
_AROUND = 28
"""Characters that an excerpt shows before a difference."""
_EXCERPT = 90
_TAIL = 24
"""Letters and figures before them by which the places of marks are compared."""


def _key(*, rtl: bool) -> Callable[[str], str]:
    return gathered if rtl else squeezed


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that two files must have alike."""

    fields: tuple[str, ...]
    place: str

    def key(self, *, rtl: bool) -> tuple[str, ...]:
        """What two formats have alike whatever their lines."""
        return tuple(map(_key(rtl=rtl), self.fields))

    def agrees(self, other: Entry) -> bool:
        """Whether they say the same."""
        return len(self.fields) == len(other.fields) and all(map(agree, self.fields, other.fields))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things that are compared."""

    code: str
    what: str
    entries: Callable[[Reading], Iterator[Entry]]


@dataclass(frozen=True, slots=True)
class _Run:
    """A difference: what stands in one file, and what in the other in its stead."""

    a: Sequence[Entry]
    b: Sequence[Entry]


def differences(a: Reading, b: Reading, names: tuple[str, str]) -> Iterator[Diagnostic]:
    """Everything in which `b` differs from `a`; `names` are those of the two files."""
    rtl = is_rtl(a.title) or is_rtl(b.title)
    b = _with_separators(b, a, _key(rtl=rtl))
    b = _with_alike_data(b, a)
    for kind in KINDS:
        runs = list(_runs(list(kind.entries(a)), list(kind.entries(b)), rtl=rtl))
        yield from (_told(kind, run, names) for run in runs[:_SHOWN])
        if len(runs) > _SHOWN:
            message = f"{len(runs) - _SHOWN} more differences in {kind.what} between {names[0]} and {names[1]}"
            yield Diagnostic(kind.code, message, Span(names[1]))


# ---------------------------------------------------------------- what is compared


def _metadata(reading: Reading) -> Iterator[Entry]:
    yield Entry((reading.title,), "title")
    yield Entry((reading.language,), "language")


def _outline(reading: Reading) -> Iterator[Entry]:
    for heading in reading.outline:
        yield Entry((f"level {heading.level}", heading.shown), heading.place)


def _rows(reading: Reading) -> Iterator[Entry]:
    order = ("sections", "figures", "tables")
    for row in sorted(reading.rows, key=lambda row: order.index(row.of)):
        yield Entry((f"level {row.level}", row.words, row.target), row.place)


def _text(reading: Reading) -> Iterator[Entry]:
    for block in reading.text:
        yield Entry((block.kind, block.label, block.words), block.place)


def _notes(reading: Reading) -> Iterator[Entry]:
    for note in reading.notes:
        yield Entry(("note", note.mark, note.words), note.place)
        for mark in note.marks:
            yield Entry(("mark", mark.shown, end_letters(mark.before, _TAIL, rtl=is_rtl(reading.title))), mark.place)


def _tables(reading: Reading) -> Iterator[Entry]:
    for table in reading.tables:
        yield Entry(("caption", table.caption), table.place)
        yield from (_row(table, at) for at in range(len(table.rows)))


def _row(table: Table, at: int) -> Entry:
    fields = [f"row {at + 1}"]
    for cell in table.rows[at]:
        fields += [f"{'head' if cell.head else 'cell'} {cell.colspan}×{cell.rowspan}", cell.words]
    return Entry(tuple(fields), f"{table.place}, table “{readable(table.caption)}”")


def _figures(reading: Reading) -> Iterator[Entry]:
    for figure in reading.figures:
        yield Entry(("figure", figure.caption, figure.alt), figure.place)
        for row in figure.data:
            yield Entry(("data", *row), f"{figure.place}, figure “{readable(figure.caption)}”")


def _links(reading: Reading) -> Iterator[Entry]:
    for link in reading.links:
        yield Entry(("to a part" if link.inside else "to an address", link.words, link.target), link.place)


KINDS: tuple[Kind, ...] = (
    Kind("parity-metadata", "title and language", _metadata),
    Kind("parity-outline", "headings and their numbers", _outline),
    Kind("parity-contents", "contents rows", _rows),
    Kind("parity-notes", "notes and their marks", _notes),
    Kind("parity-tables", "tables", _tables),
    Kind("parity-figures", "figures", _figures),
    Kind("parity-links", "links", _links),
    Kind("parity-text", "running text", _text),
)


# ---------------------------------------------------------------- what formats need not have alike


def _with_separators(reading: Reading, reference: Reading, key: Callable[[str], str]) -> Reading:
    """A reading with what separates numbers and words of headings, as the reference has it.

    A layout may set the number on a line of its own; then there is no bar or stop between them.
    """
    bare = {
        key(heading.label.rstrip(" .|:–—") + heading.words): heading.shown
        for heading in reference.outline
        if heading.label
    }

    def put(words: str) -> str:
        return bare.get(key(words), words)

    def put_target(link: Link) -> Link:
        return replace(link, target=put(link.target)) if link.inside else link

    return replace(
        reading,
        outline=tuple(h if h.label else replace(h, words=put(h.words)) for h in reading.outline),
        links=tuple(map(put_target, reading.links)),
        rows=tuple(replace(row, target=put(row.target)) for row in reading.rows),
    )


def _with_alike_data(reading: Reading, reference: Reading) -> Reading:
    """A reading whose figures tell their data as the reference's do: as rows, or in words after the description."""
    if len(reading.figures) != len(reference.figures):
        return reading
    pairs = zip(reading.figures, reference.figures, strict=True)
    return replace(reading, figures=tuple(_as(figure, pattern) for figure, pattern in pairs))


def _as(figure: Figure, pattern: Figure) -> Figure:
    if figure.data and pattern.data:
        same = _plain(figure) == _plain(pattern)
        return replace(figure, data=pattern.data) if same else figure
    told = f"{pattern.alt} {_in_words(pattern)}"
    if pattern.data and squeezed(figure.alt) == squeezed(told):
        return replace(figure, alt=pattern.alt, data=pattern.data)
    return figure


_PRESENT: Mapping[str, str] = {"✓": "1", "●": "1"}


def _plain(figure: Figure) -> tuple[tuple[str, ...], ...]:
    """The data with values as numbers: a mark is 1, words that say that there is none are nothing; no unnamed heads."""
    heads, *rows = figure.data
    values = (tuple(_PRESENT.get(v, v if _is_number(v) else "") for v in row[1:]) for row in rows)
    names = heads if all(heads[1:]) and len(heads) > 2 else ()  # noqa: PLR2004 - a single series needs no name
    return (names, *((row[0], *shown) for row, shown in zip(rows, values, strict=True)))


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).removeprefix("-").isdigit()


def _in_words(figure: Figure) -> str:
    return "; ".join(f"{name}: {', '.join(values)}" for name, *values in figure.data[1:])


# ---------------------------------------------------------------- differences


def _runs(a: list[Entry], b: list[Entry], *, rtl: bool) -> Iterator[_Run]:
    """Runs of entries that are not alike."""
    first = [entry.key(rtl=rtl) for entry in a]
    second = [entry.key(rtl=rtl) for entry in b]
    if first == second:
        yield from (_Run([x], [y]) for x, y in zip(a, b, strict=True) if not x.agrees(y))
        return
    for tag, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (_Run([x], [y]) for x, y in zip(a[i:j], b[k:m], strict=True) if not x.agrees(y))
        elif tag == "replace" and j - i == m - k:
            yield from (_Run([x], [y]) for x, y in zip(a[i:j], b[k:m], strict=True))
        else:
            yield _Run(a[i:j], b[k:m])


def _told(kind: Kind, run: _Run, names: tuple[str, str]) -> Diagnostic:
    """A difference in words, with the place in each file."""
    if run.a and run.b:
        one, other = _excerpts(run.a[0], run.b[0])
        more = _more(max(len(run.a), len(run.b)) - 1)
        told = f"{kind.what} differ: {names[0]} has “{one}” ({run.a[0].place}), {names[1]} has “{other}” ({run.b[0].place}){more}"
    else:
        has, lacks = (names[0], names[1]) if run.a else (names[1], names[0])
        found = run.a or run.b
        told = f"{kind.what} differ: {lacks} lacks “{_cut(_line(found[0]), 0)}” of {has} ({found[0].place}){_more(len(found) - 1)}"
    return Diagnostic(kind.code, told, Span(names[1]))


def _more(count: int) -> str:
    return f" and {count} after it" if count else ""


def _line(entry: Entry) -> str:
    return readable(" · ".join(field for field in entry.fields if field))


def _excerpts(a: Entry, b: Entry) -> tuple[str, str]:
    """Both about their first difference."""
    pairs = list(zip(a.fields, b.fields, strict=False))
    at = next((n for n, (x, y) in enumerate(pairs) if not agree(x, y)), None)
    if at is None:
        return _cut(_line(a), 0), _cut(_line(b), 0)
    one, other = readable(a.fields[at]), readable(b.fields[at])
    same = next((n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return _cut(one, same), _cut(other, same)


def _cut(text: str, at: int) -> str:
    start = max(0, at - _AROUND) if len(text) > _EXCERPT else 0
    shown = text[start : start + _EXCERPT]
    return f"{'…' if start else ''}{shown}{'…' if start + _EXCERPT < len(text) else ''}"
