"""In: nothing. Out: names for the types of WeasyPrint and of its parser, which have no type hints of their own."""

from __future__ import annotations

from typing import Any

Element = Any
"""An element of the HTML: xml.etree.ElementTree.Element."""

Document = Any
"""A document broken into pages: weasyprint.document.Document."""

Page = Any
"""One of its pages: weasyprint.document.Page."""

Box = Any
"""A box of the layout: weasyprint.formatting_structure.boxes.Box."""

Stream = Any
"""The content stream of a page: weasyprint.pdf.stream.Stream."""

Svg = Any
"""A drawing: weasyprint.svg.SVG."""

SvgNode = Any
"""An element of a drawing: weasyprint.svg.Node."""

PangoLayout = Any
"""A line of text, shaped: weasyprint.text.line_break.Layout."""

Font = Any
"""A font file as it is embedded: weasyprint.pdf.fonts.Font."""

GlyphItem = Any
"""A run of glyphs of one font and direction: PangoGlyphItem."""
