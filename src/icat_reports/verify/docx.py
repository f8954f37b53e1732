"""In: the bytes of a Word file. Out: its `Reading`: numbers counted as Word counts them, fields by their stored results."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from lxml import etree

from icat_reports.ooxml.namespaces import qualified
from icat_reports.ooxml.styles import LIST_ITEMS
from icat_reports.verify.counting import counted
from icat_reports.verify.reading import Cell, Figure, Link, ListOf, Reading, Row, Table
from icat_reports.verify.scribe import Scribe, joined
from icat_reports.verify.word_numbers import Element, Numbers, numbers, value
from icat_reports.verify.words import PAGE, normal

DOCUMENT = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"

_MARKS = frozenset({"FootnoteReference", "TableNoteReference"})
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def read_docx(data: bytes) -> Reading:
    """Read a Word file; raises KeyError for a part that is missing, lxml.etree.XMLSyntaxError for one that is no XML."""
    package = _Package(zipfile.ZipFile(io.BytesIO(data)))
    body = package.part(DOCUMENT)[0]
    counts = numbers(package.part("word/styles.xml"), package.optional("word/numbering.xml"))
    reader = _Reader(package, counts, _notes_by_bookmark(body))
    reader.blocks(body)
    reader.footnotes()
    core = package.part("docProps/core.xml")
    reading = reader.scribe.reading("docx", _said(core, "dc:title"), _said(core, "dc:language"))
    return reader.with_stale(reading)


def _said(core: Element, name: str) -> str:
    return core.findtext(qualified(name)) or ""


@dataclass(frozen=True, slots=True)
class _Package:
    """The archive."""

    archive: zipfile.ZipFile

    def part(self, path: str) -> Element:
        """A part of XML."""
        return etree.fromstring(self.archive.read(path), _PARSER)

    def optional(self, path: str) -> Element | None:
        """A part that a file may lack."""
        return self.part(path) if path in self.archive.namelist() else None

    def targets(self, path: str) -> dict[str, str]:
        """Targets of a part's relationships by id; parts by their path."""
        folder, _, name = path.rpartition("/")
        rows = self.optional(f"{folder}/_rels/{name}.rels")
        return {} if rows is None else {row.get("Id", ""): _target(folder, row) for row in rows}


def _target(folder: str, row: Element) -> str:
    target = row.get("Target", "")
    return target if row.get("TargetMode") == "External" else posixpath.normpath(posixpath.join(folder, target))


def _notes_by_bookmark(body: Element) -> dict[str, str]:
    """Names of notes by the bookmarks that marks refer to: round a footnote's mark, or in a note under a table."""
    found: dict[str, str] = {}
    for place, block in enumerate(body.iter(_P)):
        if value(block, "w:pPr/w:pStyle") == "TableNote":
            found |= {start.get(_NAME, ""): f"table-note {place}" for start in block.iter(_BOOKMARK)}
    for mark in body.iter(_FOOTNOTE):
        run = mark.getparent()
        before = None if run is None else run.getprevious()
        if before is not None and before.tag == _BOOKMARK:
            found[before.get(_NAME, "")] = f"footnote {mark.get(_ID)}"
    return found


# ---------------------------------------------------------------- fields


@dataclass(slots=True)
class _Field:
    """A complex field (17.16.18) that is going on."""

    start: int
    instruction: str = ""
    shows: bool = False
    """Whether its stored result has begun."""
    mark: str = ""
    """What it shows as a mark of a note."""

    @property
    def kind(self) -> str:
        """`REF`, `PAGEREF`, `SEQ`, `TOC` …"""
        return self.instruction.split()[0] if self.instruction.split() else ""

    @property
    def target(self) -> str:
        """The bookmark or the count that it names."""
        return (self.instruction.split() + ["", ""])[1]


_CAPTIONED: Mapping[str, ListOf] = {"Figure": "figures", "Table": "tables"}


def _of(instruction: str) -> ListOf:
    """What a contents field lists: headings, or captions with a count of that name (17.16.5.68)."""
    counts = re.search(r'\\c "(\w+)"', instruction)
    return _CAPTIONED.get(counts[1], "figures") if counts else "sections"


@dataclass(slots=True)
class _Row:
    """A row of a contents field that is being read."""

    target: str = ""
    page: str = ""
    instruction: str = ""
    """That of the contents field, if it ends in this row."""


