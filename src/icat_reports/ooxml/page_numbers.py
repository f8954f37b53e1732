"""In: nothing. Out: how the pages of each division of a document are numbered, in Word's terms and as printed."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from icat_reports.numerals import roman

Division = Literal["cover", "front", "body", "back"]


class PageNumbers(Struct, frozen=True):
    """How the pages of a division are numbered."""

    format: Literal["lowerRoman", "decimal"]
    """ECMA-376 part 1, 17.18.59."""
    restart: bool
    """Whether the division begins with page 1; else it goes on from the one before."""


PAGE_NUMBERS: dict[str, PageNumbers] = {
    "through": PageNumbers("decimal", restart=True),
    "front": PageNumbers("lowerRoman", restart=True),
    "body": PageNumbers("decimal", restart=True),
    "back": PageNumbers("decimal", restart=False),
}
"""By kind of division; the pages of the cover bear none. `through` is for a document numbered as one, from its cover."""

GOES_ON = PageNumbers("decimal", restart=False)
"""Of every division but the first of a document that is numbered through."""


def printed(numbers: PageNumbers, page: int) -> str:
    """The number on the `page`-th page, from 1."""
    return str(page) if numbers.format == "decimal" else roman(page)
