"""In: a project and what is wanted of it. Out: documents and files: the order of the stages on one page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from icat_reports.compose import compose
from icat_reports.content import Library
from icat_reports.diagnostics import Sink
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.language import LANGUAGES
from icat_reports.layout import Layout
from icat_reports.load import CONTENT, load
from icat_reports.load.layouts import load_layout
from icat_reports.resolve import resolve
from icat_reports.world import World


@dataclass(frozen=True, slots=True)
class Project:
    """Content and the world it was read from."""

    world: World
    library: Library
    revision: str


@dataclass(frozen=True, slots=True)
class Laid:
    """A publication laid out in one language, ready to be written."""

    resolved: ResolvedDocument
    layout: Layout


def open_project(world: World, sink: Sink) -> Project:
    """Read all content; findings go to `sink`."""
    return Project(world, load(world, sink), revision(world))


def revision(world: World) -> str:
    """A name for the state of all content: the first twelve figures of a SHA-256 over it."""
    digest = hashlib.sha256()
    for file in world.files(CONTENT, ".yaml"):
        digest.update(file.encode() + b"\0" + world.read(file) + b"\0")
    return digest.hexdigest()[:12]


def lay_out(project: Project, publication: str, language: str, sink: Sink) -> Laid | None:
    """Compose and resolve one publication in one language; None when there is nothing to write."""
    edition = project.library.editions[publication]
    layout = load_layout(project.world, str(edition.publication.layout), edition.publication.layout.span, sink)
    if layout is None:
        return None
    tongue = LANGUAGES[language]
    document = compose(edition, project.library, tongue, layout, project.revision, sink)
    if document is None:
        return None
    return Laid(resolve(document, tongue, layout.counters, layout.words, sink), layout)
