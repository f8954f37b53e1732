"""In: the bytes of a Word file. Out: the file as text that a person can read and compare: the goldens of the tests.

A line for each paragraph: its style, its number if it names one, its words with what stands in them:
`[REF x|words]` for a field and its stored result, `<words -> target>` for a link, `^1` for the mark of footnote 1,
`{chart}`, `{shapes}` or `{picture}` for a drawing with its alternative text. Bookmarks are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from icat_reports.ooxml.namespaces import NAMESPACES, qualified
from icat_reports.ooxml.reading import Element, Package, value

_LOOKS = ("w:b", "w:i", "w:u", "w:color", "w:sz", "w:rFonts", "w:highlight")
"""Properties that a run has only when it was formatted by hand."""

_EVIDENT = frozenset({"FootnoteReference", "CommentReference"})
"""Styles that a mark has anyhow."""


def dump(docx: bytes) -> str:
    """All text of a file, then its footnotes, comments, headers and footers, and its parts."""
    package = Package(docx)
    lines = [*_blocks(package, "word/document.xml", package.trees["word/document.xml"][0], "")]
    for path, root in package.stories.items():
        if path != "word/document.xml":
            lines += ["", f"== {path}"]
            for child in root:
                lines += _note(package, path, child)
    lines += ["", "== parts", *sorted(package.files)]
    return "\n".join(lines) + "\n"


def _note(package: Package, path: str, element: Element) -> Iterator[str]:
    if element.tag == qualified("w:p"):
        yield _paragraph(package, path, element)
        return
    head = element.get(qualified("w:type")) or element.get(qualified("w:id"), "")
    yield from _blocks(package, path, element, f"{head}: ")


def _blocks(package: Package, path: str, parent: Element, indent: str) -> Iterator[str]:
    for child in parent:
        if child.tag == qualified("w:p"):
            yield indent + _paragraph(package, path, child)
            section = child.find("w:pPr/w:sectPr", NAMESPACES)
            if section is not None:
                yield indent + _section(package, section)
        elif child.tag == qualified("w:tbl"):
            yield from _table(package, path, child, indent)
        elif child.tag == qualified("w:sdt"):
            yield f"{indent}content control:"
            content = child.find("w:sdtContent", NAMESPACES)
            if content is not None:
                yield from _blocks(package, path, content, indent + "  ")
        elif child.tag == qualified("w:sectPr"):
            yield indent + _section(package, child)


def _paragraph(package: Package, path: str, element: Element) -> str:
    style = value(element, "w:pPr/w:pStyle") or "Normal"
    list_ = value(element, "w:pPr/w:numPr/w:numId")
    number = f" list {list_}.{value(element, 'w:pPr/w:numPr/w:ilvl')}" if list_ else ""
    text = "".join(_inline(package, path, child) for child in element)
    return f"{style}{number}: {text}".rstrip()


def _section(package: Package, element: Element) -> str:
    size, number = element.find("w:pgSz", NAMESPACES), element.find("w:pgNumType", NAMESPACES)
    said = ["landscape" if size is not None and size.get(qualified("w:orient")) else "portrait"]
    if number is not None:
        start = number.get(qualified("w:start"))
        said.append(f"{number.get(qualified('w:fmt'))}{f' from {start}' if start else ''}")
    said += ["first page different"] if element.find("w:titlePg", NAMESPACES) is not None else []
    targets = package.targets("word/document.xml")
    said += [
        f"{row.get(qualified('w:type'))} {targets[row.get(qualified('r:id'), '')].removeprefix('word/')}"
        for row in element
        if str(row.tag).endswith("Reference")
    ]
    return f"--- end of section: {', '.join(said)} ---"


def _table(package: Package, path: str, element: Element, indent: str) -> Iterator[str]:
    yield f"{indent}table {value(element, 'w:tblPr/w:tblStyle')}:"
    for row in element.iterchildren(qualified("w:tr")):
        head = row.find("w:trPr/w:tblHeader", NAMESPACES) is not None
        cells = (_cell(package, path, cell) for cell in row.iterchildren(qualified("w:tc")))
        yield f"{indent}  {'=' if head else '|'} {' | '.join(cells)}"


def _cell(package: Package, path: str, element: Element) -> str:
    properties = element.find("w:tcPr", NAMESPACES)
    span = value(properties, "w:gridSpan")
    merge = properties.find("w:vMerge", NAMESPACES) if properties is not None else None
    said = f"(over {span}) " if span else ""
    said += {None: "", "restart": "(down) "}.get(None if merge is None else value(merge), "(from above)")
    return said + " / ".join(line for line in _blocks(package, path, element, ""))


def _inline(package: Package, path: str, element: Element) -> str:
    if element.tag == qualified("w:hyperlink"):
        words = "".join(_inline(package, path, child) for child in element)
        anchor = element.get(qualified("w:anchor"))
        target = f"#{anchor}" if anchor else package.targets(path)[element.get(qualified("r:id"), "")]
        return f"<{words} -> {target}>"
    if element.tag == qualified("w:commentRangeStart"):
        return "("
    if element.tag == qualified("w:commentRangeEnd"):
        return f")comment {element.get(qualified('w:id'))}"
    return _run(element) if element.tag == qualified("w:r") else ""


def _run(element: Element) -> str:
    properties = element.find("w:rPr", NAMESPACES)
    style = value(properties, "w:rStyle")
    by_hand = [name for name in _LOOKS if properties is not None and properties.find(name, NAMESPACES) is not None]
    text = "".join(_IN_RUNS[name](child) for child in element if (name := _local(child)) in _IN_RUNS)
    if by_hand:
        text = f"BY HAND {by_hand}: {text}"
    named = style and element.find("w:t", NAMESPACES) is not None and style not in _EVIDENT
    return f"{style}({text})" if named else text


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _field(element: Element) -> str:
    return {"begin": "[", "separate": "|", "end": "]"}[element.get(qualified("w:fldCharType"), "")]


def _footnote(element: Element) -> str:
    custom = element.get(qualified("w:customMarkFollows"))
    return f"^{element.get(qualified('w:id'))}{'=' if custom else ''}"


def _drawing(element: Element) -> str:
    described = next(element.iter(qualified("wp:docPr")))
    kinds = {"c:chart": "chart", "wpg:wgp": "shapes", "pic:pic": "picture"}
    kind = next(kind for name, kind in kinds.items() if next(element.iter(qualified(name)), None) is not None)
    words = " / ".join("".join(t.text or "" for t in p.iter(qualified("w:t"))) for p in element.iter(qualified("w:p")))
    return f"{{{kind}: {described.get('descr')}{f': {words}' if words else ''}}}"


def _alternatives(element: Element) -> str:
    return "".join(_drawing(found) for found in element.iter(qualified("w:drawing")))


_IN_RUNS: dict[str, Callable[[Element], str]] = {
    "t": lambda element: element.text or "",
    "tab": lambda _: "\t",
    "br": lambda _: "⏎",
    "fldChar": _field,
    "instrText": lambda element: (element.text or "").strip(),
    "footnoteReference": _footnote,
    "footnoteRef": lambda _: "^",
    "drawing": _drawing,
    "AlternateContent": _alternatives,
}
