"""What Word's users find in our files: styles, numbers, notes, contents, links, pages; in three scripts."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import docx
import pytest
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator
from tests import sample

from icat_reports import pipeline
from icat_reports.diagnostics import Sink, Stopped
from icat_reports.document import walk
from icat_reports.document.nodes import (
    Cell,
    Chart,
    Contents,
    Division,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    Item,
    Link,
    List,
    Metadata,
    Note,
    NoteMark,
    Origin,
    Paragraph,
    Phrase,
    Reference,
    Row,
    Section,
    Series,
    Strong,
    Table,
    Text,
)
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.fonts import write_fontconfig
from icat_reports.language import LANGUAGES
from icat_reports.ooxml.checks import check
from icat_reports.ooxml.dump import dump
from icat_reports.ooxml.names import origin_bookmark
from icat_reports.ooxml.namespaces import NAMESPACES
from icat_reports.ooxml.reading import Element, Package, value, words
from icat_reports.paginate import Laid, Office, settle
from icat_reports.paginate.bare import bare
from icat_reports.paginate.places import printed_pages
from icat_reports.resolve import resolve
from icat_reports.verify.docx import read_docx
from icat_reports.world import find_office
from icat_reports.write_docx import write_docx
from icat_reports.write_docx.pictures import EMPTY_PNG, natural_size

CODES = ("ar", "en", "zh")
GOLDEN = Path(__file__).parent / "data" / "sample.en.docx.txt"


def written(code: str = "en", resolved: ResolvedDocument | None = None, **more: object) -> bytes:
    """The sample, or another document, as a Word file."""
    found = resolved or sample.sample(code)
    return write_docx(found, sample.theme(), LANGUAGES[code], **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=CODES)
def package(request: pytest.FixtureRequest) -> Package:
    """The sample in each language, opened."""
    return Package(written(request.param))


@pytest.fixture(scope="module")
def english() -> Package:
    """The sample in English, opened."""
    return Package(written())


def laid(*children: object, code: str = "en", notes: tuple[Note, ...] = (), kind: str = "body") -> ResolvedDocument:
    """A document of one division, resolved."""
    sink = Sink()
    made = Document(Metadata("Title", "test", code), (Division(kind, children),), notes)  # type: ignore[arg-type]
    resolved = resolve(made, LANGUAGES[code], sample.counters(code), sample.shared_words(code), sink)
    assert not sink.failed, "\n".join(map(str, sink))
    return resolved


def section(id_: str, *children: object, numbering: str = "") -> Section:
    """A section whose heading is its id."""
    return Section(id_, Heading((Text(id_),)), children, numbering)  # type: ignore[arg-type]


def said(text: str) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph((Text(text),))


def decorative(drawing: Element) -> bool:
    """Whether a screen reader passes over a drawing."""
    return next(drawing.iter(f"{{{NAMESPACES['adec']}}}decorative"), None) is not None


def grounds(file: Package) -> list[Element]:
    """The drawings behind the words."""
    return [g for g in body(file).iter(f"{{{NAMESPACES['wp']}}}anchor") if g.get("behindDoc") == "1"]


def find(element: Element, path: str) -> list[Element]:
    """Elements at a path with Word's prefixes."""
    return element.findall(path, NAMESPACES)


def body(package: Package) -> Element:
    """The main text."""
    return package.trees["word/document.xml"][0]


# ---------------------------------------------------------------- validity


@pytest.mark.parametrize("code", CODES)
def test_the_validator_finds_no_error(code: str, tmp_path: Path) -> None:
    path = tmp_path / "sample.docx"
    path.write_bytes(written(code))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_our_own_checks_find_nothing(package: Package) -> None:
    assert check(package.data) == ()


def test_python_docx_reads_headings_tables_and_properties(english: Package) -> None:
    opened = docx.Document(io.BytesIO(english.data))
    headings = [
        p.text.replace("\u00a0", " ") for p in opened.paragraphs if (p.style.name if p.style else "") == "Heading 1"
    ]
    assert headings == ["Introduction", *sample.TEXTS["en"].sections, "Conclusions", "Publications of the members"]
    assert len(opened.tables) == 4
    core = opened.core_properties
    assert (core.title, core.author, core.language) == (sample.TEXTS["en"].title, sample.TEXTS["en"].series, "en")
    assert core.created is None
    assert core.modified is None


def test_the_file_reads_as_its_golden(english: Package, *, update_golden: bool) -> None:
    shown = dump(english.data)
    if update_golden:
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", CODES)
def test_every_word_is_there(code: str) -> None:
    resolved = sample.sample(code)
    whole = "".join(words(root) for root in Package(written(code)).stories.values())
    assert [text for text in _texts(resolved) if text not in whole] == []


def _texts(resolved: ResolvedDocument) -> Iterator[str]:
    blocks = walk.document_blocks(resolved.document)
    for children in (*(walk.own_inlines(b) for b in blocks), *(note.children for note in resolved.document.notes)):
        yield from (child.value for child in walk.inlines(children) if isinstance(child, Text))


# ---------------------------------------------------------------- the same bytes


def test_the_same_document_gives_the_same_bytes() -> None:
    assert written() == written()


