"""In: an open project and what to build. Out: files, whole or not at all, and the rows of the build's table.

Each publication and language is laid out once; its formats are made in processes of their own, read back and
compared, and written only when all of them are sound. What has not changed is not built again.
"""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import field
from multiprocessing import forkserver, get_context, parent_process, resource_tracker
from typing import Self

from icat_reports import pipeline
from icat_reports.diagnostics import Diagnostic, Severity, Sink, Span
from icat_reports.fonts import missing_fonts
from icat_reports.formats import Variant
from icat_reports.language import LANGUAGES
from icat_reports.pipeline import Laid, Made, Project
from icat_reports.records import dataclass
from icat_reports.report import Built, Lacking, Progress, Unsound
from icat_reports.state import Request, Target, fingerprint, memory, unchanged
from icat_reports.versions import versions
from icat_reports.world import remove_leftovers, write_together

_ENDING = (signal.SIGTERM, signal.SIGHUP)
"""What tells a process to end; the second when its window is closed."""
_GRACE = 5
"""Seconds that a process has to end by itself."""


def build(project: Project, request: Request, sink: Sink, progress: Progress) -> list[Built]:
    """Build what `request` asks for; findings go to `sink`. Raises Lacking, and Unsound when all else is built."""
    if sink.failed:
        pipeline.review(project, request.publications, sink)
        return []
    _check_machine(request)
    targets = list(_targets(project, request, sink))
    key = fingerprint(project.world, request)
    built = {} if request.force else {t: rows for t in targets if (rows := unchanged(t, key))}
    stale = [t for t in targets if t not in built]
    progress.expect(sum(len(request.formats) + 1 for _ in stale))
    workers = max(1, min(request.jobs, len(stale) * len(request.formats)))
    unsound: list[Diagnostic] = []
    with _Workers(workers) as pool:
        running = [(t, _start(project, t, pool, sink, progress)) for t in stale]
        for target, work in running:
            made = _made(target, work, sink, progress) if work else None
            found = _read_back(target, made) if made else ()
            unsound += found
            if work and made and not found:
                built[target] = _write(target, made, key, pipeline.length(work.laid))
    if unsound:
        raise Unsound(unsound)
    return [row for target in targets for row in built.get(target, [])]


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


# ---------------------------------------------------------------- making


class _Workers:
    """Processes that make formats; with one job, this process does the work itself."""

    def __init__(self, number: int) -> None:
        self._pool = (
            ProcessPoolExecutor(number, mp_context=get_context("forkserver"), initializer=_leave_signals_to_parent)
            if number > 1 and _has_helpers()
            else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._pool is None:
            return
        processes = list((self._pool._processes or {}).values())  # noqa: SLF001 - public from Python 3.14 on
        if kind is not None:
            for process in processes:
                process.terminate()
        self._pool.shutdown(wait=kind is None, cancel_futures=True)
        for process in processes if kind is not None else ():
            process.join(_GRACE)
            process.kill()

    def start(self, kind: str, laid: Laid, variant: Variant) -> Future[Made]:
        if self._pool:
            return self._pool.submit(_make, kind, laid, variant)
        future: Future[Made] = Future()
        try:
            future.set_result(pipeline.make(kind, laid, variant))
        except Exception as error:  # noqa: BLE001 - handed on to whoever asks for the result
            future.set_exception(error)
        return future


def _has_helpers() -> bool:
    """Start the processes behind the pool, which Ctrl-C and a closed window must not end before the pool itself.

    They speak through a socket in the folder for temporary files, whose name may be too long for one (POSIX, sys/un.h).
    """
    # What is ignored stays so in a new program (POSIX, exec)
    before = {told: signal.signal(told, signal.SIG_IGN) for told in (signal.SIGINT, signal.SIGHUP)}
    try:
        resource_tracker.ensure_running()
        forkserver.ensure_running()
    except OSError:
        return False
    finally:
        for told, heard in before.items():
            signal.signal(told, heard)
    return True


def _make(kind: str, laid: Laid, variant: Variant) -> Made:
    """Write one format in a process of its own, which ends, tidied up, when it is told to."""
    try:
        return pipeline.make(kind, laid, variant)
    except SystemExit as told:
        os._exit(int(told.code or 0))  # the pool would take it for a result, and wait for more work


def _leave_signals_to_parent() -> None:
    """Ctrl-C reaches every process of a terminal; the parent ends its workers by itself.

    They end as a program does, not at once, so that LibreOffice and its folder do not outlive them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for told in _ENDING:
        signal.signal(told, _end_this_process)
    held = signal.pthread_sigmask(
        signal.SIG_BLOCK, _ENDING
    )  # a thread inherits it: signals are the main thread's alone
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _end_with_parent() -> None:
    """A parent that was killed can tell its workers nothing: they would wait for work without end."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _go_on(*_: object) -> None:
    """Told once more, a process goes on tidying up; to ignore the signal would make Python complain of one under way."""


def _end_this_process(number: int, _: object) -> None:
    for told in _ENDING:
        signal.signal(told, _go_on)
    raise SystemExit(128 + number)


@dataclass(slots=True)
class _Work:
    """The formats of a target in the making."""

    laid: Laid
    futures: dict[str, Future[Made]] = field(default_factory=dict)


def _start(project: Project, target: Target, pool: _Workers, sink: Sink, progress: Progress) -> _Work | None:
    own = Sink()
    laid = pipeline.lay_out(project, target.publication, target.language, own, target.request.untranslated)
    if laid is not None and target.request.parts:
        laid = pipeline.take_out(laid, target.request.parts, target.request.first_paragraph, own)
    sink.extend(own)
    progress.step(f"{target.publication} in {LANGUAGES[target.language].english} laid out")
    if laid is None or own.failed:
        return None
    work = _Work(laid)
    for kind in target.request.formats:
        work.futures[kind] = pool.start(kind, laid, target.request.variant)
    return work


def _made(target: Target, work: _Work, sink: Sink, progress: Progress) -> dict[str, Made] | None:
    """The formats of a target, or None when one of them met an error."""
    made: dict[str, Made] = {}
    for kind, future in work.futures.items():
        made[kind] = future.result()
        sink.extend(made[kind].findings)
        progress.step(target.path(kind).name)
    failed = any(d.severity is Severity.ERROR for m in made.values() for d in m.findings)
    return None if failed else made


def _read_back(target: Target, made: Mapping[str, Made]) -> tuple[Diagnostic, ...]:
    files = {kind: result.data for kind, result in made.items()}
    return pipeline.compare(files, {kind: target.path(kind).name for kind in made})


def _row(target: Target, kind: str, made: Made, length: str) -> Built:
    warnings = sum(d.severity is Severity.WARNING for d in made.findings)
    return Built(target.path(kind), made.pages, len(made.data), made.seconds, warnings, length=length)


def _may_improve(made: Made) -> bool:
    """Whether another try may give a better file: LibreOffice is here, but failed."""
    return any(finding.code == "word-laid-out" for finding in made.findings)


def _write(target: Target, made: Mapping[str, Made], key: str, length: str) -> list[Built]:
    rows = [_row(target, kind, result, length) for kind, result in made.items()]
    try:
        remove_leftovers(target.folder, [target.path(kind).name for kind in made])
        data = {target.path(kind): result.data for kind, result in made.items()}
        lasting = [row for row, result in zip(rows, made.values(), strict=True) if not _may_improve(result)]
        write_together(dict((*data.items(), memory(target, lasting, data, key))))
    except OSError as error:
        place = error.filename or target.folder
        message = f"cannot write {place}: {error.strerror}. Earlier files are as they were"
        raise Lacking(message) from None
    return rows
