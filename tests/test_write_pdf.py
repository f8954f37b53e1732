"""What is in the PDF: pages, notes, numbers, tags, and that the same input gives the same bytes."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
import weasyprint.svg
from PIL import Image, ImageChops, ImageStat
from tests import making, sample

from icat_reports.diagnostics import Diagnostic, Severity
from icat_reports.document import nodes as n
from icat_reports.write_pdf import letters, write_pdf
from icat_reports.write_pdf.engine import Replacement, replaced

CODES = ("en", "ar", "zh")

# ---------------------------------------------------------------- reading


PdfObject = Any
"""pikepdf.Object, which is many things."""


@dataclass
class Element:
    """A structure element."""

    type: str
    source: PdfObject
    kids: list[Element] = field(default_factory=list)
    contents: list[tuple[int, int]] = field(default_factory=list)
    """Pages and MCIDs."""
    links: list[PdfObject] = field(default_factory=list)
    """Annotations."""

    def all(self, type_: str = "") -> Iterator[Element]:
        """Those of a type, from here downwards."""
        if self.type == type_ or not type_:
            yield self
        for kid in self.kids:
            yield from kid.all(type_)


@cache
def opened(code: str) -> Any:  # noqa: ANN401 - pikepdf.Pdf, whose objects have no types
    """The long sample."""
    return pikepdf.open(io.BytesIO(making.long_pdf(code).pdf))


@cache
def tree(code: str) -> Element:
    """Its structure."""
    pdf = opened(code)
    numbers: dict[PdfObject, int] = {p.objgen: i for i, p in enumerate(pdf.pages)}

    def read(source: PdfObject, on: int) -> Element:
        found = Element(str(source.S)[1:], source)
        on = numbers[source.Pg.objgen] if "/Pg" in source else on
        kids = source.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                found.contents.append((on, kid))
            elif kid.get("/Type") == "/MCR":
                found.contents.append((numbers[kid.Pg.objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                found.links.append(kid.Obj)
            else:
                found.kids.append(read(kid, on))
        return found

    return read(pdf.Root.StructTreeRoot.K[0], 0)


def text_by_page(pdf: bytes, folder: Path, *options: str) -> list[str]:
    """What poppler reads on each page."""
    (folder / "read.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", *options, "read.pdf", "-"], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


@pytest.mark.needs_poppler
@pytest.mark.parametrize("width", range(140, 152))
def test_a_line_ends_after_its_last_word_that_fits(width: int, tmp_path: Path) -> None:
    """A space before a link may stand beyond the end of the line: the words before it are not broken for its sake."""
    words = (
        "Ever since it was founded, the International Labour Organization (ILO) has worked against forced labour and "
        "dealt with the circumstances that allow it to exist. In 1998, ILO adopted the <cite>Declaration</cite> on it."
    )
    assert [line for line in _lines_of(words, "en", width, tmp_path)[:-1] if len(line) < 70] == []


@pytest.mark.needs_poppler
@pytest.mark.parametrize("width", range(145, 154))
def test_a_line_ends_after_its_last_word_that_fits_before_a_space_that_does_not_break(
    width: int, tmp_path: Path
) -> None:
    """An opening guillemet goes to the next line with the words in another language after it, and nothing else does."""
    words = (
        "des femmes et des filles. Dans le cadre de son programme <span lang='en'>Safe and Fair</span>, ONU-Femmes, l’UNFPA et l’Organisation mondiale "
        "de la Santé (OMS) ont mis au point un outil appelé «\u00a0<span lang='en'>Decision Tree</span>\u00a0» (arbre de décision)."
    )
    assert [line for line in _lines_of(words, "fr", width, tmp_path)[:-1] if len(line) < 65] == []


def _lines_of(words: str, language: str, width: int, folder: Path) -> list[str]:
    """Lines of a paragraph, 11 points high and so many millimetres wide."""
    html = (
        f"<!DOCTYPE html><html lang='{language}'><title>Text</title><style>@page {{ size: {width + 40}mm 100mm; margin: 20mm }}"
        f" body {{ margin: 0; font: 11pt 'Liberation Serif' }}</style><p>{words}</p>"
    )
    return text_by_page(write_pdf(html, fontconfig=making.fontconfig()).pdf, folder, "-layout")[0].strip().splitlines()


def _in_print(body: str, folder: Path, height: int) -> list[list[str]]:
    """Lines on each page of words with the looks that all layouts share, 10 points high and 60 mm wide."""
    looks = (Path("layouts/shared/print.css")).read_text(encoding="utf-8")
    own = f"@page {{ size: 100mm {height}pt; margin: 0 20mm }} * {{ font: 8pt/10pt 'Liberation Serif'; margin: 0 !important }}"
    html = f"<!DOCTYPE html><html lang='en'><title>T</title><style>{looks} {own}</style><body data-title=T>{body}"
    pdf = write_pdf(html, fontconfig=making.fontconfig()).pdf
    pages = [text.splitlines() for text in text_by_page(pdf, folder, "-layout")]
    return [[line.strip() for line in lines if line.strip()] for lines in pages]


@pytest.mark.needs_poppler
@pytest.mark.parametrize(("target", "shown"), [("https://un.org/", "red"), ("mailto:a@un.org", "red"), ("#here", "")])
def test_links_out_of_the_document_have_a_colour_wherever_they_stand(target: str, shown: str, tmp_path: Path) -> None:
    link = f"<a href='{target}'>Words</a>"
    colour = "<style>:root { --link: #ff0000 } html { color: #000000 }</style>"
    _in_print(f"{colour}<p id=here>Text</p><table><tr><td>{link}</table><ul><li>{link}</ul>", tmp_path, 120)
    subprocess.run(["pdftoppm", "-r", "60", "-png", "-singlefile", "read.pdf", "read"], cwd=tmp_path, check=True)
    colours = Image.open(tmp_path / "read.png").convert("RGB").getcolors(10000) or []
    assert any(red > green + 60 for _, (red, green, _) in colours) is (shown == "red")  # type: ignore[misc]


@pytest.mark.needs_poppler
def test_marks_of_lists_alternate_by_level_as_they_do_in_word(tmp_path: Path) -> None:
    def nested(*words: str) -> str:
        return f"<ul class=bullet><li>{words[0]}{nested(*words[1:])}</ul>" if words else ""

    ((*lines,),) = _in_print(nested("First", "Second", "Third"), tmp_path, 120)
    assert [line.split() for line in lines] == [["•", "First"], ["–", "Second"], ["•", "Third"]]


@pytest.mark.needs_poppler
@pytest.mark.parametrize("before", range(1, 12))
def test_the_last_rows_of_contents_stand_together_and_short_contents_on_one_page(before: int, tmp_path: Path) -> None:
    def contents(rows: int) -> str:
        items = "".join(f"<li><a href='#c'>Row {row}</a>" for row in range(rows))
        return f"<section class=section><h1 id=c data-head=C>C</h1><nav class=contents><ol>{items}</ol></nav></section>"

    words = "<br>".join(["Words"] * before)
    short = _in_print(f"<div class=front><p>{words}</p>{contents(6)}</div>", tmp_path, 120)
    assert any(lines[-7:] == ["C", *(f"Row {row}" for row in range(6))] for lines in short)
    long = _in_print(f"<div class=front>{contents(11 + before)}</div>", tmp_path, 120)
    assert all(len(lines) >= 5 for lines in long)
    assert long[0][0] == "C"


@pytest.mark.needs_poppler
@pytest.mark.parametrize("before", range(8))
def test_a_chapter_does_not_end_with_a_line_or_two_on_a_page_of_their_own(before: int, tmp_path: Path) -> None:
    first, last = ("<br>".join(["Words"] * count) for count in (before, 8))
    chapter = f"<section class=section><h1 data-head=C>C</h1><p>{first}</p><p>{last}</p></section>"
    pages = _in_print(f"<div class=body>{chapter}</div>", tmp_path, 120)
    assert all(len(lines) >= 5 for lines in pages)


@pytest.mark.needs_poppler
@pytest.mark.parametrize("before", range(1, 12))
@pytest.mark.parametrize("lead", ["<h2>Lead</h2>", "<h2>Title</h2><p class=website>Lead</p>"])
def test_three_lines_at_least_stand_under_a_heading_at_the_foot_of_a_page(
    lead: str, before: int, tmp_path: Path
) -> None:
    first, last = ("<br>".join(["Words"] * count) for count in (before, 8))
    pages = _in_print(f"<div class=body><p>{first}</p>{lead}<p>{last}</p></div>", tmp_path, 120)
    under = [lines[lines.index("Lead") + 1 :] for lines in pages if "Lead" in lines]
    assert [len(lines) >= 3 for lines in under] == [True]


@pytest.mark.needs_poppler
@pytest.mark.parametrize("before", range(3, 12))
def test_a_line_that_ends_what_stands_under_a_label_does_not_begin_a_page(before: int, tmp_path: Path) -> None:
    words = "<br>".join(["Words"] * before)
    label, more = "<p class=label>Label</p>", "<p>More</p>" * 3
    pages = _in_print(f"<div class=body>{label}<p>{words}</p><p>Last</p>{label}{more}</div>", tmp_path, 120)
    assert sum("Last" in lines for lines in pages) == 1
    assert all(lines[0] != "Last" for lines in pages)


@pytest.mark.needs_poppler
@pytest.mark.parametrize("rows", range(4, 30))
def test_the_last_row_of_a_table_is_not_left_alone(rows: int, tmp_path: Path) -> None:
    body = "".join(f"<tr><td>Row {row}" for row in range(rows))
    pages = _in_print(f"<table><thead><tr><th>Head<tbody>{body}</table>", tmp_path, 160)
    assert all(lines != ["Head", f"Row {rows - 1}"] for lines in pages)


@pytest.mark.needs_poppler
@pytest.mark.parametrize(("indent", "first"), [(-12, 12), (0, 0), (12, -12)])
def test_a_first_line_from_the_right_stands_out_or_in_at_its_start_and_ends_with_the_others(
    indent: int, first: int, tmp_path: Path
) -> None:
    """The engine would leave its start where it is, and set it out of the measure at its end."""
    html = (
        "<!DOCTYPE html><html lang='ar' dir='rtl'><title>نص</title><style>@page { size: 100mm; margin: 20mm }"
        f" p {{ margin: 0; font: 11pt 'Amiri'; text-indent: {indent}pt }}</style><p>{'كلمة ' * 60}</p>"
    )
    (tmp_path / "read.pdf").write_bytes(write_pdf(html, fontconfig=making.fontconfig()).pdf)
    done = subprocess.run(["pdftotext", "-bbox", "read.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    words = re.findall(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)"', done.stdout.decode())
    lines: dict[str, list[tuple[float, float]]] = {}
    for left, top, right in words:
        lines.setdefault(top, []).append((float(left), float(right)))
    starts = [max(right for _, right in line) for line in lines.values()]
    assert round(starts[0] - starts[1]) == first
    assert min(left for line in lines.values() for left, _ in line) > 20 / 25.4 * 72 - 1  # the margin


# ---------------------------------------------------------------- validity


@pytest.mark.parametrize("code", CODES)
def test_no_rule_of_pdf_ua_is_broken(code: str) -> None:
    """PDF/UA-1, all rules that a program can check."""
    for result in (making.long_pdf(code), making.small_pdf(code)):
        report = page.validate_pdf_bytes(result.pdf, profile="ua1")
        assert [(f.rule_id, f.message) for f in report.failures] == []
        assert report.is_compliant


@pytest.mark.parametrize("code", CODES)
def test_the_engine_has_nothing_to_say(code: str) -> None:
    """No warning about style sheets, fonts, links or images."""
    assert [str(d) for d in (*making.long_pdf(code).diagnostics, *making.small_pdf(code).diagnostics)] == []


def test_two_runs_give_the_same_bytes() -> None:
    """In one process and in another whose hashes fall differently."""
    first = making.small_pdf("en").pdf
    assert making.pdf(making.small("en"), "en").pdf == first
    program = "import sys; from tests import making; sys.stdout.buffer.write(making.small_pdf('en').pdf)"
    root = Path(__file__).parent.parent
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=root, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        assert done.stdout == first


# The engine leaves the file of its colour profile to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("variant", ["pdf/a-2a", "pdf/a-2b", "pdf/a-3a", "pdf/a-3b"])
def test_archives_get_a_valid_file(variant: str) -> None:
    """PDF/A as far as a program can check it."""
    text = making.small_html("en", "print")
    result = write_pdf(text, fontconfig=making.fontconfig(), variant=variant)  # type: ignore[arg-type]
    report = page.validate_pdf_bytes(result.pdf, profile=variant.removeprefix("pdf/a-"))
    # The rule takes the last byte of a stream's data for its line end where that byte is a carriage return.
    real = [f for f in report.failures if not f.rule_id.endswith("STREAM-LENGTH-001")]
    assert [(f.rule_id, f.message) for f in real] == []


# ---------------------------------------------------------------- pages


@cache
def noted() -> tuple[bytes, int]:
    """Ninety paragraphs, items, cells and headings, each with a note of its own length; and their number."""
    count = 90
    notes: list[n.Note] = []
    blocks: list[n.Block] = []
    for i in range(count):
        notes.append(n.Note(f"n{i}", "number", (n.Text(f"remark{i:03} " + "words of a note " * (i * 7 % 40)),)))
        words = (
            n.Text(f"place{i:03} " + "words of the text " * (i * 5 % 30)),
            n.NoteMark(f"n{i}"),
            n.Text(" end. " * (i % 9)),
        )
        if i % 10 == 3:
            blocks.append(n.List("bullet", (n.Item((n.Paragraph(words),)),)))
        elif i % 10 == 6:
            blocks.append(n.Section(f"s{i}", n.Heading(words[:2]), (n.Paragraph((n.Text("Under a heading."),)),)))
        elif i % 10 == 9:
            cell = n.Cell((n.Paragraph(words),))
            head = n.Row((n.Cell((n.Paragraph((n.Text("Head"),)),), "col"),))
            blocks.append(n.Table(f"t{i}", (n.Text("Table"),), (100,), (head,), (n.Row((cell,)),)))
        else:
            blocks.append(n.Paragraph(words))
    section = n.Section("only", n.Heading((n.Text("Only"),)), tuple(blocks))
    document = n.Document(n.Metadata("Notes", "notes", "en"), (n.Division("body", (section,)),), tuple(notes))
    return making.pdf(making.resolved(document, "en"), "en").pdf, count


@pytest.mark.needs_poppler
def test_each_note_stands_on_the_page_of_its_mark(tmp_path: Path) -> None:
    """At the foot of the page, never endnotes; none lost, none twice."""
    pdf, count = noted()
    pages = text_by_page(pdf, tmp_path)
    places = {i: [p for p, text in enumerate(pages) if f"place{i:03}" in text] for i in range(count)}
    remarks = {i: [p for p, text in enumerate(pages) if f"remark{i:03}" in text] for i in range(count)}
    assert len(pages) > 10
    assert all(len(found) == 1 for found in remarks.values())
    # A mark stands at the end of its words, so on the page of the next place at the latest.
    late = {i: (places[i], remarks[i]) for i in range(count) if remarks[i][0] < places[i][0]}
    assert late == {}
    marks = _pages_of_marks(pdf)
    assert {i: (marks[f"n{i}"], remarks[i]) for i in range(count) if [marks[f"n{i}"]] != remarks[i]} == {}


def test_notes_above_a_paragraph_that_is_taken_back_stay_on_the_page_of_their_marks() -> None:
    """Chapters of many lengths, so that pages end at every place of a paragraph."""
    notes: list[n.Note] = []
    sections: list[n.Block] = []
    for k in range(56):
        mark: tuple[n.Inline, ...] = ()
        if k % 4 == 0:
            notes.append(n.Note(f"n{k}", "number", (n.Text("remark"),)))
            mark = (n.NoteMark(f"n{k}"),)
        lead = (_words("text", 1 + k * 4 % 9), *mark, _words("text", k * 7 % 17))
        items = tuple(n.Item((n.Paragraph((_words("item", 1 + (k * 3 + j * 5) % 7),)),)) for j in range(2 + k * 5 % 6))
        more = (n.Paragraph((_words("text", 4 + k * 3 % 20),)),) if k % 2 else ()
        body = (n.Paragraph(lead), n.List("bullet", items), *more)
        sections.append(n.Section(f"s{k}", n.Heading((n.Text("Head"),)), body))
    whole = n.Section("only", n.Heading((n.Text("Only"),)), tuple(sections))
    document = n.Document(n.Metadata("Notes", "notes", "en"), (n.Division("body", (whole,)),), tuple(notes))
    at = making.pdf(making.resolved(document, "en"), "en").targets
    assert {note.id: at[f"note-{note.id}"] for note in notes} == {note.id: at[f"mark-{note.id}"] for note in notes}


def _words(kind: str, times: int) -> n.Text:
    return n.Text(f" words of the {kind}" * times)


def _pages_of_marks(pdf: bytes) -> dict[str, int]:
    """Page of each mark, by the link that leads to its note."""
    found = {}
    with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
        for number, sheet in enumerate(opened_pdf.pages):
            for annotation in sheet.obj.get("/Annots", []):
                target = str(annotation.get("/Dest", ""))
                if target.startswith("note-"):
                    found[target.removeprefix("note-")] = number
    return found


@pytest.mark.needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_contents_rows_bear_the_numbers_of_their_pages(code: str, tmp_path: Path) -> None:
    """Read from the page, and compared with where the bookmarks lead."""
    result, resolved = making.long_pdf(code), making.long(code)
    rows = [*resolved.contents, *resolved.figures, *resolved.tables]
    assert all(row.target in result.targets for row in rows)
    pages = text_by_page(result.pdf, tmp_path, "-layout")
    front = _plain("\n".join(pages[1:4]))
    number = r"^\s*(\d+)\s.*$" if code == "ar" else r"^.*?\s(\d+)\s*$"
    lines = [line for line in front.splitlines() if line.strip()]
    shown = [m[1] for line in lines if (m := re.match(number, line))]
    assert shown == [result.targets[row.target] for row in rows]


def _plain(text: str) -> str:
    """Without marks of direction."""
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


@pytest.mark.parametrize("code", CODES)
def test_bookmarks_are_the_headings_and_lead_to_their_pages(code: str) -> None:
    """Number and words without marks, nested by level; the page's label is that of the contents row."""
    result, resolved, pdf = making.long_pdf(code), making.long(code), opened(code)
    labels = {sheet.objgen: sheet.label for sheet in pdf.pages}
    found = []

    def read(items: list[pikepdf.OutlineItem], level: int) -> None:
        for item in items:
            assert item.destination is not None
            found.append((item.title, level, labels[item.destination[0].objgen]))  # type: ignore[index]
            read(item.children, level + 1)

    with pdf.open_outline() as outline:
        read(list(outline.root), 1)
    titles = {row.target: "".join(t.value for t in row.children if isinstance(t, n.Text)) for row in resolved.contents}
    expected = [
        (f"{row.label}{row.separator}{titles[row.target]}", row.level, result.targets[row.target])
        for row in resolved.contents
    ]
    assert [
        row for row in found if row[0] not in {resolved.words[w] for w in ("contents", "figures", "tables")}
    ] == expected


