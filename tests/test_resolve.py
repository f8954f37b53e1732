"""Resolving: numbers, notes, contents rows and references of any document, and house style's checks of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sample import counters, sample, shared_words

from icat_reports.check import check
from icat_reports.diagnostics import Sink
from icat_reports.document import walk
from icat_reports.document.nodes import (
    Block,
    Chart,
    Division,
    Document,
    Figure,
    Heading,
    Metadata,
    Note,
    NoteMark,
    Paragraph,
    Reference,
    Section,
    Table,
    Text,
)
from icat_reports.document.resolved import Counter, ResolvedDocument
from icat_reports.language import LANGUAGES
from icat_reports.numerals import letter, roman
from icat_reports.resolve import resolve
from icat_reports.resolve.counting import cardinal, count_in
from icat_reports.written import Written

LEVELS = ("section", "sub", "subsub")


def resolved(document: Document, code: str = "en") -> tuple[ResolvedDocument, Sink]:
    sink = Sink()
    return resolve(document, LANGUAGES[code], counters(code), shared_words(code), sink), sink


# ---------------------------------------------------------------- any document


@dataclass
class Making:
    """Makes a document from choices, with ids of its own."""

    count: int = 0
    notes: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)

    def id(self, kind: str) -> str:
        self.count += 1
        return f"{kind}-{self.count}"

    def paragraph(self, notes: int, numbered: bool) -> Paragraph:  # noqa: FBT001
        marks = [self.id("note") for _ in range(notes)]
        self.notes += marks
        return Paragraph((Text("words"), *map(NoteMark, marks)), number=numbered, id=self.id("p"))

    def blocks(self, choices: list[tuple[str, int]], level: int) -> Iterator[Block]:
        """Blocks by a list of choices: what, and how many."""
        for kind, many in choices:
            target = self.id(kind)
            if kind == "paragraph":
                yield self.paragraph(many % 3, numbered=many % 2 == 0)
                continue
            if kind != "section" or level < len(LEVELS):
                self.targets.append(target)
            if kind == "figure":
                yield Figure(target, (Text("caption"),), Chart("bar", (), ()), "words")
            elif kind == "table":
                notes = tuple(Note(self.id("note"), "letter", ()) for _ in range(many % 3))
                marks = tuple(NoteMark(note.id) for note in notes)
                yield Table(target, (Text("caption"), *marks), (100.0,), (), (), notes)
            elif level < len(LEVELS):
                inner = tuple(self.blocks(choices[:many], level + 1))
                numbering = LEVELS[level] if many % 4 else ""
                yield Section(target, Heading((Text(target),)), inner, numbering, in_contents=many % 5 != 0)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of sections three deep, tables, figures, notes and references."""
    choice = st.tuples(st.sampled_from(["section", "section", "paragraph", "figure", "table"]), st.integers(0, 6))
    making = Making()
    body = tuple(making.blocks(draw(st.lists(choice, min_size=1, max_size=6)), 0))
    cited = Paragraph(tuple(Reference(target) for target in making.targets))
    order = draw(st.permutations(making.notes))
    notes = tuple(Note(name, "number", (Text(f"text of {name}"),)) for name in order)
    return Document(Metadata("t", "t", "en"), (Division("body", (*body, cited)),), notes)


def marks(document: Document) -> Iterator[str]:
    """Notes of the text in the order of their marks."""
    letters = {n.id for b in walk.document_blocks(document) for n in walk.table_notes(b)}
    for block in walk.document_blocks(document):
        for child in walk.inlines(walk.own_inlines(block)):
            if isinstance(child, NoteMark) and child.note not in letters:
                yield child.note


def sections(blocks: tuple[Block, ...]) -> Iterator[Section]:
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from sections(block.children)


LETTERS = {"en": "abc", "zh": "abc", "ar": "أبج"}
"""Marks of notes under tables."""


@given(documents(), st.sampled_from(["en", "ar", "zh"]))
@settings(max_examples=200)
def test_numbers_follow_one_another_in_every_document(document: Document, code: str) -> None:
    found, sink = resolved(document, code)
    assert len(sink) == 0
    order = list(marks(document))
    assert [found.notes[name].count for name in order] == list(range(1, len(order) + 1))
    for block in walk.document_blocks(document):
        assert [found.notes[n.id].mark for n in walk.table_notes(block)] == list(LETTERS[code])[
            : len(walk.table_notes(block))
        ]
    for kind, rows in (("table", found.tables), ("figure", found.figures)):
        assert [found.captions[row.target].count for row in rows] == list(range(1, len(rows) + 1))
        assert all(found.captions[row.target].kind == kind for row in rows)
    assert list(found.paragraphs.values()) == list(range(1, len(found.paragraphs) + 1))


