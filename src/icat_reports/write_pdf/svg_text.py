"""In: a `text` element of an SVG drawing. Out: its words on the page, shaped as a whole.

WeasyPrint 70 sets each letter of SVG text by itself: Arabic letters do not join, and pairs are not kerned. Our
drawings place whole labels only, so one line of Pango's does it, and anchors need no transparency group.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any

from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw import text as drawing
from weasyprint.matrix import Matrix
from weasyprint.text.line_break import split_first_line

from icat_reports.write_pdf.foreign import PangoLayout, Svg, SvgNode

_WEIGHTS: Mapping[str, int] = {"normal": 400, "bold": 700}
_SHARES: Mapping[tuple[str, str], float] = {
    ("start", "ltr"): 0.0,
    ("end", "rtl"): 0.0,
    ("middle", "ltr"): 0.5,
    ("middle", "rtl"): 0.5,
    ("end", "ltr"): 1.0,
    ("start", "rtl"): 1.0,
}
"""The share of a line's width that stands left of its anchor (SVG 2, 11.10.1)."""


class _Style(dict[str, Any]):
    """Computed values, as the engine's text layout wants them."""

    font_config: Any


class _Line:
    """What the engine's text drawing asks of a text box."""

    def __init__(self, layout: PangoLayout, style: _Style, baseline: float) -> None:
        self.pango_layout = layout
        self.style = style
        self.baseline = baseline

    @property
    def text(self) -> str:
        """The words."""
        return str(self.pango_layout.text)


def draw_label(svg: Svg, node: SvgNode, font_size: float) -> None:
    """Draw a `text` element that has one position; stands in for `weasyprint.svg.text.text`."""
    if not node.text or not node.text.strip():
        return
    direction = node.get("direction", "ltr")
    style = _style(svg, node, font_size, direction)
    layout, _, _, width, _, baseline = split_first_line(node.text.strip(), style, svg.context, inf, 0)
    x, y = svg.point(node.get("x"), node.get("y"), font_size)
    x -= width * _SHARES[node.get("text-anchor", "start"), direction]
    svg.stream.push_state()
    fill, stroke = svg.set_graphical_state(node, font_size)
    svg.stream.begin_text()
    layout.reactivate(style)
    svg.fill_stroke(fill, stroke, text=True)
    drawing.draw_first_line(svg.stream, _Line(layout, style, baseline), "none", "none", Matrix(d=-1, e=x, f=y))
    svg.stream.end_text()
    svg.stream.pop_state()


def _style(svg: Svg, node: SvgNode, font_size: float, direction: str) -> _Style:
    style = _Style(INITIAL_VALUES)
    style.font_config = svg.font_config
    weight = node.get("font-weight", "normal")
    families = node.get("font-family", "sans-serif").split(",")
    style["font_family"] = [family.strip().strip("\"'") for family in families]
    style["font_weight"] = _WEIGHTS[weight] if weight in _WEIGHTS else int(weight)
    style["font_size"] = font_size
    style["direction"] = direction
    return style
