"""What the documents in `docs/` say holds: the example is built as it is typed there, the tables are the program's."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import page
import pikepdf
import pytest
from openxml_audit import OpenXmlValidator
from tests import making, report_sample, sample
from tests.reference import TABLES, table_under, written_anew
from tests.test_architecture import literals
from tests.test_cases import codes_in, modules
from tests.tiny import ROOT

from icat_reports import cli, pipeline
from icat_reports.content import Departure
from icat_reports.document import nodes
from icat_reports.ooxml.checks import check as check_word_file
from icat_reports.paginate import Office, paginate
from icat_reports.verify import read
from icat_reports.verify.reading import Reading
from icat_reports.world import find_office

LAYOUTS = ROOT / "docs/layouts.md"
HOUSE_STYLE = ROOT / "docs/house-style.md"
FORMATS = ("pdf", "docx", "html")
SHEET = "fact-sheet-ilo"


# ---------------------------------------------------------------- the worked example


@dataclass(frozen=True)
class Typed:
    """Something that the reader of a document types: a file, or commands with what they say."""

    file: str
    text: str


_FENCE = re.compile(
    r"(?:^Write `(?P<file>[\w./-]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


def typed(document: Path) -> Iterator[Typed]:
    """Files and commands of a document in their order; blocks of no file are not typed."""
    for found in _FENCE.finditer(document.read_text(encoding="utf-8")):
        if found["file"] or found["kind"] == "console":
            yield Typed(found["file"] or "", found["text"])


def type_in(project: Path, step: Typed, capsys: pytest.CaptureFixture[str]) -> None:
    """Do one step; each line that the document shows must be a line of what the command says."""
    if step.file:
        path = project / step.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
        return
    for block in filter(None, step.text.split("$ ")):
        command, *shown = block.rstrip("\n").split("\n")
        program, verb, *words = shlex.split(command)
        assert program == "./icat"
        code = cli.main(
            ["--root", str(project), verb, *words, *(("--out", str(project / "build")) if verb == "build" else ())]
        )
        said = "".join(capsys.readouterr())
        assert [line for line in shown if line not in said.split("\n")] == [], said
        assert code == (1 if any(": error: " in line for line in shown) else 0), said


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of our content and layouts, without what `docs/` speaks of."""
    project = tmp_path_factory.mktemp("checkout")
    for folder in ("content/organizations", "content/references", "content/publications/mapping-2021", "layouts"):
        shutil.copytree(ROOT / folder, project / folder)
    shutil.copy(ROOT / "content/sources.yaml", project / "content/sources.yaml")
    return project


