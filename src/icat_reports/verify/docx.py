"""In: the bytes of a Word file. Out: its `Reading`: numbers counted as Word counts them, fields by their stored results."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.ooxml.namespaces import qualified
from icat_reports.ooxml.reading import Element, Package, value
from icat_reports.ooxml.styles import LAYOUT_TABLES, LIST_ITEMS, NOTE_MARKS
from icat_reports.verify.docx_drawings import alternative, data
from icat_reports.verify.docx_fields import Field, Fields, list_of
from icat_reports.verify.docx_numbers import Numbers, numbers
from icat_reports.verify.docx_tables import rows
from icat_reports.verify.reading import Figure, Reading, Row, Table
from icat_reports.verify.scribe import Scribe, joined
from icat_reports.verify.words import PAGE, normal

DOCUMENT = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"

_MARKS = frozenset(NOTE_MARKS.values())
_ROW_LEVEL = re.compile(r"(?:TOC(\d)|TableofFigures)(?:Kept)?")

_P, _R, _T = qualified("w:p"), qualified("w:r"), qualified("w:t")
_BOOKMARK, _FOOTNOTE = qualified("w:bookmarkStart"), qualified("w:footnoteReference")
_NAME, _ID, _ANCHOR = qualified("w:name"), qualified("w:id"), qualified("w:anchor")


def read_docx(source: bytes) -> Reading:
    """Read a Word file.

    Raises:
        KeyError: a part is missing.
        lxml.etree.XMLSyntaxError: a part is no XML.
        zipfile.BadZipFile: it is no package.
    """
    package = Package(source)
    body = package.trees[DOCUMENT][0]
    counts = numbers(package.trees["word/styles.xml"], package.trees.get("word/numbering.xml"))
    reader = _Reader(package, counts, _notes_by_bookmark(body), package.targets(DOCUMENT))
    reader.blocks(body)
    reader.footnotes()
    core = package.trees["docProps/core.xml"]
    title, language = (core.findtext(qualified(name)) or "" for name in ("dc:title", "dc:language"))
    return replace(reader.scribe.reading("docx", title, language), stale=tuple(reader.fields.stale()))


def _notes_by_bookmark(body: Element) -> dict[str, str]:
    """Names of notes by the bookmarks that marks refer to: in a note under a table, or before a footnote's first mark."""
    found: dict[str, str] = {}
    for place, block in enumerate(body.iter(_P)):
        if value(block, "w:pPr/w:pStyle") == "TableNote":
            found |= {start.get(_NAME, ""): f"table note {place}" for start in block.iter(_BOOKMARK)}
    for mark in body.iter(_FOOTNOTE):
        run = mark.getparent()
        before = None if run is None else run.getprevious()
        if before is not None and before.tag == _BOOKMARK:
            found[before.get(_NAME, "")] = _footnote_name(mark)
    return found


def _footnote_name(element: Element) -> str:
    return f"footnote {element.get(_ID)}"


class _Row(Struct):
    """A row of a contents field that is being read."""

    target: str = ""
    page: str = ""
    instruction: str = ""
    """That of the contents field, if it ends in this row."""
    columns: list[int] = field(default_factory=list)
    """Where each begins among the words taken."""


