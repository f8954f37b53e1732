"""Catalogues out and in as XLIFF, TMX and Word: each round trip gives the same catalogue; what comes back spoilt is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from tests.test_catalogues import TRANSLATIONS, translate_tiny
from tests.tiny import write_tiny

from icat_reports import i18n, pipeline
from icat_reports.catalogue.header import header
from icat_reports.catalogue.po import Catalogue, Entry, read_po, write_po
from icat_reports.cli import main
from icat_reports.diagnostics import Sink
from icat_reports.exchange.bitext import read_bitext, write_bitext
from icat_reports.exchange.markup import fill, split, text_of
from icat_reports.exchange.pairs import taken
from icat_reports.exchange.tmx import read_tmx, write_tmx
from icat_reports.exchange.xliff import read_xliff, write_xliff
from icat_reports.language import LANGUAGES, Language
from icat_reports.ooxml.namespaces import declare, qualified
from icat_reports.ooxml.package import pack_raw
from icat_reports.ooxml.reading import Package
from icat_reports.world import DiskWorld

KINDS = ("xliff", "tmx", "docx")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The tiny project in Arabic and French, with units in each state."""
    root = write_tiny(tmp_path)
    assert main(["--root", str(root), "i18n", "update", "fr", "ar"]) == 0
    translate_tiny(root, TRANSLATIONS)
    place = root / "i18n/fr/LC_MESSAGES/tiny.po"
    catalogue = read_po("tiny.po", place.read_text(encoding="utf-8"), Sink())
    entries = list(catalogue.entries)
    of = {entry.text: position for position, entry in enumerate(entries)}
    _set(entries, of["First item"], remarks=("not sure", "of the form"))
    _set(entries, of["A tiny publication"], flags=("fuzzy",), previous=(("msgid", "A small publication"),))
    _set(entries, of["Introduction"], translations=("[^mark] first, and last {count:x}",))
    place.write_text(write_po(replace(catalogue, entries=tuple(entries))), encoding="utf-8")
    return root


def _set(entries: list[Entry], place: int, **changes: object) -> None:
    entries[place] = replace(entries[place], comments_read="", strings_read="", **changes)


def project(root: Path) -> pipeline.Project:
    return pipeline.open_project(DiskWorld(root), Sink())


def exported(root: Path, kind: str, code: str = "fr") -> dict[str, bytes]:
    return i18n.exported(project(root), code, ["tiny", "names", "layouts"], kind, Sink())


def imported(root: Path, files: dict[str, bytes]) -> tuple[dict[str, str], list[str]]:
    """What changes, and the codes of the findings."""
    sink = Sink()
    found = i18n.imported(project(root), files, sink)
    return {file.rpartition("/")[2]: data.decode() for file, data in found.items()}, [d.code for d in sink]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", ["fr", "ar"])
def test_a_round_trip_gives_the_same_catalogues(root: Path, kind: str, code: str) -> None:
    files = exported(root, kind, code)
    assert len(files) == 3
    assert imported(root, files) == ({}, [])
    assert exported(root, kind, code) == files


_LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff")
_WORDS = st.text(_LETTERS, max_size=20) | st.sampled_from(
    ["[^n] a", " {x} ", "[a](b)c", "a  b\n", "\ta", "[@x]{y}", "](x)"]
)
_UNITS = st.lists(
    st.tuples(_WORDS.filter(bool), _WORDS, st.sampled_from([None, "head"])), min_size=1, unique_by=lambda row: row[::2]
)


