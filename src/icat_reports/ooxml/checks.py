"""In: the bytes of a Word file. Out: what is wrong in it that validators of its schema do not see.

Word repairs or refuses files with such faults, or shows "Error! Bookmark not defined." when it updates fields.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from icat_reports.diagnostics import Diagnostic, Span
from icat_reports.ooxml.names import LONGEST
from icat_reports.ooxml.namespaces import NAMESPACES, qualified
from icat_reports.ooxml.order import RANK
from icat_reports.ooxml.reading import Element, Package

Finding = tuple[str, str, str]
"""Code, message, part."""

_TO_BOOKMARK = re.compile(r"\b(?:PAGEREF|NOTEREF|REF)\s+(\w+)")
_PREFIX = "{" + NAMESPACES["w"] + "}"


def check(docx: bytes) -> tuple[Diagnostic, ...]:
    """All findings, as errors; none for a sound file."""
    package = Package(docx)
    return tuple(Diagnostic(code, message, Span(part)) for find in _CHECKS for code, message, part in find(package))


def _all(package: Package, name: str) -> Iterator[tuple[str, Element]]:
    """Each element of a name with the path of its part."""
    for path, root in package.stories.items():
        for element in root.iter(qualified(name)):
            yield path, element


def _repeated(rows: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Values that occur again, with the part of the repetition."""
    seen: set[str] = set()
    for path, found in rows:
        if found in seen:
            yield path, found
        seen.add(found)


# ---------------------------------------------------------------- bookmarks


def _bookmarks(package: Package) -> Iterator[Finding]:
    """Names are unique in a file and at most 40 characters long; each start has its end (17.13.6)."""
    names = ((path, start.get(qualified("w:name"), "")) for path, start in _all(package, "w:bookmarkStart"))
    for path, name in _repeated(names):
        yield "bookmark-named-once", f"the bookmark `{name}` stands a second time", path
    for path, root in package.stories.items():
        starts = Counter(e.get(qualified("w:id"), "") for e in root.iter(qualified("w:bookmarkStart")))
        ends = Counter(e.get(qualified("w:id"), "") for e in root.iter(qualified("w:bookmarkEnd")))
        for id_ in sorted((starts - ends) + (ends - starts)):
            yield "bookmark-paired", f"the bookmark with the id {id_} has not one start and one end", path
    for path, start in _all(package, "w:bookmarkStart"):
        name = start.get(qualified("w:name"), "")
        if len(name) > LONGEST:
            yield "bookmark-short", f"the name `{name}` is longer than {LONGEST} characters", path


def _targets(package: Package) -> Iterator[Finding]:
    """Links and fields lead to bookmarks that are there (17.16.22, 17.16.5.51)."""
    known = {start.get(qualified("w:name")) for _, start in _all(package, "w:bookmarkStart")} | {None}
    for path, link in _all(package, "w:hyperlink"):
        if (anchor := link.get(qualified("w:anchor"))) not in known:
            yield "anchor-known", f"a link leads to the bookmark `{anchor}`, which is not there", path
    for path, instruction in _all(package, "w:instrText"):
        for target in _TO_BOOKMARK.findall(instruction.text or ""):
            if target not in known:
                yield "field-target-known", f"a field refers to the bookmark `{target}`, which is not there", path


# ---------------------------------------------------------------- fields


def _fields(package: Package) -> Iterator[Finding]:
    """A complex field has a beginning, at most one separator and an end, in this order, in one story (17.16.18)."""
    for path, root in package.stories.items():
        separated: list[bool] = []
        for character in root.iter(qualified("w:fldChar")):
            kind = character.get(qualified("w:fldCharType"))
            if kind == "begin":
                separated.append(False)
            elif not separated:
                yield "field-whole", f"`{kind}` of a field that has not begun", path
            elif kind == "end":
                separated.pop()
            elif separated[-1]:
                yield "field-whole", "a field has two separators", path
            else:
                separated[-1] = True
        if separated:
            yield "field-whole", f"{len(separated)} fields have no end", path


def _dirty(package: Package) -> Iterator[Finding]:
    """Word would ask its user whether to update fields (17.15.1.90, 17.16.18)."""
    settings = package.trees.get("word/settings.xml")
    if settings is not None and settings.find("w:updateFields", NAMESPACES) is not None:
        yield "fields-stored", "Word is told to update all fields at opening", "word/settings.xml"
    for path, character in _all(package, "w:fldChar"):
        if character.get(qualified("w:dirty")) is not None:
            yield "fields-stored", "a field is marked as out of date", path


# ---------------------------------------------------------------- ids


def _drawings(package: Package) -> Iterator[Finding]:
    """Ids of drawings are unique in a file (20.4.2.5)."""
    ids = ((path, drawing.get("id", "")) for path, drawing in _all(package, "wp:docPr"))
    for path, id_ in _repeated(ids):
        yield "drawing-id-once", f"two drawings have the id {id_}", path


def _relationships(package: Package) -> Iterator[Finding]:
    """What a part relates to by id is there (part 2, 9.3)."""
    for path, root in package.stories.items():
        targets = package.targets(path)
        for element in root.iter():
            for name in ("r:id", "r:embed", "r:link"):
                id_ = element.get(qualified(name))
                if id_ is not None and id_ not in targets:
                    yield "relationship-known", f"there is no relationship `{id_}`", path
        for target in targets.values():
            if ":" not in target and target not in package.files:
                yield "part-known", f"the part `{target}` is not there", path


def _styles(package: Package) -> Iterator[Finding]:
    """Styles that are named are defined (17.7.4)."""
    root = package.trees["word/styles.xml"]
    known = {style.get(qualified("w:styleId")) for style in root.iter(qualified("w:style"))}
    for name in ("w:pStyle", "w:rStyle", "w:tblStyle"):
        for path, element in _all(package, name):
            style = element.get(qualified("w:val"))
            if style not in known:
                yield "style-known", f"there is no style `{style}`", path


def _notes(package: Package) -> Iterator[Finding]:
    """Each footnote has its mark and each mark its footnote (17.11.14)."""
    root = package.trees.get("word/footnotes.xml")
    if root is None:
        return
    special = {"separator", "continuationSeparator"}
    notes = {n.get(qualified("w:id")) for n in root if n.get(qualified("w:type")) not in special}
    marks = {mark.get(qualified("w:id")) for _, mark in _all(package, "w:footnoteReference")}
    for id_ in sorted(str(id_) for id_ in notes ^ marks):
        yield "footnote-marked", f"the footnote {id_} has not both a mark and a text", "word/footnotes.xml"


# ---------------------------------------------------------------- order


def _order(package: Package) -> Iterator[Finding]:
    """Children of property elements stand in the schema's order."""
    for path, root in package.trees.items():
        if not path.startswith("word/"):
            continue
        for parent, rank in RANK.items():
            for element in root.iter(_PREFIX + parent):
                names = [str(child.tag).removeprefix(_PREFIX) for child in _effective(element)]
                places = [rank.get(name, -1) for name in names]
                if places != sorted(places):
                    yield "children-in-order", f"`{parent}` holds {', '.join(names)} in this order", path


def _effective(element: Element) -> Iterator[Element]:
    """Children, with those of the last alternative in the place of alternatives (part 3, 7.5)."""
    for child in element:
        if child.tag == qualified("mc:AlternateContent"):
            yield from child[-1]
        else:
            yield child


_CHECKS: tuple[Callable[[Package], Iterator[Finding]], ...] = (
    _bookmarks,
    _targets,
    _fields,
    _dirty,
    _drawings,
    _relationships,
    _styles,
    _notes,
    _order,
)
