"""In: the bytes of a tagged PDF. Out: its `Reading`, through the structure tree (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pikepdf

from icat_reports.language import LANGUAGES
from icat_reports.verify.pdf_pages import Page, Piece, goes_on, joined, pages
from icat_reports.verify.reading import Cell, Figure, ListOf, Reading, Row, Table
from icat_reports.verify.scribe import Scribe
from icat_reports.verify.scribe import joined as blocks_joined
from icat_reports.verify.words import LINE_END, PAGE, normal

_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)
_ROW_PAGE = re.compile(rf"^(.*?)[\s{LINE_END}]*(\d+|[ivxlcdm]+)$", re.DOTALL)
_TOLERANCE = 1.0
"""Points by which a destination may lie below the base line that it leads to."""


def read_pdf(data: bytes) -> Reading:
    """Read a PDF that `write_pdf` wrote; raises pikepdf.PdfError for what is no PDF, KeyError for one without tags."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        language = str(pdf.Root.get("/Lang", ""))
        tree = _Tree(pages(pdf, rtl=_is_rtl(language)), {page.objgen: number for number, page in enumerate(pdf.pages)})
        root = tree.node(pdf.Root["/StructTreeRoot"], None)
        reader = _Reader(tree, dict(_destinations(pdf)))
        reader.learn_places(root)
        reader.inside(root)
        return reader.scribe.reading("pdf", _title(pdf), language)


def _is_rtl(language: str) -> bool:
    known = LANGUAGES.get(language.partition("-")[0])
    return known is not None and known.direction == "rtl"


def _title(pdf: pikepdf.Pdf) -> str:
    metadata = pdf.Root.get("/Metadata")
    found = _TITLE.search(metadata.read_bytes().decode()) if isinstance(metadata, pikepdf.Stream) else None
    if not found:
        return str(pdf.docinfo.get("/Title", ""))
    return found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


# ---------------------------------------------------------------- the tree


@dataclass(frozen=True, slots=True)
class _Content:
    """Marked content of a page."""

    page: Page
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a link leads: an address, or the name of a destination."""

    name: str
    inside: bool


@dataclass(slots=True, eq=False)
class _Node:
    """A structure element."""

    type: str
    kids: list[_Node | _Content | _Target] = field(default_factory=list)
    alt: str = ""
    colspan: int = 1
    rowspan: int = 1

    def all(self) -> Iterator[_Node]:
        """The element and those inside it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, _Node):
                yield from kid.all()

    def contents(self) -> Iterator[_Content]:
        """All content, in order."""
        for kid in self.kids:
            if isinstance(kid, _Node):
                yield from kid.contents()
            elif isinstance(kid, _Content) and kid.pieces:
                yield kid

    def first(self) -> _Content | None:
        """Its first words."""
        return next(self.contents(), None)

    def words(self) -> str:
        """All its words."""
        return normal(LINE_END.join(joined(content.pieces) for content in self.contents()))

    def of(self, type_: str) -> _Node | None:
        """The first child of a type."""
        return next((kid for kid in self.kids if isinstance(kid, _Node) and kid.type == type_), None)


@dataclass(frozen=True, slots=True)
class _Tree:
    """Makes nodes of structure elements."""

    pages: list[Page]
    numbers: Mapping[tuple[int, int], int]
    """Numbers of the pages by their objects."""

    def node(self, source: pikepdf.Object, page: Page | None) -> _Node:
        """The node of a structure element; `page` is that of its parent."""
        if (own := source.get("/Pg")) is not None:
            page = self._page(own)
        found = _Node(str(source.get("/S", "/Document"))[1:], alt=str(source.get("/Alt", "")))
        for attributes in _several(source.get("/A")):
            found.colspan = int(attributes.get("/ColSpan", found.colspan))
            found.rowspan = int(attributes.get("/RowSpan", found.rowspan))
        found.kids = [kid for child in _several(source.get("/K")) if (kid := self._kid(child, page)) is not None]
        return found

    def _kid(self, source: pikepdf.Object | int, page: Page | None) -> _Node | _Content | _Target | None:
        """A kid is a number of marked content, a reference to some on another page or to a link, or an element."""
        if isinstance(source, int):
            return self._content(page, source)
        kind = source.get("/Type")
        if kind == "/MCR":
            return self._content(self._page(source["/Pg"]) if "/Pg" in source else page, int(source["/MCID"]))
        if kind == "/OBJR":
            return _link_target(source["/Obj"])
        return self.node(source, page)

    def _page(self, source: pikepdf.Object) -> Page:
        return self.pages[self.numbers[source.objgen]]

    @staticmethod
    def _content(page: Page | None, mcid: int) -> _Content | None:
        return None if page is None else _Content(page, page.contents.get(mcid, []))


