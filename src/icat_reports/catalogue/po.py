"""In: the text of a PO file. Out: a `Catalogue`, with findings at file:line; and the text again, byte for byte.

The format is gettext's (GNU gettext manual, 10 "The Format of PO Files"). An entry that nobody changed is written as
it was read, however a translator's program wraps its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import ClassVar

from msgspec import Struct, field
from msgspec.structs import replace

from icat_reports.diagnostics import Sink, Span
from icat_reports.values import Value

FOLDER = "i18n"
Key = tuple[str | None, str]
"""What tells entries apart: context and text."""
_HEADER: Key = (None, "")


class Entry(Value, frozen=True):
    """One unit and its translation."""

    apart: ClassVar[frozenset[str]] = frozenset({"line", "comments_read", "strings_read"})
    text: str
    """`msgid`: the unit in the original."""
    translations: tuple[str, ...] = ("",)
    """`msgstr`, or one for each plural form."""
    context: str | None = None
    """`msgctxt`, where one text needs two translations."""
    plural: str | None = None
    """`msgid_plural`."""
    remarks: tuple[str, ...] = ()
    """`# `: the translator's own."""
    about: tuple[str, ...] = ()
    """`#.`: where it stands and what it is, for the translator."""
    places: tuple[str, ...] = ()
    """`#:`: file:line."""
    flags: tuple[str, ...] = ()
    """`#,`: `fuzzy` where the translation is of another text."""
    previous: tuple[tuple[str, str], ...] = ()
    """`#|`: keyword and text that a fuzzy translation is of."""
    obsolete: bool = False
    """`#~`: kept as memory."""
    line: int = 0
    """Line of its `msgid`, from 1; 0 when it was not read from a file."""
    comments_read: str = ""
    strings_read: str = ""

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.context, self.text

    @property
    def fuzzy(self) -> bool:
        """Whether the translation is of another text, so that it is not to be used."""
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Whether every form has a translation, be it of another text."""
        return all(self.translations)

    @property
    def usable(self) -> bool:
        """Whether a build may take the translation."""
        return self.translated and not self.fuzzy and not self.obsolete


class Catalogue(Struct, frozen=True, dict=True):
    """The units of a publication, of the names or of the layouts, in one language."""

    file: str
    header: Entry
    entries: tuple[Entry, ...] = ()
    obsolete: tuple[Entry, ...] = ()
    tail: str = ""
    """Comments behind the last entry, as they were read."""

    @cached_property
    def by_key(self) -> Mapping[Key, Entry]:
        """The entries that are in use."""
        return {entry.key: entry for entry in self.entries}

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """Fields of the header, such as `Language`."""
        lines = (line.partition(":") for line in self.header.translations[0].split("\n"))
        return {name.strip(): value.strip() for name, colon, value in lines if colon}

    def span(self, entry: Entry) -> Span:
        """Where an entry stands."""
        return Span(self.file, entry.line)


def catalogue_path(language: str, name: str) -> str:
    """Where a catalogue stands."""
    return f"{FOLDER}/{language}/LC_MESSAGES/{name}.po"


# ---------------------------------------------------------------- reading

_WORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)\s*(?=")')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*$')
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")


class _Draft(Struct):
    """An entry in the reading."""

    line: int = 0
    obsolete: bool = False
    strings: dict[str, list[str]] = field(default_factory=dict)
    previous: dict[str, list[str]] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    comments_read: list[str] = field(default_factory=list)
    strings_read: list[str] = field(default_factory=list)
    broken: bool = False
    last: list[str] | None = None

    def entry(self) -> Entry:
        """What has been read, frozen."""
        strings = {word: "".join(parts) for word, parts in self.strings.items()}
        forms = [strings[word] for word in sorted(strings, key=_form) if word.startswith("msgstr")]
        return Entry(
            strings["msgid"],
            tuple(forms),
            strings.get("msgctxt"),
            strings.get("msgid_plural"),
            tuple(self.comments.get(" ", ())),
            tuple(self.comments.get(".", ())),
            tuple(place for line in self.comments.get(":", ()) for place in line.split()),
            tuple(flag for line in self.comments.get(",", ()) for flag in _split(line)),
            tuple((word, "".join(parts)) for word, parts in self.previous.items()),
            self.obsolete,
            self.line,
            "".join(self.comments_read),
            "".join(self.strings_read),
        )


def _form(word: str) -> int:
    return int(word[7:-1]) if word.endswith("]") else 0


def _split(line: str) -> list[str]:
    return [flag.strip() for flag in line.split(",") if flag.strip()]


def read_po(file: str, text: str, sink: Sink) -> Catalogue:
    """Read `text`; an entry that cannot be read is left out, and `sink` says why."""
    reader = _Reader(file, sink)
    for number, line in enumerate(_LINE.findall(text), 1):
        reader.take(number, line)
    reader.end()
    live: dict[Key, Entry] = {}
    old: dict[Key, Entry] = {}
    for entry in reader.entries:
        known = old if entry.obsolete else live
        if entry.key in known:
            sink.error("unit-once", f"this unit stands a second time; the first is in line {known[entry.key].line}",
                       Span(file, entry.line), "keep one of the two")  # fmt: skip
        else:
            known[entry.key] = entry
    header = live.pop(_HEADER, Entry("", ("",)))
    return Catalogue(file, header, tuple(live.values()), tuple(old.values()), reader.tail)


class _Reader(Struct):
    """Reads line by line, so that an error costs no more than its entry."""

    file: str
    sink: Sink
    entries: list[Entry] = field(default_factory=list)
    _draft: _Draft = field(default_factory=_Draft)
    _in_conflict: bool = False

    def take(self, number: int, line: str) -> None:
        """Take one line with its ending."""
        words = line.strip()
        if _CONFLICT.match(line):
            self._conflict(number, words)
        elif not words:
            self.end()
        elif words.startswith("#") and not words.startswith("#~"):
            self._comment(number, words, line)
        else:
            self._string(number, words, line)

    def end(self) -> None:
        """Finish the entry at hand, if there is one."""
        draft, self._draft = self._draft, _Draft()
        if draft.broken or self._in_conflict:
            return
        forms = [word for word in draft.strings if word.startswith("msgstr")]
        if "msgid" in draft.strings and forms:
            self._take(draft, forms)
        elif draft.strings:
            self.sink.error("unit-whole", "this unit has no `msgid` or no `msgstr`", Span(self.file, draft.line),
                            "give it both, or delete it")  # fmt: skip
        else:
            self._draft.comments_read = draft.comments_read
            self._draft.comments = draft.comments

    def _take(self, draft: _Draft, forms: list[str]) -> None:
        """Keep an entry, if its translations are one, or as many as count from 0 where there is a plural."""
        plural = "msgid_plural" in draft.strings
        expected = [f"msgstr[{place}]" for place in range(len(forms))] if plural else ["msgstr"]
        if sorted(forms, key=_form) != expected:
            self.sink.error("unit-whole", f"this unit has {', '.join(f'`{word}`' for word in forms)}; expected "
                            f"{', '.join(f'`{word}`' for word in expected)}", Span(self.file, draft.line),
                            "a unit with `msgid_plural` has msgstr[0], msgstr[1] …; one without has msgstr")  # fmt: skip
            return
        self.entries.append(draft.entry())

    @property
    def tail(self) -> str:
        """Comments that no entry follows."""
        return "".join(self._draft.comments_read)

    def _conflict(self, number: int, words: str) -> None:
        if not self._in_conflict:
            self.sink.error("catalogue-merged", "here is a mark of a merge that nobody finished", Span(self.file, number),
                            "keep one of the two sides, and delete the lines that begin <<<<<<<, ======= and >>>>>>>")  # fmt: skip
        self._draft = _Draft(broken=True)
        self._in_conflict = not words.startswith(">")

    def _comment(self, number: int, words: str, line: str) -> None:
        if self._draft.strings:
            self.end()
        draft = self._draft
        draft.comments_read.append(line)
        mark, rest = (words[1:2] or " "), words[2:].strip()
        if mark == "|":
            self._quoted(number, rest, draft.previous)
            return
        draft.comments.setdefault(mark if mark in ".:," else " ", []).append(rest if mark in ".:, " else words[1:])

    def _string(self, number: int, words: str, line: str) -> None:
        obsolete = words.startswith("#~")
        rest = words.removeprefix("#~").strip()
        if obsolete and rest.startswith("|"):
            if self._draft.strings:
                self.end()
            self._draft.comments_read.append(line)
            self._quoted(number, rest[1:].strip(), self._draft.previous)
            return
        first = re.match(r"msgctxt|msgid(?!_)", rest)
        strings = self._draft.strings
        if strings and first and (first[0] in strings or any(word.startswith("msgstr") for word in strings)):
            self.end()
        draft = self._draft
        draft.line = draft.line if draft.strings else number
        draft.obsolete = obsolete
        draft.strings_read.append(line)
        self._quoted(number, rest, draft.strings)

    def _quoted(self, number: int, rest: str, into: dict[str, list[str]]) -> None:
        """Take `msgid "…"`, or the string that goes on from the line before."""
        draft = self._draft
        word = _WORD.match(rest)
        if word:
            if word[1] in into:
                self._refuse(number, 1, f"`{word[1]}` stands here a second time")
                return
            draft.last = into.setdefault(word[1], [])
        string = _STRING.fullmatch(rest, word.end() if word else 0)
        if string is None and word:
            self._refuse(number, word.end() + 1, "what stands in quotation marks does not end, or not on this line")
            return
        if string is None or draft.last is None:
            self._refuse(number, 1, "this line is none of a catalogue")
            return
        unknown = next((found for found in _ESCAPE.finditer(string[1]) if found[1] not in _ESCAPES), None)
        if unknown:
            self._refuse(number, 1, f"there is no escape `{unknown[0]}`")
            return
        draft.last.append(_ESCAPE.sub(lambda found: _ESCAPES[found[1]], string[1]))

    def _refuse(self, number: int, column: int, message: str) -> None:
        if not self._draft.broken and not self._in_conflict:
            self.sink.error("catalogue-parses", message, Span(self.file, number, column),
                            'expected msgid "…", msgstr "…" or a comment; in a string, write \\" and \\\\')  # fmt: skip
        self._draft.broken = True


# ---------------------------------------------------------------- writing


def write_po(catalogue: Catalogue) -> str:
    """The catalogue as text; entries and comments that are as they were read are written so."""
    blocks = (catalogue.header, *catalogue.entries, *catalogue.obsolete)
    return "\n".join((*map(_block, blocks), *filter(None, (catalogue.tail,))))


def as_read(entry: Entry, changes: Entry) -> Entry:
    """`changes` with the lines that `entry` was read from, where they still say the same."""
    comments = all(getattr(entry, name) == getattr(changes, name) for name in _COMMENTS)
    strings = all(getattr(entry, name) == getattr(changes, name) for name in _STRINGS)
    lines = _LINE.findall(entry.strings_read if strings else "")
    if changes.obsolete and not entry.obsolete:
        lines = [f"#~ {line}" for line in lines]
    elif entry.obsolete and not changes.obsolete:
        lines = [line.removeprefix("#~").removeprefix(" ") for line in lines]
    return replace(
        changes,
        line=entry.line,
        comments_read=entry.comments_read if comments else "",
        strings_read="".join(lines),
    )


_COMMENTS = ("remarks", "about", "places", "flags", "previous", "obsolete")
_STRINGS = ("text", "context", "plural", "translations")


def _block(entry: Entry) -> str:
    comments = entry.comments_read or "".join(f"{line}\n" for line in _comments(entry))
    mark = "#~ " if entry.obsolete else ""
    return comments + (entry.strings_read or "".join(f"{mark}{line}\n" for line in _strings(entry)))


def _comments(entry: Entry) -> Iterator[str]:
    yield from (f"# {line}".rstrip() for line in entry.remarks)
    yield from (f"#. {line}".rstrip() for line in entry.about)
    yield from (f"#: {place}" for place in entry.places)
    if entry.flags:
        yield f"#, {', '.join(entry.flags)}"
    mark = "#~|" if entry.obsolete else "#|"
    yield from (f"{mark} {word} {quoted(text)}" for word, text in entry.previous)


def _strings(entry: Entry) -> Iterator[str]:
    if entry.context is not None:
        yield f"msgctxt {quoted(entry.context)}"
    yield f"msgid {quoted(entry.text)}"
    if entry.plural is None:
        yield from _lines("msgstr", entry.translations[0], entry)
        return
    yield f"msgid_plural {quoted(entry.plural)}"
    for place, form in enumerate(entry.translations):
        yield f"msgstr[{place}] {quoted(form)}"


def _lines(word: str, text: str, entry: Entry) -> Iterable[str]:
    """A string on one line; the header with a line for each of its fields, as everybody writes it."""
    if entry.text:
        return (f"{word} {quoted(text)}",)
    return (f'{word} ""', *(quoted(line) for line in text.splitlines(keepends=True)))


def quoted(text: str) -> str:
    """`text` in quotation marks, as PO writes it."""
    for character, mark in (("\\", "\\"), ('"', '"'), ("\n", "n"), ("\t", "t"), ("\r", "r")):
        text = text.replace(character, f"\\{mark}")
    return f'"{text}"'
