"""In: a PDF that WeasyPrint wrote. Out: the words of each piece of marked content and where they stand.

The content streams are read as WeasyPrint writes them (ISO 32000-1, 9.4 and 14.6): glyphs as hexadecimal strings of
two bytes each, one text object for each line of a box. What a glyph says stands in the ToUnicode map of its font
(9.10.3), or, for what no map of glyphs can say, in the ActualText of its marked content (14.9.4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pikepdf
from msgspec import Struct, field

from icat_reports.verify.bidi import in_order, seen_from_right
from icat_reports.verify.pdf_labels import page_labels
from icat_reports.verify.pdf_pages import Page, Piece
from icat_reports.verify.words import FROM_RIGHT, normal

_NUMBER = rb"[-+]?\d*\.?\d+"
_TOKEN = re.compile(
    rb"(?P<show>\[[^\]]*\])\s*TJ\b"
    rb"|(?P<matrix>(?:" + _NUMBER + rb"\s+){6})(?P<which>Tm|cm)\b"
    rb"|/(?P<font>\S+)\s+" + _NUMBER + rb"\s+Tf\b"
    rb"|/\w+\s+(?P<list><<.*?>>)\s*BDC\b"
    rb"|/\w+\s+(?P<plain>BMC)\b"
    rb"|/(?P<form>\S+)\s+Do\b"
    rb"|(?<!\S)(?P<word>EMC|ET|q|Q)(?!\S)",
    re.DOTALL,
)
_GLYPHS = re.compile(rb"<([0-9A-Fa-f]*)>")
_GLYPH = 4
"""Hexadecimal figures of a glyph."""
_MCID = re.compile(rb"/MCID\s+(\d+)")
_FOLIO = re.compile(r"\d+|[ivxlcdm]+")
_UNKNOWN = "\ufffd"

Font = Mapping[bytes, str]
"""What each glyph of a font says, by its figures."""
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


def read_pages(pdf: pikepdf.Pdf, *, rtl: bool) -> list[Page]:
    """Read all pages of a document of that direction."""
    fonts: dict[tuple[int, int], Font] = {}
    labels = page_labels(pdf)
    return [
        _Reader(page, Page(number, label), fonts, rtl=rtl).read()
        for number, (page, label) in enumerate(zip(pdf.pages, labels, strict=True))
    ]


class _Marked(Struct):
    """Marked content that is going on."""

    mcid: int | None
    """None for what is no part of the text, such as a running head."""
    instead: str | None = None
    """Its ActualText; empty once it was taken."""
    words: list[str] = field(default_factory=list)
    """Of content that is no part of the text."""


class _Reader:
    """Reads the content of one page."""

    def __init__(self, source: pikepdf.Page, page: Page, fonts: dict[tuple[int, int], Font], *, rtl: bool) -> None:
        self._source = source
        self._page = page
        self._fonts = fonts
        self._rtl = rtl
        self._matrix = _SAME
        self._saved: list[Matrix] = []
        self._text = _SAME
        self._glyphs: list[str] = []
        """What is shown in the text object that is going on."""
        self._open: list[_Marked] = []
        self._apart: list[str] = []
        """Words that are no part of the text, one for each piece of content."""

    def read(self) -> Page:
        """Read it."""
        contents = self._source.obj["/Contents"]
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        data = b"\n".join(stream.read_bytes() for stream in streams)
        self._stream(data, self._source.obj.get("/Resources"))
        folios = [words for words in map(normal, self._apart) if _FOLIO.fullmatch(words)]
        self._page.folio = folios[-1] if folios else ""
        return self._page

    def _stream(self, data: bytes, resources: pikepdf.Object | None) -> None:
        fonts = _named(resources, "/Font")
        font: Font = {}
        for token in _TOKEN.finditer(data):
            kind = token.lastgroup
            if kind == "show":
                self._show(token["show"], font)
            elif kind == "which":
                self._place(_matrix(token["matrix"]), token["which"])
            elif kind == "font":
                font = self._font(fonts[token["font"]])
            elif kind in {"list", "plain"}:
                self._begin(_marked(token["list"]))
            elif kind == "form":
                self._form(_named(resources, "/XObject").get(token["form"]))
            else:
                self._word(token["word"])

    def _place(self, matrix: Matrix, which: bytes) -> None:
        if which == b"Tm":
            self._text = matrix
        else:
            self._matrix = _times(matrix, self._matrix)

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

    def _form(self, form: pikepdf.Object | None) -> None:
        """A form is drawn where it is named (8.10)."""
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form":
            return
        before = self._matrix
        if "/Matrix" in form:
            a, b, c, d, e, f = map(float, form["/Matrix"])
            self._matrix = _times((a, b, c, d, e, f), before)
        self._stream(form.read_bytes(), form.get("/Resources"))
        self._matrix = before

    # ------------------------------------------------------------ words

    def _begin(self, marked: _Marked) -> None:
        self._open.append(marked)
        if marked.mcid is not None:
            self._page.contents.setdefault(marked.mcid, [])

    def _show(self, source: bytes, font: Font) -> None:
        codes = b"".join(_GLYPHS.findall(source)).lower()
        self._glyphs += [font.get(codes[at : at + _GLYPH], _UNKNOWN) for at in range(0, len(codes), _GLYPH)]

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

    def _font(self, font: pikepdf.Object) -> Font:
        known = self._fonts.get(font.objgen)
        if known is None:
            source = font.get("/ToUnicode")
            known = _to_unicode(source.read_bytes()) if isinstance(source, pikepdf.Stream) else {}
            self._fonts[font.objgen] = known
        return known


def _named(resources: pikepdf.Object | None, kind: str) -> dict[bytes, pikepdf.Object]:
    """Resources of a kind by the names that content gives them (7.8.3)."""
    found = None if resources is None else resources.get(kind)
    return {} if found is None else {str(name)[1:].encode(): value for name, value in found.items()}


def _marked(properties: bytes | None) -> _Marked:
    if properties is None:
        return _Marked(None)
    mcid = _MCID.search(properties)
    instead = None
    if b"/ActualText" in properties:
        instead = str(pikepdf.Object.parse(properties)["/ActualText"])
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


# ---------------------------------------------------------------- fonts


def _to_unicode(data: bytes) -> Font:
    """A ToUnicode map of single glyphs and of ranges (9.10.3)."""
    found: dict[bytes, str] = {}
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        found |= {code.lower(): _utf16(text) for code, text in re.findall(rb"<(\w+)>\s*<(\w*)>", section)}
    for section in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", section):
            start = int(first, 16)
            codes = range(start, int(last, 16) + 1)
            found |= {f"{code:04x}".encode(): chr(int(text, 16) + code - start) for code in codes}
    return found


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
