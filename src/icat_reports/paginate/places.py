"""In: a PDF with named places. Out: the printed page number of each target."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

import pikepdf

from icat_reports.diagnostics import Diagnostic, Span, Stopped
from icat_reports.ooxml.names import bookmark
from icat_reports.ooxml.page_numbers import PAGE_NUMBERS, printed


def printed_pages(pdf: bytes, targets: Iterable[str]) -> tuple[dict[str, str], int]:
    """Printed page number of each target, and the count of pages; raises Stopped when a target has no place."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        count = len(document.pages)
        places = _places(document)
    divisions = _divisions(places)
    found: dict[str, str] = {}
    lost = []
    for target in targets:
        page = places.get(bookmark("Toc", target), places.get(bookmark("Ref", target)))
        if page is None:
            lost.append(target)
        else:
            found[target] = _printed(page, divisions)
    if lost:
        names = ", ".join(f"`{name}`" for name in lost)
        raise Stopped(
            [Diagnostic("word-laid-out", f"LibreOffice did not tell the page of {names}", Span("LibreOffice"))]
        )
    return found, count


def _places(document: pikepdf.Pdf) -> dict[str, int]:
    """Page, from 1, of each bookmark. LibreOffice writes `_` in a name as its code, `5F` (ISO 32000-1, 7.3.5)."""
    sheets = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    if "/Dests" not in document.Root:
        return {}
    found = {}
    for name, place in document.Root["/Dests"].items():
        sheet = place[0]
        assert isinstance(sheet, pikepdf.Object)  # noqa: S101 - a page, by ISO 32000-1, 12.3.2.2
        found[name.removeprefix("/").replace("5F", "_")] = sheets[sheet.objgen]
    return found


def _divisions(places: Mapping[str, int]) -> list[tuple[int, str]]:
    """First page and kind of each numbered division, in order."""
    found = ((places.get(bookmark("Division", kind)), kind) for kind in PAGE_NUMBERS)
    return sorted((page, kind) for page, kind in found if page is not None)


def _printed(page: int, divisions: list[tuple[int, str]]) -> str:
    """The number on a page: counted from the last restart at or before it; empty on the cover."""
    start = shown = None
    for first, kind in divisions:
        if first > page:
            break
        numbers = PAGE_NUMBERS[kind]
        if numbers.restart or start is None:
            start = first
        shown = printed(numbers, page - start + 1)
    return shown or ""
