"""In: a project, a publication, a folder. Out: in the folder, what the other steps start from; on standard output, its size.

`document.pickle` holds the resolved document and its layout, `pages.json` the page numbers for the Word file's contents,
`print.html` what becomes a PDF, `fonts/fonts.conf` the fonts; `size.json` is also printed: words, and pages of the PDF.
"""

import json
import pickle
import sys
from pathlib import Path

from icat_reports import pipeline
from icat_reports.diagnostics import Sink
from icat_reports.document import walk
from icat_reports.document.resolved import ResolvedDocument
from icat_reports.fonts import write_fontconfig
from icat_reports.language import LANGUAGES
from icat_reports.world import DiskWorld
from icat_reports.write_html import write_html
from icat_reports.write_pdf import write_pdf


def prepare(root: Path, publication: str, folder: Path) -> dict[str, int]:
    """Write the files; returns words and pages. Raises SystemExit when the content has errors."""
    sink = Sink()
    laid = pipeline.lay_out(pipeline.open_project(DiskWorld(root), sink), publication, "en", sink)
    if laid is None or sink.failed:
        raise SystemExit("\n".join(map(str, sink.sorted())))
    folder.mkdir(parents=True, exist_ok=True)
    layout = laid.layout
    (folder / "document.pickle").write_bytes(pickle.dumps((laid.resolved, layout), pickle.HIGHEST_PROTOCOL))
    html = write_html(
        laid.resolved, layout.theme, LANGUAGES["en"], medium="print", css=layout.css["print"], assets=layout.assets
    )
    (folder / "print.html").write_text(html, encoding="utf-8")
    result = write_pdf(html, fontconfig=write_fontconfig(folder / "fonts"))
    (folder / "pages.json").write_text(json.dumps(dict(result.targets)), encoding="utf-8")
    return {"words": _words(laid.resolved), "pages": result.pages}


def _words(resolved: ResolvedDocument) -> int:
    """Words of headings, paragraphs, tables, captions and notes."""
    document = resolved.document
    texts = [walk.plain(walk.own_inlines(block)) for block in walk.document_blocks(document)]
    texts += [walk.plain(note.children) for note in document.notes]
    return sum(len(text.split()) for text in texts)


if __name__ == "__main__":
    size = json.dumps(prepare(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
    Path(sys.argv[3], "size.json").write_text(size, encoding="utf-8")
