"""In: words in the order in which they are read. Out: the same in the order in which they stand on a line from the right.

A PDF holds the glyphs of a line in the order of their places, left to right. For a text from right to left that order
does not tell the order of reading: in ABC 1/2, where capitals stand for Arabic, both "1/2 ABC" and others may look the
same. So the words of the other file are set as a line would set them, by the rules of Unicode (UAX 9, version 15), and
the lines are compared. Marks of direction are not supported: `words.normal` takes them out, and our writers isolate by
elements, each of which is a piece of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from unicodedata import bidirectional

_STRONG_RTL = frozenset({"R", "AL"})
_OPENING = "([{⟨«‹（［｛《〈「『【"
_CLOSING = ")]}⟩»›）］｝》〉」』】"
_PAIRS = dict(zip(_OPENING, _CLOSING, strict=True))
_QUOTES = frozenset("«»‹›")
"""Mirrored, but no brackets of rule N0."""
_FOLDED = str.maketrans(_CLOSING + "<>≤≥", _OPENING + "<<≤≤")
_TURNED = str.maketrans(_OPENING, _CLOSING)


def is_rtl(text: str) -> bool:
    """Whether there is a letter of a script that is written from the right."""
    return not text.isascii() and any(bidirectional(c) in _STRONG_RTL for c in text)


def in_order(glyphs: list[str]) -> str | None:
    """What glyphs from left to right say, if their places leave no doubt of it."""
    text = "".join(glyphs)
    kinds = {bidirectional(c) for c in text}
    if kinds <= {"L"} or kinds <= {"EN"}:
        return text
    if kinds <= {"R", "AL", "WS", "NSM"}:
        return "".join(reversed(glyphs))
    return text if text == text[::-1] and folded(text) == text.translate(_TURNED) else None


def seen_from_right(glyphs: list[str]) -> str:
    """The characters of glyphs that stand from left to right, from right to left; a ligature's are in order of reading."""
    return "".join(glyph if is_rtl(glyph) else glyph[::-1] for glyph in reversed(glyphs))


def folded(text: str) -> str:
    """Brackets as opening ones: a mirrored glyph is that of its counterpart, and a font maps it to but one of them."""
    return text.translate(_FOLDED)


def from_right(text: str, *, rtl: bool) -> str:
    """The characters of a line from right to left, in a paragraph of that direction."""
    levels = _levels(text, 1 if rtl else 0)
    order = list(range(len(text)))
    for level in range(max(levels, default=0), 0, -1):
        for start, stop in _spans(levels, level):
            order[start:stop] = reversed(order[start:stop])
    return "".join(text[at] for at in reversed(order))


def read_from_right(text: str) -> str:
    """A likely order of reading of characters from right to left: words and figures from the left are turned round."""
    runs = groupby(text, lambda c: bidirectional(c) in {"L", "EN"} or c in ":/.-@_%&=")
    return "".join("".join(reversed(list(run))) if left else "".join(run) for left, run in runs)


# ---------------------------------------------------------------- UAX 9


@lru_cache(maxsize=4096)
def _levels_of(text: str, base: int) -> tuple[int, ...]:
    kinds = _weak([bidirectional(c) for c in text], "R" if base else "L")
    around = "R" if base else "L"
    _brackets(text, kinds, around)
    _neutrals(kinds, around)
    levels = [_level(kind, base) for kind in kinds]
    for at in range(len(text) - 1, -1, -1):  # L1: white space at the end of a line has the paragraph's direction
        if not text[at].isspace():
            break
        levels[at] = base
    return tuple(levels)


def _levels(text: str, base: int) -> list[int]:
    return list(_levels_of(text, base))


def _level(kind: str, base: int) -> int:
    """I1 and I2."""
    if base % 2 == 0:
        return base + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
    return base + (kind != "R")


def _spans(levels: list[int], level: int) -> Iterator[tuple[int, int]]:
    """Runs of places at or above a level (L2)."""
    at = 0
    for high, run in groupby(levels, lambda one: one >= level):
        count = sum(1 for _ in run)
        if high:
            yield at, at + count
        at += count


def _weak(kinds: list[str], around: str) -> list[str]:
    """W1 to W7: marks, numbers and what stands between them."""
    _marks_and_numbers(kinds, around)
    for at in range(1, len(kinds) - 1):
        joined = kinds[at - 1] if kinds[at - 1] == kinds[at + 1] else ""
        if (kinds[at], joined) in _JOINING:
            kinds[at] = joined
    _terminators(kinds)
    strong = around
    for at, kind in enumerate(kinds):
        if kind in {"ES", "CS", "ET"}:
            kinds[at] = "ON"
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
        elif kind in {"L", "R"}:
            strong = kind
    return kinds


_JOINING = frozenset({("ES", "EN"), ("CS", "EN"), ("CS", "AN")})
"""Separators, and the numbers between two of which one is part of the number (W4)."""


def _marks_and_numbers(kinds: list[str], around: str) -> None:
    """W1 to W3: a mark is as what it stands on; numbers after an Arabic letter are Arabic numbers."""
    before = strong = around
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = before
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
        before = kinds[at]
        if before in {"L", "R", "AL"}:
            strong = before
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]


def _terminators(kinds: list[str]) -> None:
    """W5: signs such as the per cent go with the number that they stand at."""
    at = 0
    for kind, run in groupby(list(kinds)):
        count = sum(1 for _ in run)
        beside = {kinds[at - 1] if at else "", kinds[at + count] if at + count < len(kinds) else ""}
        if kind == "ET" and "EN" in beside:
            kinds[at : at + count] = ["EN"] * count
        at += count


def _direction(kind: str) -> str:
    """What a kind counts as beside neutrals (N1): numbers run like what is written from the right."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _brackets(text: str, kinds: list[str], around: str) -> None:
    """N0: a pair of brackets runs as what stands in it, or as what stands before it."""
    for start, stop in sorted(_bracket_pairs(text, kinds)):
        inside = {_direction(kind) for kind in kinds[start + 1 : stop]} - {""}
        if not inside:
            continue
        if around in inside:
            found = around
        else:
            before = next((d for kind in reversed(kinds[:start]) if (d := _direction(kind))), around)
            found = before if before != around else around
        kinds[start] = kinds[stop] = found


def _bracket_pairs(text: str, kinds: list[str]) -> Iterator[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if kinds[at] != "ON" or char in _QUOTES:
            continue
        if char in _PAIRS:
            waiting.append((_PAIRS[char], at))
        elif any(closing == char for closing, _ in waiting):
            while waiting:
                closing, start = waiting.pop()
                if closing == char:
                    yield start, at
                    break


def _neutrals(kinds: list[str], around: str) -> None:
    """N1 and N2: between two of one direction neutrals take it, elsewhere that of the paragraph."""
    at = 0
    for neutral, run in groupby(list(kinds), lambda kind: not _direction(kind)):
        count = sum(1 for _ in run)
        if neutral:
            before = _direction(kinds[at - 1]) if at else around
            after = _direction(kinds[at + count]) if at + count < len(kinds) else around
            kinds[at : at + count] = [before if before == after else around] * count
        at += count
