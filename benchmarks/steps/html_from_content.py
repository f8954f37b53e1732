"""In: a project, a publication, a name. Out: the print HTML that pandoc is given, from the content on."""

import sys
from pathlib import Path

from icat_reports import pipeline
from icat_reports.diagnostics import Sink
from icat_reports.language import LANGUAGES
from icat_reports.world import DiskWorld
from icat_reports.write_html import write_html

root, publication, target = sys.argv[1:]
sink = Sink()
laid = pipeline.lay_out(pipeline.open_project(DiskWorld(Path(root)), sink), publication, "en", sink)
if laid is None or sink.failed:
    raise SystemExit("\n".join(map(str, sink.sorted())))
layout = laid.layout
html = write_html(
    laid.resolved, layout.theme, LANGUAGES["en"], medium="print", css=layout.css["print"], assets=layout.assets
)
Path(target).write_text(html, encoding="utf-8")