def test_the_bytes_do_not_depend_on_the_order_of_hashes() -> None:
    program = (
        "import hashlib; from tests import test_write_docx as t; print(hashlib.sha256(t.written('ar')).hexdigest())"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=sample.ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == hashlib.sha256(written("ar")).hexdigest()


# ---------------------------------------------------------------- styles


def test_nothing_in_the_text_is_formatted_by_hand(package: Package) -> None:
    structure = {"pStyle", "numPr", "sectPr", "keepNext", "keepLines"}
    for paragraph in body(package).iter(f"{{{NAMESPACES['w']}}}pPr"):
        names = {str(child.tag).rpartition("}")[2] for child in paragraph}
        assert names <= structure
    for run in body(package).iter(f"{{{NAMESPACES['w']}}}rPr"):
        names = {str(child.tag).rpartition("}")[2] for child in run}
        assert names <= {"rStyle", "rtl"}


def test_every_run_has_a_language_through_its_style(package: Package) -> None:
    styles = package.trees["word/styles.xml"]
    defaults = find(styles, "w:docDefaults/w:rPrDefault/w:rPr/w:lang")[0]
    assert {str(name).rpartition("}")[2] for name in defaults.attrib} == {"val", "eastAsia", "bidi"}
    phrase = find(styles, "w:style[@w:styleId='Phrasefr']/w:rPr/w:lang")
    assert [value(lang) for lang in phrase] == ["fr-FR"]


def test_complex_scripts_have_twins_of_size_and_weight(package: Package) -> None:
    for style in find(package.trees["word/styles.xml"], "w:style/w:rPr"):
        for latin, twin in (("w:sz", "w:szCs"), ("w:b", "w:bCs"), ("w:i", "w:iCs")):
            assert [value(e) for e in find(style, latin)] == [value(e) for e in find(style, twin)]


def test_combined_emphasis_is_a_style_of_its_own() -> None:
    nested = Strong((Emphasis((Link("https://example.org/", (Phrase("fr", (Text("mot"),)),)),)),))
    file = Package(written(resolved=laid(Paragraph((nested,)))))
    assert "Hyperlink Strong Emphasis fr" in [value(n) for n in find(file.trees["word/styles.xml"], "w:style/w:name")]
    assert check(file.data) == ()


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize("code", CODES)
def test_word_counts_headings_and_lists_as_the_document_does(code: str) -> None:
    resolved = sample.sample(code)
    outline = [row.shown for row in read_docx(written(code)).outline]
    expected = []
    for division in resolved.document.divisions:
        for row in (found for found in _sections(division.children) if found.in_contents):
            number = resolved.headings[row.id]
            expected.append(f"{number.label}{number.separator}{_title(row)}")
    assert outline == expected


def _sections(children: object) -> Iterator[Section]:
    for child in children:  # type: ignore[attr-defined]
        if isinstance(child, Section):
            yield child
            yield from _sections(child.children)


def _title(found: Section) -> str:
    return "".join(part.value for part in found.heading.children if isinstance(part, Text))


def test_numbers_begin_anew_below_unnumbered_and_other_headings() -> None:
    resolved = laid(
        section("first", section("a", numbering="sub"), section("b", numbering="sub"), numbering="section"),
        section("between", section("c", numbering="sub"), section("d", numbering="sub")),
        section("annex", section("e", numbering="sub"), section("f", numbering="sub"), numbering="annex"),
        section("second", section("g", numbering="sub"), section("h", numbering="sub"), numbering="section"),
    )
    outline = [row.shown for row in read_docx(written(resolved=resolved)).outline]
    assert outline == [
        *("Section One | first", "1. a", "2. b"),
        *("between", "1. c", "2. d"),
        *("Annex I. annex", "1. e", "2. f"),
        *("Section Two | second", "1. g", "2. h"),
    ]


def test_headings_that_no_contents_page_lists_are_numbered_too() -> None:
    hidden = replace(section("b", numbering="sub"), in_contents=False)
    resolved = laid(
        section("one", section("a", numbering="sub"), hidden, section("c", numbering="sub"), numbering="section")
    )
    text = dump(written(resolved=resolved))
    assert re.findall(r"^(Heading2\w*).*: (\w)$", text, re.MULTILINE) == [
        ("Heading2", "a"), ("Heading2Unlisted", "b"), ("Heading2", "c"),
    ]  # fmt: skip
    assert "Heading2Unlisted list 1.1: b" in text


def test_headings_are_numbered_by_their_style_where_they_can_be(english: Package) -> None:
    lines = dump(english.data).splitlines()
    assert "Heading1: Areas of work" in lines
    assert "Heading2: Key actors" in lines
    numbered = {
        value(e) for e in find(english.trees["word/styles.xml"], "w:style[@w:styleId='Heading1']/w:pPr/w:numPr/w:numId")
    }
    assert numbered == {"1"}


def test_each_counted_list_is_an_instance_of_its_own(english: Package) -> None:
    found = re.findall(r"^ListNumber2 list (\d+)\.1", dump(english.data), re.MULTILINE)
    assert len(found) == 4
    assert len(set(found)) == 2


# ---------------------------------------------------------------- notes


def test_numbers_are_counted_by_word_and_asterisks_take_none(english: Package) -> None:
    marks = find(body(english), ".//w:footnoteReference")
    custom = [mark.get(f"{{{NAMESPACES['w']}}}customMarkFollows") for mark in marks]
    assert custom == [None, "1", None]
    notes = [words(note) for note in find(english.trees["word/footnotes.xml"], "w:footnote")][2:]
    assert [note.strip() for note in notes] == [
        "The survey was open from March to May 2021.",
        "* Did not answer the survey.",
        "Global Report on Trafficking in Persons (example.org/report).",
    ]


def test_notes_of_a_table_stand_under_it_and_their_marks_lead_to_them(english: Package) -> None:
    text = dump(english.data)
    table = text.index("table PublicationTable:")
    assert text.index("TableNote list") > table
    assert text.count(r"REF _Note_table_star \h|") == 2
    assert r"REF _Note_letter_a \n \h|" in text


def test_a_second_mark_of_an_asterisk_refers_to_the_first() -> None:
    note = Note("n", "asterisk", (Text("A remark."),))
    file = Package(written(resolved=laid(Paragraph((NoteMark("n"), Text(" x "), NoteMark("n"))), notes=(note,))))
    text = dump(file.data)
    assert text.count("^1=") == 1
    assert r"[NOTEREF _Mark_n \f \h|AsteriskReference(*)]" in text
    assert check(file.data) == ()


def test_marks_at_one_place_have_a_comma_between_them() -> None:
    notes = tuple(Note(name, "number", (Text(name),)) for name in "ab")
    file = Package(written(resolved=laid(Paragraph((NoteMark("a"), NoteMark("b"))), notes=notes)))
    assert "BodyText: ^1,^2" in dump(file.data)


# ---------------------------------------------------------------- contents and references


def test_contents_rows_link_and_hold_the_pages_given() -> None:
    resolved = sample.sample()
    pages = {target: str(100 + place) for place, target in enumerate([*resolved.headings, *resolved.captions])}
    text = dump(written(pages=pages))
    for row in (*resolved.contents, *resolved.figures, *resolved.tables):
        name = row.target.replace("-", "_")
        assert rf"[PAGEREF _Toc_{name} \h|{pages[row.target]}] -> #_Toc_{name}>" in text
    assert rf"page [PAGEREF _Toc_areas \h|{pages['areas']}]" in text


def test_the_contents_field_lists_what_its_rows_list() -> None:
    text = dump(written(resolved=laid(section("s", Contents("sections", 2), section("t", section("u"))))))
    assert r'[TOC \o "1-2" \h \z|' in text
    assert len(re.findall(r"^  TOC\d(?:Kept)?: ", text, re.MULTILINE)) == 2


@pytest.mark.parametrize(("rows", "kept"), [(1, 0), (3, 2), (5, 4), (9, 4)])
def test_the_last_rows_of_the_contents_stand_together(rows: int, kept: int) -> None:
    chapters = (section(f"s{at}") for at in range(rows - 1))
    main = body(Package(written(resolved=laid(section("c", Contents("sections")), *chapters))))
    styles = [value(style) for style in main.iter(f"{{{NAMESPACES['w']}}}pStyle")]
    assert [style for style in styles if style.startswith("TOC1")] == [
        *["TOC1"] * (rows - 1 - kept), *["TOC1Kept"] * kept, "TOC1",
    ]  # fmt: skip


def test_rows_of_captions_are_broken_where_their_own_type_fills_the_line() -> None:
    """Rows of chapters are larger and bold: broken like those, a caption would leave a word alone."""
    caption_ = "Memorandums of understanding and other formal frameworks of cooperation between ICAT entities"
    table = Table("t", (Text(caption_),), (100,), (), (Row((Cell((said("One"),)),)),))
    file = Package(written(resolved=laid(Contents("tables"), table)))
    (row,) = (p for p in body(file) if value(p, "w:pPr/w:pStyle") == "TableofFigures")
    assert find(row, ".//mc:Fallback/w:br") == []


def test_a_contents_row_holds_no_link_but_its_own_and_no_mark() -> None:
    title = (Emphasis((Text("On "), NoteMark("n"))), Link("https://example.org/", (Text("links"),)), Reference("s"))
    contents = section("s", Contents("sections"), Section("t", Heading(title), ()))
    note = Note("n", "number", (Text("A note."),))
    text = dump(written(resolved=laid(contents, notes=(note,))))
    assert r"TOC2: <Emphasis(On )links“s”" in text
    assert text.count("^1") == 1


def test_a_reference_renumbers_where_word_can_count_its_target(english: Package) -> None:
    text = dump(english.data)
    assert "<table [REF _Ref_members|1] -> #_Toc_members>" in text
    assert "<figure [REF _Ref_by_region|2] -> #_Toc_by_region>" in text
    assert r"[REF _Toc_areas \h|Areas of work]" in text
    assert "<section 2.2 -> #_Toc_actors>" in text


def test_word_is_not_asked_to_update_anything(package: Package) -> None:
    everything = b"".join(package.files.values())
    assert b"updateFields" not in everything
    assert b"w:dirty" not in everything


# ---------------------------------------------------------------- tables and figures


def test_heads_repeat_and_rows_do_not_split(package: Package) -> None:
    for table in find(body(package), "w:tbl"):
        if value(table, "w:tblPr/w:tblStyle") == "BoxTable":
            continue
        rows = find(table, "w:tr")
        assert find(rows[0], "w:trPr/w:tblHeader")
        assert all(find(row, "w:trPr/w:cantSplit") for row in rows)


def test_spanning_cells_fill_the_grid(english: Package) -> None:
    table = next(t for t in find(body(english), "w:tbl") if "Office of Refuge 1" in words(t))
    columns = len(find(table, "w:tblGrid/w:gridCol"))
    for row in find(table, "w:tr"):
        spans = [int(value(cell, "w:tcPr/w:gridSpan") or 1) for cell in find(row, "w:tc")]
        assert sum(spans) == columns


def test_a_landscape_table_has_pages_of_its_own(english: Package) -> None:
    lines = dump(english.data).splitlines()
    (end,) = (at for at, line in enumerate(lines) if "end of section: landscape" in line)
    begin = max(at for at in range(end) if "end of section: portrait" in lines[at])
    styles = {line.partition(":")[0] for line in lines[begin + 1 : end] if not line.startswith("  ")}
    assert styles == {"Caption", "table PublicationTable", "TableEnd", "SectionEnd"}


def test_charts_carry_their_data_and_can_be_edited(package: Package) -> None:
    charts = [path for path in package.files if path.startswith("word/charts/chart")]
    assert len(charts) == 2
    for path in charts:
        stored = [v.text for v in package.trees[path].iter(f"{{{NAMESPACES['c']}}}v")]
        (sheet,) = package.targets(path).values()
        book = zipfile.ZipFile(io.BytesIO(package.files[sheet])).read("xl/worksheets/sheet1.xml")
        cells = {"".join(map(str, c.itertext())) for c in etree.fromstring(book).iter("{*}c")}
        assert {text for text in stored if text} <= cells


def test_every_drawing_has_an_alternative_text(package: Package) -> None:
    described = [drawing for drawing in body(package).iter(f"{{{NAMESPACES['wp']}}}docPr") if not decorative(drawing)]
    assert len(described) == 3
    assert all(drawing.get("descr") for drawing in described)


def test_a_ground_lies_behind_the_cover_and_the_title_of_each_chapter(package: Package) -> None:
    chapters = [p for p in body(package).iter(f"{{{NAMESPACES['w']}}}p") if value(p, "w:pPr/w:pStyle") == "Heading1"]
    assert len(grounds(package)) == 1 + len(chapters)
    for ground in grounds(package):
        assert decorative(ground)
        holder = next(ground.iterancestors(f"{{{NAMESPACES['w']}}}p"))
        assert words(holder) == ""
        following = holder.getnext()
        assert following is not None
        assert value(following, "w:pPr/w:pStyle") in {"Title", "Heading1"}


def test_a_ground_grows_with_the_lines_of_its_title() -> None:
    file = Package(written(resolved=laid(section("Short"), section("So long a title " * 4))))
    short, long = (int(g.find("wp:extent", NAMESPACES).get("cy", "")) for g in grounds(file))  # type: ignore[union-attr]
    more = round((long - short) / 12_700)
    assert more == sample.theme().type["h1"].line


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Overview of areas of intervention at the global, regional and country levels", "country\u00a0levels"),
        ("Geographical areas covered by programmes", "by programmes"),
        ("概述" * 40, "概述"),
    ],
)
def test_no_word_stands_alone_on_the_last_line_of_a_heading(title: str, shown: str) -> None:
    inner = Section("s", Heading((Text(title),)), ())
    main = body(Package(written(resolved=laid(section("one", inner)))))
    (made,) = (p for p in find(main, "w:p") if value(p, "w:pPr/w:pStyle") == "Heading2")
    assert words(made).endswith(shown)
    assert words(made).replace("\u00a0", " ") == title


