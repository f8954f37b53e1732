"""What readers find in a document with a symbol: numbered paragraphs, references to them, contents, masthead, pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator
from page import validate_pdf_bytes
from tests import making, report_sample
from tests.casefile import tiny

from icat_reports import pipeline
from icat_reports.diagnostics import Severity, Sink
from icat_reports.document.dump import dump
from icat_reports.document.nodes import Division, Paragraph, Text
from icat_reports.document.resolved import HeadingNumber
from icat_reports.document.word_count import word_count
from icat_reports.language import LANGUAGES
from icat_reports.ooxml.namespaces import NAMESPACES
from icat_reports.ooxml.package import pack_raw
from icat_reports.ooxml.reading import Package, value, words
from icat_reports.paginate import Office, settle
from icat_reports.pipeline import Laid
from icat_reports.report import Built, table
from icat_reports.verify import read, verify
from icat_reports.verify.docx import read_docx
from icat_reports.world import MemoryWorld, find_office
from icat_reports.write_docx import write_docx
from icat_reports.write_docx.numbering import Numbering
from icat_reports.write_html import write_html
from icat_reports.write_html.job import Medium
from icat_reports.write_pdf import PdfResult, write_pdf

CODES = ("ar", "en", "zh")


def word_file(code: str = "en", pages: Mapping[str, str] | None = None, job: str = "19-10104 (E)") -> bytes:
    """The document as a Word file."""
    resolved = report_sample.resolved(report_sample.document(code, job))
    look = report_sample.theme()
    return write_docx(resolved, look, LANGUAGES[code], pages=pages, assets=report_sample.assets())


def page(medium: Medium, code: str = "en") -> str:
    """The document as HTML."""
    looks, css, assets = report_sample.theme(), report_sample.css(medium), report_sample.assets()
    return write_html(report_sample.report(code), looks, LANGUAGES[code], medium=medium, css=css, assets=assets)


@cache
def pdf(code: str = "en") -> PdfResult:
    """The document as PDF."""
    return write_pdf(page("print", code), fontconfig=making.fontconfig())


@cache
def files(code: str) -> Mapping[str, bytes]:
    """The document in all formats."""
    pages = dict.fromkeys(report_sample.report(code).headings, "1")
    return {"html": page("web", code).encode(), "docx": word_file(code, pages), "pdf": pdf(code).pdf}


def repacked(package: Package) -> bytes:
    """A Word file of a package's trees, which a test has changed."""
    changed = {path: etree.tostring(tree) for path, tree in package.trees.items()}
    return pack_raw({**package.files, **changed})


# ---------------------------------------------------------------- paragraphs and headings


def test_paragraphs_are_numbered_straight_through_and_headings_by_their_own_counters() -> None:
    text = dump(report_sample.report())
    numbered = [line.strip() for line in text.splitlines()]
    assert [line for line in numbered if line[:2] in {"h1", "h2", "h3"}] == [
        "h1 Contents", "h1 I. Introduction", "h1 II. Measures taken", "h2 A. By States", "h3 1. Legislation",
        "h3 2. Prevention", "h2 B. By entities",
    ]  # fmt: skip
    assert [line.split()[0] for line in numbered if line[:1].isdigit()][:13] == [f"{n}." for n in range(1, 14)]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "See paragraph 10; See section II; See section II.A; See section II.A.1; "),
        ("ar", "انظر الفقرة 10; "),
        ("zh", "见 第10段; "),
    ],
)
def test_references_name_the_numbers_of_paragraphs_and_of_sections_with_those_above_them(code: str, said: str) -> None:
    assert said in dump(report_sample.report(code))


@pytest.mark.parametrize("code", CODES)
def test_all_formats_say_the_same(code: str) -> None:
    made = files(code)
    found = verify(made, {kind: f"report.{kind}" for kind in made})
    assert not found, "\n".join(map(str, found))


@pytest.mark.parametrize("code", CODES)
def test_a_link_to_a_paragraph_leads_to_its_number_in_every_format(code: str) -> None:
    mark = {"ar": "10-"}.get(code, "10.")
    for kind, data in files(code).items():
        first = next(link for link in read(kind, data).links if link.inside)
        assert first.target == mark, kind


