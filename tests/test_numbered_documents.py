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
    assert [line[:2] for line in numbered if line[:1].isdigit()][:7] == ["1.", "2.", "3.", "4.", "5.", "6.", "7."]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "See paragraph 4; See section II; See section II.A; See section II.A.1; "),
        ("ar", "انظر الفقرة 4; "),
        ("zh", "见 第4段; "),
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
    mark = {"ar": "4-"}.get(code, "4.")
    for kind, data in files(code).items():
        first = next(link for link in read(kind, data).links if link.inside)
        assert first.target == mark, kind


def test_word_numbers_paragraphs_and_subparagraphs_by_lists_of_its_own_so_that_an_inserted_one_renumbers() -> None:
    package = Package(word_file("en"))
    paragraphs = package.trees["word/document.xml"].findall(".//w:p", NAMESPACES)
    numbered = [p for p in paragraphs if value(p, "w:pPr/w:pStyle") == "NumberedParagraph"]
    assert len(numbered) == 7
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
    assert labels == ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."]


def test_word_follows_the_number_of_a_paragraph_by_a_field() -> None:
    package = Package(word_file("en"))
    instructions = [i.text or "" for i in package.trees["word/document.xml"].iterfind(".//w:instrText", NAMESPACES)]
    assert r" REF _Ref_p4 \n " in instructions
    assert r" REF _Toc_measures \n " in instructions
    assert "See paragraph 4" in words(package.trees["word/document.xml"])
