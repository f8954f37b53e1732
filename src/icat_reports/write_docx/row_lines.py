"""In: a row of the contents page. Out: its words with breaks that keep them out of the columns.

Word has a right indent for that. LibreOffice would hide the columns behind one, so that it alone is shown the breaks,
at the places where Word breaks the lines by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from icat_reports.document.nodes import Emphasis, Inline, LineBreak, Phrase, Strong, Text
from icat_reports.document.walk import plain
from icat_reports.faces import families
from icat_reports.measure import Measure
from icat_reports.write_docx.build import Build
from icat_reports.write_docx.looks import columns_width

_SPACE, _NOTHING = "\u2028", "\u2029"
"""Stand for a break in the place of a space, and for one between two letters, until the markup is made."""


def in_lines(
    build: Build, level: int, label: str, children: Sequence[Inline], *, paragraphs: bool
) -> tuple[Inline, ...]:
    """The words of a row after its label, with a sign where each line but the first begins."""
    looks = build.type(f"contents-{level}" if level else "contents-caption")
    width = build.text_width() - looks.indent - looks.hanging - columns_width(paragraphs=paragraphs)
    words = label + plain(children)
    lines = Measure(families(build.fonts, build.language), looks.size, bold=looks.weight == "bold").lines(words, width)
    places, at = [], 0
    for line in lines:
        at = words.index(line, at)
        places.append(at - len(label))
        at += len(line)
    return _broken(children, [place for place in places[1:] if place > 0])


def _broken(children: Iterable[Inline], places: Sequence[int]) -> tuple[Inline, ...]:
    found: list[Inline] = []
    at = 0
    for child in children:
        here = [place - at for place in places]
        at += 1 if isinstance(child, LineBreak) else len(plain((child,)))
        if isinstance(child, Text):
            found.append(Text(_signed(child.value, here)))
        elif isinstance(child, Emphasis | Strong | Phrase):
            found.append(replace(child, children=_broken(child.children, here)))
        else:
            found.append(child)
    return tuple(found)


def _signed(value: str, places: Sequence[int]) -> str:
    for place in sorted((place for place in places if 0 < place < len(value)), reverse=True):
        space = value[place - 1].isspace()
        value = value[: place - space] + (_SPACE if space else _NOTHING) + value[place:]
    return value


def with_breaks(markup: str) -> str:
    """The markup of a row with breaks in the places of their signs."""
    return markup.replace(_SPACE, _break('<w:t xml:space="preserve"> </w:t>')).replace(_NOTHING, _break(""))


def _break(instead: str) -> str:
    return (
        f'</w:t><mc:AlternateContent><mc:Choice Requires="w15">{instead}</mc:Choice>'
        '<mc:Fallback><w:br/></mc:Fallback></mc:AlternateContent><w:t xml:space="preserve">'
    )
