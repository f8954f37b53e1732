"""In: a source's text; what was built from it, as HTML or text. Out: each fact of the source that is not in it.

The sources are not in the repository. tests/test_carried.py compares where `ICAT_SOURCES` names their folder; by hand:

    python tests/tools/carried.py SOURCE.txt BUILT… [--left-out tests/data/left-out-SOURCE.yaml]

A fact is an address, a document symbol, a figure, a quoted title or a capitalised name. It is carried when what was
built has it in the same surroundings: four or more words nearby are those that stand nearby in the source. Spelling,
case, quotation marks, dashes, line breaks, small words and the grouping of thousands do not matter, nor whether a
number below ten stands in words. What is not carried must be explained: by a correction recorded in the content, or
by an entry of the file of omissions, which gives its reason. Entries that explain nothing are reported too.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import NotRequired, TypedDict
from urllib.parse import unquote

import yaml

from icat_reports.content import Correction
from icat_reports.diagnostics import Sink
from icat_reports.pipeline import open_project
from icat_reports.world import DiskWorld

PROJECT = Path(__file__).resolve().parents[2]

NEAR_SOURCE, NEAR_BUILT = 14, 30
"""Significant words to either side that count as surroundings, in the source and in what was built."""
SHARED = 4
"""Words that the surroundings must share."""

SMALL = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been by for from has have in into is it its of on or that the their this to was were "
        "which with against s de la el en los las y et des du le les through among between within under not no more than",
    )
)
UNITS = "zero one two three four five six seven eight nine".split()  # noqa: SIM905, it reads better
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
NUMBERS = {
    **{word: str(n) for n, word in enumerate((*UNITS, *TEENS))},
    **{word: str(n * 10) for n, word in enumerate(TENS, 2)},
    **{f"{ten}-{unit}": str(n * 10 + m) for n, ten in enumerate(TENS, 2) for m, unit in enumerate(UNITS) if m},
}
SPELLINGS = {
    "program": "programme", "labor": "labour", "center": "centre",
    "organisation": "organization", "combatting": "combating", "percent": "%",
}  # fmt: skip
WORD = re.compile(r"\d+(?:[./]\d+)*|[^\W_]+(?:'(?!s\b)[^\W_]+)*|%|\$")
ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""Of the web, printed with its scheme or without, or of mail."""
SYMBOL = re.compile(
    r"\b[A-Z]+(?:\.[A-Z]+)*(?:/[A-Z0-9.-]*\d(?:\(\d+\))?)+|\b[A-Z]+(?:/[A-Z0-9.-]+)*/\d+|(?<![\d.])\b\d+(?:\.\d+)?/\d+\b"
)
FIGURE = re.compile(rf"\$?\b\d+(?:[.,]\d+)*|\b(?:{'|'.join((*TEENS, *TENS))})(?:-(?:{'|'.join(UNITS)}))?\b")
QUOTED = re.compile(r"[“\"]([^”\"]{4,300})[”\"]|‘([^’]{4,200})’")
CAPITAL = re.compile(r"[^\W\d_]*[A-ZÀ-ÞŁŚŻ][\w.&/]*\w|[A-Z]")
CONTINUED = re.compile(r"[ \n]*\n(?:[ \n]*https?://\S+ *\n)*[ \n]*(?!https?://)(\S+)")
"""The next line's words, over the addresses that a page's foot holds."""
ENTRY = re.compile(r"[▪✓]\s*([^▪✓]{4,400}?)(?:,\s+\d{4})?\s*\((?=https?://)")
"""The title of an item of a list, before its address."""
NO_WORDS = re.compile(r"[\f*¹²³⁴-⁹⁰]")
"""Ends of pages, marks of emphasis, and marks of notes that are superscript characters."""
WRAPPED = 300
"""Characters of the longest line in a source whose paragraphs go over several lines."""
NOTE_MARK = re.compile(r"(?<=[a-z)])\d{1,2}(?=[\s,])|(?<=\d{4}\.)\d(?=\s)")
LINKING = frozenset(
    re.findall(r"\w+", "of the and for on against in to with de la el y et des du by from or at into a")
)
PARTS = re.compile(rf"\b(?:{'|'.join(LINKING)})\b|[/-]|(\b[A-Z]{{2,}}s?\b)")
"""What parts a long name: small words, and the acronym of whose it is."""
TITLE_PARTS = re.compile(r"\s[-–]\s|[():,.]\s?")
"""What parts a title: its punctuation, as where a short name, the authors or the year stand with it."""
ACRONYM = 2
"""Capital letters that make a word an acronym."""


