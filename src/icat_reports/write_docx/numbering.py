"""In: the counters of a layout and how headings count. Out: `numbering.xml`, and the `w:numPr` of each paragraph.

Word counts by itself, so an inserted heading or paragraph renumbers what follows. The counters that a document uses
most at each level make one multilevel list, linked to the built-in heading styles; the others, such as that of the
annexes, are lists of their own. We count as Word does (ECMA-376 part 1, 17.9); where Word's count would differ from
the document's, the paragraph begins a new instance of the list with the right number.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.document.resolved import Counter, HeadingNumber
from icat_reports.faces import families
from icat_reports.fonts import FONT_SETS
from icat_reports.language import Language
from icat_reports.measure import Measure
from icat_reports.ooxml.markup import Inner, Instead, Value, for_word, properties
from icat_reports.ooxml.namespaces import declare
from icat_reports.ooxml.package import DECLARATION
from icat_reports.ooxml.styles import DEEPEST_LIST, heading_style, list_style
from icat_reports.ooxml.units import twips
from icat_reports.theme import Theme, TypeStyle

HEADINGS, PARAGRAPHS, TABLE_NOTES, UNNUMBERED = range(1, 5)
"""Ids of the lists that every file has; an instance of the same id goes with each. The last gives no number."""

KINDS = ("bullet", "decimal", "letter", "roman")
"""Kinds of list nodes whose items bear a mark."""
LISTS: dict[tuple[str, bool], int] = {
    (kind, in_table): UNNUMBERED + 1 + place
    for place, (in_table, kind) in enumerate((in_table, kind) for in_table in (False, True) for kind in KINDS)
}
"""Lists by the kind of a list node and whether it stands in a table: a style belongs to one list only."""
_FIXED = UNNUMBERED + len(LISTS)

_LEVELS = 9
_BULLET_MARKS = ("•", "–", "•")
_ROOM = {"bullet": 1.0, "decimal": 1.25, "letter": 1.4, "roman": 1.7}
"""Room for the mark of an item in steps of the list: `(viii)` is wider than a bullet, and would push its words aside."""
_SPACE = 0.25
"""Width of a space between a number and the words of its heading, of the size of type."""
_LEADING = Instead(for_word("", '<w:lvlJc w:val="right"/>'))
"""Where a mark stands in a language that is written from right to left: at the leading edge.

