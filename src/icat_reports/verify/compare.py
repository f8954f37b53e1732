"""In: two readings. Out: what differs between them, each difference with both places.

Both are compared as sequences of entries, so that one that is missing does not make all that follow differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from msgspec import Struct

from icat_reports.diagnostics import Diagnostic, Span
from icat_reports.verify.alike import with_data, with_separators, without_own_contents
from icat_reports.verify.bidi import is_rtl
from icat_reports.verify.entries import THINGS, Entry, Things
from icat_reports.verify.reading import Reading
from icat_reports.verify.words import agree, gathered, readable, squeezed

_SHOWN = 5
"""Differences of one kind that are told one by one."""
_AROUND = 28
"""Characters that an excerpt shows before a difference."""
_EXCERPT = 90

Key = tuple[str, ...]


def differences(a: Reading, b: Reading, names: tuple[str, str]) -> Iterator[Diagnostic]:
    """Everything in which `b` differs from `a`; `names` are those of the two files."""
    alike = gathered if is_rtl(a.title + b.title) else squeezed
    a = without_own_contents(a, b)
    b = with_data(with_separators(b, a, alike), a, alike)
    for things in THINGS:
        first, second = list(things.entries(a)), list(things.entries(b))
        runs = list(_runs(first, second, [x.key(alike) for x in first], [y.key(alike) for y in second]))
        yield from (_told(things, run, names) for run in runs[:_SHOWN])
        if len(runs) > _SHOWN:
            message = f"{names[0]} and {names[1]} have different {things.name} at {len(runs) - _SHOWN} more places"
            yield Diagnostic(things.code, message, Span(names[1]))


# ---------------------------------------------------------------- runs


class _Run(Struct, frozen=True):
    """A difference: what stands in one file, and what in the other in its stead."""

    a: Sequence[Entry]
    b: Sequence[Entry]


def _runs(a: list[Entry], b: list[Entry], keys: list[Key], others: list[Key]) -> Iterator[_Run]:
    """Runs of entries that are not alike: by their keys, then by their exact words."""
    start = _same(keys, others)
    end = _same(keys[start:][::-1], others[start:][::-1])
    stop, other_stop = len(keys) - end, len(others) - end
    yield from _unequal(a[:start], b[:start])
    matcher = SequenceMatcher(None, keys[start:stop], others[start:other_stop], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        one, other = a[start + i : start + j], b[start + k : start + m]
        if tag == "equal":
            yield from _unequal(one, other)
        elif len(one) == len(other):
            yield from (_Run([x], [y]) for x, y in zip(one, other, strict=True))
        else:
            yield _Run(one, other)
    yield from _unequal(a[stop:], b[other_stop:])


def _same(keys: list[Key], others: list[Key]) -> int:
    """How many of the first keys are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(keys, others, strict=False)))


def _unequal(a: Sequence[Entry], b: Sequence[Entry]) -> Iterator[_Run]:
    return (_Run([x], [y]) for x, y in zip(a, b, strict=True) if not x.agrees(y))


# ---------------------------------------------------------------- words for them


def _told(things: Things, run: _Run, names: tuple[str, str]) -> Diagnostic:
    """A difference in words, with the place in each file."""
    told = _both(run, names) if run.a and run.b else _one(run, names)
    return Diagnostic(things.code, f"different {things.name}: {told}", Span(names[1]))


def _both(run: _Run, names: tuple[str, str]) -> str:
    one, other = _excerpts(run.a[0], run.b[0])
    more = max(len(run.a), len(run.b)) - 1
    return f"“{one}” in {names[0]}, {run.a[0].place}; “{other}” in {names[1]}, {run.b[0].place}{_more(more)}"


def _one(run: _Run, names: tuple[str, str]) -> str:
    """What only one of the files has."""
    (name, lacks), found = (names, run.a) if run.a else (names[::-1], run.b)
    return f"“{_cut(_line(found[0]), 0)}” in {name}, {found[0].place}{_more(len(found) - 1)}; nothing in {lacks}"


def _more(count: int) -> str:
    return f" (and {count} after it)" if count > 0 else ""


def _excerpts(a: Entry, b: Entry) -> tuple[str, str]:
    """Both about their first difference."""
    pairs = zip(a.fields, b.fields, strict=False)
    x, y = next((pair for pair in pairs if not agree(*pair)), (_line(a), _line(b)))
    one, other = readable(x) or _line(a), readable(y) or _line(b)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return _cut(one, same), _cut(other, same)


def _line(entry: Entry) -> str:
    return readable(" · ".join(field for field in entry.fields if field))


def _cut(text: str, at: int) -> str:
    start = max(0, at - _AROUND) if len(text) > _EXCERPT else 0
    return f"{'…' if start else ''}{text[start : start + _EXCERPT]}{'…' if start + _EXCERPT < len(text) else ''}"
