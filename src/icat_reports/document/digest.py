"""In: values made of frozen types. Out: a name for what they say, the same in every run; where it was written is left out.

So text that moves in its file, or that no document shows, changes no name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter

from icat_reports.diagnostics import Span
from icat_reports.document.nodes import Origin


def digest(*values: object) -> str:
    """SHA-256 of values, in hexadecimal figures. Raises TypeError for what it does not know to take apart."""
    pieces: list[bytes] = []
    _feed(values, pieces.append)
    return hashlib.sha256(b"".join(pieces)).hexdigest()


def _feed(value: object, take: Callable[[bytes], None]) -> None:
    """Hand over each piece with its kind and length, so that no two values give the same bytes."""
    if isinstance(value, str):
        words = value.encode("utf-8", "surrogatepass")
        take(b"s%d:%b" % (len(words), words))
    elif isinstance(value, tuple):
        take(b"t%d:" % len(value))
        for item in value:
            _feed(item, take)
    elif isinstance(value, Origin):
        _feed(value.id, take)
    elif isinstance(value, Span):
        pass
    elif value is None or isinstance(value, int | float):
        take(b"n%b;" % repr(value).encode())
    elif isinstance(value, bytes):
        take(b"b%d:%b" % (len(value), value))
    elif isinstance(value, Mapping):
        _feed(tuple(value.items()), take)
    else:
        kind: type = type(value)
        _feed(kind.__name__, take)
        _feed(_values(kind)(value), take)


@cache
def _values(kind: type) -> Callable[[object], object]:
    """What gives the values of the fields of a dataclass."""
    names = tuple(getattr(kind, "__dataclass_fields__", ()))
    if not names and not hasattr(kind, "__dataclass_fields__"):
        message = f"{kind.__name__} is no frozen type of a document"
        raise TypeError(message)
    return attrgetter(*names) if names else lambda _: ()
