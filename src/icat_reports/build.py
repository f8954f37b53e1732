"""In: an open project and what to build. Out: files, whole or not at all, and the rows of the build's table.

Each publication and language is laid out once; its formats are made in processes of their own, read back and
compared, and written only when all of them are sound. What has not changed is not built again.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from icat_reports import pipeline
from icat_reports.diagnostics import Diagnostic, Severity, Sink, Span
from icat_reports.fonts import missing_fonts
from icat_reports.formats import Variant
from icat_reports.language import LANGUAGES
from icat_reports.pipeline import Made, Project
from icat_reports.report import Built, Lacking, Progress, Unsound
from icat_reports.state import Inputs, Request, Source, Target, memory, renewed, same, unchanged
from icat_reports.versions import versions
from icat_reports.workers import FIRST, Piece, Workers
from icat_reports.world import remove_leftovers, write_together


def build(project: Project, request: Request, sink: Sink, progress: Progress) -> list[Built]:
    """Build what `request` asks for; findings go to `sink`. Raises Lacking, and Unsound when all else is built."""
    if sink.failed:
        pipeline.review(project, request.publications, sink)
        return []
    _check_machine(request)
    targets = list(_targets(project, request, sink))
    making = _Making(project, Inputs.of(project.world, request), sink, progress)
    for target in targets if not request.force else ():
        making.keep(target, unchanged(target, making.inputs))
    stale = [target for target in targets if target not in making.built]
    progress.expect(sum(len(request.formats) + 1 for _ in stale))
    number = max(1, min(request.jobs, len(stale) * len(request.formats)))
    if stale:
        with Workers(number, _begin, project) as workers:
            workers.do(making.beginning(stale))
    if making.unsound:
        raise Unsound(making.unsound)
    return [row for target in targets for row in making.built.get(target, ())]


def _check_machine(request: Request) -> None:
    missing = missing_fonts()
    if missing:
        message = f"font files are missing: {', '.join(p.name for p in missing)}. Delete the folder .venv and try again"
        raise Lacking(message)
    try:
        request.out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=request.out):
            pass
    except OSError as error:
        message = f"cannot write to the folder {request.out}: {error.strerror}. Choose another with --out"
        raise Lacking(message) from None


def _targets(project: Project, request: Request, sink: Sink) -> Iterator[Target]:
    for name in request.publications:
        there = versions(project.world, name)
        for language in request.languages or there:
            if language in there:
                yield Target(name, language, request)
            else:
                english = LANGUAGES[language].english
                sink.error("language-available", f"`{name}` has not been translated into {english}",
                           Span(f"content/publications/{name}/publication.yaml", 1),
                           f"it can be built in: {', '.join(there)}")  # fmt: skip


# ---------------------------------------------------------------- what the processes do

_projects: list[Project] = []
"""The project that this process works on, as its last item."""


def _begin(project: Project) -> None:
    _projects.append(project)


class _Laid(Struct, frozen=True):
    """A target laid out."""

    findings: tuple[Diagnostic, ...]
    document: bytes = b""
    """Pickled, as it goes on to other processes; empty after an error."""
    name: str = ""
    length: str = ""


def _lay_out(target: Target) -> _Laid:
    sink = Sink()
    request = target.request
    laid = pipeline.lay_out(_projects[-1], target.publication, target.language, sink, request.untranslated)
    if laid is not None and request.parts:
        laid = pipeline.take_out(laid, request.parts, request.first_paragraph, sink)
    if laid is None or sink.failed:
        return _Laid(tuple(sink))
    return _Laid(tuple(sink), pickle.dumps(laid, pickle.HIGHEST_PROTOCOL), pipeline.name(laid), pipeline.length(laid))


def _make(kind: str, document: bytes, variant: Variant) -> Made:
    return pipeline.make(kind, pickle.loads(document), variant)  # noqa: S301 - our own, from another process


# ---------------------------------------------------------------- what becomes of it

_WEIGHTS = {"docx": 1.0, "pdf": 0.9, "html": 0.05}
"""Times that the formats of a document take, LibreOffice's laying out included: a long document takes longer."""