That is what an absent `w:lvlJc` means in such a paragraph (ECMA-376 part 1, 17.9.7), and `left` to Word; LibreOffice
means the left of the page, and would put a heading's label into the margin. So Word is told nothing (since 2013, whose
namespace it knows), and others `right`.
"""


class Numbering(Struct):
    """The lists of a file and where their counts stand."""

    counters: Mapping[str, Counter]
    language: Language
    theme: Theme
    main: dict[int, Counter] = field(default_factory=dict)
    """The counter of the heading style of each level."""
    _others: dict[tuple[str, int], int] = field(default_factory=dict)
    """Ids of the lists of other counters, by counter and level."""
    _instances: list[tuple[int, int, int, str]] = field(default_factory=list)
    """Restarted instances: list, level from 0, first number, and a level of its own, or nothing."""
    _counts: dict[tuple[int, int], int] = field(default_factory=dict)
    _current: dict[tuple[int, int], int] = field(default_factory=dict)
    _starts: dict[int, int] = field(default_factory=dict)
    """Number of the first heading of each level that its style counts, where it is not 1."""
    first_paragraph: int = 1
    """Number of the first numbered paragraph."""
    _paragraphs: tuple[int, int] = (0, 0)
    """Number of the last numbered paragraph, and the instance that counts them; 0 for that of their style."""

    def learn(self, headings: Sequence[HeadingNumber], paragraphs: Iterable[int]) -> None:
        """Choose the counter of each level: the one that most headings use, of equals the first; see where counts begin."""
        tally = Tally((h.level, h.counter) for h in headings if h.counter)
        for (level, name), _ in tally.most_common():
            self.main.setdefault(level, self.counters[name])
        for level, name in tally:
            if self.main[level].name != name:
                self._others[name, level] = _FIXED + len(self._others) + 1
        for heading in headings:
            if heading.counter and self.main[heading.level].name == heading.counter:
                self._starts.setdefault(heading.level, heading.count)
        self.first_paragraph = next(iter(paragraphs), 1)

    # ------------------------------------------------------------ paragraphs

    def restart(self, list_: int, level: int = 0, first: int = 1, own: str = "") -> int:
        """A new instance of a list that begins at `first` on `level` (from 0), there perhaps with looks of its own."""
        self._instances.append((list_, level, first, own))
        return _FIXED + len(self._others) + len(self._instances)

    def heading(self, number: HeadingNumber, *, listed: bool) -> Value:
        """`w:numPr` of a heading; None where its style counts it rightly: that of headings that are not `listed`, never."""
        level = number.level
        if not number.counter:
            return number_properties(level - 1, UNNUMBERED) if listed and level in self.main else None
        list_ = self._list(number.counter, level)
        if self._is_written(self.counters[number.counter]):
            return number_properties(level - 1, self._written(number, list_))
        before = self._starts.get(level, 1) - 1 if list_ == HEADINGS else 0
        count = self._counts.get((list_, level), before) + 1
        if count != number.count:
            count = number.count
            self._current[list_, level] = self.restart(list_, level - 1, count)
        self._counts[list_, level] = count
        self._forget_deeper(list_, level)
        instance = self._current.get((list_, level), list_)
        return None if listed and instance == HEADINGS else number_properties(level - 1, instance)

    def _is_written(self, counter: Counter) -> bool:
        """Whether Word cannot count so in this language."""
        return counter.format in self.language.number_words

    def _written(self, number: HeadingNumber, list_: int) -> int:
        """An instance for one heading, whose level has the words of its number, and goes on counting."""
        counter, level = self.counters[number.counter], number.level
        self._counts[list_, level] = number.count
        self._forget_deeper(list_, level)
        level_ = self._counted(replace(counter, pattern=number.label), level, None, number.count)
        own = level_.replace("<w:lvl>", f'<w:lvl w:ilvl="{level - 1}">', 1)
        return self.restart(list_, level - 1, number.count, own)

    def paragraph(self, number: int) -> Value:
        """`w:numPr` of a numbered paragraph; None as long as its style counts rightly: from a gap in the numbers on, not."""
        last, instance = self._paragraphs
        if last and number != last + 1:
            instance = self.restart(PARAGRAPHS, 0, number)
        self._paragraphs = number, instance
        return number_properties(0, instance) if instance else None

    def _list(self, counter: str, level: int) -> int:
        return self._others.get((counter, level), HEADINGS)

    def _forget_deeper(self, list_: int, level: int) -> None:
        """A heading makes the deeper levels of its list begin anew, unless their counter goes on (17.9.10)."""
        for place in [p for p in self._counts if p[0] == list_ and p[1] > level]:
            if list_ != HEADINGS or self.main[place[1]].restarts:
                del self._counts[place]
                self._current.pop(place, None)

    # ------------------------------------------------------------ the part

    def markup(self) -> str:
        """`numbering.xml`."""
        lists = [
            self._abstract(HEADINGS, (self._heading_level(level) for level in range(1, _LEVELS + 1))),
            self._abstract(PARAGRAPHS, [self._paragraph_level()]),
            self._abstract(TABLE_NOTES, [self._table_note_level()]),
            self._abstract(UNNUMBERED, (self._silent() for _ in range(_LEVELS))),
            *(self._abstract(id_, self._list_levels(*which)) for which, id_ in LISTS.items()),
            *(
                self._abstract(id_, (self._other_level(name, level, at) for at in range(1, _LEVELS + 1)))
                for (name, level), id_ in self._others.items()
            ),
        ]
        base = _FIXED + len(self._others)
        instances = [f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{id_}"/></w:num>' for id_ in range(1, base + 1)]
        for place, (list_, level, first, own) in enumerate(self._instances, base + 1):
            instances.append(
                f'<w:num w:numId="{place}"><w:abstractNumId w:val="{list_}"/>'
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/>{own}</w:lvlOverride></w:num>'
            )
        return f"{DECLARATION}<w:numbering{self._namespaces()}>{''.join(lists)}{''.join(instances)}</w:numbering>"

    def _namespaces(self) -> str:
        return declare("w", "mc", "w15") if self.language.direction == "rtl" else declare("w")

    def _abstract(self, id_: int, levels: Iterable[str]) -> str:
        rows = list(levels)
        kind = "multilevel" if len(rows) > 1 else "singleLevel"
        return (
            f'<w:abstractNum w:abstractNumId="{id_}"><w:nsid w:val="{0x1CA70000 + id_:08X}"/>'
            f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="{0x1CA80000 + id_:08X}"/>'
            + "".join(row.replace("<w:lvl>", f'<w:lvl w:ilvl="{at}">', 1) for at, row in enumerate(rows))
            + "</w:abstractNum>"
        )

    def _heading_level(self, level: int) -> str:
        counter = self.main.get(level)
        start = self._starts.get(level, 1)
        return self._counted(counter, level, heading_style(level), start) if counter else self._silent()

    def _other_level(self, name: str, level: int, at: int) -> str:
        return self._counted(self.counters[name], level, None, 1) if at == level else self._silent()

    def _counted(self, counter: Counter, level: int, style: str | None, start: int) -> str:
        shape = counter.format
        if self._is_written(counter) or (shape == "cardinalText" and not self.language.cardinals):
            shape = "decimal"
        number = counter.pattern.replace("{n}", f"%{level}")
        looks = self.theme.type.get(f"h{level}")
        more: dict[str, Value] = {"suff": "nothing"}
        if looks and looks.hanging:
            left = twips(looks.indent + looks.hanging)
            more = {
                "suff": "tab" if self._fits(number, looks) else "space",
                "pPr": Inner(f'<w:ind w:left="{left}" w:hanging="{twips(looks.hanging)}"/>'),
            }
        return self._level(
            start=start,
            numFmt=shape,
            lvlRestart=None if counter.restarts else 0,
            pStyle=style,
            lvlText=number if "pPr" in more else number + counter.separator,
            **more,
        )

    def _fits(self, label: str, looks: TypeStyle) -> bool:
        """Whether a label written in words leaves a space before the words of its heading; else no stop holds the tab."""
        if "%" in label:
            return True
        fonts = families(FONT_SETS[self.theme.fonts.heading], self.language)
        width = Measure(fonts, looks.size, bold=looks.weight == "bold").width(label)
        return width + looks.size * _SPACE <= looks.hanging

    def _silent(self) -> str:
        return self._level(numFmt="none", suff="nothing", lvlText="")

    def _list_levels(self, kind: str, in_table: bool) -> Iterable[str]:  # noqa: FBT001 - a key of LISTS
        indent, hanging = list_step(self.theme, in_table=in_table)
        room = hanging * _ROOM[kind]
        roman, mark = self.language.roman_item
        for depth in range(1, _LEVELS + 1):
            shape, text = {
                "bullet": ("bullet", _BULLET_MARKS[min(depth, len(_BULLET_MARKS)) - 1]),
                "decimal": ("decimal", f"%{depth}."),
                "letter": (self.language.letters, self.language.item_mark.replace("{n}", f"%{depth}")),
                "roman": (roman, (mark or self.language.item_mark).replace("{n}", f"%{depth}")),
            }[kind]
            style = list_style(kind, depth, in_table=in_table) if depth <= DEEPEST_LIST else None
            start = 0 if in_table else self.theme.list.start
            place = Inner(f'<w:ind w:left="{twips(start + indent * (depth - 1) + room)}" w:hanging="{twips(room)}"/>')
            yield self._level(numFmt=shape, pStyle=style, lvlText=text, pPr=place)

    def _paragraph_level(self) -> str:
        tab = twips(self.theme.list.indent * 2)
        return self._level(
            start=self.first_paragraph,
            numFmt="decimal",
            pStyle="NumberedParagraph",
            lvlText=self.language.paragraph_mark.replace("{n}", "%1"),
            pPr=Inner(f'<w:tabs><w:tab w:val="num" w:pos="{tab}"/></w:tabs><w:ind w:left="0" w:firstLine="0"/>'),
        )

    def _table_note_level(self) -> str:
        return self._level(
            numFmt=self.language.letters, suff="space", lvlText="%1", rPr=Inner('<w:vertAlign w:val="superscript"/>')
        )

    def _level(self, *, lvlText: str, **more: Value) -> str:  # noqa: N803 - Word's name of it
        rtl = self.language.direction == "rtl"
        direction = "<w:rtl/>" if rtl else ""
        marks = more.pop("rPr", "")
        values: dict[str, Value] = {"start": 1, "lvlJc": _LEADING if rtl else "left", **more}
        if marks or direction:
            values["rPr"] = Inner(f"{marks}{direction}")
        values["lvlText"] = {"val": lvlText}
        return properties("lvl", values)


def list_step(theme: Theme, *, in_table: bool) -> tuple[float, float]:
    """Points by which each level of a list is set in, and by which its marks stand out; tighter in tables."""
    looks = theme.list
    scale = theme.type["table"].size / theme.type["body"].size if in_table else 1.0
    return looks.indent * scale, looks.hanging * scale


def number_properties(level: int, instance: int) -> Inner:
    """`w:numPr` (17.3.1.19): level from 0 and instance of a list."""
    return Inner(f'<w:ilvl w:val="{level}"/><w:numId w:val="{instance}"/>')
