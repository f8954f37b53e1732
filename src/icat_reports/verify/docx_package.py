"""In: the bytes of a Word file. Out: its parts as XML, and what their relationships lead to (ECMA-376 part 2)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass

from lxml import etree

from icat_reports.ooxml.namespaces import qualified

Element = etree._Element  # noqa: SLF001 - lxml's own name of the type

DOCUMENT = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True, slots=True)
class Package:
    """The archive."""

    archive: zipfile.ZipFile

    def part(self, path: str) -> Element:
        """A part of XML; raises KeyError when it is missing, lxml.etree.XMLSyntaxError when it is no XML."""
        return etree.fromstring(self.archive.read(path), _PARSER)

    def optional(self, path: str) -> Element | None:
        """A part that a file may lack."""
        return self.part(path) if path in self.archive.namelist() else None

    def targets(self, path: str) -> dict[str, str]:
        """Targets of a part's relationships by id: addresses, and paths of parts (9.3)."""
        folder, _, name = path.rpartition("/")
        rows = self.optional(f"{folder}/_rels/{name}.rels")
        return {} if rows is None else {row.get("Id", ""): _target(folder, row) for row in rows}


def opened(data: bytes) -> Package:
    """Open a file; raises zipfile.BadZipFile."""
    return Package(zipfile.ZipFile(io.BytesIO(data)))


def _target(folder: str, row: Element) -> str:
    target = row.get("Target", "")
    return target if row.get("TargetMode") == "External" else posixpath.normpath(posixpath.join(folder, target))


def value(element: Element | None, path: str) -> str | None:
    """`w:val` of what stands at a path such as `w:pPr/w:pStyle`; None when nothing stands there."""
    found = None if element is None else element.find("/".join(map(qualified, path.split("/"))))
    return None if found is None else found.get(qualified("w:val"), "")
