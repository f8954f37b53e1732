"""In: a project and what is wanted of it. Out: documents and files: the order of the stages on one page."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from icat_reports.catalogue.texts import LAYOUTS, NAMES
from icat_reports.content import Edition, Library
from icat_reports.diagnostics import Diagnostic, Severity, Sink, Span, Stopped
from icat_reports.document import walk
from icat_reports.document.digest import digest
from icat_reports.document.nodes import Reference
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.document.word_count import word_count
from icat_reports.fonts import write_fontconfig
from icat_reports.formats import Untranslated, Variant
from icat_reports.language import LANGUAGES, Language
from icat_reports.layout import Layout
from icat_reports.load import CONTENT, load
from icat_reports.load.layouts import load_layout
from icat_reports.world import World, cache_folder, find_office
from icat_reports.written import written

if TYPE_CHECKING:
    from icat_reports.write_pdf import PdfResult

GAPS = frozenset(("dataset-known", "dataset-single", "show-known", "show-of-organization"))
"""Findings that leave a gap in the document."""
AFTER_GAPS = frozenset(
    ("cross-reference-known", "note-marked", "subheading-accompanied", "template-runs", "abbreviation-given")
)
"""Findings that are not told beside such a gap, as they may only follow from it."""
AFTER_UNREAD = (
    GAPS
    | AFTER_GAPS
    | {"reference-known", "chart-known", "list-known", "count-known", "count-borne-out", "chart-has-data"}
)
"""Findings that are not told while a file cannot be read, as they may only follow from what it would say."""


class Project(Struct, frozen=True):
    """Content and the world it was read from."""

    world: World
    library: Library


class Laid(Struct, frozen=True):
    """A publication laid out in one language, ready to be written."""

    resolved: ResolvedDocument
    layout: Layout


def open_project(world: World, sink: Sink) -> Project:
    """Read all content; findings go to `sink`."""
    return Project(world, load(world, sink))


def lay_out(
    project: Project, publication: str, language: str, sink: Sink, untranslated: Untranslated = "source"
) -> Laid | None:
    """Translate, compose, resolve and check one publication in one language; None when there is nothing to write."""
    found = Sink(project.library.acceptances)
    laid = _lay_out(project, publication, LANGUAGES[language], untranslated, found)
    gaps = {d.code for d in found} & GAPS
    unsure = (AFTER_UNREAD if project.library.unread else frozenset()) | (AFTER_GAPS if gaps else frozenset())
    sink.extend(d for d in found if d.code not in unsure)
    sink.used |= found.used
    return laid


def _lay_out(
    project: Project, publication: str, language: Language, untranslated: Untranslated, sink: Sink
) -> Laid | None:
    # Templates, XML and locales take half of the time in which a command starts; not all commands need them.
    from icat_reports.check import check  # noqa: PLC0415
    from icat_reports.compose import compose  # noqa: PLC0415
    from icat_reports.resolve import resolve  # noqa: PLC0415

    edition = project.library.editions[publication]
    layout = load_layout(project.world, str(edition.publication.layout), edition.publication.layout.span, sink)
    if layout is None:
        return None
    library = project.library
    own = language.code == edition.publication.language
    if not own:
        from icat_reports.load.catalogues import load_catalogues  # noqa: PLC0415
        from icat_reports.translate import Into, translate  # noqa: PLC0415

        catalogues = load_catalogues(project.world, language, _catalogues(edition), sink)
        version = translate(edition, library, layout.words, Into(language, catalogues, untranslated), sink)
        edition, library, layout = version.edition, version.library, layout.in_language(language.code, version.words)
    document = compose(edition, library, language, layout, sink)
    if document is None:
        return None
    resolved = resolve(document, language, layout.counters, layout.words, sink)
    if own:
        check(resolved, language, written(project.library, edition), sink)
    return Laid(resolved, layout)


def take_out(laid: Laid, parts: Sequence[str], first: int | None, sink: Sink) -> Laid | None:
    """A document of some parts of one that is laid out; see `excerpt`. None after an error."""
    from icat_reports.excerpt import excerpt  # noqa: PLC0415
    from icat_reports.resolve import resolve  # noqa: PLC0415

    document = excerpt(laid.resolved, parts, first, sink)
    if document is None:
        return None
    layout = laid.layout
    return Laid(resolve(document, _language(laid), layout.counters, layout.words, sink), layout)


def _catalogues(edition: Edition) -> tuple[str, ...]:
    """Names of the catalogues that a publication's texts are in."""
    publication = edition.publication
    return tuple(map(str, dict.fromkeys((LAYOUTS, NAMES, *publication.uses, publication.id))))


