"""In: publications built by the command that an editor types. Out: what stands in the files, read back from them."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import page
import pikepdf
import pytest
from openxml_audit import OpenXmlValidator
from tests.readings import dump
from tests.tiny import ROOT, write_tiny

from icat_reports import cli, pipeline
from icat_reports.diagnostics import Sink
from icat_reports.ooxml.checks import check as check_word_file
from icat_reports.paginate import Office, paginate
from icat_reports.verify import read
from icat_reports.verify.reading import Reading
from icat_reports.verify.words import LINE_END
from icat_reports.world import DiskWorld, find_office

FORMATS = ("html", "docx", "pdf")
REAL = "mapping-2021"

pytestmark = pytest.mark.needs_libreoffice


def build(root: Path, out: Path, *options: str) -> int:
    return cli.main(["--root", str(root), "build", "--out", str(out), *options])


def files(out: Path, publication: str) -> dict[str, bytes]:
    return {kind: (out / publication / f"{publication}.en.{kind}").read_bytes() for kind in FORMATS}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Every publication that we ship, as `./icat build` makes it."""
    out = tmp_path_factory.mktemp("real")
    assert build(ROOT, out) == 0
    return files(out, REAL)


@pytest.fixture(scope="module")
def readings(real: Mapping[str, bytes]) -> Mapping[str, Reading]:
    return {kind: read(kind, data) for kind, data in real.items()}


# ---------------------------------------------------------------- the text of the files, to be reviewed


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    root = write_tiny(tmp_path_factory.mktemp("tiny"))
    assert build(root, root / "build") == 0
    return files(root / "build", "tiny")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_small_publication_reads_as_it_did(
    tiny: Mapping[str, bytes], kind: str, request: pytest.FixtureRequest
) -> None:
    golden = Path(__file__).parent / "golden" / f"tiny.{kind}.txt"
    text = dump(read(kind, tiny[kind]))
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


# ---------------------------------------------------------------- the shipped publication


def test_the_pdf_meets_pdf_ua(real: Mapping[str, bytes]) -> None:
    report = page.validate_pdf_bytes(real["pdf"])
    assert report.failures == []


def test_the_word_file_meets_the_schema(real: Mapping[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "built.docx"
    path.write_bytes(real["docx"])
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert check_word_file(real["docx"]) == ()


def test_every_contents_row_of_the_pdf_names_the_page_of_its_heading(
    real: Mapping[str, bytes], readings: Mapping[str, Reading]
) -> None:
    """The bookmarks tell the pages; they are written by the engine, the rows by the layout."""
    with pikepdf.open(io.BytesIO(real["pdf"])) as pdf:
        labels: dict[object, str] = {sheet.objgen: str(sheet.label) for sheet in pdf.pages}
        pages = list(_bookmarks(pdf.Root.Outlines, labels))
    rows = [(_squeezed(row.words), row.page) for row in readings["pdf"].rows if row.of == "sections" and row.level]
    assert len(rows) > 60
    remaining = iter(pages)
    for row in rows:
        assert any(row == found for found in remaining), f"{row} is not among the bookmarks, in their order"


def test_every_contents_row_of_the_word_file_names_the_page_of_its_heading(
    real: Mapping[str, bytes], readings: Mapping[str, Reading]
) -> None:
    """LibreOffice lays the built file out anew."""
    laid = pipeline.lay_out(pipeline.open_project(DiskWorld(ROOT), Sink()), REAL, "en", Sink())
    assert laid is not None
    listed = (*laid.resolved.contents, *laid.resolved.figures, *laid.resolved.tables)
    program = find_office()
    assert program is not None
    pages, _ = paginate(real["docx"], [row.target for row in listed], Office(program, pipeline.fontconfig()))
    stored = [row.page for row in readings["docx"].rows if row.level]
    assert stored == [pages[row.target] for row in listed]


def test_the_three_formats_have_the_same_outline_notes_tables_and_links(readings: Mapping[str, Reading]) -> None:
    outlines = {kind: [(h.level, _line(h.label + h.words)) for h in r.outline] for kind, r in readings.items()}
    assert outlines["pdf"] == outlines["docx"] == outlines["html"]
    notes = {kind: [(n.mark, _line(n.words)) for n in reading.notes] for kind, reading in readings.items()}
    assert notes["pdf"] == notes["docx"] == notes["html"]
    tables = {kind: [t.caption for t in reading.tables] for kind, reading in readings.items()}
    assert tables["pdf"] == tables["docx"] == tables["html"]


def test_the_publication_holds_what_its_source_holds(readings: Mapping[str, Reading]) -> None:
    """The counts of the source's inventory, in the built files."""
    for reading in readings.values():
        headings = [f"{heading.label} {heading.words}".strip() for heading in reading.outline]
        assert sum(bool(re.match(r"Section (One|Two|Three|Four)\b", words)) for words in headings) == 4
        numbered = [note.mark for note in reading.notes if note.mark.isdigit()]
        assert numbered == [str(number) for number in range(1, 11)]
        others = [(note.mark, len(note.marks)) for note in reading.notes if not note.mark.isdigit()]
        assert others == [("*", 8)]  # seven printed, one put right
        frameworks, initiatives = (table.rows for table in reading.tables[:2])
        assert len(frameworks) == 1 + 20
        assert len(initiatives) == 1 + 22
        assert len([f for f in reading.figures if f.caption]) == 10


def test_links_lead_somewhere(readings: Mapping[str, Reading]) -> None:
    for reading in readings.values():
        assert reading.dangling == ()
        assert len({link.target for link in reading.links if not link.inside}) > 220


def test_a_second_build_gives_the_same_bytes(real: Mapping[str, bytes], tmp_path: Path) -> None:
    assert build(ROOT, tmp_path, "--jobs", "1") == 0
    assert files(tmp_path, REAL) == real


def test_our_content_checks_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(ROOT), "check", "--strict"]) == 0
    assert "nothing wrong" in capsys.readouterr().out


def test_the_state_of_a_build_is_remembered_without_a_date(tiny: Mapping[str, bytes], tmp_path: Path) -> None:
    root = write_tiny(tmp_path)
    assert build(root, root / "build", "--format", "html") == 0
    state = json.loads((root / "build/tiny/.icat-build.json").read_text())
    assert set(state) == {"en"}
    assert not re.search(r"20\d\d-\d\d-\d\dT", json.dumps(state))
    assert (root / "build/tiny/tiny.en.html").read_bytes() == tiny["html"]


def _bookmarks(parent: pikepdf.Object, labels: dict[object, str]) -> Iterator[tuple[str, str]]:
    """Words and printed page of each bookmark below `parent` (ISO 32000-1, 12.3.3), in order."""
    item = parent.get("/First")
    while item is not None:
        destination = item.get("/Dest") or item.A.D
        yield _squeezed(str(item.Title)), labels[destination[0].objgen]
        yield from _bookmarks(item, labels)
        item = item.get("/Next")


def _line(text: str) -> str:
    """On one line, without the sign after a number, which a page may replace by a new line."""
    return re.sub(r"^(Section \w+|Annex \w+)( \||\.) ", r"\1 ", text.replace(LINE_END, " "))


def _squeezed(text: str) -> str:
    return " ".join(text.split())
