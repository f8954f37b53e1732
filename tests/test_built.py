"""In: publications built by the command that an editor types. Out: what stands in the files, read back from them."""

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from unicodedata import bidirectional

import page
import pikepdf
import pytest
from openxml_audit import OpenXmlValidator
from tests.editions import edition
from tests.poppler import misplaced, text_of
from tests.readings import dump
from tests.shipped import EDITIONS, FORMATS, ROOT, SOME, Shipped, build, files
from tests.tiny import write_tiny
from tests.tiny_versions import write_versions

from icat_reports import cli, pipeline
from icat_reports.language import LANGUAGES
from icat_reports.ooxml.checks import check as check_word_file
from icat_reports.ooxml.namespaces import qualified
from icat_reports.ooxml.reading import Package
from icat_reports.paginate import Office, paginate
from icat_reports.verify import Reading, read
from icat_reports.verify.words import letters
from icat_reports.world import find_office

pytestmark = pytest.mark.needs_libreoffice

each = pytest.mark.parametrize(("publication", "code"), EDITIONS, ids=map(".".join, EDITIONS))
some = pytest.mark.parametrize(("publication", "code"), SOME, ids=map(".".join, SOME))


# ---------------------------------------------------------------- the text of the files, to be reviewed


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tiny publication is built in six languages; no unit may lack its translation."""
    root = write_versions(tmp_path_factory.mktemp("tiny"))
    assert cli.main(["--root", str(root), "i18n", "check"]) == 0
    assert build(root, root / "build", "--untranslated", "fail") == 0
    return root / "build"


@pytest.mark.parametrize(
    ("code", "kind"), [*(("en", kind) for kind in FORMATS), *((code, "docx") for code in LANGUAGES if code != "en")]
)
def test_a_small_publication_reads_as_it_did(tiny: Path, code: str, kind: str, *, update_golden: bool) -> None:
    """Of the translations one format: the build has compared it with the others."""
    golden = Path(__file__).parent / "golden" / f"tiny.{code}.{kind}.txt"
    text = dump(read(kind, files(tiny, "tiny", code)[kind]))
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


# ---------------------------------------------------------------- the publications that we ship


def test_every_publication_is_built_in_every_language_and_nothing_is_wrong(shipped: Shipped) -> None:
    """The build itself reads the three files of an edition back and compares them (`verify`).

    The engine tells of what it cannot draw, such as a letter that no font has.
    """
    assert shipped.findings == []
    assert shipped.exit_code == 0


@each
def test_the_pdf_meets_pdf_ua(shipped: Shipped, publication: str, code: str) -> None:
    report = page.validate_pdf_bytes(shipped.files(publication, code)["pdf"])
    assert report.failures == []


@each
def test_the_word_file_meets_the_schema(shipped: Shipped, publication: str, code: str) -> None:
    path = shipped.path(publication, "docx", code)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert check_word_file(path.read_bytes()) == ()


@each
def test_every_contents_row_of_the_pdf_names_the_page_of_its_heading(
    shipped: Shipped, publication: str, code: str
) -> None:
    """The bookmarks tell the pages; they are written by the engine, the rows by the layout."""
    with pikepdf.open(io.BytesIO(shipped.files(publication, code)["pdf"])) as pdf:
        labels: dict[object, str] = {sheet.objgen: str(sheet.label) for sheet in pdf.pages}
        pages = list(_bookmarks(pdf.Root.Outlines, labels))
    listed = shipped.reading(publication, "pdf", code).rows
    rows = [(letters(row.words), row.page) for row in listed if row.of == "sections" and row.level]
    assert rows
    remaining = iter(pages)
    for row in rows:
        assert any(row == found for found in remaining), f"{row} is not among the bookmarks, in their order"


@some
def test_every_contents_row_of_the_word_file_names_the_page_of_its_heading(
    shipped: Shipped, publication: str, code: str
) -> None:
    """LibreOffice lays the built file out anew; the build does it with every file until its numbers are right."""
    rows = [row for row in shipped.reading(publication, "docx", code).rows if row.level]
    depth = max(row.level for row in rows)
    resolved = edition(publication, code).resolved
    listed = (*(row for row in resolved.contents if row.level <= depth), *resolved.figures, *resolved.tables)
    program = find_office()
    assert program is not None
    office = Office(program, pipeline.fontconfig())
    pages, _ = paginate(shipped.files(publication, code)["docx"], [row.target for row in listed], office)
    assert [row.page for row in rows] == [pages[row.target] for row in listed]


@each
def test_the_three_formats_have_the_same_outline_notes_tables_and_links(
    shipped: Shipped, publication: str, code: str
) -> None:
    """Besides what the build compares, and otherwise: by letters and figures, which no end of a line changes."""
    alike = letters if LANGUAGES[code].direction == "rtl" else _letters_in_order
    readings = shipped.readings(publication, code)
    outlines = {kind: [(h.level, alike(h.label + h.words)) for h in r.outline] for kind, r in readings.items()}
    assert outlines["pdf"] == outlines["docx"] == outlines["html"]
    notes = {kind: [(n.mark, alike(n.words)) for n in reading.notes] for kind, reading in readings.items()}
    assert notes["pdf"] == notes["docx"] == notes["html"]
    tables = {kind: [alike(t.caption) for t in reading.tables] for kind, reading in readings.items()}
    assert tables["pdf"] == tables["docx"] == tables["html"]
    links = {kind: [link.target for link in reading.links if not link.inside] for kind, reading in readings.items()}
    assert links["pdf"] == links["docx"] == links["html"]
    assert [reading.dangling for reading in readings.values()] == [()] * len(FORMATS)


@some
def test_a_second_build_gives_the_same_bytes(shipped: Shipped, publication: str, code: str, tmp_path: Path) -> None:
    assert build(ROOT, tmp_path, publication, "--lang", code, "--jobs", "1") == 0
    assert files(tmp_path, publication, code) == shipped.files(publication, code)


# ---------------------------------------------------------------- text that is taken out of the files

LIKE_ENOUGH = 0.98
"""Part of the pairs of words that another program finds as we do; it breaks lines at hyphens, and tables are columns."""


@each
@pytest.mark.needs_poppler
def test_another_program_reads_the_pdf_in_the_order_of_the_text(shipped: Shipped, publication: str, code: str) -> None:
    """Poppler finds the order of words by itself, also from right to left."""
    text = text_of(shipped.path(publication, "pdf", code))
    assert reads_as(text, shipped.reading(publication, "html", code)) > LIKE_ENOUGH


@each
@pytest.mark.needs_poppler
def test_no_word_of_the_pdf_stands_over_another_or_beside_the_page(
    shipped: Shipped, publication: str, code: str
) -> None:
    assert misplaced(shipped.path(publication, "pdf", code)) == []


@each
def test_the_characters_of_the_word_file_stand_in_the_order_of_the_text(
    shipped: Shipped, publication: str, code: str
) -> None:
    """As any program finds them that knows nothing of direction: the runs one after another."""
    package = Package(shipped.files(publication, code)["docx"])
    runs = (
        element.text if element.tag == qualified("w:t") else "\n"
        for part in ("word/document.xml", "word/footnotes.xml")
        if part in package.trees
        for element in package.trees[part].iter(qualified("w:t"), qualified("w:p"), qualified("w:br"))
    )
    assert reads_as("".join(text or "" for text in runs), shipped.reading(publication, "html", code)) > LIKE_ENOUGH


@pytest.mark.parametrize(
    ("code", "text"), [("ar", "فريق التنسيق المشترك بين الوكالات"), ("fr", "Le Groupe de coordination")]
)
def test_words_in_another_order_do_not_read_the_same(code: str, text: str) -> None:
    reading = read("html", f"<html lang='{code}'><body><p>{text}</p></body></html>".encode())
    assert reads_as(text, reading) == 1
    assert reads_as(" ".join(reversed(text.split())), reading) == 0
    assert reads_as(text[::-1], reading) == 0


def reads_as(text: str, reading: Reading) -> float:
    """How many of the pairs of words of a reading stand in a text side by side, of 1."""
    known = set(_pairs(text))
    pairs = [pair for block in reading.text for pair in _pairs(block.words)]
    return sum(pair in known for pair in pairs) / len(pairs)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Words of letters that follow each other; of Chinese, the characters. Figures run as they like between Arabic."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Mn")
    words = re.findall(
        r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|[\d_]+", re.sub(r"[\u200e-\u202e\u2066-\u2069]", " ", plain)
    )
    return (
        (a, b) for a, b in pairwise(words) if a.isalpha() and b.isalpha() and bidirectional(a[0]) == bidirectional(b[0])
    )


# ---------------------------------------------------------------- the command


def test_our_content_checks_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(ROOT), "check", "--strict"]) == 0
    assert "nothing wrong" in capsys.readouterr().out


def test_the_state_of_a_build_is_remembered_without_a_date(tiny: Path, tmp_path: Path) -> None:
    root = write_tiny(tmp_path)
    assert build(root, root / "build", "--format", "html") == 0
    state = json.loads((root / "build/tiny/.icat-build.json").read_text())
    assert set(state) == {"en"}
    assert not re.search(r"20\d\d-\d\d-\d\dT", json.dumps(state))
    assert (root / "build/tiny/tiny.en.html").read_bytes() == files(tiny, "tiny")["html"]


def _bookmarks(parent: pikepdf.Object, labels: dict[object, str]) -> Iterator[tuple[str, str]]:
    """Words and printed page of each bookmark below `parent` (ISO 32000-1, 12.3.3), in order."""
    item = parent.get("/First")
    while item is not None:
        destination = item.get("/Dest") or item.A.D
        yield letters(str(item.Title)), labels[destination[0].objgen]
        yield from _bookmarks(item, labels)
        item = item.get("/Next")


def _letters_in_order(text: str) -> str:
    return "".join(filter(str.isalnum, text))