@given(documents())
@settings(max_examples=200)
def test_contents_rows_are_the_headings_in_order(document: Document) -> None:
    found, _ = resolved(document)
    shown = [s for s in sections(document.divisions[0].children) if s.in_contents]
    assert [row.target for row in found.contents] == [s.id for s in shown]
    assert [(row.level, row.label) for row in found.contents] == [
        (found.headings[s.id].level, found.headings[s.id].label) for s in shown
    ]


@given(documents())
@settings(max_examples=200)
def test_siblings_of_one_counter_count_on_and_begin_anew_below_each_parent(document: Document) -> None:
    found, _ = resolved(document)
    through = 0
    for parent in (None, *sections(document.divisions[0].children)):
        children = parent.children if parent else document.divisions[0].children
        counts: dict[str, int] = {}
        for child in (c for c in children if isinstance(c, Section) and c.numbering):
            counts[child.numbering] = counts.get(child.numbering, 0) + 1
            assert found.headings[child.id].count == counts[child.numbering]
    for section in sections(document.divisions[0].children):
        number = found.headings[section.id]
        through += number.counter == "section"
        assert (number.label == "") == (section.numbering == "")
        assert found.references[section.id] == number.reference != ""


@given(documents())
@settings(max_examples=50)
def test_every_target_has_words_and_every_numbered_heading_words_of_its_own(document: Document) -> None:
    found, _ = resolved(document)
    inner = [found.headings[s.id] for s in sections(document.divisions[0].children)]
    numbered = [n.reference for n in inner if n.counter and n.level == 1]
    assert len(numbered) == len(set(numbered))
    assert set(found.references) == set(found.headings) | set(found.captions) | set(found.paragraphs)


@given(documents())
@settings(max_examples=50)
def test_resolving_twice_gives_the_same(document: Document) -> None:
    assert resolved(document)[0] == resolved(document)[0]


# ---------------------------------------------------------------- series of notes


def note_document(*notes: Note, order: str) -> Document:
    """A document whose text has marks in `order`, one letter for each note's id."""
    text = Paragraph(tuple(NoteMark(name) for name in order))
    return Document(Metadata("t", "t", "en"), (Division("body", (text,)),), notes)


def test_an_asterisk_takes_no_number_and_may_stand_twice() -> None:
    notes = (Note("a", "number", ()), Note("s", "asterisk", ()), Note("b", "number", ()), Note("t", "asterisk", ()))
    found, sink = resolved(note_document(*notes, order="bsast"))
    assert {name: number.mark for name, number in found.notes.items()} == {"b": "1", "s": "*", "a": "2", "t": "**"}
    assert found.marks == {"b": 1, "s": 2, "a": 1, "t": 1}
    assert len(sink) == 0


def test_notes_are_reported_that_are_unmarked_undefined_or_marked_twice() -> None:
    found, sink = resolved(note_document(Note("a", "number", ()), Note("b", "number", ()), order="aac"))
    assert [d.code for d in sink] == ["note-marked-once", "note-defined", "note-marked"]
    assert {name: number.mark for name, number in found.notes.items()} == {"a": "1"}


# ---------------------------------------------------------------- counting


@pytest.mark.parametrize(("count", "shown"), [(1, "i"), (4, "iv"), (9, "ix"), (40, "xl"), (1994, "mcmxciv")])
def test_roman_figures(count: int, shown: str) -> None:
    assert roman(count) == shown


@given(st.integers(1, 3000), st.integers(1, 3000))
def test_roman_figures_tell_numbers_apart(a: int, b: int) -> None:
    assert (roman(a) == roman(b)) == (a == b)


def test_letters_go_on_after_z_as_in_word() -> None:
    assert [letter(n) for n in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "zz", "aaa"]


