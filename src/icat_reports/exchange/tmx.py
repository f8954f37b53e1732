"""In: a catalogue and its language. Out: a translation memory; and the pairs of one that came back (TMX 1.4b)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from lxml import etree

from icat_reports import __version__
from icat_reports.catalogue.po import Catalogue
from icat_reports.diagnostics import Sink, Span
from icat_reports.exchange.markup import Element, child, children, fill, line_of, parse, text_of, written
from icat_reports.exchange.pairs import Pair, State, pairs
from icat_reports.language import ORIGINAL, Language

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_tmx(catalogue: Catalogue, language: Language) -> bytes:
    """The catalogue as a translation memory."""
    root = etree.Element("tmx", {"version": "1.4"})
    about = {
        "creationtool": "icat-reports",
        "creationtoolversion": __version__,
        "segtype": "paragraph",
        "o-tmf": "PO",
        "adminlang": ORIGINAL,
        "srclang": ORIGINAL,
        "datatype": "plaintext",
    }
    header = etree.SubElement(root, "header", about)
    _property(header, "x-original", catalogue.file)
    body = etree.SubElement(root, "body")
    for number, pair in enumerate(pairs(catalogue), 1):
        _unit(body, number, pair, language)
    return written(root, body)


def _property(parent: Element, kind: str, text: str) -> None:
    etree.SubElement(parent, "prop", {"type": kind}).text = text


def _unit(body: Element, number: int, pair: Pair, language: Language) -> None:
    unit = etree.SubElement(body, "tu", {"tuid": str(number)})
    for remark in pair.remarks:
        etree.SubElement(unit, "note").text = remark
    if pair.context is not None:
        _property(unit, "x-context", pair.context)
    _property(unit, "x-state", pair.state)
    if pair.form:
        _property(unit, "x-form", str(pair.form))
    for code, text in ((ORIGINAL, pair.source), (language.code, pair.target)):
        fill(etree.SubElement(etree.SubElement(unit, "tuv", {_LANG: code}), "seg"), text, "ph")


def read_tmx(file: str, data: bytes, sink: Sink) -> tuple[str, tuple[Pair, ...]] | None:
    """The catalogue's path that a file was made from, and its pairs; None after a finding."""
    root = parse(file, data, "tmx", sink)
    if root is None:
        return None
    header, body = child(root, "header"), child(root, "body")
    if header is None or body is None:
        sink.error("exchange-parses", "this memory has no header, or no units", Span(file, 1), "export it as TMX 1.4")
        return None
    return _properties(header).get("x-original", ""), tuple(_pairs(body))


def _properties(element: Element) -> dict[str, str]:
    return {own.get("type", ""): own.text or "" for own in children(element, "prop")}


def _pairs(body: Element) -> Iterator[Pair]:
    for unit in children(body, "tu"):
        texts = {v.get(_LANG) or v.get("lang") or "": text_of(child(v, "seg")) for v in children(unit, "tuv")}
        source = texts.pop(ORIGINAL, "")
        target = next(iter(texts.values()), "")
        own = _properties(unit)
        states: dict[str, State] = {state: state for state in get_args(State)}
        form = own.get("x-form", "0")
        yield Pair(
            source,
            target,
            states.get(own.get("x-state", ""), "unreviewed") if target else "new",
            own.get("x-context"),
            int(form) if form.isdecimal() else 0,
            tuple(note.text or "" for note in children(unit, "note")),
            line=line_of(unit),
        )