# ---------------------------------------------------------------- words


def stem(word: str) -> str:
    """One spelling of a word for comparison: folded, British, without a plural's s, small numbers as figures."""
    word = NUMBERS.get(word, word)
    word = word[:-1] if len(word) > len("aid") and word.endswith("s") and not word.endswith("ss") else word
    return SPELLINGS.get(word, word)


def plain(text: str) -> str:
    """Text without the differences that do not matter."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub("[’‘ʼ`]", "'", text).replace("\u00ad", "").replace("co-op", "coop")
    text = re.sub(r"\bun\b(?! women)", "united nations", text)
    text = re.sub(r"\b[ase]/res/", "resolution ", text)
    text = re.sub(r"(?<=\d)[,   ](?=\d{3}(?!\d))", "", text)
    text = re.sub(rf"\b(?:{'|'.join(TENS)})-(?:{'|'.join(UNITS)})\b", lambda number: NUMBERS[number[0]], text)
    return re.sub(r"\bper cent\b", "%", text)


def stems(text: str) -> list[str]:
    """The significant words of a text."""
    return [stem(word) for word in WORD.findall(plain(text)) if word not in SMALL]


def bare(address: str) -> str:
    """An address without the differences that do not matter."""
    address = unquote(address.split("://", 1)[-1]).casefold().removeprefix("www.")
    return re.sub(r"\s", "", address).rstrip("/.,:;)]>’”\"'")


# ---------------------------------------------------------------- the source


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the source says at a line."""

    kind: str
    words: str
    line: int
    near: frozenset[str]
    """Significant words around it."""