@pytest.mark.parametrize("code", CODES)
def test_pages_are_numbered_by_division(code: str) -> None:
    """None on the cover, roman in the front, arabic from 1 in the body and on through the back."""
    labels = [sheet.label for sheet in opened(code).pages]
    assert labels[:4] == ["", "i", "ii", "iii"]
    first = labels.index("1")
    assert labels[first:] == [str(i + 1) for i in range(len(labels) - first)]
    assert making.long_pdf(code).pages == len(labels)
    assert first % 2 == 0  # the body begins on a recto


@pytest.mark.needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_the_printed_number_is_the_page_s_label(code: str, tmp_path: Path) -> None:
    """What stands at the foot of the page is what the viewer shows."""
    pages = [_plain(text).split() for text in text_by_page(making.long_pdf(code).pdf, tmp_path, "-layout")]
    for sheet, words in list(zip(opened(code).pages, pages, strict=True))[1:]:
        assert not words or words[-1] == sheet.label


@pytest.mark.needs_poppler
def test_arabic_can_be_searched(tmp_path: Path) -> None:
    """Letters come out whole and in their order."""
    text = " ".join(_plain(" ".join(text_by_page(making.long_pdf("ar").pdf, tmp_path))).split())
    for phrase in ("المحتويات", "ما سيجده القارئ", "أرقام السنة", "والمساعدة على إيجاد العمل بأموال متواضعة"):
        assert phrase in text
    fonts = [f for sheet in opened("ar").pages for f in sheet.obj.Resources.Font.values()]
    meanings = b"".join(font.ToUnicode.read_bytes() for font in fonts)
    assert b" <>" not in meanings
    assert b"<200b>" not in meanings.lower()