def test_words_for_numbers_give_way_to_figures_where_there_are_none() -> None:
    assert cardinal(LANGUAGES["en"], 3) == "Three"
    shown = [cardinal(LANGUAGES["en"], count) for count in (19, 20, 21, 30, 42, 99, 100)]
    assert shown == ["Nineteen", "Twenty", "Twenty-one", "Thirty", "Forty-two", "Ninety-nine", "100"]
    assert cardinal(LANGUAGES["ar"], 3).isascii() == (not LANGUAGES["ar"].cardinals)
    assert count_in(LANGUAGES["en"], "upperRoman", 2) == "II"


# ---------------------------------------------------------------- house style


@pytest.mark.parametrize("code", ["en", "ar", "zh", "fr", "ru", "es"])
def test_the_sample_is_in_house_style_in_every_language(code: str) -> None:
    if code not in ("en", "ar", "zh"):
        found, _ = resolved(sample("en").document, "en")
    else:
        found = sample(code)
    sink = Sink()
    check(found, LANGUAGES[code], Written(), sink)
    assert [str(d) for d in sink if d.code != "subheading-accompanied"] == []


@given(documents())
@settings(max_examples=100)
def test_a_heading_is_reported_exactly_when_it_has_no_companion(document: Document) -> None:
    found, _ = resolved(document)
    sink = Sink()
    check(found, LANGUAGES["en"], Written(), sink)
    lone = [
        inner
        for s in sections(document.divisions[0].children)
        if len(inner := [c for c in s.children if isinstance(c, Section)]) == 1
    ]
    assert sum(d.code == "subheading-accompanied" for d in sink) == len(lone)


def test_a_counter_has_the_words_and_the_figures_of_a_language() -> None:
    changes = {"zh": {"format": "chineseCountingThousand", "separator": ""}}
    counter = Counter("part", "upperRoman", "Part {n}", ". ", "part {n}", 1, restarts=False, languages=changes)
    words = {"numbering-part-pattern": "第{n}部分", "numbering-part-reference": "第{n}部分"}
    chinese = counter.in_language("zh", words)
    assert (chinese.format, chinese.pattern, chinese.separator) == ("chineseCountingThousand", "第{n}部分", "")
    assert counter.in_language("fr", {}) == counter
    shown = [count_in(LANGUAGES["zh"], chinese.format, n) for n in (1, 10, 11, 20, 99)]
    assert shown == ["一", "十", "十一", "二十", "九十九"]


def test_arabic_counts_in_words() -> None:
    """Headings of documents: أولا –, ألف –; figures where no word is left."""
    arabic = LANGUAGES["ar"]
    shown = [count_in(arabic, "ordinalAdverb", n) for n in (1, 2, 11, 20, 21)]
    assert shown == ["أولا", "ثانيا", "حادي عشر", "عشرون", "21"]
    assert [count_in(arabic, "letterName", n) for n in (1, 2, 3, 28, 29)] == ["ألف", "باء", "جيم", "غين", "29"]
    assert count_in(arabic, "ordinalText", 1) == "الأول"
    assert [count_in(arabic, "arabicAbjad", n) for n in (1, 2, 3, 4, 28, 29)] == ["أ", "ب", "ج", "د", "غ", "أأ"]


def test_counts_above_are_joined_as_the_reference_joins_its_own() -> None:
    """The hyphen of الفرع ثانيا-باء stands between all counts, and not where there is nothing above."""
    rows = {
        "one": Counter("one", "ordinalAdverb", "{n} –", " ", "الفرع {n}", 1, restarts=False),
        "two": Counter("two", "letterName", "{n} –", " ", "الفرع {up}-{n}", 2),
        "three": Counter("three", "decimal", "{n}-", " ", "الفرع {up}-{n}", 3),
    }
    deep = Section("c", Heading((Text("c"),)), (), "three")
    body = Section("a", Heading((Text("a"),)), (Section("b", Heading((Text("b"),)), (deep,), "two"),), "one")
    document = Document(
        Metadata("t", "t", "ar"), (Division("body", (body, Section("d", Heading((Text("d"),)), (), "three"))),)
    )
    found = resolve(document, LANGUAGES["ar"], rows, shared_words("ar"), Sink())
    assert found.references == {"a": "الفرع أولا", "b": "الفرع أولا-ألف", "c": "الفرع أولا-ألف-1", "d": "الفرع 1"}
    assert [n.label for n in found.headings.values()] == ["أولا –", "ألف –", "1-", "1-"]
