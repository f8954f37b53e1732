"""In: the bytes of a tagged PDF. Out: its `Reading`, through the structure tree (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html import unescape

import pikepdf
from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.language import LANGUAGES
from icat_reports.verify.pdf_content import read_pages
from icat_reports.verify.pdf_pages import Page, Piece, goes_on
from icat_reports.verify.pdf_tree import Content, Node, Target, destinations, structure
from icat_reports.verify.reading import Cell, Figure, ListOf, Reading, Row, Table
from icat_reports.verify.scribe import Scribe, joined
from icat_reports.verify.words import FROM_RIGHT, LINE_END, PAGE, normal

_TITLE = re.compile(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", re.DOTALL)
_ROW = re.compile(r"^(.*?)\s*(\d+|[ivxlcdm]+)$", re.DOTALL)
"""Words of a contents row, and the page at its end."""
_RANGE = re.compile(r"[\d–]+")
"""What the column of paragraphs says."""
_TOLERANCE = 1.0
"""Points by which a destination may lie below the base line that it leads to."""
_HEADINGS = frozenset(f"H{level}" for level in range(1, 7))
_TARGETS = frozenset({"Caption", "Note", "P"}) | _HEADINGS
_NUMBERED = re.compile(r"\d+[.\-]")
"""What a numbered paragraph begins with, in a piece of its own."""


def read_pdf(source: bytes) -> Reading:
    """Read a PDF that `write_pdf` wrote; raises pikepdf.PdfError for what is no PDF, KeyError for one without tags."""
    with pikepdf.open(io.BytesIO(source)) as pdf:
        language = str(pdf.Root.get("/Lang", ""))
        pages = read_pages(pdf, rtl=_is_rtl(language))
        root = structure(pdf, pages)
        reader = _Reader(pages, destinations(pdf))
        reader.learn_places(root)
        reader.inside(root)
        return reader.scribe.reading("pdf", _title(pdf), language)


def _is_rtl(language: str) -> bool:
    known = LANGUAGES.get(language.partition("-")[0])
    return known is not None and known.direction == "rtl"


def _title(pdf: pikepdf.Pdf) -> str:
    metadata = pdf.Root.get("/Metadata")
    found = _TITLE.search(metadata.read_bytes().decode()) if isinstance(metadata, pikepdf.Stream) else None
    return unescape(found[1]) if found else ""


class _Reader(Struct):
    """Goes through the tree in order."""

    pages: list[Page]
    destinations: Mapping[str, tuple[int, float]]
    scribe: Scribe = field(default_factory=Scribe)
    _places: dict[int, list[tuple[float, Node]]] = field(default_factory=dict)
    """Headings, captions and notes by page, with the heights of their first lines."""
    _table_captions: set[Node] = field(default_factory=set)
    _last: tuple[Page, Piece] | None = None
    """The last words that were taken."""

    def learn_places(self, root: Node) -> None:
        """See where everything stands that a link may lead to."""
        for node in root.all():
            if node.type == "Table" and (caption := node.child("Caption")):
                self._table_captions.add(caption)
            first = node.first() if node.type in _TARGETS else None
            if first and (node.type != "P" or _number_of(first)):
                self._places.setdefault(first.page.number, []).append((first.pieces[0].y, node))

    def _goal(self, target: Target | None) -> Node | None:
        """What stands at a destination, or next below it."""
        if target is None or not target.inside or target.name not in self.destinations:
            return None
        page, height = self.destinations[target.name]
        below = [(y, node) for y, node in self._places.get(page, ()) if y <= height + _TOLERANCE]
        return max(below, key=lambda found: found[0])[1] if below else None

    def _page_of(self, target: Target) -> str:
        """The number printed on the page that a link leads to."""
        return self.pages[self.destinations[target.name][0]].shown

    # ------------------------------------------------------------ words

    def inside(self, node: Node) -> None:
        """Read the kids of an element; notes in a division or after a table stand under what they are to."""
        before = node.type
        for kid in node.kids:
            if isinstance(kid, Content):
                self._take(kid)
            elif isinstance(kid, Node) and kid.type == "Note":
                self._note(kid, under=node.type == "Div" or before == "Table")
            elif isinstance(kid, Node):
                before = kid.type
                _READERS.get(kid.type, _Reader.inside)(self, kid)

    def _take(self, content: Content) -> None:
        if not content.pieces:  # white space, of which the engine draws nothing
            self.scribe.text(LINE_END)
        for piece in content.pieces:
            if self._last and (self._last[0] is not content.page or not goes_on(self._last[1], piece)):
                self.scribe.text(LINE_END)
            self.scribe.text(piece.text)
            self._last = (content.page, piece)

    def _stand(self, node: Node) -> None:
        """Say where an element begins."""
        first = node.first()
        if first:
            self.scribe.place, self.scribe.page = first.page.place, first.page.shown

    @contextmanager
    def _elsewhere(self, node: Node) -> Iterator[None]:
        """What is read meanwhile stands elsewhere than what goes on after it."""
        before = self._last, self.scribe.place, self.scribe.page
        self._stand(node)
        yield
        self._last, self.scribe.place, self.scribe.page = before

    def link(self, node: Node) -> None:
        """Read a link: one that leads to a note is its mark, one that shows where it leads stands for a page."""
        target = node.target()
        goal = self._goal(target)
        if goal and goal.type == "Note":
            with self._elsewhere(node):
                self.scribe.mark(goal.name, node.words())
            return
        start = self.scribe.here()
        if goal and target and node.words() == self._page_of(target):
            self.scribe.text(f"{LINE_END}{PAGE}")
        else:
            self.inside(node)
        if target:
            self.scribe.link(start, goal.name if goal else target.name, inside=target.inside)

    # ------------------------------------------------------------ blocks

    def block(self, node: Node) -> None:
        """Read a block of words or of blocks; it ends what stands before it."""
        self.scribe.block()
        self._stand(node)
        self.inside(node)
        self.scribe.block()

    def paragraph(self, node: Node) -> None:
        """Read a paragraph; links may lead to the number of one."""
        first = node.first()
        self.scribe.targets[node.name] = _number_of(first) if first else ""
        self.block(node)

    def heading(self, node: Node) -> None:
        """Read a heading."""
        self.scribe.block()
        self._stand(node)
        self.inside(node)
        self.scribe.heading(int(node.type[1:]), "", node.name)

    def item(self, node: Node) -> None:
        """Read an item of a list; a mark that does not count is a bullet, whatever its look."""
        self.scribe.block()
        self._stand(node)
        label = node.child("Lbl")
        mark = label.words() if label else ""
        self.scribe.open_item("•" if mark and not any(map(str.isalnum, mark)) else mark)
        self.inside(Node("LI", [kid for kid in node.kids if kid is not label]))
        self.scribe.block()
        self.scribe.close_item()

    def _note(self, node: Node, *, under: bool) -> None:
        label = node.child("Lbl")
        back = label.target() if label else None
        with self._elsewhere(node), self.scribe.note(node.name) as note:
            note.mark = label.words() if label else ""
            note.under = under
            note.back = self._page_of(back) if back and back.name in self.destinations else ""
            self.inside(Node("Note", [kid for kid in node.kids if kid is not label]))

    # ------------------------------------------------------------ tables and figures

    def division(self, node: Node) -> None:
        """Read a division: a figure with its caption, or a box."""
        drawing, caption = node.child("Figure"), node.child("Caption")
        if drawing is None and caption is None:
            self.block(node)
            return
        self.scribe.block()
        self._stand(node)
        place, page = self.scribe.place, self.scribe.page
        self.scribe.block("figure")
        alt = normal(drawing.alt) if drawing else ""
        self.scribe.figures.append(Figure(self._caption(caption), alt, (), place, page))
        self.block(Node("Div", [kid for kid in node.kids if kid is not drawing and kid is not caption]))

    def _caption(self, node: Node | None) -> str:
        if node is None:
            return ""
        self.inside(node)
        self.scribe.targets[node.name] = words = self.scribe.take()
        return words

    def table(self, node: Node) -> None:
        """Read a table."""
        self.scribe.block()
        self._stand(node)
        place, page = self.scribe.place, self.scribe.page
        self.scribe.block("table")
        caption = self._caption(node.child("Caption"))
        rows = (row for row in node.all() if row.type == "TR")
        cells = tuple(tuple(self._cell(cell) for cell in row.children() if cell.type in {"TH", "TD"}) for row in rows)
        self.scribe.tables.append(Table(caption, cells, place, page))

    def _cell(self, node: Node) -> Cell:
        with self.scribe.apart() as blocks:
            self.block(node)
        words = joined(blocks)
        return Cell(words, node.type == "TH" and bool(words), node.colspan, node.rowspan)

    # ------------------------------------------------------------ contents

    def contents(self, node: Node) -> None:
        """Read the rows of a contents page or of a list of captions, and take the heading over them."""
        self.scribe.block()
        heading = self.scribe.list_heading()
        rows = list(self._rows(node, 1))
        if heading:
            self.scribe.rows.append(replace(heading, of=rows[0].of if rows else heading.of))
        self.scribe.rows += rows

    def _rows(self, node: Node, level: int) -> Iterator[Row]:
        for item in node.children():
            for kid in item.children():
                if kid.type == "TOC":
                    yield from self._rows(kid, level + 1)
                else:
                    yield self._row(kid, level)

    def _row(self, node: Node, level: int) -> Row:
        target = node.target()
        goal = self._goal(target)
        shown = node.shown()
        match = _ROW.match(shown)
        words, page = (match[1], match[2]) if match else (shown, "")
        spans = [n.shown() for n in node.all() if n.type == "Span"]
        range_ = next((span for span in reversed(spans) if _RANGE.fullmatch(_figures(span))), "")
        words = words.removesuffix(range_)
        self._stand(node)
        name = goal.name if goal else target.name if target else ""
        return Row(self._of(goal), level, normal(words), page, name, self.scribe.place, _figures(range_))

    def _of(self, goal: Node | None) -> ListOf:
        if goal is None or goal.type != "Caption":
            return "sections"
        return "tables" if goal in self._table_captions else "figures"


def _number_of(content: Content) -> str:
    """The number that stands before a paragraph; empty where there is none."""
    shown = _figures(content.pieces[0].text.strip())
    return shown if _NUMBERED.fullmatch(shown) else ""


def _figures(text: str) -> str:
    """Figures and signs in the order of reading: figures run from the left in every script (UAX 9, L2)."""
    if not text.startswith(FROM_RIGHT):
        return text
    return re.sub(r"\d+", lambda found: found[0][::-1], text.removeprefix(FROM_RIGHT))


_READERS: Mapping[str, Callable[[_Reader, Node], None]] = {
    "P": _Reader.paragraph,
    **dict.fromkeys(("Part", "Sect", "BlockQuote", "L"), _Reader.block),
    **dict.fromkeys(sorted(_HEADINGS), _Reader.heading),
    "LI": _Reader.item,
    "Div": _Reader.division,
    "Table": _Reader.table,
    "Link": _Reader.link,
    "TOC": _Reader.contents,
}