@pytest.mark.needs_poppler
@pytest.mark.parametrize("code", CODES)
def test_no_fonts_but_ours_and_all_in_subsets(code: str, tmp_path: Path) -> None:
    """One file lays out alike everywhere."""
    (tmp_path / "read.pdf").write_bytes(making.long_pdf(code).pdf)
    done = subprocess.run(["pdffonts", "read.pdf"], cwd=tmp_path, capture_output=True, check=True, text=True)
    rows = done.stdout.splitlines()[2:]
    assert rows
    assert all(re.match(r"[A-Z]{6}\+(Carlito|IBM-Plex-Sans-Arabic|Noto-Sans-SC)", row) for row in rows)


# ---------------------------------------------------------------- tags


@pytest.mark.parametrize("code", CODES)
def test_what_runs_over_pages_is_one_element(code: str) -> None:
    """As many tables, figures, headings and notes as the document has."""
    resolved = making.long(code)
    counted = {kind: sum(1 for _ in tree(code).all(kind)) for kind in ("Table", "Figure", "TOC", "Note")}
    under = sum(len(b.notes) for d in resolved.document.divisions for b in _with_notes(d.children))
    assert counted["Table"] == len(resolved.tables)
    assert counted["Figure"] == len(resolved.figures)
    assert counted["Note"] == len(resolved.document.notes) + under
    headings = [e for e in tree(code).all() if re.fullmatch("H[1-6]", e.type)]
    assert len(headings) == len(resolved.headings)
    assert any(len({p for c in table.all() for p, _ in c.contents}) > 1 for table in tree(code).all("Table"))


