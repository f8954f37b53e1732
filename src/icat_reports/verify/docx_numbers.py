"""In: `styles.xml` and `numbering.xml` of a Word file. Out: the number that Word shows before each paragraph.

Word stores no numbers: it counts when it shows a file (ECMA-376 part 1, 17.9). So do we, in the order of the text,
and not by what our writer remembers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from unicodedata import east_asian_width

from msgspec import Struct, field

from icat_reports.ooxml.namespaces import qualified
from icat_reports.ooxml.reading import Element, value
from icat_reports.verify.counting import counted

_LEVEL = re.compile(r"%(\d)")
_SUFFIXES: Mapping[str, str] = {"tab": "\t", "space": " ", "nothing": ""}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


class Style(Struct, frozen=True):
    """A paragraph style as far as it numbers."""

    id: str
    name: str
    based_on: str
    list_: str
    """Instance of a list (`w:numId`), if the style names one itself; `0` for none at all."""
    level: int


class Level(Struct, frozen=True):
    """A level of a list (17.9.6)."""

    shape: str
    text: str
    suffix: str
    start: int
    restart: int | None
    """0: counts on through the document; n: begins anew after a paragraph of level n or above; None: of any above."""
    style: str
    """The style that this level numbers."""


class Numbers(Struct):
    """Counts as it is asked, paragraph by paragraph."""

    styles: Mapping[str, Style]
    lists: Mapping[str, str]
    """Abstract list of each instance."""
    levels: Mapping[str, Mapping[int, Level]]
    """Of each abstract list, from 0."""
    starts: Mapping[tuple[str, int], int]
    """Numbers at which an instance begins anew (17.9.27), by instance and level."""
    own: Mapping[tuple[str, int], Level]
    """Levels that an instance has of its own (17.9.8)."""
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    """Of each abstract list and level; none where the next paragraph begins the count."""
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def _chain(self, style: str) -> Iterator[Style]:
        """A style and those that it is based on."""
        while style in self.styles:
            yield self.styles[style]
            style = self.styles[style].based_on

    def heading(self, style: str) -> int:
        """Level of headings in a style, from 1; 0 for a style of other text."""
        matches = (_HEADING.fullmatch(found.name) for found in self._chain(style))
        return next((int(match[1]) for match in matches if match), 0)

    def label(self, properties: Element | None) -> str:
        """The number of a paragraph of these `w:pPr`, with what stands after it; counts it."""
        instance, level = self._place(properties)
        list_ = self.lists.get(instance, "")
        looks = self.own.get((instance, level)) or self.levels.get(list_, {}).get(level)
        if looks is None:
            return ""
        self._count(instance, list_, level)
        if looks.shape == "bullet":
            return f"•{looks.suffix}"
        shown = _LEVEL.sub(lambda match: self._shown(list_, int(match[1]) - 1), looks.text)
        return f"{shown}{_after(shown, looks.suffix)}" if shown else ""

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """Instance and level of a paragraph: its own, else its style's (17.9.23); instance 0 is none."""
        own = value(properties, "w:numPr/w:numId")
        if own:
            return own, int(value(properties, "w:numPr/w:ilvl") or 0)
        found = next((style for style in self._chain(value(properties, "w:pStyle")) if style.list_), None)
        if found is None:
            return "", 0
        levels = self.levels.get(self.lists.get(found.list_, ""), {})
        return found.list_, next((at for at, one in levels.items() if one.style == found.id), found.level)

    def _count(self, instance: str, list_: str, level: int) -> None:
        if (instance, level) in self.starts and (instance, level) not in self._begun:
            self._begun.add((instance, level))
            self._counts[list_, level] = self.starts[instance, level]
        else:
            before = self._counts.get((list_, level))
            self._counts[list_, level] = self.levels[list_][level].start if before is None else before + 1
        for deeper, looks in self.levels[list_].items():
            if deeper > level and (looks.restart is None or level < looks.restart):
                self._counts.pop((list_, deeper), None)

    def _shown(self, list_: str, level: int) -> str:
        looks = self.levels[list_][level]
        return counted(looks.shape, self._counts.get((list_, level), looks.start))


def _after(shown: str, suffix: str) -> str:
    """A tab after a full-width sign such as `、` is room for what hangs, and no space."""
    return "" if suffix == "\t" and east_asian_width(shown[-1]) in "WF" else suffix


def numbers(styles: Element, numbering: Element | None) -> Numbers:
    """Begin to count by the parts `styles.xml` and `numbering.xml`."""
    lists: dict[str, str] = {}
    levels: dict[str, dict[int, Level]] = {}
    starts: dict[tuple[str, int], int] = {}
    own: dict[tuple[str, int], Level] = {}
    for found in () if numbering is None else numbering.iterchildren():
        if found.tag == qualified("w:abstractNum"):
            rows = found.iterchildren(qualified("w:lvl"))
            levels[found.get(qualified("w:abstractNumId"), "")] = {
                int(r.get(qualified("w:ilvl"), "0")): _level(r) for r in rows
            }
        elif found.tag == qualified("w:num"):
            name = found.get(qualified("w:numId"), "")
            lists[name] = value(found, "w:abstractNumId")
            for change in found.iterchildren(qualified("w:lvlOverride")):
                row = change.find(qualified("w:lvl"))
                if row is not None:
                    own[name, int(change.get(qualified("w:ilvl"), "0"))] = _level(row)
                start = value(change, "w:startOverride")
                if start:
                    starts[name, int(change.get(qualified("w:ilvl"), "0"))] = int(start)
    return Numbers(_styles(styles), lists, levels, starts, own)


def _styles(styles: Element) -> dict[str, Style]:
    found = {}
    for style in styles.iterchildren(qualified("w:style")):
        name = style.get(qualified("w:styleId"), "")
        level = int(value(style, "w:pPr/w:numPr/w:ilvl") or 0)
        list_ = value(style, "w:pPr/w:numPr/w:numId")
        found[name] = Style(name, value(style, "w:name"), value(style, "w:basedOn"), list_, level)
    return found


def _level(row: Element) -> Level:
    restart = value(row, "w:lvlRestart")
    return Level(
        value(row, "w:numFmt") or "decimal",
        value(row, "w:lvlText"),
        _SUFFIXES[value(row, "w:suff") or "tab"],
        int(value(row, "w:start") or 1),
        int(restart) if restart else None,
        value(row, "w:pStyle"),
    )
