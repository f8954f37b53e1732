"""In: HTML, and where the fonts are. Out: pages laid out by WeasyPrint, and what it said while it worked.

The one door to the engine: nothing is fetched, its messages become diagnostics, and the two functions that we put in
the place of its own are put there for the time of one call.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import signature
from pathlib import Path
from typing import Any

from msgspec import Struct

from icat_reports.diagnostics import Diagnostic, Severity, Span

_LOGGERS = ("weasyprint", "fontTools")

_HARMLESS: Mapping[str, str] = {}
"""Messages that may be passed over, as patterns, each with the reason."""


class Replacement(Struct, frozen=True):
    """A function of the engine's and the one that we put in its place."""

    module: str
    name: str
    """Name in the module; after a dot, a key of the mapping of that name."""
    parameters: tuple[str, ...]
    """Parameters of the engine's function, by which we know that it is the one that ours was written for."""
    make: Callable[[Callable[..., Any]], Callable[..., Any]]
    """Makes ours from theirs."""


@contextmanager
def our_fonts(fontconfig: Path) -> Iterator[None]:
    """Let fontconfig see our fonts alone: it reads the variable whenever the engine makes a font configuration."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(fontconfig)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def heard(found: list[Diagnostic]) -> Iterator[None]:
    """Turn what the engine logs, from a warning upwards, into diagnostics."""
    listener = _Listener(found)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(listener)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(listener)
            logger.propagate = propagate


class _Listener(logging.Handler):
    """Keeps each message once."""

    def __init__(self, found: list[Diagnostic]) -> None:
        super().__init__(logging.WARNING)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if any(re.search(pattern, message) for pattern in _HARMLESS):
            return
        diagnostic = Diagnostic(
            "engine-silent",
            f"the layout engine says: {message}",
            Span(""),
            "look at the layout's style sheets, or at the content that the message names",
            Severity.WARNING,
        )
        if diagnostic not in self._found:
            self._found.append(diagnostic)


@contextmanager
def replaced(replacements: tuple[Replacement, ...], found: list[Diagnostic]) -> Iterator[None]:
    """Put our functions in the place of the engine's; one whose parameters are not the expected stays as it is."""
    undo: list[Callable[[], None]] = []
    try:
        for replacement in replacements:
            undo += _replace(replacement, found)
        yield
    finally:
        for restore in undo:
            restore()


def _replace(replacement: Replacement, found: list[Diagnostic]) -> list[Callable[[], None]]:
    from importlib import import_module  # noqa: PLC0415 - the engine is loaded only when a PDF is written

    module = import_module(replacement.module)
    name, _, key = replacement.name.partition(".")
    place: dict[str, Any] = getattr(module, name) if key else vars(module)
    theirs = place[key or name]
    if tuple(signature(theirs).parameters) != replacement.parameters:
        message = f"this version of the layout engine has another `{replacement.module}.{replacement.name}`"
        hint = "install the version that requirements.lock names"
        found.append(Diagnostic("engine-known", message, Span(""), hint))
        return []
    place[key or name] = replacement.make(theirs)
    return [lambda: place.__setitem__(key or name, theirs)]
