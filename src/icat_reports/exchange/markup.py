"""In: a unit's text. Out: the same with what must survive set apart as placeholders, and back; XML read safely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from icat_reports.diagnostics import Sink, Span

Element = etree._Element  # noqa: SLF001 - lxml's own name of the type

_MARK = re.compile(r"\[\^[^\]\s]+\]|\[@[^\]\s]+\]|\]\([^)\s]+\)|(?<!\\)\{[A-Za-z][^{}\n]*\}")
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)


def split(text: str) -> list[str]:
    """`text` in parts: words and marks by turns, words first."""
    parts, place = [], 0
    for found in _MARK.finditer(text):
        parts += [text[place : found.start()], found[0]]
        place = found.end()
    return [*parts, text[place:]]


def fill(element: Element, text: str, tag: str) -> None:
    """Put `text` into an element, its marks in placeholders `tag`, which translators' programs protect."""
    first, *rest = split(text)
    element.text = first
    for number, (mark, words) in enumerate(zip(rest[::2], rest[1::2], strict=True), 1):
        placeholder = etree.SubElement(element, tag, {"id" if tag.startswith("{") else "x": str(number)})
        placeholder.text, placeholder.tail = mark, words


def text_of(element: Element | None) -> str:
    """The text of an element with that of its placeholders."""
    return "" if element is None else "".join(map(str, element.itertext()))


def parse(file: str, data: bytes, root: str, sink: Sink) -> Element | None:
    """The root of an XML file; None after a finding. Entities of the file's own are refused, wherever they lead."""
    try:
        tree = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        sink.error("exchange-parses", f"this is not XML: {error.msg}", Span(file, max(line, 1), column),
                   "export it anew, or look what the translator's program made of it")  # fmt: skip
        return None
    if _has_entities(tree):
        sink.error("exchange-plain", "the file defines or uses entities of its own", Span(file, 1),
                   "export it without a document type")  # fmt: skip
        return None
    if etree.QName(tree).localname != root:
        sink.error("exchange-parses", f"this is no {root} file: its root is `{etree.QName(tree).localname}`", Span(file, 1),
                   f"expected <{root}>")  # fmt: skip
        return None
    return tree


def _has_entities(tree: Element) -> bool:
    dtd: Any = tree.getroottree().docinfo.internalDTD
    own = dtd is not None and any(True for _ in dtd.iterentities())
    return own or any(True for _ in tree.iter(etree.Entity))


def line_of(element: Element) -> int:
    """The line of an element, from 1; 0 when it is not known."""
    line: Any = element.sourceline
    return line or 0


def written(root: Element, units: Iterable[Element]) -> bytes:
    """An XML file with a line for each unit; no space is added inside one, where it would be text."""
    for unit in units:
        unit.tail = "\n"
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of an element with a local name, in whatever namespace."""
    return (child for child in element if etree.QName(child).localname == name)


def child(element: Element, name: str) -> Element | None:
    """The first of them."""
    return next(children(element, name), None)
