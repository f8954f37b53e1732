"""In: web pages of a publication in a language and in English. Out: words of the former that are English, and do not say it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import pairwise

from lxml import etree, html

from icat_reports.language import LANGUAGES

_LETTERS = "A-Za-z\u00c0-\u024f"
_WORD = re.compile(rf"[{_LETTERS}][{_LETTERS}'’-]*")
_RUN = re.compile(rf"{_WORD.pattern}(?:[ \u00a0,.:;()&–-]+{_WORD.pattern})*")
_NO_WORDS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|#\w+|\b[A-Z][A-Za-z.]*(?:/[A-Za-z0-9.()\-]+)+")
"""Addresses, marks of social media, symbols of documents."""
_COUNT = re.compile(r"[ivxlc]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*|[^\s@]+@[^\s@]+|[\w.-]+\.[a-z]{2,}(?:/\S*)?")
_ENGLISH = frozenset(
    (
        *("the", "of", "and", "for", "with", "from", "which", "by", "this", "their", "its", "against", "through"),
        *("trafficking", "smuggling", "persons", "human", "beings", "women", "children", "labour"),
        *("guidelines", "toolkit", "handbook", "framework", "report", "research"),
    )
)
"""Words by which English is known among other words in Latin letters."""
_SHOWN = ("alt", "title", "aria-label", "content")
_PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
_META = ("description", "keywords", "author")


def left_over(page: str, english: str, code: str, accepted: Collection[str]) -> list[str]:
    """Words in a page that seem English and are not said to be, but for names that are `accepted`."""
    names = _any_of(frozenset(accepted))
    return list(
        dict.fromkeys(
            run
            for language, text in texts(page)
            if language == code
            for run in _runs(names.sub(" 0 ", _NO_WORDS.sub(" 0 ", text)), code, english)
        )
    )


def texts(page: str) -> Iterator[tuple[str, str]]:
    """Each text that a reader reads or hears, with the language that it is said to be in."""
    yield from _texts(html.document_fromstring(page.encode(), _PARSER), "")


def _texts(element: etree._Element, language: str) -> Iterator[tuple[str, str]]:
    if element.tag in {"style", "script"} or _is_address(element):
        return
    language = element.get("lang", language)
    for name in _SHOWN:
        if element.get(name) and (element.tag != "meta" or element.get("name") in _META):
            yield language, element.get(name, "")
    yield language, element.text or ""
    for child in element:
        yield from _texts(child, language)
        yield language, child.tail or ""


def _is_address(element: etree._Element) -> bool:
    """Whether it is a link whose words are its address."""
    return element.tag == "a" and _ADDRESS.fullmatch("".join(map(str, element.itertext())).strip()) is not None


@cache
def _pairs(english: str) -> frozenset[tuple[str, str]]:
    """Words that follow each other in the English page."""
    return frozenset(pair for _, text in texts(english) for pair in pairwise(_WORD.findall(text)))


@cache
def _small(english: str) -> frozenset[str]:
    """Words that stand in small letters in the English page, as no name does."""
    return frozenset(word for _, text in texts(english) for word in _WORD.findall(text) if word.islower())


def _runs(text: str, code: str, english: str) -> Iterator[str]:
    if LANGUAGES[code].script == "latin":
        runs = _said_in_english(text, _pairs(english))
        yield from (run for run in runs if _ENGLISH & {word.lower() for word in run.split()})
        return
    for found in _RUN.finditer(text):
        words = [word for word in _WORD.findall(found[0]) if len(word) > 1 and not _COUNT.fullmatch(word)]
        if any(not word.isupper() and (word[0].islower() or word.lower() in _small(english)) for word in words):
            yield found[0]


def _said_in_english(text: str, known: Collection[tuple[str, str]]) -> Iterator[str]:
    """Runs of words, also of one, that stand so in the English page."""
    run: list[str] = []
    for word in _WORD.findall(text):
        if run and (run[-1], word) not in known:
            yield " ".join(run)
            run = []
        run.append(word)
    yield " ".join(run)


@cache
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![{_LETTERS}])(?:" + "|".join(map(re.escape, longest_first)) + rf")(?![{_LETTERS}])")
