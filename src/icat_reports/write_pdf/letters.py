"""In: a line of Arabic being drawn by WeasyPrint 70. Out: the same look, with one code in the PDF for each letter.

A font joins Arabic letters in ligatures, and draws one letter with several glyphs that it shares with others. The engine
gives a glyph one meaning in the whole file, so that words lose letters when they are searched, copied or read aloud; and
programs that read from the right turn a ligature's letters round. So what one letter or ligature looks like is put
together in one glyph of its own, in the embedded font: that glyph means the last of its letters, and glyphs without ink
after it mean the others. Bidirectional text has its codes from left to right (ISO 32000-1, 14.8.2.3.3).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import groupby, pairwise
from typing import Any
from unicodedata import bidirectional, mirrored

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from msgspec import Struct, field
from weasyprint.logger import LOGGER
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from icat_reports.write_pdf.foreign import Box, Font, GlyphItem, Stream

Draw = Callable[..., list[Any]]
"""Draws a text box and gives the pictures in it."""

Ink = tuple[tuple[int, int, int], ...]
"""Glyphs and where they stand, x and y in units of the font, from the origin of what they make."""

_SPARE = 256
"""Codes after a font's own that are left to the engine, for characters that no font has."""
_NEAREST = 130
"""Thousandths of the size of type between two codes of one cluster: nearer, poppler takes them for one printed twice."""
_SIMPLE = 0x0004 | 0x0002
"""ROUND_XY_TO_GRID and ARGS_ARE_XY_VALUES (OpenType 1.9, glyf)."""


class _Cluster(Struct, frozen=True):
    """What is shaped together: letters in order of reading, and glyphs from left to right."""

    letters: str
    """Empty for what is not shown, such as a joiner of no width."""
    ink: Ink
    natural: int
    """As its glyphs are wide by themselves, in units of the font."""
    advance: int
    """As it is wide in this line, kerned and justified."""

    @property
    def is_own(self) -> bool:
        """Whether a glyph of the font looks so as it is: one for one letter, or a space, however wide it is made."""
        whole = len(self.ink) == 1 and self.ink[0][1:] == (0, 0)
        return whole and (self.letters == " " or self.natural == self.advance)

    def beside(self, other: _Cluster) -> _Cluster:
        """This and what stands right of it, as one; what stands right is read first."""
        moved = tuple((glyph, x + self.advance, y) for glyph, x, y in other.ink)
        return _Cluster(
            other.letters + self.letters, self.ink + moved, self.natural + other.natural, self.advance + other.advance
        )


