"""In: the fields of a frozen type, and which of them tell of a place in a file. Out: values that are equal if they say the same.

Frozen types are msgspec's, whose classes and objects are made in C; making the classes took a tenth of a short run before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import ClassVar

from msgspec import Struct


class Value(Struct, frozen=True):
    """A value that was read somewhere; it is equal to one of its kind that says the same elsewhere."""

    apart: ClassVar[frozenset[str]] = frozenset()
    """Fields that tell of the place, and count neither for equality nor for the hash."""

    def __eq__(self, other: object) -> bool:
        """Whether `other` is of the same kind and says the same."""
        said = _said(type(self))
        return type(other) is type(self) and bool(said(self) == said(other))

    def __hash__(self) -> int:
        """Alike for values that are equal. Raises TypeError where a field cannot be hashed."""
        return hash(_said(type(self))(self))


@cache
def _said(kind: type[Value]) -> Callable[[object], object]:
    """What gives the fields of a value that count."""
    return attrgetter(*(name for name in kind.__struct_fields__ if name not in kind.apart))