def test_the_ground_of_the_cover_lies_where_its_title_stands_and_grows_with_it() -> None:
    """Whatever stands above: else the date, which stands below, would be dark upon dark."""
    heights = []
    for times in (1, 4):
        cover = Division("cover", (Paragraph((Text("So long a title " * times),), "title"),))
        made = Document(Metadata("Title", "test", "en"), (cover,))
        numbered = resolve(made, LANGUAGES["en"], sample.counters("en"), sample.shared_words("en"), Sink())
        (ground,) = grounds(Package(written(resolved=numbered)))
        (place,) = find(ground, "wp:positionV")
        assert place.get("relativeFrom") == "paragraph"
        heights.append(int(find(ground, "wp:extent")[0].get("cy", "")))
    assert round((heights[1] - heights[0]) / 12_700) == sample.theme().type["title"].line


def test_words_on_a_ground_can_be_read_where_shapes_are_not_shown(english: Package) -> None:
    """In the draft view, and where a user gives the style to a paragraph of his own."""
    styles = {style.get(f"{{{NAMESPACES['w']}}}styleId"): style for style in english.trees["word/styles.xml"]}
    for name in ("Title", "Subtitle", "Heading1"):
        (shade,) = find(styles[name], "w:pPr/w:shd")
        assert shade.get(f"{{{NAMESPACES['w']}}}fill") == "0B3A63"
        assert value(styles[name], "w:rPr/w:color") == "FFFFFF"
    (shade,) = find(styles["TOCHeading"], "w:pPr/w:shd")
    assert shade.get(f"{{{NAMESPACES['w']}}}fill") == "auto"
    assert value(styles["TOCHeading"], "w:rPr/w:color") == "0B3A63"


