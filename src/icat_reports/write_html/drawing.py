"""In: shapes and labels placed in points from the start side. Out: an SVG drawing, mirrored where text runs from right to left."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from icat_reports import colours
from icat_reports.faces import families, font_family
from icat_reports.fonts import FontSet
from icat_reports.language import Language
from icat_reports.measure import Measure
from icat_reports.theme import Theme
from icat_reports.write_html.markup import Attributes, element, text

Anchor = Literal["start", "middle", "end"]

_MIDDLE = 0.35
"""How far below the middle of a line its baseline stands, in ems."""


class Drawing(Struct):
    """A drawing being made; x grows from the start side of the language, y downwards, both in points."""

    theme: Theme
    fonts: FontSet
    width: float
    language: Language
    height: float = 0
    """Grows with what is drawn."""
    _shapes: list[str] = field(default_factory=list)

    @property
    def size(self) -> float:
        """Size of labels in points: that of text in tables."""
        return self.theme.type["table"].size

    @property
    def line(self) -> float:
        """Height of a line of a label in points."""
        return self.size * 1.2

    def measure(self, *, bold: bool = False) -> Measure:
        """Measures labels."""
        return Measure(families(self.fonts, self.language), self.size, bold)

    def colour(self, name: str) -> str:
        """A colour of the theme as CSS."""
        return f"#{self.theme.colour(name)}"

    # -------------------------------------------------------- shapes

    def box(self, x: float, y: float, width: float, height: float, *, fill: str, **more: str | float) -> None:
        """A filled rectangle."""
        self._add("rect", {"x": self._n(self._left(x, width)), "y": self._n(y), "width": self._n(width),
                           "height": self._n(height), "fill": fill, **_attributes(more)}, y + height)  # fmt: skip

    def rule(self, x1: float, y1: float, x2: float, y2: float, *, colour: str, thickness: float) -> None:
        """A straight line."""
        ends = {"x1": self._n(self._x(x1)), "y1": self._n(y1), "x2": self._n(self._x(x2)), "y2": self._n(y2)}
        self._add("line", {**ends, "stroke": colour, "stroke-width": self._n(thickness)}, max(y1, y2))

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        """A filled circle."""
        place = {"cx": self._n(self._x(x)), "cy": self._n(y), "r": self._n(radius)}
        self._add("circle", {**place, "fill": fill}, y + radius)

    def label(
        self,
        x: float,
        middle: float,
        lines: tuple[str, ...],
        anchor: Anchor = "start",
        *,
        colour: str = "",
        bold: bool = False,
        size: float = 0,
    ) -> None:
        """Lines of words, centred upon the height `middle`."""
        size = size or self.size
        pitch = size * 1.2
        first = middle - (len(lines) - 1) * pitch / 2 + size * _MIDDLE
        for i, line in enumerate(lines):
            self._text(self._x(x), first + i * pitch, line, anchor, colour, bold=bold, size=size)

    def upright(self, x: float, bottom: float, words: str) -> None:
        """Words that run upwards from `bottom`, centred upon `x`."""
        anchor: Anchor = "start" if self.language.direction == "ltr" else "end"
        across = self._x(x) + self.size * _MIDDLE
        turn = f"rotate(-90 {self._n(across)} {self._n(bottom)})"
        self._text(across, bottom, words, anchor, transform=turn)

    def _text(
        self,
        x: float,
        baseline: float,
        words: str,
        anchor: Anchor,
        colour: str = "",
        *,
        bold: bool = False,
        size: float = 0,
        transform: str | None = None,
    ) -> None:
        values: Attributes = {
            "x": self._n(x),
            "y": self._n(baseline),
            "text-anchor": anchor if anchor != "start" else None,
            "direction": self.language.direction if self.language.direction == "rtl" else None,
            "font-size": self._n(size) if size and size != self.size else None,
            "font-weight": "bold" if bold else None,
            "fill": colour or None,
            "transform": transform,
        }
        self._shapes.append(element("text", values, text(words)))
        self.height = max(self.height, baseline + (size or self.size) * 0.3)

    # -------------------------------------------------------- the drawing

    def svg(self, id_: str, title: str, description: str) -> str:
        """The drawing as an element with title and description (SVG 2, 5.8; WCAG 2.2, 1.1.1)."""
        size = {"width": f"{self._n(self.width)}pt", "height": f"{self._n(self.height)}pt"}
        return element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "class": "chart",
                "role": "img",
                "aria-labelledby": f"{id_}-title {id_}-desc",
                "viewBox": f"0 0 {self._n(self.width)} {self._n(self.height)}",
                **size,
                "font-family": font_family(self.fonts, self.language),
                "font-size": self._n(self.size),
                "fill": self.colour("text"),
            },
            element("title", {"id": f"{id_}-title"}, text(title)),
            element("desc", {"id": f"{id_}-desc"}, text(description)),
            "\n",
            "\n".join(self._shapes),
        )

    def _add(self, name: str, values: Attributes, bottom: float) -> None:
        self._shapes.append(element(name, values))
        self.height = max(self.height, bottom)

    def _x(self, x: float) -> float:
        return x if self.language.direction == "ltr" else self.width - x

    def _left(self, x: float, width: float) -> float:
        return x if self.language.direction == "ltr" else self.width - x - width

    @staticmethod
    def _n(value: float) -> str:
        return f"{round(value, 2):g}"


def _attributes(values: dict[str, str | float]) -> Attributes:
    return {name.replace("_", "-"): str(value) for name, value in values.items()}


def contrast(background: str, theme: Theme) -> str:
    """What reads well upon `background`, as CSS."""
    return f"#{colours.readable_on(background.removeprefix('#'), theme)}"


def mix(light: str, dark: str, share: float) -> str:
    """A colour between two, `share` of the way from `light` to `dark`, as CSS."""
    return f"#{colours.mix(light, dark, share)}"
