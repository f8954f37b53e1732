"""The check of built files: three formats of one document agree, and each deliberate difference is found."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests import making, sample

from icat_reports.diagnostics import Diagnostic
from icat_reports.document.nodes import (
    Division,
    Document,
    Emphasis,
    Heading,
    Metadata,
    Note,
    NoteMark,
    Paragraph,
    Phrase,
    Section,
    Text,
)
from icat_reports.language import LANGUAGES
from icat_reports.verify import Reading, read, verify
from icat_reports.verify.bidi import from_right, in_order, seen_from_right
from icat_reports.verify.counting import counted
from icat_reports.verify.html_lists import list_marks, marks_of
from icat_reports.verify.inside import faults
from icat_reports.verify.pdf_labels import page_labels
from icat_reports.verify.words import FROM_RIGHT, LINE_END, agree, normal
from icat_reports.write_docx import write_docx

CODES = ("ar", "en", "zh")
FORMATS = ("html", "docx", "pdf")
Files = dict[str, bytes]


@cache
def built(code: str) -> Files:
    """The small sample in three formats; Word has the page numbers of the PDF."""
    pdf = making.small_pdf(code)
    docx = write_docx(making.small(code), sample.theme(), LANGUAGES[code], pages=pdf.targets)
    return {"html": making.small_html(code, "web").encode(), "docx": docx, "pdf": pdf.pdf}


def findings(files: Files) -> tuple[Diagnostic, ...]:
    return verify(files, {kind: f"sample.{kind}" for kind in files})


def codes(found: tuple[Diagnostic, ...]) -> set[str]:
    return {diagnostic.code for diagnostic in found}


# ---------------------------------------------------------------- the law


@pytest.mark.parametrize("code", CODES)
def test_the_three_formats_of_a_document_agree(code: str) -> None:
    assert findings(built(code)) == ()


@pytest.mark.parametrize("code", CODES)
def test_the_three_formats_of_a_longer_document_agree(code: str) -> None:
    pdf = making.long_pdf(code)
    docx = write_docx(making.long(code), sample.theme(), LANGUAGES[code], pages=pdf.targets)
    html = making.html(making.long(code), code, "web").encode()
    assert findings({"html": html, "docx": docx, "pdf": pdf.pdf}) == ()


def test_two_marks_at_one_place_and_a_document_without_contents_agree() -> None:
    words = Paragraph((Text("One."), NoteMark("a"), NoteMark("b"), Text(" Two.")))
    section = Section("only", Heading((Text("Only"),)), (words,))
    notes = (Note("a", "number", (Text("First."),)), Note("b", "number", (Text("Second."),)))
    resolved = making.resolved(Document(Metadata("Title", "test", "en"), (Division("body", (section,)),), notes), "en")
    pdf = making.pdf(resolved, "en")
    docx = write_docx(resolved, sample.theme(), LANGUAGES["en"], pages=pdf.targets)
    files = {"html": making.html(resolved, "en", "web").encode(), "docx": docx, "pdf": pdf.pdf}
    assert findings(files) == ()
    assert [block.words for block in read("pdf", pdf.pdf).text] == ["", f"One.{LINE_END},{LINE_END}Two."]


def test_a_note_of_words_from_the_left_runs_from_the_right_as_its_document_does() -> None:
    before = (
        "The Office has helped people in one hundred and twenty countries, and in that time trained زهاء 500 judges"
    )
    words = Phrase("en", (Text(f"{before} and ما يقارب 40 others in Africa"), NoteMark("a"), Text(", and went on.")))
    section = Section("only", Heading((Text("القسم"),)), (Paragraph((words,)),))
    note = Note("a", "number", (Text("انظر "), Emphasis((Text("دليل المنظمة"),)), Text(" (2007). وهو يقدم التوجيه.")))
    document = Document(Metadata("العنوان", "test", "ar"), (Division("body", (section,)),), (note,))
    resolved = making.resolved(document, "ar")
    pdf = making.pdf(resolved, "ar")
    docx = write_docx(resolved, sample.theme(), LANGUAGES["ar"], pages=pdf.targets)
    files = {"html": making.html(resolved, "ar", "web").encode(), "docx": docx, "pdf": pdf.pdf}
    assert findings(files) == ()


@pytest.mark.parametrize("left_out", FORMATS)
def test_any_two_formats_are_compared_with_each_other(left_out: str) -> None:
    files = {kind: data for kind, data in built("en").items() if kind != left_out}
    assert findings(files) == ()
    other = read_all("ar")
    assert all(reading.text for reading in other.values())
    mixed = {**files, max(files): built("zh")[max(files)]}
    assert {"parity-text", "parity-outline", "parity-metadata"} <= codes(findings(mixed))


def read_all(code: str) -> dict[str, Reading]:
    return {kind: read(kind, data) for kind, data in built(code).items()}


def test_a_single_format_is_checked_by_itself() -> None:
    assert findings({"pdf": built("en")["pdf"]}) == ()
    assert findings({}) == ()


# ---------------------------------------------------------------- what readers find


@pytest.fixture(params=FORMATS)
def reading(request: pytest.FixtureRequest) -> Reading:
    """The English sample as read from each format."""
    return read(request.param, built("en")[request.param])


def shown(words: str) -> str:
    return words.replace(LINE_END, " ")


def test_a_reading_has_the_headings_with_their_numbers_and_levels(reading: Reading) -> None:
    outline = [(h.level, re.sub(r"[\s|.]+", " ", h.shown)) for h in reading.outline]
    assert outline == [
        (1, "Introduction"),
        (1, "Section One Mandates and expertise of the members"),
        (2, "1 Forms of trafficking covered"),
        (2, "2 Key actors"),
        (3, "Office of Refuge"),
        (3, "Agency for Labour"),
        (1, "Section Two Areas of work"),
        (2, "1 Forms of trafficking covered"),
        (2, "2 Key actors"),
        (1, "Section Three Partnerships"),
        (2, "1 Forms of trafficking covered"),
        (2, "2 Key actors"),
        (1, "Conclusions"),
        (1, "Annex I Publications of the members"),
    ]


def test_a_reading_has_the_notes_in_the_order_of_their_marks(reading: Reading) -> None:
    assert [(note.mark, shown(note.words)) for note in reading.notes] == [
        ("1", "The survey was open from March to May 2021."),
        ("*", "Did not answer the survey."),
        ("2", "Global Report on Trafficking in Persons (example.org/report)."),
        ("a", "Includes observers."),
        ("*", "Did not answer the survey."),
        ("b", "The survey was open from March to May 2021."),
    ]
    assert [len(note.marks) for note in reading.notes] == [1, 1, 1, 1, 2, 1]
    assert shown(reading.notes[0].marks[0].before).endswith("international organizations.")


def test_a_reading_has_the_marks_of_list_items(reading: Reading) -> None:
    marks = [block.label for block in reading.text if block.kind == "item"]
    assert marks == ["•", "•", "•", "•", "1.", "(a)", "(i)", "(ii)", "(b)", "2.", "1.", "2.", ""]


def test_a_reading_has_tables_with_spanning_heads(reading: Reading) -> None:
    table = reading.tables[0]
    assert shown(table.caption) == "Table 1. Partnerships, Asia and the Pacific"
    assert [(shown(c.words), c.head, c.colspan, c.rowspan) for c in table.rows[0]] == [
        ("Inter-Agency Coordination Group", True, 1, 2),
        ("Value", True, 2, 1),
        ("General Assembly resolution 61/180", True, 1, 2),
    ]
    assert [shown(cell.words) for cell in table.rows[1]] == ["Africa", "Americas"]
    assert [(shown(c.words), c.head) for c in table.rows[3]][:3] == [
        ("Agency for Labour 2", True),
        ("2", False),
        ("1", False),
    ]
    assert len(reading.tables[1].rows[0]) == 15


def test_a_reading_has_links_with_their_targets(reading: Reading) -> None:
    inside = [(shown(link.words), shown(link.target)) for link in reading.links if link.inside]
    assert [words for words, _ in inside] == [
        *("section 2", "section 2.2", "annex I", "table 1", "figure 2", "Areas of work", "[page]"),
    ]
    assert inside[3][1] == "Table 1. Partnerships, Asia and the Pacific"
    outside = [link.target for link in reading.links if not link.inside]
    assert outside[0] == "https://undocs.org/en/A/RES/61/180"
    assert outside[-1] == "https://example.org/report", "links of notes follow those of the text"


def test_contents_rows_tell_the_printed_pages() -> None:
    readings = read_all("en")
    pages = [row.page for row in readings["pdf"].rows if row.level]
    assert pages == [row.page for row in readings["docx"].rows if row.level]
    assert [h.page for h in readings["pdf"].outline] == pages[:14]
    assert pages[0] == "1"
    assert [row.of for row in readings["html"].rows].count("figures") == 5, "four rows and the heading of the list"


def test_pages_of_the_front_matter_have_roman_numbers() -> None:
    reading = read("pdf", built("en")["pdf"])
    assert {row.place for row in reading.rows} <= {"page i", "page ii", "page iii"}
    assert reading.text[0].place == "sheet 1", "the cover has no number"


# ---------------------------------------------------------------- Word files that differ


def with_part(docx: bytes, path: str, change: Callable[[str], str]) -> bytes:
    """A Word file with one part changed; the change must be one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(stream, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == path:
                text = change(data.decode())
                assert text != data.decode(), f"nothing was changed in {path}"
                data = text.encode()
            archive.writestr(name, data)
    return stream.getvalue()


def swapped(a: str, b: str) -> Callable[[str], str]:
    """Change the first occurrence."""
    return lambda text: text.replace(a, b, 1)


def without(pattern: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, "", text, count=1, flags=re.DOTALL)


def docx_findings(path: str, change: Callable[[str], str], code: str = "en") -> tuple[Diagnostic, ...]:
    files = built(code)
    return findings({**files, "docx": with_part(files["docx"], path, change)})


DOCUMENT = "word/document.xml"
_A_REFERENCE = r'<w:r>(?:(?!</w:r>).)*<w:footnoteReference w:id="1"/></w:r>'
_A_FOOTNOTE = r'<w:footnote w:id="1">.*?</w:footnote>'


@pytest.mark.parametrize(
    ("path", "change", "expected"),
    [
        (DOCUMENT, swapped("answered by 20 of 29", "answered by 21 of 29"), {"parity-text"}),
        (DOCUMENT, swapped("Agency for Labour 4</w:t>", "Agency for Labour 3</w:t>"), {"parity-tables"}),
        (DOCUMENT, swapped("Africa</w:t>", "Afrika</w:t>"), {"parity-figures"}),
        (DOCUMENT, swapped('w:val="Heading3"', 'w:val="Heading4"'), {"parity-outline"}),
        (DOCUMENT, swapped("Office of Refuge</w:t></w:r><w:r><w:tab/>", "Office</w:t></w:r><w:r><w:tab/>"),
         {"parity-contents", "contents-lead-right"}),
        ("word/numbering.xml", lambda text: text.replace('"lowerRoman"', '"lowerLetter"'), {"parity-text"}),
        (DOCUMENT, swapped('<w:vMerge w:val="restart"/>', ""), {"parity-tables"}),
        (DOCUMENT, swapped("<w:tblHeader/>", ""), {"parity-tables"}),
        (DOCUMENT, lambda text: re.sub(r'descr="(?=\w)', 'descr="Not ', text, count=1), {"parity-figures"}),
        (DOCUMENT, swapped('w:anchor="_Toc_annex_one"', 'w:anchor="_Toc_conclusions"'),
         {"parity-contents", "contents-lead-right"}),
        (DOCUMENT, without(_A_REFERENCE), {"footnote-marked", "note-marked", "parity-notes"}),
        ("word/footnotes.xml", without(_A_FOOTNOTE), {"footnote-marked", "links-resolve", "parity-notes"}),
        ("word/footnotes.xml", swapped("Did not answer", "Did answer"), {"parity-notes"}),
        ("word/_rels/document.xml.rels", swapped("A/RES/61/180", "A/RES/61/181"), {"parity-links"}),
        ("word/_rels/footnotes.xml.rels", swapped("example.org/report", "example.org/reports"), {"parity-links"}),
        ("word/charts/chart1.xml", swapped("<c:v>12</c:v>", "<c:v>13</c:v>"), {"parity-figures"}),
        ("docProps/core.xml", swapped("<dc:language>en", "<dc:language>fr"), {"parity-metadata"}),
        ("docProps/core.xml", swapped("<dc:title>Mapping", "<dc:title>Map of"), {"parity-metadata"}),
    ],
)  # fmt: skip
def test_a_difference_in_the_word_file_is_found(path: str, change: Callable[[str], str], expected: set[str]) -> None:
    found = docx_findings(path, change)
    assert codes(found) == expected
    assert all(diagnostic.span.file == "sample.docx" for diagnostic in found)


def test_a_difference_names_both_places_and_both_wordings() -> None:
    (found,) = docx_findings(DOCUMENT, swapped("answered by 20 of 29", "answered by 21 of 29"))
    assert re.fullmatch(
        r"different blocks of running text: “…by 20 of 29.*” in sample\.html, line \d+; "
        r"“…by 21 of 29.*” in sample\.docx, word/document\.xml, paragraph \d+",
        found.message.replace("…the survey was answered by", "…by").replace("In 2021 the survey was answered by", "…by")
        .replace("1. …by", "…by"),
    )  # fmt: skip


def test_a_paragraph_left_out_is_one_difference_and_not_many() -> None:
    found = docx_findings(DOCUMENT, without(r'<w:p><w:pPr><w:pStyle w:val="Lead"/>(?:(?!</w:p>).)*</w:p>'))
    assert codes(found) == {"parity-text"}
    (one,) = found
    assert "nothing in sample.docx" in one.message


def test_a_renumbered_heading_is_found_where_word_counts_it() -> None:
    change = re.compile(r'(<w:start w:val=")1("/><w:numFmt w:val="upperRoman"/>)')
    found = docx_findings("word/numbering.xml", lambda text: change.sub(r"\g<1>2\2", text, count=1))
    assert codes(found) == {"parity-outline", "parity-contents", "parity-links", "contents-lead-right"}
    (outline,) = (d for d in found if d.code == "parity-outline")
    assert "“Annex I. Publications of the members”" in outline.message
    assert "“Annex II. Publications of the members”" in outline.message


def test_a_stored_field_that_word_will_change_is_found() -> None:
    pattern = re.compile(r"( REF _Ref_members (?:(?!</w:p>).)*?<w:t[^>]*>)1(</w:t>)", re.DOTALL)
    found = docx_findings(DOCUMENT, lambda text: pattern.sub(r"\g<1>4\2", text, count=1))
    assert codes(found) == {"fields-right", "parity-text", "parity-links"}
    (stale,) = (d for d in found if d.code == "fields-right")
    assert "a field stores “4”, but Word will make it “1”" in stale.message


def test_a_contents_row_without_a_page_is_found() -> None:
    pattern = re.compile(r"( PAGEREF _Toc_areas (?:(?!</w:p>).)*?<w:t[^>]*>)\d+(</w:t>)", re.DOTALL)
    (found,) = docx_findings(DOCUMENT, lambda text: pattern.sub(r"\g<1>–\2", text, count=1))
    assert found.code == "contents-pages-right"


def test_many_differences_of_a_kind_are_counted() -> None:
    found = docx_findings(DOCUMENT, lambda text: text.replace("organizations", "organisations"))
    texts = [d.message for d in found if d.code == "parity-text"]
    assert len(texts) == 6
    assert re.fullmatch(
        r"sample.html and sample.docx have different blocks of running text at \d+ more places", texts[-1]
    )


def test_words_that_changed_places_in_arabic_are_found() -> None:
    found = docx_findings(DOCUMENT, swapped("خريطة عمل", "عمل خريطة"), "ar")
    assert codes(found) == {"parity-text"}


# ---------------------------------------------------------------- web pages that differ


def html_findings(change: Callable[[str], str], code: str = "en") -> tuple[Diagnostic, ...]:
    files = built(code)
    text = change(files["html"].decode())
    assert text != files["html"].decode(), "nothing was changed"
    return findings({**files, "html": text.encode()})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (swapped("Ordre du jour", "Ordre des jours"), {"parity-text"}),
        (swapped('<a class="ref" href="#areas">', '<a class="ref" href="#nowhere">'), {"links-resolve", "parity-links"}),
        (swapped('href="https://undocs.org/en/A/RES/61/180"', 'href="https://undocs.org/"'), {"parity-links"}),
        (swapped('<th scope="row"', '<td scope="row"'), set()),
        (swapped('<section class="section level-1" aria-labelledby="conclusions">', '<section id="annex-one">'),
         {"links-resolve"}),
        (without(r'<li><div class="note" id="note-survey">.*?</li>'), {"links-resolve", "parity-notes"}),
        (swapped("<td>12</td>", "<td>11</td>"), {"parity-figures"}),
        (swapped('<h4 id="entity-0" data-level="3"', '<h4 id="entity-0" data-level="2"'), {"parity-outline"}),
    ],
)  # fmt: skip
def test_a_difference_in_the_web_page_is_found(change: Callable[[str], str], expected: set[str]) -> None:
    found = html_findings(change)
    assert codes(found) == expected
    places = {d.span.file for d in found if d.code.startswith("parity")}
    assert places == ({"sample.docx", "sample.pdf"} if places else set()), "both others differ from the page"