def test_a_theme_without_grounds_has_none() -> None:
    plain = sample.theme().model_copy(update={"grounds": {}, "word": {}})
    file = Package(write_docx(sample.sample(), plain, LANGUAGES["en"]))
    assert grounds(file) == []
    assert find(file.trees["word/styles.xml"], ".//w:style[@w:styleId='Heading1']/w:pPr/w:shd") == []


def test_a_picture_is_shown_in_its_size_and_a_decorative_one_says_so() -> None:
    picture = Figure("mark", (), Image("assets/mark.png", decorative=True), "")
    file = Package(written(resolved=laid(picture), assets={"assets/mark.png": EMPTY_PNG}))
    assert file.files["word/media/image1.png"] == EMPTY_PNG
    (extent,) = body(file).iter(f"{{{NAMESPACES['wp']}}}extent")
    assert (extent.get("cx"), extent.get("cy")) == ("9525", "9525")
    assert b"decorative" in file.files["word/document.xml"]
    assert check(file.data) == ()


def test_an_svg_brings_a_picture_for_readers_that_know_none() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"/>'
    file = Package(written(resolved=laid(Figure("mark", (), Image("a.svg"), "A mark")), assets={"a.svg": svg}))
    media = {path for path in file.files if "media" in path}
    assert media == {"word/media/image1.png", "word/media/image2.svg"}
    assert check(file.data) == ()


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('<svg viewBox="0 0 40 20"/>', (30, 15)),
        ("<svg viewBox='-5,-5 , 40\n20.'/>", (30, 15)),
        ('<svg width="40" height="20px" viewBox="0 0 1 1"/>', (30, 15)),
        ("<!-- <svg width='9'> -->\n<svg aria-label='a > b' height = '20' width = '40'/>", (30, 15)),
        ('<s:svg xmlns:s="http://www.w3.org/2000/svg" data-width="9" width=".5" height="2"/>', (0.375, 1.5)),
        ('<svg width="100%" height="0" viewBox="0 0 40 20"/>', (30, 15)),
    ],
)
def test_a_picture_is_as_large_as_its_svg_says(root: str, size: tuple[float, float]) -> None:
    assert natural_size("mark.svg", f'<?xml version="1.0"?>{root}'.encode()) == size


def test_a_missing_picture_is_left_out() -> None:
    file = Package(written(resolved=laid(said("Text"), Figure("mark", (), Image("a.svg"), "A mark"))))
    assert "<w:drawing>" not in file.files["word/document.xml"].decode()


# ---------------------------------------------------------------- right to left


def test_arabic_runs_paragraphs_and_tables_run_from_right_to_left() -> None:
    file = Package(written("ar"))
    normal = find(file.trees["word/styles.xml"], "w:style[@w:styleId='Normal']/w:pPr/w:bidi")
    assert len(normal) == 1
    tables = find(body(file), "w:tbl")
    assert all(find(table, "w:tblPr/w:bidiVisual") for table in tables)
    for run in body(file).iter(f"{{{NAMESPACES['w']}}}r"):
        text = "".join(t.text or "" for t in find(run, "w:t"))
        if re.search("[\u0621-\u064a]", text):
            assert find(run, "w:rPr/w:rtl"), text
            assert not re.search("[A-Za-z]", text), text


def test_latin_words_in_arabic_stay_whole() -> None:
    text = "قرار A/RES/61/180 (UNODC) وUN Women في 2021."
    file = Package(written("ar", laid(said(text), code="ar")))
    runs = [
        ("".join(t.text or "" for t in find(run, "w:t")), bool(find(run, "w:rPr/w:rtl")))
        for run in find(body(file), "w:p/w:r")
    ]
    assert runs == [
        ("قرار ", True), ("A/RES/61/180", False), (" (", True), ("UNODC", False), (") و", True),
        ("UN Women", False), (" في 2021.", True),
    ]  # fmt: skip


# ---------------------------------------------------------------- what else travels in the file


def test_a_paragraph_that_needs_attention_bears_a_comment() -> None:
    asked = replace(said("A claim."), attention="Please confirm the year.")
    file = Package(written(resolved=laid(asked)))
    assert "BodyText: (A claim.)comment 0" in dump(file.data)
    assert words(file.trees["word/comments.xml"]) == "Please confirm the year."
    assert check(file.data) == ()