def _with_notes(blocks: tuple[n.Block, ...]) -> Iterator[n.Table | n.Figure]:
    for block in blocks:
        if isinstance(block, n.Table | n.Figure):
            yield block
        elif isinstance(block, n.Section):
            yield from _with_notes(block.children)


@pytest.mark.parametrize("code", CODES)
def test_heads_of_tables_say_what_they_head(code: str) -> None:
    """Each TH has a scope; cells under spanning heads name theirs; a repeated head is read once (PDF/UA-1, 7.5)."""
    first, second = tree(code).all("Table")
    for table in (first, second):
        heads = list(table.all("TH"))
        assert all("/Scope" in head.source.A for head in heads)
        assert len(list(table.all("THead"))) == len(list(table.all("TBody"))) == 1
    assert len(list(first.all("TH"))) == 5 + 15
    ids = {str(head.source.get("/ID", "")) for head in first.all("TH")}
    named = [[str(h) for h in cell.source.A.Headers] for cell in first.all("TD")]
    assert len(named) == 45
    assert all(set(names) <= ids and len(names) in {2, 3} for names in named)
    assert [len(list(row.all("TD"))) for row in second.all("TR")] == [0, *[12] * 12]


@pytest.mark.parametrize("code", CODES)
def test_contents_are_tables_of_contents(code: str) -> None:
    """TOC holds TOCI alone; TOCI holds a Reference with its Link, and the rows below it (PDF/UA-1, 7.9)."""
    resolved = making.long(code)
    rows = [*resolved.contents, *resolved.figures, *resolved.tables]
    assert all({kid.type for kid in toc.kids} == {"TOCI"} for toc in tree(code).all("TOC"))
    items = [item for toc in tree(code).kids for item in toc.all("TOCI")]
    assert len(items) == len(rows)
    for item, row in zip(items, rows, strict=True):
        assert item.kids[0].type == "Reference"
        (link,) = item.kids[0].kids[0].links
        assert str(link.Dest) == row.target