@pytest.mark.parametrize(
    ("write", "read"), [(write_xliff, read_xliff), (write_tmx, read_tmx), (write_bitext, read_bitext)], ids=KINDS
)
@pytest.mark.parametrize("code", ["fr", "ar"])
@settings(max_examples=40)
@given(rows=_UNITS)
def test_whatever_stands_in_a_unit_goes_out_and_comes_back(
    write: Callable[[Catalogue, Language], bytes], read: i18n.Read, code: str, rows: list[tuple[str, str, str | None]]
) -> None:
    entries = tuple(Entry(text, (words,), context, remarks=("unreviewed",)) for text, words, context in rows)
    catalogue = Catalogue("x.po", header(LANGUAGES[code]), entries)
    sink = Sink()
    came = read("file", write(catalogue, LANGUAGES[code]), sink)
    assert came is not None
    assert came[0] == "x.po"
    assert taken(catalogue, came[1], "file", sink) == catalogue
    empty = replace(catalogue, entries=tuple(replace(entry, translations=("",)) for entry in entries))
    assert taken(empty, came[1], "file", sink) == catalogue
    assert [str(finding) for finding in sink] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_translation_that_a_translator_made_is_taken_as_unreviewed(root: Path, kind: str) -> None:
    files = {name: _replaced(data, "Premier élément", "Élément premier") for name, data in exported(root, kind).items()}
    changed, codes = imported(root, files)
    assert codes == []
    assert list(changed) == ["tiny.po"]
    assert 'msgid "First item"\nmsgstr "Élément premier"' in changed["tiny.po"]
    assert "# unreviewed\n# not sure\n# of the form\n" in changed["tiny.po"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_translation_never_takes_the_place_of_one_that_there_is(root: Path, kind: str) -> None:
    files = {name: _replaced(data, "Premier élément", "") for name, data in exported(root, kind).items()}
    changed, _ = imported(root, files)
    assert "Premier élément" in changed.get("tiny.po", "Premier élément")


def _replaced(data: bytes, old: str, new: str) -> bytes:
    if not data.startswith(b"PK"):
        return data.replace(old.encode(), new.encode())
    files = Package(data).files
    return pack_raw({name: own.replace(old.encode(), new.encode()) for name, own in files.items()})


def test_marks_are_placeholders_that_programs_protect(root: Path) -> None:
    text = exported(root, "xliff")["tiny.fr.xliff"].decode()
    assert '<ph id="1">[@A/RES/61/180]</ph>' in text
    element = etree.Element("source")
    source = "[@x] a [link](https://example.org/)[^n]{count:y} b"
    fill(element, source, "ph")
    assert text_of(element) == source
    assert "".join(split(source)) == source


def _rows(data: bytes, change: object) -> bytes:
    package = Package(data)
    tree = etree.fromstring(package.files["word/document.xml"])
    table = next(tree.iter(qualified("w:tbl")))
    change(table)  # type: ignore[operator]
    return pack_raw({**package.files, "word/document.xml": etree.tostring(tree)})


def test_rows_of_a_word_file_may_be_deleted_and_moved(root: Path) -> None:
    def change(table: etree._Element) -> None:
        rows = list(table.iter(qualified("w:tr")))
        table.remove(rows[3])
        table.remove(rows[4])
        table.append(rows[1])

    data = _rows(exported(root, "docx")["tiny.fr.docx"], change)
    assert imported(root, {"tiny.fr.docx": data}) == ({}, ["units-complete"])


def test_a_row_that_stands_twice_or_is_of_no_unit_is_told(root: Path) -> None:
    def change(table: etree._Element) -> None:
        row = next(r for r in table.iter(qualified("w:tr")) if "First item" in "".join(map(str, r.itertext())))
        table.append(etree.fromstring(etree.tostring(row)))
        other = etree.fromstring(etree.tostring(row).replace(b"First item", b"Unheard of"))
        for mark in list(other.iter(qualified("w:bookmarkStart"))):
            mark.getparent().remove(mark)  # type: ignore[union-attr]
        table.append(other)

    data = _rows(exported(root, "docx")["tiny.fr.docx"], change)
    assert imported(root, {"tiny.fr.docx": data}) == ({}, ["unit-once", "unit-in-catalogue"])


def test_tracked_changes_and_other_traces_of_word_do_not_spoil_a_translation(root: Path) -> None:
    """What is deleted is no text any more, what is inserted is; looks, comments and proofs are nothing of ours."""
    new = (
        "<w:r><w:t>Premier</w:t></w:r><w:del w:id='90' w:author='a'><w:r><w:delText> élément</w:delText></w:r></w:del>"
        "<w:proofErr w:type='spellStart'/><w:ins w:id='91' w:author='a'><w:r><w:rPr><w:b/></w:rPr>"
        "<w:t xml:space='preserve'> point</w:t></w:r></w:ins><w:commentRangeStart w:id='3'/>"
    )

    def change(table: etree._Element) -> None:
        (run,) = [r for r in table.iter(qualified("w:r")) if "".join(map(str, r.itertext())) == "Premier élément"]
        parent = run.getparent()
        assert parent is not None
        wrapped = etree.fromstring(f"<w:p{declare('w')}>{new}</w:p>")
        parent[parent.index(run) : parent.index(run) + 1] = list(wrapped)

    changed, codes = imported(root, {"tiny.fr.docx": _rows(exported(root, "docx")["tiny.fr.docx"], change)})
    assert codes == []
    assert 'msgid "First item"\nmsgstr "Premier point"' in changed["tiny.po"]


@pytest.mark.parametrize(("column", "expected"), [(0, ["exchange-parses"]), (1, ["exchange-parses"]), (2, []), (3, [])])
def test_a_word_file_that_lost_a_column_changes_no_translation(root: Path, column: int, expected: list[str]) -> None:
    def change(table: etree._Element) -> None:
        for row in table.iter(qualified("w:tr")):
            row.remove(row.findall(qualified("w:tc"))[column])

    changed, codes = imported(root, {"tiny.fr.docx": _rows(exported(root, "docx")["tiny.fr.docx"], change)})
    assert (changed, codes) == ({}, expected)


_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]><xliff><file><body/></file></xliff>'
)
_DOCTYPE = '<?xml version="1.0"?><!DOCTYPE xliff {}><xliff><file original=""><body/></file></xliff>'


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xliff", _ENTITY.encode(), "exchange-plain"),
        ("a.xliff", _ENTITY.replace("<body/>", "<body>&x;</body>").encode(), "exchange-plain"),
        ("a.xliff", b"<xliff><file>", "exchange-parses"),
        ("a.xliff", b"<tmx/>", "exchange-parses"),
        ("a.xliff", b"<xliff/>", "exchange-parses"),
        ("a.tmx", b"<tmx/>", "exchange-parses"),
        ("a.tmx", b"<tmx><header/><body/></tmx>", "exchange-of-catalogue"),
        ("a.xlf", b'<xliff><file original="../../etc/passwd"><body/></file></xliff>', "exchange-of-catalogue"),
        (
            "a.xlf",
            b'<xliff><file original="i18n/fr/LC_MESSAGES/gone.po"><body/></file></xliff>',
            "exchange-of-catalogue",
        ),
        (
            "a.xlf",
            b'<xliff><file original="i18n/de/LC_MESSAGES/tiny.po"><body/></file></xliff>',
            "exchange-of-catalogue",
        ),
        ("a.xlf", _DOCTYPE.format('[<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]').encode(), "exchange-plain"),
        ("a.xlf", _DOCTYPE.format(f'[<!ENTITY a "{"x" * 99}"><!ENTITY b "{"&a;" * 99}">]').encode(), "exchange-plain"),
        ("a.tmx", _DOCTYPE.format('[<!ENTITY x "y">]').replace("xliff", "tmx").encode(), "exchange-plain"),
        ("a.xlf", b"<xliff>" + b"<g>" * 9_999, "exchange-parses"),
        ("a.xlf", "<xliff>é</xliff>".encode("latin-1"), "exchange-parses"),
        ("a.docx", b"no archive", "exchange-parses"),
        ("a.docx", b"PK\x03\x04" + bytes(99), "exchange-parses"),
    ],
)
def test_what_is_no_file_of_ours_is_told_and_changes_nothing(root: Path, name: str, data: bytes, code: str) -> None:
    assert imported(root, {name: data}) == ({}, [code])