def test_headings_count_in_each_language_as_word_shows_them() -> None:
    """Chinese by a format of Word's own; Arabic words, which Word cannot count, written out in the list."""
    shown = {code: [heading.label for heading in read("docx", files(code)["docx"]).outline] for code in CODES}
    assert [[label.strip() for label in labels] for labels in shown.values()] == [
        ["أولا –", "ثانيا –", "ألف –", "1-", "2-", "باء –"],
        ["I.", "II.", "A.", "1.", "2.", "B."],
        ["一、", "二、", "A.", "1.", "2.", "B."],
    ]
    numbering = Package(word_file("zh")).trees["word/numbering.xml"]
    assert numbering.find(".//w:numFmt[@w:val='chineseCountingThousand']", NAMESPACES) is not None


@pytest.mark.parametrize(("count", "label", "follows"), [(1, "أولا –", "tab"), (5, "خامسا –", "space")])
def test_a_number_in_words_that_fills_its_place_has_a_space_after_it_and_not_a_tab(
    count: int, label: str, follows: str
) -> None:
    """A tab would go on to the next stop, far away."""
    counter = report_sample.COUNTERS["roman"].in_language("ar", {})
    numbering = Numbering({"roman": counter}, LANGUAGES["ar"], report_sample.theme())
    heading = HeadingNumber(1, "roman", count, label, " ", label)
    numbering.learn([heading], ())
    numbering.heading(heading, listed=True)
    level = etree.fromstring(numbering.markup().encode()).find(".//w:lvlOverride/w:lvl", NAMESPACES)
    assert (value(level, "w:lvlText"), value(level, "w:suff")) == (label, follows)


def test_word_numbers_paragraphs_and_subparagraphs_by_lists_of_its_own_so_that_an_inserted_one_renumbers() -> None:
    package = Package(word_file())
    paragraphs = package.trees["word/document.xml"].findall(".//w:p", NAMESPACES)
    numbered = [p for p in paragraphs if value(p, "w:pPr/w:pStyle").startswith("Numbered")]
    assert len(numbered) == 13
    assert not [p for p in numbered if p.find("w:pPr/w:numPr", NAMESPACES) is not None]  # by the style alone
    styles, numbering = package.trees["word/styles.xml"], package.trees["word/numbering.xml"]
    (style,) = (s for s in styles if s.get(f"{{{NAMESPACES['w']}}}styleId") == "NumberedParagraph")
    list_ = value(style, "w:pPr/w:numPr/w:numId")
    (found,) = (a for a in numbering if a.get(f"{{{NAMESPACES['w']}}}abstractNumId") == list_)
    assert (value(found, "w:lvl/w:pStyle"), value(found, "w:lvl/w:lvlText")) == ("NumberedParagraph", "%1.")
    items = [value(p, "w:pPr/w:pStyle") for p in paragraphs if "ListLetter" in value(p, "w:pPr/w:pStyle")]
    assert items == ["ListLetter", "ListLetter"]


def test_a_numbered_paragraph_that_leads_into_a_list_stays_with_it_in_word() -> None:
    package = Package(word_file())
    named = {value(s, "w:name"): s for s in package.trees["word/styles.xml"].iterfind("w:style", NAMESPACES)}
    paragraphs = package.trees["word/document.xml"].findall(".//w:p", NAMESPACES)
    styles = [value(p, "w:pPr/w:pStyle") for p in paragraphs]
    before_lists = {style for style, after in pairwise(styles) if after == "ListLetter" != style}
    assert before_lists == {"NumberedLeadIn"}
    assert named["Numbered Lead-in"].find("w:pPr/w:keepNext", NAMESPACES) is not None
    assert value(named["Numbered Lead-in"], "w:basedOn") == "NumberedParagraph"


def test_a_paragraph_inserted_into_the_word_file_renumbers_what_follows() -> None:
    package = Package(word_file())
    body = package.trees["word/document.xml"][0]
    first = next(p for p in body if value(p, "w:pPr/w:pStyle") == "NumberedParagraph")
    first.addprevious(etree.fromstring(etree.tostring(first)))
    starts = (b.words.split()[0] for b in read_docx(repacked(package)).text if b.kind == "paragraph")
    labels = [start for start in starts if re.fullmatch(r"\d+\.", start)]
    assert labels == [f"{n}." for n in range(1, 15)]


