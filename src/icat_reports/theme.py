"""In: the plain tree of a layout's `theme.yaml`. Out: looks as frozen types, read by CSS and Word styles alike."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

COLOURS = ("text", "muted", "accent", "accent-dark", "accent-light", "rule", "link", "series")
"""Colours that the program sets by itself, in charts, tables and links, so that every theme must have them."""
ROLES = (
    "body",
    "label",
    "h1",
    "h2",
    "table",
    "table-head",
    "note",
    "header",
    "footer",
    "contents-1",
    "contents-caption",
)
"""Roles of type that the program sets by itself; the others may be absent, and look like what they stand in."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


def _millimetres(value: object) -> object:
    if isinstance(value, str) and value.endswith("mm"):
        return value.removesuffix("mm")
    return value


def _colour(value: str) -> str:
    if not re.fullmatch(r"[0-9A-F]{6}", value):
        message = "expected six hexadecimal figures in capitals, without #, in quotation marks, such as `005A9C`"
        raise ValueError(message)
    return value


Millimetres = Annotated[float, BeforeValidator(_millimetres), Field(ge=0, le=1000)]
Points = Annotated[float, Field(ge=0, le=400)]
Outwards = Annotated[float, Field(ge=-400, le=400)]
"""Points, of an edge that may also lie outside."""
Size = Annotated[float, Field(ge=1, le=400)]
"""Points, of what cannot be nought."""
Colour = Annotated[str, AfterValidator(_colour)]


class Margin(_Model):
    """Page margins; inside and outside change places on facing pages."""

    top: Millimetres
    bottom: Millimetres
    inside: Millimetres
    outside: Millimetres


class Page(_Model):
    """The sheet."""

    size: Literal["A4", "Letter"]
    margin: Margin
    header: Millimetres
    footer: Millimetres

    @property
    def width(self) -> float:
        """Width of the sheet in millimetres (ISO 216; ANSI/ASME Y14.1)."""
        return {"A4": 210.0, "Letter": 215.9}[self.size]

    @property
    def height(self) -> float:
        """Height of the sheet in millimetres."""
        return {"A4": 297.0, "Letter": 279.4}[self.size]


class Fonts(_Model):
    """Families by id (`icat_reports.fonts`)."""

    text: str
    heading: str


class TypeStyle(_Model):
    """How a role of text is set; all lengths in points."""

    size: Size
    line: Size
    before: Points = 0
    after: Points = 0
    indent: Outwards = 0
    """From the beginning of the line; below nought, it reaches out into the margin."""
    end: Outwards = 0
    """The same, at the end of the line."""
    hanging: Points = 0
    color: str = "text"
    """Name of a colour of the theme."""
    weight: Literal["regular", "bold"] = "regular"


class ListLooks(_Model):
    """Lists: points for each level."""

    start: Points = 0
    """Before the marks of the first level."""
    indent: Points
    hanging: Points
    after: Points


class TableLooks(_Model):
    """Tables: padding and rules in points (Editorial Manual: rules at top, bottom and under the column heads only)."""

    padding: Points
    rule: Points
    rule_strong: Points = Field(alias="rule-strong")


class WordLooks(_Model):
    """What a style of the Word file has beyond its role of type; lengths in points."""

    before: Points | None = None
    after: Points | None = None
    new_page: bool = Field(default=False, alias="new-page")
    """Whether a paragraph of the style begins a page."""
    rule: Literal["", "top", "bottom"] = ""
    """Side on which a rule in the accent colour stands."""
    rule_width: Points = Field(2.5, alias="rule-width")
    rule_space: Annotated[float, Field(ge=0, le=31)] = Field(12, alias="rule-space")
    """Between rule and words; Word knows no more than 31 points (ECMA-376 part 1, 17.3.4)."""
    ground: str = ""
    """Name of the colour behind the words, which are then white or dark, whichever reads well upon it."""
    free: Points = 0
    """What stays free at the end of each line, for the rings of a ground."""


class Ground(_Model):
    """A field of colour behind the head of a page of the Word file, as wide as the sheet; CSS says such things itself.

    Words that stand on it need a `ground` of their own: views that show no shapes would have them white on white.
    """

    color: str
    """Name of a colour of the theme, as `line`."""
    height: Millimetres
    """Behind words of one line each; every further line makes the field taller by itself."""
    line: str = "accent"
    """Of the strip and the rings."""
    strip: Millimetres = 0
    """Height of the strip below the field."""
    rings: tuple[Millimetres, ...] = ()
    """Radii of rings about the middle of the field's end; the field ends them."""


class Theme(_Model):
    """A layout's looks."""

    page: Page
    fonts: Fonts
    colors: dict[str, Colour | Annotated[tuple[Colour, ...], Field(min_length=1)]]
    type: dict[str, TypeStyle]
    list: ListLooks
    table: TableLooks
    language_spaces: bool = Field(default=True, alias="language-spaces")
    """Whether the no-break spaces of a language are set where a text lacks them, as in French before a colon."""
    word: dict[str, WordLooks] = {}
    """By id of a Word style (`icat_reports.ooxml.styles`): for CSS a layout has a style sheet to say such things."""
    grounds: dict[Literal["cover", "opener"], Ground] = {}
    """On the cover, from above the words that have a ground of their own; at the head of the sheet where a chapter begins."""

    def colour(self, name: str) -> str:
        """Six hexadecimal figures of a named colour; raises KeyError for a name that the theme has not."""
        value = self.colors[name]
        return value if isinstance(value, str) else value[0]
