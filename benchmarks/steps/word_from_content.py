"""In: a project, a publication, a folder that `prepare` filled, a name. Out: the Word file, from the content on.

With `cold` as a last word no compiled template is kept from an earlier run: a first build, but for Python's own modules.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from icat_reports import pipeline
from icat_reports.diagnostics import Sink
from icat_reports.language import LANGUAGES
from icat_reports.world import DiskWorld
from icat_reports.write_docx import write_docx

root, publication, folder, target, *cold = sys.argv[1:]
with tempfile.TemporaryDirectory() as cache:
    if cold:
        os.environ["XDG_CACHE_HOME"] = cache
    sink = Sink()
    laid = pipeline.lay_out(pipeline.open_project(DiskWorld(Path(root)), sink), publication, "en", sink)
if laid is None or sink.failed:
    raise SystemExit("\n".join(map(str, sink.sorted())))
pages = json.loads(Path(folder, "pages.json").read_text(encoding="utf-8"))
data = write_docx(laid.resolved, laid.layout.theme, LANGUAGES["en"], pages=pages, assets=laid.layout.assets)
Path(target).write_bytes(data)
