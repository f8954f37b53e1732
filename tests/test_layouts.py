"""Layouts: what each makes of the same kinds of content, as a reader of the publication would see it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import page
import pytest
from openxml_audit import OpenXmlValidator
from tests.book import CONTACTS, LAYOUTS, MADE, SECOND, book, translated
from tests.casefile import tiny

from icat_reports import pipeline
from icat_reports.diagnostics import Sink
from icat_reports.document import walk
from icat_reports.document.dump import dump
from icat_reports.document.nodes import Paragraph, Section, Table
from icat_reports.ooxml.checks import check as check_word_file
from icat_reports.pipeline import Laid
from icat_reports.world import MemoryWorld

T = "content/publications/tiny"


def files(changes: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The tiny project with some files changed."""
    return tiny() | {name: text.encode() for name, text in (changes or {}).items()}


def lay(changes: Mapping[str, str] | None = None, publication: str = "tiny", language: str = "en") -> Laid:
    """A publication laid out without a finding, but that it has no catalogue in the language."""
    sink = Sink()
    laid = pipeline.lay_out(pipeline.open_project(MemoryWorld(files(changes)), sink), publication, language, sink)
    assert [str(finding) for finding in sink if finding.code != "unit-translated"] == []
    assert laid is not None
    return laid


def changed(file: str, old: str, new: str) -> str:
    """A file of the tiny publication with a text in the place of another."""
    text = tiny()[f"{T}/{file}"].decode()
    assert old in text
    return text.replace(old, new)


def headings(laid: Laid) -> list[str]:
    blocks = walk.document_blocks(laid.resolved.document)
    return [walk.plain(block.heading.children) for block in blocks if isinstance(block, Section)]


# ---------------------------------------------------------------- what all share

INITIATIVES = """\
type: initiatives
caption: Initiatives {0}
columns: [Initiative, Description, Scope, Composition]
scopes: [{{id: global, title: Global}}]
initiatives:
  - {{id: alliance, title: Alliance, description: Words., scope: global, composition: States.}}
"""
AREAS = """\
type: areas
groups: [{id: global, title: Global}, {id: local, title: Local}]
areas:
  - {id: training, title: Training, group: global, text: Words.}
  - {id: law, title: Law, group: global, text: Words.}
  - {id: shelter, title: Shelter, group: local, text: Words.}
  - {id: advice, title: Advice, group: local, text: Words.}
"""


def test_two_datasets_of_a_type_stand_in_one_publication() -> None:
    shown = "\n".join(
        f"          - {{show: {kind}, data: {name}}}"
        for kind, name in (
            *(("frameworks", name) for name in ("frameworks", "frameworks-2020")),
            *(("initiatives", name) for name in ("initiatives", "initiatives-2020")),
            *(("areas", name) for name in ("areas", "areas-2020")),
        )
    )
    laid = lay(
        {
            f"{T}/publication.yaml": changed("publication.yaml", "          - {show: frameworks}", shown),
            f"{T}/frameworks-2020.yaml": tiny()[f"{T}/frameworks.yaml"].decode(),
            f"{T}/initiatives.yaml": INITIATIVES.format(2021),
            f"{T}/initiatives-2020.yaml": INITIATIVES.format(2020),
            f"{T}/areas.yaml": AREAS,
            f"{T}/areas-2020.yaml": AREAS,
        }
    )
    tables = [block for block in walk.document_blocks(laid.resolved.document) if isinstance(block, Table)]
    assert [table.id for table in tables] == [
        "table-frameworks",
        "table-frameworks-2020",
        "table-initiatives",
        "table-initiatives-2020",
    ]
    assert [[laid.resolved.notes[note.id].mark for note in table.notes] for table in tables] == [["*"], ["*"], [], []]
    assert headings(laid).count("Training") == 2


def test_lists_of_captions_stand_only_where_there_are_captions() -> None:
    with_both = headings(lay())
    assert "Figures" in with_both
    assert "Tables" in with_both
    body = changed("publication.yaml", "          - {show: frameworks}", "").replace(
        "- {show: chart, select: expertise}", "- {text: Nothing more.}"
    )
    introduction = changed("introduction.yaml", " and {ref:table-frameworks}", "")
    with_none = lay({f"{T}/publication.yaml": body, f"{T}/introduction.yaml": introduction})
    assert "Contents" in headings(with_none)
    assert {"Figures", "Tables"}.isdisjoint(headings(with_none))