@pytest.mark.parametrize("code", CODES)
def test_a_note_follows_the_reference_to_it(code: str) -> None:
    """In the order of reading, though it is printed at the foot; after a heading, not in it."""
    seen: list[str] = []
    for element in tree(code).all():
        assert not (re.fullmatch("H[1-6]", element.type) and list(element.all("Note")))
        if element.type == "Reference" and element.kids[0].links:
            seen.append(str(element.kids[0].links[0].Dest))
        if element.type == "Note":
            id_ = str(element.source.ID)
            assert id_ in seen
            assert str(element.kids[0].kids[0].links[0].Dest).startswith("mark-")
            assert element.kids[0].type == "Lbl"


@pytest.mark.parametrize("code", CODES)
def test_running_heads_and_page_numbers_are_no_part_of_the_text(code: str) -> None:
    """They are artifacts of pagination (PDF/UA-1, 7.8), and every other word belongs to an element."""
    pdf = opened(code)
    owned = {content for element in tree(code).all() for content in element.contents}
    for number, sheet in enumerate(pdf.pages):
        data = sheet.obj.Contents.read_bytes()
        marked = [int(m) for m in re.findall(rb"/MCID (\d+)", data)]
        assert marked == list(range(len(marked)))
        assert {(number, m) for m in marked} <= owned
        if sheet.label and marked:
            assert b"/Artifact\n<</Type /Pagination>>\nBDC" in data


