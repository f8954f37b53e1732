"""Sections of a document on their own: what stands in them, with which numbers, in each format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests import making, report_sample
from tests.casefile import tiny

from icat_reports.cli import INPUT, USAGE, WELL, main
from icat_reports.diagnostics import Severity, Sink
from icat_reports.document.dump import dump
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.excerpt import excerpt
from icat_reports.language import LANGUAGES
from icat_reports.ooxml.namespaces import NAMESPACES
from icat_reports.ooxml.reading import Element, Package, value
from icat_reports.resolve import resolve
from icat_reports.verify import read, verify
from icat_reports.write_docx import write_docx
from icat_reports.write_html import write_html
from icat_reports.write_pdf import write_pdf

CODES = ("ar", "en", "zh")


def taken(*parts: str, first: int | None = None, code: str = "en", sink: Sink | None = None) -> ResolvedDocument:
    """Parts of the sample report, resolved."""
    found = sink if sink is not None else Sink()
    whole = report_sample.report(code)
    document = excerpt(whole, parts, first, found)
    assert document is not None, "\n".join(map(str, found))
    return resolve(document, LANGUAGES[code], whole.counters, whole.words, found)


def word_file(resolved: ResolvedDocument) -> bytes:
    """A document as a Word file."""
    pages = dict.fromkeys(resolved.headings, "1")
    return write_docx(resolved, report_sample.theme(), LANGUAGES[resolved.document.metadata.language], pages=pages)


def files(resolved: ResolvedDocument) -> Mapping[str, bytes]:
    """A document in all formats."""
    language, looks = LANGUAGES[resolved.document.metadata.language], report_sample.theme()
    web, paper = (
        write_html(resolved, looks, language, medium=medium, css=report_sample.css(medium))
        for medium in ("web", "print")
    )
    pdf = write_pdf(paper, fontconfig=making.fontconfig()).pdf
    return {"html": web.encode(), "docx": word_file(resolved), "pdf": pdf}


# ---------------------------------------------------------------- what stands in them


def test_headings_and_paragraphs_keep_the_numbers_of_the_whole_and_what_is_above_stays_without_its_text() -> None:
    assert (
        dump(taken("prevention"))
        == """\
[cover]
  title: Improving the coordination of efforts
  date: Excerpt: section II.A.2
[front]
  h1 Contents
    > II. Measures taken … 12
    >   A. By States … 12
    >     2. Prevention … 12
[body]
  h1 II. Measures taken
    h2 A. By States
      h3 2. Prevention
        12. Member States reported that they had taken measures in all fields of the Plan of Action.[^1]
[notes]
  1 The Protocol entered into force in 2003.
