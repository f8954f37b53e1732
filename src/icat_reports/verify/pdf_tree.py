"""In: a tagged PDF and the words of its pages. Out: its structure elements as nodes with their words and links.

ISO 32000-1, 14.7 (structure), 12.3 (destinations) and 12.6 (actions).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pikepdf
from msgspec import Struct, field

from icat_reports.verify.pdf_pages import Page, Piece, joined
from icat_reports.verify.words import LINE_END, normal


class Content(Struct, frozen=True):
    """Marked content of a page."""

    page: Page
    pieces: list[Piece]


class Target(Struct, frozen=True):
    """Where a link leads: an address, or the name of a destination."""

    name: str
    inside: bool


class Node(Struct, eq=False):
    """A structure element."""

    type: str
    kids: list[Node | Content | Target] = field(default_factory=list)
    alt: str = ""
    colspan: int = 1
    rowspan: int = 1

    @property
    def name(self) -> str:
        """A name that no other node of the tree has."""
        return f"{self.type} {id(self)}"

    def children(self) -> Iterator[Node]:
        """The elements directly inside it."""
        return (kid for kid in self.kids if isinstance(kid, Node))

    def child(self, type_: str) -> Node | None:
        """The first child of a type."""
        return next((kid for kid in self.children() if kid.type == type_), None)

    def all(self) -> Iterator[Node]:
        """The element and those inside it."""
        yield self
        for kid in self.children():
            yield from kid.all()

    def contents(self) -> Iterator[Content]:
        """All content that has words, in order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.contents()
            elif isinstance(kid, Content) and kid.pieces:
                yield kid

    def first(self) -> Content | None:
        """Its first words."""
        return next(self.contents(), None)

    def shown(self) -> str:
        """All its words, with the ends of lines."""
        return LINE_END.join(joined(content.pieces) for content in self.contents())

    def words(self) -> str:
        """All its words, normalised."""
        return normal(self.shown())

    def target(self) -> Target | None:
        """Where it leads, or the first link in it."""
        return next((kid for node in self.all() for kid in node.kids if isinstance(kid, Target)), None)


def structure(pdf: pikepdf.Pdf, pages: list[Page]) -> Node:
    """The root of the tree; raises KeyError for a file without tags."""
    return _Maker(pages, _numbers(pdf)).node(pdf.Root["/StructTreeRoot"], None)


def _numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """Numbers of the pages, from 0, by their objects."""
    return {page.obj.objgen: number for number, page in enumerate(pdf.pages)}


def _several(source: pikepdf.Object | None) -> list[pikepdf.Object]:
    """A value that may be one or an array of many."""
    if source is None:
        return []
    return list(source) if isinstance(source, pikepdf.Array) else [source]


class _Maker(Struct, frozen=True):
    """Makes nodes of structure elements."""

    pages: list[Page]
    numbers: Mapping[tuple[int, int], int]

    def node(self, source: pikepdf.Object, page: Page | None) -> Node:
        """The node of a structure element; `page` is that of its parent."""
        page = self._page(source, page)
        found = Node(str(source.get("/S", "/Document"))[1:], alt=str(source.get("/Alt", "")))
        for attributes in _several(source.get("/A")):
            found.colspan = int(attributes.get("/ColSpan", found.colspan))
            found.rowspan = int(attributes.get("/RowSpan", found.rowspan))
        found.kids = [kid for child in _several(source.get("/K")) if (kid := self._kid(child, page)) is not None]
        return found

    def _kid(self, source: pikepdf.Object | int, page: Page | None) -> Node | Content | Target | None:
        """A kid is a number of marked content, a reference to some on another page or to a link, or an element."""
        if isinstance(source, int):
            return self._content(page, source)
        kind = source.get("/Type")
        if kind == "/MCR":
            return self._content(self._page(source, page), int(source["/MCID"]))
        return _target(source["/Obj"]) if kind == "/OBJR" else self.node(source, page)

    def _page(self, source: pikepdf.Object, page: Page | None) -> Page | None:
        own = source.get("/Pg")
        return page if own is None else self.pages[self.numbers[own.objgen]]

    @staticmethod
    def _content(page: Page | None, mcid: int) -> Content | None:
        return None if page is None else Content(page, page.contents.get(mcid, []))


# ---------------------------------------------------------------- links


def _target(annotation: pikepdf.Object) -> Target | None:
    if "/Dest" in annotation:
        return Target(str(annotation["/Dest"]), inside=True)
    action = annotation.get("/A")
    if action is None:
        return None
    if "/URI" in action:
        return Target(str(action["/URI"]), inside=False)
    return Target(str(action.get("/D", "")), inside=True)


def destinations(pdf: pikepdf.Pdf) -> dict[str, tuple[int, float]]:
    """Number of the page and height on it by the name of each destination (12.3.2.3)."""
    numbers = _numbers(pdf)
    names = pdf.Root.get("/Names")
    found: dict[str, tuple[int, float]] = {}
    waiting = [] if names is None else _several(names.get("/Dests"))
    while waiting:
        node = waiting.pop()
        waiting += _several(node.get("/Kids"))
        flat = _several(node.get("/Names"))
        for name, target in zip(flat[::2], flat[1::2], strict=True):
            place = target if isinstance(target, pikepdf.Array) else target["/D"]
            found[str(name)] = (numbers[place[0].objgen], float(place[3]))
    return found