def test_the_file_tells_publication_edition_revision_and_language(english: Package) -> None:
    properties = {p.get("name"): "".join(map(str, p.itertext())) for p in english.trees["docProps/custom.xml"]}
    assert properties == {
        "Publication": "sample", "Edition": "2021", "Content revision": "0123456789abcdef", "Language": "en",
        "Status": "unofficial",
    }  # fmt: skip


def test_each_origin_is_found_again_by_its_bookmark(english: Package) -> None:
    names = {
        name.get(f"{{{NAMESPACES['w']}}}name"): name
        for name in body(english).iter(f"{{{NAMESPACES['w']}}}bookmarkStart")
    }
    told = {row.get("bookmark"): row.get("id") for row in english.trees["customXml/item1.xml"]}
    assert set(told) == {name for name in names if name and name.startswith("_Origin_")}
    assert told[origin_bookmark("sample/introduction:1")] == "sample/introduction:1"
    (paragraph,) = names[origin_bookmark("sample/introduction:1")].iterancestors(f"{{{NAMESPACES['w']}}}p")
    assert words(paragraph).startswith("Victims are identified")


def test_one_origin_shown_twice_has_two_bookmarks() -> None:
    same = replace(said("Twice."), origin=Origin("x", "content"))
    told = Package(written(resolved=laid(same, same))).trees["customXml/item1.xml"]
    assert [row.get("bookmark") for row in told] == [origin_bookmark("x"), origin_bookmark("x", 2)]


@pytest.mark.parametrize("kind", ["cover", "front", "body", "back"])
def test_a_document_of_one_division_or_of_nothing_is_sound(kind: str) -> None:
    assert check(written(resolved=laid(said("Text"), kind=kind))) == ()
    assert check(written(resolved=laid(kind=kind))) == ()


def test_a_document_may_end_with_a_landscape_table() -> None:
    table = next(b for b in _blocks(sample.document().divisions[2].children) if isinstance(b, Table) and b.landscape)
    text = dump(written(resolved=laid(section("s", said("Before."), table))))
    assert text.index("end of section: portrait") < text.index("end of section: landscape")
    assert text.count("end of section") == 2


def _blocks(children: object) -> Iterator[object]:
    for child in children:  # type: ignore[attr-defined]
        yield child
        if isinstance(child, Section):
            yield from _blocks(child.children)


# ---------------------------------------------------------------- pages, as LibreOffice lays them out


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, soffice: str) -> Office:
    """LibreOffice with our fonts."""
    return Office(Path(soffice), write_fontconfig(tmp_path_factory.mktemp("fonts")))


def settled(code: str, office: Office) -> Laid:
    """The sample with the page numbers of its own layout."""
    resolved = sample.sample(code)
    return settle(lambda pages: written(code, resolved, pages=pages), [*resolved.headings, *resolved.captions], office)


@pytest.mark.needs_libreoffice
@pytest.mark.needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_stored_pages_are_those_of_a_fresh_layout_and_those_printed(code: str, office: Office, tmp_path: Path) -> None:
    made = settled(code, office)
    resolved = sample.sample(code)
    pdf = office.pdf(made.docx)
    pages, count = printed_pages(pdf, [*resolved.headings, *resolved.captions])
    assert pages == made.pages
    assert count == made.count
    stored = dict(re.findall(r"\[PAGEREF _Toc_(\w+) \\h\|([^\]]*)\]", dump(made.docx)))
    assert stored == {row.target.replace("-", "_"): pages[row.target]
                      for row in (*resolved.contents, *resolved.figures, *resolved.tables)}  # fmt: skip
    assert _printed(pdf, tmp_path) == [
        "",
        *("i", "ii", "iii", "iv"),
        *(str(n) for n in range(1, count - 4)),
    ]


def _printed(pdf: bytes, folder: Path) -> list[str]:
    """The last line of each page's text: its number; nothing on the cover."""
    path = folder / "made.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    pages = re.sub("[\u200e\u200f\u202a-\u202e]", "", done.stdout).split("\f")[:-1]
    last = [page.strip().splitlines()[-1].strip() for page in pages]
    return ["", *last[1:]]


def test_what_is_laid_out_differs_from_the_file_in_bookmarks_of_origins_alone(package: Package) -> None:
    laid_out = bare(package.data)
    bookmark = re.compile(rb"<w:bookmark(?:Start|End)[^>]*>")
    for path, data in Package(laid_out).files.items():
        assert bookmark.sub(b"", data) == bookmark.sub(b"", package.files[path])
    kept = [name for name in _bookmarks(package) if not name.startswith("_Origin_")]
    assert {name.split("_")[1] for name in kept} == {"Toc", "Ref", "Note", "Division"}
    assert _bookmarks(Package(laid_out)) == kept
    assert check(laid_out) == ()


def _bookmarks(package: Package) -> list[str]:
    """Their names, in order."""
    starts = (start for root in package.stories.values() for start in find(root, ".//w:bookmarkStart"))
    return [start.get(f"{{{NAMESPACES['w']}}}name", "") for start in starts]