def test_word_follows_the_number_of_a_paragraph_by_a_field() -> None:
    package = Package(word_file())
    instructions = [i.text or "" for i in package.trees["word/document.xml"].iterfind(".//w:instrText", NAMESPACES)]
    assert r" REF _Ref_p10 \n " in instructions
    assert r" REF _Toc_measures \n " in instructions
    assert "See paragraph 10" in words(package.trees["word/document.xml"])


# ---------------------------------------------------------------- contents


ROWS = [
    ("I. Introduction", "1–8"),
    ("II. Measures taken", "9–13"),
    ("A. By States", "9–12"),
    ("B. By entities", "13"),
]


def test_contents_rows_have_the_numbers_of_the_paragraphs_below_their_headings() -> None:
    for kind, data in files("en").items():
        rows = [row for row in read(kind, data).rows if row.level]
        assert [(row.words, row.paragraphs) for row in rows] == ROWS, kind
        assert all(row.page for row in rows) == (kind != "html")


def test_the_columns_of_the_contents_have_heads() -> None:
    made = files("en")
    assert '<span class="paragraphs-head">Paragraphs</span></p>' in made["html"].decode()  # a web page has no pages
    package = Package(made["docx"])
    paragraphs = package.trees["word/document.xml"].iterfind(".//w:p", NAMESPACES)
    (head,) = (p for p in paragraphs if value(p, "w:pPr/w:pStyle") == "ContentsHead")
    assert words(head) == "ParagraphsPage"
    assert len(head.findall("w:r/w:tab", NAMESPACES)) == 2


def test_fields_keep_the_numbers_of_paragraphs_in_the_contents_of_the_word_file() -> None:
    package = Package(word_file())
    rows = package.trees["word/document.xml"].findall(".//w:sdtContent/w:p", NAMESPACES)
    instructions = ["".join(i.text or "" for i in row.iterfind(".//w:instrText", NAMESPACES)) for row in rows]
    assert r" REF _Ref_p1 \n  REF _Ref_p8 \n  PAGEREF _Toc_introduction \h " in instructions[0]
    assert r" REF _Ref_p13 \n  PAGEREF _Toc_entities \h " in instructions[3]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("html", ">9–13<", ">9–12<"), ("html", '"paragraphs">13<', '"paragraphs">14<'), ("docx", ">9<", ">8<")],
)
def test_a_wrong_number_in_the_column_of_paragraphs_is_found(kind: str, old: str, new: str) -> None:
    data = files("en")[kind]
    if kind == "docx":
        package = Package(data)
        document = package.files["word/document.xml"].decode().replace(old, new, 1).encode()
        data = pack_raw({**package.files, "word/document.xml": document})
    else:
        data = data.decode().replace(old, new, 1).encode()
    codes = {found.code for found in verify({kind: data}, {kind: "file"})}
    assert "contents-paragraphs-right" in codes


# ---------------------------------------------------------------- masthead and pages


IN_ORDER = ("United Nations", "General Assembly", "Distr.: General", "18 June 2019", "Original: English",
            "Seventy-fourth session", "Item 108 of the list", "Crime prevention",
            "Improving the coordination of efforts", "Summary")  # fmt: skip


def test_the_masthead_stands_in_its_order_in_every_format() -> None:
    for kind, data in files("en").items():
        blocks = [block.words for block in read(kind, data).text]
        assert tuple(blocks[: len(IN_ORDER)]) == IN_ORDER, kind


def test_a_symbol_that_there_is_not_yet_leaves_its_cell_empty_for_the_user_to_fill() -> None:
    (table, *_) = Package(word_file()).trees["word/document.xml"].iterfind(".//w:tbl", NAMESPACES)
    first, second = table.findall("w:tr", NAMESPACES)
    assert [words(cell) for cell in first.findall("w:tc", NAMESPACES)] == ["United Nations", ""]
    assert value(first.findall("w:tc", NAMESPACES)[1], "w:p/w:pPr/w:pStyle") == "MastheadSymbol"
    assert len(second.findall("w:tc", NAMESPACES)) == 3


@pytest.mark.parametrize("code", CODES)
def test_the_asterisk_of_the_agenda_takes_no_number(code: str) -> None:
    for kind, data in files(code).items():
        assert [note.mark for note in read(kind, data).notes] == ["*", "1"], kind


