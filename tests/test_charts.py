"""Drawings of charts: what is written in them, that nothing overlaps, and how they turn with the language."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations, pairwise

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from tests import making, sample

from icat_reports.document import nodes as n
from icat_reports.faces import families
from icat_reports.fonts import FONT_SETS
from icat_reports.language import LANGUAGES, Language
from icat_reports.measure import Measure
from icat_reports.write_html import write_html
from icat_reports.write_html.chart import even_lines
from icat_reports.write_html.drawing import contrast, mix
from icat_reports.write_pdf import write_pdf

CODES = ("en", "ar", "zh")
SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = Measure(families(FONT_SETS["sans"], LANGUAGES["en"]), 9)


def drawing(code: str, body: n.Chart | n.RegionMap, language: Language | None = None) -> etree._Element:
    """The drawing of a chart in a publication of the language, or of one like it, in print."""
    document = sample.document(code)
    figure = n.Figure("drawn", (n.Text("Drawn"),), body, "What it shows.")
    section = n.Section("only", n.Heading((n.Text("Only"),)), (figure,))
    alone = replace(document, divisions=(n.Division("body", (section,)),), notes=())
    resolved = making.resolved(alone, code)
    text = write_html(resolved, sample.theme(), language or LANGUAGES[code], medium="print")
    found = re.search(r"<svg.*?</svg>", text, re.DOTALL)
    assert found
    return etree.fromstring(found[0])


LABELS = {
    "en": ("Identification and protection of victims and of other vulnerable persons", "Data", "Children"),
    "ar": ("تحديد هوية الضحايا وغيرهم من الأشخاص المستضعفين وحمايتهم ومساعدتهم", "البيانات", "الأطفال"),
    "zh": ("识别和保护受害人及其他弱势人员并提供持续援助和赔偿的各项措施", "数据", "儿童"),
}


def bars(code: str) -> n.Chart:
    """A bar chart with a long label and a gap."""
    return n.Chart("bar", LABELS[code], (n.Series("x", (17, None, 21)),), "unit")


def grouped(code: str) -> n.Chart:
    """A bar chart of two series, with a gap in one."""
    series = (n.Series(LABELS[code][1], (17, None, 21)), n.Series(LABELS[code][2], (3, 8, 0)))
    return n.Chart("bar", LABELS[code], series, "unit")


def stacked(code: str) -> n.Chart:
    """A stacked chart of three series, one value too small for its bar."""
    series = (n.Series(LABELS[code][0], (40, 1, 9)), n.Series("two", (3, 2, 1)), n.Series("three", (1, 30, 2)))
    return n.Chart("stacked", LABELS[code], series, "unit")


def matrix(code: str) -> n.Chart:
    """Many narrow columns, whose heads must stand upright."""
    columns = tuple(f"{LABELS[code][1]} number {i}" for i in range(20))
    return n.Chart("matrix", columns, tuple(n.Series(w, tuple(float(i % 2) for i in range(20))) for w in LABELS[code]))


def regions(code: str) -> n.RegionMap:
    """The map, one value unknown."""
    ids = ("africa", "americas", "asia-pacific", "europe-central-asia", "middle-east")
    names = sample.TEXTS[code].regions
    values = (12, 7, 18, 15, None)
    rows = (n.Region(i, name, v) for i, name, v in zip(ids, names, values, strict=True))  # type: ignore[arg-type]
    return n.RegionMap(tuple(rows), "unit")


KINDS: dict[str, Callable[[str], n.Chart | n.RegionMap]] = {
    "bars": bars,
    "grouped": grouped,
    "stacked": stacked,
    "matrix": matrix,
    "regions": regions,
}


@dataclass(frozen=True)
class Label:
    """Words and the rectangle that they take."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Label) -> bool:
        """Whether two share more than an edge."""
        return (
            self.left < other.right - 0.2
            and other.left < self.right - 0.2
            and self.top < other.bottom - 0.2
            and other.top < self.bottom - 0.2
        )