# ---------------------------------------------------------------- PDF files that differ


def pdf_findings(change: Callable[[pikepdf.Pdf], None], code: str = "en") -> tuple[Diagnostic, ...]:
    files = built(code)
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(files["pdf"])) as pdf:
        change(pdf)
        pdf.save(stream)
    return findings({**files, "pdf": stream.getvalue()})


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    """Structure elements of a type, in order."""
    found: list[pikepdf.Object] = []

    def visit(element: Any) -> None:  # noqa: ANN401 - an element, or a number in its place
        if isinstance(element, int) or element.get("/Type") in {"/MCR", "/OBJR"}:
            return
        if element.get("/S") == f"/{kind}":
            found.append(element)
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids] if kids is not None else []:
            visit(kid)

    visit(pdf.Root.StructTreeRoot)
    return found


def change_content(pdf: pikepdf.Pdf, page: int, pattern: bytes, new: bytes) -> None:
    """Change the content of a page once."""
    contents = pdf.pages[page].Contents
    data = contents.read_bytes()
    changed = re.sub(pattern, new, data, count=1, flags=re.DOTALL)
    assert changed != data, "nothing was changed"
    contents.write(changed)


def drop_words(pdf: pikepdf.Pdf) -> None:
    """Take the glyphs of a line of running text away."""
    change_content(pdf, _page_of(pdf, "1"), rb"(/MCID 1>>\s*BDC.*?)\[[^\]]*\] TJ", rb"\1[] TJ")