def test_the_note_of_the_agenda_is_a_true_footnote_of_word_with_a_mark_of_its_own() -> None:
    (mark, other) = Package(word_file()).trees["word/document.xml"].iter(f"{{{NAMESPACES['w']}}}footnoteReference")
    assert mark.get(f"{{{NAMESPACES['w']}}}customMarkFollows") == "1"
    assert other.get(f"{{{NAMESPACES['w']}}}customMarkFollows") is None


def test_pages_are_numbered_through_from_the_masthead_which_shows_no_number() -> None:
    read_back = read("pdf", files("en")["pdf"])
    assert [row.page for row in read_back.rows if row.level] == ["3", "3", "3", "3"]
    assert {heading.page for heading in read_back.outline} == {"3"}
    assert pdf().targets["contents"] == "2"


def test_sections_of_the_word_file_are_numbered_through_and_do_not_begin_pages() -> None:
    document = Package(word_file()).trees["word/document.xml"]
    sections = document.findall(".//w:sectPr", NAMESPACES)
    numbers = [dict(s.find("w:pgNumType", NAMESPACES).attrib) for s in sections]  # type: ignore[union-attr]
    decimal, first = (
        {f"{{{NAMESPACES['w']}}}{k}": v for k, v in row.items()} for row in ({"fmt": "decimal"}, {"start": "1"})
    )
    assert numbers == [decimal | first, decimal, decimal]  # masthead, contents, text
    assert [s.find("w:titlePg", NAMESPACES) is not None for s in sections] == [True, False, False]


def test_the_job_number_stands_at_the_foot_of_the_first_page() -> None:
    package = Package(word_file())
    assert sum("19-10104 (E)" in words(tree) for path, tree in package.trees.items() if "footer" in path) == 1
    assert "19-10104 (E)" not in words(package.trees["word/document.xml"])
    assert 'data-job="19-10104 (E)"' in page("print")
    assert not any("19-10104" in words(tree) for tree in Package(word_file(job="")).trees.values())


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("code", CODES)
def test_the_word_file_tells_the_pages_of_its_own_layout(code: str) -> None:
    program = find_office()
    assert program is not None
    targets = [row.target for row in report_sample.report(code).contents]
    laid = settle(lambda pages: word_file(code, pages), targets, Office(program, making.fontconfig()))
    assert set(laid.pages.values()) == {"3"}
    assert laid.count == 3


@pytest.mark.parametrize("code", CODES)
def test_validators_find_nothing(code: str, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(files(code)["docx"])
    audit = OpenXmlValidator().validate(tmp_path / "report.docx")
    assert audit.is_valid, [str(error) for error in audit.errors][:3]
    found = validate_pdf_bytes(files(code)["pdf"], profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in found.failures] == []


# ---------------------------------------------------------------- length


def test_words_of_headings_notes_and_references_are_counted_and_those_of_the_masthead_are_not() -> None:
    resolved = report_sample.report()
    counted = word_count(resolved)
    blocks = resolved.document.divisions
    without = report_sample.resolved(replace(resolved.document, notes=resolved.document.notes[1:], divisions=(
        replace(blocks[0], children=()), *blocks[1:])))  # fmt: skip
    note, agenda, title, session = 4, 5, 5, 2
    summary, item_title = 1 + len(report_sample.TEXTS["en"].sentence.split()), 2
    assert counted - word_count(without) == note + agenda + title + session + summary + item_title


def test_an_ideograph_counts_as_a_word() -> None:
    text = Paragraph((Text("会员国 UNODC 61/180 –。"),))
    made = replace(report_sample.document("zh"), divisions=(Division("body", (text,)),), notes=())
    assert word_count(report_sample.resolved(made)) == 5


# ---------------------------------------------------------------- a publication on the layout


REPORT = {
    "content/publications/report/publication.yaml": """\
id: report
title: Improving coordination
subtitle: Report of the Secretary-General
short_title: Coordination
masthead:
  organ: General Assembly
  distribution: General
  session: Seventy-fourth session
  item: "Item 108 of the list[^list]"
  item_title: Crime prevention
summary: |
  What was done.[^done]
date: 2019-06-18
as_of: 2019-06-18
layout: sg-report
status: {kind: final}
author: Secretary-General
front: {contents_depth: 2}
parts:
  - id: introduction
    title: Introduction
    numbering: roman
    body:
      - id: first
        text: |
          The first paragraph.[^text]

          The second, as in {ref:first}:

          (a) One
          (b) Two
  - id: measures
    title: Measures
    numbering: roman
    body: [{text: "The third."}]
notes:
  text: Of the text.
  done: Of the summary.
  list: Of the agenda.
""",
}


def laid(changes: Mapping[str, str] | None = None, sink: Sink | None = None) -> Laid | None:
    """The report laid out on the repository's layout, with some words of its file changed."""
    ((name, text),) = REPORT.items()
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new)
    found = sink if sink is not None else Sink()
    project = pipeline.open_project(MemoryWorld(tiny() | {name: text.encode()}), found)
    made = pipeline.lay_out(project, "report", "en", found)
    assert sink is not None or [str(f) for f in found] == []
    return made