def labels(root: etree._Element, code: str) -> list[Label]:
    """All words of a drawing with their places; upright ones turned as they are drawn."""
    found = []
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size") or root.get("font-size") or 0)
        bold = text.get("font-weight") == "bold"
        measure = Measure(families(FONT_SETS["sans"], LANGUAGES[code]), size, bold)
        words, x, y = text.text or "", float(text.get("x") or 0), float(text.get("y") or 0)
        width = measure.width(words)
        anchor, direction = text.get("text-anchor", "start"), text.get("direction", "ltr")
        before = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        left = (before if direction == "ltr" else 1 - before) * width
        if text.get("transform"):
            found.append(Label(words, x - size * 0.75, y - width + left, x + size * 0.2, y + left))
        else:
            found.append(Label(words, x - left, y - size * 0.75, x - left + width, y + size * 0.2))
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", CODES)
def test_no_label_overlaps_another_or_leaves_the_drawing(code: str, kind: str) -> None:
    """Labels are measured and broken."""
    root = drawing(code, KINDS[kind](code))
    found = labels(root, code)
    assert found
    assert [(a.words, b.words) for a, b in combinations(found, 2) if a.meets(b)] == []
    _, _, width, height = map(float, str(root.get("viewBox")).split())
    outside = [f for f in found if f.left < -0.5 or f.right > width + 0.5 or f.top < -2 or f.bottom > height + 0.5]
    assert outside == []


@pytest.mark.parametrize("code", CODES)
def test_each_bar_has_its_value_and_a_gap_says_so(code: str) -> None:
    """Colour and length are never the only sign."""
    words = [label.words for label in labels(drawing(code, bars(code)), code)]
    assert {"17", "21", sample.shared_words(code)["no-value"]} <= set(words)
    boxes = [float(r.get("width") or 0) for r in drawing(code, bars(code)).iter(f"{SVG}rect")]
    assert len(boxes) == 2
    assert boxes[0] / boxes[1] == pytest.approx(17 / 21, rel=1e-3)


def test_bars_of_several_series_stand_in_groups_by_colour() -> None:
    """Each series has one colour, told in the legend; each bar has its value; groups do not run into each other."""
    root = drawing("en", grouped("en"))
    words = [label.words for label in labels(root, "en")]
    assert {"17", "21", "3", "8", "0", sample.shared_words("en")["no-value"], *LABELS["en"][1:]} <= set(words)
    legend, bars_ = list(root.iter(f"{SVG}rect"))[:2], list(root.iter(f"{SVG}rect"))[2:]
    assert [bar.get("fill") for bar in bars_] == [legend[0].get("fill")] * 2 + [legend[1].get("fill")] * 3
    places = sorted((float(bar.get("y") or 0), float(bar.get("height") or 0)) for bar in bars_)
    assert all(y + height < below for (y, height), (below, _) in pairwise(places))


def test_a_matrix_of_the_same_names_tints_where_they_meet() -> None:
    """No one has an agreement with itself: the cell is no gap."""
    names = LABELS["en"][1:]
    rows = tuple(n.Series(name, tuple(float(name != other) for other in names)) for name in names)
    root = drawing("en", n.Chart("matrix", names, rows, "unit"))
    assert len(list(root.iter(f"{SVG}rect"))) == len(list(root.iter(f"{SVG}circle"))) == len(names)


def test_stacked_bars_tell_parts_that_have_room_and_sums() -> None:
    """A value stands in its part where it fits; the sum stands after the bar."""
    words = [label.words for label in labels(drawing("en", stacked("en")), "en")]
    assert [words.count(sum_) for sum_ in ("44", "33", "12")] == [1, 1, 1]
    assert {"40", "30"} <= set(words)


@pytest.mark.parametrize("kind", ["bars", "grouped", "stacked", "matrix"])
def test_charts_are_mirrored_where_text_runs_from_right_to_left(kind: str) -> None:
    """Each shape stands as far from the right edge as it stood from the left one."""
    left = drawing("en", KINDS[kind]("en"))
    right = drawing("en", KINDS[kind]("en"), replace(LANGUAGES["en"], direction="rtl"))
    width = float(str(left.get("viewBox")).split()[2])
    pairs = list(zip(left.iter(f"{SVG}rect", f"{SVG}circle"), right.iter(f"{SVG}rect", f"{SVG}circle"), strict=True))
    assert len(pairs) > 1
    for one, two in pairs:
        at = "x" if "x" in one.attrib else "cx"
        inner = float(one.get("width") or 0)
        assert float(two.get(at) or 0) == pytest.approx(width - float(one.get(at) or 0) - inner, abs=0.02)
    assert all(text.get("direction") == "rtl" for text in right.iter(f"{SVG}text"))
    assert not any(text.get("direction") for text in left.iter(f"{SVG}text"))


@pytest.mark.parametrize("code", CODES)
def test_west_is_on_the_left_of_the_map_in_every_language(code: str) -> None:
    """A map is not mirrored; its tiles do not touch."""
    root = drawing(code, regions(code))
    tiles = [tuple(float(r.get(k) or 0) for k in ("x", "y", "width", "height")) for r in root.iter(f"{SVG}rect")]
    africa, americas, asia, _, _ = tiles
    assert americas[0] < africa[0] < asia[0]
    boxes = [Label("", x, y, x + w, y + h) for x, y, w, h in tiles]
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))


