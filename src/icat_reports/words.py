"""In: a scalar of a YAML file and its place. Out: a string that remembers its place, checked to be of its kind.

Ids, addresses, symbols, dates and prose are strings of a kind each; the kinds also give the patterns of the JSON Schema.
"""

from __future__ import annotations

import calendar
import re
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from icat_reports.diagnostics import Span


class Words(str):
    """A string that knows where it stands."""

    __slots__ = ("raw", "span")
    span: Span
    raw: str
    """The scalar as the file has it, where that is more than the words: quoted, in a block or over several lines."""

    def __new__(cls, value: str, span: Span | None = None, raw: str = "") -> Self:
        """Make a string that stands at `span`."""
        self = str.__new__(cls, value)  # not super(): a project has tens of thousands of them
        self.span = Span("") if span is None else span
        self.raw = raw
        return self

    def at(self, offset: int) -> Span:
        """The place of the character at `offset`."""
        line, column = _place_in_scalar(self.raw, self, offset) if self.raw else (0, offset)
        column += 1 if line else self.span.column
        return Span(self.span.file, self.span.line + line, column, self.span.path)

    @classmethod
    def checked(cls, value: str) -> None:
        """Raise ValueError, with words that a user understands, when `value` is not of this kind."""

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """JSON Schema for editors' programs, to whom an unquoted number or date is no string."""
        return {"type": ["string", "number", "boolean"]}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:  # noqa: ANN401
        """Accept strings of this kind only; keep the place."""

        def check(value: object) -> Words:
            if not isinstance(value, str):
                message = "expected text"
                raise ValueError(message)  # noqa: TRY004 - pydantic collects ValueError
            cls.checked(value)
            return cls(value, value.span, value.raw) if isinstance(value, Words) else cls(value)

        return core_schema.no_info_plain_validator_function(check)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """See `json_schema`."""
        return cls.json_schema()


_FIRST_WORDS = re.compile(r"^([ ]*)\S", re.MULTILINE)
_ESCAPES = {"x": 4, "u": 6, "U": 10}
"""Lengths of YAML's escapes in double quotes (YAML 1.2, 5.7); the others have two characters."""


def _place_in_scalar(raw: str, words: str, offset: int) -> tuple[int, int]:
    """Lines below the beginning of `raw`, and characters into that line, of the character of `words` at `offset`.

    `raw` is a scalar as YAML writes it. A literal block keeps its lines, so that counting is enough; every other
    style folds, doubles or escapes, and is followed character by character.
    """
    if raw[0] == "|":
        before = words[:offset]
        shown, kept = _FIRST_WORDS.search(raw, raw.find("\n")), _FIRST_WORDS.search(words)
        indent = len(shown[1]) - len(kept[1]) if shown and kept else 0
        return before.count("\n") + 1, indent + offset - (before.rfind("\n") + 1)
    place = end = raw.find("\n") + 1 if raw[0] == ">" else 1 if raw[0] in "'\"" else 0
    for character in words[: offset + 1]:
        place, end = _matched(raw, end, character)
    return raw.count("\n", 0, place), place - (raw.rfind("\n", 0, place) + 1)


def _matched(raw: str, place: int, character: str) -> tuple[int, int]:
    """Where in `raw`, from `place` on, `character` begins and ends."""
    while place < len(raw):
        if raw[0] == '"' and raw[place] == "\\" and raw[place + 1 : place + 2] != "\n":
            return place, place + _ESCAPES.get(raw[place + 1 : place + 2], 2)
        if raw[place] == character:
            return place, place + (2 if raw[0] == character == "'" else 1)
        if not raw[place].isspace() and raw[place] != "\\":
            break
        place += 1
    return place, place


class Patterned(Words):
    """A string of a certain form."""

    __slots__ = ()
    pattern: ClassVar[str]
    what: ClassVar[str]
    """Completes "expected …"."""

    @classmethod
    def fits(cls, value: str) -> bool:
        """Whether `value` has this form."""
        return re.fullmatch(cls.pattern, value) is not None

    @classmethod
    def checked(cls, value: str) -> None:
        """See `Words.checked`."""
        if not cls.fits(value):
            message = f"expected {cls.what}"
            raise ValueError(message)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """See `Words.json_schema`."""
        return {"type": ["string", "number"], "pattern": f"^(?:{cls.pattern})$"}