def test_a_publication_on_the_layout_reads_as_such_a_document_does() -> None:
    made = laid()
    assert made is not None
    assert (
        dump(made.resolved)
        == """\
[cover]
  masthead
    image assets/mark.svg
    organization: United Nations
    organ: General Assembly
    particular: Distr.: General
    particular: 18\u00a0June 2019
    particular: Original: English
  session: Seventy-fourth session
  agenda: Item 108 of the list[^*]
  agenda-title: Crime prevention
  title: Improving coordination
  subtitle: Report of the Secretary-General
  summary
    label: Summary
    What was done.[^**]
[front]
  h1 Contents
    > I. Introduction … 1–2
    > II. Measures … 3
[body]
  h1 I. Introduction
    1. The first paragraph.[^1]
    2. The second, as in paragraph 1:
    - letter 1
        One
    - letter 2
        Two
  h1 II. Measures
    3. The third.
[notes]
  * Of the agenda.
  ** Of the summary.
  1 Of the text.
"""
    )


def test_symbol_job_number_and_the_language_of_another_original_stand_where_they_belong() -> None:
    made = laid(
        {
            "organ: General Assembly": "organ: General Assembly\n  symbol: A/74/189\n  job_number: 19-10104 (E)\n  original: fr"
        }
    )
    assert made is not None
    text = dump(made.resolved)
    assert "  masthead 19-10104 (E)\n" in text
    assert "organization: United Nations\n    symbol: A/74/189\n" in text
    assert "particular: English\n    particular: Original: French\n" in text
    assert made.resolved.document.metadata.running_title == "A/74/189"


def test_more_words_than_the_limit_are_warned_of_and_the_build_tells_how_many_there_are() -> None:
    sink = Sink()
    made = laid({"front: {": "word_limit: 20\nfront: {"}, sink)
    assert made is not None
    (warning,) = sink
    assert (warning.code, warning.severity) == ("words-within-limit", Severity.WARNING)
    assert "has 43 words, and at most 20" in warning.message
    assert pipeline.length(made) == "43 of 20"
    rows = [Built(Path("report.en.pdf"), 3, 1000, 1.0, 0, length="43 of 20")]
    assert table(rows, Path()).splitlines()[-1] == "report.en: 43 of 20 words"


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("ar", ["Distr.: General", "18 June 2019", "Arabic", "Original: English"]),
        ("zh", ["Distr.: General", "18 June 2019", "Chinese", "Original: English"]),
        ("ru", ["Distr.: General", "18 June 2019", "Russian", "Original: English"]),
        ("fr", ["Distr.: General", "18 juin 2019", "Français", "Original: anglais"]),
        ("es", ["Distr.: General", "18 de junio de 2019", "Español", "Original: inglés"]),
    ],
)
def test_a_translation_names_its_language_as_such_documents_do(code: str, lines: list[str]) -> None:
    """In Arabic, Chinese and Russian documents these lines are in English; in others the language's own."""
    ((name, text),) = REPORT.items()
    project = pipeline.open_project(MemoryWorld(tiny() | {name: text.encode()}), Sink())
    made = pipeline.lay_out(project, "report", code, Sink())
    assert made is not None
    shown = dump(made.resolved).replace("\u00a0:", ":").replace("\u00a0", " ").splitlines()
    assert [line.split(": ", 1)[1] for line in shown if line.strip().startswith("particular:")] == lines
