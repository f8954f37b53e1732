"""In: values made of frozen types. Out: a name for what they say, the same in every run; where it was written is left out.

So text that moves in its file, or that no document shows, changes no name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

from msgspec import Struct

from icat_reports.diagnostics import Span
from icat_reports.document.nodes import Origin


def digest(*values: object) -> str:
    """SHA-256 of values, in hexadecimal figures. Raises TypeError for what it does not know to take apart."""
    pieces: list[bytes] = []
    _feed(values, pieces.append)
    return hashlib.sha256(b"".join(pieces)).hexdigest()


def _feed(value: object, take: Callable[[bytes], None]) -> None:
    """Hand over each piece with its kind and length, so that no two values give the same bytes."""
    kind: type = type(value)
    if kind in _TAKERS:
        _TAKERS[kind](value, take)
    elif isinstance(value, str):
        _string(value, take)
    elif isinstance(value, Mapping):
        _tuple(tuple(value.items()), take)
    else:
        _string(kind.__name__, take)
        _feed(_values(kind)(value), take)


def _string(value: str, take: Callable[[bytes], None]) -> None:
    words = value.encode("utf-8", "surrogatepass")
    take(b"s%d:%b" % (len(words), words))


def _tuple(value: tuple[object, ...], take: Callable[[bytes], None]) -> None:
    take(b"t%d:" % len(value))
    for item in value:
        _feed(item, take)


def _bytes(value: bytes, take: Callable[[bytes], None]) -> None:
    take(b"b%d:%b" % (len(value), value))


def _plain(value: object, take: Callable[[bytes], None]) -> None:
    take(b"n%b;" % repr(value).encode())


_TAKERS: dict[type, Callable[[Any, Callable[[bytes], None]], None]] = {
    str: _string,
    tuple: _tuple,
    bytes: _bytes,
    **dict.fromkeys((int, float, bool, type(None)), _plain),
    Origin: lambda origin, take: _string(origin.id, take),
    Span: lambda _, __: None,
}


@cache
def _values(kind: type) -> Callable[[object], object]:
    """What gives the values of the fields of a frozen type."""
    names = tuple(getattr(kind, "__struct_fields__", ()))
    if not names and not issubclass(kind, Struct):
        message = f"{kind.__name__} is no frozen type of a document"
        raise TypeError(message)
    return attrgetter(*names) if names else lambda _: ()
