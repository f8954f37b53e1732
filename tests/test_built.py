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
from tests.shipped import FORMATS, PUBLICATIONS, ROOT, Shipped, build, files
from tests.tiny import write_tiny

from icat_reports import cli, pipeline
from icat_reports.diagnostics import Sink
from icat_reports.ooxml.checks import check as check_word_file
from icat_reports.paginate import Office, paginate
from icat_reports.verify import read
from icat_reports.verify.words import LINE_END
from icat_reports.world import DiskWorld, find_office

pytestmark = pytest.mark.needs_libreoffice

each = pytest.mark.parametrize("publication", PUBLICATIONS)


# ---------------------------------------------------------------- the text of the files, to be reviewed


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    root = write_tiny(tmp_path_factory.mktemp("tiny"))
    assert build(root, root / "build") == 0
    return files(root / "build", "tiny")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_small_publication_reads_as_it_did(tiny: Mapping[str, bytes], kind: str, *, update_golden: bool) -> None:
    golden = Path(__file__).parent / "golden" / f"tiny.{kind}.txt"
    text = dump(read(kind, tiny[kind]))
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


# ---------------------------------------------------------------- the publications that we ship


@each
def test_the_pdf_meets_pdf_ua(shipped: Shipped, publication: str) -> None:
    report = page.validate_pdf_bytes(shipped.files(publication)["pdf"])
    assert report.failures == []


@each
def test_the_word_file_meets_the_schema(shipped: Shipped, publication: str) -> None:
    path = shipped.path(publication, "docx")
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert check_word_file(path.read_bytes()) == ()


@each
def test_every_contents_row_of_the_pdf_names_the_page_of_its_heading(shipped: Shipped, publication: str) -> None:
    """The bookmarks tell the pages; they are written by the engine, the rows by the layout."""
    with pikepdf.open(io.BytesIO(shipped.files(publication)["pdf"])) as pdf:
        labels: dict[object, str] = {sheet.objgen: str(sheet.label) for sheet in pdf.pages}
        pages = list(_bookmarks(pdf.Root.Outlines, labels))
    listed = shipped.reading(publication, "pdf").rows
    rows = [(_squeezed(row.words), row.page) for row in listed if row.of == "sections" and row.level]
    assert rows
    remaining = iter(pages)
    for row in rows:
        assert any(row == found for found in remaining), f"{row} is not among the bookmarks, in their order"


@each
def test_every_contents_row_of_the_word_file_names_the_page_of_its_heading(shipped: Shipped, publication: str) -> None:
    """LibreOffice lays the built file out anew."""
    laid = pipeline.lay_out(pipeline.open_project(DiskWorld(ROOT), Sink()), publication, "en", Sink())
    assert laid is not None
    rows = [row for row in shipped.reading(publication, "docx").rows if row.level]
    depth = max(row.level for row in rows)
    contents = [row for row in laid.resolved.contents if row.level <= depth]
    listed = (*contents, *laid.resolved.figures, *laid.resolved.tables)
    program = find_office()
    assert program is not None
    office = Office(program, pipeline.fontconfig())
    pages, _ = paginate(shipped.files(publication)["docx"], [row.target for row in listed], office)
    assert [row.page for row in rows] == [pages[row.target] for row in listed]


@each
def test_the_three_formats_have_the_same_outline_notes_tables_and_links(shipped: Shipped, publication: str) -> None:
    readings = shipped.readings(publication)
    outlines = {kind: [(h.level, _line(h.label + h.words)) for h in r.outline] for kind, r in readings.items()}
    assert outlines["pdf"] == outlines["docx"] == outlines["html"]
    notes = {kind: [(n.mark, _line(n.words)) for n in reading.notes] for kind, reading in readings.items()}
    assert notes["pdf"] == notes["docx"] == notes["html"]
    tables = {kind: [t.caption for t in reading.tables] for kind, reading in readings.items()}
    assert tables["pdf"] == tables["docx"] == tables["html"]
    links = {kind: [link.target for link in reading.links if not link.inside] for kind, reading in readings.items()}
    assert links["pdf"] == links["docx"] == links["html"]
    assert [reading.dangling for reading in readings.values()] == [()] * len(FORMATS)


def test_a_second_build_gives_the_same_bytes(shipped: Shipped, tmp_path: Path) -> None:
    assert build(ROOT, tmp_path, "--jobs", "1") == 0
    for publication in PUBLICATIONS:
        assert files(tmp_path, publication) == shipped.files(publication), publication


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
    """Without spaces and ends of lines, and without the sign after a number, which a page may replace by a new line."""
    return "".join(re.sub(r"^(Section \w+|Annex \w+)( \||\.) ", r"\1 ", text.replace(LINE_END, " ")).split())


def _squeezed(text: str) -> str:
    return " ".join(text.split())
