"""In: what a build does and has done. Out: lines of progress, the table at its end, and how it may end otherwise."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from msgspec import Struct

from icat_reports.diagnostics import Diagnostic


class Lacking(Exception):  # noqa: N818 - it is the machine's state, not a fault of the program
    """The machine lacks something; the message says what, and what to do."""


class Unsound(Exception):  # noqa: N818 - it is the files' state
    """Files that were built do not say the same, or are wrong in themselves: a fault of the program, not of content."""

    def __init__(self, findings: Iterable[Diagnostic]) -> None:
        """Keep what was found."""
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


class Built(Struct, frozen=True):
    """One file of a build."""

    path: Path
    pages: int | None
    """None for a web page, and for a Word file that was not laid out."""
    size: int
    """Bytes."""
    seconds: float
    warnings: int
    unchanged: bool = False
    length: str = ""
    """Words of a document whose words are limited, and the limit: `8,312 of 8,500`."""


class Progress:
    """Bars on a terminal, plain lines elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        """Report to `stream`."""
        self._stream = stream
        self._total = 0
        self._done = 0
        self._bar = stream.isatty()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End, and leave the terminal's line free."""
        if self._bar and self._total:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def expect(self, steps: int) -> None:
        """There will be so many more steps."""
        self._total += steps

    def step(self, what: str) -> None:
        """One step is done."""
        self._done += 1
        if self._bar:
            width = 24
            full = width * self._done // max(1, self._total)
            bar = "█" * full + "░" * (width - full)
            line = f"{bar} {self._done}/{self._total} {what}"
            self._stream.write(f"\r\x1b[K{line[: shutil.get_terminal_size().columns - 1]}")
        else:
            self._stream.write(f"{self._done}/{self._total} {what}\n")
        self._stream.flush()


def table(built: Sequence[Built], relative_to: Path) -> str:
    """The files with pages, size, seconds and warnings, in columns; below them the words of those that have a limit."""
    head = ("file", "pages", "size", "seconds", "warnings")
    rows = [head, *(_row(b, relative_to) for b in built)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) if not place else cell.rjust(width)
                  for place, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]  # fmt: skip
    limited = {b.path.stem: b.length for b in built if b.length}
    return "\n".join((*lines, *(f"{name}: {length} words" for name, length in limited.items())))


def _row(built: Built, relative_to: Path) -> tuple[str, ...]:
    path = built.path
    name = str(path.relative_to(relative_to)) if path.is_relative_to(relative_to) else str(path)
    seconds = "unchanged" if built.unchanged else f"{built.seconds:.1f}"
    return (name, "–" if built.pages is None else str(built.pages), _size(built.size), seconds, str(built.warnings))


def _size(size: int) -> str:
    kilobytes = size / 1000
    return f"{kilobytes / 1000:.1f} MB" if kilobytes >= 1000 else f"{kilobytes:.0f} kB"  # noqa: PLR2004 - SI
