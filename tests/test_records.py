"""Laws of `icat_reports.records`: what it makes of a class does what the standard library's dataclass does."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field, fields, replace
from typing import Any, ClassVar

import pytest

from icat_reports import records


@records.dataclass(frozen=True, slots=True, order=True)
class Place:
    """Frozen, with a default, one that is made, and one that is not compared."""

    KIND: ClassVar[str] = "place"
    file: str
    line: int = 0
    words: tuple[str, ...] = field(default_factory=lambda: ("made",))
    origin: str = field(default="computed", compare=False, repr=False)
    table: dict[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """Its own."""
        return f"{self.file}:{self.line}"


@records.dataclass(slots=True)
class Heap:
    """Mutable, with a field that is set after the others."""

    items: list[str] = field(default_factory=list)
    count: int = field(init=False)

    def __post_init__(self) -> None:
        """Count the items."""
        self.count = len(self.items)


@records.dataclass(frozen=True, slots=True)
class Nothing:
    """Without fields."""


@records.dataclass(frozen=True)
class Open:
    """Without slots, so that it can keep what was computed."""

    value: int


@records.dataclass(slots=True, eq=False)
class Only:
    """Equal to itself alone."""

    value: int


def _by_the_library(cls: type, **options: bool) -> type[Any]:
    """The same class as the standard library makes it."""
    names = {f.name: (f.name, f.type, field(default=f.default, default_factory=f.default_factory, init=f.init,
                                            repr=f.repr, compare=f.compare, hash=f.hash))
             for f in fields(cls)}  # fmt: skip
    space = {name: cls.__dict__[name] for name in ("__post_init__", "__str__") if name in cls.__dict__}
    make: Callable[..., type[Any]] = dataclasses.make_dataclass
    return make(cls.__name__, list(names.values()), namespace=space, **options)


OPTIONS: dict[type[Any], dict[str, bool]] = {
    Place: {"frozen": True, "slots": True, "order": True},
    Heap: {"slots": True},
    Nothing: {"frozen": True, "slots": True},
    Open: {"frozen": True},
    Only: {"slots": True, "eq": False},
}
ARGUMENTS: dict[type[Any], tuple[tuple[Any, ...], ...]] = {
    Place: (("a",), ("a", 2), ("a", 2, ("w",), "layout"), ("a", 2, ("w",), "content"), ("b",)),
    Heap: ((), ([],), (["x", "y"],)),
    Nothing: ((),),
    Open: ((1,), (2,)),
    Only: ((1,), (1,)),
}
CLASSES = pytest.mark.parametrize("cls", OPTIONS, ids=lambda cls: cls.__name__)


@CLASSES
def test_it_says_and_compares_what_the_library_s_does(cls: type[Any]) -> None:
    """Texts, equality, order and hashes agree for every pair of values."""
    other = _by_the_library(cls, **OPTIONS[cls])
    ours, theirs = ([made(*arguments) for arguments in ARGUMENTS[cls]] for made in (cls, other))
    assert [repr(value) for value in ours] == [repr(value) for value in theirs]
    for i, j in ((i, j) for i in range(len(ours)) for j in range(len(ours))):
        assert (ours[i] == ours[j]) == (theirs[i] == theirs[j])
        if OPTIONS[cls].get("order"):
            assert [ours[i] < ours[j], ours[i] >= ours[j]] == [theirs[i] < theirs[j], theirs[i] >= theirs[j]]
        if OPTIONS[cls].get("frozen") and ours[i] == ours[j]:
            assert hash(ours[i]) == hash(ours[j])
    assert (cls.__hash__ is None) == (other.__hash__ is None)
    assert hasattr(cls, "__slots__") == hasattr(other, "__slots__")
    assert cls.__match_args__ == other.__match_args__


@CLASSES
def test_its_values_can_be_pickled_and_replaced(cls: type[Any]) -> None:
    """As processes hand them on, and as the standard library changes them."""
    for arguments in ARGUMENTS[cls]:
        value = cls(*arguments)
        again = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own
        assert repr(again) == repr(value)
        assert repr(replace(value)) == repr(value)
    if cls is Place:
        assert replace(Place("a", 1), line=3) == Place("a", 3)


@pytest.mark.parametrize("change", [lambda value: setattr(value, "file", "b"), lambda value: delattr(value, "file")])
def test_frozen_values_do_not_change(change: Callable[[Place], None]) -> None:
    """Neither set nor deleted."""
    with pytest.raises(dataclasses.FrozenInstanceError, match="'file'"):
        change(Place("a"))


def test_a_wrong_call_names_the_class() -> None:
    """As a traceback shows it."""
    with pytest.raises(TypeError, match=r"Place\.__init__\(\) missing 1 required positional argument: 'file'"):
        Place()  # type: ignore[call-arg]


def test_what_is_made_is_made_anew_each_time() -> None:
    """No list is shared."""
    one, two = Heap(), Heap()
    one.items.append("x")
    assert two.items == []
    assert str(Place("a")) == "a:0"
