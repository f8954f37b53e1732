"""In: a case file. Out: the project it makes, and the findings it expects, each written above its line.

A case is one or more files of a project, put over the tiny one (`tests/tiny.py`):

    # file: content/organizations/ilo.yaml      begins a file; what follows is its text
    # without: content/sources.yaml             takes a file of the tiny project away
    # error: key-known @ 3: the key `nmae` …    a finding at column 3 of the next line of text
    # hint: did you mean `name`?                the hint of the finding above
    # warning: part-used @ file: …              a finding about the file as a whole

Lines of these forms are not part of the text, so that they may stand inside a block of prose or a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from msgspec.structs import replace
from tests.tiny import FILES, ROOT

from icat_reports import i18n, pipeline
from icat_reports.diagnostics import Diagnostic, Severity, Sink, Span
from icat_reports.world import MemoryWorld, World

FOLDER = Path(__file__).parent / "cases"
_FILE = re.compile(r"# (file|without): (\S+)")
_FINDING = re.compile(r"\s*# (error|warning|advice): ([a-z0-9-]+) @ (file|line|\d+): (.*)")
_HINT = re.compile(r"\s*# hint: (.*)")


@dataclass(slots=True)
class Part:
    """One file of a case."""

    name: str
    lines: list[str] = field(default_factory=list)
    expected: list[Diagnostic] = field(default_factory=list)

    def take(self, line: str) -> None:
        """Take one line: an expectation, the hint of the last one, or text."""
        if finding := _FINDING.fullmatch(line):
            severity, code, column, message = finding.groups()
            place = Span(self.name) if column == "file" else Span(self.name, len(self.lines) + 1)
            place = replace(place, column=int(column)) if column.isdecimal() else place
            self.expected.append(Diagnostic(code, message, place, "", Severity(severity)))
        elif hint := _HINT.fullmatch(line):
            self.expected[-1] = replace(self.expected[-1], hint=hint[1])
        else:
            self.lines.append(line)


@dataclass(frozen=True, slots=True)
class Case:
    """A case file, read."""

    path: Path
    parts: tuple[Part, ...]
    without: tuple[str, ...]

    @property
    def name(self) -> str:
        """Folder and name, such as `key-known/of-this-model`."""
        return self.path.relative_to(FOLDER).with_suffix("").as_posix()

    @property
    def code(self) -> str:
        """The code that the case is about: the name of its folder."""
        return self.path.parent.name

    @property
    def expected(self) -> list[Diagnostic]:
        """The findings that the case expects."""
        return [finding for part in self.parts for finding in part.expected]

    def world(self) -> MemoryWorld:
        """The project that the case makes."""
        files = {name: data for name, data in tiny().items() if name not in self.without}
        return MemoryWorld(files | {part.name: "\n".join(part.lines).encode() for part in self.parts})

    def text(self, findings: Iterable[Diagnostic]) -> str:
        """The case as it would read if it expected `findings`."""
        found = list(findings)
        names = {part.name for part in self.parts}
        assert [str(f) for f in found if f.span.file not in names] == [], "the case must hold every file it speaks of"
        lines = [f"# without: {name}" for name in self.without]
        for part in self.parts:
            lines.append(f"# file: {part.name}")
            here = [f for f in found if f.span.file == part.name]
            lines += _written(f for f in here if not f.span.line)
            for number, line in enumerate(part.lines, 1):
                lines += _written(f for f in here if f.span.line == number)
                lines.append(line)
            lines += _written(f for f in here if f.span.line > len(part.lines))
        return "\n".join(lines)


def _written(findings: Iterable[Diagnostic]) -> Iterator[str]:
    for found in findings:
        column = found.span.column or ("line" if found.span.line else "file")
        yield f"# {found.severity}: {found.code} @ {column}: {found.message}"
        if found.hint:
            yield f"# hint: {found.hint}"


@cache
def tiny() -> dict[str, bytes]:
    """The tiny project on the repository's own layouts, by path."""
    layouts = {p.relative_to(ROOT).as_posix(): p.read_bytes() for p in (ROOT / "layouts").rglob("*") if p.is_file()}
    return layouts | {name: text.encode() for name, text in FILES.items()}


def read_case(path: Path) -> Case:
    """Read a case file."""
    parts: list[Part] = []
    without: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        opening = _FILE.fullmatch(line)
        if opening and opening[1] == "without":
            without.append(opening[2])
        elif opening:
            parts.append(Part(opening[2]))
        else:
            parts[-1].take(line)
    return Case(path, tuple(parts), tuple(without))


def all_cases() -> list[Case]:
    """Every case, in the order of names."""
    return [read_case(path) for path in sorted(FOLDER.glob("*/*")) if path.is_file()]


def check_project(world: World) -> tuple[Diagnostic, ...]:
    """Everything that `./icat check` finds, and `./icat i18n check` of the catalogues that there are."""
    sink = Sink()
    project = pipeline.open_project(world, sink)
    for name in project.library.editions:
        pipeline.lay_out(project, name, "en", sink)
    for code in {file.split("/")[1] for file in world.files("i18n", ".po")}:
        i18n.check(project, [code], sink)
        for name in project.library.editions:
            pipeline.lay_out(project, name, code, Sink())  # whatever is wrong with a catalogue, nothing breaks
    return sink.sorted()


def as_seen(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings as a user sees them: without key paths, in the order of places."""
    seen = (replace(f, span=replace(f.span, path="")) for f in findings)
    return sorted(seen, key=lambda f: (f.span, f.code, f.message))
