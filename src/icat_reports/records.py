"""In: a class with annotated fields. Out: what `dataclasses.dataclass` makes of it, at a third of the cost.

A command starts with more than a hundred such classes, for each of which the standard library writes, compiles and runs
up to eight functions: that was a tenth of the time in which a Word file is made. Here only `__init__` is compiled for
each; the others are the same for all, and read what the fields hold. `field`, `fields` and `replace` are the standard
library's, and so is the decorator for whoever checks types.
"""

from __future__ import annotations

import dataclasses
import operator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from dataclasses import dataclass
else:

    def dataclass(**options: bool) -> Callable[[type], type]:
        """See `dataclasses.dataclass`, of which it knows `frozen`, `slots`, `eq` and `order`."""
        return lambda cls: _made(cls, **options)


__all__ = ["dataclass"]


def _made(cls: type, *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False) -> type:
    written = set(cls.__dict__)
    made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    fields = dataclasses.fields(made)
    methods: dict[str, Any] = {"__init__": _initializer(made, fields, frozen=frozen, slots=slots), "__repr__": _repr}
    if eq:
        methods |= _comparing(fields, frozen=frozen, order=order)
    if frozen:
        methods |= _FROZEN
    if frozen and slots:
        methods |= _pickling(made, fields)
    for name, method in methods.items():
        if name not in written:
            setattr(made, name, method)
    return made


def _initializer(
    cls: type, fields: tuple[dataclasses.Field[Any], ...], *, frozen: bool, slots: bool
) -> Callable[..., None]:
    """`__init__`, compiled: it runs too often to look at the fields each time."""
    space: dict[str, Any] = {"_set": object.__setattr__, "_absent": dataclasses.MISSING}
    parameters, lines = ["self"], []
    for field in fields:
        name = value = field.name
        if field.default is not dataclasses.MISSING:
            space[f"_default_{name}"] = field.default
            parameters += [f"{name}=_default_{name}"] if field.init else []
        elif field.default_factory is not dataclasses.MISSING:
            space[f"_make_{name}"] = field.default_factory
            parameters += [f"{name}=_absent"] if field.init else []
            value = f"_make_{name}() if {name} is _absent else {name}" if field.init else f"_make_{name}()"
        elif field.init:
            parameters.append(name)
        if not field.init and value == name:
            continue  # `__post_init__` sets it
        if frozen and slots:
            space[f"_set_{name}"] = getattr(cls, name).__set__  # what `object.__setattr__` would have to look up
            lines.append(f"_set_{name}(self, {value})")
        else:
            lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"]), space)  # noqa: S102 - our own words
    made: Callable[..., None] = space["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _comparing(fields: tuple[dataclasses.Field[Any], ...], *, frozen: bool, order: bool) -> dict[str, Any]:
    """`__eq__`; `__hash__` where values do not change; `__lt__` and its like where they are asked for."""
    values = _values(field.name for field in fields if field.compare)
    hashed = _values(field.name for field in fields if (field.compare if field.hash is None else field.hash))

    def comparing(holds: Callable[[Any, Any], bool]) -> Callable[[Any, object], bool]:
        def compare(self: Any, other: object) -> bool:  # noqa: ANN401
            return holds(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

        return compare

    wanted = (operator.eq, *((operator.lt, operator.le, operator.gt, operator.ge) if order else ()))
    methods: dict[str, Any] = {f"__{holds.__name__}__": comparing(holds) for holds in wanted}
    return methods | {"__hash__": (lambda self: hash(hashed(self))) if frozen else None}


def _values(names: Iterable[str]) -> Callable[[Any], Any]:
    """What gives the values of these fields of a record."""
    wanted = tuple(names)
    return attrgetter(*wanted) if wanted else lambda _: ()


def _repr(self: Any) -> str:  # noqa: ANN401
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(_: object, name: str, *__: object) -> None:
    message = f"cannot change field {name!r}"
    raise dataclasses.FrozenInstanceError(message)


def _pickling(cls: type, fields: tuple[dataclasses.Field[Any], ...]) -> dict[str, Any]:
    """What is pickled and read again: Python itself would set each value anew, which frozen types refuse."""
    values = _values(field.name for field in fields)
    setters = [getattr(cls, field.name).__set__ for field in fields]

    def state(self: Any) -> tuple[Any, ...]:  # noqa: ANN401
        return values(self) if len(setters) > 1 else (values(self),) if setters else ()

    def set_state(self: Any, state: tuple[Any, ...]) -> None:  # noqa: ANN401
        for put, value in zip(setters, state, strict=True):
            put(self, value)

    return {"__getstate__": state, "__setstate__": set_state}


_FROZEN = {"__setattr__": _refuse, "__delattr__": _refuse}
