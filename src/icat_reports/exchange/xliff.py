"""In: a catalogue and its language. Out: an XLIFF file; and the pairs of one that came back (OASIS XLIFF 1.2).

Version 1.2 is what Trados, memoQ, OmegaT, Poedit and Weblate all read. Marks are placeholders (`ph`), which these
programs protect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from icat_reports.catalogue.po import Catalogue
from icat_reports.diagnostics import Sink, Span
from icat_reports.exchange.markup import Element, child, children, fill, line_of, parse, text_of, written
from icat_reports.exchange.pairs import Pair, State, pairs
from icat_reports.language import ORIGINAL, Language

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_STATES: dict[str, str] = {
    "new": "needs-translation",
    "fuzzy": "needs-adaptation",
    "unreviewed": "translated",
    "reviewed": "final",
}
"""XLIFF 1.2, values of `state`."""
_REVIEWED = frozenset(("final", "signed-off"))
_FUZZY = frozenset(("needs-adaptation", "needs-l10n", "needs-review-adaptation"))
_NEW = frozenset(("new", "needs-translation"))


def write_xliff(catalogue: Catalogue, language: Language) -> bytes:
    """The catalogue as XLIFF."""
    names: Any = {None: _NAMESPACE}
    root = etree.Element(_name("xliff"), {"version": "1.2"}, nsmap=names)
    about = {
        "original": catalogue.file,
        "source-language": ORIGINAL,
        "target-language": language.code,
        "datatype": "plaintext",
    }
    body = etree.SubElement(etree.SubElement(root, _name("file"), about), _name("body"))
    for number, pair in enumerate(pairs(catalogue), 1):
        _unit(body, number, pair)
    return written(root, body)


def _name(local: str) -> str:
    return f"{{{_NAMESPACE}}}{local}"


def _unit(body: Element, number: int, pair: Pair) -> None:
    reviewed = {"approved": "yes"} if pair.state == "reviewed" else {}
    unit = etree.SubElement(body, _name("trans-unit"), {"id": f"{number}.{pair.form}", **reviewed})
    if pair.context is not None:
        unit.set("resname", pair.context)
    unit.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    fill(etree.SubElement(unit, _name("source")), pair.source, _name("ph"))
    target = etree.SubElement(unit, _name("target"), {"state": _STATES[pair.state]})
    fill(target, pair.target, _name("ph"))
    for remark in pair.remarks:
        etree.SubElement(unit, _name("note"), {"from": "translator"}).text = remark
    for line in pair.about:
        etree.SubElement(unit, _name("note"), {"from": "original"}).text = line
    if pair.previous:
        old = etree.SubElement(unit, _name("alt-trans"), {"alttranstype": "previous-version"})
        fill(etree.SubElement(old, _name("source")), pair.previous, _name("ph"))
        etree.SubElement(old, _name("target"))


def read_xliff(file: str, data: bytes, sink: Sink) -> tuple[str, tuple[Pair, ...]] | None:
    """The catalogue's path that a file was made from, and its pairs; None after a finding."""
    root = parse(file, data, "xliff", sink)
    own = None if root is None else child(root, "file")
    if root is None:
        return None
    body = None if own is None else child(own, "body")
    if own is None or body is None:
        sink.error("exchange-parses", "this XLIFF file holds no units", Span(file, 1), "export it as XLIFF 1.2")
        return None
    return own.get("original", ""), tuple(_pairs(_units(body)))


def _units(body: Element) -> Iterator[Element]:
    for element in body.iter():
        if etree.QName(element).localname == "trans-unit":
            yield element


def _pairs(units: Iterable[Element]) -> Iterator[Pair]:
    for unit in units:
        target = child(unit, "target")
        form = unit.get("id", "").rpartition(".")[2]
        remarks = (note.text or "" for note in children(unit, "note") if note.get("from") == "translator")
        yield Pair(
            text_of(child(unit, "source")),
            text_of(target),
            _state(unit, target),
            unit.get("resname"),
            int(form) if form.isdecimal() else 0,
            tuple(remarks),
            line=line_of(unit),
        )


def _state(unit: Element, target: Element | None) -> State:
    state = "" if target is None else target.get("state", "")
    if not text_of(target) or state in _NEW:
        return "new"
    if state in _REVIEWED or unit.get("approved") == "yes":
        return "reviewed"
    return "fuzzy" if state in _FUZZY else "unreviewed"
