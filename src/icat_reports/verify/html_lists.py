"""In: a style sheet. Out: how it marks the items of lists (CSS Lists 3; CSS Counter Styles 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from icat_reports.verify.counting import counted

_COUNTS: Mapping[str, str] = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "lower-roman": "lowerRoman",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "upper-roman": "upperRoman",
}
"""Predefined styles by the names that Word has for them."""

_COUNTER_STYLE = re.compile(r"@counter-style ([\w-]+) \{([^}]*)\}")
_LIST_STYLE = re.compile(r"\b([uo]l\.[\w-]+) \{[^}]*list-style(?:-type)?: ([^;}]+?) ?[;}]")


class Marks(Struct, frozen=True):
    """How a list marks its items."""

    shape: str
    """A format of `counting`; empty for a mark that does not count."""
    before: str = ""
    after: str = ""

    def of(self, number: int) -> str:
        """The mark of an item, counted from 1."""
        return f"{self.before}{counted(self.shape, number) if self.shape else ''}{self.after}".strip()


BULLET = Marks("", "•")
"""Any sign that does not count; which one is a matter of looks."""
_NONE = Marks("")
_DEFAULTS: Mapping[str, Marks] = {"ul": BULLET, "ol": Marks("decimal", after=".")}


def list_marks(css: str) -> dict[str, Marks]:
    """Marks by selector such as `ol.letter`."""
    custom = {name: _custom(rule) for name, rule in _COUNTER_STYLE.findall(css)}
    predefined = {name: Marks(shape, after=".") for name, shape in _COUNTS.items()}
    known = {**predefined, **custom, "none": _NONE}
    return {selector: known.get(value, BULLET) for selector, value in _LIST_STYLE.findall(css)}


_SYMBOLS: Mapping[str, str] = {"أ": "arabicAbjad"}
"""Formats by the first letter of an alphabet."""


def _first_symbol(rule: str) -> str:
    found = re.search(r"symbols: (\S+)", rule)
    return found[1] if found else ""


def _custom(rule: str) -> Marks:
    base = re.search(r"system: extends ([\w-]+)", rule)
    shape = _COUNTS[base[1]] if base else _SYMBOLS.get(_first_symbol(rule), "decimal")
    before, after = (re.search(rf"{name}: '([^']*)'", rule) for name in ("prefix", "suffix"))
    return Marks(shape, before[1] if before else "", after[1] if after else ".")


def marks_of(element: str, classes: Iterable[str], marks: Mapping[str, Marks]) -> Marks:
    """Marks of a list with these classes."""
    chosen = [marks[f"{element}.{name}"] for name in classes if f"{element}.{name}" in marks]
    return chosen[0] if chosen else _DEFAULTS[element]