@pytest.mark.needs_libreoffice
def test_origins_survive_saving_in_libreoffice(office: Office, tmp_path: Path) -> None:
    before = Package(written())
    (tmp_path / "a.docx").write_bytes(before.data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    saved = tmp_path / "saved"
    command = [str(office.program), profile, "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    subprocess.run([*command, "--outdir", str(saved), str(tmp_path / "a.docx")], capture_output=True, check=True)
    after = Package((saved / "a.docx").read_bytes())
    assert after.trees["customXml/item1.xml"].xpath("count(*)") == len(before.trees["customXml/item1.xml"])
    assert _origins(after) == _origins(before)


def _origins(package: Package) -> dict[str, str]:
    """Words of the paragraph in which each origin's bookmark begins, without what fields show."""
    found = {}
    for start in body(package).iter(f"{{{NAMESPACES['w']}}}bookmarkStart"):
        name = start.get(f"{{{NAMESPACES['w']}}}name", "")
        if name.startswith("_Origin_"):
            (paragraph, *_) = start.iterancestors(f"{{{NAMESPACES['w']}}}p")
            found[name] = re.sub(r"[\W\d]", "", words(paragraph))
    return found


@pytest.mark.needs_libreoffice
@pytest.mark.needs_poppler
def test_what_a_user_inserts_is_numbered_and_what_follows_renumbers(office: Office, tmp_path: Path) -> None:
    file = Package(written())
    first: dict[str, Element] = {}
    for paragraph in find(body(file), "w:p"):
        first.setdefault(value(paragraph, "w:pPr/w:pStyle"), paragraph)
    for style in ("Heading2", "NumberedParagraph"):
        first[style].addprevious(
            _parsed(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>New</w:t></w:r></w:p>')
        )
    _insert_note(file, first["Lead"], "A new note.")
    shown = " ".join(_text(office.pdf(_packed(file)), tmp_path).split())
    expected = ("1. New", "2. Forms of trafficking covered", "3. Key actors", "1. New", "2. In 2021 the survey",
                "3. A common plan", "1 A new note.", "2 The survey was open", "* Did not answer", "3 Global Report")  # fmt: skip
    assert [words for words in expected if words not in shown] == []
    assert shown.count("1. New") == 2


@pytest.mark.needs_libreoffice
@pytest.mark.needs_poppler
def test_an_asterisk_before_all_other_notes_is_shown_once_in_libreoffice_too(office: Office, tmp_path: Path) -> None:
    notes = (Note("n", "number", (Text("A source."),)), Note("s", "asterisk", (Text("A remark."),)))
    title, text = Paragraph((Text("Agenda"), NoteMark("s"))), Paragraph((Text("Text"), NoteMark("n")))
    shown = _text(office.pdf(written(resolved=laid(title, text, notes=notes))), tmp_path).split()
    assert " ".join(shown[:3]) == "Agenda* Text1 *"
    assert " ".join(shown).count("*") == 2


def _insert_note(file: Package, paragraph: Element, text: str) -> None:
    """A note before all others, as Word saves it: the ids of notes in their order, which LibreOffice goes by."""
    notes = file.trees["word/footnotes.xml"]
    for element in (*body(file).iter(f"{{{NAMESPACES['w']}}}footnoteReference"), *find(notes, "w:footnote")[2:]):
        name = f"{{{NAMESPACES['w']}}}id"
        element.set(name, str(int(element.get(name, "")) + 1))
    mark = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    paragraph.append(_parsed(f'<w:r>{mark}<w:footnoteReference w:id="1"/></w:r>'))
    inner = f"<w:r>{mark}<w:footnoteRef/></w:r><w:r><w:t> {text}</w:t></w:r>"
    notes.insert(2, _parsed(
        f'<w:footnote w:id="1"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{inner}</w:p></w:footnote>'
    ))  # fmt: skip


def _parsed(markup: str) -> Element:
    """An element in Word's namespace."""
    return etree.fromstring(markup.replace(">", f' xmlns:w="{NAMESPACES["w"]}">', 1))


def _packed(file: Package) -> bytes:
    """A file with its trees as they are now."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, data in file.files.items():
            archive.writestr(path, etree.tostring(file.trees[path]) if path in file.trees else data)
    return made.getvalue()


def _text(pdf: bytes, folder: Path) -> str:
    """The words of a PDF."""
    (folder / "made.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-raw", str(folder / "made.pdf"), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.needs_libreoffice
@pytest.mark.needs_poppler
def test_the_label_of_an_arabic_heading_stands_inside_the_margin(office: Office, tmp_path: Path) -> None:
    """The only words that reach into the margin would be labels."""
    (tmp_path / "made.pdf").write_bytes(office.pdf(written("ar")))
    done = subprocess.run(
        ["pdftotext", "-bbox", str(tmp_path / "made.pdf"), "-"], capture_output=True, text=True, check=True
    )
    margin = sample.theme().page.margin.outside * 72 / 25.4
    beyond = []
    for width, page in re.findall(r'<page width="([\d.]+)"(.*?)</page>', done.stdout, re.DOTALL):
        words_ = re.findall(r'xMax="([\d.]+)"[^>]*>([^<]+)<', page)
        beyond += [word for right, word in words_ if float(right) > float(width) - margin + 3]
    assert beyond == []


@pytest.mark.needs_libreoffice
def test_references_by_page_lead_to_headings_outside_the_contents_too(office: Office) -> None:
    hidden = replace(section("hidden", said("Text.")), in_contents=False)
    resolved = laid(section("s", Paragraph((Reference("hidden", "page"),)), hidden, section("t", said("More."))))
    assert pipeline.told_pages(resolved) == ("s", "t", "hidden")
    made = settle(lambda pages: written(resolved=resolved, pages=pages), pipeline.told_pages(resolved), office)
    assert r"[PAGEREF _Toc_hidden \h|1]" in dump(made.docx)


def test_every_bar_of_a_chart_shows_its_name(package: Package) -> None:
    for path in (path for path in package.files if path.startswith("word/charts/chart")):
        skip = package.trees[path].find(".//c:catAx/c:tickLblSkip", NAMESPACES)
        assert skip is not None
        assert skip.get("val") == "1"


def test_what_leads_into_a_list_stays_with_it_and_a_last_row_with_its_notes(english: Package) -> None:
    styles = english.trees["word/styles.xml"]
    assert find(styles, "w:style[@w:styleId='LeadIn']/w:pPr/w:keepNext")
    assert find(styles, "w:style[@w:styleId='PublicationTable']/w:tblStylePr[@w:type='lastRow']/w:pPr/w:keepNext")
    for element in body(english):
        following = value(element.getnext(), "w:pPr/w:pStyle") if element.getnext() is not None else ""
        if element.tag == f"{{{NAMESPACES['w']}}}tbl" and following == "TableNote":
            (look,) = find(element, "w:tblPr/w:tblLook")
            assert look.get(f"{{{NAMESPACES['w']}}}lastRow") == "1"
            for row in find(element, "w:tr")[-2:]:
                assert "Kept" in value(find(row, "w:tc")[0], "w:p/w:pPr/w:pStyle")
        if value(element, "w:pPr/w:pStyle") in {"BodyText", "BodyTextAfterList"}:
            assert not following.startswith("List")


def test_what_follows_a_list_is_as_far_from_it_as_paragraphs_are_from_each_other() -> None:
    """Items stand closer; the space is the follower's, so that an item can be added. The larger of two spaces counts."""
    items = List("bullet", (Item((said("One"),)), Item((said("Two"),))))
    file = Package(written(resolved=laid(section("s", said("Lead"), items, said("Between"), items, said("After")))))
    styles = {s.get(f"{{{NAMESPACES['w']}}}styleId"): s for s in file.trees["word/styles.xml"]}
    shown = [value(element, "w:pPr/w:pStyle") for element in body(file).iter(f"{{{NAMESPACES['w']}}}p")]
    assert [style for style in shown if style.startswith(("LeadIn", "BodyText"))] == [
        "LeadIn", "LeadInAfterList", "BodyTextAfterList",
    ]  # fmt: skip
    for style in ("LeadInAfterList", "BodyTextAfterList"):
        before = find(styles[style], "w:pPr/w:spacing")[0].get(f"{{{NAMESPACES['w']}}}before", "")
        item, text_ = (
            int(find(styles[name], "w:pPr/w:spacing")[0].get(f"{{{NAMESPACES['w']}}}after", ""))
            for name in ("ListBullet", "BodyText")
        )
        assert item < int(before) == text_


@pytest.mark.parametrize(("words_", "style"), [("Words. " * 20, "LeadIn"), ("Words. " * 60, "BodyText")])
def test_a_line_or_two_that_lead_to_a_figure_stay_with_it(words_: str, style: str) -> None:
    """Under a heading at the foot of a page they would stand alone."""
    figure = Figure("chart-x", (Text("T"),), Chart("bar", ("A",), (Series("s", (1.0,)),), "u"), "Alt")
    file = Package(written(resolved=laid(section("s", said(words_), figure))))
    shown = [value(element, "w:pPr/w:pStyle") for element in body(file)]
    assert shown[shown.index("Caption") - 1] == style


@pytest.mark.parametrize(("last", "kept_"), [("Brief.", ["Two"]), ("Long. " * 100, [])])
def test_a_brief_last_item_is_not_left_alone(last: str, kept_: list[str]) -> None:
    items = List("bullet", tuple(Item((said(words),)) for words in ("One", "Two", last)))
    rows = kept(written(resolved=laid(said("Lead"), items, said("After"))))
    assert [words for words, next_, _ in rows if next_] == kept_


def test_a_back_page_bears_neither_head_nor_number() -> None:
    back = Paragraph((Text("Addresses"),), "imprint")
    divisions = (Division("body", (section("one", said("Text.")),)), Division("back", (section("annex"), back, back)))
    sink = Sink()
    words_ = sample.shared_words("en")
    made = Document(Metadata("Title", "test", "en", running_title="Title"), divisions, ())
    file = Package(written(resolved=resolve(made, LANGUAGES["en"], sample.counters("en"), words_, sink)))
    names = {r.get("Id"): r.get("Target") for r in file.trees["word/_rels/document.xml.rels"]}
    sections = list(body(file).iter(f"{{{NAMESPACES['w']}}}sectPr"))
    id_ = f"{{{NAMESPACES['r']}}}id"
    parts = [[names[child.get(id_)] for child in section_ if child.get(id_)] for section_ in sections]
    shown = [{words(file.trees[f"word/{part}"]) for part in named} - {""} for named in parts]
    assert shown == [{"1", "Title", "one"}, {"1", "Title", "annex"}, set()]
    assert all(len(named) >= 4 for named in parts)  # a section without its own goes on with those of the one before
    assert check(file.data) == ()


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("missing", "LibreOffice cannot be run"),
        ("fails", "LibreOffice made no PDF"),
        ("sleeps", "LibreOffice took longer"),
    ],
)
def test_a_layout_that_fails_says_why(program: str, message: str, tmp_path: Path) -> None:
    scripts = {"fails": "echo no such filter >&2; exit 1", "sleeps": "exec sleep 60"}
    path = tmp_path / program
    if program in scripts:
        path.write_text(f"#!/bin/sh\n{scripts[program]}\n")
        path.chmod(0o755)
    with pytest.raises(Stopped, match=message) as stopped:
        Office(path, tmp_path / "fonts.conf", timeout=0.5).pdf(b"")
    assert stopped.value.diagnostics[0].code == "word-laid-out"


def test_libreoffice_is_found_where_the_machine_has_it() -> None:
    expected = shutil.which("soffice") or shutil.which("libreoffice")
    if expected:
        assert find_office() == Path(expected)


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (Link("https://un.org/", (Text("https://un.org/"),)), "https://un.org/\u200e"),
        (Phrase("en", (Text("18 June 2019"),)), "\u200e18 June 2019"),
        (Phrase("en", (Text("A/RES/61/180"),)), "A/RES/61/180"),
    ],
)
def test_signs_at_the_ends_of_latin_words_stay_with_them_in_arabic(inner: Link | Phrase, shown: str) -> None:
    """Else `/` stands on the wrong side of an address, and 18 behind June."""
    file = Package(written("ar", laid(replace(said(""), children=(inner,)), code="ar")))
    run, *after = (r for r in find(body(file), "w:p//w:r") if find(r, "w:t"))
    assert "".join(t.text or "" for t in find(run, "w:t")) == shown
    assert not find(run, "w:rPr/w:rtl")
    assert [t.text for r in after for t in find(r, "w:t")] == ["\u200f"]