def _page_of(pdf: pikepdf.Pdf, label: str) -> int:
    """The page with that number printed on it."""
    return list(page_labels(pdf)).index(label)


def change_address(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            if "/A" in annotation and str(annotation.A.get("/URI", "")).endswith("61/180"):
                annotation.A.URI = pikepdf.String("https://example.org/elsewhere")
                return


def rename(kind: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        elements(pdf, kind)[0].S = pikepdf.Name(f"/{new}")

    return change


def change_alternative(pdf: pikepdf.Pdf) -> None:
    figure = next(element for element in elements(pdf, "Figure") if "/Alt" in element)
    figure.Alt = pikepdf.String("A picture")


def change_row_page(pdf: pikepdf.Pdf) -> None:
    """Let the first row of the contents show the page of the row after it."""
    first, second = (element.K for element in elements(pdf, "Link")[:2])
    first[-2] = second[-2]


def lose_destination(pdf: pikepdf.Pdf) -> None:
    flat = pdf.Root.Names.Dests.Names
    at = next(at for at in range(0, len(flat), 2) if str(flat[at]) == "conclusions")
    flat[at] = pikepdf.String("elsewhere")


def turn_back_link(pdf: pikepdf.Pdf) -> None:
    """Let the first note lead back to another page."""
    flat = pdf.Root.Names.Dests.Names
    names = [str(flat[at]) for at in range(0, len(flat), 2)]
    flat[2 * names.index("mark-survey") + 1] = flat[2 * names.index("conclusions") + 1]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (drop_words, {"parity-text"}),
        (change_address, {"parity-links"}),
        (rename("H2", "H3"), {"parity-outline"}),
        (rename("TH", "TD"), {"parity-tables"}),
        (change_alternative, {"parity-figures"}),
        (change_row_page, {"contents-pages-right"}),
        (lose_destination, {"links-resolve", "parity-contents"}),
        (turn_back_link, {"note-leads-back"}),
    ],
)
def test_a_difference_in_the_pdf_is_found(change: Callable[[pikepdf.Pdf], None], expected: set[str]) -> None:
    found = pdf_findings(change)
    assert codes(found) == expected
    assert {diagnostic.span.file for diagnostic in found} == {"sample.pdf"}


