"""In: the synopsis made from the mapping resource. Out: a chapter for each entity, and every text of the resource once."""

from collections import Counter
from pathlib import Path

import pytest

from icat_reports import pipeline
from icat_reports.content import Bibliography, Edition, Examples, Initiatives
from icat_reports.diagnostics import Sink
from icat_reports.document import walk
from icat_reports.document.nodes import Paragraph, Section
from icat_reports.pipeline import Laid
from icat_reports.world import MemoryWorld

ROOT = Path(__file__).parent.parent
SOURCE = "mapping-2021"
MADE = "synopsis-2021"


def files() -> dict[str, bytes]:
    """The project's content and layouts."""
    found = [p for folder in ("content", "layouts") for p in (ROOT / folder).rglob("*") if p.is_file()]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in found}


def lay(content: dict[str, bytes], publication: str = MADE) -> tuple[Laid, Edition]:
    """A publication laid out, and the edition that it is made of."""
    sink = Sink()
    project = pipeline.open_project(MemoryWorld(content), sink)
    laid = pipeline.lay_out(project, publication, "en", sink)
    assert laid is not None, "\n".join(map(str, sink))
    return laid, project.library.editions[publication]


@pytest.fixture(scope="module")
def made() -> tuple[Laid, Edition]:
    return lay(files())


def test_it_has_no_texts_of_its_own() -> None:
    folder = ROOT / "content/publications" / MADE
    assert [path.name for path in folder.rglob("*")] == ["publication.yaml"]
    assert "text:" not in (folder / "publication.yaml").read_text("utf-8")


def test_each_entity_of_the_resource_has_a_chapter(made: tuple[Laid, Edition]) -> None:
    laid, edition = made
    rows = [row.target for row in laid.resolved.contents if row.level == 1]
    profiles = [str(d.organization) for d in edition.datasets.values() if d.type == "profile"]
    assert len(rows) == 29
    assert sorted(rows) == sorted(f"entity-{name}" for name in profiles)


def test_each_chapter_has_the_four_subheadings(made: tuple[Laid, Edition]) -> None:
    laid, _ = made
    chapters = [b for d in laid.resolved.document.divisions for b in d.children if isinstance(b, Section) and b.kind]
    titles = {
        tuple(walk.plain(b.heading.children) for b in chapter.children if isinstance(b, Section))
        for chapter in chapters
    }
    assert titles == {
        ("Mandate", "Main activities against trafficking in persons", "Research and data", "Point of contact")
    }


def test_every_text_of_the_resource_stands_once(made: tuple[Laid, Edition]) -> None:
    laid, edition = made
    blocks = [b for b in walk.document_blocks(laid.resolved.document) if isinstance(b, Paragraph)]
    shown = Counter(block.origin.id for block in blocks)
    data = edition.datasets.values()
    texts = [example.text for found in data if isinstance(found, Examples) for example in found.examples]
    listed = [initiative for found in data if isinstance(found, Initiatives) for initiative in found.initiatives]
    texts += [initiative.description for initiative in listed if (*initiative.leads, *initiative.participants)]
    assert len(texts) == 49 + 12 + 17
    first = [f"{text.span.file.removeprefix('content/').removesuffix('.yaml')}:{text.span.path}:1" for text in texts]
    assert {origin: shown[origin] for origin in first if shown[origin] != 1} == {}


def test_every_publication_of_the_bibliography_is_entered_once(made: tuple[Laid, Edition]) -> None:
    laid, edition = made
    bibliography = edition.datasets["bibliography"]
    assert isinstance(bibliography, Bibliography)
    entries = [walk.plain(b.children) for b in walk.document_blocks(laid.resolved.document)
               if isinstance(b, Paragraph) and b.role == "entry"]  # fmt: skip
    referring = [entry for entry in entries if entry.endswith(": see ")]
    assert (len(bibliography.items), len(entries) - len(referring), len(referring)) == (171, 171, 6)


def test_two_entities_without_a_website_have_no_point_of_contact(made: tuple[Laid, Edition]) -> None:
    laid, _ = made
    blocks = walk.document_blocks(laid.resolved.document)
    contacts = [b for b in blocks if isinstance(b, Section) and b.id.startswith("contact-")]
    nothing = [b.id for b in contacts if "The source gives none." in [walk.plain(c.children) for c in b.children if isinstance(c, Paragraph)]]  # fmt: skip
    assert nothing == ["contact-osrsg-vac", "contact-sr-cfs"]


def test_a_change_in_an_entitys_file_changes_both_publications() -> None:
    content = files()
    file = f"content/publications/{SOURCE}/profiles/ilo.yaml"
    assert b"tripartite" in content[file]
    content[file] = content[file].replace(b"tripartite", b"three-sided")
    for publication in (SOURCE, MADE):
        laid, _ = lay(content, publication)
        words = " ".join(walk.plain(walk.own_inlines(b)) for b in walk.document_blocks(laid.resolved.document))
        assert "three-sided" in words
        assert "tripartite agency" not in words
