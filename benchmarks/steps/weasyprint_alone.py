"""In: a folder that `prepare` filled, a name. Out: WeasyPrint's own PDF/UA-1 of the same HTML under that name."""

import sys
from pathlib import Path

from weasyprint import HTML

folder, target = map(Path, sys.argv[1:])
HTML(folder / "print.html").write_pdf(target, pdf_variant="pdf/ua-1")