def test_members_are_those_of_the_publications_day_with_full_names_in_order() -> None:
    who = "kind: other\nmembership: [{status: member, from: 2022}]\n"
    former = "kind: other\nmembership: [{status: partner, to: 2021-06}]\n"
    laid = lay(
        {
            f"{T}/introduction.yaml": changed("introduction.yaml", "notes:", "    - {show: members}\nnotes:"),
            "content/organizations/late.yaml": f"id: late\nnames: [{{name: A Late Office, acronym: LATE}}]\n{who}",
            "content/organizations/gone.yaml": f"id: gone\nnames: [{{name: A Former Office, acronym: GONE}}]\n{former}",
            "content/organizations/the-bank.yaml": "id: the-bank\nnames: [{name: The Bank}]\nkind: other\n"
            "membership: [{status: member}]\n",
            f"{T}/survey.yaml": changed("survey.yaml", "respondents: [unodc, ilo]", "respondents: [unodc, ilo]"),
        }
    )
    introduction = dump(laid.resolved).split("h1 Introduction\n")[1].split("  h1")[0]
    assert [line.strip() for line in introduction.splitlines()[-6:] if "bullet" not in line] == [
        "The Bank",
        "International Labour Organization (ILO)",
        "United Nations Office on Drugs and Crime (UNODC)",
    ]


# ---------------------------------------------------------------- a publication with one of everything, on each layout


def shown(changes: Mapping[str, str], language: str = "en") -> str:
    return dump(lay(changes, "book", language).resolved)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_front_matter_comes_before_the_contents_and_the_back_page_last(layout: str) -> None:
    text = shown(book(layout))
    places = [
        text.index(words) for words in ("Many thanks.", "h1 Contents", "It all began.", "1\u00a0Book Street, Vienna")
    ]
    assert places == sorted(places)
    assert "    > Introduction\n    > United Nations Office on Drugs and Crime (UNODC)\n" in text
    assert "    > Acknowledgements" not in text
    assert "Figures" not in text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_boxes_and_quotations_have_their_title_and_source(layout: str) -> None:
    text = shown(book(layout))
    box = text.split("box\n")[1].split("h2 Research")[0]
    assert [line.strip() for line in box.splitlines() if line.strip() and not line.strip().startswith("-")] == [
        "label: Our vision",
        "Words of a box:",
        "One",
        "Two",
        "source: Source: The Book of Boxes",
    ]
    assert "“Words of a person.”" in text.split("quotation\n")[1]


@pytest.mark.parametrize(
    ("layout", "persons", "heading"),
    [
        ("synopsis", CONTACTS, "h2 Focal point on anti-trafficking research and activities"),
        ("synopsis", CONTACTS + SECOND, "h2 Focal points on anti-trafficking research and activities"),
        ("overview", CONTACTS, "h2 Focal point"),
        ("overview", CONTACTS + SECOND, "h2 Focal points"),
    ],
)
def test_focal_points_stand_under_a_heading_of_their_number(layout: str, persons: str, heading: str) -> None:
    assert f"    {heading}\n" in shown(book(layout, persons=persons))


def test_focal_points_are_shown_whole_by_name_or_not_at_all() -> None:
    found = {setting: shown(book("synopsis", setting)) for setting in ("full", "names", "none")}
    assert (
        "Ms.\u00a0Ana Silva / Adviser / Second line / A Branch / P.O. Box 1 / Vienna / E-mail: ana@example.org"
        in found["full"]
    )
    assert "Tel: (+43-1) 26060-1 / Fax: (+43-1) 26060-2" in found["full"]
    assert "E-mail: li@example.org<mailto:li@example.org> / E-mail: wei@example.org" in found["full"]
    assert "contact: Ms.\u00a0Ana Silva / Adviser / Second line\n" in found["names"]
    assert "contact: Li Wei\n" in found["names"]
    assert "@" not in found["names"].split("[body]")[1]
    assert "Focal point" not in found["none"]
    assert "Ana Silva" not in found["none"]


def test_the_synopsis_has_a_half_title_with_where_and_when() -> None:
    front = shown(book("synopsis")).split("[front]\n")[1]
    assert [line.strip() for line in front.splitlines()[:3]] == [
        "series: Office of Books / Vienna",
        "subtitle: A book of chapters",
        "date: 2\u00a0July 2021",
    ]


def test_the_overview_has_its_occasion_and_its_note_on_the_cover() -> None:
    cover, rest = shown(book("overview")).split("[front]\n")
    assert "date: On the occasion of the First Meeting of Readers / 2\u00a0July 2021" in cover
    assert "disclaimer: This document has not been formally edited." in cover
    assert "formally edited" not in rest


# ---------------------------------------------------------------- one chapter for each organization, made from data


def chapters(text: str) -> dict[str, str]:
    """The chapters of a dumped book by the acronym in their headings."""
    found = text.split("[body]\n")[1].split("[notes]\n", maxsplit=1)[0].split("\n  h1 ")
    return {chapter.split("(")[1].split(")")[0]: chapter for chapter in found}


