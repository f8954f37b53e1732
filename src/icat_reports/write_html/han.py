"""In: Chinese words for print. Out: the same, with signs of no width where a line may break and where it may not.

The engine breaks lines by an older state of Unicode's rules, which lets a line end between any two characters, between
a figure and what it counts too, but nowhere beside a quotation mark: it stands for both ends of a quotation in other
scripts. So a whole quotation with the bracket after it went to the next line (UAX 14-53, LB 19a).
"""

from __future__ import annotations

import re
from itertools import pairwise

_JOINER, _SPACE = "\u2060", "\u200b"
"""U+2060 WORD JOINER, U+200B ZERO WIDTH SPACE."""

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_UNPARTED = re.compile(
    rf"(?<=\d)(?=[{_HAN}])|(?<=第)(?=\d)|(?<=[{_HAN}）》”])(?=——|……)"
    rf"|(?<=[{_HAN}])(?=[{_HAN}][。！？：；]?\Z)"
)
"""A figure and what it counts; the sign of an ordinal and its figure; words and the dash or the dots after them; the
last two characters, of which one would stand alone on the last line."""
_PARTED = re.compile(rf"(?<=[{_HAN}，。、：；！？）》”])(?=[“‘])|(?<=[”’])(?=[{_HAN}（《“‘])")
"""Before an opening quotation mark and after a closing one."""

_LAST = re.compile(r"（[^（）]{1,12}）\Z")
"""A bracket that ends a heading, with a short name in it."""
_ENDING = 4
"""Characters that stay together at the end of large type, or so many more as make whole words."""


def in_lines(words: str) -> str:
    """Words of running text."""
    return _PARTED.sub(_SPACE, _UNPARTED.sub(_JOINER, words))


def in_large_type(words: str, *, ends: bool) -> str:
    """Words of a heading: none of them is divided; where they end it, a short name in brackets or the last four characters stay together."""
    places = _places(words)
    spans = [words[a:b] for a, b in pairwise(places)]
    if not ends:
        return "".join(map(_joined, spans))
    found = _LAST.search(words)
    start = found.start() if found else max((p for p in places if p <= len(words) - _ENDING), default=0)
    before = [words[a:b] for a, b in pairwise(sorted({start, *(p for p in places if p < start)}))]
    return "".join(map(_joined, before)) + _joined(words[start:])


def _joined(words: str) -> str:
    return _JOINER.join(words)


def _places(words: str) -> list[int]:
    """Where words begin, and where the last ends, by ICU's dictionary (UAX 29)."""
    import icu  # noqa: PLC0415 - a library of 40 MB, of which other languages have no need here

    breaks = icu.BreakIterator.createWordInstance(icu.Locale("zh_CN"))
    breaks.setText(words)
    return [0, *breaks]