def test_a_telephone_number_runs_from_the_left_in_arabic() -> None:
    """Its groups of figures would else stand from right to left: 0-26060 (1-43+)."""
    file = Package(
        written("ar", laid(replace(said(""), children=(Text("الهاتف: (+43-1) 26060-0، فيينا"),)), code="ar"))
    )
    runs = [r for r in find(body(file), "w:p//w:r") if find(r, "w:t")]
    shown = [("".join(t.text or "" for t in find(r, "w:t")), bool(find(r, "w:rPr/w:rtl"))) for r in runs]
    assert shown == [("الهاتف: ", True), ("\u200e(+43-1) 26060-0", False), ("، فيينا", True)]


def test_a_number_after_a_title_in_latin_letters_does_not_go_on_in_its_direction() -> None:
    title = Emphasis((Phrase("en", (Text("Forms, Trends (GRETA)"),)),))
    file = Package(written("ar", laid(replace(said(""), children=(title, Text("، 2014. المزيد"))), code="ar")))
    shown = "".join(t.text or "" for t in find(body(file), "w:p//w:t"))
    assert shown == "Forms, Trends (GRETA)\u200e\u200f، 2014. المزيد"


@pytest.mark.parametrize("code", ["ar", "en"])
def test_heads_of_a_matrix_stand_on_their_side_and_are_numbers_where_a_program_cannot_turn_arabic(code: str) -> None:
    """LibreOffice sets turned words of a script from the right, and their cells, beside the table."""
    names = tuple(f"{letter} منظمة دولية" for letter in "ابجدهوزحطيكلمنسع")
    chart = Chart("matrix", names, tuple(Series(name, (1.0,) * len(names)) for name in names), "u")
    file = Package(written(code, laid(Figure("chart-x", (Text("T"),), chart, "Alt"), code=code)))
    (table,) = find(body(file), ".//w:tbl")
    head, *rows = find(table, "w:tr")
    turned = ".//w:textDirection" if code == "en" else ".//mc:Choice/w:textDirection"
    assert [value(cell, turned) for cell in find(head, "w:tc")[1:]] == ["btLr"] * len(names)
    instead = ["".join(t.text or "" for t in find(cell, ".//mc:Fallback//w:t")) for cell in find(head, "w:tc")[1:]]
    assert instead == ([str(number + 1) for number in range(len(names))] if code == "ar" else [""] * len(names))
    first = ["".join(t.text or "" for t in find(row, "w:tc")[0].iter(f"{{{NAMESPACES['w']}}}t")) for row in rows]
    assert first == [f"{number}- {name}" if code == "ar" else name for number, name in enumerate(names, 1)]


