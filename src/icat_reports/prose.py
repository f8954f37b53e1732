"""In: a text of the content (CommonMark with our marks). Out: nodes of the document vocabulary, and findings.

The marks beside CommonMark: `[^note]`, `[@reference]`, `[words](@reference)`, `[words]{fr}`, `{token:argument}`,
and lists that begin `(a)` or `(i)`. What they stand for is asked of an `Expander`, so that this module knows the
grammar only. Raw HTML, images, code and headings are refused: a text cannot change a document's structure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol
from unicodedata import bidirectional, east_asian_width

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType
from msgspec import Struct

from icat_reports.diagnostics import Sink, Span
from icat_reports.document.nodes import (
    Aside,
    Block,
    Emphasis,
    Inline,
    Item,
    LineBreak,
    Link,
    List,
    NoteMark,
    Origin,
    Paragraph,
    Phrase,
    Strong,
    Text,
)
from icat_reports.translated import PHRASE, Translated, language_of, phrases_of
from icat_reports.words import Address, Words

DEEPEST = 8
"""Levels of lists, quotations and emphasis in one another; beyond 20 the parser would drop words in silence."""


class Expander(Protocol):
    """Knows what marks stand for."""

    def among(self, language: str) -> Expander:
        """The same for marks among words of another language than the version's; an empty one is the version's."""
        ...

    def note(self, name: str, place: Span) -> str:
        """The document-wide id of the note `name` of the text whose place is given."""
        ...

    def cite(self, reference: str, words: tuple[Inline, ...], place: Span) -> Inline:
        """A citation of `reference`; `words` are empty where the reference's own are wanted."""
        ...

    def token(self, name: str, argument: str, place: Span) -> tuple[Inline, ...]:
        """What `{name:argument}` stands for."""
        ...


def parse_prose(text: Words, expander: Expander, sink: Sink) -> tuple[Block, ...]:
    """Parse `text`; findings go to `sink` with the line and column of the mark concerned."""
    reader = _Reader(text, expander, sink)
    tokens = _PARSER.parse(_with_plain_markers(text), {})
    too_deep = next((t for t in tokens if _depth(t) > DEEPEST), None)
    if too_deep is not None:
        sink.error("prose-nesting-bounded", f"there are more than {DEEPEST} levels of lists, quotations or emphasis",
                   text.at(reader.offset(too_deep)), "write it flatter")  # fmt: skip
        return ()
    return tuple(reader.blocks(tokens))


class Lines(NamedTuple):
    """A paragraph of a text as its author wrote it."""

    words: str
    """Its source without marks of lists, over as many lines as it has."""
    first: int
    """Its first line, counted from 0."""
    last: int
    """The line after its last."""
    in_list: bool


def paragraphs(text: str) -> Iterator[Lines]:
    """The paragraphs of a text in their order, those in lists and quotations included."""
    depth = 0
    tokens = _PARSER.parse(_with_plain_markers(text), {})
    for opening, inner in pairwise(tokens):
        depth += opening.nesting if opening.type.startswith("list_item") else 0
        if opening.type == "paragraph_open" and opening.map:
            yield Lines(inner.content, opening.map[0], opening.map[1], depth > 0)


def parse_line(text: Words, expander: Expander, sink: Sink) -> tuple[Inline, ...]:
    """Parse `text` for a place that holds no blocks: its paragraphs one after another."""
    found: list[Inline] = []
    for block in parse_prose(text, expander, sink):
        if isinstance(block, Paragraph):
            found += (LineBreak(), *block.children) if found else block.children
        else:
            sink.error("prose-in-line", "there is no room for a list or a quotation here",
                       _place(block) or text.span, "write it as sentences")  # fmt: skip
    return tuple(found)


def _place(block: Block) -> Span | None:
    return block.origin.span if isinstance(block, List | Aside) else None


def _depth(token: Token) -> int:
    """The deepest level of a block token, or of the words in it."""
    return max((token.level, *(child.level for child in token.children or ())))


