"""In: a reading and the one that it is compared with. Out: the reading as far as formats may tell the same differently.

Three things only: a layout may set a heading's number on a line of its own, without what separates it from the words on
one line; a figure's data stand in a table, in a chart's sheet, or in its description; and a web page has a list of its
sections even where the document has no contents page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from icat_reports.verify.reading import Figure, Heading, Link, Reading
from icat_reports.verify.words import squeezed

_SIGNS = " .,:;|-–—·•、，。：．　"
_PRESENT: Mapping[str, str] = {"✓": "1", "●": "1"}
"""Marks in a grid, which stand for the number."""
_ABSENT, _MARK = "\ue001", "\ue002"


def with_separators(reading: Reading, reference: Reading, key: Callable[[str], str]) -> Reading:
    """A reading whose headings have between number and words what those of `reference` have."""
    whole = {key(bare): heading.shown for heading in reference.outline for bare in _bare(heading)}

    def put(words: str) -> str:
        return whole.get(key(words), words)

    def put_target(link: Link) -> Link:
        return replace(link, target=put(link.target)) if link.inside else link

    return replace(
        reading,
        outline=tuple(h if h.label else replace(h, words=put(h.words)) for h in reading.outline),
        links=tuple(map(put_target, reading.links)),
        rows=tuple(replace(row, target=put(row.target)) for row in reading.rows),
    )


def without_own_contents(reading: Reading, other: Reading) -> Reading:
    """A web page's reading without the list of sections that it brings itself: one without a heading over it."""
    if reading.format != "html" or any(row.of == "sections" for row in other.rows):
        return reading
    if any(row.of == "sections" and not row.level for row in reading.rows):
        return reading
    return replace(reading, rows=tuple(row for row in reading.rows if row.of != "sections"))


def _bare(heading: Heading) -> Iterator[str]:
    """A heading with less and less of the signs between its number and its words."""
    label = heading.label
    number = len(label.rstrip(_SIGNS))
    return (label[:end] + heading.words for end in range(number, len(label)))


def with_data(reading: Reading, reference: Reading, key: Callable[[str], str]) -> Reading:
    """A reading whose figures tell their data as those of `reference` do."""
    patterns = {key(figure.caption): figure for figure in reference.figures}
    figures = tuple(_as(figure, patterns.get(key(figure.caption))) for figure in reading.figures)
    return replace(reading, figures=figures)


def _as(figure: Figure, pattern: Figure | None) -> Figure:
    if pattern is None or not pattern.data:
        return figure
    if figure.data:
        return replace(figure, data=pattern.data) if _plain(figure) == _plain(pattern) else figure
    told = re.fullmatch(_description(pattern), squeezed(figure.alt))
    return replace(figure, alt=pattern.alt, data=pattern.data) if told else figure


def _description(figure: Figure) -> str:
    """A pattern of the description that tells the data after it; what is not there is told in any words."""
    rows = (f"{name}: {', '.join(values)}" for name, *values in _shown(figure))
    return re.escape(squeezed(f"{figure.alt} {'; '.join(rows)}")).replace(_ABSENT, "[^,;]*").replace(_MARK, "[✓●]")


def _shown(figure: Figure) -> Iterator[tuple[str, ...]]:
    for name, *values in figure.data[1:]:
        yield (name, *(_MARK if value in _PRESENT else value or _ABSENT for value in values))


def _plain(figure: Figure) -> tuple[tuple[str, ...], ...]:
    """The data with bare numbers: nothing for words that say that there is none, no name of a single series."""
    heads, *rows = figure.data
    names = heads if len(heads) > 2 else ()  # noqa: PLR2004 - corner, name, and another name
    return (names, *((name, *map(_number, values)) for name, *values in rows))


def _number(shown: str) -> str:
    if shown in _PRESENT:
        return _PRESENT[shown]
    return shown if shown.removeprefix("-").replace(".", "", 1).isdigit() else ""