@pytest.mark.parametrize("code", ["ar", "zh"])
def test_words_dropped_from_a_pdf_in_another_script_are_found(code: str) -> None:
    assert "parity-text" in codes(pdf_findings(drop_words, code))


def test_a_wrong_page_in_the_contents_is_told_with_the_right_one() -> None:
    (found,) = pdf_findings(change_row_page)
    assert found.message == "the contents row “Introduction” (page i) says page 2; it stands on page 1"


def test_a_note_on_a_later_page_than_its_mark_is_found() -> None:
    reading = read("pdf", built("en")["pdf"])
    late = replace(reading, notes=(replace(reading.notes[0], page="9"), *reading.notes[1:]))
    (found,) = faults(late, "sample.pdf")
    assert found.code == "note-on-page-of-mark"
    assert "stands on page 9, its mark on page 1" in found.message


# ---------------------------------------------------------------- words


def test_only_what_formats_must_write_differently_is_made_alike() -> None:
    assert normal(" a\u00a0b\n c\u00ad ﬁ \u2066d\u2069 ") == "a b c fi d"
    assert normal("e\u0301 \u0636\u0651\u064e") == normal("\u00e9 \u0636\u064e\u0651")
    assert normal("a–b “c” É е") == "a–b “c” É е"


def test_the_end_of_a_line_agrees_with_a_space_and_with_nothing() -> None:
    assert agree(f"one{LINE_END}two{LINE_END}three", "one two three")
    assert agree(f"https://example.org/{LINE_END}path", "https://example.org/path")
    assert not agree(f"one{LINE_END}two", "one  two")
    assert not agree(f"one{LINE_END}two", "one twO")
    assert not agree(f"one{LINE_END}two", "one two three")
    assert not agree("onetwo", "one two")


