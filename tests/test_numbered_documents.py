"""What readers find in a document with a symbol: numbered paragraphs, references to them, contents, masthead, pages."""

from __future__ import annotations

import pytest
from lxml import etree
from tests import making, report_sample, sample

from icat_reports.document.dump import dump
from icat_reports.language import LANGUAGES
from icat_reports.ooxml.namespaces import NAMESPACES
from icat_reports.ooxml.package import pack_raw
from icat_reports.ooxml.reading import Package, value, words
from icat_reports.verify import read, verify
from icat_reports.verify.docx import read_docx
from icat_reports.write_docx import write_docx

CODES = ("ar", "en", "zh")


def word_file(code: str) -> bytes:
    """The document as a Word file."""
    return write_docx(report_sample.report(code), sample.theme(), LANGUAGES[code])


def files(code: str) -> dict[str, bytes]:
    """The document in all formats."""
    resolved = report_sample.report(code)
    return {
        "html": making.html(resolved, code, "web").encode(),
        "docx": write_docx(resolved, sample.theme(), LANGUAGES[code], pages=dict.fromkeys(resolved.headings, "1")),
        "pdf": making.pdf(resolved, code).pdf,
    }


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


def test_word_numbers_paragraphs_and_subparagraphs_by_lists_of_its_own_so_that_an_inserted_one_renumbers() -> None:
    package = Package(word_file("en"))
    paragraphs = package.trees["word/document.xml"].findall(".//w:p", NAMESPACES)
    numbered = [p for p in paragraphs if value(p, "w:pPr/w:pStyle") == "NumberedParagraph"]
    assert len(numbered) == 13
    assert not [p for p in numbered if p.find("w:pPr/w:numPr", NAMESPACES) is not None]  # by the style alone
    styles, numbering = package.trees["word/styles.xml"], package.trees["word/numbering.xml"]
    (style,) = (s for s in styles if s.get(f"{{{NAMESPACES['w']}}}styleId") == "NumberedParagraph")
    list_ = value(style, "w:pPr/w:numPr/w:numId")
    (found,) = (a for a in numbering if a.get(f"{{{NAMESPACES['w']}}}abstractNumId") == list_)
    assert (value(found, "w:lvl/w:pStyle"), value(found, "w:lvl/w:lvlText")) == ("NumberedParagraph", "%1.")
    items = [value(p, "w:pPr/w:pStyle") for p in paragraphs if "ListLetter" in value(p, "w:pPr/w:pStyle")]
    assert items == ["ListLetter", "ListLetter"]


def test_a_paragraph_inserted_into_the_word_file_renumbers_what_follows() -> None:
    package = Package(word_file("en"))
    body = package.trees["word/document.xml"][0]
    first = next(p for p in body if value(p, "w:pPr/w:pStyle") == "NumberedParagraph")
    first.addprevious(etree.fromstring(etree.tostring(first)))
    labels = [
        b.words.split()[0] for b in read_docx(repacked(package)).text if b.kind == "paragraph" and b.words[0].isdigit()
    ]
    assert labels == [f"{n}." for n in range(1, 15)]


def test_word_follows_the_number_of_a_paragraph_by_a_field() -> None:
    package = Package(word_file("en"))
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
    package = Package(word_file("en"))
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