class Source:
    """A source's text, which finds its facts."""

    def __init__(self, text: str) -> None:
        """Read `text`: its lines are numbered from 1."""
        text = re.sub(r"<i>|</i>|\]\(#\)", lambda mark: " " * len(mark[0]), text)
        self._lines = NO_WORDS.sub(" ", text).split("\n")
        self._text = "\n".join(self._lines)
        paragraphs = max(map(len, self._lines)) > WRAPPED
        self._parts_names = re.compile(r"[^\s-]|\n" if paragraphs else r"[^\s-]|\n\s*\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def facts(self) -> Iterator[Fact]:
        """Every fact, by kind."""
        addresses = list(self._addresses())
        for start, _, address in addresses:
            yield Fact("address", address, self._line(start), frozenset())
        rest = self._text
        for found in ENTRY.finditer(rest):
            yield self._fact("title", " ".join(found[1].split()), rest, *found.span(1))
        rest = self._blank(rest, ((start, end) for start, end, _ in addresses))
        rest = NOTE_MARK.sub(lambda mark: " " * len(mark[0]), rest)
        for kind, pattern in (("title", QUOTED), ("symbol", SYMBOL), ("figure", FIGURE)):
            for found in pattern.finditer(rest):
                words = " ".join(next(g for g in (*found.groups(), found.group()) if g).split())
                if kind != "title" or len(words.split()) > 1:
                    yield self._fact(kind, words, rest, found.start(), found.end())
            if kind == "symbol":
                rest = self._blank(rest, [found.span() for found in pattern.finditer(rest)])
        for start, end in self._names(rest):
            yield self._fact("name", " ".join(rest[start:end].split()), rest, start, end)

    def _fact(self, kind: str, words: str, text: str, start: int, end: int) -> Fact:
        before = stems(text[max(0, start - 400) : start])[-NEAR_SOURCE:]
        after = stems(text[end : end + 400])[:NEAR_SOURCE]
        return Fact(kind, words, self._line(start), frozenset((*before, *after)))

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    @staticmethod
    def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
        for start, end in spans:
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
        return text

    def _addresses(self) -> Iterator[tuple[int, int, str]]:
        """Beginning, end and words of each address; in brackets, and after a hyphen or a stroke, it goes on."""
        for found in ADDRESS.finditer(self._text):
            start, end = found.span()
            address = found.group()
            opened = self._text[start - 1] in "(["
            alone = not self._text[self._text.rfind("\n", 0, start) + 1 : start].strip()
            while not re.search(r"[)\]]", address) if opened else not alone and address.endswith("-"):
                more = CONTINUED.match(self._text, end)
                if more is None:
                    break
                address += more[1]
                end = more.end()
            yield start, end if opened or not alone else found.end(), address.rstrip(".,:;)]")

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words that the source also writes without a capital."""
        return frozenset(re.findall(r"\b[a-z]{2,}\b", self._text))

    @cached_property
    def _proper(self) -> frozenset[str]:
        """Words that have a capital within a sentence."""
        return frozenset(re.findall(r"(?<=[a-z,;] )[A-Z]\w+", self._text))

    def _names(self, text: str) -> Iterator[tuple[int, int]]:
        """Runs of capitalised words, with small words between them."""
        run: list[re.Match[str]] = []
        last = 0
        for found in re.finditer(r"[^\W_](?:[\w.&/’']*\w)?", text):
            gap = text[last : found.start()]
            last = found.end()
            if run and self._parts_names.search(gap):
                yield from self._name(text, run)
                run = []
            if CAPITAL.fullmatch(found.group()) or (run and found.group() in LINKING):
                run.append(found)
            elif run:
                yield from self._name(text, run)
                run = []
        yield from self._name(text, run)

    def _name(self, text: str, run: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
        run = list(run)
        while run and run[-1].group() in LINKING:
            run.pop()
        begins = bool(run) and bool(re.search(r"(?:^|[.!?:;•▪✓“‘)]|\n\s*\n)\s*$", text[: run[0].start()][-40:]))
        while run and ((begins and run[0].group().casefold() in self._common) or run[0].group() in LINKING):
            begins = False
            run.pop(0)
        if not run:
            return
        word = run[0].group()
        common = word.casefold() in self._common or word not in self._proper
        if len(run) == 1 and sum(c.isupper() for c in word) < ACRONYM and common:
            return
        yield run[0].start(), run[-1].end()


# ---------------------------------------------------------------- what was built


class _Text(HTMLParser):
    """The words and the addresses of a web page."""

    _BLOCKS = frozenset(re.findall(r"\w+", "br p li td th h1 h2 h3 h4 h5 h6 div section tr dt dd figcaption"))

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in {"style", "script"}
        self.parts += [" "] if tag in self._BLOCKS else []
        self.parts += [f"<{value}>" for name, value in attrs if name == "href" and value and value[0] != "#"]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "script"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


class Built:
    """What was built, which knows whether it holds a fact."""

    def __init__(self, text: str) -> None:
        """Read `text`, in which an address stands in angle brackets or by itself."""
        self._addresses = {bare(address) for address in ADDRESS.findall(text)}
        text = re.sub(r"<(?:https?://|mailto:)[^>]*>|\[\^[^\]]*\]", "", text)
        self._squeezed = re.sub(r"\s", "", text).casefold()
        self._stems = stems(text)
        self._places: Mapping[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._stems):
            self._places[word].append(place)

    @classmethod
    def read(cls, files: Iterable[Path]) -> Built:
        """Read files: HTML by their ending, else text."""
        texts = []
        for file in files:
            text = file.read_text("utf-8")
            if file.suffix in {".html", ".htm"}:
                page = _Text()
                page.feed(text)
                text = "".join(page.parts)
            texts.append(text)
        return cls("\n".join(texts))

    def lacks(self, fact: Fact) -> str:
        """Why the fact is not carried: `nowhere`, `elsewhere`; empty when it is."""
        if fact.kind == "address":
            return "" if bare(fact.words) in self._addresses else "nowhere"
        places = list(self._found(stems(fact.words)))
        if any(self._shares(place, fact.near) for place in places):
            return ""
        if fact.kind in {"name", "title"} and self._in_parts(fact, PARTS if fact.kind == "name" else TITLE_PARTS):
            return ""
        return "elsewhere" if places else "nowhere"

    def _found(self, words: Sequence[str]) -> Iterator[int]:
        for place in self._places.get(words[0], ()) if words else ():
            if self._stems[place : place + len(words)] == list(words):
                yield place

    def _shares(self, place: int, near: frozenset[str]) -> bool:
        around = self._stems[max(0, place - NEAR_BUILT) : place + NEAR_BUILT]
        return len(near.intersection(around)) >= min(SHARED, len(near))

    def _in_parts(self, fact: Fact, pattern: re.Pattern[str]) -> bool:
        """Whether all parts of a long name stand in its surroundings, as where two names are joined by a small word."""
        parts = [stems(part) for part in pattern.split(fact.words) if part]
        parts = [part for part in parts if part]
        near = fact.near.union(word for part in parts for word in part)
        return len(parts) > 1 and all(any(self._shares(p, near) for p in self._found(part)) for part in parts)


# ---------------------------------------------------------------- what explains an omission


class Entry(TypedDict):
    """An accepted omission: which items at which lines, and why."""

    lines: NotRequired[str]
    """`490` or `490-492`, several with commas; anywhere when absent."""
    pattern: NotRequired[str]
    """A regular expression that the whole item matches; any item when absent."""
    reason: str


def numbers(lines: str) -> frozenset[int]:
    """The line numbers of `L3, 5-7`."""
    found = re.findall(r"(\d+)(?:\s*[-–]\s*L?(\d+))?", lines)
    return frozenset(n for first, last in found for n in range(int(first), int(last or first) + 1))


def omitted(entry: Entry, fact: Fact) -> bool:
    """Whether the entry accepts that the fact is left out."""
    if "lines" in entry and fact.line not in numbers(str(entry["lines"])):
        return False
    return "pattern" not in entry or bool(re.fullmatch(entry["pattern"], fact.words, re.IGNORECASE))


def corrected(correction: Correction, source: str, fact: Fact) -> bool:
    """Whether the correction says that the fact is a slip: it has it, or speaks of a link where the fact is one."""
    places = [place.split(":", 1) for place in str(correction.place).split(";")]
    lines = [n for name, where in (p for p in places if len(p) > 1) if name.strip() == source for n in numbers(where)]
    if not any(abs(line - fact.line) <= 1 for line in lines):
        return False
    if fact.kind == "address":
        return bool(re.search(r"\b(?:link|address|page|target|URL)", correction.has)) or bare(fact.words) in bare(
            correction.has
        )
    said, has = " ".join(stems(fact.words)), " ".join(stems(correction.has))
    parts = (" ".join(stems(part)) for part in re.split("[,;()]", correction.has))
    return said in has or (fact.kind in {"name", "title"} and any(" " in part and part in said for part in parts))


# ---------------------------------------------------------------- report


def report(
    source: Path, built: Built, corrections: Sequence[Correction], left_out: Sequence[Entry]
) -> tuple[list[str], int]:
    """Lines to print, and how many items are unexplained."""
    rows: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    used: Counter[int] = Counter()
    total = 0
    for fact in Source(source.read_text("utf-8")).facts():
        total += 1
        lack = built.lacks(fact)
        if not lack or any(corrected(c, source.stem, fact) for c in corrections):
            continue
        entries = [n for n, entry in enumerate(left_out) if omitted(entry, fact)]
        used.update(entries)
        if not entries:
            rows[fact.kind, lack, fact.words].append(fact.line)
    lines = [
        f"{kind:8} {lack:9} {', '.join(f'L{n}' for n in dict.fromkeys(where))}: {words}"
        for (kind, lack, words), where in sorted(rows.items(), key=lambda row: (row[0][0], row[1][0]))
    ]
    stale = [f"explains nothing: {entry}" for n, entry in enumerate(left_out) if not used[n]]
    summary = f"{total} facts, {len(rows)} not carried and not explained, {used.total()} accepted as left out"
    return [*lines, *stale, summary], len(rows) + len(stale)


def main() -> int:
    """Compare, print; 0 when all that is not carried is explained, else 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path, help="the source's text; its name without ending is the source's id")
    parser.add_argument("built", type=Path, nargs="+", help="HTML files or text dumps")
    parser.add_argument("--left-out", type=Path, help="accepted omissions; tests/data/left-out-SOURCE.yaml if absent")
    options = parser.parse_args()
    file = options.left_out or PROJECT / "tests" / "data" / f"left-out-{options.source.stem}.yaml"
    left_out: list[Entry] = yaml.safe_load(file.read_text("utf-8"))["left_out"] if file.exists() else []
    corrections = open_project(DiskWorld(PROJECT), Sink()).library.corrections
    lines, unexplained = report(options.source, Built.read(options.built), corrections, left_out)
    sys.stdout.write("\n".join(lines) + "\n")
    return int(unexplained > 0)


if __name__ == "__main__":
    sys.exit(main())
