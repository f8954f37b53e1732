"""In: HTML for print. Out: WeasyPrint's pages, with the printed label of each page and target, and their PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import pydyf
from msgspec import Struct
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from icat_reports.numerals import roman
from icat_reports.write_pdf.foreign import Box, Document


class _Labels(Struct, frozen=True):
    """How the pages of one division are numbered (ISO 32000-1, 12.4.2)."""

    first: int
    """Page on which it begins, from 0."""
    style: str
    """`r` roman, `D` decimal, empty for none."""
    start: int = 1


class Laid(Struct, frozen=True):
    """Pages, and what is printed on them as their numbers."""

    document: Document
    labels: tuple[_Labels, ...]
    targets: Mapping[str, str]


_STYLES: Mapping[str, str] = {"part-cover": "", "part-front": "r", "part-body": "D"}
"""Style of numbers by id of the division at whose first page it begins; the back goes on as the body does."""

_NOTHING, _ZERO_WIDTH = b" <>", b" <200b>"
"""Ends of a line of a ToUnicode map (ISO 32000-1, 9.10.3)."""


def lay_out(html: str, variant: str) -> Laid:
    """Break `html` into pages."""
    fetcher = URLFetcher(allowed_protocols=["data"])
    source = HTML(string=html, url_fetcher=fetcher)
    document = source.render(font_config=FontConfiguration(), pdf_variant=variant)
    for page in document.pages:
        page.links = [link for link in page.links if _is_own_link(link[3])]
    pages = {name: i for i, page in reversed(list(enumerate(document.pages))) for name in page.anchors}
    labels = tuple(_Labels(pages[part], style) for part, style in _STYLES.items() if part in pages)
    if _is_numbered_through(source):
        labels = (_Labels(0, "D"),)
    targets = {name: _label(labels, page) for name, page in sorted(pages.items())}
    return Laid(document, labels, targets)


def _is_numbered_through(source: HTML) -> bool:
    """Whether pages are numbered in figures from the first, as the document says in its body's class."""
    body = source.etree_element.find("body")
    return body is not None and "through" in body.get("class", "").split()


def write(laid: Laid, variant: str) -> bytes:
    """Paint the pages and write the file."""
    pdf = laid.document.write_pdf(finisher=partial(_finish, laid.labels), pdf_variant=variant)
    return bytes(pdf)


def _is_own_link(box: Box) -> bool:
    """Whether a box is that of the link itself: the engine also gives one to each box inside it."""
    return box.element is not None and box.element.tag == "a" and box.element_tag == "a"


def _finish(labels: tuple[_Labels, ...], _document: object, pdf: pydyf.PDF) -> None:
    """Number the pages in the viewer as they are in print, every glyph a meaning, the metadata in clear."""
    _mean_something(pdf)
    for item in _streams(pdf):
        if item.extra.get("Type") == "/Metadata":
            item.compress = False  # so that any program can find it (PDF/A-1, 6.7.2)
    numbers = pydyf.Array()
    for row in labels:
        style = {"S": f"/{row.style}", "St": row.start} if row.style else {}
        numbers += [row.first, pydyf.Dictionary(style)]
    if numbers and numbers[0] == 0:
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


def _streams(pdf: pydyf.PDF) -> Iterator[pydyf.Stream]:
    return (item for item in pdf.objects if isinstance(item, pydyf.Stream))


def _mean_something(pdf: pydyf.PDF) -> None:
    """Let the later parts of a letter with marks mean a space of no width (PDF/UA-1, 7.21.7: no glyph means nothing)."""
    for item in _streams(pdf):
        if b"begincmap" in item.stream:
            item.stream[:] = [_meaning(line) for line in item.stream]


def _meaning(line: object) -> object:
    if isinstance(line, bytes) and line.endswith(_NOTHING):
        return line.removesuffix(_NOTHING) + _ZERO_WIDTH
    return line


def _label(labels: tuple[_Labels, ...], page: int) -> str:
    """What is printed on a page."""
    row = next((row for row in reversed(labels) if row.first <= page), _Labels(0, "D"))
    number = page - row.first + row.start
    return {"": "", "D": str(number), "r": roman(number)}[row.style]