@dataclass(slots=True)
class _Reader:
    """Goes through the blocks in order."""

    package: _Package
    numbers: Numbers
    notes: Mapping[str, str]
    scribe: Scribe = field(default_factory=Scribe)
    caption: str = ""
    """That of the table or figure that comes next."""
    _part: str = DOCUMENT
    _links: Mapping[str, str] = field(default_factory=dict)
    _paragraphs: int = 0
    _fields: list[_Field] = field(default_factory=list)
    _row: _Row | None = None
    _linked: bool = False
    """Whether we are in a `w:hyperlink`."""
    _footnotes: dict[str, str] = field(default_factory=dict)
    """Marks by footnote."""
    _custom: Element | None = None
    """The words of a mark that is not counted, which were taken already."""
    _sequences: dict[str, int] = field(default_factory=dict)
    _open: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Bookmarks that are going on: by id, name and start."""
    _said: dict[str, str] = field(default_factory=dict)
    """Words inside each bookmark."""
    _labels: dict[str, str] = field(default_factory=dict)
    """Number of the paragraph in which each bookmark begins."""
    _results: list[tuple[_Field, str, str]] = field(default_factory=list)
    """Fields with their stored results and places."""
    _label: str = ""

    def __post_init__(self) -> None:
        """Begin with the main text."""
        self._links = self.package.targets(DOCUMENT)

    # ------------------------------------------------------------ blocks

    def blocks(self, parent: Element) -> None:
        """Read the paragraphs and tables inside an element."""
        for child in parent:
            if child.tag == _P:
                self._paragraph(child)
            elif child.tag == _TABLE:
                self._table(child)
            elif child.tag == _CONTROL:
                content = child.find(qualified("w:sdtContent"))
                if content is not None:
                    self.blocks(content)

    def _paragraph(self, element: Element) -> None:
        self._paragraphs += 1
        if self._part == DOCUMENT:
            self.scribe.place = f"{DOCUMENT}, paragraph {self._paragraphs}"
        properties = element.find(_PROPERTIES)
        style = value(properties, "w:pStyle") or ""
        self._label = self.numbers.label(properties)
        _STYLES.get(style, _Reader._plain)(self, element, style)

    def _plain(self, element: Element, style: str) -> None:
        level = self.numbers.heading(style)
        if level:
            self._heading(element, level)
        elif style in LIST_ITEMS:
            self.scribe.open_item(self._label.strip())
            self._words(element)
            self.scribe.block()
            self.scribe.close_item()
        elif self._contents_row(element, style):
            pass
        else:
            self.scribe.text(self._label)
            self._words(element)
            self.scribe.block()

    def _words(self, element: Element) -> None:
        for child in element:
            self._inline(child)

    def _heading(self, element: Element, level: int) -> None:
        names = [start.get(_NAME, "") for start in element.iter(_BOOKMARK)]
        self.scribe.text(self._label)
        self._words(element)
        self.scribe.heading(level, self._label)
        shown = self.scribe.outline[-1].shown
        self.scribe.targets.update(dict.fromkeys(names, shown))

    def _caption(self, element: Element, _: str) -> None:
        self._words(element)
        self.caption = self.scribe.take()
        names = [start.get(_NAME, "") for start in element.iter(_BOOKMARK)]
        self.scribe.targets.update(dict.fromkeys(names, self.caption))

    def _table_note(self, element: Element, _: str) -> None:
        name = next((self.notes[n] for s in element.iter(_BOOKMARK) if (n := s.get(_NAME, "")) in self.notes), "")
        label = self._label
        with self.scribe.note(name) as note:
            note.opening = self._opening(element)
            note.mark = label.strip() or note.opening
            self._words(element)

    @staticmethod
    def _opening(element: Element) -> str:
        """The words in the style of marks with which a note begins."""
        first = next(iter(element.iter(_RUN)), None)
        if first is None or value(first, "w:rPr/w:rStyle") not in _MARKS:
            return ""
        return normal(first.findtext(_T) or "")

    def footnotes(self) -> None:
        """Read the notes at the foot of pages (17.11.15)."""
        root = self.package.optional(FOOTNOTES)
        if root is None:
            return
        self._part = FOOTNOTES
        self._links = self.package.targets(FOOTNOTES)
        for found in root:
            id_ = found.get(_ID, "")
            if found.get(qualified("w:type")) in {"separator", "continuationSeparator"}:
                continue
            self.scribe.place = f"{FOOTNOTES}, note {id_}"
            with self.scribe.note(f"footnote {id_}") as note:
                note.opening = self._opening(found)
                note.mark = note.opening or self._footnotes.get(id_, "")
                self.blocks(found)

    # ------------------------------------------------------------ words

    def _inline(self, element: Element) -> None:
        read = _INLINES.get(cast(str, element.tag))
        if read:
            read(self, element)

    def _hyperlink(self, element: Element) -> None:
        anchor = element.get(_ANCHOR)
        if self._row:
            self._row.target = anchor or ""
            self._words(element)
            return
        start = self.scribe.here()
        self._linked = True
        self._words(element)
        self._linked = False
        target = anchor or self._links.get(element.get(qualified("r:id"), ""), "")
        self.scribe.link(start, target, inside=anchor is not None)

    def _run(self, element: Element) -> None:
        marks = value(element, "w:rPr/w:rStyle") in _MARKS
        for child in element:
            read = _IN_RUNS.get(cast(str, child.tag))
            if read:
                read(self, child, marks=marks)

    def _text(self, element: Element, *, marks: bool) -> None:
        if element is self._custom:
            return
        current = self._fields[-1] if self._fields else None
        if current and not current.shows:
            return
        if marks and current and current.kind in {"REF", "NOTEREF"}:
            current.mark += element.text or ""
        else:
            self.scribe.text(element.text or "")

    def _space(self, _: Element, **__: bool) -> None:
        self.scribe.text(" ")

    def _hyphen(self, _: Element, **__: bool) -> None:
        self.scribe.text("\u2011")

    def _footnote(self, element: Element, **_: bool) -> None:
        """A mark: counted, unless the text after it in the run is the mark (17.11.14)."""
        id_ = element.get(_ID, "")
        if element.get(qualified("w:customMarkFollows")) in {"1", "true", "on"}:
            self._custom = element.getnext()
            shown = "" if self._custom is None else self._custom.text or ""
        else:
            self._sequences["footnote"] = self._sequences.get("footnote", 0) + 1
            shown = counted("decimal", self._sequences["footnote"])
        self._footnotes[id_] = shown
        self.scribe.mark(f"footnote {id_}", shown)

    def _bookmark(self, element: Element) -> None:
        name = element.get(_NAME, "")
        self._open[element.get(_ID, "")] = (name, self.scribe.here())
        self._labels[name] = self._label

    def _bookmark_end(self, element: Element) -> None:
        name, start = self._open.pop(element.get(_ID, ""), ("", 0))
        if name:
            self._said[name] = self.scribe.since(start)

    # ------------------------------------------------------------ fields

    def _instruction(self, element: Element, **_: bool) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def _field(self, element: Element, **_: bool) -> None:
        kind = element.get(qualified("w:fldCharType"))
        if kind == "begin":
            self._fields.append(_Field(self.scribe.here()))
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            self._end(self._fields.pop())

    def _end(self, found: _Field) -> None:
        if found.mark:
            self.scribe.mark(self.notes.get(found.target, found.target), found.mark)
            self._results.append((found, found.mark, self.scribe.place))
            return
        if found.kind == "TOC" and self._row:
            self._row.instruction = found.instruction
            return
        result = self.scribe.since(found.start)
        if found.kind == "SEQ":
            self._sequences[found.target] = self._sequences.get(found.target, 0) + 1
            self._said[f"SEQ {len(self._results)}"] = counted("decimal", self._sequences[found.target])
        if found.kind in {"SEQ", "REF"}:
            self._results.append((found, result, self.scribe.place))
        if found.kind == "PAGEREF":
            self.scribe.forget(found.start)
            if self._row:
                self._row.page = result
                return
            self.scribe.text(PAGE)
        if r"\h" in found.instruction and not self._linked and not self._row and found.kind in {"REF", "PAGEREF"}:
            self.scribe.link(found.start, found.target, inside=True)

    def _contents_row(self, element: Element, style: str) -> bool:
        """Read a row of the contents or of a list of captions, if the paragraph is one."""
        level = re.fullmatch(r"TOC(\d)", style)
        if not level and style != "TableofFigures":
            return False
        self._row = _Row()
        self._words(element)
        of = _of(self._row.instruction or next((f.instruction for f in self._fields if f.kind == "TOC"), ""))
        words = self.scribe.take()
        if words:
            heading = self.scribe.list_heading(of)
            self.scribe.rows += [heading] if heading else []
            row = Row(of, int(level[1]) if level else 1, words, self._row.page, self._row.target, self.scribe.place)
            self.scribe.rows.append(row)
        self._row = None
        return True

    def with_stale(self, reading: Reading) -> Reading:
        """The reading with the fields whose results Word would change."""
        stale = []
        for at, (found, result, place) in enumerate(self._results):
            now = self._now(found, at)
            if now is not None and normal(now) != normal(result):
                stale.append(Link(result, now, f"{place}, field {found.instruction.strip()}"))
        return replace(reading, stale=tuple(stale))

    def _now(self, found: _Field, at: int) -> str | None:
        """What Word makes of a field (17.16.5.51, 17.16.5.56); None for one that we do not count."""
        if found.kind == "SEQ":
            return self._said[f"SEQ {at}"]
        if found.kind == "REF" and re.search(r"\\[nrw]\b", found.instruction):
            return self._labels.get(found.target, "").strip().rstrip(".")
        return self._said.get(found.target) if found.kind == "REF" else None

    # ------------------------------------------------------------ tables and figures

    def _table(self, element: Element) -> None:
        style = value(element, "w:tblPr/w:tblStyle") or ""
        if style == "BoxTable":
            for cell in element.iter(_CELL):
                self.blocks(cell)
            return
        place = f"{self._part}, table before paragraph {self._paragraphs + 1}"
        rows = self._rows(element)
        caption, self.caption = self.caption, ""
        if style == "MarksTable":
            data = tuple(tuple(cell.words for cell in row) for row in rows)
            description = value(element, "w:tblPr/w:tblDescription") or ""
            self._add_figure(Figure(caption, normal(description), data, place))
            return
        self.scribe.block("table", place)
        self.scribe.tables.append(Table(caption, rows, place))

    def _rows(self, element: Element) -> tuple[tuple[Cell, ...], ...]:
        """Rows with the cells that begin in them (17.4.84: a cell reaches down over those that say `continue`)."""
        looks = element.find(f"{_TABLE_PROPERTIES}/{qualified('w:tblLook')}")
        heads_of_rows = looks is not None and looks.get(qualified("w:firstColumn")) == "1"
        rows: list[list[_Draft]] = []
        reaching: dict[int, _Draft] = {}
        for row in element.iterchildren(_ROW):
            head = row.find(f"{_ROW_PROPERTIES}/{qualified('w:tblHeader')}") is not None
            place = 0
            rows.append([])
            for cell in row.iterchildren(_CELL):
                properties = cell.find(_CELL_PROPERTIES)
                span = int(value(properties, "w:gridSpan") or 1)
                merge = value(properties, "w:vMerge")
                if merge is not None and merge != "restart":
                    reaching[place].rowspan += 1
                else:
                    found = reaching[place] = _Draft(self._cell(cell), head or (heads_of_rows and not place), span)
                    rows[-1].append(found)
                place += span
        return tuple(tuple(draft.cell() for draft in row) for row in rows)

    def _cell(self, element: Element) -> str:
        with self.scribe.apart() as blocks:
            self.blocks(element)
        return joined(blocks)

    def _drawing(self, element: Element, **_: bool) -> None:
        """A chart with its stored values, a map of shapes with their words, or a picture."""
        described = next(element.iter(qualified("wp:docPr")), None)
        alt = "" if described is None else normal(described.get("descr", ""))
        chart = next(element.iter(qualified("c:chart")), None)
        data: tuple[tuple[str, ...], ...] = ()
        if chart is not None:
            data = chart_data(self.package.part(self._links[chart.get(qualified("r:id"), "")]))
        elif next(element.iter(_SHAPE_TEXT), None) is not None:
            data = tuple(_map_data(element))
        caption, self.caption = self.caption, ""
        if caption or alt:
            self._add_figure(Figure(caption, alt, data, self.scribe.place))

    def _add_figure(self, figure: Figure) -> None:
        self.scribe.block("figure", figure.place)
        self.scribe.figures.append(figure)

    def _alternatives(self, element: Element, **_: bool) -> None:
        """Of two drawings of the same, the first (part 3, 10.2.1)."""
        for found in element.iter(qualified("w:drawing")):
            self._drawing(found)


@dataclass(slots=True)
class _Draft:
    """A cell that may reach down further."""

    words: str
    head: bool
    colspan: int
    rowspan: int = 1

    def cell(self) -> Cell:
        """The cell; an empty one heads nothing."""
        return Cell(self.words, self.head and bool(self.words), self.colspan, self.rowspan)


def chart_data(root: Element) -> tuple[tuple[str, ...], ...]:
    """Heads, then a row for each category, from the values stored in a chart part (21.2.2.23)."""
    names: list[str] = []
    columns: list[list[str]] = []
    categories: list[str] = []
    for series in root.iter(qualified("c:ser")):
        names.append("".join(_points(series.find(qualified("c:tx")))))
        categories = _points(series.find(qualified("c:cat")))
        columns.append(_points(series.find(qualified("c:val"))))
    return (("", *names), *((name, *values) for name, *values in zip(categories, *columns, strict=True)))


def _points(element: Element | None) -> list[str]:
    """Stored values in order; an empty one where there is no point."""
    if element is None:
        return []
    count = int(next(iter(element.iter(qualified("c:ptCount"))), element).get("val", "0"))
    found = {int(p.get("idx", "0")): normal(p.findtext(qualified("c:v")) or "") for p in element.iter(qualified("c:pt"))}
    return [found.get(at, "") for at in range(count)]


def _map_data(element: Element) -> Iterator[tuple[str, ...]]:
    yield ("", "")
    for shape in element.iter(_SHAPE_TEXT):
        value_, label = ("".join(t.text or "" for t in p.iter(_T)) for p in shape.iter(_P))
        yield (normal(label), normal(value_))


_P, _RUN, _T = qualified("w:p"), qualified("w:r"), qualified("w:t")
_TABLE, _ROW, _CELL = qualified("w:tbl"), qualified("w:tr"), qualified("w:tc")
_PROPERTIES, _TABLE_PROPERTIES = qualified("w:pPr"), qualified("w:tblPr")
_ROW_PROPERTIES, _CELL_PROPERTIES = qualified("w:trPr"), qualified("w:tcPr")
_CONTROL, _SHAPE_TEXT = qualified("w:sdt"), qualified("w:txbxContent")
_BOOKMARK, _FOOTNOTE = qualified("w:bookmarkStart"), qualified("w:footnoteReference")
_NAME, _ID, _ANCHOR = qualified("w:name"), qualified("w:id"), qualified("w:anchor")

_STYLES: Mapping[str, Callable[[_Reader, Element, str], None]] = {
    "Caption": _Reader._caption,  # noqa: SLF001
    "TableNote": _Reader._table_note,  # noqa: SLF001
}
_INLINES: Mapping[str, Callable[[_Reader, Element], None]] = {
    _RUN: _Reader._run,  # noqa: SLF001
    qualified("w:hyperlink"): _Reader._hyperlink,  # noqa: SLF001
    _BOOKMARK: _Reader._bookmark,  # noqa: SLF001
    qualified("w:bookmarkEnd"): _Reader._bookmark_end,  # noqa: SLF001
}
_IN_RUNS: Mapping[str, Callable[..., None]] = {
    _T: _Reader._text,  # noqa: SLF001
    qualified("w:tab"): _Reader._space,  # noqa: SLF001
    qualified("w:br"): _Reader._space,  # noqa: SLF001
    qualified("w:noBreakHyphen"): _Reader._hyphen,  # noqa: SLF001
    qualified("w:fldChar"): _Reader._field,  # noqa: SLF001
    qualified("w:instrText"): _Reader._instruction,  # noqa: SLF001
    _FOOTNOTE: _Reader._footnote,  # noqa: SLF001
    qualified("w:drawing"): _Reader._drawing,  # noqa: SLF001
    qualified("mc:AlternateContent"): _Reader._alternatives,  # noqa: SLF001
}
