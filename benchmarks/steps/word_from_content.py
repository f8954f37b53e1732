"""In: a project, a publication, a folder that `prepare` filled, a name. Out: the Word file, from the content on."""

import json
import sys
from pathlib import Path

from icat_reports import pipeline
from icat_reports.diagnostics import Sink
from icat_reports.language import LANGUAGES
from icat_reports.world import DiskWorld
from icat_reports.write_docx import write_docx

root, publication, folder, target = sys.argv[1:]
sink = Sink()
laid = pipeline.lay_out(pipeline.open_project(DiskWorld(Path(root)), sink), publication, "en", sink)
if laid is None or sink.failed:
    raise SystemExit("\n".join(map(str, sink.sorted())))
pages = json.loads(Path(folder, "pages.json").read_text(encoding="utf-8"))
data = write_docx(laid.resolved, laid.layout.theme, LANGUAGES["en"], pages=pages, assets=laid.layout.assets)
Path(target).write_bytes(data)
