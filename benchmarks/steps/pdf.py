"""In: a folder that `prepare` filled, a name. Out: our PDF of its HTML under that name, with its tags put right."""

import sys
from pathlib import Path

from icat_reports.write_pdf import write_pdf

folder, target = map(Path, sys.argv[1:])
html = (folder / "print.html").read_text(encoding="utf-8")
target.write_bytes(write_pdf(html, fontconfig=folder / "fonts" / "fonts.conf").pdf)