def lines(chapter: str, heading: str) -> list[str]:
    """What stands under a heading of a chapter, without the marks of items."""
    inner = chapter.split(f"h2 {heading}\n")[1].split("\n    h2 ", maxsplit=1)[0]
    return [line.strip() for line in inner.splitlines() if not line.strip().startswith("- bullet")]


def test_each_organization_of_a_list_has_a_chapter_in_the_order_of_names() -> None:
    laid = lay(MADE, "book")
    assert [row.target for row in laid.resolved.contents if row.level == 1] == ["entity-ilo", "entity-unodc"]
    assert laid.resolved.headings.keys() >= {"mandate-ilo", "research-unodc", "contact-unodc"}


def test_a_chapter_shows_what_concerns_its_organization() -> None:
    found = chapters(dump(lay(MADE, "book").resolved))
    assert lines(found["UNODC"], "Mandate") == [
        "UNODC assists Member States. Its Global Report appears every two years."
    ]
    assert lines(found["UNODC"], "Activities") == [
        "label: Global",
        "Training",
        "Judges",
        "Police",
        "label: Legislation",
        "UNODC drafts laws.[^1]",
        "It also takes part in what is described under “International Labour Organization (ILO)”.",
        "label: Initiatives",
        "Alliance<https://example.org/alliance> (ALL): see “International Labour Organization (ILO)”",
        "label: Memorandums between entities",
        "Memorandum with: ILO",
        "Joint letter (2020)",
    ]
    assert lines(found["ILO"], "Activities") == [
        "label: Global",
        "Training: Judges",
        "label: Legislation",
        "ILO and UNODC train.",
        "label: Initiatives",
        "Alliance<https://example.org/alliance> (ALL)",
        "An alliance.",
        "States.",
        "Scope: Global",
        "label: Memorandums between entities",
        "Memorandum with: UNODC",
    ]


def test_what_a_part_of_an_organization_does_stands_in_the_chapter_of_the_whole() -> None:
    found = chapters(dump(lay(MADE, "book").resolved))
    assert lines(found["UNODC"], "Research") == [
        "label: Evidence",
        "The Branch counts.",
        "label: Publications",
        "entry: A report, 2020",
        "entry: A report of the branch, BRANCH",
        "entry: A guide: see “International Labour Organization (ILO)”",
    ]
    assert lines(found["ILO"], "Research") == [
        "label: Evidence",
        "It also takes part in what is described under “United Nations Office on Drugs and Crime (UNODC)”.",
        "label: Publications",
        "entry: A guide, ILO and UNODC, 2019",
    ]


def test_a_chapter_says_where_the_source_gives_nothing() -> None:
    found = chapters(dump(lay(MADE, "book").resolved))
    assert lines(found["UNODC"], "Point of contact") == ["website: https://www.unodc.org/<https://www.unodc.org/>"]
    assert lines(found["ILO"], "Point of contact") == ["The source gives none."]


def test_a_line_of_several_data_comes_from_none_of_them_alone() -> None:
    """An edit of it in Word must not be taken for an edit of its first words."""
    blocks = walk.document_blocks(lay(MADE, "book").resolved.document)
    found = {walk.plain(b.children): b.origin.kind for b in blocks if isinstance(b, Paragraph)}
    assert found["Memorandum with: ILO"] == "layout"
    assert found["An alliance."] == "content"


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_chapters_made_from_data_have_the_same_skeleton_in_every_language(language: str) -> None:
    here, there = (lay(MADE, "book", code).resolved for code in ("en", language))
    assert list(here.headings) == list(there.headings)
    assert {k: v.mark for k, v in here.notes.items()}.keys() == there.notes.keys()


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("layout", "language"),
    [
        *((layout, language) for layout in LAYOUTS for language in ("en", "zh")),
        ("overview", "ar"),
        ("synopsis", "ar"),
    ],
)
def test_the_three_formats_say_the_same_and_meet_their_standards(layout: str, language: str, tmp_path: Path) -> None:
    laid = lay(translated(book(layout), language), "book", language)
    files = {kind: pipeline.make(kind, laid, "pdf/ua-1").data for kind in ("html", "docx", "pdf")}
    assert [str(finding) for finding in pipeline.compare(files, {kind: f"book.{kind}" for kind in files})] == []
    assert page.validate_pdf_bytes(files["pdf"]).failures == []
    path = tmp_path / "book.docx"
    path.write_bytes(files["docx"])
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert check_word_file(files["docx"]) == ()


def test_chapters_made_from_data_are_the_same_in_the_three_formats() -> None:
    laid = lay(MADE, "book")
    files = {kind: pipeline.make(kind, laid, "pdf/ua-1").data for kind in ("html", "docx", "pdf")}
    assert [str(finding) for finding in pipeline.compare(files, {kind: f"book.{kind}" for kind in files})] == []