def _several(source: pikepdf.Object | None) -> list[pikepdf.Object]:
    if source is None:
        return []
    return list(source) if isinstance(source, pikepdf.Array) else [source]


def _link_target(annotation: pikepdf.Object) -> _Target | None:
    if "/Dest" in annotation:
        return _Target(str(annotation["/Dest"]), inside=True)
    action = annotation.get("/A")
    if action is None:
        return None
    if "/URI" in action:
        return _Target(str(action["/URI"]), inside=False)
    return _Target(str(action.get("/D", "")), inside=True)


def _destinations(pdf: pikepdf.Pdf) -> Iterator[tuple[str, tuple[int, float]]]:
    """Number of the page and height on it by the name of each destination (12.3.2.3)."""
    names = pdf.Root.get("/Names", {}).get("/Dests")
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    waiting = [names] if names is not None else []
    while waiting:
        node = waiting.pop()
        waiting += _several(node.get("/Kids"))
        flat = _several(node.get("/Names"))
        for name, target in zip(flat[::2], flat[1::2], strict=True):
            place = target if isinstance(target, pikepdf.Array) else target["/D"]
            yield str(name), (numbers[place[0].objgen], float(place[3]))


# ---------------------------------------------------------------- reading


_TARGETS = frozenset({"Caption", "Note", *(f"H{level}" for level in range(1, 7))})