"""
    )


def test_paragraphs_begin_at_a_given_number() -> None:
    text = dump(taken("prevention", "entities", first=40))
    assert "\n        40. Member States" in text
    assert "\n      41. See " in text
    assert "> II. Measures taken … 40–41\n" in text


def test_the_contents_say_no_range_that_is_not_whole() -> None:
    found = taken("introduction", "law", "entities")
    assert {row.target: found.paragraphs_of(row) for row in found.contents} == {
        "introduction": "1–8", "measures": "", "states": "10–11", "law": "10–11", "entities": "13",
    }  # fmt: skip


def test_a_reference_to_what_is_left_out_is_said_in_words_and_told() -> None:
    sink = Sink()
    text = dump(taken("entities", sink=sink))
    assert "13. See paragraph 10 of the publication; See section II; See section II.A of the publication; " in text
    advices = [found for found in sink if found.code == "reference-inside"]
    assert [found.severity for found in advices] == [Severity.ADVICE] * 3
    assert "“paragraph 10 of the publication”" in advices[0].message


@pytest.mark.parametrize("code", CODES)
def test_all_formats_of_an_excerpt_say_the_same(code: str) -> None:
    made = files(taken("introduction", "law", "prevention", "entities", code=code))
    found = verify(made, {kind: f"excerpt.{kind}" for kind in made})
    assert not found, "\n".join(map(str, found))
    assert [note.mark for note in read("docx", made["docx"]).notes] == ["1"]


@pytest.mark.parametrize(
    ("parts", "code", "said"),
    [
        (("prevent",), "part-known", "there is no part `prevent`"),
        (("states", "law"), "parts-apart", "the part `law` stands inside `states`, which is named, too"),
    ],
)
def test_parts_that_there_are_not_and_parts_in_one_another_are_refused(
    parts: tuple[str, ...], code: str, said: str
) -> None:
    sink = Sink()
    assert excerpt(report_sample.report(), parts, None, sink) is None
    (found,) = sink
    assert (found.code, found.message) == (code, said)
    assert "`prevention`" in found.hint or "`states` alone" in found.hint


# ---------------------------------------------------------------- Word


def numbered(package: Package) -> list[Element]:
    """The numbered paragraphs of a Word file."""
    paragraphs = package.trees["word/document.xml"].findall(".//w:p", NAMESPACES)
    return [p for p in paragraphs if value(p, "w:pPr/w:pStyle").startswith("Numbered")]


def starts(package: Package, style: str) -> list[str]:
    """Where the list of a style begins."""
    levels = package.trees["word/numbering.xml"].iterfind("w:abstractNum/w:lvl", NAMESPACES)
    return [value(level, "w:start") for level in levels if value(level, "w:pStyle") == style]


def test_numbers_begin_in_the_definition_of_the_list_so_that_pasted_paragraphs_go_on_with_those_around_them() -> None:
    package = Package(word_file(taken("states")))
    assert starts(package, "NumberedParagraph") == ["9"]
    assert starts(package, "Heading1") == ["2"]
    assert [p for p in numbered(package) if p.find("w:pPr/w:numPr", NAMESPACES) is not None] == []
    headings = [p for p in package.trees["word/document.xml"].iterfind(".//w:p", NAMESPACES)
                if value(p, "w:pPr/w:pStyle") in {"Heading1", "Heading2", "Heading3"}]  # fmt: skip
    assert [p for p in headings if p.find("w:pPr/w:numPr", NAMESPACES) is not None] == []


def test_a_gap_in_the_numbers_alone_is_set_by_hand() -> None:
    package = Package(word_file(taken("introduction", "entities")))
    assert starts(package, "NumberedParagraph") == ["1"]
    own = [p.find("w:pPr/w:numPr", NAMESPACES) is not None for p in numbered(package)]
    assert own == [False] * 8 + [True]


# ---------------------------------------------------------------- the command


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The tiny project on disk."""
    for name, data in tiny().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def run(project: Path, *arguments: str) -> int:
    """Build the parts of the tiny publication as web pages."""
    return main(["--root", str(project), "build", "--format", "html", "--jobs", "1", *arguments])


def test_the_files_of_an_excerpt_stand_beside_those_of_the_whole(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "tiny") == WELL
    assert run(project, "tiny", "--parts", "introduction,survey") == WELL
    folder = project / "build/tiny"
    assert sorted(p.name for p in folder.glob("*.html")) == ["tiny.en.html", "tiny.en.introduction+survey.html"]
    page = (folder / "tiny.en.introduction+survey.html").read_text("utf-8")
    assert "section 1.1 of the publication" in page
    said = capsys.readouterr().err
    assert "[reference-inside]" in said
    assert run(project, "tiny") == WELL
    assert "unchanged" in capsys.readouterr().out  # what was remembered of the whole still holds


def test_parts_are_for_one_publication(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "--parts", "introduction") == USAGE
    assert run(project, "tiny", "--paragraphs", "3") == USAGE
    assert run(project, "tiny", "--parts", "introductoin") == INPUT
    assert "did you mean `introduction`" in capsys.readouterr().err