@given(st.floats(0, 1))
def test_words_on_a_tile_can_be_read(share: float) -> None:
    """Contrast of 4.5 to 1 at least between words and any tint (WCAG 2.2, 1.4.3)."""
    theme = sample.theme()
    fill = mix(theme.colour("accent-light"), theme.colour("accent"), share)
    assert _ratio(fill, contrast(fill, theme)) >= 4.5


def _ratio(a: str, b: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("code", CODES)
def test_a_drawing_says_what_it_is_and_what_it_shows(code: str) -> None:
    """The title is the caption with its number; in print the description tells the data too."""
    root = drawing(code, bars(code))
    assert root.findtext(f"{SVG}title", "").endswith("Drawn")
    told = root.findtext(f"{SVG}desc", "")
    assert told.startswith("What it shows.")
    assert f"{LABELS[code][2]}: 21" in told
    assert "stroke-dasharray" not in etree.tostring(root, encoding="unicode")


# ---------------------------------------------------------------- measuring


def test_widths_are_those_of_the_font_files() -> None:
    """Carlito has Calibri's widths: 1,038 units of 2,048 for a figure; ideographs are square."""
    assert ENGLISH.width("0") == pytest.approx(9 * 1038 / 2048)
    assert ENGLISH.width("人口") == 18


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=12), st.floats(10, 200))
def test_lines_hold_all_words_and_fit_but_for_single_words(words: list[str], width: float) -> None:
    """Breaking loses nothing; a line too wide is one word."""
    lines = ENGLISH.lines(" ".join(words), width)
    assert " ".join(lines).split() == words
    assert all(ENGLISH.width(line) <= width or " " not in line for line in lines)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=12), st.floats(10, 200))
def test_lines_of_a_label_are_as_few_as_can_be_and_then_as_even(words: list[str], width: float) -> None:
    """No more lines than they need, and none that could be shorter."""
    few, even = ENGLISH.lines(" ".join(words), width), even_lines(ENGLISH, " ".join(words), width)
    longest = max(map(ENGLISH.width, even))
    assert " ".join(even).split() == words
    assert len(even) == len(few)
    assert longest <= max(map(ENGLISH.width, few))
    tried = ENGLISH.lines(" ".join(words), longest - 0.02)
    assert len(tried) > len(even) or max(map(ENGLISH.width, tried)) >= longest


def test_a_label_of_a_chart_does_not_end_with_a_word_alone_where_lines_can_be_even() -> None:
    label = "Developing guidelines to improve anti-trafficking systems"
    assert even_lines(ENGLISH, label, 180) == ("Developing guidelines to", "improve anti-trafficking systems")
    assert even_lines(ENGLISH, "识别和保护受害人。", 50) == ("识别和保护", "受害人。")


def test_chinese_breaks_between_ideographs_but_not_before_a_full_stop() -> None:
    """W3C, Requirements for Chinese Text Layout, 3.1.4."""
    assert ENGLISH.lines("识别和保护受害人。", 36) == ("识别和保", "护受害", "人。")


@pytest.mark.parametrize("family", ["Amiri", "IBM Plex Sans Arabic"])
def test_arabic_words_are_measured_as_they_join(family: str) -> None:
    """No narrower than the layout engine sets them, and hardly wider: ligatures alone are."""
    words = "حالة التصديق على بروتوكول منع وقمع ومعاقبة الاتجار بالأشخاص، وبخاصة"
    style = f'font-size: 10pt; font-family: "{family}"'
    source = f"<html lang=ar dir=rtl style='{style}'><title>A</title><a href='https://un.org'>{words}</a>"
    pdf = pikepdf.open(io.BytesIO(write_pdf(source, fontconfig=making.fontconfig()).pdf))
    left, _, right, _ = map(float, pdf.pages[0].obj["/Annots"][0]["/Rect"])
    fonts = next(fonts for fonts in FONT_SETS.values() if fonts.complex_script.name == family)
    measured = Measure(families(fonts, LANGUAGES["ar"]), 10).width(words)
    assert right - left <= measured + 0.5 <= 1.06 * (right - left)


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_a_line_does_not_end_at_a_space_that_does_not_break(space: str) -> None:
    words = f"one two{space}three"
    assert ENGLISH.lines(words, ENGLISH.width("one two")) == ("one", f"two{space}three")
