"""In: a PDF. Out: its words as poppler finds them, which knows nothing of us, and where they stand on their pages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
_EDGE = 20.0
"""Points at each side of a page where no word stands; half of it above and below."""
_TOUCH = 1.5
"""Points by which the boxes of words may lie over each other: letters lean, accents stand out."""
_BESIDE = 0.45
"""Part of a word's height that another must share to stand on its line."""


class Word(NamedTuple):
    """A word and its box, in points from the upper left corner of its page."""

    left: float
    top: float
    right: float
    bottom: float
    words: str


def text_of(path: Path) -> str:
    """All words, in the order that poppler finds."""
    return _run(path)


def misplaced(path: Path) -> list[str]:
    """Words that stand beside their page, or over another word; with their pages."""
    pages = enumerate(_PAGE.findall(_run(path, "-bbox")), 1)
    return [
        f"page {number}: {told}"
        for number, (width, height, words) in pages
        for told in _misplaced(float(width), float(height), _words(words))
    ]


def _run(path: Path, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, check=True).stdout.decode()


def _words(page: str) -> list[Word]:
    found = (Word(float(a), float(b), float(c), float(d), words) for a, b, c, d, words in _WORD.findall(page))
    return sorted(found, key=lambda word: word.top)


def _misplaced(width: float, height: float, words: list[Word]) -> Iterator[str]:
    for place, word in enumerate(words):
        if min(word.left, width - word.right) < _EDGE or min(word.top, height - word.bottom) < _EDGE / 2:
            yield f"“{word.words}” stands at or beyond the edge"
        for other in takewhile(lambda other: other.top < word.bottom, words[place + 1 :]):  # noqa: B023 - used at once
            if _over(word, other):
                yield f"“{word.words}” and “{other.words}” stand over each other"


def _over(a: Word, b: Word) -> bool:
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    return across > _TOUCH and down > _BESIDE * min(a.bottom - a.top, b.bottom - b.top)
