"""In: a folder that `prepare` filled, a name. Out: the Word file with the page numbers that LibreOffice gives it."""

import pickle
import sys
from pathlib import Path

from icat_reports import pipeline

folder, target = map(Path, sys.argv[1:])
laid = pipeline.Laid(*pickle.loads((folder / "document.pickle").read_bytes()))  # noqa: S301 - written by `prepare`
target.write_bytes(pipeline.make("docx", laid, "pdf/ua-1").data)
