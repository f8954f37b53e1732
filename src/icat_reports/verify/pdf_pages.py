"""In: the pages of a PDF that WeasyPrint wrote. Out: the words of each piece of marked content and where they stand.

The content streams are read as WeasyPrint writes them (ISO 32000-1, 9.4 and 14.6): glyphs as hexadecimal strings of
two bytes each, one text object for each line of a box. What a glyph says stands in the ToUnicode map of its font
(9.10.3), or, for what no map of glyphs can say, in the ActualText of its marked content (14.9.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf

from icat_reports.verify.bidi import in_order, seen_from_right
from icat_reports.verify.words import FROM_RIGHT, LINE_END, normal

_NUMBER = rb"[-+]?\d*\.?\d+"
_TOKEN = re.compile(
    rb"(?P<show>\[[^\]]*\])\s*TJ\b"
    rb"|(?P<matrix>(?:" + _NUMBER + rb"\s+){6})(?P<which>Tm|cm)\b"
    rb"|/(?P<font>\S+)\s+" + _NUMBER + rb"\s+Tf\b"
    rb"|/(?P<tag>\w+)\s+(?P<list><<.*?>>)\s*BDC\b"
    rb"|/\w+\s+(?P<plain>BMC)\b"
    rb"|/(?P<form>\S+)\s+Do\b"
    rb"|(?<![^\s])(?P<word>EMC|ET|q|Q)(?![^\s])",
    re.DOTALL,
)
_GLYPHS = re.compile(rb"<([0-9A-Fa-f]*)>")
_MCID = re.compile(rb"/MCID\s+(\d+)")
_FOLIO = re.compile(r"\d+|[ivxlcdm]+")

_SAME_LINE = 0.5
"""Points by which the base lines of one line may differ."""

Fonts = dict[tuple[int, int], Mapping[bytes, str]]
"""What the glyphs of each font say, by object."""
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


class Piece(NamedTuple):
    """Words in a line."""

    text: str
    x: float
    y: float
    """Of the base line, in points from the lower left corner of the page."""


@dataclass(slots=True)
class Page:
    """A page's words."""

    number: int
    """From 0."""
    label: str = ""
    """As the file names the page (12.4.2)."""
    folio: str = ""
    """As it is printed on the page, apart from the text."""
    contents: dict[int, list[Piece]] = field(default_factory=dict)
    """Pieces by MCID; none where the engine drew nothing for white space."""

    @property
    def place(self) -> str:
        """The page in words."""
        return f"page {self.label}" if self.label else f"sheet {self.number + 1}"


def pages(pdf: pikepdf.Pdf, *, rtl: bool) -> list[Page]:
    """Read all pages of a document of that direction."""
    labels = list(_labels(pdf))
    fonts: Fonts = {}
    return [_Reader(page, Page(number, labels[number]), fonts, rtl=rtl).read() for number, page in enumerate(pdf.pages)]


def goes_on(a: Piece, b: Piece) -> bool:
    """Whether a piece of a page goes on in the next, on one line and in the order of reading."""
    return abs(a.y - b.y) <= _SAME_LINE and not a.text.startswith(FROM_RIGHT) and not b.text.startswith(FROM_RIGHT)


def joined(pieces: list[Piece]) -> str:
    """The words of pieces, with the ends of lines between them."""
    parts: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        if before and not goes_on(before, piece):
            parts.append(LINE_END)
        parts.append(piece.text)
        before = piece
    return "".join(parts)


# ---------------------------------------------------------------- page numbers

