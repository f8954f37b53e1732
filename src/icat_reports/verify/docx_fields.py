"""In: the complex fields of a Word file as they begin and end (ECMA-376 part 1, 17.16.18). Out: what they name and show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from icat_reports.verify.counting import counted
from icat_reports.verify.reading import Link, ListOf
from icat_reports.verify.words import normal

_LISTS: Mapping[str, ListOf] = {"Figure": "figures", "Table": "tables"}
_BY_COUNT = re.compile(r'\\c "(\w+)"')
_PARAGRAPH_NUMBER = re.compile(r"\\[nrw]\b")


class Field(Struct):
    """A field that is going on."""

    start: int
    """Where its words begin."""
    instruction: str = ""
    shows: bool = False
    """Whether its stored result has begun."""
    mark: str = ""
    """What it shows as a mark of a note."""

    @property
    def kind(self) -> str:
        """Its name: `REF`, `PAGEREF`, `SEQ`, `TOC`."""
        return (self.instruction.split() or [""])[0]

    @property
    def target(self) -> str:
        """The bookmark or the count that it names."""
        return [*self.instruction.split(), "", ""][1]

    @property
    def links(self) -> bool:
        """Whether a click on it leads to what it names."""
        return self.kind in {"REF", "PAGEREF"} and r"\h" in self.instruction


def list_of(instruction: str) -> ListOf:
    """What a contents field lists: headings, or captions with a count of that name (17.16.5.68)."""
    count = _BY_COUNT.search(instruction)
    return _LISTS.get(count[1], "figures") if count else "sections"


class Fields(Struct):
    """The fields of a file: those that are going on, and the results that Word would count anew."""

    open: list[Field] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    """Number of the paragraph in which each bookmark begins."""
    words: dict[str, str] = field(default_factory=dict)
    """Words inside each bookmark."""
    _counts: dict[str, int] = field(default_factory=dict)
    _results: list[tuple[Field, str, str, str]] = field(default_factory=list)
    """Field, stored result, place, and the count of a field that counts."""

    @property
    def current(self) -> Field | None:
        """The innermost field that is going on."""
        return self.open[-1] if self.open else None

    def contents(self) -> str:
        """The instruction of the contents field that is going on; empty outside one."""
        return next((found.instruction for found in self.open if found.kind == "TOC"), "")

    def ended(self, found: Field, result: str, place: str) -> None:
        """Keep the result of a field."""
        count = 0
        if found.kind == "SEQ":
            count = self._counts[found.target] = self._counts.get(found.target, 0) + 1
        self._results.append((found, result, place, str(count)))

    def footnote(self) -> str:
        """Count another footnote."""
        self._counts["footnote"] = self._counts.get("footnote", 0) + 1
        return counted("decimal", self._counts["footnote"])

    def stale(self) -> Iterator[Link]:
        """Fields whose stored result is not what Word will count; the target is what it will count."""
        for found, result, place, count in self._results:
            now = self._now(found, count)
            if now is not None and normal(now) != normal(result):
                yield Link(result, now, f"{place}, field {found.instruction.strip()}")

    def _now(self, found: Field, count: str) -> str | None:
        """What Word makes of a field (17.16.5.51, 17.16.5.56); None for one whose result follows from its pages."""
        if found.kind == "SEQ":
            return count
        if found.kind != "REF":
            return None
        if _PARAGRAPH_NUMBER.search(found.instruction):
            return self.labels.get(found.target, "").strip().rstrip(".")
        return self.words.get(found.target)