@pytest.mark.parametrize("code", CODES)
def test_links_say_in_words_where_they_lead_and_are_printed(code: str) -> None:
    """PDF/UA-1, 7.18.5; a mark says "Note 1", not the name of an anchor."""
    resolved = making.long(code)
    annotations = [a for sheet in opened(code).pages for a in sheet.obj.get("/Annots", [])]
    assert annotations
    assert all(str(a.Contents).strip() and int(a.F) & 4 for a in annotations)
    marks = {str(a.Contents) for a in annotations if str(a.get("/Dest", "")) == "note-one"}
    assert marks == {resolved.words["note"].replace("{n}", "1")}


@pytest.mark.parametrize("code", CODES)
def test_languages_titles_and_descriptions_are_told(code: str) -> None:
    """The file's language, that of a foreign phrase, the title in the window, a chart's data in its description."""
    pdf, metadata = opened(code), making.long(code).document.metadata
    assert str(pdf.Root.Lang) == code
    assert str(pdf.docinfo["/Title"]) == metadata.title
    assert str(pdf.docinfo["/Author"]) == metadata.author
    assert str(pdf.docinfo["/Keywords"]) == ", ".join(metadata.keywords)
    assert {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys()) == set()
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    phrases = [str(e.source.Lang) for e in tree(code).all("Span") if "/Lang" in e.source]
    assert phrases == ["fr" if code == "en" else "en"]
    figures = list(tree(code).all("Figure"))
    assert all("21" in str(f.source.Alt) for f in figures[:1])
    for figure in figures:
        left, bottom, right, top = (float(v) for v in figure.source.A.BBox)
        assert 0 < left < right < 842
        assert 0 < bottom < top < 842


