"""In: findings and remarks. Out: lines that a person reads, and the exit codes. The only module that prints."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from icat_reports.diagnostics import Diagnostic, Severity, nearest
from icat_reports.report import Lacking
from icat_reports.world import write_together

WELL, INPUT, USAGE, MACHINE, BUG = range(5)
STOPPED_BY_USER = 130
"""128 + SIGINT, as shells have it."""


def show(text: object) -> None:
    """Show what was asked for."""
    print(text)


def say(text: str) -> None:
    """Say something to the user, apart from what was asked for."""
    print(f"icat: {text}", file=sys.stderr)


def print_findings(findings: Iterable[Diagnostic], *, quiet: bool = False) -> None:
    """Say what was found; `quiet` leaves advice out."""
    for finding in findings:
        if not (quiet and finding.severity is Severity.ADVICE):
            print(finding, file=sys.stderr)


def one_line(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


def split(text: str) -> list[str]:
    """What commas part in an option."""
    return [part.strip() for part in text.split(",") if part.strip()]


def chosen(wanted: Sequence[str], known: Iterable[str], kind: str) -> list[str]:
    """What the user names, or all that there is; raises SystemExit when there is no such thing."""
    names = list(known)
    for name in wanted:
        if name not in names:
            say(f"there is no {kind} `{name}`; {nearest(name, names) or 'there are: ' + ', '.join(names)}")
            raise SystemExit(USAGE)
    return list(dict.fromkeys(wanted)) or names


def counted(number: int, noun: str) -> str:
    """A count with its noun: `1 file`, `2 files`."""
    return f"{number} {noun}{'s' if number != 1 else ''}"


def totals(found: Sequence[Diagnostic]) -> str:
    """How many findings there are of each severity."""
    numbers = {severity: sum(finding.severity is severity for finding in found) for severity in Severity}
    said = [
        f"{n} advice" if severity is Severity.ADVICE else counted(n, severity) for severity, n in numbers.items() if n
    ]
    return ", ".join(said) or "nothing wrong"


def write(files: Mapping[Path, bytes]) -> None:
    """Write files, all of them or none; raises `Lacking` when that cannot be."""
    try:
        write_together(files)
    except OSError as error:
        message = f"cannot write {error.filename}: {error.strerror}"
        raise Lacking(message) from None
