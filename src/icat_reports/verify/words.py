"""In: words as a format has them. Out: words as they are compared.

What is made alike, and nothing else: soft hyphens (U+00AD) and marks of direction (UAX 9) are left out, Latin ligatures
(U+FB00 to U+FB06) are their letters, canonically equivalent characters are the same (UAX 15, form C: fonts draw Arabic
vowel marks in an order of their own), and white space of any kind and length is one space.

A format that sets lines cannot tell whether a space stands at the end of one: there stands `LINE_END`, which agrees with
a space and with nothing. Nor can it tell the order of reading in a line from right to left: there `FROM_RIGHT` stands
before what is compared with how the other format's words look in a line (`icat_reports.verify.bidi`).
"""

from __future__ import annotations

import re
from unicodedata import normalize

from icat_reports.verify.bidi import folded, from_right, is_rtl, read_from_right

LINE_END = "\u2028"

FROM_RIGHT = "\ue000"
"""Begins a piece of a line whose characters stand in order from right to left, which need not be that of reading."""

PAGE = "[page]"
"""Stands for the words of a reference to a page, which a web page has not and each pagination has of its own."""

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_UNSEEN = dict.fromkeys((0xAD, 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_TABLE = {**_LIGATURES, **_UNSEEN}
_TOUCHED = re.compile(f"[{''.join(map(chr, _TABLE))}]")
_SPACES = re.compile(rf"[^\S{LINE_END}]+")
_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
"""Space between groups of figures: where it does not break, the groups are one number (UAX 9, W4), and keep their order."""
_NO_BREAK = "\u00a0"
_LINE_ENDS = re.compile(rf" ?{LINE_END}[ {LINE_END}]*")


def normal(text: str) -> str:
    """`text` as it is compared, without space at its ends."""
    if not text.isascii():
        text = normalize("NFC", text.translate(_TABLE) if _TOUCHED.search(text) else text)
        if LINE_END in text or FROM_RIGHT in text:
            text = _LINE_ENDS.sub(LINE_END, _SPACES.sub(" ", text)).strip()
            return text.replace(f"{FROM_RIGHT} ", FROM_RIGHT)
    return " ".join(text.split())


def end_letters(words: str, count: int, *, rtl: bool) -> str:
    """The last letters and figures; in a file from right to left, the last letters of the script that most of them are in.

    There a line of words from the left is read from its left end.
    """
    if not rtl:
        return "".join(filter(str.isalnum, words))[-count:]
    alphabet = [c for c in words if c.isalpha()]
    if 2 * sum(map(is_rtl, alphabet)) >= len(alphabet):
        return "".join(filter(is_rtl, alphabet))[-count:]
    lines = (line[:0:-1] if line.startswith(FROM_RIGHT) else line for line in words.split(LINE_END))
    return "".join(c for line in lines for c in line if c.isalpha() and not is_rtl(c))[-count:]


def letters(words: str) -> str:
    """Letters and figures in a fixed order: a number that stands on a line of its own has no stop after it."""
    return "".join(sorted(filter(str.isalnum, words)))


def squeezed(words: str) -> str:
    """Words without any space: what two formats that agree have alike whatever their lines."""
    return "".join(words.split())


def gathered(words: str) -> str:
    """The characters of words in a fixed order: what lines from right to left have alike with what they were made of."""
    return "".join(sorted(folded(squeezed(words).replace(FROM_RIGHT, ""))))


def readable(words: str) -> str:
    """Words on one line, in an order in which they can be read."""
    pieces = words.split(LINE_END)
    return " ".join(read_from_right(piece[1:]) if piece.startswith(FROM_RIGHT) else piece for piece in pieces)


def agree(a: str, b: str) -> bool:
    """Whether normal words say the same; either may be set in lines."""
    if _is_set(a) and _is_set(b) and (FROM_RIGHT in a) == (FROM_RIGHT in b):
        return squeezed(a) == squeezed(b)
    lines, whole = (b, a) if FROM_RIGHT in b or (_is_set(b) and FROM_RIGHT not in a) else (a, b)
    return _sets(lines.split(LINE_END), whole) if _is_set(lines) else lines == whole


def _is_set(words: str) -> bool:
    return LINE_END in words or FROM_RIGHT in words


def _sets(lines: list[str], whole: str) -> bool:
    """Whether `lines` are `whole` broken at spaces, or between letters where a break needs none."""
    at = 0
    for line in lines:
        length = len(line.removeprefix(FROM_RIGHT))
        if not _shows(line, whole[at : at + length]):
            return False
        at += length
        if whole.startswith((" ", LINE_END), at):
            at += 1
    return at == len(whole)


def _shows(line: str, words: str) -> bool:
    """Whether a line is what words look like, in a paragraph or an element of either direction."""
    if not line.startswith(FROM_RIGHT):
        return line == words
    seen = folded(line[1:])
    ways = {words, _GROUPS.sub(_NO_BREAK, words)}
    return any(seen == folded(_as_set(way, rtl=rtl)) for way in ways for rtl in (True, False))


def _as_set(words: str, *, rtl: bool) -> str:
    return from_right(words, rtl=rtl).replace(_NO_BREAK, " ")