def test_items_have_labels_and_bodies_and_lists_their_numbering() -> None:
    """ISO 32000-1, 14.8.4.3.3 and table 347."""
    lists = list(tree("en").all("L"))
    kinds = [str(e.source.A.ListNumbering)[1:] for e in lists if "/A" in e.source]
    assert {"Disc", "Decimal", "LowerAlpha", "LowerRoman", "None"} == set(kinds)
    for item in (item for found in lists for item in found.kids):
        assert item.type == "LI"
        assert [kid.type for kid in item.kids] in (["Lbl", "LBody"], ["LBody"])


# ---------------------------------------------------------------- the engine


def test_what_the_engine_says_becomes_a_warning() -> None:
    """Each message once, with a code."""
    text = making.small_html("en", "print").replace("</style>", "p { no-such-property: 1 } </style>")
    (said,) = write_pdf(text, fontconfig=making.fontconfig()).diagnostics
    assert (said.code, said.severity) == ("engine-silent", Severity.WARNING)
    assert "no-such-property" in said.message


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname"])
def test_nothing_is_fetched(address: str) -> None:
    """Neither from the network nor from the disk: the attempt is reported."""
    text = f"<html lang=en><title>x</title><body><p>a<img alt=x src='{address}'></p></body></html>"
    (said,) = write_pdf(text, fontconfig=making.fontconfig()).diagnostics
    assert "disallowed protocol" in said.message


