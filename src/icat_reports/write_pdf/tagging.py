"""In: a document laid out by WeasyPrint 70, being written as PDF. Out: its structure tree.

The engine makes a structure element for each box. We make one for each element of the HTML instead, and let the boxes
give only their marked content. So what runs over pages stays one table, list or paragraph; what the engine repeats or
adds (running heads, page numbers, repeated column heads, leaders) is an artifact; and notes, contents, spanning heads,
languages and descriptions of links come out as the HTML has them. It costs no more than what it replaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf
from msgspec import Struct, field

from icat_reports.write_pdf.foreign import Box, Document, Element, Page, Stream
from icat_reports.write_pdf.roles import (
    attributes,
    description,
    structure_type,
    words,
    wrapper_type,
)

_PX = 0.75
"""Points in a CSS pixel (CSS Values 4, 6.2)."""

_PRINT = 4
"""Flag of an annotation that is printed (ISO 32000-1, table 165)."""


def add_tags(pdf: pydyf.PDF, document: Document, _version: object, streams: list[Stream]) -> None:
    """Write the structure tree of `document` into `pdf`; stands in for `weasyprint.pdf.tags.add_tags`."""
    tree = _Tree(document)
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        tree.take_page(number, page, stream)
    _Writer(pdf, tree, len(document.pages)).write()
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


# ---------------------------------------------------------------- the tree


class _Content(Struct, frozen=True):
    """A piece of marked content."""

    page: int
    mcid: int


class _Annotation(Struct, frozen=True):
    """The clickable rectangle of a link."""

    page: int
    annotation: pydyf.Dictionary


class _Node(Struct, eq=False):
    """A structure element to be."""

    type: str
    parent: _Node | None
    element: Element = None
    """None for those that no element stands for."""
    order: int = 0
    """Place of the element in the HTML."""
    kids: list[_Node | _Content | _Annotation] = field(default_factory=list)
    body: _Node | None = None
    """Where the content of an item goes: its LBody."""
    box: tuple[float, float, float, float] | None = None
    """Bounding box of a figure in points from the lower left corner."""


class _Tree:
    """Structure nodes by element, made when their first content comes."""

    def __init__(self, document: Document) -> None:
        root = document._html.etree_element  # noqa: SLF001 - the one way to the HTML of a laid-out document
        self.root = _Node("Document", None)
        self.contents: list[list[_Node]] = []
        """By page, the node of each MCID."""
        self._parents: Mapping[Element, Element] = {child: parent for parent in root.iter() for child in parent}
        self._order: Mapping[Element, int] = {element: i for i, element in enumerate(root.iter())}
        self._nodes: dict[Element, _Node | None] = {root: self.root}
        self._heads: dict[Element, int] = {}
        self._in_contents = {e for nav in root.iter("nav") for e in nav.iter()}

    # -------------------------------------------------------- content of pages

    def take_page(self, number: int, page: Page, stream: Stream) -> None:
        """Give each piece of marked content of a page to its node, or make it an artifact."""
        boxes = {kid["mcid"]: box for box, kid in stream._tags.items()}  # noqa: SLF001 - the engine's own hand-over
        stream._tags.clear()  # noqa: SLF001
        owners: list[_Node] = []
        self.contents.append(owners)
        for place, mcid in _marked(stream.stream):
            box = boxes[mcid]
            node = self._owner(box, number)
            if node is None:
                kind = {"Type": "/Pagination"} if box.element is None else {}
                stream.stream[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary(kind)]
                continue
            stream.stream[place] = pydyf.Dictionary({"MCID": len(owners)})
            node.kids.append(_Content(number, len(owners)))
            owners.append(node)
            if node.type == "Figure":
                node.box = _bounds(page, box)
        for _, _, _, box in page.links:
            if box.link_annotation is not None:
                self._take_link(number, box)

    def _take_link(self, number: int, box: Box) -> None:
        node = self._node(box.element)
        if node is None:
            return
        annotation = box.link_annotation
        annotation["Contents"] = pydyf.String(words(box.element))
        annotation["F"] = _PRINT
        node.kids.append(_Annotation(number, annotation))

    def _owner(self, box: Box, page: int) -> _Node | None:
        """The node that a box's content belongs to; None for an artifact."""
        if box.element is None:
            return None
        pseudo = str(box.element_tag).partition("::")[2]
        if pseudo in {"before", "after"} and not any(map(str.isalnum, box.text)):
            return None  # leaders and other ornaments
        if self._is_repeated(box.element, page):
            return None
        node = self._node(box.element)
        if node is None:
            return None
        if pseudo == "marker":
            return self._label(node)
        return node.body or node

    def _is_repeated(self, element: Element, page: int) -> bool:
        """Whether it stands in column heads that were seen on an earlier page."""
        head = next((e for e in self._upwards(element) if e.tag == "thead"), None)
        return head is not None and self._heads.setdefault(head, page) != page

    @staticmethod
    def _label(item: _Node) -> _Node:
        """The Lbl of an item, the first of its kids."""
        first = item.kids[0] if item.kids else None
        if isinstance(first, _Node) and first.type == "Lbl":
            return first
        label = _Node("Lbl", item)
        item.kids.insert(0, label)
        return label

    # -------------------------------------------------------- nodes of elements

    def _upwards(self, element: Element) -> Iterator[Element]:
        while element is not None:
            yield element
            element = self._parents.get(element)

    def _node(self, element: Element) -> _Node | None:
        """The node of an element or, where it has none, of the nearest element around it."""
        if element in self._nodes:
            return self._nodes[element]
        in_contents = element in self._in_contents
        kind = structure_type(element, in_contents=in_contents)
        around = self._node(self._parents[element])
        if kind is None or around is None or around.type == "Figure":
            self._nodes[element] = around
            return around
        if kind == "Artifact":
            self._nodes[element] = None
            return None
        node = self._nodes[element] = self._make(element, kind, around, in_contents=in_contents)
        if kind == "Table":
            for inner in element.iter():  # cells without content too: a table is a full grid
                if inner.tag in {"tr", "th", "td"}:
                    self._node(inner)
        self._reserve_note(element)
        return node

    def _make(self, element: Element, kind: str, around: _Node, *, in_contents: bool) -> _Node:
        order = self._order[element]
        parent = _beside_heading(around) if kind == "Note" else around.body or around
        outer = wrapper_type(element, in_contents=in_contents)
        if outer:
            wrapper = _Node(outer, parent, None, order)
            parent.kids.append(wrapper)
            parent = wrapper
        node = _Node(kind, parent, element, order)
        parent.kids.append(node)
        if kind == "LI":
            node.body = _Node("LBody", node, None, order)
            node.kids.append(node.body)
        return node

    def _reserve_note(self, mark: Element) -> None:
        """Give a note its place directly after its mark, though it is laid out at the foot of the page."""
        if mark.get("role") != "doc-noteref":
            return
        siblings = list(self._parents[mark])
        following = siblings[siblings.index(mark) + 1 :][:1]
        if following and following[0].get("role") == "doc-footnote":
            self._node(following[0])