_ROMANS = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _labels(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Labels of the pages in order (ISO 32000-1, 12.4.2)."""
    tree = pdf.Root.get("/PageLabels")
    flat = list(tree["/Nums"]) if tree is not None else []  # type: ignore[call-overload]
    ranges = {int(flat[at]): flat[at + 1] for at in range(0, len(flat), 2)}
    first, rule = 0, None
    for number in range(len(pdf.pages)):
        if number in ranges:
            first, rule = number, ranges[number]
        if rule is None:
            yield str(number + 1)
            continue
        count = int(rule.get("/St", 1)) + number - first
        style = str(rule.get("/S", ""))
        yield str(rule.get("/P", "")) + _styled(style, count)


def _styled(style: str, count: int) -> str:
    if style == "/D":
        return str(count)
    if style not in {"/r", "/R"}:
        return ""
    shown = ""
    for value, figures in _ROMANS:
        times, count = divmod(count, value)
        shown += figures * times
    return shown if style == "/r" else shown.upper()


# ---------------------------------------------------------------- content


class _Reader:
    """Reads the content of one page."""

    def __init__(self, source: pikepdf.Page, page: Page, fonts: Fonts, *, rtl: bool) -> None:
        self._source = source
        self._page = page
        self._fonts = fonts
        self._rtl = rtl
        self._matrix = _SAME
        self._text = _SAME
        self._saved: list[Matrix] = []
        self._glyphs: list[str] = []
        """What is shown in the text object that is going on."""
        self._open: list[_Marked] = []
        self._apart: list[str] = []
        """Words outside the text, such as running heads, one for each piece of content."""

    def read(self) -> Page:
        """Read it."""
        contents = self._source.obj["/Contents"]
        streams = contents if isinstance(contents, pikepdf.Array) else [contents]
        data = b"\n".join(stream.read_bytes() for stream in streams)  # type: ignore[union-attr]
        self._stream(data, self._source.obj.get("/Resources"))
        folios = [words for words in map(normal, self._apart) if _FOLIO.fullmatch(words)]
        self._page.folio = folios[-1] if folios else ""
        return self._page

    def _stream(self, data: bytes, resources: pikepdf.Object | None) -> None:
        names = {} if resources is None else {str(k)[1:].encode(): f for k, f in dict(resources.get("/Font", {})).items()}
        font: Mapping[bytes, str] = {}
        for token in _TOKEN.finditer(data):
            kind = token.lastgroup
            if kind == "show":
                self._show(token["show"], font)
            elif kind == "which":
                matrix = _matrix(token["matrix"])
                if token["which"] == b"Tm":
                    self._text = matrix
                else:
                    self._matrix = _times(matrix, self._matrix)
            elif kind == "font":
                font = self._font(names[token["font"]])
            elif kind in {"list", "plain"}:
                self._begin(_begin(token["list"]))
            elif kind == "form":
                self._form(token["form"], resources)
            else:
                self._word(token["word"])

    def _begin(self, marked: _Marked) -> None:
        self._open.append(marked)
        if marked.mcid is not None:
            self._page.contents.setdefault(marked.mcid, [])

    def _word(self, word: bytes) -> None:
        if word == b"ET":
            self._end_text()
        elif word == b"q":
            self._saved.append(self._matrix)
        elif word == b"Q" and self._saved:
            self._matrix = self._saved.pop()
        elif word == b"EMC" and self._open:
            ended = self._open.pop()
            if ended.mcid is None:
                self._apart.append("".join(ended.words))

    def _form(self, name: bytes, resources: pikepdf.Object | None) -> None:
        """A form is drawn where it is named (8.10)."""
        found = None if resources is None else resources.get("/XObject", {}).get(f"/{name.decode()}")
        if not isinstance(found, pikepdf.Stream) or found.get("/Subtype") != "/Form":
            return
        before = self._matrix
        if "/Matrix" in found:
            values = [float(v) for v in found["/Matrix"]]  # type: ignore[attr-defined, arg-type]
            self._matrix = _times((values[0], values[1], values[2], values[3], values[4], values[5]), before)
        self._stream(found.read_bytes(), found.get("/Resources"))
        self._matrix = before

    def _font(self, font: pikepdf.Object) -> Mapping[bytes, str]:
        """What the glyphs of a font say, by their two bytes in hexadecimal."""
        known = self._fonts.get(font.objgen)
        if known is None:
            source = font.get("/ToUnicode")
            known = _to_unicode(source.read_bytes()) if isinstance(source, pikepdf.Stream) else {}
            self._fonts[font.objgen] = known
        return known

    def _show(self, source: bytes, font: Mapping[bytes, str]) -> None:
        codes = b"".join(_GLYPHS.findall(source)).lower()
        self._glyphs += [font.get(codes[at : at + 4], "\ufffd") for at in range(0, len(codes), 4)]

    def _end_text(self) -> None:
        """A text object is a piece of a line, whatever its changes of font."""
        glyphs, self._glyphs = self._glyphs, []
        marked = self._open[-1] if self._open else None
        if not glyphs or marked is None:
            return
        if marked.mcid is None:
            marked.words.append("".join(glyphs))
            return
        words = self._words(glyphs)
        if marked.instead is not None:
            words, marked.instead = marked.instead, ""
        _, _, _, _, x, y = _times(self._text, self._matrix)
        self._page.contents[marked.mcid].append(Piece(words, x, y))

    def _words(self, glyphs: list[str]) -> str:
        if not self._rtl:
            return "".join(glyphs)
        words = in_order(glyphs)
        return f"{FROM_RIGHT}{seen_from_right(glyphs)}" if words is None else words


@dataclass(slots=True)
class _Marked:
    """Marked content that is going on."""

    mcid: int | None
    instead: str | None = None
    """Its ActualText; empty once it was taken."""
    words: list[str] = field(default_factory=list)


def _begin(properties: bytes | None) -> _Marked:
    if properties is None:
        return _Marked(None)
    mcid = _MCID.search(properties)
    instead = None
    if b"/ActualText" in properties:
        instead = str(pikepdf.Object.parse(properties).get("/ActualText", ""))
    return _Marked(int(mcid[1]) if mcid else None, instead)


def _matrix(source: bytes) -> Matrix:
    a, b, c, d, e, f = map(float, source.split())
    return (a, b, c, d, e, f)


def _times(m: Matrix, n: Matrix) -> Matrix:
    """The transformation `m`, then `n` (8.3.3)."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _to_unicode(data: bytes) -> dict[bytes, str]:
    """A ToUnicode map of single glyphs and of ranges (9.10.3)."""
    found: dict[bytes, str] = {}
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in re.findall(rb"<(\w+)>\s*<(\w*)>", section):
            found[code.lower()] = _utf16(text)
    for section in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", section):
            start = int(text, 16)
            for at in range(int(first, 16), int(last, 16) + 1):
                found[f"{at:04x}".encode()] = chr(start + at - int(first, 16))
    return found


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
