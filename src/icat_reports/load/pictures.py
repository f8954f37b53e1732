"""In: a picture's file. Out: whether it can be shown in a PDF, in Word and on a web page, or a finding that says why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from icat_reports.diagnostics import Sink, Span

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#|data:)|@import", re.IGNORECASE)
_BOX = re.compile(r"\s*-?[\d.]+[\s,]+-?[\d.]+[\s,]+0*[.\d]*[1-9][\d.]*[\s,]+0*[.\d]*[1-9][\d.]*\s*")
_PIXELS = re.compile(r"0*[.\d]*[1-9][\d.]*(px)?")


def is_picture(file: str, data: bytes, sink: Sink) -> bool:
    """Whether `data` is a picture of the kind that the file's name says; findings go to `sink`."""
    kind = _KINDS.get(PurePosixPath(file).suffix.lower())
    if kind is None:
        sink.error("picture-known", "this is no kind of picture that a publication can show", Span(file),
                   "save it as SVG, PNG or JPEG; keep other files elsewhere")  # fmt: skip
        return False
    found = list(kind(data))
    for place, problem in found:
        sink.error(
            "picture-sound",
            problem,
            Span(file, *place),
            "save it anew, as plain SVG without scripts and links, as PNG or as JPEG",
        )
    return not found


_Found = Iterator[tuple[tuple[int, int], str]]
"""Line and column, 0 where they are not known, and what is wrong there."""


def _svg(data: bytes) -> _Found:
    from lxml import etree  # noqa: PLC0415 - most commands read no picture

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        yield error.position, f"this is not an SVG picture: {error.msg.partition(', line')[0]}"
        return
    if root.tag != f"{_SVG}svg":
        yield _line(root), "this is not an SVG picture: it begins with another element than `svg`"
        return
    sized = all(_PIXELS.fullmatch(root.get(side, "")) for side in ("width", "height"))
    if not sized and not _BOX.fullmatch(root.get("viewBox", "")):
        yield _line(root), "the picture does not say how large it is (`viewBox`, or `width` and `height`)"
    for node in root.iter():
        if problem := _problem(node):
            yield _line(node), problem


def _line(node: object) -> tuple[int, int]:
    """Where an element begins."""
    return int(getattr(node, "sourceline", 0) or 1), 0


def _problem(node: object) -> str:
    """Why an element of an SVG picture cannot be shown everywhere; empty when it can."""
    tag, attributes = getattr(node, "tag", ""), getattr(node, "attrib", {})
    if not isinstance(tag, str):  # a comment, or an entity that the file defines itself
        return "the picture defines entities of its own" if getattr(node, "name", None) else ""
    if tag == f"{_SVG}script" or any(name.startswith("on") for name in attributes):
        return "the picture holds a script"
    if tag == f"{_SVG}style" and _OUTSIDE.search(getattr(node, "text", None) or ""):
        return "the picture is not whole: it asks for another file"
    linked = [attributes[name] for name in _HREF if name in attributes and tag != f"{_SVG}a"]
    if any(not link.startswith(("#", "data:")) for link in linked) or any(map(_OUTSIDE.search, attributes.values())):
        return "the picture is not whole: it asks for another file"
    return ""


def _png(data: bytes) -> _Found:
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or not data.rstrip(b"\0").endswith(b"IEND\xaeB`\x82"):
        yield (0, 0), "this is not a whole PNG picture"


def _jpeg(data: bytes) -> _Found:
    if not data.startswith(b"\xff\xd8") or b"\xff\xd9" not in data[-64:]:
        yield (0, 0), "this is not a whole JPEG picture"


_KINDS: Mapping[str, Callable[[bytes], _Found]] = {".svg": _svg, ".png": _png, ".jpg": _jpeg, ".jpeg": _jpeg}
