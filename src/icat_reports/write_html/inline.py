"""In: inline nodes. Out: their HTML, marks of notes with their links both ways, and in print the notes themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from icat_reports.document.nodes import (
    Citation,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Note,
    NoteMark,
    Phrase,
    Reference,
    Strong,
    Text,
)
from icat_reports.document.walk import plain
from icat_reports.language import LANGUAGES, TELEPHONE, runs_from_left
from icat_reports.write_html.han import in_large_type, in_lines
from icat_reports.write_html.job import Job
from icat_reports.write_html.markup import Attributes, element, text

_SIGNS = frozenset(".,:!?)]”’»…。，、：！？）》」』】〕؟،؛")
"""Signs that keep the mark of a note with them; none is part of markup or of an entity."""

_HOST = re.compile(r"(?:\w+://)?[^/\s]+/?")
_BREAK = re.compile(r"(?=[._%?&=#]\w.{5})")
"""Where else than after a stroke or a hyphen an address may break: before other signs, not so near its end."""
_TAIL = re.compile(r"[^/._%?&=#\u200b-]{1,20}-[^/-]{1,5}\Z")
"""The end of an address that has a hyphen near it, with the word before the hyphen: a letter or two are no line."""

_TOGETHER = 30
"""Letters of two words that stay together at the end of large type: longer ones would leave the line before them short."""


def inline(job: Job, children: Iterable[Inline]) -> str:
    """HTML of inline nodes in order; [M] marks of several notes at one place have a comma between them."""
    written: list[str] = []
    for marks, group in groupby(children, lambda child: isinstance(child, NoteMark)):
        if marks:
            written.append(_marks(job, _take_last(written), tuple(group)))
        else:
            written += (_RENDER[type(child)](job, child) for child in group)
    return "".join(written)


def display(job: Job, children: Sequence[Inline]) -> str:
    """HTML of the inline nodes of a heading or a lead; in print the last line has two words at least.

    On the web the style sheet balances lines, which the engine of print does not (CSS Text 4, 6.4.1).
    """
    words = [place for place, child in enumerate(children) if not isinstance(child, NoteMark)]
    if _in_han(job):
        return inline(job, (_large(child, ends=[place] == words[-1:]) for place, child in enumerate(children)))
    last = children[words[-1]] if words else None
    before, *ending = last.value.rsplit(" ", 2) if isinstance(last, Text) else ("",)
    shown = " ".join(ending)
    if job.medium == "web" or len(ending) != 2 or len(shown) > _TOGETHER:  # noqa: PLR2004
        return inline(job, children)
    marks = inline(job, children[words[-1] + 1 :])
    start = inline(job, (*children[: words[-1]], Text(f"{before} ")))
    return start + element("span", {"class": "ending"}, text(shown)) + marks


def _in_han(job: Job) -> bool:
    """Whether lines are of Chinese characters and broken by the engine; browsers know where words end."""
    return job.medium == "print" and job.language.script == "han"


def _large(child: Inline, *, ends: bool) -> Inline:
    return Text(in_large_type(child.value, ends=ends)) if isinstance(child, Text) else child


def _marks(job: Job, before: str, marks: Sequence[Inline]) -> str:
    """Marks at one place, on one line with each other and with the sign before them."""
    comma = element("span", {"class": "mark"}, ",")
    written = comma.join(_mark(job, mark) for mark in marks if isinstance(mark, NoteMark))
    return element("span", {"class": "kept"}, before, written) if before or len(marks) > 1 else written


def _take_last(written: list[str]) -> str:
    """Take away the sign before a mark: a line may break between a full stop and a figure (Unicode UAX 14, LB 25)."""
    if not written or written[-1][-1:] not in _SIGNS:
        return ""
    last = written[-1][-1]
    written[-1] = written[-1][:-1]
    return last


def _text(job: Job, node: Text) -> str:
    shown = text(in_lines(node.value) if _in_han(job) else node.value)
    if job.language.direction == "ltr" or "+" not in shown:
        return shown
    return re.sub(TELEPHONE, lambda number: element("span", {"dir": "ltr"}, number[0]), shown)


def _break(_job: Job, _node: LineBreak) -> str:
    return element("br")


def _emphasis(job: Job, node: Emphasis) -> str:
    return element("em", {}, inline(job, node.children))


def _strong(job: Job, node: Strong) -> str:
    return element("strong", {}, inline(job, node.children))


def _phrase(job: Job, node: Phrase) -> str:
    known = LANGUAGES.get(node.lang.partition("-")[0])
    direction = known.direction if known else "ltr"
    values: Attributes = {"lang": node.lang}
    if direction != job.language.direction:
        values["dir"] = direction
    return element("span", values, inline(job, node.children))


def _link(job: Job, node: Link | Citation) -> str:
    words = tuple(child for child in node.children if not isinstance(child, NoteMark))
    marks = inline(job, (child for child in node.children if isinstance(child, NoteMark)))
    if not node.href:
        return element("cite", {}, inline(job, words)) + marks
    values: Attributes = {"class": "cited" if isinstance(node, Citation) else None, "href": node.href}
    shown = plain(words)
    if _is_address(shown):
        opens = None if node.href.startswith("mailto:") else job.words["opens-website"].replace("{address}", shown)
        values |= {"class": "address", "dir": "ltr", "aria-label": opens}
        return element("a", values, _address(job, shown)) + marks
    if job.language.direction == "rtl" and all(isinstance(word, Text) for word in words) and runs_from_left(shown):
        values["dir"] = "ltr"
    return element("a", values, inline(job, words)) + marks


def _address(job: Job, shown: str) -> str:
    """An address that may break after its host, not before; in print a space of no width marks places to break.

    There its end is not broken at a hyphen, where the engine would.
    """
    host = _HOST.match(shown)
    first = host[0] if host else ""
    kept = element("span", {"class": "host"}, text(first)) if first else ""
    rest = shown.removeprefix(first)
    if job.medium == "web":
        return kept + text(rest)
    rest = _BREAK.sub("\u200b", rest)
    tail = _TAIL.search(rest)
    if not tail:
        return kept + text(rest)
    return kept + text(rest[: tail.start()]) + element("span", {"class": "ending"}, text(tail[0]))


def _is_address(shown: str) -> bool:
    """Whether words are an address themselves: set left to right, and broken where addresses may be."""
    return " " not in shown and ("://" in shown or shown.startswith("www.") or "@" in shown)


def _reference(job: Job, node: Reference) -> str:
    target = {"href": f"#{node.target}"}
    if node.form == "page":
        page = "page roman" if node.target in job.front else "page"
        label = job.resolved.references[node.target]
        if job.medium == "web":  # a page without pages: the target's name instead
            return element("a", {"class": "ref page", **target}, text(label))
        return element("a", {"class": page, **target, "aria-label": label})
    label = job.resolved.references[node.target]
    return element(
        "a", {"class": "ref", **target}, text(label if node.form == "label" else job.titles.get(node.target, label))
    )


def _mark(job: Job, node: NoteMark) -> str:
    number = job.resolved.notes[node.note]
    turn = job.next_mark(node.note)
    mark = element(
        "a",
        {
            "class": "mark",
            "role": "doc-noteref",
            "id": mark_id(node.note, turn),
            "href": f"#{note_id(node.note)}",
            "aria-label": job.words["note"].replace("{n}", number.mark),
        },
        text(number.mark),
    )
    note = job.text_notes.get(node.note)
    if job.medium == "print" and note and turn == 1:
        own: Attributes = {"role": "doc-footnote", "lang": job.language.code, "dir": job.language.direction}
        return mark + footnote(job, note, "span", own)
    return mark


def footnote(job: Job, note: Note, name: str, values: Attributes) -> str:
    """A note with its mark before it, which leads back to the text.

    One that stands in the text, among words that may be in another language, says by `values` which is its own.
    """
    mark = job.resolved.notes[note.id].mark
    back = element(
        "a",
        {
            "class": "back",
            "role": "doc-backlink",
            "href": f"#{mark_id(note.id, 1)}",
            "aria-label": job.words["back-to-text"].replace("{n}", mark),
        },
        text(mark),
    )
    return element(
        name,
        {"class": "note", "id": note_id(note.id), **values},
        back,
        " ",
        element("span", {}, inline(job, note.children)),
    )


def note_id(note: str) -> str:
    """Id of a note's element."""
    return f"note-{note}"


def mark_id(note: str, turn: int) -> str:
    """Id of a mark's element; `turn` counts the marks of one note from 1."""
    return f"mark-{note}" if turn == 1 else f"mark-{note}-{turn}"


_RENDER: Mapping[type, Callable[..., str]] = {
    Text: _text,
    Emphasis: _emphasis,
    Strong: _strong,
    Link: _link,
    Citation: _link,
    Reference: _reference,
    NoteMark: _mark,
    Phrase: _phrase,
    LineBreak: _break,
}
