"""In: findings of any stage. Out: `Diagnostic` values, collected in a `Sink`, printable as file:line:column.

A diagnostic is a code, a severity, a place, a message and a hint. Codes are positive statements
("note-defined"): what the input must be for the finding not to arise, so that a list of codes reads
as a checklist. Findings are collected, never thrown one at a time; a stage that cannot go on raises
`Stopped`, whose sink holds the reasons.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace


class Severity(StrEnum):
    """How much a finding matters: an error stops the build, a warning and an advice do not."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Span(Struct, frozen=True, order=True):
    """A place in a text file; lines and columns count from 1, as editors do."""

    file: str
    """Path from the project's root, with forward slashes."""
    line: int = 0
    """0 when the finding concerns the file as a whole."""
    column: int = 0
    path: str = ""
    """Key path inside the file, such as `parts.2.body.0.text`; empty outside YAML."""

    def __str__(self) -> str:
        """`file:line:column`, without the parts that are not known."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


class Diagnostic(Struct, frozen=True):
    """One finding."""

    code: str
    message: str
    span: Span
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Render as `file:line:column: error: message [code]`, the hint on a line of its own."""
        text = f"{_shown(str(self.span))}: {self.severity}: {self.message} [{self.code}]"
        return f"{text}\n    {self.hint}" if self.hint else text


class Acceptance(Struct, frozen=True):
    """A departure from house style that the author accepts, with a reason, for one item of the content."""

    code: str
    place: Span
    """Where the item stands that says `accept:`; findings inside it are accepted."""
    reason: str

    def covers(self, found: Diagnostic) -> bool:
        """Whether `found` is such a finding."""
        inside = not self.place.path or f"{found.span.path}.".startswith(f"{self.place.path}.")
        return found.code == self.code and found.span.file == self.place.file and inside


class Stopped(Exception):  # noqa: N818 - it is an outcome, not a fault of the program
    """The input cannot be taken further; the diagnostics say why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the findings that stopped the work."""
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(d) for d in self.diagnostics))

    def __reduce__(self) -> tuple[type[Stopped], tuple[tuple[Diagnostic, ...]]]:
        """Pickle the findings, so that a process can tell them to the one that started it."""
        return type(self), (self.diagnostics,)


class Sink(Struct):
    """Collects findings in the order found; `sorted` gives them by place, without repetitions."""

    accepted: tuple[Acceptance, ...] = ()
    """Findings that these cover are not kept."""
    used: set[Acceptance] = field(default_factory=set)
    """Those that covered a finding."""
    _found: list[Diagnostic] = field(default_factory=list)

    def add(self, diagnostic: Diagnostic) -> None:
        """Take one finding, unless it is accepted."""
        covering = [acceptance for acceptance in self.accepted if acceptance.covers(diagnostic)]
        self.used.update(covering)
        if not covering:
            self._found.append(replace(diagnostic, message=_shown(diagnostic.message), hint=_shown(diagnostic.hint)))

    def accept(self, acceptances: Iterable[Acceptance]) -> None:
        """Keep no finding that these cover from now on."""
        self.accepted = (*self.accepted, *acceptances)

    def error(self, code: str, message: str, span: Span, hint: str = "") -> None:
        """Take an error."""
        self.add(Diagnostic(code, message, span, hint))

    def warn(self, code: str, message: str, span: Span, hint: str = "") -> None:
        """Take a warning."""
        self.add(Diagnostic(code, message, span, hint, Severity.WARNING))

    def advise(self, code: str, message: str, span: Span, hint: str = "") -> None:
        """Take an advice: nothing is wrong, but the user may want to know."""
        self.add(Diagnostic(code, message, span, hint, Severity.ADVICE))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take many findings."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        """Give the findings in the order found."""
        return iter(self._found)

    def __len__(self) -> int:
        """Count the findings."""
        return len(self._found)

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(d.severity is Severity.ERROR for d in self._found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Findings by place, each once."""
        unique = dict.fromkeys(self._found)
        return tuple(sorted(unique, key=lambda d: (d.span, d.severity, d.code, d.message)))


LONGEST_NAME = 80
LONGEST = 600
_UNPRINTABLE = re.compile(r"[^\S ]+|[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _shown(text: str) -> str:
    """`text` as it can be printed on one line: input quoted in a message may be long, and may hold anything."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    return _UNPRINTABLE.sub(lambda found: " " if found[0].isspace() else f"\\u{ord(found[0]):04x}", text)


def nearest(name: str, known: Iterable[str], count: int = 3) -> str:
    """A hint naming the known names nearest to `name`: "did you mean `a` or `b`?"; empty if none is near."""
    if len(name) > LONGEST_NAME:
        return ""
    names = sorted(set(known))
    folded = {n.casefold(): n for n in sorted(names, key=lambda n: n[:1].islower() == name[:1].islower())}
    close = difflib.get_close_matches(name.casefold(), folded, n=count, cutoff=0.5)
    if not close:
        return ""
    return "did you mean " + " or ".join(f"`{folded[c]}`" for c in close) + "?"