def test_an_outer_document_type_is_not_read_and_a_hostile_translation_is_only_words(root: Path) -> None:
    text = exported(root, "xliff")["tiny.fr.xliff"].decode()
    outer = text.replace("<xliff", '<!DOCTYPE xliff SYSTEM "file:///etc/passwd"><xliff', 1)
    assert imported(root, {"a.xliff": outer.encode()}) == ({}, [])
    hostile = text.replace("Premier élément", "<b onclick='x()'>&lt;script&gt;</b> {fact:nothing} " + "x" * 100_000)
    changed, codes = imported(root, {"a.xliff": hostile.encode()})
    assert codes == []
    (root / "i18n/fr/LC_MESSAGES/tiny.po").write_text(changed["tiny.po"], encoding="utf-8")
    sink = Sink()
    i18n.check(project(root), ["fr"], sink)
    line = changed["tiny.po"].split("\n").index('msgid "First item"') + 1
    assert [(str(d.span), d.code) for d in sink if d.severity == "error" and d.span.line == line] == [
        (f"i18n/fr/LC_MESSAGES/tiny.po:{line}", "translation-of-reasonable-length")
    ]


def test_a_catalogue_with_a_character_that_no_text_holds_is_not_exported_and_told(root: Path) -> None:
    file = root / "i18n/fr/LC_MESSAGES/tiny.po"
    text = file.read_text(encoding="utf-8").replace("Premier élément", "Premier\x00 élément")
    file.write_text(text, encoding="utf-8")
    line = text.split("\n").index('msgid "First item"') + 1
    for kind in KINDS:
        sink = Sink()
        assert i18n.exported(project(root), "fr", ["tiny"], kind, sink) == {}
        assert [(str(d.span), d.code) for d in sink] == [
            (f"i18n/fr/LC_MESSAGES/tiny.po:{line}", "translation-printable")
        ]


def test_the_commands_write_and_take_in_files(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["--root", str(root), "i18n", "export", "fr", "--catalogue", "tiny", "--out", str(out)]) == 0
    file = out / "tiny.fr.xliff"
    file.write_bytes(_replaced(file.read_bytes(), "Premier élément", "Élément premier"))
    assert main(["--root", str(root), "i18n", "import", str(file)]) == 0
    assert "Élément premier" in (root / "i18n/fr/LC_MESSAGES/tiny.po").read_text(encoding="utf-8")