class Id(Patterned):
    """The name that other files use."""

    __slots__ = ()
    pattern = r"[a-z0-9]+(?:-[a-z0-9]+)*"
    what = "an id: lower-case letters, figures and single hyphens, such as `un-women`"


class Positive(Patterned):
    """A whole number above nought, in figures."""

    __slots__ = ()
    pattern = r"[1-9]\d{0,8}"
    what = "a whole number above 0, in figures alone, such as 8500"


class ReferenceId(Patterned):
    """The name by which texts cite a document."""

    __slots__ = ()
    pattern = r"[A-Za-z0-9][\w./()&-]*"
    what = "a reference id: a document symbol such as A/RES/61/180, or lower-case words"


class Address(Patterned):
    """An address on the web or of mail."""

    __slots__ = ()
    pattern = r"https?://[^\s<>\"{}|\\^`]+\.[^\s<>\"{}|\\^`]+|mailto:[^\s@]+@[^\s@]+\.[^\s@]+"
    what = "an address that begins with https://, http:// or mailto:"


class Email(Patterned):
    """An address of mail, without `mailto:`."""

    __slots__ = ()
    pattern = r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+"
    what = "an e-mail address, such as name@un.org"


class Symbol(Patterned):
    """The symbol of a document: parts between slashes; or the name of a series and a number."""

    __slots__ = ()
    pattern = (
        r"[A-Z][A-Z0-9.]*(?:/[A-Z0-9][A-Za-z0-9.()-]*(?: ?\([^()]*\)| \d+)*)+"
        r"|[A-Z][A-Za-z. ]* \d+(?: \([^()]*\))?"
    )
    what = "a document symbol, such as A/RES/61/180, S/RES/1888(2009) or E/2002/68/Add.1"


class Provenance(Patterned):
    """Where a datum stands: id of the source, a colon, the place in it."""

    __slots__ = ()
    pattern = r"[a-z0-9-]+: ?\S.*"
    what = "a provenance: the id of a source, a colon and the place, such as `mapping-2021: L808`"


_MONTHS = range(1, 13)
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class Date(Words):
    """A date as far as it is known: `2007`, `2007-03` or `2007-03-15` (ISO 8601)."""

    __slots__ = ()

    @classmethod
    def checked(cls, value: str) -> None:
        """See `Words.checked`."""
        found = _DATE.fullmatch(value)
        if not found:
            message = "expected a date: 2007, 2007-03 or 2007-03-15"
            raise ValueError(message)
        year, month, day = (int(part) if part else None for part in found.groups())
        if (month is not None and month not in _MONTHS) or (
            day is not None and not 1 <= day <= calendar.monthrange(year or 1, month or 1)[1]
        ):
            message = f"there is no date {value}"
            raise ValueError(message)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """See `Words.json_schema`."""
        return {"type": ["string", "number"], "pattern": "^\\d{4}(-\\d{2}){0,2}$"}

    @property
    def first(self) -> str:
        """First day it may mean."""
        return str(self) + "-01-01" if len(self) == len("2007") else (self + "-01")[:10]

    @property
    def last(self) -> str:
        """Last day it may mean; a month is given 31 days, which compares rightly."""
        return str(self) + "-12-31" if len(self) == len("2007") else (self + "-31")[:10]


class Prose(Words):
    """CommonMark with notes `[^id]`, citations `[@id]`, `[words](@id)` and tokens such as `{ref:id}`."""

    __slots__ = ()

    @classmethod
    def checked(cls, value: str) -> None:
        """See `Words.checked`."""
        if not value.strip():
            message = "expected text"
            raise ValueError(message)


class CellText(Prose):
    """A text that stands in a cell of a table."""

    __slots__ = ()
