"""In: a document in a language. Out: the same, with note marks and no-break spaces where the language sets them.

A translator need not know on which side of the punctuation a mark stands, nor type spaces that one cannot see. Words
in another language are left as they are, and so are the signs in what a document is cited as.
"""

from __future__ import annotations

import re
from functools import partial

from msgspec.structs import replace

from icat_reports.document.nodes import Citation, Document, Inline, LineBreak, NoteMark, Phrase, Text
from icat_reports.document.rewrite import in_blocks, in_note
from icat_reports.language import Language
from icat_reports.numbers import group_of

_CLOSING = re.compile(r"(?:[ \u00a0\u202f]?[.,;:!?…،؛؟。，、；：！？])+\Z")
"""Punctuation that ends words, with the space before it."""
_OPENING = re.compile(r"(?:[\u00a0\u202f]?[.,;:!?…،؛؟。，、；：！？])+")
_GOES_ON = re.compile(r"\s*[^\W\d_]")


def set_in(document: Document, language: Language, *, marks: bool, spaces: bool) -> Document:
    """Set what is asked for: the marks of notes, no-break spaces."""
    arrange = partial(_arranged, language=language, marks=marks, spaces=spaces)
    divisions = tuple(replace(d, children=in_blocks(d.children, arrange)) for d in document.divisions)
    return replace(document, divisions=divisions, notes=tuple(in_note(note, arrange) for note in document.notes))


def _arranged(
    children: tuple[Inline, ...], within: Inline | None, language: Language, *, marks: bool, spaces: bool
) -> tuple[Inline, ...]:
    if isinstance(within, Phrase):
        return children
    if marks and any(isinstance(child, NoteMark) for child in children):
        children = _with_marks(children, after=language.mark_after_punctuation)
    if not spaces:
        return children
    if isinstance(within, Citation):
        return tuple(Text(_tied(child.value, language)) if isinstance(child, Text) else child for child in children)
    before: tuple[Inline | None, ...] = (within, *children)
    return tuple(
        Text(_spaced(child.value, language, begins=beside is None or isinstance(beside, LineBreak)))
        if isinstance(child, Text)
        else child
        for child, beside in zip(children, before, strict=False)
    )


# ---------------------------------------------------------------- marks


def _with_marks(children: tuple[Inline, ...], *, after: bool) -> tuple[Inline, ...]:
    """Each run of marks on its side of the punctuation that it touches."""
    found: list[Inline] = []
    place = 0
    while place < len(children):
        if not isinstance(children[place], NoteMark):
            found.append(children[place])
            place += 1
            continue
        end = next((at for at in range(place, len(children)) if not isinstance(children[at], NoteMark)), len(children))
        run, rest = children[place:end], children[end:]
        before = found.pop() if found else None
        found += _moved(before, run, rest[0] if rest else None, after=after)
        place = min(end + 1, len(children)) if rest else end
    return tuple(found)


def _moved(before: Inline | None, run: tuple[Inline, ...], rest: Inline | None, *, after: bool) -> list[Inline]:
    """What stands before a run of marks, the run, what stands after it; the punctuation between on its side."""
    first, last = (node.value if isinstance(node, Text) else None for node in (before, rest))
    if after and last is not None and (found := _OPENING.match(last)):
        first, last = (first or "") + found.group(), last[found.end() :]
        head = [Text(first)] if isinstance(before, Text) or before is None else [before, Text(first)]
        return [*head, *run, *([Text(last)] if last else [])]
    if not after and first is not None and (found := _CLOSING.search(first)) and not _abbreviates(found.group(), last):
        first, last = first[: found.start()], found.group() + (last or "")
        tail = [] if rest is None or isinstance(rest, Text) else [rest]
        return [*([Text(first)] if first else []), *run, Text(last), *tail]
    return [*([before] if before is not None else []), *run, *([rest] if rest is not None else [])]


def _abbreviates(punctuation: str, following: str | None) -> bool:
    """Whether a full stop belongs to a word: the sentence goes on after it."""
    found = _GOES_ON.match(following or "") if punctuation == "." else None
    return found is not None and found.group()[-1].islower()


# ---------------------------------------------------------------- spaces

_FRENCH: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[^\s\u00a0\u202f(\[“«:;!?])[ \u00a0\u202f]?(?=[:;!?]+(?:[\s\u00a0)\]”»,.]|\Z))"), "\u00a0"),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]?»"), "\u00a0»"),
    (re.compile(r"«[ \u00a0\u202f]?(?=\S|\Z)"), "«\u00a0"),
)
"""[?] A no-break space before : ; ! ? and within guillemets, where they end words; not in a time or an address."""
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)")
_GROUP = re.compile(r"[\u00a0\u202f]")
"""Figures that a translator has grouped by spaces which do not break take the sign of the language."""
_AFTER_NODE = re.compile(r"\A[ \u00a0\u202f]?(?=[:;!?]+(?:[\s\u00a0]|\Z))")


def _spaced(words: str, language: Language, *, begins: bool) -> str:
    if language.spaced_signs:
        words = words if begins else _AFTER_NODE.sub("\u00a0", words)
        for pattern, to in _FRENCH:
            words = pattern.sub(to, words)
    if _GROUP.search(words):
        words = _GROUPED.sub(lambda found: _GROUP.sub(group_of(language), found.group()), words)
    return _tied(words, language)


def _tied(words: str, language: Language) -> str:
    """Words with what the language does not divide on one line."""
    return re.sub(language.unbroken, _with_no_break, words) if language.unbroken and " " in words else words


def _with_no_break(found: re.Match[str]) -> str:
    return found.group().replace(" ", "\u00a0")
