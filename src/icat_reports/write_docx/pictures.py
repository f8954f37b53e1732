"""In: an image file of the project. Out: a picture in a line of text (ECMA-376 part 1, 20.2).

Word shows PNG and JPEG everywhere. It shows SVG since 2016, and asks for a picture that older readers show instead:
the PNG of the same name beside it, or an empty one.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from pathlib import PurePosixPath

from lxml import etree

from icat_reports.document.nodes import Image
from icat_reports.ooxml.namespaces import NAMESPACES
from icat_reports.ooxml.package import Part
from icat_reports.ooxml.units import emu
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.drawing import inline_drawing

_PIXEL = 0.75
"""Points; CSS Values 3, 6.2."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of frame headers (ITU-T T.81, table B.1)."""
_LENGTH = re.compile(r"\d+\.?\d*|\.\d+")
_GAP = re.compile(r"[\s,]+")
"""Between the numbers of a view box (SVG 2, 8.6)."""
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def picture(build: Build, name: str, image: Image, alt: str = "") -> str:
    """The drawing of an image, no wider than the measure; nothing when the project has no such file."""
    data = build.assets.get(image.src)
    if data is None:
        return ""
    size = fit(natural_size(image.src, data), build.measure)
    if PurePosixPath(image.src).suffix == ".svg":
        fallback = build.assets.get(f"{image.src.removesuffix('.svg')}.png", EMPTY_PNG)
        blip = _svg_blip(_embed(build, fallback, "png"), _embed(build, data, "svg"))
    else:
        kind = "jpeg" if data.startswith(b"\xff\xd8") else "png"
        blip = f'<a:blip r:embed="{_embed(build, data, kind)}"/>'
    number = build.drawing()
    width, height = (emu(length) for length in size)
    graphic = (
        f'<a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/>'
        f"<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>{blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    )
    return inline_drawing(number, name, alt, size, graphic, decorative=image.decorative)


def _embed(build: Build, data: bytes, kind: str) -> str:
    """The relationship to an image's part; the same bytes are one part."""
    known = next((part for part in build.parts if part.data == data), None)
    if known is None:
        count = sum(part.path.startswith("word/media/") for part in build.parts) + 1
        known = Part(f"word/media/image{count}.{kind}", kind, data)
        build.parts.append(known)
    return build.main.relationships.to("image", known.path.removeprefix("word/"))


def _svg_blip(fallback: str, svg: str) -> str:
    return (
        f'<a:blip r:embed="{fallback}"><a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{svg}"/></a:ext></a:extLst></a:blip>'
    )


def fit(size: tuple[float, float], measure: float) -> tuple[float, float]:
    """A size in points made no wider than the measure."""
    width, height = size
    scale = min(1.0, measure / width)
    return width * scale, height * scale


def natural_size(name: str, data: bytes) -> tuple[float, float]:
    """Width and height in points; raises ValueError for what is none of PNG, JPEG and SVG."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack(">II", data[16:24])  # PNG 11.2.1
    elif data.startswith(b"\xff\xd8"):
        width, height = _jpeg_size(data)
    elif PurePosixPath(name).suffix == ".svg":
        width, height = _svg_size(data)
    else:
        message = f"{name} is none of PNG, JPEG and SVG"
        raise ValueError(message)
    return width * _PIXEL, height * _PIXEL


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Samples per line and lines, from the frame header (ITU-T T.81, B.2.2)."""
    place = 2
    while place + 9 < len(data):
        marker, length = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])[0]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + length
    message = "a JPEG file without a frame"
    raise ValueError(message)


def _svg_size(data: bytes) -> tuple[float, float]:
    """Width and height of the root element in pixels, or else those of its view box (SVG 2, 8.2)."""
    _, root = next(etree.iterparse(io.BytesIO(data), ("start",), resolve_entities=False, no_network=True))
    box = _GAP.split(root.get("viewBox", "").strip())
    for sides in ([root.get(side, "").removesuffix("px") for side in ("width", "height")], box[2:]):
        width, height = (float(side) if _LENGTH.fullmatch(side) else 0.0 for side in (*sides, "", "")[:2])
        if width and height:
            return width, height
    message = "an SVG file without a size"
    raise ValueError(message)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


EMPTY_PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 4, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\0\0"))
    + _chunk(b"IEND", b"")
)
"""A picture of one transparent point."""
