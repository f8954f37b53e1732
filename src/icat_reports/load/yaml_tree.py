"""In: the text of a YAML file. Out: a plain tree of dicts, lists and `Words`, with a `Span` for every key path.

Stricter than YAML: duplicate keys, anchors and aliases (which can explode), tags, several documents in one file,
deep nesting, keys without a value and control characters are refused; every scalar stays a string, so that `NO` is
Norway and `1.10` keeps its nought. The tree is built from the parser's events, so that hostile input costs neither
memory nor stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

import yaml
from msgspec import Struct, field

from icat_reports.diagnostics import Sink, Span
from icat_reports.words import Words

DEEPEST = 30
LONGEST_KEY = 100
"""Characters. Key paths are kept for every value, so that a long key would cost its length many times over."""
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""What YAML takes for no value (YAML 1.2, 10.3.2)."""

_NO_TAG = (None, "!")
_QUOTATION_MARKS = ("'", '"')

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Path = tuple[str | int, ...]

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff\ufeff\ufffd-\uffff]")
"""What no text may hold: characters that XML cannot carry (XML 1.0, 2.2), C1 controls, separators that are line
breaks to some programs only, the overrides of direction (U+202A to U+202E), which make a text read otherwise than it
is, and the signs of damage U+FEFF and U+FFFD."""


class Tree(Struct, frozen=True, dict=True):
    """A file's content and where each part of it stands."""

    value: Any
    """dicts with string keys, lists, `Words`; None when the file could not be read."""
    read: Any = None
    """The same, and of a file with errors what was read of it."""
    places: Mapping[int, Span] = field(default_factory=dict)
    """Where each mapping and list of `read` begins, by its `id`."""

    @cached_property
    def spans(self) -> Mapping[Path, Span]:
        """Place of the value at each key path. Only findings ask."""
        return {path: self._place(value) for path, _, value in _steps((), None, self.read)}

    @cached_property
    def keys(self) -> Mapping[Path, Span]:
        """Place of the key itself at each key path that ends in a key."""
        return {path: key.span for path, key, _ in _steps((), None, self.read) if key is not None}

    def _place(self, value: Any) -> Span:  # noqa: ANN401
        return value.span if isinstance(value, Words) else self.places[id(value)]