@given(st.lists(st.text("abc,.", min_size=1, max_size=5), min_size=1, max_size=8), st.data())
def test_words_agree_however_they_are_broken_into_lines(words: list[str], data: st.DataObject) -> None:
    breaks = data.draw(st.lists(st.sampled_from((" ", LINE_END)), min_size=len(words) - 1, max_size=len(words) - 1))
    broken = "".join(a + b for a, b in zip(words, [*breaks, ""], strict=True))
    assert agree(normal(broken), normal(" ".join(words)))
    assert not agree(normal(broken), normal(" ".join([*words, "d"])))


@pytest.mark.parametrize(
    ("words", "from_the_right"),
    [
        ("قرار 61/180", "قرار 081/16"),  # the number runs left to right
        ("UNODC 61/180", "081/16 CDONU"),  # after Latin letters a number is one with them
        ("من UNODC وILO.", "من CDONU وOLI."),
        ("(نعم)", "(نعم)"),
        ("(UNODC) و", "(CDONU) و"),  # brackets run as the paragraph does
        ("عام 2003-2005", "عام 3002-5002"),  # N1: after Arabic letters a hyphen parts two numbers
        ("5% نعم", "%5 نعم"),  # W5: the sign goes with its number
        ("من 2\u00a0500 نعم", "من 005\u00a02 نعم"),  # W4: a space that does not break leaves one number
    ],
)
def test_lines_from_right_to_left_are_set_by_the_rules_of_unicode(words: str, from_the_right: str) -> None:
    assert from_right(words, rtl=True) == from_the_right