@pytest.fixture
def followed(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project in which a newcomer has followed the document from its first line to its last."""
    project = Path(shutil.copytree(content, tmp_path / "project"))
    assert not (project / "layouts/fact-sheet").exists()
    for step in typed(LAYOUTS):
        type_in(project, step, capsys)
    return project


def test_the_example_has_a_template_a_theme_two_style_sheets_and_one_file_of_content() -> None:
    assert [step.file for step in typed(LAYOUTS) if step.file] == [
        f"content/publications/{SHEET}/publication.yaml",
        "layouts/fact-sheet/layout.xml.j2",
        "layouts/fact-sheet/theme.yaml",
        "layouts/fact-sheet/print.css",
        "layouts/fact-sheet/web.css",
    ]


@pytest.mark.needs_libreoffice
def test_the_example_makes_a_fact_sheet_of_one_page_in_three_formats(followed: Path) -> None:
    files = {kind: (followed / f"build/{SHEET}/{SHEET}.en.{kind}").read_bytes() for kind in FORMATS}
    readings: Mapping[str, Reading] = {kind: read(kind, data) for kind, data in files.items()}
    for reading in readings.values():
        assert [heading.words for heading in reading.outline] == ["Mandate", "In figures", "Areas of work"]
        assert reading.dangling == ()
    with pikepdf.open(io.BytesIO(files["pdf"])) as pdf:
        assert len(pdf.pages) == 1
    program = find_office()
    assert program is not None
    assert paginate(files["docx"], (), Office(program, pipeline.fontconfig()))[1] == 1
    assert page.validate_pdf_bytes(files["pdf"]).failures == []
    assert [
        str(error) for error in OpenXmlValidator().validate(followed / f"build/{SHEET}/{SHEET}.en.docx").errors
    ] == []
    assert check_word_file(files["docx"]) == ()


# ---------------------------------------------------------------- the reference of layouts


def test_the_tables_of_the_reference_are_those_of_the_program(*, update_golden: bool) -> None:
    text = LAYOUTS.read_text(encoding="utf-8")
    anew = written_anew(text)
    if update_golden:
        LAYOUTS.write_text(anew, encoding="utf-8")
        return
    assert text == anew, "`./icat test tests/test_docs.py --update-golden` writes the tables; then describe what is new"


@pytest.mark.parametrize("heading", [heading for heading, table in TABLES.items() if table.described])
def test_everything_in_the_reference_is_described(heading: str) -> None:
    rows = table_under(LAYOUTS.read_text(encoding="utf-8"), heading)
    assert [row[0] for row in rows if not row[-1]] == []


def named(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def classes_of_the_reference() -> set[str]:
    return {name for row in table_under(LAYOUTS.read_text(encoding="utf-8"), "Classes") for name in named(row[0])}


def test_the_reference_has_every_class_that_our_pages_and_style_sheets_have() -> None:
    pages = (
        making.html(resolved, "en", medium)
        for resolved in (sample.sample("en"), report_sample.report("en"))
        for medium in get_args(making.Medium)
    )
    bodies = (text.partition("</head>")[2] for text in pages)
    used = {name for body in bodies for found in re.findall(r' class="([^"]*)"', body) for name in found.split()}
    sheets = (path.read_text(encoding="utf-8") for path in (ROOT / "layouts").glob("*/*.css"))
    plain = (re.sub(r"/\*.*?\*/|\{[^{}]*\}|url\([^)]*\)", " ", sheet, flags=re.DOTALL) for sheet in sheets)
    used |= {name for sheet in plain for name in re.findall(r"\.([a-z][\w-]*)", sheet)}
    roles = set(get_args(nodes.ParagraphRole))
    assert sorted(used - roles - classes_of_the_reference()) == []


def test_the_reference_has_no_class_that_the_program_does_not_write() -> None:
    sources = modules("write_html", "document")
    written = {name for path in sources for text in literals(path) for name in re.findall(r"[a-z][a-z-]*", text)}
    written |= {f"has-{name}" for name in get_args(nodes.Column)} | {f"{name}-head" for name in get_args(nodes.Column)}
    written |= {f"level-{level}" for level in range(1, 7)}
    assert sorted(classes_of_the_reference() - written) == []


# ---------------------------------------------------------------- the checks of house style


def exceptions() -> Mapping[str, str]:
    """What the tables say of exceptions, by code."""
    text = HOUSE_STYLE.read_text(encoding="utf-8")
    rows = (row for part in ("Wording and structure", "What content says of itself") for row in table_under(text, part))
    return {row[0].strip("`"): row[-1] for row in rows}


def test_the_document_of_house_style_has_the_codes_of_the_checks() -> None:
    codes = {code for path in modules("check", "load/checks.py") for code in codes_in(path)}
    assert sorted(exceptions()) == sorted(codes | set(get_args(Departure)))


def test_what_it_says_can_be_accepted_can_be() -> None:
    assert {code for code, said in exceptions().items() if said.startswith("yes")} == set(get_args(Departure))


def test_every_check_of_house_style_names_its_source() -> None:
    text = HOUSE_STYLE.read_text(encoding="utf-8")
    pages = set(re.findall(r"Manual \(([a-z]+)\)", text))
    assert [name for name in pages if not re.search(rf"\[{name}\]|, {name}\b", text)] == []
    for part in ("Wording and structure", "What content says of itself"):
        assert [row[0] for row in table_under(text, part) if not row[2].startswith(("Manual (", "ours"))] == []


# ---------------------------------------------------------------- links


def documents() -> list[Path]:
    return [
        ROOT / "README.md",
        ROOT / "ARCHITECTURE.md",
        ROOT / "content/README.md",
        *sorted((ROOT / "docs").glob("*.md")),
    ]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_of_a_document_lead_to_files_and_headings_that_there_are(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    lost = []
    for target in re.findall(r"\]\((?!https?:|mailto:|@)([^)\s]+)\)", text):
        file, _, heading = target.partition("#")
        there = path.parent / file if file else path
        if not there.exists() or (heading and heading not in anchors(there)):
            lost.append(target)
    assert lost == []


def anchors(path: Path) -> set[str]:
    """The headings of a document as links name them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
