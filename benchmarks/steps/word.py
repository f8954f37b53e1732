"""In: a folder that `prepare` filled, a name. Out: our Word file of its resolved document under that name."""

import json
import pickle
import sys
from pathlib import Path

from icat_reports.language import LANGUAGES
from icat_reports.write_docx import write_docx

folder, target = map(Path, sys.argv[1:])
resolved, layout = pickle.loads((folder / "document.pickle").read_bytes())  # noqa: S301 - written by `prepare`
pages = json.loads((folder / "pages.json").read_text(encoding="utf-8"))
target.write_bytes(write_docx(resolved, layout.theme, LANGUAGES["en"], pages=pages, assets=layout.assets))