def _steps(path: Path, key: Words | None, value: Any) -> Iterator[tuple[Path, Words | None, Any]]:  # noqa: ANN401
    """A value and all that it holds, each with its path, and its key if it has one."""
    if value is not None:
        yield path, key, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _steps((*path, str(name)), name, inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _steps((*path, number), None, inner)


class _Refused(Exception):  # noqa: N818 - the finding about it has been made
    """The file cannot be read further."""


def read_tree(file: str, text: str, sink: Sink) -> Tree:
    """Read `text` as the YAML file `file`; findings go to `sink`, and the tree's value is None after an error."""
    if _report_controls(file, text, sink):
        return Tree(None)
    builder = _Builder(file, text, sink)
    if not _build(builder, text):
        return Tree(None, builder.root, builder.places)
    if builder.root is None:
        sink.error("file-filled", "the file says nothing", Span(file, 1), "fill it, or delete it")
    return Tree(None if builder.failed else builder.root, builder.root, builder.places)


def _build(builder: _Builder, text: str) -> bool:
    """Hand the events of a text to `builder`; False after a finding that it cannot be read to its end."""
    takers = builder.takers
    events = _Loader(text)
    try:
        while (event := events.get_event()) is not None:
            take = takers.get(type(event))
            if take is not None:
                take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark if error.context in _BEGINS else error.problem_mark or error.context_mark
        place = Span(builder.file, mark.line + 1, mark.column + 1) if mark else Span(builder.file)
        context = f" ({error.context})" if error.context else ""
        hint = builder.open_quotation or _hint(f"{error.problem}{context}")
        builder.sink.error("yaml-parses", f"this is not YAML: {error.problem}{context}", place, hint)
        return False
    except _Refused:
        return False
    finally:
        events.dispose()
    return True


def _report_controls(file: str, text: str, sink: Sink) -> bool:
    """Report the first control character of each line; whether there is any."""
    if not _CONTROLS.search(text):
        return False
    lines = [(number, _CONTROLS.search(line)) for number, line in enumerate(text.split("\n"), 1)]
    found = [(number, match) for number, match in lines if match]
    for number, match in found:
        sink.error("text-printable", f"there is a character here that no text may hold (U+{ord(match[0]):04X})",
                   Span(file, number, match.start() + 1), "delete it")  # fmt: skip
    return True


_BEGINS = frozenset({"while scanning a simple key"})
"""Contexts that tell the place better than where the parser gave up."""
_HINTS = (
    ("mapping values are not allowed", 'a text with a colon needs straight quotation marks ("), or `|` and a new line'),
    ("did not find expected key", "look at the indentation, and for a quotation mark that is not closed"),
    ("could not find expected ':'", "a line seems to lack its `key:`, or its indentation differs"),
    ("tab character", "indent with spaces, not tabs"),
    ("while scanning an alias", "quote a text that begins with * or &"),
    ("did not find expected node content", "a bracket is not closed, or a value is missing"),
    ("cannot start any token", "indent with spaces, not tabs; quote texts that begin with @ or `"),
    ("did not find expected ',' or", "close the bracket that is open here, and set a comma between its items"),
    ("found unexpected end of stream", "a quotation mark or a bracket is not closed"),
)


def _hint(problem: str) -> str:
    return next((hint for sign, hint in _HINTS if sign in problem), "look at this line and the one above it")


class _Open(Struct):
    """A mapping or sequence that is being read."""

    value: Any
    """A dict or a list."""
    place: str
    """Its key path, with a dot after it."""
    key: Words | None = None
    """Of a mapping: whose value comes next; None when a key comes next, and in a sequence."""

    @property
    def next(self) -> str:
        """Key path of the next value."""
        return self.place + (str(len(self.value)) if self.key is None else self.key)


class _Builder(Struct):
    """Builds the tree from parser events, of which a project has tens of thousands: `scalar` is written to be quick."""

    file: str
    text: str
    sink: Sink
    root: Any = None
    places: dict[int, Span] = field(default_factory=dict)
    failed: bool = False
    _stack: list[_Open] = field(default_factory=list)
    _documents: int = 0
    _last: Any = None
    """The last scalar's event."""

    @property
    def open_quotation(self) -> str:
        """A hint, when the text read last is in quotation marks and runs over lines: they may have been left open."""
        if self._last is None or self._last.style not in _QUOTATION_MARKS:
            return ""
        first, last = self._last.start_mark.line + 1, self._last.end_mark.line + 1
        return (
            f"is the quotation mark closed that opens in line {first}? The next one is in line {last}"
            if last > first
            else ""
        )

    @property
    def takers(self) -> Mapping[type, Callable[[Any], None]]:
        """What takes each kind of event; of the others there is nothing to say."""
        return {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.open,
            yaml.SequenceStartEvent: self.open,
            yaml.MappingEndEvent: self.close,
            yaml.SequenceEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }

    def alias(self, event: Any) -> None:  # noqa: ANN401
        """Refuse what stands for another part of the file."""
        self._refuse("alias-free", "anchors and aliases (& and *) are not used here", self._span(event),
                     "write the text out; quote a text that begins with & or *")  # fmt: skip

    def document(self, event: Any) -> None:  # noqa: ANN401
        """Begin the file's only document."""
        self._documents += 1
        if self._documents > 1:
            self._refuse("one-document-a-file", "a second document begins here", self._span(event),
                         "delete the line `---`")  # fmt: skip

    def open(self, event: Any) -> None:  # noqa: ANN401
        """Begin a mapping or a sequence."""
        self._check_free(event)
        if len(self._stack) >= DEEPEST:
            self._refuse("nesting-bounded", f"there are more than {DEEPEST} levels of nesting here", self._span(event),
                         "look for brackets that are not closed")  # fmt: skip
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        place = f"{self._stack[-1].next}." if self._stack else ""
        self.places[id(value)] = span = self._span(event)
        self._add(value, span)
        self._stack.append(_Open(value, place))

    def close(self, _: Any) -> None:  # noqa: ANN401
        """End it."""
        self._stack.pop()

    def scalar(self, event: Any) -> None:  # noqa: ANN401
        """Take a key, or a value that is a text."""
        if event.anchor or event.tag not in _NO_TAG:
            self._check_free(event)
        self._last = event
        begin, end = event.start_mark, event.end_mark
        line = begin.line
        # As its own words: on one line and without quotation marks
        raw = "" if not event.style and line == end.line else self.text[begin.index : end.index]
        top = self._stack[-1] if self._stack else None
        if top is not None and top.key is None and type(top.value) is dict:
            self._key(top, Words(event.value, Span(self.file, line + 1, begin.column + 1), raw))
            return
        words = Words(
            event.value, Span(self.file, line + 1, begin.column + 1, top.next if top is not None else ""), raw
        )
        if raw:
            self._check_escaped(words)
        elif words in _NULLS:
            self._no_value(top, words.span)
        self._add(words, words.span)

    def _span(self, event: Any) -> Span:  # noqa: ANN401
        mark = event.start_mark
        return Span(self.file, mark.line + 1, mark.column + 1)

    def _check_escaped(self, words: Words) -> None:
        """Refuse what only an escape can put into a text."""
        escaped = _CONTROLS.search(words)
        if escaped:
            self._error("text-printable", f"this stands for a character that no text may hold (U+{ord(escaped[0]):04X})",
                        words.at(escaped.start()), "delete it")  # fmt: skip

    def _check_free(self, event: Any) -> None:  # noqa: ANN401
        """Refuse an anchor or a tag."""
        if event.anchor:
            self.alias(event)
        if event.tag not in _NO_TAG:
            self._refuse("tag-free", f"tags such as {event.tag} are not used here", self._span(event), "delete the tag")

    def _refuse(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self._error(code, message, span, hint)
        raise _Refused

    def _error(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.sink.error(code, message, span, hint)
        self.failed = True

    def _no_value(self, top: _Open | None, span: Span) -> None:
        if top is None:
            return
        what, where = (f"the key `{top.key}`", top.key.span) if top.key is not None else ("this item", span)
        self._error("value-present", f"{what} has no value", where, "give it one, or delete it")

    def _key(self, top: _Open, key: Words) -> None:
        if key.raw:
            self._check_escaped(key)
        if len(key) > LONGEST_KEY:
            self._refuse("key-short", f"a key has at most {LONGEST_KEY} characters, this one {len(key)}", key.span,
                         "is it a text that lacks its key?")  # fmt: skip
        if key in top.value:
            first = next(known for known in top.value if known == key)
            self._error("key-unique", f"the key `{key}` stands a second time; the first is in line {first.span.line}",
                        key.span, "delete one of them")  # fmt: skip
        top.key = key

    def _add(self, value: Any, span: Span) -> None:  # noqa: ANN401
        """Put a value where it stands."""
        if not self._stack:
            self.root = value
            return
        top = self._stack[-1]
        if type(top.value) is list:
            top.value.append(value)
        elif top.key is None:
            self._refuse("key-is-text", "a key must be a plain text", span, "quote it")
        else:
            top.value[top.key] = value
            top.key = None
