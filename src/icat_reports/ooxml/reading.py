"""In: the bytes of a Word file. Out: its parts as trees, read safely: no entities, no network."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from functools import cached_property

from lxml import etree
from msgspec import Struct

from icat_reports.ooxml.namespaces import NAMESPACES, qualified

Element = etree._Element  # noqa: SLF001 - lxml's own name of the type

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_XML = (".xml", ".rels")


class Package(Struct, frozen=True, dict=True):
    """A Word file that was opened."""

    data: bytes

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Files by path; raises zipfile.BadZipFile."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def trees(self) -> Mapping[str, Element]:
        """Roots of the XML parts by path; raises lxml.etree.XMLSyntaxError."""
        return {path: etree.fromstring(data, _PARSER) for path, data in self.files.items() if path.endswith(_XML)}

    @property
    def stories(self) -> dict[str, Element]:
        """The parts that hold text: the document, notes, comments, headers and footers."""
        names = ("document", "footnotes", "endnotes", "comments", "header", "footer")
        return {path: root for path, root in self.trees.items() if path.startswith(tuple(f"word/{n}" for n in names))}

    def targets(self, path: str) -> dict[str, str]:
        """Targets of a part's relationships by id: parts by their path, addresses as they are."""
        folder, _, name = path.rpartition("/")
        rows = self.trees.get(f"{folder}/_rels/{name}.rels".removeprefix("/"))
        return {} if rows is None else {row.get("Id", ""): _target(folder, row) for row in rows}


def _target(folder: str, row: Element) -> str:
    target = row.get("Target", "")
    return target if row.get("TargetMode") == "External" else posixpath.normpath(posixpath.join(folder, target))


def value(element: Element | None, path: str = "") -> str:
    """`w:val` of an element, or of what stands at a path from it such as `w:pPr/w:pStyle`; empty when there is none."""
    found = element if element is None or not path else element.find(path, NAMESPACES)
    return "" if found is None else found.get(qualified("w:val"), "")


def words(element: Element) -> str:
    """The words inside an element: those that a reader sees, fields by their stored results."""
    return "".join(found.text or "" for found in element.iter(qualified("w:t")))
