"""Layouts: what each makes of the same kinds of content, as a reader of the publication would see it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.casefile import tiny

from icat_reports import pipeline
from icat_reports.diagnostics import Sink
from icat_reports.document import walk
from icat_reports.document.dump import dump
from icat_reports.document.nodes import Section, Table
from icat_reports.pipeline import Laid
from icat_reports.world import MemoryWorld

T = "content/publications/tiny"


def files(changes: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The tiny project with some files changed."""
    return tiny() | {name: text.encode() for name, text in (changes or {}).items()}


def lay(changes: Mapping[str, str] | None = None, publication: str = "tiny", language: str = "en") -> Laid:
    """A publication laid out without a finding."""
    sink = Sink()
    laid = pipeline.lay_out(pipeline.open_project(MemoryWorld(files(changes)), sink), publication, language, sink)
    assert [str(finding) for finding in sink] == []
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