def test_groups_of_figures_from_right_to_left_agree_in_their_order_alone() -> None:
    assert agree(f"{FROM_RIGHT}من 005 2 نعم", "من 2 500 نعم")
    assert not agree(f"{FROM_RIGHT}من 052 0 نعم", "من 2 500 نعم")


def test_a_line_from_left_to_right_is_turned_round() -> None:
    assert from_right("ab 12", rtl=False) == "21 ba"
    assert from_right("ab نعم", rtl=False) == "نعم ba"


def test_glyphs_of_one_direction_say_what_they_say() -> None:
    assert in_order(["م", "ع", "ن"]) == "نعم"
    assert in_order(["ا", "لا"]) == "لاا", "a ligature's letters are in order of reading"
    assert in_order(["1", "2"]) == "12"
    assert in_order(["2", " ", "ن"]) is None
    assert seen_from_right(["2", "1", " ", "لا", "ن"]) == "نلا 12"
    assert agree(f"{FROM_RIGHT}نلا 12", "نلا 21")
    assert not agree(f"{FROM_RIGHT}نلا 12", "نلا 12")


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("decimal", "1 4 9 14 40 49 99"),
        ("lowerRoman", "i iv ix xiv xl xlix xcix"),
        ("upperRoman", "I IV IX XIV XL XLIX XCIX"),
        ("lowerLetter", "a d i n nn ww uuuu"),
        ("cardinalText", "One Four Nine Fourteen Forty Forty-nine Ninety-nine"),
        ("chineseCounting", "一 四 九 十四 四十 四十九 九十九"),
    ],
)
def test_numbers_are_counted_as_word_shows_them(shape: str, expected: str) -> None:
    assert " ".join(counted(shape, count) for count in (1, 4, 9, 14, 40, 49, 99)) == expected


def test_the_style_sheet_says_how_items_are_marked() -> None:
    css = (
        "@counter-style item-letter { system: extends lower-alpha; prefix: '('; suffix: ') ' }\n"
        "ol.letter { list-style-type: item-letter }\nul.plain { list-style: none; padding: 0 }\nol.r { list-style-type: upper-roman }"
    )
    marks = list_marks(css)
    assert marks_of("ol", ["letter"], marks).of(2) == "(b)"
    assert marks_of("ol", ["r"], marks).of(4) == "IV."
    assert marks_of("ol", [], marks).of(3) == "3."
    assert marks_of("ul", ["plain"], marks).of(1) == ""
    assert marks_of("ul", ["bullet"], marks).of(1) == "•"
