"""In: a publication of ours and a language. Out: it laid out, once for all the tests that a process runs."""

from __future__ import annotations

from functools import cache

from tests.shipped import ROOT

from icat_reports import pipeline
from icat_reports.diagnostics import Sink
from icat_reports.formats import Untranslated
from icat_reports.language import LANGUAGES
from icat_reports.world import DiskWorld

TRANSLATED = tuple(code for code in LANGUAGES if code != "en")


@cache
def project() -> pipeline.Project:
    """Our content, read."""
    return pipeline.open_project(DiskWorld(ROOT), Sink())


@cache
def edition(publication: str, code: str, untranslated: Untranslated = "source") -> pipeline.Laid:
    """A publication in a language; an error in it is an error of the test that asks for it."""
    sink = Sink()
    found = pipeline.lay_out(project(), publication, code, sink, untranslated)
    assert [str(finding) for finding in sink if finding.severity == "error"] == []
    assert found is not None
    return found