class _Reader(Struct):
    """Goes through the blocks in order."""

    package: Package
    numbers: Numbers
    notes: Mapping[str, str]
    """Names of notes by bookmark."""
    targets: Mapping[str, str]
    """Of the part's relationships, by id."""
    scribe: Scribe = field(default_factory=Scribe)
    fields: Fields = field(default_factory=Fields)
    _in_footnotes: bool = False
    _paragraphs: int = 0
    _label: str = ""
    """Number of the paragraph, with what stands after it."""
    _caption: str = ""
    """That of the table or figure that comes next."""
    _row: _Row | None = None
    _linked: bool = False
    """Whether we are in a link."""
    _custom: Element | None = None
    """The words of a mark that is not counted, which were taken already."""
    _marks: dict[str, str] = field(default_factory=dict)
    """Of footnotes, by name."""
    _bookmarks: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Bookmarks that are going on: by id, name and start."""

    # ------------------------------------------------------------ blocks

    def blocks(self, parent: Element) -> None:
        """Read the blocks inside an element."""
        for child in parent:
            read = _BLOCKS.get(child.tag)
            if read:
                read(self, child)

    def control(self, element: Element) -> None:
        """Read what a content control holds."""
        content = element.find(qualified("w:sdtContent"))
        if content is not None:
            self.blocks(content)

    def paragraph(self, element: Element) -> None:
        """Read a paragraph: a row of contents, a heading, an item, or what its style says."""
        properties = element.find(qualified("w:pPr"))
        style = value(properties, "w:pStyle")
        self._label = self.numbers.label(properties)
        if not self._in_footnotes:
            self._paragraphs += 1
            self.scribe.place = f"{DOCUMENT}, paragraph {self._paragraphs}"
        level, row = self.numbers.heading(style), _ROW_LEVEL.fullmatch(style)
        if row:
            self._contents_row(element, int(row[1] or 1))
        elif level:
            self._heading(element, level)
        elif style in LIST_ITEMS:
            self._item(element)
        else:
            _STYLES.get(style, _Reader.plain)(self, element)

    def plain(self, element: Element) -> None:
        """Read a paragraph of words."""
        self.scribe.text(self._label)
        self._words(element)
        self.scribe.block()

    def numbered(self, element: Element) -> None:
        """Read a numbered paragraph, to whose number links may lead."""
        self._lead_to(element, normal(self._label))
        self.plain(element)

    def _item(self, element: Element) -> None:
        self.scribe.open_item(self._label.strip())
        self._words(element)
        self.scribe.block()
        self.scribe.close_item()

    def _heading(self, element: Element, level: int) -> None:
        self.scribe.text(self._label)
        self._words(element)
        self.scribe.heading(level, self._label)
        self._lead_to(element, self.scribe.outline[-1].shown)

    def _lead_to(self, element: Element, shown: str) -> None:
        """Let links to the bookmarks in a paragraph lead to these words."""
        self.scribe.targets.update((start.get(_NAME, ""), shown) for start in element.iter(_BOOKMARK))

    def take_caption(self, element: Element) -> None:
        """Keep a caption for the table or figure after it."""
        self._words(element)
        self._caption = self.scribe.take()
        self._lead_to(element, self._caption)

    def _contents_row(self, element: Element, level: int) -> None:
        row = self._row = _Row()
        self._words(element)
        self._row = None
        of = list_of(row.instruction or self.fields.contents())
        first = row.columns[0] if row.columns else self.scribe.here()
        range_ = self.scribe.since(first)
        self.scribe.forget(first)
        words = self.scribe.take()
        if words:
            heading = self.scribe.list_heading(of)
            self.scribe.rows += [heading] if heading else []
            self.scribe.rows.append(Row(of, level, words, row.page, row.target, self.scribe.place, range_))

    # ------------------------------------------------------------ notes

    def table_note(self, element: Element) -> None:
        """Read a note under a table or figure."""
        names = [start.get(_NAME, "") for start in element.iter(_BOOKMARK)]
        label = self._label.strip()
        with self.scribe.note(next((self.notes[name] for name in names if name in self.notes), "")) as note:
            note.opening = _opening_mark(element)
            note.mark = label or note.opening
            note.under = True
            self._words(element)

    def footnotes(self) -> None:
        """Read the notes at the foot of pages (17.11.15)."""
        root = self.package.trees.get(FOOTNOTES)
        self._in_footnotes = True
        self.targets = self.package.targets(FOOTNOTES)
        for found in () if root is None else root:
            if found.get(qualified("w:type")) in {"separator", "continuationSeparator"}:
                continue
            self.scribe.place = f"{FOOTNOTES}, note {found.get(_ID)}"
            name = _footnote_name(found)
            with self.scribe.note(name) as note:
                note.opening = _opening_mark(found)
                note.mark = note.opening or self._marks.get(name, "")
                self.blocks(found)

    def footnote(self, element: Element, **_: bool) -> None:
        """A mark: counted, unless the text after it in the run is the mark (17.11.14)."""
        if element.get(qualified("w:customMarkFollows")) in {"1", "true", "on"}:
            self._custom = element.getnext()
            shown = "" if self._custom is None else self._custom.text or ""
        else:
            shown = self.fields.footnote()
        name = _footnote_name(element)
        self._marks.setdefault(name, shown)
        self.scribe.mark(name, shown)

    # ------------------------------------------------------------ words

    def _words(self, element: Element) -> None:
        for child in element:
            read = _INLINES.get(child.tag)
            if read:
                read(self, child)

    def hyperlink(self, element: Element) -> None:
        """Read a link to an address or a bookmark."""
        anchor = element.get(_ANCHOR)
        if self._row:
            self._row.target = anchor or ""
            self._words(element)
            return
        start = self.scribe.here()
        self._linked = True
        self._words(element)
        self._linked = False
        target = anchor or self.targets.get(element.get(qualified("r:id"), ""), "")
        self.scribe.link(start, target, inside=anchor is not None)

    def run(self, element: Element) -> None:
        """Read a run of characters."""
        self._inside_run(element, marks=value(element, "w:rPr/w:rStyle") in _MARKS)

    def _inside_run(self, element: Element, *, marks: bool) -> None:
        for child in element:
            read = _IN_RUNS.get(child.tag)
            if read:
                read(self, child, marks=marks)

    def text(self, element: Element, *, marks: bool) -> None:
        """Read characters: words, or the mark of a note."""
        current = self.fields.current
        if element is self._custom or (current and not current.shows):
            return
        if marks and current and current.kind in {"REF", "NOTEREF"}:
            current.mark += element.text or ""
        else:
            self.scribe.text(element.text or "")

    def space(self, _: Element, **__: bool) -> None:
        """A tab or a break stands between words."""
        self.scribe.text(" ")

    def tab(self, element: Element, **_: bool) -> None:
        """A tab stands between words, or before a column of a contents row."""
        if self._row:
            self._row.columns.append(self.scribe.here())
        self.space(element)

    def hyphen(self, _: Element, **__: bool) -> None:
        """A hyphen at which no line breaks."""
        self.scribe.text("\u2011")

    def bookmark(self, element: Element) -> None:
        """A bookmark begins."""
        name = element.get(_NAME, "")
        self._bookmarks[element.get(_ID, "")] = (name, self.scribe.here())
        self.fields.labels[name] = self._label

    def bookmark_end(self, element: Element) -> None:
        """A bookmark ends."""
        name, start = self._bookmarks.pop(element.get(_ID, ""), ("", 0))
        self.fields.words[name] = self.scribe.since(start)

    # ------------------------------------------------------------ fields

    def instruction(self, element: Element, **_: bool) -> None:
        """Read the instruction of a field."""
        if self.fields.current:
            self.fields.current.instruction += element.text or ""

    def field(self, element: Element, **_: bool) -> None:
        """A field begins, goes on to its result, or ends."""
        kind = element.get(qualified("w:fldCharType"))
        current = self.fields.current
        if kind == "begin":
            self.fields.open.append(Field(self.scribe.here()))
        elif current and kind == "separate":
            current.shows = True
        elif current and kind == "end":
            self.fields.open.pop()
            self._end(current)

    def _end(self, found: Field) -> None:
        if found.kind == "TOC":
            if self._row:
                self._row.instruction = found.instruction
            return
        result = found.mark or self.scribe.since(found.start)
        self.fields.ended(found, result, self.scribe.place)
        if found.mark:
            self.scribe.mark(self.notes.get(found.target, found.target), found.mark)
            return
        if found.kind == "PAGEREF":
            self.scribe.forget(found.start)
            if self._row:
                self._row.page = result
                return
            self.scribe.text(PAGE)
        if found.links and not self._linked and not self._row:
            self.scribe.link(found.start, found.target, inside=True)

    # ------------------------------------------------------------ tables and figures

    def table(self, element: Element) -> None:
        """Read a table, a box or a grid of marks."""
        style = value(element, "w:tblPr/w:tblStyle")
        if style in LAYOUT_TABLES:
            for cell in element.iter(qualified("w:tc")):
                self.blocks(cell)
            return
        place = f"{DOCUMENT}, table before paragraph {self._paragraphs + 1}"
        caption, self._caption = self._caption, ""
        found = rows(element, self._cell)
        if style == "MarksTable":
            told = normal(value(element, "w:tblPr/w:tblDescription"))
            shown = tuple(tuple(cell.words for cell in row) for row in found)
            self._add_figure(Figure(caption, told, shown, place))
        else:
            self.scribe.block("table", place)
            self.scribe.tables.append(Table(caption, found, place))

    def _cell(self, element: Element) -> str:
        with self.scribe.apart() as blocks:
            self.blocks(element)
        return joined(blocks)

    def drawing(self, element: Element, **_: bool) -> None:
        """Read a chart, a map or a picture."""
        caption, self._caption = self._caption, ""
        alt = alternative(element)
        if caption or alt:
            shown = data(element, self.package, self.targets)
            self._add_figure(Figure(caption, alt, shown, self.scribe.place))

    def alternatives(self, element: Element, *, marks: bool) -> None:
        """Of two ways to say the same, the one for readers that know more (part 3, 10.2)."""
        for choice in element.iterchildren(qualified("mc:Choice")):
            self._inside_run(choice, marks=marks)

    def alternative_runs(self, element: Element) -> None:
        """The same of whole runs."""
        for choice in element.iterchildren(qualified("mc:Choice")):
            self._words(choice)

    def _add_figure(self, figure: Figure) -> None:
        self.scribe.block("figure", figure.place)
        self.scribe.figures.append(figure)


def _opening_mark(element: Element) -> str:
    """The words in the style of marks with which a note begins."""
    first = next(element.iter(_R), None)
    if first is None or value(first, "w:rPr/w:rStyle") not in _MARKS:
        return ""
    return normal(first.findtext(_T) or "")


_BLOCKS: Mapping[str, Callable[[_Reader, Element], None]] = {
    _P: _Reader.paragraph,
    qualified("w:tbl"): _Reader.table,
    qualified("w:sdt"): _Reader.control,
}
_STYLES: Mapping[str, Callable[[_Reader, Element], None]] = {
    "Caption": _Reader.take_caption,
    "TableNote": _Reader.table_note,
    "NumberedParagraph": _Reader.numbered,
    "NumberedLeadIn": _Reader.numbered,
    "NumberedParagraphAfterList": _Reader.numbered,
    "NumberedLeadInAfterList": _Reader.numbered,
    "ContentsHead": _Reader.plain,
}
_INLINES: Mapping[str, Callable[[_Reader, Element], None]] = {
    _R: _Reader.run,
    qualified("w:hyperlink"): _Reader.hyperlink,
    _BOOKMARK: _Reader.bookmark,
    qualified("w:bookmarkEnd"): _Reader.bookmark_end,
    qualified("mc:AlternateContent"): _Reader.alternative_runs,
}
_IN_RUNS: Mapping[str, Callable[..., None]] = {
    _T: _Reader.text,
    qualified("w:tab"): _Reader.tab,
    qualified("w:br"): _Reader.space,
    qualified("w:noBreakHyphen"): _Reader.hyphen,
    qualified("w:fldChar"): _Reader.field,
    qualified("w:instrText"): _Reader.instruction,
    _FOOTNOTE: _Reader.footnote,
    qualified("w:drawing"): _Reader.drawing,
    qualified("mc:AlternateContent"): _Reader.alternatives,
}
