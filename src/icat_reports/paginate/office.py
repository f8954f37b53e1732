"""In: a Word file. Out: the PDF that headless LibreOffice makes of it, with our fonts and a profile of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess  # the one stage that runs another program
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from icat_reports.diagnostics import Diagnostic, Span, Stopped

_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)
_LOCATION = Span("LibreOffice")
_TRIES = 40
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What tells this process to end."""


class Office(Struct, frozen=True):
    """LibreOffice on this machine."""

    program: Path
    """Its `soffice`."""
    fonts: Path
    """A fontconfig file: with it the layout has our fonts alone."""
    timeout: float = 180.0
    """Seconds after which a conversion is given up."""

    def pdf(self, docx: bytes) -> bytes:
        """Lay out a Word file; raises Stopped when LibreOffice cannot be run, fails or is too slow."""
        place = Path(tempfile.mkdtemp(prefix="icat-reports-"))
        try:
            (place / "in.docx").write_bytes(docx)
            said = self._run(place)
            made = place / "in.pdf"
            if not made.is_file():
                raise _stopped("LibreOffice made no PDF of the Word file", said)
            return made.read_bytes()
        finally:
            _remove(place)

    def _run(self, place: Path) -> str:
        command = [
            str(self.program),
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", _FILTER, "--outdir", str(place)),
            str(place / "in.docx"),
        ]
        settings = {**os.environ, "FONTCONFIG_FILE": str(self.fonts), "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"}
        held = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)  # told to end just now, we would lose it
        try:
            with self._start(command, settings) as running:
                try:
                    signal.pthread_sigmask(signal.SIG_SETMASK, held)
                    said, complaints = running.communicate(timeout=self.timeout)
                except subprocess.TimeoutExpired:
                    message = f"LibreOffice took longer than {self.timeout:g} seconds to lay out the Word file"
                    raise _stopped(message, "") from None
                finally:
                    _end(running)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        return (complaints or said).strip()

    def _start(self, command: list[str], settings: dict[str, str]) -> subprocess.Popen[str]:
        try:
            return subprocess.Popen(  # noqa: S603 - the program is found by us, its arguments are ours
                command,
                env=settings,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            raise _stopped(f"LibreOffice cannot be run: {error.strerror}", str(self.program)) from None


def _end(running: subprocess.Popen[str]) -> None:
    """End LibreOffice with all that it started: what is called `soffice` is a script, and the work is done by others."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(running.pid, signal.SIGKILL)


def _remove(folder: Path) -> None:
    """Delete a folder in which a process may write a moment longer."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)


def _stopped(message: str, said: str) -> Stopped:
    last = said.splitlines()[-1] if said else ""
    hint = f"it said: {last}" if last else "try it by hand: soffice --headless --convert-to pdf FILE"
    return Stopped([Diagnostic("word-laid-out", message, _LOCATION, hint)])