class _Codes(Struct):
    """Glyphs that are added to one font."""

    font: Font
    made: dict[tuple[Ink, int, str], int] = field(default_factory=dict)

    def own(self, cluster: _Cluster, meaning: str) -> int | None:
        """The font's own glyph for a cluster, where it has no other meaning."""
        glyph = cluster.ink[0][0]
        if self.font.to_unicode.setdefault(glyph, meaning) != meaning:
            return None
        self.font.widths[glyph] = _thousandths(self.font, cluster.natural)
        return glyph

    def code(self, ink: Ink, advance: int, meaning: str) -> int:
        """The code for this ink with this meaning."""
        font = self.font
        first = font.glyph_count + _SPARE
        code = self.made.setdefault((ink, advance, meaning), first + len(self.made))
        font.to_unicode[code] = meaning
        font.widths[code] = _thousandths(font, advance)
        return code

    def clean(self, theirs: Callable[..., None], to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001
        """Cut the font to what is used, as the engine does, and add our glyphs; stands in for `Font.clean`."""
        parts = {part[0] for ink, _, _ in self.made for part in ink}
        ours = set(self.made.values())
        theirs(dict.fromkeys(sorted(parts | to_unicode.keys() - ours), ""), hinting)
        if self.made:
            self.font.file_content = _with_glyphs(self.font.file_content, self.made)


def keep_letters(theirs: Draw) -> Draw:
    """Make the function that stands in for `weasyprint.draw.text.draw_first_line`."""

    def draw_line(stream: Stream, textbox: Box, text_overflow: str, block_ellipsis: str, matrix: Any) -> list[Any]:  # noqa: ANN401
        whole = text_overflow != "ellipsis" and block_ellipsis == "none"
        runs = [*_runs(stream, textbox)] if whole and _is_from_right(textbox) else []
        if not runs or any(font.type != "ttf" for _, font, _ in runs):
            return theirs(stream, textbox, text_overflow, block_ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        text = textbox.pango_layout.text.encode()
        for item, font, size in runs:
            stream.set_font_size(font.hash, size)
            clusters = _clusters(item, text, stream, font, size)
            shown = _shown(_codes(stream, font), clusters, from_right=bool(item.item.analysis.level % 2))
            stream.show_text("".join(shown))
        return []

    return draw_line


def _is_from_right(textbox: Box) -> bool:
    """Whether there are letters from the right, or brackets among such: a glyph of these means its counterpart."""
    text = textbox.pango_layout.text
    if text.isascii():
        return textbox.style["direction"] == "rtl" and any(map(mirrored, text))
    return any(bidirectional(c) in {"R", "AL"} for c in text)


def _runs(stream: Stream, textbox: Box) -> Iterator[tuple[GlyphItem, Font, float]]:
    """Runs of a line from left to right, each of one font and direction, with the font and its size."""
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, 1)
    line, _ = textbox.pango_layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data, *stream.add_font(run.data.item.analysis.font)
        run = run.next


def _codes(stream: Stream, font: Font) -> _Codes:
    """The codes of a font; the engine may know one file by several objects."""
    first = next(other for other in stream._fonts.values() if other.hash == font.hash)  # noqa: SLF001
    codes: _Codes | None = getattr(first, "codes", None)
    if codes is None:
        codes = first.codes = _Codes(first)
        first.clean = partial(codes.clean, first.clean)
    return codes


def _clusters(item: GlyphItem, text: bytes, stream: Stream, font: Font, size: float) -> Iterator[_Cluster]:
    """Clusters from left to right."""
    glyphs, length, offset = item.glyphs, item.item.length, item.item.offset
    starts = [int(glyphs.log_clusters[at]) for at in range(glyphs.num_glyphs)]
    ends = dict(pairwise([*sorted(set(starts)), length]))
    scale = FROM_UNITS * font.upem / size
    for start, places in groupby(range(glyphs.num_glyphs), starts.__getitem__):
        letters = text[offset + start : offset + ends[start]].decode()
        ink, pen, natural = [], 0, 0
        for info in (glyphs.glyphs[at] for at in places):
            x, y = pen + info.geometry.x_offset, info.geometry.y_offset
            pen += info.geometry.width
            if info.glyph == pango.PANGO_GLYPH_EMPTY:
                letters = ""
            elif info.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                LOGGER.warning('no font has a glyph for "%s"', letters)
            else:
                pango.pango_font_get_glyph_extents(
                    item.item.analysis.font, info.glyph, stream.ink_rect, stream.logical_rect
                )
                natural += stream.logical_rect.width
                ink.append((info.glyph, round(x * scale), round(-y * scale)))
        yield _Cluster(letters, tuple(ink), round(natural * scale), round(pen * scale))


def _apart(clusters: Iterator[_Cluster], font: Font) -> list[_Cluster]:
    """Clusters from right to left with marks and what else stands over a letter as one with it, from left to right."""
    least = _NEAREST * font.upem // 1000
    apart: list[_Cluster] = []
    for cluster in clusters:
        if (
            apart
            and apart[-1].advance < least * len(apart[-1].letters)
            and " " not in apart[-1].letters + cluster.letters
        ):
            apart[-1] = apart[-1].beside(cluster)
        else:
            apart.append(cluster)
    return apart


def _shown(codes: _Codes, clusters: Iterator[_Cluster], *, from_right: bool) -> Iterator[str]:
    """What the operator TJ shows: codes, and moves between them in thousandths of the size of type, to the left."""
    font = codes.font
    for cluster in _apart(clusters, font) if from_right else clusters:
        meanings = ([*reversed(cluster.letters)] if from_right else [cluster.letters]) if cluster.letters else []
        width, at = cluster.natural if cluster.is_own else cluster.advance, 0
        code = codes.own(cluster, meanings[0]) if cluster.is_own and len(meanings) == 1 else None
        if len(meanings) > 1:
            width = max(width // len(meanings), _NEAREST * font.upem // 1000)
        for place, meaning in enumerate(meanings):
            at += _thousandths(font, width)
            yield f"<{codes.code(() if place else cluster.ink, width, meaning) if code is None else code:04x}>"
        yield from _move(at - _thousandths(font, cluster.advance))


def _move(by: int) -> Iterator[str]:
    if by:
        yield f" {by} "


def _thousandths(font: Font, units: int) -> int:
    return round(units * 1000 / float(font.upem))


def _with_glyphs(source: bytes, made: Mapping[tuple[Ink, int, str], int]) -> bytes:
    """A TrueType font with glyphs put together from its own."""
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    names = [f"glyph{at:05d}" for at in range(max(made.values()) + 1)]
    old = font.getGlyphOrder()
    names[: len(old)] = old
    table, metrics = font["glyf"], font["hmtx"].metrics
    for name in names[len(old) :]:
        table.glyphs[name] = Glyph()
        metrics[name] = (0, 0)
    font.setGlyphOrder(names)
    table.setGlyphOrder(names)
    for (ink, width, _), code in made.items():
        glyph = table.glyphs[names[code]] = _glyph(ink, names)
        glyph.recalcBounds(table)
        metrics[names[code]] = (width, getattr(glyph, "xMin", 0))
    font["post"].formatType = 3
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _glyph(ink: Ink, names: list[str]) -> Any:  # noqa: ANN401
    glyph = Glyph()
    if not ink:
        return glyph
    glyph.numberOfContours = -1
    glyph.components = []
    for place, x, y in ink:
        part = GlyphComponent()
        part.glyphName, part.x, part.y, part.flags = names[place], x, y, _SIMPLE
        glyph.components.append(part)
    return glyph
