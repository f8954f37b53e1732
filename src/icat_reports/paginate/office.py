"""In: a Word file. Out: the PDF that headless LibreOffice makes of it, with our fonts and a profile of its own."""

from __future__ import annotations

import os
import subprocess  # the one stage that runs another program
import tempfile
from dataclasses import dataclass
from pathlib import Path

from icat_reports.diagnostics import Diagnostic, Span, Stopped

_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)
_LOCATION = Span("LibreOffice")


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice on this machine."""

    program: Path
    """Its `soffice`."""
    fonts: Path
    """A fontconfig file: with it the layout has our fonts alone."""
    timeout: float = 180.0
    """Seconds after which a conversion is given up."""

    def pdf(self, docx: bytes) -> bytes:
        """Lay out a Word file; raises Stopped when LibreOffice cannot be run, fails or is too slow."""
        with tempfile.TemporaryDirectory(prefix="icat-reports-") as folder:
            place = Path(folder)
            (place / "in.docx").write_bytes(docx)
            said = self._run(place)
            made = place / "in.pdf"
            if not made.is_file():
                raise _stopped("LibreOffice made no PDF of the Word file", said)
            return made.read_bytes()

    def _run(self, place: Path) -> str:
        command = [
            str(self.program),
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", _FILTER, "--outdir", str(place)),
            str(place / "in.docx"),
        ]
        settings = {**os.environ, "FONTCONFIG_FILE": str(self.fonts), "SAL_USE_VCLPLUGIN": "svp", "LC_ALL": "C.UTF-8"}
        try:
            done = subprocess.run(  # noqa: S603 - the program is found by us, its arguments are ours
                command,
                env=settings,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=self.timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _stopped(
                f"LibreOffice took longer than {self.timeout:g} seconds to lay out the Word file", ""
            ) from None
        except OSError as error:
            raise _stopped(f"LibreOffice cannot be run: {error.strerror}", str(self.program)) from None
        return (done.stderr or done.stdout).strip()


def _stopped(message: str, said: str) -> Stopped:
    last = said.splitlines()[-1] if said else ""
    hint = f"it said: {last}" if last else "try it by hand: soffice --headless --convert-to pdf FILE"
    return Stopped([Diagnostic("word-laid-out", message, _LOCATION, hint)])