def parse_words(text: Words) -> tuple[Inline, ...]:
    """A title or a label: plain words, no marks; a translator may have marked some as of another language."""
    found: list[Inline] = []
    place = 0
    for phrase in phrases_of(text):
        found += (Text(text[place : phrase.start]), Phrase(phrase.language, (Text(text[phrase.start : phrase.stop]),)))
        place = phrase.stop
    found.append(Text(text[place:]))
    return _in_language(language_of(text), _stripped([child for child in found if child != Text("")]))


def _stripped(children: Sequence[Inline]) -> tuple[Inline, ...]:
    """Words with white space as one space, and none at their ends."""
    found: list[Inline] = []
    for place, child in enumerate(children):
        if isinstance(child, Text):
            value = _BLANKS.sub(" ", child.value)
            value = value.lstrip(" ") if place == 0 else value
            child = Text(value.rstrip(" ") if place == len(children) - 1 else value)  # noqa: PLW2901
        found.append(child)
    return tuple(found) or (Text(""),)


def _in_language(language: str, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Words marked as of another language than their surroundings, where they are."""
    return (Phrase(language, children),) if language else children


# ---------------------------------------------------------------- grammar

_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_CITATION = re.compile(r"\[@([^\]\s]+)\]")
_TOKEN = re.compile(r"\{([A-Za-z][A-Za-z-]*)(?::([^{}\n]*))?\}")
_MARKER = re.compile(r"^(\s*)\(([a-z]{1,4})\)(?=\s)")
_ADDRESS = re.compile(r"[*_]*\]\(\s*<?")
_ROMAN = re.compile(r"[ivx]+")
_BLANKS = re.compile(r"[ \t\r\n]+")
"""What a line break in a file stands for; a no-break space is a character of the text."""
_BROKEN_MARK = re.compile(r"\{[^{}]*\}?|\}|\[[@^][^\]]*\]?|\]\(@[^)]*\)?")
"""What begins or ends a mark, left over in words because the rest of the mark is not as it must be."""


def _rule(name: str, first: str, pattern: re.Pattern[str]) -> tuple[str, object]:
    def parse(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's own signature
        if state.src[state.pos] != first:
            return False
        found = pattern.match(state.src, state.pos, state.posMax)
        if found is None:
            return False
        if not silent:
            token = state.push(name, "", 0)
            token.meta = {"groups": found.groups(), "raw": found.group()}
        state.pos = found.end()
        return True

    return name, parse


def _phrase(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's own signature
    """`[words]{fr}`. Looked at ahead it is no mark but words in brackets, so that a link may hold it."""
    found = PHRASE.match(state.src, state.pos, state.posMax)
    if found is None or silent:
        return False
    state.push("phrase_open", "", 1).meta = {"groups": found.groups()}
    end, state.pos, state.posMax = state.posMax, found.start(1), found.end(1)
    state.md.inline.tokenize(state)
    state.push("phrase_close", "", -1)
    state.pos, state.posMax = found.end(), end
    return True


class _State(StateInline):
    """Emphasis for scripts in which words touch what stands beside them."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 - its names
        """Asterisks beside a Chinese character or sign, or an Arabic letter, may begin or end emphasis.

        CommonMark (6.2) asks for a space or a sign on one side where there is a sign on the other: 的*《报告》*, و*[@ref]*.
        """
        found = super().scanDelims(start, canSplitWord)
        end = start + found.length
        before, after = self.src[start - 1 : start], self.src[end : min(end + 1, self.posMax)]
        inside = before.strip() and after.strip()
        if self.src[start] == "*" and inside and any(map(_touches, (before, after))):
            return Scanned(can_open=True, can_close=True, length=found.length)
        return found


def _touches(character: str) -> bool:
    """Whether words of its script touch their neighbours: Chinese has no spaces, Arabic has prefixes."""
    return bidirectional(character) in {"AL", "R"} or east_asian_width(character) in {"W", "F"}


class _Inline(ParserInline):
    """markdown-it's own, on our state."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """See `ParserInline.parse`."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _Parser(MarkdownIt):
    """CommonMark that leaves addresses alone."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        """We judge addresses ourselves, with a message."""
        del url
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """Addresses are facts: kept letter for letter."""
        return url


def _make_parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"html": True})
    commonmark, parser.inline = parser.inline, _Inline()
    parser.inline.ruler.enableOnly(commonmark.ruler.get_active_rules())
    parser.inline.ruler2.enableOnly(commonmark.ruler2.get_active_rules())
    rules = (
        _rule("note", "[", _NOTE),
        _rule("citation", "[", _CITATION),
        ("phrase", _phrase),
        _rule("expansion", "{", _TOKEN),
    )
    for name, parse in rules:
        parser.inline.ruler.before("link", name, parse)  # type: ignore[arg-type]
    parser.disable("text_join")  # an escaped brace is no mark: what is escaped must stay apart
    return parser


_PARSER = _make_parser()


def _with_plain_markers(text: str) -> str:
    """`(a) ` and `(i) ` at the beginning of a line made list markers of CommonMark, line by line."""
    return "\n".join(_MARKER.sub(r"\g<1>1.", line) for line in text.split("\n"))


# ---------------------------------------------------------------- tokens to nodes

_REFUSED = {
    "html_block": "raw HTML is refused",
    "html_inline": "raw HTML is refused",
    "heading_open": "a text holds no headings",
    "fence": "a text holds no code",
    "code_block": "a text indented by four spaces is code to CommonMark",
    "code_inline": "a text holds no code",
    "hr": "a text holds no rules",
    "image": "a text holds no images",
}
_REFUSED_HINT = {
    "heading_open": "make a part with a `title:` of it",
    "fence": "write the words plainly",
    "code_inline": "write the words plainly, or between quotation marks",
    "hr": "begin a new paragraph, or a part of its own",
    "code_block": "take the spaces away",
    "image": "use a figure of the layout",
    "html_block": "write CommonMark; `&lt;` stands for a less-than sign",
    "html_inline": "write CommonMark; `&lt;` stands for a less-than sign",
}


_AROUND: Mapping[str, Callable[[Token, tuple[Inline, ...]], Inline]] = {
    "em_open": lambda _, children: Emphasis(children),
    "strong_open": lambda _, children: Strong(children),
    "phrase_open": lambda token, children: Phrase(token.meta["groups"][1], children),
}
"""What is made of words that stand between an opening and a closing token."""


class _Reader(Struct, dict=True):
    """Turns markdown-it's tokens into nodes."""

    text: Words
    expander: Expander
    sink: Sink
    _count: int = 0

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line of the text begins."""
        starts, place = [0], 0
        for line in self.text.split("\n"):
            place += len(line) + 1
            starts.append(place)
        return starts

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """The blocks of a token list."""
        place = 0
        while place < len(tokens):
            token = tokens[place]
            end = _closing(tokens, place)
            inner = tokens[place + 1 : end]
            if token.type == "paragraph_open":
                language = language_of(self.text, token.map[0] if token.map else 0)
                self.expander = self.expander.among(language)
                yield Paragraph(_in_language(language, self._inline(inner[0])), origin=self._origin(token))
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                origin = self._origin(token)
                yield List(self._kind(token), tuple(self._items(inner)), origin=origin)
            elif token.type == "blockquote_open":
                yield Aside("quotation", tuple(self.blocks(inner)), origin=self._origin(token))
            elif token.type in _REFUSED:
                self._refuse(token, self.offset(token))
            place = end + 1

    def _items(self, tokens: Sequence[Token]) -> Iterator[Item]:
        place = 0
        while place < len(tokens):
            end = _closing(tokens, place)
            origin = self._origin(tokens[place])
            yield Item(tuple(self.blocks(tokens[place + 1 : end])), origin=origin)
            place = end + 1

    def _kind(self, token: Token) -> Literal["bullet", "decimal", "letter", "roman"]:
        if token.type == "bullet_list_open":
            return "bullet"
        line = self.text[self.offset(token) :].split("\n", 1)[0]
        marker = _MARKER.match(line)
        if marker is None:
            return "decimal"
        return "roman" if _ROMAN.fullmatch(marker[2]) else "letter"

    def offset(self, token: Token) -> int:
        """Where in the text the line of a block token begins."""
        return self._lines[token.map[0]] if token.map else 0

    def _origin(self, token: Token) -> Origin:
        self._count += 1
        span = self.text.span
        name = span.file.removeprefix("content/").removesuffix(".yaml")
        kind: Literal["content", "catalogue"] = "catalogue" if isinstance(self.text, Translated) else "content"
        return Origin(f"{name}:{span.path}:{self._count}", kind, self.text.at(self.offset(token)))

    def _refuse(self, token: Token, offset: int) -> None:
        self.sink.error("prose-plain", _REFUSED[token.type], self.text.at(offset), _REFUSED_HINT.get(token.type, ""))

    # ------------------------------------------------------------ inline

    def _inline(self, token: Token) -> tuple[Inline, ...]:
        cursor = _Cursor(self.text, self.offset(token))
        return _joined(self._children(token.children or [], cursor))

    def _children(self, tokens: Sequence[Token], cursor: _Cursor) -> Iterator[Inline]:
        place = 0
        while place < len(tokens):
            token = tokens[place]
            end = _closing(tokens, place)
            yield from self._node(token, tokens[place + 1 : end], cursor)
            place = end + 1

    def _node(self, token: Token, inner: Sequence[Token], cursor: _Cursor) -> Iterator[Inline]:
        match token.type:
            case "text":
                self._refuse_broken_mark(token.content, cursor.find(token.content))
                yield Text(token.content)
            case "text_special":
                yield Text(token.content)
            case "softbreak":
                yield Text(" ")
            case "hardbreak":
                yield LineBreak()
            case kind if kind in _AROUND:
                yield _AROUND[kind](token, _joined(self._children(inner, cursor)))
            case "link_open":
                yield from self._link(token, inner, cursor)
            case "note" | "citation" | "expansion":
                yield from self._marked(token, cursor.find(token.meta["raw"]))
            case kind if kind in _REFUSED:
                self._refuse(token, cursor.find(token.content))

    def _marked(self, token: Token, offset: int) -> Iterator[Inline]:
        first, *rest = token.meta["groups"]
        place = self.text.at(offset)
        match token.type:
            case "note":
                yield NoteMark(self.expander.note(first, self.text.span), origin=Origin("", "content", place))
            case "citation":
                yield self.expander.cite(first, (), place)
            case "expansion":
                yield from self.expander.token(first, rest[0] or "", place)

    def _refuse_broken_mark(self, words: str, offset: int) -> None:
        for found in _BROKEN_MARK.finditer(words):
            self.sink.error("mark-whole", f"`{found[0]}` looks like a mark, but is none",
                            self.text.at(offset + found.start()),
                            "marks are [^note], [@reference], [words](@reference), {token:argument}; "
                            "write \\{ or \\[ for the character itself")  # fmt: skip

    def _link(self, token: Token, inner: Sequence[Token], cursor: _Cursor) -> Iterator[Inline]:
        href = str(token.attrGet("href") or "")
        words = _joined(self._children(inner, cursor))
        place = self.text.at(cursor.place - len(href) if token.markup == "autolink" else cursor.find_address(href))
        if href.startswith("@"):
            yield self.expander.cite(href[1:], words, place)
        elif Address.fits(href):
            yield Link(href, words)
        else:
            self.sink.error("link-safe", f"the address `{href}` is not one that a publication may link to", place,
                            f"expected {Address.what}; a reference is cited with (@id)")  # fmt: skip
            yield from words


class _Cursor(Struct):
    """Where in the text we are, so that a finding can say its column."""

    text: str
    place: int

    def find(self, raw: str) -> int:
        """The next place of `raw`; the present place if it is written differently."""
        found = self.text.find(raw, self.place)
        if found >= 0:
            self.place = found + len(raw)
            return found
        return self.place

    def find_address(self, href: str) -> int:
        """Where a link's address begins, behind its words; the address may be written with entities and escapes."""
        found = _ADDRESS.match(self.text, self.place)
        if not found:
            return self.find(href)
        self.place = found.end()
        return found.end()


def _closing(tokens: Sequence[Token], place: int) -> int:
    """Index of the token that closes the one at `place`; its own index when it opens nothing."""
    if tokens[place].nesting != 1:
        return place
    depth = 0
    for index in range(place, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _joined(children: Iterator[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts made one."""
    found: list[Inline] = []
    for child in children:
        last = found[-1] if found else None
        if isinstance(child, Text) and isinstance(last, Text):
            found[-1] = Text(last.value + child.value)
        elif child != Text(""):
            found.append(child)
    return tuple(found)