class _Making(Struct):
    """Follows each target from laying out to its files."""

    project: Project
    inputs: Inputs
    sink: Sink
    progress: Progress
    built: dict[Target, list[Built]] = field(default_factory=dict)
    unsound: list[Diagnostic] = field(default_factory=list)
    _made: dict[Target, dict[str, Made]] = field(default_factory=dict)

    def keep(self, target: Target, rows: list[Built]) -> None:
        """Take a target whose files still stand, if it has `rows`."""
        if rows:
            self.built[target] = rows

    def beginning(self, targets: Sequence[Target]) -> Iterable[Piece]:
        """The first pieces of work. A single target is laid out here and now, while the other processes start."""
        if len(targets) == 1:
            _begin(self.project)
            return list(self._laid(targets[0], _lay_out(targets[0])))
        return [Piece(FIRST, _lay_out, (target,), partial(self._laid, target)) for target in targets]

    def _laid(self, target: Target, laid: _Laid) -> Iterator[Piece]:
        self.sink.extend(laid.findings)
        self.progress.step(f"{target.publication} in {LANGUAGES[target.language].english} laid out")
        source = self._source(target, laid)
        rows = same(target, source) if laid.document and not target.request.force else []
        if rows:
            self.keep(target, rows)
            self.progress.expect(-len(rows))
            _write(target, dict([renewed(target, source)]))
            return
        for kind in target.request.formats if laid.document else ():
            arguments = (kind, laid.document, target.request.variant)
            then = partial(self._one_made, target, kind, source, laid.length)
            yield Piece(len(laid.document) * _WEIGHTS.get(kind, 1), _make, arguments, then)

    def _source(self, target: Target, laid: _Laid) -> Source:
        uses = self.project.library.editions[target.publication].publication.uses
        return self.inputs.source(target, tuple(map(str, uses)), laid.name)

    def _one_made(self, target: Target, kind: str, source: Source, length: str, made: Made) -> Iterator[Piece]:
        self.sink.extend(made.findings)
        self.progress.step(target.path(kind).name)
        formats = self._made.setdefault(target, {})
        formats[kind] = made
        if len(formats) < len(target.request.formats):
            return
        formats = {kind: formats[kind] for kind in target.request.formats}
        del self._made[target]
        if not any(d.severity is Severity.ERROR for one in formats.values() for d in one.findings):
            files = {kind: one.data for kind, one in formats.items()}
            names = {kind: target.path(kind).name for kind in formats}
            then = partial(self._compared, target, formats, source, length)
            yield Piece(FIRST, pipeline.compare, (files, names), then)

    def _compared(
        self, target: Target, made: Mapping[str, Made], source: Source, length: str, found: tuple[Diagnostic, ...]
    ) -> Iterator[Piece]:
        self.unsound += found
        if not found:
            rows = [_row(target, kind, one, length) for kind, one in made.items()]
            data = {target.path(kind): one.data for kind, one in made.items()}
            lasting = [row for row, one in zip(rows, made.values(), strict=True) if not _may_improve(one)]
            _write(target, dict((*data.items(), memory(target, lasting, data, source))))
            self.built[target] = rows
        return iter(())


def _row(target: Target, kind: str, made: Made, length: str) -> Built:
    warnings = sum(d.severity is Severity.WARNING for d in made.findings)
    return Built(target.path(kind), made.pages, len(made.data), made.seconds, warnings, length=length)


def _may_improve(made: Made) -> bool:
    """Whether another try may give a better file: LibreOffice is here, but failed."""
    return any(finding.code == "word-laid-out" for finding in made.findings)


def _write(target: Target, files: Mapping[Path, bytes]) -> None:
    try:
        remove_leftovers(target.folder, [path.name for path in files])
        write_together(files)
    except OSError as error:
        place = error.filename or target.folder
        message = f"cannot write {place}: {error.strerror}. Earlier files are as they were"
        raise Lacking(message) from None
