"""In: the words of a command line. Out: what a person reads, files, and an exit code..

Exit codes: 0 all well; 1 problems in the user's input; 2 wrong usage; 3 the machine lacks something; 4 our own bug.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from icat_reports import __version__
from icat_reports.cli.options import parser
from icat_reports.cli.saying import BUG, INPUT, MACHINE, STOPPED_BY_USER, USAGE, WELL, print_findings, say
from icat_reports.diagnostics import Stopped
from icat_reports.report import Lacking, Unsound

__all__ = ["BUG", "INPUT", "MACHINE", "STOPPED_BY_USER", "USAGE", "WELL", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. No traceback reaches a user."""
    _print_anything()
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last resort
        explain = next(_EXPLAINED[kind] for kind in type(error).__mro__ if kind in _EXPLAINED)
        return explain(error)


def _print_anything() -> None:
    """A terminal that lacks a character shows a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _stopped(stopped: Stopped) -> int:
    print_findings(stopped.diagnostics)
    return INPUT


def _lacking(lacking: Lacking) -> int:
    say(str(lacking))
    return MACHINE


def _unsound(unsound: Unsound) -> int:
    print_findings(unsound.findings)
    return _own_bug(unsound)


def _stopped_by_user(_: KeyboardInterrupt) -> int:
    say("stopped; files that were not finished were not written")
    return STOPPED_BY_USER


def _reader_gone(_: BrokenPipeError) -> int:
    """Whoever read our output has seen enough (`./icat show … | head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return WELL


def _own_bug(error: BaseException) -> int:
    with tempfile.NamedTemporaryFile("w", prefix="icat-reports-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(f"icat-reports {__version__}, Python {sys.version}\n")
        log.writelines(traceback.format_exception(error))
    say("this is a bug of icat-reports, not of your content; nothing half-written was left behind.")
    say(f"Please report it to the maintainers of this repository, with this file: {log.name}")
    return BUG


_EXPLAINED: Mapping[type[BaseException], Callable[[Any], int]] = {
    Stopped: _stopped,
    Lacking: _lacking,
    Unsound: _unsound,
    KeyboardInterrupt: _stopped_by_user,
    BrokenPipeError: _reader_gone,
    Exception: _own_bug,
}
"""What is said of each way in which a command may end, and its exit code."""