def review(project: Project, publications: Iterable[str], sink: Sink) -> None:
    """Find everything that an editor can get wrong in these publications, without writing anything."""
    library = project.library
    names = [name for name in publications if name in library.editions]
    for name in names:
        lay_out(project, name, str(library.editions[name].publication.language), sink)
    if not sink.failed and set(names) == set(library.editions):
        for acceptance in library.acceptances:
            if acceptance not in sink.used:
                sink.warn("acceptance-needed", f"`{acceptance.code}` is accepted here, but there is nothing to accept",
                          acceptance.place, "delete it under `accept:`")  # fmt: skip


# ---------------------------------------------------------------- formats


class Made(Struct, frozen=True):
    """One format of a publication in a language."""

    data: bytes
    pages: int | None
    findings: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0


def make(kind: str, laid: Laid, variant: Variant) -> Made:
    """Write one format. The engines are heavy: each is imported when its format is made."""
    start = time.perf_counter()
    made = _MAKERS[kind](laid, variant)
    return replace(made, seconds=time.perf_counter() - start)


def _html(laid: Laid, medium: Literal["web", "print"]) -> str:
    from icat_reports.write_html import write_html  # noqa: PLC0415

    layout = laid.layout
    return write_html(
        laid.resolved, layout.theme, _language(laid), medium=medium, css=layout.css[medium], assets=layout.assets
    )


def _web(laid: Laid, _: Variant) -> Made:
    return Made(_html(laid, "web").encode(), None)


def _pdf(laid: Laid, variant: Variant) -> Made:
    result = _print(laid, variant)
    return Made(result.pdf, result.pages, result.diagnostics)


def _print(laid: Laid, variant: Variant) -> PdfResult:
    from icat_reports.write_pdf import write_pdf  # noqa: PLC0415

    return write_pdf(_html(laid, "print"), fontconfig=fontconfig(), variant=variant)


def _docx(laid: Laid, variant: Variant) -> Made:
    """The Word file with the page numbers of its own layout, or of the PDF's where LibreOffice cannot tell them."""
    from icat_reports.paginate import Office, settle  # noqa: PLC0415
    from icat_reports.write_docx import write_docx  # noqa: PLC0415

    def write(pages: Mapping[str, str]) -> bytes:
        layout = laid.layout
        return write_docx(laid.resolved, layout.theme, _language(laid), pages=pages, assets=layout.assets)

    program = find_office()
    findings: tuple[Diagnostic, ...] = ()
    if program is not None:
        try:
            settled = settle(write, told_pages(laid.resolved), Office(program, fontconfig()))
            return Made(settled.docx, settled.count)
        except Stopped as stopped:
            findings = tuple(replace(d, severity=Severity.WARNING) for d in stopped.diagnostics)
    estimates = _print(laid, variant).targets
    estimated = Diagnostic(
        "word-pages-from-layout",
        "the page numbers in the Word file's contents are estimates: they are the PDF's",
        Span(f"{CONTENT}/publications/{laid.resolved.document.metadata.publication}/publication.yaml"),
        "install LibreOffice Writer and build again, or bring the contents up to date in Word with F9",
        Severity.WARNING,
    )
    return Made(write(estimates), None, (*findings, estimated))


def name(laid: Laid) -> str:
    """Names all that the files of a document depend on, beside the program: equal names, equal files."""
    layout = laid.layout
    looks = layout.theme.model_dump_json()
    return digest(laid.resolved.document, looks, layout.counters, layout.words, layout.css, layout.assets)


def length(laid: Laid) -> str:
    """How many words a document has of those that it may have: `8,312 of 8,500`; empty where there is no limit."""
    limit = laid.resolved.document.word_limit
    return f"{word_count(laid.resolved):,} of {limit.words:,}" if limit else ""


def told_pages(resolved: ResolvedDocument) -> tuple[str, ...]:
    """Ids of everything whose page the contents, a list of captions or a reference tells."""
    rows = (row.target for row in (*resolved.contents, *resolved.figures, *resolved.tables))
    document = resolved.document
    texts = (*map(walk.own_inlines, walk.document_blocks(document)), *(note.children for note in document.notes))
    references = (child for words in texts for child in walk.inlines(words) if isinstance(child, Reference))
    return tuple(dict.fromkeys((*rows, *(child.target for child in references if child.form == "page"))))


def fontconfig() -> Path:
    """A font configuration that knows our fonts alone, for WeasyPrint and LibreOffice alike; one for each checkout."""
    place = hashlib.sha256(str(Path(__file__).parent).encode()).hexdigest()[:12]
    return write_fontconfig(cache_folder() / f"fonts-{place}")


def _language(laid: Laid) -> Language:
    return LANGUAGES[laid.resolved.document.metadata.language]


_MAKERS: Mapping[str, Callable[[Laid, Variant], Made]] = {"pdf": _pdf, "docx": _docx, "html": _web}


def compare(files: Mapping[str, bytes], names: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Read the files back and compare what they say."""
    from icat_reports.verify import verify  # noqa: PLC0415

    return verify(files, names)
