"""In: nothing. Out: how the pages of each division of a document are numbered, in Word's terms and as printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Division = Literal["cover", "front", "body", "back"]


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """How the pages of a division are numbered."""

    format: Literal["lowerRoman", "decimal"]
    """ECMA-376 part 1, 17.18.59."""
    restart: bool
    """Whether the division begins with page 1; else it goes on from the one before."""


PAGE_NUMBERS: dict[str, PageNumbers] = {
    "front": PageNumbers("lowerRoman", restart=True),
    "body": PageNumbers("decimal", restart=True),
    "back": PageNumbers("decimal", restart=False),
}
"""By kind of division; the pages of the cover bear none."""

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def printed(numbers: PageNumbers, page: int) -> str:
    """The number on the `page`-th page, from 1."""
    if numbers.format == "decimal":
        return str(page)
    shown = ""
    for value, figures in _ROMAN:
        times, page = divmod(page, value)
        shown += figures * times
    return shown