def _beside_heading(node: _Node) -> _Node:
    """A heading's note stands after the heading, so that it is not read as part of it."""
    around = node
    while around.parent is not None:
        if around.type[0] == "H" and around.type[1:].isdigit():
            return around.parent
        around = around.parent
    return node.body or node


def _marked(stream: list[Any]) -> Iterator[tuple[int, int]]:
    """Place of the property list and MCID of each piece of marked content in a page's stream."""
    for place, item in enumerate(stream):
        if isinstance(item, pydyf.Dictionary) and "MCID" in item:
            yield place, item["MCID"]


def _bounds(page: Page, box: Box) -> tuple[float, float, float, float]:
    """A box's rectangle in points from the lower left corner of the page."""
    x, y = box.content_box_x(), box.content_box_y()
    return (
        round(x * _PX, 3),
        round((page.height - y - box.height) * _PX, 3),
        round((x + box.width) * _PX, 3),
        round((page.height - y) * _PX, 3),
    )


# ---------------------------------------------------------------- writing


class _Writer:
    """Turns nodes into PDF objects."""

    def __init__(self, pdf: pydyf.PDF, tree: _Tree, pages: int) -> None:
        self._pdf = pdf
        self._tree = tree
        self._pages = pages
        self._objects: dict[_Node, pydyf.Dictionary] = {}
        self._annotations: list[tuple[pydyf.Dictionary, _Node]] = []
        self._ids: dict[str, pydyf.Dictionary] = {}

    def write(self) -> None:
        """Write the tree, the parent tree (ISO 32000-1, 14.7.4.4) and the tree's root."""
        parents = pydyf.Dictionary({})
        self._pdf.add_object(parents)
        root = pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": parents.reference})
        self._pdf.add_object(root)
        document = self._element(self._tree.root, root)
        root["K"] = pydyf.Array([document.reference])
        numbers = pydyf.Array()
        for number, owners in enumerate(self._tree.contents):
            numbers += [number, pydyf.Array(self._objects[node].reference for node in owners)]
        for number, (annotation, node) in enumerate(self._annotations, self._pages):
            annotation["StructParent"] = number
            numbers += [number, self._objects[node].reference]
        parents["Nums"] = numbers
        root["ParentTreeNextKey"] = self._pages + len(self._annotations)
        if self._ids:
            root["IDTree"] = self._id_tree()
        self._pdf.catalog["StructTreeRoot"] = root.reference

    def _element(self, node: _Node, parent: pydyf.Dictionary) -> pydyf.Dictionary:
        found = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.type}", "P": parent.reference})
        self._pdf.add_object(found)
        self._objects[node] = found
        if node.element is not None:
            self._describe(node, found)
        page = next((kid.page for kid in node.kids if isinstance(kid, _Content)), None)
        if page is not None:
            found["Pg"] = self._pdf.page_references[page]
        found["K"] = pydyf.Array(self._kid(kid, node, found, page) for kid in _in_order(node))
        return found

    def _kid(self, kid: _Node | _Content | _Annotation, node: _Node, own: pydyf.Dictionary, page: int | None) -> object:
        if isinstance(kid, _Node):
            return self._element(kid, own).reference
        if isinstance(kid, _Content):
            if kid.page == page:
                return kid.mcid
            return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pdf.page_references[kid.page], "MCID": kid.mcid}).data
        self._annotations.append((kid.annotation, node))
        return pydyf.Dictionary(
            {"Type": "/OBJR", "Pg": self._pdf.page_references[kid.page], "Obj": kid.annotation.reference}
        ).data

    def _describe(self, node: _Node, found: pydyf.Dictionary) -> None:
        """Attributes, language, id and alternative text of a node that an element stands for."""
        element = node.element
        plain = attributes(element) if node.type in {"TH", "TD", "L"} else {}
        if node.type == "Figure":
            found["Alt"] = pydyf.String(description(element))
            plain = {"O": "/Layout", "BBox": node.box} if node.box else {}
        if len(plain) > 1:
            found["A"] = pydyf.Dictionary({key: _value(value) for key, value in plain.items()})
        if element.get("lang") and element.tag != "html":
            found["Lang"] = pydyf.String(element.get("lang"))
        if element.get("id") and node.type in {"TH", "Note"}:
            found["ID"] = pydyf.String(element.get("id"))
            self._ids[element.get("id")] = found

    def _id_tree(self) -> pydyf.Dictionary:
        """Elements by id (ISO 32000-1, table 322)."""
        names = pydyf.Array()
        for id_, found in sorted(self._ids.items()):
            names += [pydyf.String(id_), found.reference]
        return pydyf.Dictionary({"Names": names})


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return pydyf.Array(pydyf.String(v) if isinstance(v, str) else v for v in value)
    return value


def _in_order(node: _Node) -> list[_Node | _Content | _Annotation]:
    """Kids in reading order: as their content came, or, where all are elements, as the HTML has them."""
    elements = [kid for kid in node.kids if isinstance(kid, _Node)]
    if len(elements) < len(node.kids):
        return node.kids
    elements.sort(key=lambda kid: kid.order)
    return [*elements]
