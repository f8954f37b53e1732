"""Prose: what its marks become, in every language's letters, and that no text makes the parser raise or hang."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icat_reports.diagnostics import Sink, Span
from icat_reports.document import walk
from icat_reports.document.nodes import (
    Aside,
    Block,
    Citation,
    Emphasis,
    Inline,
    Item,
    LineBreak,
    Link,
    List,
    NoteMark,
    Paragraph,
    Phrase,
    Reference,
    Strong,
    Text,
)
from icat_reports.prose import parse_line, parse_prose
from icat_reports.words import Words


@dataclass(frozen=True)
class Plain:
    """Marks stand for their own names."""

    def among(self, language: str) -> Self:
        del language
        return self

    def note(self, name: str, place: Span) -> str:
        del place
        return name

    def cite(self, reference: str, words: tuple[Inline, ...], place: Span) -> Inline:
        del place
        return Citation(reference, "", words or (Text(f"<{reference}>"),))

    def token(self, name: str, argument: str, place: Span) -> tuple[Inline, ...]:
        del place
        return (Reference(argument),) if name == "ref" else (Text(f"<{name} {argument}>"),)


def parse(text: str) -> tuple[Block, ...]:
    """Blocks of a text in which nothing is wrong."""
    sink = Sink()
    blocks = parse_prose(Words(text), Plain(), sink)
    assert [str(f) for f in sink] == []
    return blocks


def line(text: str) -> tuple[Inline, ...]:
    """The words of a text of one paragraph."""
    (block,) = parse(text)
    assert isinstance(block, Paragraph)
    return block.children


def p(*children: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(c) if isinstance(c, str) else c for c in children))


def li(*blocks: Block | str) -> Item:
    return Item(tuple(p(b) if isinstance(b, str) else b for b in blocks))


MARKS: Mapping[str, tuple[Inline, ...]] = {
    "Plain words.": (Text("Plain words."),),
    "*A title* and **bold**": (Emphasis((Text("A title"),)), Text(" and "), Strong((Text("bold"),))),
    "It met.[^tokyo] Then": (Text("It met."), NoteMark("tokyo"), Text(" Then")),
    "See [@A/RES/61/180].": (Text("See "), Citation("A/RES/61/180", "", (Text("<A/RES/61/180>"),)), Text(".")),
    "[@S/RES/1888(2009)]": (Citation("S/RES/1888(2009)", "", (Text("<S/RES/1888(2009)>"),)),),
    "the [Protocol](@palermo)": (Text("the "), Citation("palermo", "", (Text("Protocol"),))),
    "the [*Protocol*](@palermo)": (Text("the "), Citation("palermo", "", (Emphasis((Text("Protocol"),)),))),
    "[site](https://un.org/a_b?c=%20&d)": (Link("https://un.org/a_b?c=%20&d", (Text("site"),)),),
    "<https://un.org/x>": (Link("https://un.org/x", (Text("https://un.org/x"),)),),
    "[mail](mailto:a@b.org)": (Link("mailto:a@b.org", (Text("mail"),)),),
    "see {ref:annex} and {count:x}": (Text("see "), Reference("annex"), Text(" and <count x>")),
    "[raison d’être]{fr} of": (Phrase("fr", (Text("raison d’être"),)), Text(" of")),
    "two\nlines": (Text("two lines"),),
    "two  \nlines": (Text("two"), LineBreak(), Text("lines")),
    "\\*no\\* &lt;b&gt; \\{x\\} \\[^a]": (Text("*no* <b> {x} [^a]"),),
    "في عام 2010،[^a] اجتمع *الفريق*": (
        Text("في عام 2010،"),
        NoteMark("a"),
        Text(" اجتمع "),
        Emphasis((Text("الفريق"),)),
    ),
    "**机构间**协调小组（{count:x}）[^a]": (Strong((Text("机构间"),)), Text("协调小组（<count x>）"), NoteMark("a")),
    "[[Annual *Report*]{en}](@x), [a *[*Book*]{fr}*](@x)": (
        Citation("x", "", (Phrase("en", (Text("Annual "), Emphasis((Text("Report"),)))),)),
        Text(", "),
        Citation("x", "", (Text("a "), Emphasis((Phrase("fr", (Emphasis((Text("Book"),)),)),)))),
    ),
    "见的*《全球报告》*的*“甲”*，乙**（丙）**见*[@x]*丁": (
        Text("见的"),
        Emphasis((Text("《全球报告》"),)),
        Text("的"),
        Emphasis((Text("“甲”"),)),
        Text("，乙"),
        Strong((Text("（丙）"),)),
        Text("见"),
        Emphasis((Citation("x", "", (Text("<x>"),)),)),
        Text("丁"),
    ),
    "انظر و*[@x]*، و*«تقرير»*.": (
        Text("انظر و"),
        Emphasis((Citation("x", "", (Text("<x>"),)),)),
        Text("، و"),
        Emphasis((Text("«تقرير»"),)),
        Text("."),
    ),
    "4 * 5, the*(x)*y": (Text("4 * 5, the*(x)*y"),),
    "Протокол о *торговле людьми*": (Text("Протокол о "), Emphasis((Text("торговле людьми"),))),
}


@pytest.mark.parametrize("text", MARKS)
def test_a_mark_becomes_its_node(text: str) -> None:
    assert line(text) == MARKS[text]


def test_lists_know_how_they_were_marked() -> None:
    text = (
        "(a) first\n(b) second\n\n    (i) inner\n    (ii) inner two\n\nWords\n\n1. one\n2. two\n\nWords\n\n- bullet\n"
    )
    assert parse(text) == (
        List("letter", (li("first"), li("second", List("roman", (li("inner"), li("inner two")))))),
        p("Words"),
        List("decimal", (li("one"), li("two"))),
        p("Words"),
        List("bullet", (li("bullet"),)),
    )


def test_a_quotation_is_set_off() -> None:
    assert parse("> Words.\n> More.") == (Aside("quotation", (p("Words. More."),)),)


def test_paragraphs_in_a_line_are_parted_by_breaks() -> None:
    assert parse_line(Words("One.\n\nTwo."), Plain(), Sink()) == (Text("One."), LineBreak(), Text("Two."))


def test_a_finding_in_a_block_scalar_names_the_line_of_the_file() -> None:
    sink = Sink()
    text = Words("One.\n\nTwo <b>x</b>.\n", Span("a.yaml", 7, 9, "text"), "|\n    One.\n\n    Two <b>x</b>.\n")
    parse_prose(text, Plain(), sink)
    assert [str(f.span) for f in sink] == ["a.yaml:10:9", "a.yaml:10:13"]


# ---------------------------------------------------------------- any text


def words_of(blocks: tuple[Block, ...]) -> str:
    """All words, without white space."""
    found = [walk.plain(walk.own_inlines(b)) for b in walk.blocks(blocks)]
    return "".join("".join(found).split())


@given(st.text(max_size=200))
@settings(max_examples=400)
def test_no_text_makes_the_parser_raise(text: str) -> None:
    parse_prose(Words(text, Span("a.yaml", 3, 5), "|\n  x"), Plain(), Sink())
    parse_line(Words(text), Plain(), Sink())


@given(st.lists(st.sampled_from(["*", "**", "_", "[", "]", "(", ")", "[^a]", "[@b]", "](@c)", "{ref:d}", "{", "}", "<b>", "\\",
                                 "`", "> ", "- ", "(a) ", "1. ", "\n", "\n\n", "    ", "word ", "![", "https://a.b", "&lt;"]),
                max_size=40))  # fmt: skip
@settings(max_examples=600)
def test_no_mixture_of_marks_makes_the_parser_raise(pieces: list[str]) -> None:
    sink = Sink()
    text = "".join(pieces)
    parse_prose(Words(text, Span("a.yaml", 1, 1)), Plain(), sink)
    assert all(f.span.file == "a.yaml" for f in sink)


@given(st.lists(st.text("abcdeéжع中 ,.;:’“”–", min_size=1, max_size=30), min_size=1, max_size=5))
def test_plain_words_are_kept_letter_for_letter(paragraphs: list[str]) -> None:
    kept = [" ".join(text.split()) for text in paragraphs if text.strip()]
    text = "\n\n".join(kept)
    assert words_of(parse(text)) == "".join("".join(kept).split())


PATHOLOGICAL = {
    "opening brackets": "[" * 3_000,
    "opening marks": "[^" * 3_000,
    "emphasis that never closes": "*a " * 10_000,
    "emphasis in emphasis": "*a **b " * 2_000 + "c" + "** d*" * 2_000,
    "underscores": "_" * 20_000 + "a",
    "backticks": "".join("`" * n + " " for n in range(1, 200)),
    "quotations": "> " * 5_000 + "a",
    "list in list": "- " * 5_000 + "a",
    "links in links": "[a](" * 2_000,
    "braces": "{" * 3_000 + "}" * 3_000,
    "tokens": "{ref:a} " * 3_000,
    "entities": "&lt;" * 10_000,
    "backslashes": "\\" * 20_000,
    "markup": "<a " * 5_000,
    "one long word": "a" * 500_000,
    "many paragraphs": "a\n\n" * 3_000,
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_a_pathological_text_is_read_in_reasonable_time(name: str) -> None:
    start = time.perf_counter()
    parse_prose(Words(PATHOLOGICAL[name], Span("a.yaml", 1, 1), "|\n  a"), Plain(), Sink())
    assert time.perf_counter() - start < 10
