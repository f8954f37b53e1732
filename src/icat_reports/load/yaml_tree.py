"""In: the bytes of a YAML file. Out: a plain tree of dicts, lists and `Words`, with a `Span` for every key path.

Stricter than YAML: duplicate keys, anchors and aliases (which can explode), tags, several documents in one file and
deep nesting are refused; every scalar stays a string, so that `NO` is Norway and `1.10` keeps its nought. The tree
is built from the parser's events, so that hostile input costs neither memory nor stack.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from icat_reports.content import Words
from icat_reports.diagnostics import Sink, Span

LARGEST = 4_000_000
"""Bytes; the largest content file by hand is a tenth of it."""
DEEPEST = 40

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Tree:
    """A file's content and where each part of it stands."""

    value: Any
    """dicts with string keys, lists, `Words`; None when the file could not be read."""
    spans: dict[Path, Span] = field(default_factory=dict)
    """Place of the value at each key path."""
    keys: dict[Path, Span] = field(default_factory=dict)
    """Place of the key itself at each key path that ends in a key."""


class _Refused(Exception):
    """The file cannot be read further."""


def read_tree(file: str, data: bytes, sink: Sink) -> Tree:
    """Read `data` as the YAML file `file`; findings go to `sink`, and the tree's value is None after an error."""
    tree = Tree(None)
    if len(data) > LARGEST:
        sink.error("file-of-reasonable-size", f"the file has {len(data):,} bytes, more than {LARGEST:,}", Span(file),
                   "split it, or look whether something went wrong when it was saved")  # fmt: skip
        return tree
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        sink.error("file-in-utf-8", "the file is not UTF-8 text", Span(file, line), "save it as UTF-8")
        return tree
    builder = _Builder(file, sink, tree, text.split("\n"))
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Span(file, mark.line + 1, mark.column + 1) if mark else Span(file)
        context = f" ({error.context})" if error.context else ""
        sink.error("yaml-parses", f"this is not YAML: {error.problem}{context}", place, _hint(str(error.problem)))
        return tree
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        column = error.position - text.rfind("\n", 0, error.position)
        sink.error("yaml-parses", f"there is a control character (U+{ord(str(error.character)[:1] or ' '):04X}) here"
                   if isinstance(error.character, str) else "there is a control character here",
                   Span(file, line, column), "delete it")  # fmt: skip
        return tree
    except _Refused:
        return tree
    tree.value = None if builder.failed else builder.root
    return tree


_HINTS = (
    ("mapping values are not allowed", "a text with a colon needs quotation marks, or `|` and a new line"),
    ("did not find expected key", "look at the indentation, and for a quotation mark that is not closed"),
    ("could not find expected ':'", "a line seems to lack its `key:`, or its indentation differs"),
    ("found character that cannot start any token", "indent with spaces, not tabs; quote texts that begin with @ or `"),
    ("control characters are not allowed", "delete the control character"),
)


def _hint(problem: str) -> str:
    return next((hint for sign, hint in _HINTS if sign in problem), "")


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is being read."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: Words | None = None
    keys: dict[str, Span] = field(default_factory=dict)


@dataclass(slots=True)
class _Builder:
    """Builds the tree from parser events."""

    file: str
    sink: Sink
    tree: Tree
    lines: list[str]
    root: Any = None
    failed: bool = False
    _stack: list[_Open] = field(default_factory=list)
    _documents: int = 0

    def take(self, event: Any) -> None:  # noqa: ANN401
        """Take one event of `yaml.parse`."""
        span = Span(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse("alias-free", "anchors and aliases are not used here", span, "write the text out")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, span)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open(event, span)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse("one-document-a-file", "a second document begins here", span, "delete the line `---`")

    def _refuse(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.sink.error(code, message, span, hint)
        raise _Refused

    def _tag_refused(self, event: Any, span: Span) -> None:  # noqa: ANN401
        if event.tag not in (None, "!"):
            self._refuse("tag-free", f"tags such as {event.tag} are not used here", span, "delete the tag")

    def _open(self, event: Any, span: Span) -> None:  # noqa: ANN401
        self._tag_refused(event, span)
        if len(self._stack) >= DEEPEST:
            self._refuse("nesting-bounded", f"more than {DEEPEST} levels of nesting", span)
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._add(value, span)
        self._stack.append(_Open(value, path))

    def _scalar(self, event: Any, span: Span) -> None:  # noqa: ANN401
        self._tag_refused(event, span)
        top = self._stack[-1] if self._stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(top, Words(event.value, span))
            return
        path = (*top.path, top.key if top.key is not None else len(top.value)) if top is not None else ()
        span = Span(span.file, span.line, span.column, ".".join(str(p) for p in path))
        indent = self._indent(span.line) if event.style in ("|", ">") else None
        self._add(Words(event.value, span, indent), span)

    def _indent(self, line: int) -> int:
        """Spaces before the first line with words below `line` (from 1)."""
        for text in self.lines[line:]:
            if text.strip():
                return len(text) - len(text.lstrip(" "))
        return 0

    def _key(self, top: _Open, key: Words) -> None:
        first = top.keys.get(key)
        if first is not None:
            self.sink.error("key-unique", f"the key `{key}` stands a second time; the first is in line {first.line}",
                            key.span, "delete one of them")  # fmt: skip
            self.failed = True
        top.keys.setdefault(key, key.span)
        top.key = key
        self.tree.keys[*top.path, str(key)] = key.span

    def _add(self, value: Any, span: Span) -> Path:  # noqa: ANN401
        if not self._stack:
            self.root = value
            self.tree.spans[()] = span
            return ()
        top = self._stack[-1]
        if isinstance(top.value, list):
            path: Path = (*top.path, len(top.value))
            top.value.append(value)
        elif top.key is None:
            self._refuse("key-is-text", "a key must be a plain text", span)
            return ()
        else:
            path = (*top.path, str(top.key))
            top.value[str(top.key)] = value
            top.key = None
        self.tree.spans[path] = span
        return path
