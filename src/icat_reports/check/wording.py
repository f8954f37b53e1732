"""In: what an author wrote. Out: findings about marks, emphasis, bullets and percentages, each at its column.

The rules are those of the United Nations Editorial Manual that a pattern can see; one table holds them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from icat_reports.diagnostics import Sink
from icat_reports.words import CellText, Prose
from icat_reports.written import Written


class _Rule(Struct, frozen=True):
    """A departure that a pattern finds."""

    code: str
    signs: tuple[str, ...]
    """One of them stands in every text that departs from the rule, and in few others."""
    found: re.Pattern[str]
    """Its group `at`, if it has one, is the place."""
    message: str
    hint: str
    cells: bool | None = None
    """Whether it is a rule of tables' cells; None where it holds in both."""


_MANUAL = "United Nations Editorial Manual"
_RULES: Sequence[_Rule] = (
    _Rule(
        "mark-after-punctuation",
        ("[^",),
        re.compile(r"(?P<at>\[\^[^\]\s]+\])[.,;:!?]"),
        "the mark of a note stands before punctuation",
        f"set it after the punctuation ({_MANUAL}, footnotes: in English the indicator follows it)",
    ),
    _Rule(
        "mark-after-punctuation",
        ("[^",),
        re.compile(r"\S(?P<at>\s+\[\^)"),
        "there is a space before the mark of a note",
        f"set the mark close to the word or punctuation before it ({_MANUAL}, footnotes)",
    ),
    _Rule(
        "emphasis-plain",
        ("**", "__"),
        re.compile(r"\*\*(?=\S)[^*]+\*\*|__(?=\S)[^_]+__"),
        "words are set in bold",
        f"take the asterisks away: no bold for emphasis ({_MANUAL}, italics and bold)",
    ),
    _Rule(
        "emphasis-plain",
        ("*",),
        re.compile(r"(?<![*\w\\])\*(?=[a-z])[^*A-Z]+\*(?!\*)"),
        "words that are no title of a work are set in italics",
        f"take the asterisks away: no italics for emphasis ({_MANUAL}, italics and bold); "
        "words of another language are written [mots]{fr}",
    ),
    _Rule(
        "items-unpunctuated",
        (";",),
        re.compile(r"(?P<at>;)(?: and| or)?[ \t]*(?=\n+[ \t]*(?:[-*]|\d+\.|\([a-z]+\))[ \t])"),
        "an item of a list ends in a semicolon",
        f"take it away: short items have no punctuation, whole sentences a full stop ({_MANUAL}, lists)",
    ),
    _Rule(
        "per-cent-in-text",
        ("%",),
        re.compile(r"\d\s?(?P<at>%)(?![0-9A-Fa-f]{2})"),
        "a percentage in running text is written with the sign",
        f"write “per cent”: the sign is for tables ({_MANUAL}, numbers)",
        cells=False,
    ),
    _Rule(
        "per-cent-in-table",
        ("cent",),
        re.compile(r"\d\s(?P<at>per\s+cent\b)"),
        "a percentage in a table is written in words",
        f"write “%”: the words are for running text ({_MANUAL}, numbers)",
        cells=True,
    ),
)


def check_wording(written: Written, sink: Sink) -> None:
    """Report departures in each text, at the column where they stand."""
    for text in written.texts.values():
        if isinstance(text, Prose):
            for rule in _RULES:
                if rule.cells in (None, isinstance(text, CellText)) and any(sign in text for sign in rule.signs):
                    for found in rule.found.finditer(text):
                        place = found.start("at") if "at" in rule.found.groupindex else found.start()
                        sink.warn(rule.code, rule.message, text.at(place), rule.hint)
