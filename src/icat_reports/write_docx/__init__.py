"""In: a resolved document, a theme, a language and page numbers. Out: a Word file, one module for each of its parts."""

from __future__ import annotations

from collections.abc import Mapping

from icat_reports.document.resolved import ResolvedDocument
from icat_reports.language import Language
from icat_reports.ooxml.namespaces import declare
from icat_reports.ooxml.package import DECLARATION, Part, Relationships, pack
from icat_reports.theme import Theme
from icat_reports.write_docx import comments, document_properties, layout, notes, origins, settings, styles, theme_part
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.numbering import Numbering

__all__ = ["write_docx"]

_DOCUMENT = declare("w", "r", "wp", "a", "pic", "c", "mc", "wps", "wpg", "w15")


def write_docx(
    resolved: ResolvedDocument,
    theme: Theme,
    language: Language,
    *,
    pages: Mapping[str, str] | None = None,
    assets: Mapping[str, bytes] | None = None,
) -> bytes:
    """Write a document as a Word file (ECMA-376, transitional), the same bytes for the same input.

    Args:
        resolved: The document with its numbers.
        theme: Looks.
        language: The language of the version.
        pages: Printed page number by id of section, figure and table, for the stored rows of the contents and the
            references to pages; a dash stands where there is none.
        assets: Files that image nodes name, by that name; an image without a file is left out.

    Raises:
        KeyError: The document names a colour, type role or word that theme or layout have not.
        ValueError: A text holds a control character, or an image is none of PNG, JPEG and SVG.
    """
    numbering = Numbering(resolved.counters, language, theme)
    numbering.learn([*resolved.headings.values()], resolved.paragraphs.values())
    build = Build(resolved, theme, language, pages or {}, assets or {}, numbering)
    return pack(*_package(build))


def _package(build: Build) -> tuple[list[Part], Relationships]:
    body = layout.body(build)
    metadata = build.resolved.document.metadata
    links = build.main.relationships
    beside = {"footnotes": notes.markup(build)}
    if build.comments:
        beside["comments"] = comments.markup(build)
    beside |= {
        "styles": styles.markup(build),
        "numbering": build.numbering.markup(),
        "settings": settings.settings(build),
        "webSettings": settings.web_settings(),
        "fontTable": settings.font_table((build.fonts, build.heading_fonts)),
    }
    for name in beside:
        links.to(name, f"{name}.xml")
    links.to("theme", "theme/theme1.xml")
    links.to("customXml", "../customXml/item1.xml")
    text = f"{DECLARATION}<w:document{_DOCUMENT}><w:body>{body}</w:body></w:document>"
    parts = [
        Part("word/document.xml", "document", text.encode(), links),
        *(Part(f"word/{name}.xml", name, data.encode(), _links(build, name)) for name, data in beside.items()),
        Part("word/theme/theme1.xml", "theme", theme_part.markup(build).encode()),
        *build.parts,
        *origins.parts(build),
        Part("docProps/core.xml", "core", document_properties.core(metadata).encode()),
        Part("docProps/app.xml", "app", document_properties.app().encode()),
        Part("docProps/custom.xml", "custom", document_properties.custom(metadata).encode()),
    ]
    root = Relationships()
    root.to("document", "word/document.xml")
    for name in ("core", "app", "custom"):
        root.to(name, f"docProps/{name}.xml")
    return parts, root


def _links(build: Build, name: str) -> Relationships | None:
    return build.footnotes.relationships if name == "footnotes" else None