def test_a_function_of_another_version_of_the_engine_is_left_alone() -> None:
    """Ours stand in for functions that we know by their parameters, and for the time of one call."""
    theirs = weasyprint.svg.TAGS["text"]
    found: list[Diagnostic] = []
    known = Replacement("weasyprint.svg", "TAGS.text", ("svg", "node", "font_size"), lambda _: print)
    other = Replacement("weasyprint.svg", "TAGS.rect", ("svg", "node"), lambda _: print)
    with replaced((known, other), found):
        assert weasyprint.svg.TAGS["text"] is print
        assert weasyprint.svg.TAGS["rect"] is not print
    assert weasyprint.svg.TAGS["text"] is theirs
    assert [d.code for d in found] == ["engine-known"]


def test_sample_words_are_those_of_the_tests() -> None:
    """The small sample is what the other writers are tested with."""
    assert making.small("en").document.metadata.title == sample.TEXTS["en"].title


def test_a_space_between_two_elements_is_on_the_page() -> None:
    """Else a strong word and the link after it are one word to a reader of the tagged text (PDF/UA-1, 7.2)."""
    source = "<html lang=en><title>A</title><p><strong>One</strong> <a href='https://un.org'>two</a></p>"
    pdf = pikepdf.open(io.BytesIO(write_pdf(source, fontconfig=making.fontconfig()).pdf))
    shown = [str(part.operator) for part in pikepdf.parse_content_stream(pdf.pages[0])]
    assert shown.count("TJ") == len(["One", " ", "two"])


DARK, FEW = 96, 20
"""A difference of shades that one sees, and how many pixels may differ so."""

ARABIC_WORDS = "المحتويات الاتجار بالأشخاص على في الجداول أُعيدت تُنشر جُمعت محدَّثة أكثر الفقرة لا يوليه أنشئ السلام"
"""With ligatures, letters of two glyphs, and vowels."""


def _arabic(family: str) -> bytes:
    source = f"<html lang=ar dir=rtl style='font-family: {family}'><title>A</title><p>{ARABIC_WORDS}</p>"
    return write_pdf(source, fontconfig=making.fontconfig()).pdf


@pytest.mark.needs_poppler
@pytest.mark.parametrize("family", ["Amiri", "IBM Plex Sans Arabic"])
def test_every_letter_of_arabic_has_a_code_of_its_own(family: str, tmp_path: Path) -> None:
    """Whoever takes words from the file gets all their letters in order, and no other."""
    assert " ".join(_plain(text_by_page(_arabic(family), tmp_path)[0]).split()) == ARABIC_WORDS


def _picture(pdf: bytes) -> Image.Image:
    shown = subprocess.run(
        ["pdftoppm", "-r", "100", "-png", "-singlefile", "-"], input=pdf, capture_output=True, check=True
    )
    return Image.open(io.BytesIO(shown.stdout)).convert("L")


@pytest.mark.needs_poppler
@pytest.mark.parametrize("family", ["Amiri", "IBM Plex Sans Arabic"])
def test_arabic_looks_as_the_engine_draws_it(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the codes change: the pages are alike to a pixel's shade."""
    ours = _picture(_arabic(family))
    monkeypatch.setattr(letters, "keep_letters", lambda theirs: theirs)
    theirs = _picture(_arabic(family))
    assert ImageStat.Stat(ours).extrema[0][0] < DARK
    assert sum(ImageChops.difference(ours, theirs).histogram()[DARK:]) < FEW