@dataclass(slots=True)
class _Reader:
    """Goes through the tree in order."""

    tree: _Tree
    destinations: Mapping[str, tuple[int, float]]
    scribe: Scribe = field(default_factory=Scribe)
    _places: dict[int, list[tuple[float, _Node]]] = field(default_factory=dict)
    """Headings, captions and notes by page, with the heights of their first lines."""
    _table_captions: set[_Node] = field(default_factory=set)
    _last: tuple[Page, Piece] | None = None
    """The last words that were taken."""

    def learn_places(self, root: _Node) -> None:
        """See where everything stands that a link may lead to."""
        for node in root.all():
            if node.type == "Table" and (caption := node.of("Caption")):
                self._table_captions.add(caption)
            first = node.first() if node.type in _TARGETS else None
            if first:
                self._places.setdefault(first.page.number, []).append((first.pieces[0].y, node))

    def _leads_to(self, name: str) -> _Node | None:
        """What stands at a destination, or next below it."""
        if name not in self.destinations:
            return None
        page, height = self.destinations[name]
        below = [(y, node) for y, node in self._places.get(page, ()) if y <= height + _TOLERANCE]
        return max(below, key=lambda found: found[0])[1] if below else None

    # ------------------------------------------------------------ blocks

    def inside(self, node: _Node) -> None:
        """Read the kids of an element."""
        for kid in node.kids:
            if isinstance(kid, _Content):
                self._take(kid)
            elif isinstance(kid, _Node):
                _READERS.get(kid.type, _Reader.inside)(self, kid)

    def _take(self, content: _Content) -> None:
        if not content.pieces:
            self.scribe.text(LINE_END)
        for piece in content.pieces:
            if self._last and (self._last[0] is not content.page or not goes_on(self._last[1], piece)):
                self.scribe.text(LINE_END)
            self.scribe.text(piece.text)
            self._last = (content.page, piece)

    def _stand(self, node: _Node) -> None:
        """Say where an element begins."""
        first = node.first()
        if first:
            self.scribe.place = first.page.place
            self.scribe.page = first.page.folio or first.page.label

    def block(self, node: _Node) -> None:
        """Read a block of words or of blocks; it ends what stands before it."""
        self.scribe.block()
        self._stand(node)
        self.inside(node)
        self.scribe.block()

    def heading(self, node: _Node) -> None:
        """Read a heading."""
        self.scribe.block()
        self._stand(node)
        self.inside(node)
        self.scribe.heading(int(node.type[1:]), "", _name(node))

    def item(self, node: _Node) -> None:
        """Read an item of a list."""
        self.scribe.block()
        self._stand(node)
        label = node.of("Lbl")
        shown = label.words() if label else ""
        self.scribe.open_item(shown if any(map(str.isalnum, shown)) or not shown else "•")
        body = node.of("LBody")
        if body:
            self.inside(body)
        self.scribe.block()
        self.scribe.close_item()

    def note(self, node: _Node) -> None:
        """Read a note, wherever it stands in the tree."""
        before, place, page = self._last, self.scribe.place, self.scribe.page
        self._stand(node)
        with self.scribe.note(_name(node)) as note:
            label = node.of("Lbl")
            note.mark = label.words() if label else ""
            note.under = not note.mark.isdigit()
            for kid in node.kids:
                if kid is not label:
                    self.inside(_Node("Span", [kid]))
        self._last, self.scribe.place, self.scribe.page = before, place, page

    # ------------------------------------------------------------ tables and figures

    def division(self, node: _Node) -> None:
        """Read a division: a figure with its caption, or a box."""
        drawing, caption = node.of("Figure"), node.of("Caption")
        if drawing is None and caption is None:
            self.block(node)
            return
        self.scribe.block()
        self._stand(node)
        words = self._caption(caption)
        page = self.scribe.page
        self.scribe.block("figure")
        self.scribe.figures.append(Figure(words, normal(drawing.alt if drawing else ""), (), self.scribe.place, page))
        self.inside(_Node("Div", [kid for kid in node.kids if kid not in (drawing, caption)]))
        self.scribe.block()

    def _caption(self, node: _Node | None) -> str:
        if node is None:
            return ""
        self.inside(node)
        words = self.scribe.take()
        self.scribe.targets[_name(node)] = words
        return words

    def table(self, node: _Node) -> None:
        """Read a table."""
        self.scribe.block()
        self._stand(node)
        place, page = self.scribe.place, self.scribe.page
        self.scribe.block("table")
        caption = self._caption(node.of("Caption"))
        rows = tuple(
            tuple(self._cell(cell) for cell in row.kids if isinstance(cell, _Node) and cell.type in {"TH", "TD"})
            for row in node.all()
            if row.type == "TR"
        )
        self.scribe.tables.append(Table(caption, rows, place, page))

    def _cell(self, node: _Node) -> Cell:
        self._stand(node)
        with self.scribe.apart() as blocks:
            self.inside(node)
            self.scribe.block()
        words = blocks_joined(blocks)
        return Cell(words, node.type == "TH" and bool(words), node.colspan, node.rowspan)

    # ------------------------------------------------------------ links and contents

    def link(self, node: _Node) -> None:
        """Read a link: one that leads to a note is its mark, one that shows the page it leads to stands for a page."""
        target = next((kid for kid in node.kids if isinstance(kid, _Target)), None)
        goal = self._leads_to(target.name) if target and target.inside else None
        if goal and goal.type == "Note":
            self._mark(node, goal)
            return
        start = self.scribe.here()
        if goal and target and node.words() in self._shown_pages(target.name):
            self.scribe.text(PAGE)
        else:
            self.inside(node)
        if target:
            self.scribe.link(start, _name(goal) if goal else target.name, inside=target.inside)

    def _mark(self, node: _Node, note: _Node) -> None:
        place, page = self.scribe.place, self.scribe.page
        self._stand(node)
        self.scribe.mark(_name(note), node.words())
        self.scribe.place, self.scribe.page = place, page

    def _shown_pages(self, name: str) -> frozenset[str]:
        page = self.tree.pages[self.destinations[name][0]]
        return frozenset({page.folio, page.label})

    def contents(self, node: _Node) -> None:
        """Read the rows of a contents page or of a list of captions."""
        self.scribe.block()
        start = len(self.scribe.rows)
        heading = self.scribe.list_heading()
        self._rows(node, 1)
        if heading:
            of = self.scribe.rows[start].of if len(self.scribe.rows) > start else "sections"
            self.scribe.rows.insert(start, replace(heading, of=of))

    def _rows(self, node: _Node, level: int) -> None:
        for item in node.kids:
            if not isinstance(item, _Node):
                continue
            for kid in item.kids:
                if isinstance(kid, _Node) and kid.type == "TOC":
                    self._rows(kid, level + 1)
                elif isinstance(kid, _Node):
                    self._row(kid, level)

    def _row(self, node: _Node, level: int) -> None:
        target = next((kid for one in node.all() for kid in one.kids if isinstance(kid, _Target)), None)
        goal = self._leads_to(target.name) if target else None
        shown = joined([piece for content in node.contents() for piece in content.pieces])
        match = _ROW_PAGE.match(shown)
        words, page = (match[1], match[2]) if match else (shown, "")
        self._stand(node)
        name = _name(goal) if goal else target.name if target else ""
        self.scribe.rows.append(Row(self._kind(goal), level, normal(words), page, name, self.scribe.place))

    def _kind(self, goal: _Node | None) -> ListOf:
        if goal is None or goal.type != "Caption":
            return "sections"
        return "tables" if goal in self._table_captions else "figures"


def _name(node: _Node) -> str:
    return f"{node.type} {id(node)}"


_READERS: Mapping[str, Callable[[_Reader, _Node], None]] = {
    **dict.fromkeys(("P", "Part", "Sect", "Art", "BlockQuote", "L", "Document"), _Reader.block),
    **dict.fromkeys((f"H{level}" for level in range(1, 7)), _Reader.heading),
    "LI": _Reader.item,
    "Note": _Reader.note,
    "Div": _Reader.division,
    "Table": _Reader.table,
    "Link": _Reader.link,
    "TOC": _Reader.contents,
}
