"""In: a document. Out: findings about numbers that a text announces and its list does not bear out.

Counts written as `{count:…}` come from the data and cannot disagree with it; this is for those typed by hand:
"five organizations (ILO, IOM and UNODC)", or "three briefs:" before a list of two. It needs to know the words for
numbers and what a plural looks like, and so speaks of texts in English, in which the content is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from icat_reports.diagnostics import Sink
from icat_reports.document import walk
from icat_reports.document.nodes import Block, Document, Item, List, Origin, Paragraph
from icat_reports.language import Language
from icat_reports.written import Written

_QUALIFIED = re.compile(
    r"(?:more than|less than|fewer than|over|at least|at most|about|some|nearly|almost|around|up to)\s*$"
)
_TITLE = re.compile(r"(?<![.] )\b(?!The|All|Only|These|Its)[A-Z]\w+ $")
"""Before a figure that is part of a name: Recommendation 7, Section 5."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NAME = re.compile(r"(?:the )?[A-Z][^,;:()–\d]*|\d+(?:\.\d+)*")
_ACRONYM = re.compile(r"\w*[A-Z]\w*[A-Z]\w*")
_IN_WORDS = 21
_LONGEST_NAME = 8
"""Words; what is longer is no name in a list."""


def check_counts(document: Document, language: Language, written: Written, sink: Sink) -> None:
    """Report announced counts that the lists after them do not bear out; nothing where number words are not known."""
    if language.cardinals:
        counts = _Counts(language, written, sink)
        for division in document.divisions:
            counts.check(division.children)


class _Counts(Struct, frozen=True, dict=True):
    """Looks for announced counts."""

    language: Language
    written: Written
    sink: Sink

    @cached_property
    def words(self) -> dict[str, int]:
        """Words for numbers from 2; those beyond twenty stand in figures."""
        return {word: count for count, word in enumerate(self.language.cardinals[:_IN_WORDS]) if count > 1}

    @cached_property
    def quantity(self) -> str:
        """A number and the plural it counts, in a few words without punctuation."""
        return rf"(?<![\w.,/–-])(?P<n>{self._figures})(?: {self._word}){{0,3}}? (?:[\w’'-]+s|people)"

    @cached_property
    def _figures(self) -> str:
        return "|".join((r"\d{1,3}", *self.words))

    @cached_property
    def _word(self) -> str:
        """A word that is no number, and does not make a percentage of the one before."""
        return rf"(?!(?:{self._figures}|per cent)\b)[\w’'-]+"

    @cached_property
    def quantities(self) -> re.Pattern[str]:
        return re.compile(self.quantity, re.IGNORECASE)

    @cached_property
    def in_brackets(self) -> re.Pattern[str]:
        return re.compile(
            rf"{self.quantity}(?: {self._word}){{0,6}}? (?:\((?P<a>[^()]+)\)|– (?P<b>[^–]+) –)", re.IGNORECASE
        )

    @cached_property
    def before_list(self) -> re.Pattern[str]:
        return re.compile(rf"{self.quantity}(?: (?:are|were|is))?(?:,[^:]*)?:\s*$", re.IGNORECASE)

    def check(self, blocks: Iterable[Block]) -> None:
        """Check a row of blocks, and what stands in each."""
        for block, after in pairwise((*blocks, None)):
            if block is None:
                continue
            if isinstance(block, Paragraph):
                self._paragraph(block, after.items if isinstance(after, List) else ())
            self.check(walk.inner_blocks(block))

    def _paragraph(self, paragraph: Paragraph, items: tuple[Item, ...]) -> None:
        text = " ".join(walk.plain(paragraph.children).split())
        for found in self._announced(self.in_brackets, text) if "(" in text or "–" in text else ():
            counts = _names_in(found["a"] or found["b"])
            if counts and self._number(found["n"]) not in counts:
                self._report(found, max(counts), paragraph.origin)
        if not items:
            return
        sentence = _SENTENCE.split(text)[-1]
        numbers = [self._number(found["n"]) for found in self._announced(self.quantities, sentence)]
        for found in self._announced(self.before_list, sentence):
            if len(items) not in (*numbers, sum(numbers)):  # "five resolutions and two plans:" may announce seven
                self._report(found, len(items), paragraph.origin)

    def _announced(self, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
        for found in pattern.finditer(text):
            before = text[: found.start()]
            a_name = found["n"].isdecimal() and _TITLE.search(before)
            if not _QUALIFIED.search(before.lower()) and not a_name:
                yield found

    def _number(self, word: str) -> int:
        return int(word) if word.isdecimal() else self.words[word.lower()]

    def _report(self, found: re.Match[str], there: int, origin: Origin) -> None:
        said = re.split(r" [(–]|[,:]", found[0])[0]
        self.sink.error("count-borne-out", f"the text announces “{said}”, but its list has {there}",
                        self.written.place_of(found["n"], origin),
                        "mend the number or the list, or let the data count with {count:…}; "
                        "if it is right so, say why under `accept:`")  # fmt: skip


def _names_in(text: str) -> set[int]:
    """How many names `text` lists; none when it is no list of names. "And" may belong to a name: then two answers."""
    *names, last = re.split(r"[,;]\s+", text)
    pair = re.split(r"\s+(?:and|or)\s+", last)
    alone = all(_NAME.fullmatch(name) for name in pair) and (len(pair) > 1 or bool(names))
    if not alone or not all(_NAME.fullmatch(n) and len(n.split()) <= _LONGEST_NAME for n in names):
        return set()
    apart = len(names) + len(pair)
    sure = len(pair) == 1 or any(_ACRONYM.fullmatch(word) or word[0].isdigit() for word in pair)
    return {apart} if sure else {apart, len(names) + 1}