def test_a_matrix_of_the_same_names_tints_where_they_meet_as_in_print() -> None:
    names = ("A", "B", "C")
    chart = Chart("matrix", names, tuple(Series(name, (1.0, 0.0, 1.0)) for name in names), "u")
    (table,) = find(body(Package(written(resolved=laid(Figure("chart-x", (Text("T"),), chart, "Alt"))))), ".//w:tbl")
    tinted = [[bool(find(cell, "w:tcPr/w:shd")) for cell in find(row, "w:tc")[1:]] for row in find(table, "w:tr")[1:]]
    assert tinted == [[name == other for other in names] for name in names]


@pytest.mark.parametrize(("data", "turned"), [("●", "btLr"), ("", "btLr"), ("Words of a cell", "")])
def test_heads_stand_on_their_side_above_marks_and_not_above_words(data: str, turned: str) -> None:
    def cell(shown: str, header: Literal["", "col", "row"] = "") -> Cell:
        return Cell((Paragraph((Text(shown),)),), header)

    rows = (Row((cell("A", "row"), cell(data), cell("Words"))),)
    head = Row((cell("Name", "col"), cell("Geographical", "col"), cell("B", "col")))
    node = Table("t", (Text("T"),), (48, 4, 48), (head,), rows)
    (table,) = find(body(Package(written(resolved=laid(node)))), ".//w:tbl")
    heads = find(find(table, "w:tr")[0], "w:tc")
    assert [value(head, "w:tcPr/w:textDirection") for head in heads] == ["", turned, ""]


def test_a_column_of_words_has_room_for_the_longest_word_of_its_head() -> None:
    def row(*cells: str, header: Literal["", "col"] = "") -> Row:
        return Row(tuple(Cell((Paragraph((Text(shown),)),), header) for shown in cells))

    def widths(head: str) -> list[int]:
        node = Table(
            "t", (Text("T"),), (20, 70, 10), (row("A", "B", head, header="col"),), (row("One", "Two", "Three"),)
        )
        (table,) = find(body(Package(written(resolved=laid(node)))), ".//w:tbl")
        return [int(column.get(f"{{{NAMESPACES['w']}}}w", "")) for column in find(table, "w:tblGrid/w:gridCol")]

    short, long = widths("C"), widths("Internationalization of organizations")
    assert sum(short) == pytest.approx(sum(long), abs=2)
    assert (long[0], long[1] < short[1], long[2] > short[2]) == (short[0], True, True)


@pytest.mark.parametrize(("code", "side"), [("ar", "right"), ("en", "")])
def test_pictures_stand_where_a_line_begins(code: str, side: str) -> None:
    styles = Package(written(code)).trees["word/styles.xml"]
    (style,) = (s for s in styles if s.get(f"{{{NAMESPACES['w']}}}styleId") == "Figure")
    assert value(style, "w:pPr/w:jc") == side


def kept(file: bytes) -> list[tuple[str, bool, bool]]:
    """Words of each paragraph, and whether it stays with the next and is not divided by a property of its own."""
    found = []
    for element in body(Package(file)).iter(f"{{{NAMESPACES['w']}}}p"):
        words = "".join(text.text or "" for text in element.iter(f"{{{NAMESPACES['w']}}}t"))
        if words:
            found.append((words, bool(find(element, "w:pPr/w:keepNext")), bool(find(element, "w:pPr/w:keepLines"))))
    return found


def test_the_last_page_of_a_chapter_bears_more_than_a_line_or_two() -> None:
    before = said("One. " * 50)
    first = section("first", before, said("Two."), said("Three."))
    second = section("second", said("Four. " * 40), section("contact", Paragraph((Text("Five."),), "contact")))
    long = section("long", said("Six."), said("Seven. " * 200))
    rows = kept(written(resolved=laid(first, second, long)))
    assert [words.split()[0] for words, next_, _ in rows if next_] == ["One.", "Two.", "Four."]
    assert [words for words, _, whole in rows if whole] == ["Three.", "Five."]


@pytest.mark.parametrize(("before", "count"), [("Said before. " * 20, 1), ("Said. " * 5, 2), ("Said. " * 200, 0)])
def test_short_sections_at_the_end_of_a_chapter_have_company(before: str, count: int) -> None:
    """Two headings with a line each are no page."""
    first = section("research", said("None given."))
    second = section("contact", Paragraph((Text("https://example.org/"),), "contact"))
    long = said("Long. " * 200)
    rows = kept(written(resolved=laid(section("chapter", long, said(before), said(before), first, second))))
    assert [words.split()[0].strip(".") for words, next_, _ in rows if next_] == [*["Said"] * count, "None"]


def test_a_cover_title_has_no_word_alone_on_its_last_line() -> None:
    titles = [Paragraph((Text("mandates " * count + "responsibilities"),), "title") for count in range(1, 12)]
    words = [words for words, _, _ in kept(written(resolved=laid(*titles, kind="cover")))]
    bound = ["\u00a0" in title_ for title_ in words]
    assert not bound[0]
    assert any(bound)
    assert not all(bound)
    assert all(title_.endswith("\u00a0responsibilities") for title_ in words if "\u00a0" in title_)
